"""The table of an indicator's months: planned, actual, forecast, and the same from January on."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.analysis.compare import compare
from pipeline.analysis.consolidate import Consolidated, Figures
from pipeline.analysis.cube import Floats
from pipeline.analysis.forecast import filled, forecast, is_over
from pipeline.analysis.rounding import round_half_up
from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS
from pipeline.domain.phasing import spread
from pipeline.domain.status import Thresholds


def months_table(one: Consolidated, month: int, thresholds: Thresholds) -> pd.DataFrame:
    """A row an indicator of `one` node and month; columns as ReportTables.months says."""
    months, to_date = _until(one.month, month), _until(one.to_date, month)
    compared = [compare(one.axes, months, number, thresholds) for number in MONTHS]
    running = [compare(one.axes, to_date, number, thresholds) for number in MONTHS]
    year, so_far, over = forecast(one, month)[0], filled(one, month)[0], is_over(one, month)[0]
    frames: list[pd.DataFrame] = []
    for at, indicator in enumerate(one.axes.plan.indicators.members):
        own, reached = forecast_months(indicator, year[at], months.planned[0, at], so_far[at], month, over[at])
        frames.append(
            pd.DataFrame(
                {
                    "code": indicator.code,
                    "month": list(MONTHS),
                    "planned": [one.planned[0, at] for one in compared],
                    "actual": [one.actual[0, at] for one in compared],
                    "planned_to_date": [one.planned[0, at] for one in running],
                    "actual_to_date": [one.actual[0, at] for one in running],
                    "forecast": own,
                    "forecast_to_date": reached,
                    "last_year": round_half_up(months.last_year[0, at], indicator.decimals),
                    "percent": [one.percent[0, at] for one in compared],
                    "status": [str(one.status[0, at]) for one in compared],
                    "received": months.received[0, at],
                    "expected": months.expected[0, at],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _until(figures: Figures, month: int) -> Figures:
    """The same without actual figures after the month: forms may already hold some."""
    return replace(figures, actual=np.where(np.arange(12) < month, figures.actual, np.nan))


def forecast_months(
    indicator: Indicator, year: float, planned: Floats, to_date: float, month: int, over: bool
) -> tuple[list[float], list[float]]:
    """(own figures of the months to come, figure reached from the reported month on); elsewhere NaN. `year` and
    `to_date` are rounded as they are shown; in `to_date` missing figures are filled (forecast.filled), or the months
    to come would have to make up for them. Of what is `over` nothing is to come.

    Sums are phased like the rest of the plan, so that they end at the year's forecast exactly; what doesn't add
    up over months goes to the forecast in a straight line.
    """
    own, reached = [np.nan] * 12, [np.nan] * 12
    left = 12 - month
    if np.isnan(year) or np.isnan(to_date):
        return own, reached
    if over and left:
        return own, reached
    reached[month - 1] = to_date
    if not left:
        return own, reached
    if indicator.over_months == "sum" and indicator.relation != "ratio":
        weights = np.nan_to_num(np.maximum(planned[month:], 0)).tolist()
        own[month:] = spread(max(0.0, year - to_date), weights, indicator.decimals)
        reached[month:] = (to_date + np.cumsum(own[month:])).tolist()
    else:
        steps = to_date + (year - to_date) * np.arange(1, left + 1) / left
        own[month:] = reached[month:] = round_half_up(steps, indicator.decimals).tolist()
    return own, reached
