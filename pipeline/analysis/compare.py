"""Planned against actual: variance, fulfilment, status, required pace."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.consolidate import Consolidated, Figures
from pipeline.analysis.cube import Axes, Floats
from pipeline.analysis.rounding import round_half_up
from pipeline.domain.status import STATUSES, Thresholds

Strings = NDArray[np.str_]


@dataclass(frozen=True)
class Comparison:
    """Of arrays (unit, indicator) for one month or period: actual − planned; actual / planned in whole percent;
    the status that the shown percent gives (one of STATUSES)."""

    planned: Floats
    actual: Floats
    variance: Floats
    percent: Floats
    status: Strings


def decimals_of(axes: Axes) -> NDArray[np.int_]:
    """Decimals by indicator."""
    return np.array([indicator.decimals for indicator in axes.plan.indicators.members], dtype=int)


def compare(axes: Axes, figures: Figures, month: int, thresholds: Thresholds) -> Comparison:
    """The figures of `month` (1…12), rounded as they are shown, and compared."""
    places = decimals_of(axes)
    planned = round_half_up(figures.planned[:, :, month - 1], places)
    actual = round_half_up(figures.actual[:, :, month - 1], places)
    percent = fulfilment(planned, actual)
    return Comparison(
        planned,
        actual,
        variance=round_half_up(actual - planned, places),
        percent=percent,
        status=statuses(axes, planned, actual, percent, thresholds),
    )


def fulfilment(planned: Floats, actual: Floats) -> Floats:
    """actual / planned in whole percent, half up; NaN where either is missing or nothing was planned."""
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(planned == 0, np.nan, actual / planned * 100)
    return round_half_up(percent)


def statuses(axes: Axes, planned: Floats, actual: Floats, percent: Floats, thresholds: Thresholds) -> Strings:
    """domain.status.status for arrays (unit, indicator) whose last axis is the plan's indicators."""
    members = axes.plan.indicators.members
    more = axes.where(lambda indicator: indicator.direction == "more")
    tolerance = np.array([thresholds.percent_of(indicator) for indicator in members])
    least = np.array([thresholds.absolute_of(indicator) for indicator in members])
    variance = np.round(actual - planned, 9)
    unplanned = np.where((variance > 0) == more, np.inf, -np.inf)
    score = np.where(np.isnan(percent), unplanned, np.where(more, percent, 200 - percent))
    return np.select(
        [
            np.isnan(planned) | np.isnan(actual),
            np.abs(variance) <= least,
            score < thresholds.behind_below,
            score < 100 - tolerance,
            score > thresholds.above_over,
        ],
        ["none", "norm", "behind", "risk", "above"],
        "norm",
    ).astype(f"<U{max(map(len, STATUSES))}")


def pace(data: Consolidated, month: int) -> Floats:
    """What each remaining month must bring for the target to be reached, rounded up; (unit, indicator). Only
    for indicators that are summed over months; NaN where no month remains in which they are in force, and where the
    target is missing."""
    left = (data.month.expected[:, :, month:] > 0).sum(axis=2)
    rest = np.maximum(data.target - data.to_date.actual[:, :, month - 1], 0)
    summed = data.axes.where(lambda indicator: indicator.over_months == "sum" and indicator.relation != "ratio")
    scale = 10.0 ** decimals_of(data.axes)
    needed = np.ceil(np.round(rest / np.maximum(left, 1) * scale, 6)) / scale
    return np.where(summed & (left > 0), needed, np.nan)
