"""What is still to be handed in for the reported period: unit by unit, month by month, indicator by indicator."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.domain.periods import Period


def lacking_table(data: Consolidated, period: Period, due: Mapping[int, date]) -> pd.DataFrame:
    """A row a unit and month of the period with figures missing, units in the tree's order — unit, unit_title: str;
    month, expected: int; due: date (the last day for handing in, as `due` has it of each month); indicators: tuple of
    those that are missing, as the rows of the form are called; empty where nothing of the month was entered."""
    axes = data.axes
    missing = data.entered.expected & ~data.entered.received
    rows = []
    for _, unit in axes.plan.units.walk():
        for number in period.months:
            at = axes.unit_at[unit.code]
            lack, expected = missing[at, :, number - 1], int(data.entered.expected[at, :, number - 1].sum())
            if not lack.any():
                continue
            members = zip(axes.plan.indicators.members, lack, strict=True)
            names = tuple(indicator.title for indicator, is_missing in members if is_missing)
            whole = len(names) == expected
            rows.append((unit.code, unit.title, number, expected, due[number], () if whole else names))
    return pd.DataFrame(rows, columns=["unit", "unit_title", "month", "expected", "due", "indicators"])
