"""The units of each level of the tree, ranked by how they fulfil the main indicators."""

import numpy as np
import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.analysis.rounding import round_half_up

MOST_COLLEAGUES = 30
"""Up to so many units on a single level are people of one department, who are not ranked."""
WHOLE = 100.0
"""More than the plan of one indicator doesn't make up for another's lag."""


def standings_table(
    data: Consolidated, unit_indicators: pd.DataFrame, indicators: pd.DataFrame, forms: pd.DataFrame
) -> pd.DataFrame:
    """A row a unit below the root, by level and rank, for plans whose tree has more than one level, for any part of
    such a tree, and where units are many; else none. `forms`: the table of handing_in.units_table.

    Columns: depth: int (1 below the root); kind, unit, unit_title, parent_title: str; score: float (the mean per cent
    of the plan to date over the main indicators that the unit has, each counted up to 100; where less is better
    mirrored); rank: int, equal for equal scores, 0 without a score; norm, of: int (main indicators at the norm or
    above, of those with a status); received, expected: int (figures of the main indicators to date); handed, due: int
    (forms of the reported period, of the unit and all below it).
    """
    units = data.axes.plan.units
    placed = [(depth, unit) for depth, unit in units.walk() if depth]
    if not placed or not (units.is_part or len(placed) > MOST_COLLEAGUES or any(depth > 1 for depth, _ in placed)):
        return pd.DataFrame([], columns=COLUMNS)
    table = pd.DataFrame(
        [(depth, unit.kind, unit.code, unit.title, _above(data, unit.code)) for depth, unit in placed],
        columns=COLUMNS[:5],
    )
    table = table.merge(_scores(unit_indicators, indicators), on="unit", how="left")
    table = table.merge(forms[["code", "handed", "due"]], left_on="unit", right_on="code", how="left")
    counts = ["norm", "of", "received", "expected", "handed", "due"]
    table[counts] = table[counts].fillna(0).astype(int)
    table["rank"] = table.groupby("depth")["score"].rank(method="min", ascending=False).fillna(0).astype(int)
    table["_last"] = table["rank"].where(table["rank"] > 0, len(table) + 1)
    return table.sort_values(["depth", "_last"], kind="stable", ignore_index=True)[COLUMNS]


COLUMNS = [
    *("depth", "kind", "unit", "unit_title", "parent_title"),
    *("score", "rank", "norm", "of", "received", "expected", "handed", "due"),
]


def _above(data: Consolidated, code: str) -> str:
    units = data.axes.plan.units
    return units.by_code[units.path(code)[-2]].title


def _scores(unit_indicators: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """unit, score, norm, of, received, expected of its main indicators."""
    about = indicators.set_index("code")
    percent, less = unit_indicators["to_date_percent"], unit_indicators["code"].map(about["direction"]).eq("less")
    main = unit_indicators.assign(
        counted=np.where(less, 2 * WHOLE - percent, percent).clip(0, WHOLE),
        judged=unit_indicators["to_date_status"].ne("none"),
        good=unit_indicators["to_date_status"].isin(["norm", "above"]),
    )
    scores = main.groupby("unit", sort=False).agg(
        score=("counted", "mean"),
        norm=("good", "sum"),
        of=("judged", "sum"),
        received=("to_date_received", "sum"),
        expected=("to_date_expected", "sum"),
    )
    return scores.assign(score=round_half_up(scores["score"].to_numpy(), 1)).reset_index()
