"""From the forms to the figures of every node of the tree: parents, periods, units, ratios, completeness.

The order matters: parents are the sums of their parts in each unit; periods are added up in each unit; then
units are added up; ratios come last, computed from what was added up and never added themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from pipeline.analysis import cube
from pipeline.analysis.cube import Axes, Counts, Flags, Floats, Located
from pipeline.analysis.over_indicators import (
    add_part_counts,
    add_parts,
    add_ratio_counts,
    add_ratios,
    by_parts,
    parents,
)
from pipeline.analysis.over_months import (
    SINGLE_MONTHS,
    STARTS,
    YEAR_TO_DATE,
    accumulate,
    count_figures,
    own_months,
)
from pipeline.analysis.over_units import add_counts, add_up
from pipeline.domain.periods import MONTHS, PeriodKind
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
    """The cube as units entered it; `planned` as phased by the plan where the entry is `blank`. `by_parts`: where
    (unit, indicator) the unit enters the indicator by its parts."""

    planned: Floats
    blank: Flags
    actual: Floats
    last_year: Floats
    received: Flags
    expected: Flags
    by_parts: Flags


@dataclass(frozen=True, eq=False)
class Consolidated:
    """The year's figures of these nodes (`units`: their codes), a row each; `entered`: what they are made of, of the
    whole tree. A cube is computed when it is first asked for, and of it only the nodes' rows are kept: all cubes of a
    country at once would take gigabytes."""

    axes: Axes
    entered: Entered
    units: tuple[str, ...]

    @cached_property
    def month(self) -> Figures:
        """The figures of single months."""
        return self._figures(partial(own_months, self.axes), SINGLE_MONTHS)

    @cached_property
    def to_date(self) -> Figures:
        """The figures from the year's first month on."""
        return self._so_far(YEAR_TO_DATE)

    @cached_property
    def target(self) -> Floats:
        """The year's, as revised last; (unit, indicator)."""
        return self._targets(self.axes.targets)

    @cached_property
    def original_target(self) -> Floats:
        """The year's, as approved first; (unit, indicator)."""
        revised = len(self.axes.original_targets.value) < len(self.axes.targets.value)
        return self._targets(self.axes.original_targets) if revised else self.target

    @cached_property
    def received(self) -> Counts:
        """Numbers of actual figures entered, (unit, month), whatever the indicator."""
        return add_counts(self.axes, self.entered.received.sum(axis=1, dtype=np.int32))[self._at]

    @cached_property
    def expected(self) -> Counts:
        """Numbers of actual figures that are to be entered."""
        return add_counts(self.axes, self.entered.expected.sum(axis=1, dtype=np.int32))[self._at]

    @cached_property
    def covered(self) -> Floats:
        """The planned figures to date of the months and units whose actual ones were received: a blank is no zero."""
        planned = np.where(self.entered.received, self.entered.planned, np.nan)
        return self._nodes(accumulate(self.axes, planned, self.entered.expected))

    @cached_property
    def course(self) -> Floats:
        """Last year's running share of its year, (indicator, month), of the whole institution: of the units whose last
        year is whole; NaN for what doesn't add up over months."""
        whole = self.axes.plan.course
        if whole is None:
            return _course(self.axes, self.entered.last_year)
        unknown = (np.nan,) * len(MONTHS)
        return np.array([whole.get(code, unknown) for code in self.axes.indicator_at]).reshape(self.axes.shape[1:])

    def over(self, kind: PeriodKind) -> Figures:
        """The figures of periods of this kind so far: of the month, of its quarter, of its half-year…"""
        if kind == "month":
            return self.month
        return self.to_date if STARTS[kind] == YEAR_TO_DATE else self._so_far(STARTS[kind])

    @cached_property
    def _at(self) -> Sequence[int] | slice:
        """Their rows in the cube of the whole tree."""
        return slice(None) if self.units == self.axes.units else [self.axes.unit_at[code] for code in self.units]

    def _so_far(self, starts: Sequence[int]) -> Figures:
        return self._figures(partial(accumulate, self.axes, starts=starts), starts)

    def _figures(self, over: Callable[[Floats, Flags], Floats], starts: Sequence[int]) -> Figures:
        """`over` adds figures up over the months of the periods that begin at `starts`."""
        entered = self.entered
        count = partial(count_figures, self.axes, expected=entered.expected, starts=starts)
        last_year = entered.last_year[self._at]  # none take no room
        if self.axes.plan.last_year:
            last_year = self._nodes(over(entered.last_year, _everywhere(self.axes)))
        return Figures(
            self._nodes(over(entered.planned, entered.expected)),
            self._nodes(over(entered.actual, entered.expected)),
            last_year,
            self._counts(count(entered.received)),
            self._counts(count(entered.expected)),
        )

    def _nodes(self, values: Floats) -> Floats:
        """Parents, units, ratios, in that order. Uses the values up."""
        return self._tree(values, self.entered.by_parts)

    def _targets(self, given: Located) -> Floats:
        summed = by_parts(self.axes, cube.targeted(self.axes))
        return self._tree(cube.targets(self.axes, given)[:, :, None], summed)[:, :, 0]

    def _tree(self, values: Floats, summed: Flags) -> Floats:
        values = add_up(self.axes, add_parts(self.axes, values, summed))
        return add_ratios(self.axes, values)[self._at]

    def _counts(self, counts: Counts) -> Counts:
        counts = add_counts(self.axes, add_part_counts(self.axes, counts, self.entered.by_parts))
        return add_ratio_counts(self.axes, counts)[self._at]


def consolidate(plan: Plan, submissions: Sequence[Submission]) -> Consolidated:
    """The figures of the forms for all nodes, indicators and months of the plan."""
    axes = Axes(plan)
    planned = cube.entered(axes, submissions, "planned")
    return _consolidated(axes, planned, np.isnan(planned), cube.entered(axes, submissions, "actual"))


def as_of(data: Consolidated, month: int) -> Consolidated:
    """The same figures by the plan as it stood in the month."""
    entered = data.entered
    return _consolidated(Axes(data.axes.plan.as_of(month)), entered.planned, entered.blank, entered.actual)


def nodes(data: Consolidated, units: Sequence[str]) -> Consolidated:
    """Of all figures those of these nodes: arrays with a row for each."""
    return Consolidated(data.axes, data.entered, tuple(units))


def course_of(plan: Plan) -> dict[str, tuple[float, ...]]:
    """Indicator → its course as Plan.course says, where it is known."""
    axes = Axes(plan)
    course = _course(axes, cube.last_year(axes))
    return {code: tuple(course[at].tolist()) for code, at in axes.indicator_at.items() if not np.isnan(course[at, -1])}


def _consolidated(axes: Axes, planned: Floats, blank: Flags, actual: Floats) -> Consolidated:
    """`planned` counts where it is not `blank`."""
    planned = np.where(blank, cube.phased(axes, np.asarray(blank.any(axis=2))), planned)
    received = ~np.isnan(actual)
    computed = by_parts(axes, cube.targeted(axes)) | axes.where(lambda indicator: indicator.relation == "ratio")
    expected = cube.expected(axes) & ~computed[:, :, None] | received
    summed = by_parts(axes, np.asarray(expected.any(axis=2)))
    entered = Entered(planned, blank, actual, cube.last_year(axes), received, expected, summed)
    return Consolidated(axes, entered, axes.units)


def _course(axes: Axes, last_year: Floats) -> Floats:
    if not axes.plan.last_year:
        return np.full(axes.shape[1:], np.nan)
    own = own_months(axes, last_year, _everywhere(axes))
    months = np.where(np.isnan(own).any(axis=2, keepdims=True), 0, own).sum(axis=0)
    for at, below in parents(axes):
        months[at] += months[below].sum(axis=0)
    total = months.sum(axis=1, keepdims=True)
    adds_up = axes.where(lambda indicator: indicator.over_months == "sum" and indicator.relation != "ratio")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(adds_up[:, None] & (total > 0), months.cumsum(axis=1) / total, np.nan)


def _everywhere(axes: Axes) -> Flags:
    """Of last year nobody knows who joined in which month: all of its figures are expected. Takes no room."""
    return np.broadcast_to(np.True_, axes.shape)
