"""From facts to the figures of every node of the tree: parents, periods, units, ratios, completeness.

The order matters: parents are the sums of their parts in each unit; periods are added up in each unit; then
units are added up; ratios come last, computed from what was added up and never added themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np

from pipeline.analysis import cube
from pipeline.analysis.cube import Axes, Counts, Flags, Floats, Located
from pipeline.analysis.over_months import STARTS, YEAR_TO_DATE, accumulate, count_figures, own_months
from pipeline.analysis.over_units import add_counts, add_up
from pipeline.domain.formulas import codes, evaluate
from pipeline.domain.periods import PeriodKind
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission


@dataclass(frozen=True)
class Figures:
    """Planned and actual figures (unit, indicator, month) of months or of periods so far; `received` of
    `expected` figures are in the actual one."""

    planned: Floats
    actual: Floats
    last_year: Floats
    received: Counts
    expected: Counts


@dataclass(frozen=True)
class Entered:
    """The cube as units entered it; `planned` as phased by the plan where the entry is `blank`."""

    planned: Floats
    blank: Flags
    actual: Floats
    last_year: Floats
    received: Flags
    expected: Flags


@dataclass(frozen=True)
class Consolidated:
    """The year's figures of every node. `target`, `original_target`: the year's, by the month of being in force.
    `received` of `expected`: numbers of actual figures entered, (unit, month), whatever the indicator.
    `covered`: the planned figures to date of the months and units whose actual ones were received: a blank is no zero.
    `course`: last year's running share of its year, (indicator, month), of the whole institution: of the units whose
    last year is whole; NaN for what doesn't add up over months. `entered`: what all of it is made of, as units
    entered it."""

    axes: Axes
    month: Figures
    to_date: Figures
    target: Floats
    original_target: Floats
    received: Counts
    expected: Counts
    covered: Floats
    course: Floats
    entered: Entered


def consolidate(plan: Plan, submissions: Sequence[Submission]) -> Consolidated:
    """The figures of the forms for all nodes, indicators and months of the plan."""
    axes = Axes(plan)
    actual = cube.entered(axes, submissions, "actual")
    planned = cube.entered(axes, submissions, "planned")
    return _consolidated(axes, planned, np.isnan(planned), actual)


def as_of(data: Consolidated, month: int) -> Consolidated:
    """The same figures by the plan as it stood in the month."""
    entered = data.entered
    return _consolidated(Axes(data.axes.plan.as_of(month)), entered.planned, entered.blank, entered.actual)


def _consolidated(axes: Axes, planned: Floats, blank: Flags, actual: Floats) -> Consolidated:
    """`planned` counts where it is not `blank`."""
    planned = np.where(blank, cube.phased(axes, np.asarray(blank.any(axis=2))), planned)
    received = ~np.isnan(actual)
    entered = Entered(planned, blank, actual, cube.last_year(axes), received, cube.expected(axes) | received)
    by_parts = _entered_by_parts(axes, entered)
    target, revised = _targets(axes, axes.targets), len(axes.original_targets.value) < len(axes.targets.value)
    return Consolidated(
        axes,
        month=_months(axes, entered, by_parts),
        to_date=_periods(axes, entered, by_parts, YEAR_TO_DATE),
        target=target,
        original_target=_targets(axes, axes.original_targets) if revised else target,
        received=add_counts(axes, entered.received.sum(axis=1, dtype=np.int32)),
        expected=add_counts(axes, entered.expected.sum(axis=1, dtype=np.int32)),
        covered=_covered(axes, entered, by_parts),
        course=_course(axes, entered.last_year),
        entered=entered,
    )


def over_periods(data: Consolidated, kind: PeriodKind) -> Figures:
    """The figures of all nodes for periods of this kind so far: of the month, of its quarter, of its half-year…"""
    if kind == "month":
        return data.month
    starts = STARTS[kind]
    return (
        data.to_date
        if starts == YEAR_TO_DATE
        else _periods(data.axes, data.entered, _entered_by_parts(data.axes, data.entered), starts)
    )


def of_node(data: Consolidated, figures: Figures, code: str) -> Figures:
    """The same figures of one node only: arrays with one row."""
    return _rows(figures, [data.axes.unit_at[code]])


def _rows(figures: Figures, at: list[int]) -> Figures:
    return Figures(*(getattr(figures, field.name)[at] for field in fields(Figures)))


def nodes(data: Consolidated, units: Sequence[str]) -> Consolidated:
    """All figures of these nodes only: arrays with a row for each (`entered` stays what it is)."""
    at = [data.axes.unit_at[code] for code in units]
    return replace(
        data,
        month=_rows(data.month, at),
        to_date=_rows(data.to_date, at),
        target=data.target[at],
        original_target=data.original_target[at],
        received=data.received[at],
        expected=data.expected[at],
        covered=data.covered[at],
    )


def _months(axes: Axes, entered: Entered, by_parts: Flags) -> Figures:
    return Figures(
        _nodes(axes, own_months(axes, entered.planned), by_parts),
        _nodes(axes, own_months(axes, entered.actual), by_parts),
        _past(axes, entered, by_parts, partial(own_months, axes)),
        _counts(axes, entered.received.astype(np.int32), by_parts),
        _counts(axes, entered.expected.astype(np.int32), by_parts),
    )


def _periods(axes: Axes, entered: Entered, by_parts: Flags, starts: Sequence[int]) -> Figures:
    return Figures(
        _nodes(axes, accumulate(axes, entered.planned, starts), by_parts),
        _nodes(axes, accumulate(axes, entered.actual, starts), by_parts),
        _past(axes, entered, by_parts, partial(accumulate, axes, starts=starts)),
        _counts(axes, count_figures(axes, entered.received, starts), by_parts),
        _counts(axes, count_figures(axes, entered.expected, starts), by_parts),
    )


def _past(axes: Axes, entered: Entered, by_parts: Flags, months: Callable[[Floats], Floats]) -> Floats:
    """Last year's figures of these `months`; none take no room."""
    return _nodes(axes, months(entered.last_year), by_parts) if axes.plan.last_year else entered.last_year


def _targets(axes: Axes, given: Located) -> Floats:
    return _nodes(axes, cube.targets(axes, given), _by_parts(axes, cube.targeted(axes)))


def _entered_by_parts(axes: Axes, entered: Entered) -> Flags:
    return _by_parts(axes, np.asarray(entered.expected.any(axis=2)))


def _by_parts(axes: Axes, present: Flags) -> Flags:
    """(unit, indicator): whether the unit enters the indicator by its parts, so that it is their sum."""
    parts = axes.plan.indicators.parts
    present, result = present.copy(), np.zeros_like(present)
    for code, at in reversed(axes.indicator_at.items()):
        if code in parts:
            result[:, at] = present[:, [axes.indicator_at[part.code] for part in parts[code]]].any(axis=1)
            present[:, at] |= result[:, at]
    return result


def _nodes(axes: Axes, values: Floats, by_parts: Flags) -> Floats:
    """Parents, units, ratios, in that order. Uses the values up."""
    for at, below in _parents(axes):
        known = ~np.isnan(values[:, below]).all(axis=1)
        total = np.nansum(values[:, below], axis=1)
        values[:, at] = np.where(by_parts[:, at, None] & known, total, values[:, at])
    return with_ratios(axes, add_up(axes, values))


def _counts(axes: Axes, counts: Counts, by_parts: Flags) -> Counts:
    """The same for numbers of figures; uses them up."""
    for at, below in _parents(axes):
        counts[:, at] = np.where(by_parts[:, at, None], counts[:, below].sum(axis=1), counts[:, at])
    counts = add_counts(axes, counts)
    for at, parts in _ratios(axes):
        counts[:, at] = counts[:, parts].sum(axis=1)
    return counts


def _covered(axes: Axes, entered: Entered, by_parts: Flags) -> Floats:
    planned = np.where(entered.received, entered.planned, np.nan)
    return _nodes(axes, accumulate(axes, planned, YEAR_TO_DATE), by_parts)


def _course(axes: Axes, last_year: Floats) -> Floats:
    if not axes.plan.last_year:
        return np.full(axes.shape[1:], np.nan)
    own = own_months(axes, last_year)
    months = np.where(np.isnan(own).any(axis=2, keepdims=True), 0, own).sum(axis=0)
    for at, below in _parents(axes):
        months[at] += months[below].sum(axis=0)
    total = months.sum(axis=1, keepdims=True)
    adds_up = axes.where(lambda indicator: indicator.over_months == "sum" and indicator.relation != "ratio")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(adds_up[:, None] & (total > 0), months.cumsum(axis=1) / total, np.nan)


def _parents(axes: Axes) -> list[tuple[int, list[int]]]:
    """(parent, its parts) from the deepest up: the plan's order puts parents before children."""
    return [
        (at, [axes.indicator_at[part.code] for part in axes.plan.indicators.parts[code]])
        for code, at in reversed(axes.indicator_at.items())
        if code in axes.plan.indicators.parts
    ]


def _ratios(axes: Axes) -> list[tuple[int, list[int]]]:
    return [
        (axes.indicator_at[ratio], [axes.indicator_at[code] for code in dict.fromkeys(codes(formula))])
        for ratio, formula in axes.plan.indicators.ratios.items()
    ]


def with_ratios(axes: Axes, values: Floats) -> Floats:
    """The same figures (…, indicator, month) with the ratios' ones computed from them; x / 0 is missing, and so is a
    ratio whose formula can't be computed."""
    values = values.copy()
    by_code = {code: values[..., at, :] for code, at in axes.indicator_at.items()}
    values[..., axes.where(lambda i: i.relation == "ratio"), :] = np.nan
    for code, formula in axes.plan.indicators.ratios.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            result = np.asarray(evaluate(formula, by_code))
        values[..., axes.indicator_at[code], :] = np.where(np.isfinite(result), result, np.nan)
    return values
