"""Which figures count: of closed months those that were accepted, of open ones what the forms state. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.indicators import Indicator
from pipeline.domain.memory import Correction, FigureKey
from pipeline.domain.periods import PlanYear
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Explanation, Identity, Submission
from pipeline.history.record import Stated, stated_figures

Figures = Mapping[FigureKey, Stated]
Form = tuple[str, str]
"""Unit, file."""


@dataclass(frozen=True)
class Accepted:
    """What is known of closed months: the forms as they were frozen, and the corrections accepted since then, in their
    order. `until`: the last of these months."""

    until: int
    forms: tuple[Submission, ...]
    corrections: tuple[Correction, ...]

    @cached_property
    def figures(self) -> dict[FigureKey, Stated]:
        """The figures of the closed months that count."""
        figures = {key: figure for key, figure in stated_figures(self.forms).items() if key.month <= self.until}
        for correction in self.corrections:
            if correction.new is None:
                figures.pop(correction.key, None)
            else:
                figures[correction.key] = Stated(correction.new, correction.address, "")
        return figures


def pending_corrections(accepted: Accepted, stated: Figures, plan: Plan) -> tuple[Correction, ...]:
    """Figures of closed months that the forms now state otherwise. A month in which a form has no actual figure says
    nothing, as everywhere, and nor does a form of what the plan no longer asks for."""
    closed = {key: figure for key, figure in stated.items() if key.month <= accepted.until}
    speaking = {(key.unit, key.month): figure for key, figure in closed.items() if key.measure == "actual"}
    found = [
        Correction(key, _value(accepted.figures.get(key)), figure.value, figure.address)
        for key, figure in closed.items()
        if (key.unit, key.month) in speaking and _value(accepted.figures.get(key)) != figure.value
    ]
    for key, old in accepted.figures.items():
        if key not in closed and (key.unit, key.month) in speaking and _asks(plan, key):
            file, sheet, _ = speaking[key.unit, key.month].address
            found.append(Correction(key, old.value, None, Address(file, sheet)))
    return tuple(sorted(found, key=lambda correction: correction.key))


def _asks(plan: Plan, key: FigureKey) -> bool:
    return any(one.code == key.indicator for one in plan.asked(key.unit).of_month(key.month))


def counted(accepted: Accepted, live: Iterable[Submission], stated: Figures, of: PlanYear) -> tuple[Submission, ...]:
    """The submissions that count: of closed months what was accepted, of the others what the live ones say; activities
    as the live ones say, of a unit that has none any more as they were frozen. What a live form still says as it was
    accepted has its cell there. `stated`: the figures of the live ones; `of`: the year of all of them."""
    current = tuple(live)
    entries: dict[Form, list[Entry]] = {}
    for key, figure in accepted.figures.items():
        now = stated.get(key)
        file, sheet, cell = (now if now and now.value == figure.value else figure).address
        entry = Entry(key.indicator, key.month, key.measure, figure.value, sheet, cell)
        entries.setdefault((key.unit, file), []).append(entry)
    explanations: dict[Form, list[Explanation]] = {}
    for form, said in _explanations(accepted, current, stated):
        explanations.setdefault(form, []).append(said)
    handing_in = {form.identity.unit for form in current}
    deeds: dict[Form, list[Submission]] = {}
    for one in accepted.forms:
        deeds.setdefault((one.identity.unit, one.file), []).extend([] if one.identity.unit in handing_in else [one])
    known = {form.identity.unit: form.identity for form in (*accepted.forms, *current)}
    past = (
        Submission(
            file,
            "",
            known.get(unit) or Identity(unit, of.year, 0, starts=of.starts),
            tuple(entries.get((unit, file), ())),
            tuple(explanations.get((unit, file), ())),
            tuple(mark for one in deeds.get((unit, file), ()) for mark in one.marks),
            tuple(extra for one in deeds.get((unit, file), ()) for extra in one.extras),
        )
        for unit, file in dict.fromkeys((*deeds, *entries, *explanations))
    )
    present = (
        replace(
            form,
            entries=tuple(entry for entry in form.entries if entry.month > accepted.until),
            explanations=tuple(said for said in form.explanations if said.month > accepted.until),
        )
        for form in current
    )
    return (*past, *present)


def _explanations(
    accepted: Accepted, live: Iterable[Submission], stated: Figures
) -> Iterator[tuple[Form, Explanation]]:
    """Those of closed months, each with its form: as they were frozen; of a correction that was accepted as the live
    form explains what it states."""
    then, now = (
        {
            (form.identity.unit, said.indicator, said.month): ((form.identity.unit, form.file), said)
            for form in forms
            for said in form.explanations
            if said.month <= accepted.until
        }
        for forms in (accepted.forms, live)
    )
    corrected = {one.key[:3] for one in accepted.corrections if _value(stated.get(one.key)) == one.new}
    for row in dict.fromkeys((*then, *now)):
        old, new = then.get(row), now.get(row)
        if new and (row in corrected or (old and old[1][:4] == new[1][:4])):
            yield new
        elif old:
            yield old


def with_effect(correction: Correction, plan: Plan, figures: Figures, until: int) -> Correction:
    """The correction with what it does to the unit's figure since January, up to the month `until`."""
    unit, code, month, measure = correction.key
    indicator = plan.indicators.by_code.get(code)
    if indicator is None or month > until:
        return replace(correction, effect=None)
    keys = (FigureKey(unit, code, number, measure) for number in range(1, until + 1))
    series = [_value(figures.get(key)) for key in keys]
    before, after = (
        to_date([*series[: month - 1], value, *series[month:]], indicator) for value in (correction.old, correction.new)
    )
    return replace(correction, effect=None if before is None or after is None else after - before)


def to_date(months: Iterable[float | None], indicator: Indicator) -> float | None:
    """The figure since January from those of the single months; None where there is none at all."""
    known = [value for value in months if value is not None]
    if not known:
        return None
    if indicator.entering == "cumulative" or indicator.over_months == "last":
        return known[-1]
    if indicator.over_months == "max":
        return max(known)
    return sum(known) / (len(known) if indicator.over_months == "mean" else 1)


class Known(NamedTuple):
    """What the plan has of submissions: these, and the units and indicators that it no longer has."""

    submissions: tuple[Submission, ...]
    units_gone: tuple[str, ...]
    indicators_gone: tuple[str, ...]


def known_to(plan: Plan, submissions: Iterable[Submission]) -> Known:
    units, codes = plan.units.by_code, plan.indicators.by_code
    kept: list[Submission] = []
    strangers, gone = set[str](), set[str]()
    for form in submissions:
        if form.identity.unit not in units:
            strangers.add(form.identity.unit)
            continue
        gone.update(entry.indicator for entry in form.entries if entry.indicator not in codes)
        entries = tuple(entry for entry in form.entries if entry.indicator in codes)
        said = tuple(one for one in form.explanations if one.indicator in codes)
        kept.append(replace(form, entries=entries, explanations=said))
    return Known(tuple(kept), tuple(sorted(strangers)), tuple(sorted(gone)))


def _value(figure: Stated | None) -> float | None:
    return None if figure is None else figure.value
