"""Who has handed in what: the state of each unit's form, month by month."""

import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.domain.periods import MONTHS


def units_table(data: Consolidated, month: int, files: dict[str, str]) -> pd.DataFrame:
    """A row a unit of the tree below the root, depth-first: code, title, kind, file: str; depth: int
    (from 1; the root is shown only where it reports itself); reports:
    bool; received, expected: int (entered figures of the reported month); m1 … m12: complete, partial, missing,
    ahead (after the reported month) or absent (nothing expected)."""
    axes, plan = data.axes, data.axes.plan
    reporting = {unit for unit, _ in plan.revisions}
    rows = []
    for depth, unit in plan.units.walk():
        if unit.code == plan.units.root.code and unit.code not in reporting:
            continue
        at = axes.unit_at[unit.code]
        rows.append(
            {
                "code": unit.code,
                "title": unit.title,
                "kind": unit.kind,
                "depth": max(depth, 1),
                "reports": unit.code in reporting,
                "file": files.get(unit.code, ""),
                "received": int(data.received[at, month - 1]),
                "expected": int(data.expected[at, month - 1]),
            }
            | {f"m{m}": _state(int(data.received[at, m - 1]), int(data.expected[at, m - 1]), m > month) for m in MONTHS}
        )
    columns = ["code", "title", "kind", "depth", "reports", "file", "received", "expected", *(f"m{m}" for m in MONTHS)]
    return pd.DataFrame(rows, columns=columns)


def _state(received: int, expected: int, ahead: bool) -> str:
    if not expected:
        return "absent"
    if ahead:
        return "ahead"
    return "complete" if received >= expected else "partial" if received else "missing"
