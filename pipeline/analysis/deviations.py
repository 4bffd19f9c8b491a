"""Which indicators have left their tolerance since January, and which units have led them there."""

import numpy as np
import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.analysis.cube import Floats
from pipeline.analysis.rounding import round_half_up
from pipeline.domain.status import Thresholds

KEPT = [
    *("code", "title", "unit_of_measure", "direction", "decimals", "to_date_planned", "to_date_actual"),
    *("to_date_variance", "to_date_percent", "to_date_received", "to_date_expected", "cause", "explanation", "who"),
]


def deviations_table(data: Consolidated, indicators: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Of the table of indicators the rows whose variance to date is permitted neither in % nor absolute, those
    behind first, the largest of each side first.

    Columns KEPT and: side: behind, ahead (where less is better, less is ahead); tolerance_percent,
    tolerance_absolute; beyond: percentage points beyond the tolerance, NaN where nothing was planned.
    """
    members = data.axes.plan.indicators.by_code
    table = indicators[KEPT].assign(
        tolerance_percent=[thresholds.percent_of(members[code]) for code in indicators["code"]],
        tolerance_absolute=[thresholds.absolute_of(members[code]) for code in indicators["code"]],
    )
    points = (table["to_date_percent"] - 100).abs()
    more = table["to_date_variance"].gt(0) == table["direction"].eq("more")
    table = table.assign(
        side=np.where(more, "ahead", "behind"),
        beyond=points - table["tolerance_percent"],
        _size=table["to_date_variance"].abs(),
    )
    out = table["_size"].gt(table["tolerance_absolute"]) & (table["beyond"].gt(0) | table["beyond"].isna())
    ordered = table[out].sort_values(
        ["side", "beyond", "_size"], ascending=[False, False, False], key=_behind_first, kind="stable"
    )
    return ordered.drop(columns="_size").reset_index(drop=True)


def _behind_first(column: pd.Series) -> pd.Series:
    return column.eq("behind") if column.name == "side" else column


def contributions_table(data: Consolidated, node: str, month: int, deviations: pd.DataFrame) -> pd.DataFrame:
    """The units whose own variance to date has the sign of the deviation, the largest first — code, unit, unit_title:
    str; decimals: int; variance: float; received, expected: int. A missing actual figure counts as nothing done, as
    it does in the total. Only for indicators that are summed over units: of the rest no unit has a share."""
    axes, now = data.axes, month - 1
    planned, actual = (np.nan_to_num(each[:, :, now]) for each in (data.to_date.planned, data.to_date.actual))
    own = _own(data, actual - planned)
    rows = []
    for code, total in zip(deviations["code"], deviations["to_date_variance"], strict=True):
        indicator = axes.plan.indicators.by_code[code]
        if indicator.over_units != "sum" or indicator.relation == "ratio":
            continue
        column, sign = axes.indicator_at[code], np.sign(total)
        variances = round_half_up(own[:, column], indicator.decimals)
        units = [axes.unit_at[unit.code] for _, unit in axes.plan.units.walk(node)]
        for at in sorted((at for at in units if variances[at] * sign > 0), key=lambda at: -abs(variances[at])):
            unit = axes.plan.units.by_code[axes.units[at]]
            received, expected = (int(each[at, column, now]) for each in (data.to_date.received, data.to_date.expected))
            rows.append((code, unit.code, unit.title, indicator.decimals, variances[at], received, expected))
    columns = ["code", "unit", "unit_title", "decimals", "variance", "received", "expected"]
    return pd.DataFrame(rows, columns=columns)


def _own(data: Consolidated, nodes: Floats) -> Floats:
    """Of sums (unit, indicator) of each node with all below it, the part that is its own."""
    axes, own = data.axes, nodes.copy()
    for code, below in axes.plan.units.children.items():
        for child in below:
            own[axes.unit_at[code]] -= nodes[axes.unit_at[child.code]]
    return own
