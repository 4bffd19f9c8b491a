"""The indicators that management looks at: which they are, how each is judged, and which need attention first."""

import math
from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from pipeline.domain.status import STATUSES, Status

NEED_ATTENTION: tuple[Status, ...] = ("behind", "risk", "none")
Row = dict[Hashable, Any]
"""An indicator of ReportTables.indicators, by its columns."""


def main_indicators(indicators: pd.DataFrame) -> list[Row]:
    """The main indicators; those at the top of the tree where the plan marks none."""
    marked = indicators["main"].astype(bool)
    return indicators[marked if marked.any() else indicators["depth"].eq(0)].to_dict("records")


def main_figures(unit_indicators: pd.DataFrame, units: Iterable[str]) -> dict[tuple[str, str], Any]:
    """(unit, main indicator) → its row of ReportTables.unit_indicators, with its columns as attributes; of these
    units."""
    own = unit_indicators[unit_indicators["unit"].isin(set(units))]
    return {(str(row.unit), str(row.code)): row for row in own.itertuples(index=False)}


def worst_first(main: Iterable[Row]) -> list[Row]:
    """The rows that need attention. An indicator without a plan has no status, which is no one's fault."""
    rows = [row for row in main if row["to_date_status"] in NEED_ATTENTION and not math.isnan(row["to_date_planned"])]
    return sorted(rows, key=lambda row: (STATUSES.index(row["to_date_status"]), score(row)))


def score(row: Row, percent: str = "to_date_percent") -> float:
    """The percent as it is judged, mirrored where less is better; the lowest where nothing was planned."""
    value = float(row[percent])
    if math.isnan(value):
        return -math.inf
    return value if row["direction"] == "more" else 200 - value


def reaches_target(row: Row) -> bool:
    """Whether the forecast, in the whole percents that are shown, fulfils the year's target."""
    return score(row, "forecast_percent") >= 100
