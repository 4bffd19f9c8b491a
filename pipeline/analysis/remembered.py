"""What is remembered from earlier runs, as the report shows it: corrections of closed months, forms handed in late."""

from collections.abc import Sequence

import pandas as pd

from pipeline.domain.memory import Memory
from pipeline.domain.plan import Plan

COLUMNS = (
    *("unit", "unit_title", "indicator", "indicator_title", "month", "measure", "decimals"),
    *("old", "new", "difference", "effect", "file", "sheet", "cell", "accepted", "reason"),
)


def corrections_table(plan: Plan, memory: Memory) -> pd.DataFrame:
    """A row a correction, those that wait first (by unit), then the accepted ones in their order — unit, unit_title,
    indicator, indicator_title, measure, file, sheet, cell, reason: str; month, decimals: int; old, new, difference,
    effect (on the unit's figure since January): float; accepted: datetime64, NaT while it waits."""
    members, units = plan.indicators.by_code, plan.units.by_code
    rows = []
    for one in sorted(memory.corrections, key=lambda correction: correction.accepted is not None):
        unit, code, month, measure = one.key
        member = members.get(code)
        what = (code, member.name, month, measure, member.decimals) if member else (code, code, month, measure, 0)
        figures = one.old, one.new, one.difference, one.effect
        title = units[unit].title if unit in units else unit
        rows.append((unit, title, *what, *figures, *one.address, one.accepted, one.reason))
    return _frame(rows)


def no_corrections() -> pd.DataFrame:
    """The table without a row."""
    return _frame([])


def _frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = dict.fromkeys(("old", "new", "difference", "effect"), "float64")
    return frame.astype(numbers | {"accepted": "datetime64[s]"})


def with_late(units: pd.DataFrame, memory: Memory, month: int) -> pd.DataFrame:
    """The table of units in which a month that was completed after the day due is «late»; for the reported one,
    when it is reported alone, the state too."""
    marked = units.copy()
    for unit, number in memory.late:
        at = (marked["code"] == unit) & (marked[f"m{number}"] == "complete")
        marked.loc[at, f"m{number}"] = "late"
        if number == month:
            marked.loc[at & (marked["state"] == "complete"), "state"] = "late"
    return marked
