"""What «Сводка» shows of each unit for each month, so that a reader may choose both: the same analysis, run for every
month up to the reported one, by the plan as it stood in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.analysis.compare import compare, decimals_of, fulfilment, pace
from pipeline.analysis.consolidate import Consolidated, as_of, nodes
from pipeline.analysis.cube import Floats
from pipeline.analysis.forecast import filled, forecast, forecast_range, is_over
from pipeline.analysis.month_tables import forecast_months
from pipeline.analysis.rounding import round_half_up
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.units import Unit

MOST_CHILDREN = 20
"""Units beside the node itself: a longer list is no choice, and the workbook has to stay light."""
COMING = ("planned", "planned_to_date", "forecast", "forecast_to_date")
"""What a month knows of the months after it."""


def coming(measure: str, month: int) -> str:
    """The column of one of COMING for a month (1…12)."""
    return f"{measure}_{month}"


@dataclass(frozen=True)
class LiveTable:
    """What can be chosen, and its figures, rounded as they are shown; missing ones are NaN.

    units: a row a unit, the node first — code, title: str.
    indicators: the codes of the main ones, in the plan's order.
    figures: a row a unit, indicator and month up to the reported one, in this order — unit, indicator: str (codes);
        month: int; planned, actual: float (the month's own); received, expected: int (of the month);
        of the year to date at the month's end to_date_planned, to_date_actual, to_date_percent: float,
        to_date_status: one of domain.status.STATUSES, to_date_received, to_date_expected: int;
        target (in force in the month), forecast, forecast_low, forecast_high (as ReportTables.indicators says),
        forecast_percent, pace: float; for each of COMING and each of the twelve months `coming(measure, month)`:
        float, known of the months after the row's own.
    last_year: a row a unit and indicator, in the same order — unit, indicator: str; m1 … m12: float.
    forms: a row a unit, the node first — handed1 … handed12, of1 … of12: int (forms that it and those below it
        handed in, of those due by the reported month).
    left_out: how many more children the node has than can be chosen.
    plan_since: for each of the twelve months the first one in which the plan stood as in it.
    """

    units: pd.DataFrame
    indicators: tuple[str, ...]
    figures: pd.DataFrame
    last_year: pd.DataFrame
    forms: pd.DataFrame
    left_out: int = 0
    plan_since: tuple[int, ...] = tuple(MONTHS)


def live_table(
    data: Consolidated,
    node: str,
    main: Sequence[str],
    month: int,
    thresholds: Thresholds,
    states: pd.DataFrame,
) -> LiveTable:
    """The table of the node and its children up to the month (1…12), of the indicators `main` (codes). `states`: the
    units' forms as handing_in.units_table gives them."""
    plan = data.axes.plan
    units, left_out = _units(plan, node)
    codes = [unit.code for unit in units]
    at = np.ix_(range(len(codes)), [data.axes.indicator_at[code] for code in main])
    seen = _seen(data, codes, month)
    shown = [_month(then, number, thresholds) for number, then in enumerate(seen, 1)]
    figures = pd.DataFrame(
        {name: np.stack([figures[name][at] for figures in shown], axis=2).ravel() for name in shown[0]},
        index=pd.MultiIndex.from_product([codes, main, MONTHS[:month]], names=["unit", "indicator", "month"]),
    )
    ahead = np.stack([_coming(then, number, at) for number, then in enumerate(seen, 1)], axis=2)
    names = [coming(measure, number) for measure in COMING for number in MONTHS]
    figures[names] = ahead.reshape(len(figures), len(names))
    past = round_half_up(seen[0].month.last_year, decimals_of(data.axes)[:, None])[at]
    return LiveTable(
        units=pd.DataFrame({"code": codes, "title": [unit.title for unit in units]}),
        indicators=tuple(main),
        figures=figures.reset_index(),
        last_year=pd.DataFrame(
            past.reshape(-1, len(MONTHS)),
            index=pd.MultiIndex.from_product([codes, main], names=["unit", "indicator"]),
            columns=[f"m{number}" for number in MONTHS],
        ).reset_index(),
        forms=_forms(plan, codes, states),
        left_out=left_out,
        plan_since=_plan_since(plan),
    )


def _units(plan: Plan, node: str) -> tuple[list[Unit], int]:
    """The node, and its children that report or have reporting units below them; and how many of them are too many."""
    reporting = set(plan.reporting)
    children = [
        child
        for child in plan.units.children[node]
        if any(unit.code in reporting for _, unit in plan.units.walk(child.code))
    ]
    return [plan.units.by_code[node], *children[:MOST_CHILDREN]], max(0, len(children) - MOST_CHILDREN)


def _seen(data: Consolidated, units: Sequence[str], month: int) -> list[Consolidated]:
    """The units' figures of each month up to `month` by the plan as it then stood, which most months are the same."""
    plan = data.axes.plan
    revised = sorted(set(plan.targets.since))
    latest = [max((since for since in revised if since <= number), default=0) for number in MONTHS[:month]]
    known = {since: nodes(as_of(data, since), units) for since in set(latest) - set(revised[-1:])}
    now = nodes(data, units)
    return [known.get(since, now) for since in latest]


def _plan_since(plan: Plan) -> tuple[int, ...]:
    revised = {1, *plan.targets.since}
    return tuple(max(since for since in revised if since <= month) for month in MONTHS)


def _month(data: Consolidated, month: int, thresholds: Thresholds) -> dict[str, NDArray[np.generic]]:
    """Arrays (unit, indicator) of what the month has, by the columns of LiveTable.figures."""
    own, to_date = (compare(data.axes, figures, month, thresholds) for figures in (data.month, data.to_date))
    target, year = round_half_up(data.target, decimals_of(data.axes)), forecast(data, month)
    low, high = forecast_range(data, month, year)
    return {
        "planned": own.planned,
        "actual": own.actual,
        "received": data.month.received[:, :, month - 1],
        "expected": data.month.expected[:, :, month - 1],
        "to_date_planned": to_date.planned,
        "to_date_actual": to_date.actual,
        "to_date_percent": to_date.percent,
        "to_date_status": to_date.status.astype(object),
        "to_date_received": data.to_date.received[:, :, month - 1],
        "to_date_expected": data.to_date.expected[:, :, month - 1],
        "target": target,
        "forecast": year,
        "forecast_low": low,
        "forecast_high": high,
        "forecast_percent": fulfilment(target, year),
        "pace": pace(data, month),
    }


def _coming(data: Consolidated, month: int, at: tuple[NDArray[np.intp], ...]) -> Floats:
    """(unit, indicator, one of COMING, month): NaN up to the month itself."""
    rounded = partial(round_half_up, decimals=decimals_of(data.axes)[:, None])
    own, year, reached, over = data.month.planned, forecast(data, month), filled(data, month), is_over(data, month)
    members = data.axes.plan.indicators.members
    forecasts = np.array(
        [
            [
                forecast_months(members[i], year[unit, i], own[unit, i], reached[unit, i], month, over[unit, i])
                for i in at[1].ravel()
            ]
            for unit in at[0].ravel()
        ]
    )
    planned = np.stack([rounded(own)[at], rounded(data.to_date.planned)[at]], axis=2)
    known = np.concatenate([planned, forecasts], axis=2)
    return np.where(np.array(MONTHS) > month, known, np.nan)


def _forms(plan: Plan, units: Sequence[str], states: pd.DataFrame) -> pd.DataFrame:
    reporting = states[states["reports"].astype(bool)]
    found = reporting[[f"m{month}" for month in MONTHS]].to_numpy(dtype=object)
    handed = (found == "complete") | (found == "partial")
    due = handed | (found == "missing")
    own = [reporting["code"].isin({each.code for _, each in plan.units.walk(unit)}).to_numpy() for unit in units]
    return pd.DataFrame(
        [[*handed[rows].sum(axis=0), *due[rows].sum(axis=0)] for rows in own],
        columns=[f"{name}{month}" for name in ("handed", "of") for month in MONTHS],
    )
