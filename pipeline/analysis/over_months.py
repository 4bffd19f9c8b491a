"""Adding up over months, by each indicator's own rule, and figures entered cumulatively."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

import numpy as np

from pipeline.analysis.cube import Axes, Counts, Flags, Floats
from pipeline.domain.periods import MONTHS, PeriodKind

Array = TypeVar("Array", Floats, Counts, Flags)

AT_ONCE = 1000
"""Units that are added up at a time: what is needed on the way is several times as large as their figures."""

YEAR_TO_DATE = (1,) * 12
"""The month in which the period that each month belongs to began: here January, for all twelve."""
SINGLE_MONTHS = tuple(MONTHS)
"""Periods of one month each."""
STARTS: dict[PeriodKind, Sequence[int]] = {
    "quarter": tuple(3 * ((month - 1) // 3) + 1 for month in MONTHS),
    "half_year": tuple(6 * ((month - 1) // 6) + 1 for month in MONTHS),
    "nine_months": YEAR_TO_DATE,
    "year": YEAR_TO_DATE,
}
"""Kind of period (longer than a month) → the first months of the periods to which the twelve months belong."""


def own_months(axes: Axes, entered: Floats, expected: Flags) -> Floats:
    """Each month's own figure: for sums entered cumulatively the difference to what there was before, known only
    where both are; all others as entered. `expected`: which figures are to be entered."""
    running = _running(axes)
    own = entered.copy()
    for units in _groups(entered) if running.any() else ():
        own[units, running] -= _before(entered[units, running], expected[units, running])
    return own


def accumulate(axes: Axes, entered: Floats, expected: Flags, starts: Sequence[int] = YEAR_TO_DATE) -> Floats:
    """Each month's figure for its period so far. NaN where nothing of the period was reported; otherwise of
    what was (count it with `received` and `expected`). A sum entered cumulatively is counted from the figure
    before the period, and missing without it; from zero where none was `expected` yet."""
    running = _running(axes)
    rules = (
        (axes.where(lambda i: i.over_months == "sum") & ~running, _sums),
        (axes.where(lambda i: i.over_months == "last"), _last),
        (axes.where(lambda i: i.over_months == "max"), partial(_so_far, np.fmax)),
        (axes.where(lambda i: i.over_months == "mean"), _means),
    )
    result = np.empty_like(entered)
    for units in _groups(entered):
        for which, so_far in rules:
            if which.any():
                result[units, which] = so_far(entered[units, which], starts)
        if running.any():
            result[units, running] = _grown(entered[units, running], expected[units, running], starts)
    return result


def count_figures(axes: Axes, present: Flags, expected: Flags, starts: Sequence[int] = YEAR_TO_DATE) -> Counts:
    """The number of the figures that are `present` of those that each month's period so far is made of: all of its
    months, or only the latest where that alone decides (last values, and sums entered cumulatively: these with the
    figure before the period, from which they are counted, where one was `expected`)."""
    latest = axes.where(lambda i: i.over_months == "last" or i.entering == "cumulative")
    running = _running(axes)
    result = _so_far(np.add, present.astype(np.int32), starts)
    result[:, latest] = present[:, latest]
    if running.any():
        counted_from = present[:, running] | ~expected[:, running]
        for month in MONTHS:
            if starts[month - 1] > 1:
                result[:, running, month - 1] *= counted_from[:, :, starts[month - 1] - 2]
    return result


def _groups(entered: Floats) -> Iterator[slice]:
    """The units, AT_ONCE at a time."""
    return (slice(start, start + AT_ONCE) for start in range(0, len(entered), AT_ONCE))


def _running(axes: Axes) -> Flags:
    """Which indicators are sums entered cumulatively."""
    return axes.where(lambda i: i.entering == "cumulative" and i.over_months == "sum")


def _so_far(combine: np.ufunc, values: Array, starts: Sequence[int]) -> Array:
    """Of each month the months of its period up to it, combined."""
    result = values.copy()
    for at, start in enumerate(starts):
        if start <= at:
            combine(result[:, :, at - 1], values[:, :, at], out=result[:, :, at])
    return result


def _sums(entered: Floats, starts: Sequence[int]) -> Floats:
    known = _so_far(np.logical_or, ~np.isnan(entered), starts)
    return np.where(known, _so_far(np.add, np.nan_to_num(entered), starts), np.nan)


def _means(entered: Floats, starts: Sequence[int]) -> Floats:
    count = _so_far(np.add, (~np.isnan(entered)).astype(np.int32), starts)
    with np.errstate(invalid="ignore"):
        return _sums(entered, starts) / count


def _last(entered: Floats, starts: Sequence[int]) -> Floats:
    """The last known figure of the period."""
    known = _so_far(np.logical_or, ~np.isnan(entered), starts)
    return np.where(known, _carried(entered), np.nan)


def _grown(entered: Floats, expected: Flags, starts: Sequence[int]) -> Floats:
    """The last known figure of the period without what there was before it."""
    return _last(entered, starts) - _before(entered, expected)[:, :, [start - 1 for start in starts]]


def _before(entered: Floats, expected: Flags) -> Floats:
    """Of each month the running figure that there was before it. A month in which none was expected added nothing:
    a unit that joins in August begins at zero."""
    before = np.zeros_like(entered)
    before[:, :, 1:] = np.where(expected, entered, np.nan_to_num(_carried(entered)))[:, :, :-1]
    return before


def _carried(entered: Floats) -> Floats:
    """The last known figure of the year up to each month."""
    known = ~np.isnan(entered)
    at = np.maximum.accumulate(np.where(known, np.arange(12), -1), axis=2)
    return np.where(at >= 0, np.take_along_axis(entered, np.maximum(at, 0), axis=2), np.nan)
