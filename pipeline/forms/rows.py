"""Which rows a unit's form has: its indicators month by month, its activities occurrence by occurrence."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.domain.activities import Activity, reported_occurrences
from pipeline.domain.deadline_values import Due
from pipeline.domain.indicators import Indicator, OverMonths
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Identity
from pipeline.forms.layout import VERSION


@dataclass(frozen=True)
class FormRow:
    """A row of a month's sheet.

    entered: the unit types the figure; otherwise it is the sum of the entered rows whose `adds_to` names it.
    depth: ancestors among the form's rows. bound: the row that this one may not exceed (of which), or empty.
    target: the year's figure in force, of a computed row the sum of its parts'. phased: the pre-filled planned
        figure. expected: months from the row's first to this one. rule: how months make up the figure to date;
        a figure that is entered cumulatively is the last one.
    """

    indicator: Indicator
    entered: bool
    depth: int
    adds_to: tuple[str, ...]
    bound: str
    target: float | None
    phased: float | None
    expected: int
    rule: OverMonths

    @property
    def code(self) -> str:
        return self.indicator.code


class ActivityRow(NamedTuple):
    """One occurrence of an activity; `number` counts from 1 of `of`. `due` is None for tasks without a date."""

    activity: Activity
    number: int
    of: int
    due: Due | None


def form_months(plan: Plan, unit: str) -> range:
    """The months for which the unit reports."""
    who = plan.units.by_code[unit]
    return range(who.since, who.until + 1)


def year_rows(plan: Plan, unit: str) -> dict[int, tuple[FormRow, ...]]:
    """Month → rows of its sheet, by section in the plan's order. An indicator has a row only in the months
    when it is in force for the unit; a month without rows has no sheet."""
    entered = plan.entered_by(unit)
    phased = {indicator.code: plan.phased(unit, indicator) for indicator in entered}
    codes = set(phased)
    adds_to = {indicator.code: _adds_to(plan, indicator, codes) for indicator in entered}
    first = {
        indicator.code: max(
            indicator.since, plan.units.by_code[unit].since, plan.revisions[unit, indicator.code][0].since
        )
        for indicator in entered
    }
    order = {section.code: number for number, section in enumerate(plan.sections)}
    members = sorted(plan.indicators.members, key=lambda indicator: order.get(indicator.section, len(order)))
    by_month: dict[int, tuple[FormRow, ...]] = {}
    for month in form_months(plan, unit):
        typed = [indicator for indicator in entered if first[indicator.code] <= month <= indicator.until]
        below: dict[str, list[str]] = {}
        for indicator in typed:
            for above in adds_to[indicator.code]:
                below.setdefault(above, []).append(indicator.code)
        shown = {indicator.code for indicator in typed} | set(below)
        rows = []
        for indicator in members:
            code = indicator.code
            if code not in shown:
                continue
            parts = below.get(code, [code])
            targets = [plan.target(unit, part, month) for part in parts]
            cumulative = plan.indicators.by_code[parts[0]].entering == "cumulative"
            known = [target for target in targets if target is not None]
            year = phased.get(code)
            rows.append(
                FormRow(
                    indicator,
                    entered=code not in below,
                    depth=_depth(plan, indicator, shown),
                    adds_to=adds_to.get(code, ()),
                    bound=indicator.parent or "" if indicator.relation == "of_which" else "",
                    target=round_half_up(sum(known), 9) if known else None,
                    phased=year[month - 1] if year else None,
                    expected=month + 1 - min(first[part] for part in parts),
                    rule="last" if cumulative else indicator.over_months,
                )
            )
        if rows:
            by_month[month] = tuple(rows)
    return by_month


def _adds_to(plan: Plan, indicator: Indicator, entered: set[str]) -> tuple[str, ...]:
    """The computed rows above an entered one: up through «part», until a row that is itself entered."""
    found: list[str] = []
    while indicator.relation == "part" and indicator.parent is not None and indicator.parent not in entered:
        indicator = plan.indicators.by_code[indicator.parent]
        found.append(indicator.code)
    return tuple(found)


def _depth(plan: Plan, indicator: Indicator, shown: set[str]) -> int:
    depth, parent = 0, indicator.parent
    while parent is not None:
        depth += parent in shown
        parent = plan.indicators.by_code[parent].parent
    return depth


def activity_rows(plan: Plan, unit: str) -> tuple[ActivityRow, ...]:
    """The unit's activities in the plan's order, a row for each occurrence that is marked by itself."""
    rows: list[ActivityRow] = []
    for activity in plan.activities:
        if unit in activity.responsible:
            dues = reported_occurrences(activity.deadline)
            rows += (ActivityRow(activity, number, len(dues), due) for number, due in enumerate(dues, start=1))
    return tuple(rows)


def form_identity(plan: Plan, unit: str) -> Identity:
    """The identity of the unit's form. The hash changes with whatever of the plan the form shows."""
    own = [
        (indicator.code, indicator.title, indicator.unit_of_measure, plan.revisions[unit, indicator.code])
        for indicator in plan.entered_by(unit)
    ]
    shown = repr(
        (
            [(*head, [(target.value, target.since) for target in targets]) for *head, targets in own],
            [(a.code, a.title, a.due) for a in plan.activities if unit in a.responsible],
            [plan.units.by_code[unit].since, plan.units.by_code[unit].until, len(MONTHS)],
        )
    )
    return Identity(unit, plan.year, VERSION, hashlib.sha256(shown.encode()).hexdigest()[:12])
