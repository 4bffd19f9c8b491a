"""Which rows a unit's form has: its indicators month by month, its activities occurrence by occurrence."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.domain.activities import Activity, reported_occurrences
from pipeline.domain.deadline_values import Due
from pipeline.domain.indicators import Indicator, Indicators, OverMonths
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Asked, Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Identity
from pipeline.forms.layout import VERSION


@dataclass(frozen=True)
class Row:
    """A row of a month's sheet.

    entered: the unit types the figure; otherwise it is the sum of the entered rows whose `adds_to` names it.
    depth: ancestors among the form's rows. bound: the row that this one may not exceed (of which), or empty.
    expected: months from the row's first to this one. rule: how months make up the figure to date; a figure that is
        entered cumulatively is the last one. parts: the entered rows that a computed one adds up.
    """

    indicator: Indicator
    code: str
    entered: bool
    depth: int
    adds_to: tuple[str, ...]
    bound: str
    expected: int
    rule: OverMonths
    parts: tuple[str, ...]


@dataclass(frozen=True)
class FormRow(Row):
    """A row with the plan's figures for the unit in it.

    target: the year's figure in force, of a computed row the sum of its parts'. phased: the pre-filled planned figure.
    """

    target: float | None
    phased: float | None


class ActivityRow(NamedTuple):
    """One occurrence of an activity; `number` counts from 1 of `of`. `due` is None for tasks without a date."""

    activity: Activity
    number: int
    of: int
    due: Due | None


def year_rows(plan: Plan, unit: str) -> dict[int, tuple[FormRow, ...]]:
    """Month → rows of its sheet with the unit's planned figures."""
    phased = {indicator.code: planned_months(plan, unit, indicator) or () for indicator in plan.entered_by(unit)}
    return {
        month: tuple(
            FormRow(
                **vars(row),
                target=_target(plan, unit, row, month),
                phased=phased[row.code][month - 1] if phased.get(row.code) else None,
            )
            for row in rows
        )
        for month, rows in asked_rows(plan.asked(unit)).items()
    }


def _target(plan: Plan, unit: str, row: Row, month: int) -> float | None:
    targets = (plan.target(unit, part, month) for part in row.parts or (row.code,))
    known = [target for target in targets if target is not None]
    return round_half_up(sum(known), 9) if known else None


@lru_cache(maxsize=256)
def asked_rows(asked: Asked) -> dict[int, tuple[Row, ...]]:
    """Month → rows of its sheet, by section in the plan's order. An indicator has a row only in the months
    when it is in force for the unit; a month without rows has no sheet."""
    entered = [indicator for indicator, _ in asked.entered]
    first = {indicator.code: month for indicator, month in asked.entered}
    tree = asked.indicators
    adds_to = {indicator.code: _adds_to(tree, indicator, first) for indicator in entered}
    order = {section.code: number for number, section in enumerate(asked.sections)}
    members = sorted(tree.members, key=lambda indicator: order.get(indicator.section, len(order)))
    by_month: dict[int, tuple[Row, ...]] = {}
    for month in asked.months:
        typed = [indicator for indicator in entered if first[indicator.code] <= month <= indicator.until]
        below: dict[str, list[str]] = {}
        for indicator in typed:
            for above in adds_to[indicator.code]:
                below.setdefault(above, []).append(indicator.code)
        shown = {indicator.code for indicator in typed} | set(below)
        rows = tuple(
            Row(
                indicator,
                indicator.code,
                entered=indicator.code not in below,
                depth=_depth(tree, indicator, shown),
                adds_to=adds_to.get(indicator.code, ()),
                bound=indicator.parent or "" if indicator.relation == "of_which" else "",
                expected=month + 1 - min(first[part] for part in parts),
                rule="last" if tree.by_code[parts[0]].entering == "cumulative" else indicator.over_months,
                parts=tuple(below.get(indicator.code, ())),
            )
            for indicator in members
            if indicator.code in shown
            for parts in (below.get(indicator.code, [indicator.code]),)
        )
        if rows:
            by_month[month] = rows
    return by_month


def _adds_to(tree: Indicators, indicator: Indicator, entered: Container[str]) -> tuple[str, ...]:
    """The computed rows above an entered one: up through «part», until a row that is itself entered."""
    found: list[str] = []
    while indicator.relation == "part" and indicator.parent is not None and indicator.parent not in entered:
        indicator = tree.by_code[indicator.parent]
        found.append(indicator.code)
    return tuple(found)


def _depth(tree: Indicators, indicator: Indicator, shown: set[str]) -> int:
    depth, parent = 0, indicator.parent
    while parent is not None:
        depth += parent in shown
        parent = tree.by_code[parent].parent
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
        (indicator.code, indicator.title, indicator.unit_of_measure, plan.revisions(unit)[indicator.code])
        for indicator in plan.entered_by(unit)
    ]
    shown = repr(
        (
            [(*head, [(target.value, target.since) for target in targets]) for *head, targets in own],
            [(a.code, a.title, a.due) for a in plan.activities if unit in a.responsible],
            [plan.units.by_code[unit].since, plan.units.by_code[unit].until, len(MONTHS)],
        )
    )
    return Identity(unit, plan.year, VERSION, hashlib.sha256(shown.encode()).hexdigest()[:12], plan.starts)
