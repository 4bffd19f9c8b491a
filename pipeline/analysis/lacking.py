"""What is still to be handed in for the reported period: unit by unit, month by month, indicator by indicator."""

import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.domain.periods import Period


def lacking_table(data: Consolidated, period: Period, due_day: int) -> pd.DataFrame:
    """A row a unit and month of the period with figures missing, units in the tree's order — unit, unit_title: str;
    month, expected: int; due: date (the last day for handing in); indicators: tuple of the names of those that are
    missing, empty where nothing of the month was entered."""
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
            names = tuple(indicator.name for indicator, is_missing in members if is_missing)
            due = axes.plan.calendar.month(number).following.first_day.replace(day=due_day)
            whole = len(names) == expected
            rows.append((unit.code, unit.title, number, expected, due, () if whole else names))
    return pd.DataFrame(rows, columns=["unit", "unit_title", "month", "expected", "due", "indicators"])
