"""Which figures count: of closed months those that were accepted, of open ones what the forms state. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.domain.addresses import Address
from pipeline.domain.indicators import Indicator
from pipeline.domain.memory import Correction, FigureKey
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Submission
from pipeline.history.record import Stated, stated_figures

Figures = Mapping[FigureKey, Stated]


def accepted_figures(
    frozen: Iterable[Submission], closed: int, accepted: Iterable[Correction]
) -> dict[FigureKey, Stated]:
    """The figures of the months up to `closed`: as frozen, with the accepted corrections in their order."""
    figures = {key: figure for key, figure in stated_figures(frozen).items() if key.month <= closed}
    for correction in accepted:
        if correction.new is None:
            figures.pop(correction.key, None)
        else:
            figures[correction.key] = Stated(correction.new, correction.address, "")
    return figures


def pending_corrections(accepted: Figures, live: Iterable[Submission], closed: int) -> tuple[Correction, ...]:
    """Figures of closed months that the forms now state otherwise. A month in which a form has no actual figure
    says nothing, as everywhere."""
    forms = tuple(live)
    stated = {key: figure for key, figure in stated_figures(forms).items() if key.month <= closed}
    speaking = {(key.unit, key.month): figure for key, figure in stated.items() if key.measure == "actual"}
    found = [
        Correction(key, _value(accepted.get(key)), figure.value, figure.address)
        for key, figure in stated.items()
        if (key.unit, key.month) in speaking and _value(accepted.get(key)) != figure.value
    ]
    for key, old in accepted.items():
        if key not in stated and (key.unit, key.month) in speaking:
            file, sheet, _ = speaking[key.unit, key.month].address
            found.append(Correction(key, old.value, None, Address(file, sheet)))
    return tuple(sorted(found, key=lambda correction: correction.key))


def counted(
    frozen: Iterable[Submission], live: Iterable[Submission], accepted: Figures, closed: int
) -> tuple[Submission, ...]:
    """The submissions that count: of closed months `accepted` with the frozen explanations, of the others the live
    ones; activities as the live ones say."""
    frozen = tuple(frozen)
    by_form: dict[tuple[str, str], list[Entry]] = {}
    for (unit, indicator, month, measure), figure in accepted.items():
        file, sheet, cell = figure.address
        by_form.setdefault((unit, file), []).append(Entry(indicator, month, measure, figure.value, sheet, cell))
    old = {(form.identity.unit, form.file): form for form in frozen}
    past = [
        replace(
            form,
            entries=tuple(by_form.pop((form.identity.unit, form.file), ())),
            explanations=tuple(said for said in form.explanations if said.month <= closed),
            marks=(),
            extras=(),
        )
        for form in old.values()
    ]
    current = tuple(live)
    identities = {form.identity.unit: form.identity for form in (*frozen, *current)}
    past += [
        Submission(file, "", identities[unit], tuple(entries), (), ()) for (unit, file), entries in by_form.items()
    ]
    present = [
        replace(
            form,
            entries=tuple(entry for entry in form.entries if entry.month > closed),
            explanations=tuple(said for said in form.explanations if said.month > closed),
        )
        for form in current
    ]
    return (*past, *present)


def with_effect(correction: Correction, plan: Plan, figures: Figures, until: int) -> Correction:
    """The correction with what it does to the unit's figure since January, up to the month `until`."""
    unit, code, month, measure = correction.key
    indicator = plan.indicators.by_code.get(code)
    if indicator is None or month > until:
        return correction
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


def known_to(plan: Plan, submissions: Iterable[Submission]) -> tuple[tuple[Submission, ...], tuple[str, ...]]:
    """The submissions without what the plan no longer has, and the codes of that."""
    units, codes = plan.units.by_code, plan.indicators.by_code
    kept, gone = [], set()
    for form in submissions:
        if form.identity.unit not in units:
            gone.add(form.identity.unit)
            continue
        gone.update(entry.indicator for entry in form.entries if entry.indicator not in codes)
        entries = tuple(entry for entry in form.entries if entry.indicator in codes)
        said = tuple(one for one in form.explanations if one.indicator in codes)
        kept.append(replace(form, entries=entries, explanations=said))
    return tuple(kept), tuple(sorted(gone))


def _value(figure: Stated | None) -> float | None:
    return None if figure is None else figure.value
