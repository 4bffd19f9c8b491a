"""The tables of indicators and of the units' indicators, for one node and one period."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.analysis.compare import Comparison, compare, decimals_of, fulfilment, pace
from pipeline.analysis.consolidate import Consolidated
from pipeline.analysis.facts import repeated
from pipeline.analysis.forecast import forecast, forecast_range
from pipeline.analysis.rounding import round_half_up
from pipeline.domain.indicators import Indicators
from pipeline.domain.periods import Period
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Explanation, Submission


def indicators_table(
    one: Consolidated, period: Period, thresholds: Thresholds, submissions: Iterable[Submission]
) -> pd.DataFrame:
    """A row an indicator of `one` node; columns as ReportTables.indicators says."""
    axes, plan, month = one.axes, one.axes.plan, period.last.number
    now = month - 1
    sections = {section.code: section.title for section in plan.sections}
    frame = pd.DataFrame(
        [
            {
                "code": indicator.code,
                "title": indicator.title,
                "name": indicator.name,
                "section": indicator.section,
                "section_title": sections.get(indicator.section, ""),
                "unit_of_measure": indicator.unit_of_measure,
                "relation": indicator.relation,
                "parent": indicator.parent or "",
                "formula": indicator.formula if indicator.code in plan.indicators.ratios else "",
                "over_months": indicator.over_months,
                "direction": indicator.direction,
                "quantity": indicator.quantity,
                "source": indicator.source,
                "okei": indicator.okei,
                "main": indicator.main,
                "depth": plan.indicators.depth(indicator.code),
                "decimals": indicator.decimals,
            }
            for indicator in plan.indicators.members
        ]
    )
    places = decimals_of(axes)
    frame["target"] = round_half_up(one.target[0], places)
    frame["original_target"] = round_half_up(one.original_target[0], places)
    periods = {"period": one.over(period.kind), "quarter": one.over("quarter"), "to_date": one.to_date}
    for prefix, figures in periods.items():
        for name, values in _columns(compare(axes, figures, month, thresholds)).items():
            frame[f"{prefix}_{name}"] = values
        frame[f"{prefix}_received"] = figures.received[0, :, now]
        frame[f"{prefix}_expected"] = figures.expected[0, :, now]
    frame["last_year"] = round_half_up(one.to_date.last_year[0, :, now], places)
    year = forecast(one, month)[0]
    frame["forecast"] = year
    frame["forecast_low"], frame["forecast_high"] = (bound[0] for bound in forecast_range(one, month, year[None]))
    frame["forecast_percent"] = fulfilment(frame["target"].to_numpy(), year)
    frame["pace"] = pace(one, month)[0]
    said = _explanations(plan, one.units[0], period, submissions)
    for column in ("cause", "explanation", "who"):
        frame[column] = [_joined(plan.indicators, said, code, column) for code in frame["code"]]
    return frame


def _columns(compared: Comparison) -> dict[str, NDArray[Any]]:
    return {
        "planned": compared.planned[0],
        "actual": compared.actual[0],
        "variance": compared.variance[0],
        "percent": compared.percent[0],
        "status": compared.status[0].astype(object),
    }


def _explanations(
    plan: Plan, node: str, period: Period, submissions: Iterable[Submission]
) -> dict[str, list[tuple[str, Explanation]]]:
    """Code of each indicator → (title of the unit, its explanation of a month of the period), of the node's units."""
    below = {unit.code: unit.title for _, unit in plan.units.walk(node)}
    found: dict[str, list[tuple[str, Explanation]]] = {}
    for form in submissions:
        for explanation in form.explanations:
            if explanation.month in period.months and form.identity.unit in below:
                found.setdefault(explanation.indicator, []).append((below[form.identity.unit], explanation))
    return found


def _joined(indicators: Indicators, said: Mapping[str, list[tuple[str, Explanation]]], code: str, column: str) -> str:
    """What was said of the indicator or, where nothing was, of its parts: each wording once, in order."""
    own = said.get(code) or [one for part in indicators.parts.get(code, ()) for one in said.get(part.code, [])]
    wordings: dict[str, list[str]] = {
        "cause": [explanation.cause for _, explanation in own],
        "explanation": [explanation.text for _, explanation in own],
        "who": [who for who, _ in own],
    }
    return "; ".join(dict.fromkeys(text.rstrip(" .") for text in wordings[column] if text))


def unit_indicators_table(
    data: Consolidated, node: str, indicators: Collection[str], month: int, thresholds: Thresholds
) -> pd.DataFrame:
    """A row a unit below the node and one of the `indicators` (codes) that it has; columns as
    ReportTables.unit_indicators says. `data`: of the whole tree."""
    axes, now = data.axes, month - 1
    compared = compare(axes, data.to_date, month, thresholds)
    units = [unit for _, unit in axes.plan.units.walk(node)][1:]
    at = np.array([axes.unit_at[unit.code] for unit in units], dtype=np.intp)
    has = (data.to_date.expected[at, :, now] > 0) | ~np.isnan(data.target[at])
    has &= axes.where(lambda indicator: indicator.code in indicators)
    row, column = np.nonzero(has)
    members = axes.plan.indicators.members
    where = (at[row], column) if len(at) else (row, column)
    return pd.DataFrame(
        {
            "unit": repeated([unit.code for unit in units], row),
            "unit_title": repeated([unit.title for unit in units], row),
            "code": repeated([member.code for member in members], column),
            "name": repeated([member.name for member in members], column),
            "decimals": decimals_of(axes)[column],
            "to_date_planned": compared.planned[where],
            "to_date_actual": compared.actual[where],
            "to_date_percent": compared.percent[where],
            "to_date_status": compared.status[where].astype(object),
            "to_date_received": data.to_date.received[*where, now],
            "to_date_expected": data.to_date.expected[*where, now],
        }
    )
