"""The forecast of the year, by the method that forecast real years best (docs/forecast.md), and its honest range.

Two ways are mixed, by the month from which one looks. *At the plan's pace*: target × actual to date / planned to date.
*Along last year*: actual to date, and the rest of the year as it went last year in the whole institution, at the pace
of the latest months. Early in the year a single last year misleads more than it tells; late it knows December.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.compare import decimals_of
from pipeline.analysis.consolidate import Consolidated
from pipeline.analysis.cube import Axes, Flags, Floats
from pipeline.analysis.forecast_ranges import MANY, RANGES, Kind
from pipeline.analysis.over_indicators import add_ratios
from pipeline.analysis.rounding import round_half_up
from pipeline.domain.periods import MONTHS

RECENT = 3
"""Months whose pace counts along last year."""
LAST_YEAR_WEIGHT = (0.0,) * 5 + (0.5,) + (0.75,) * 3 + (1.0,) * 3
"""The weight of «along last year» by the month from which one looks; the rest is the plan's pace."""
NEARLY = 0.9
"""The share of the figures to date without which neither last year nor a range says anything."""
LEAST = 500.0
"""The least year that the evidence speaks of: smaller ones go at the plan's pace, without a range."""


def forecast(data: Consolidated, month: int) -> Floats:
    """The year as forecast from the month, rounded; (unit, indicator). In the last month it is the year itself.

    Ratios are computed from their indicators' forecasts; what doesn't add up over months goes at the plan's pace.
    Figures that are missing count as fulfilled like those that were received; where they are many, all goes at the
    plan's pace. Of what is over (`is_over`) the year is what was done. NaN where nothing was planned or reported.
    """
    at, running = month - 1, data.to_date
    year = running.actual[:, :, at].copy()
    if month != MONTHS[-1]:
        course = np.where(_nearly_whole(data, month)[:, :, None], data.course, np.nan)
        ahead = mixed(_filled(data), running.planned, data.target, course, month)
        year = np.where(is_over(data, month), year, ahead)
    return round_half_up(add_ratios(data.axes, year[:, :, None])[:, :, 0], decimals_of(data.axes))


def forecast_range(data: Consolidated, month: int, year: Floats) -> tuple[Floats, Floats]:
    """(from, to): where eight in ten of the real years that were forecast like `year` ended, rounded; (unit,
    indicator).

    NaN where the evidence doesn't reach: ratios and what doesn't add up over months, years of less than LEAST, where
    many figures are missing, what is over, and the last month. A range never begins below what was achieved.
    """
    low, high = np.full_like(year, np.nan), np.full_like(year, np.nan)
    if month == MONTHS[-1]:
        return low, high
    axes, at = data.axes, month - 1
    known = _summed(axes) & _nearly_whole(data, month) & (year >= LEAST) & ~is_over(data, month)
    for kind, mask in _kinds(data, month).items():
        low[known & mask], high[known & mask] = RANGES[kind].low[at], RANGES[kind].high[at]
    achieved, places = data.to_date.actual[:, :, at], decimals_of(axes)
    least, most = year * np.minimum(low, 100) / 100, year * np.maximum(high, 100) / 100
    return round_half_up(np.maximum(least, achieved), places), round_half_up(np.maximum(most, achieved), places)


def is_over(data: Consolidated, month: int) -> Flags:
    """(unit, indicator): where figures were to be entered until the month, and none after it: the indicator, or each
    unit that has it, is no longer in force."""
    expected = data.month.expected > 0
    return np.asarray(expected[:, :, :month].any(axis=2) & ~expected[:, :, month:].any(axis=2))


def filled(data: Consolidated, month: int) -> Floats:
    """The actual figures to date as if those that are missing were fulfilled like the rest, rounded; (unit,
    indicator)."""
    return round_half_up(_filled(data)[:, :, month - 1], decimals_of(data.axes))


def mixed(actual: Floats, planned: Floats, target: Floats, course: Floats, month: int) -> Floats:
    """The forecast from the month of running figures `actual` and `planned` (…, month), the year's `target` (…) and
    last year's `course` (…, month), unrounded; (…)."""
    at, weight = month - 1, LAST_YEAR_WEIGHT[month - 1]
    pace = at_plans_pace(target, planned[..., at], actual[..., at])
    past = along_last_year(actual, course, month)
    return np.where((pace >= LEAST) & ~np.isnan(past), (1 - weight) * pace + weight * past, pace)


def at_plans_pace(target: Floats, planned: Floats, actual: Floats) -> Floats:
    """The rest of the plan at the pace so far: target × actual to date / planned to date; NaN where nothing was."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(planned == 0, np.nan, target * actual / planned)


def along_last_year(actual: Floats, course: Floats, month: int, recent: int = RECENT) -> Floats:
    """The actual to date, and the rest of last year's course at the pace of the `recent` months; NaN without one."""
    at, before = month - 1, month - 1 - recent
    now, share = actual[..., at], course[..., at]
    lately, part = now, share
    if before >= 0:
        lately, part = now - np.nan_to_num(actual[..., before]), share - course[..., before]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(part > 0, now + lately / part * (1 - share), np.nan)


def _filled(data: Consolidated) -> Floats:
    actual, planned, covered = data.to_date.actual, data.to_date.planned, data.covered
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((covered > 0) & (covered != planned), actual * planned / covered, actual)


def _nearly_whole(data: Consolidated, month: int) -> Flags:
    """Where so many figures to date were received that the rest can be filled."""
    received, expected = data.to_date.received[:, :, month - 1], data.to_date.expected[:, :, month - 1]
    return np.asarray(received >= NEARLY * expected)


def _summed(axes: Axes) -> Flags:
    return axes.where(lambda indicator: indicator.over_months == "sum" and indicator.relation != "ratio")


def _kinds(data: Consolidated, month: int) -> dict[Kind, NDArray[np.bool_]]:
    """The kinds of forecast that RANGES tells apart → where (unit, indicator) the forecast is one."""
    phased, known = _phased(data.axes), ~np.isnan(data.course[:, -1])
    figures = data.month.expected[:, :, month - 1] / _leaves(data.axes)  # an average of parts: rather too few units
    return {
        Kind(many, plan, past): ((figures >= MANY) == many) & (phased == plan) & (known == past)
        for many in (False, True)
        for plan in (False, True)
        for past in (False, True)
    }


def _phased(axes: Axes) -> Flags:
    """Whether the indicator, or any part of it, is planned otherwise than evenly."""
    found = axes.where(lambda indicator: indicator.phasing != "even")
    for code, at in reversed(axes.indicator_at.items()):
        found[at] |= any(found[axes.indicator_at[part.code]] for part in axes.plan.indicators.parts.get(code, ()))
    return found


def _leaves(axes: Axes) -> NDArray[np.int_]:
    """Of how many indicators that have no parts an indicator is made."""
    count = np.ones(len(axes.indicator_at), dtype=int)
    for code, at in reversed(axes.indicator_at.items()):
        parts = [axes.indicator_at[part.code] for part in axes.plan.indicators.parts.get(code, ())]
        count[at] = count[parts].sum() if parts else 1
    return count
