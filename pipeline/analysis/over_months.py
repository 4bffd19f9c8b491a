"""Adding up over months, by each indicator's own rule, and figures entered cumulatively."""

from collections.abc import Sequence

import numpy as np

from pipeline.analysis.cube import Axes, Counts, Floats
from pipeline.domain.periods import MONTHS, PeriodKind

YEAR_TO_DATE = (1,) * 12
"""The month in which the period that each month belongs to began: here January, for all twelve."""
STARTS: dict[PeriodKind, Sequence[int]] = {
    "quarter": tuple(3 * ((month - 1) // 3) + 1 for month in MONTHS),
    "half_year": tuple(6 * ((month - 1) // 6) + 1 for month in MONTHS),
    "nine_months": YEAR_TO_DATE,
    "year": YEAR_TO_DATE,
}
"""Kind of period (longer than a month) → the first months of the periods to which the twelve months belong."""


def own_months(axes: Axes, entered: Floats) -> Floats:
    """Each month's own figure: for sums entered cumulatively the difference to the month before, known only
    where both are; all others as entered."""
    running = axes.where(lambda i: i.entering == "cumulative" and i.over_months == "sum")
    own = entered.copy()
    own[:, running, 1:] = np.diff(entered[:, running], axis=2)
    return own


def accumulate(axes: Axes, entered: Floats, starts: Sequence[int] = YEAR_TO_DATE) -> Floats:
    """Each month's figure for its period so far. NaN where nothing of the period was reported; otherwise of
    what was (count it with `received` and `expected`). A sum entered cumulatively is counted from the figure
    before the period, and missing without it."""
    rules = {rule: axes.where(lambda i, rule=rule: i.over_months == rule) for rule in ("sum", "last", "max", "mean")}  # type: ignore[misc]
    running = axes.where(lambda i: i.entering == "cumulative" and i.over_months == "sum")
    carried = _carried(entered)
    result = np.full_like(entered, np.nan)
    for month in MONTHS:
        at, start = month - 1, starts[month - 1] - 1
        window = entered[:, :, start:month]
        none = np.isnan(window).all(axis=2)
        count = (~np.isnan(window)).sum(axis=2)
        total = np.nansum(window, axis=2)
        biggest = np.where(np.isnan(window), -np.inf, window).max(axis=2)
        since = entered[:, :, start - 1] if start else np.zeros(axes.shape[:2])
        with np.errstate(invalid="ignore"):
            mean = total / count
        for mask, values in (
            (rules["sum"], total),
            (rules["last"], carried[:, :, at]),
            (rules["max"], biggest),
            (rules["mean"], mean),
            (running, carried[:, :, at] - since),
        ):
            result[:, mask, at] = np.where(none, np.nan, values)[:, mask]
    return result


def count_figures(axes: Axes, present: Floats | Counts, starts: Sequence[int] = YEAR_TO_DATE) -> Counts:
    """Of a 0/1 cube the number of figures that each month's period so far is made of: all of its months, or only
    the latest where that alone decides (last values, and sums entered cumulatively: these with the figure before
    the period, from which they are counted)."""
    latest = axes.where(lambda i: i.over_months == "last" or i.entering == "cumulative")
    result = np.zeros(axes.shape, dtype=np.int32)
    for month in MONTHS:
        result[:, :, month - 1] = present[:, :, starts[month - 1] - 1 : month].sum(axis=2)
    result[:, latest] = present[:, latest]
    running = axes.where(lambda i: i.entering == "cumulative" and i.over_months == "sum")
    for month in MONTHS:
        if starts[month - 1] > 1:
            result[:, running, month - 1] *= present[:, running, starts[month - 1] - 2].astype(np.int32)
    return result


def _carried(entered: Floats) -> Floats:
    """The last known figure of the year up to each month."""
    known = ~np.isnan(entered)
    at = np.maximum.accumulate(np.where(known, np.arange(12), -1), axis=2)
    return np.where(at >= 0, np.take_along_axis(entered, np.maximum(at, 0), axis=2), np.nan)
