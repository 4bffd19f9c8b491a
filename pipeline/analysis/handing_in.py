"""Who has handed in what: the state of each unit's form, month by month."""

import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.domain.periods import MONTHS, Period


def units_table(data: Consolidated, period: Period, files: dict[str, str]) -> pd.DataFrame:
    """A row a unit of the tree below the root, depth-first: code, title, kind, file: str; depth: int
    (from 1; the root is shown only where it reports itself); reports: bool (has a form of its own); received,
    expected: int (entered figures of the reported period, of its own form or else of all below it); state: the
    period's, m1 … m12: the months' — complete, partial, missing, ahead (after the reported month) or absent (nothing
    expected)."""
    axes, plan, month = data.axes, data.axes.plan, period.last.number
    reported = slice(period.first.number - 1, month)
    reporting = {unit for unit, _ in plan.revisions}
    own_received, own_expected = data.entered.received.sum(axis=1), data.entered.expected.sum(axis=1)
    rows = []
    for depth, unit in plan.units.walk():
        if unit.code == plan.units.root.code and unit.code not in reporting:
            continue
        at, reports = axes.unit_at[unit.code], unit.code in reporting
        received = (own_received if reports else data.received)[at].tolist()
        expected = (own_expected if reports else data.expected)[at].tolist()
        counts = sum(received[reported]), sum(expected[reported])
        rows.append(
            {
                "code": unit.code,
                "title": unit.title,
                "kind": unit.kind,
                "depth": max(depth, 1),
                "reports": reports,
                "file": files.get(unit.code, ""),
                "received": counts[0],
                "expected": counts[1],
                "state": _state(*counts, ahead=False),
            }
            | {f"m{m}": _state(received[m - 1], expected[m - 1], ahead=m > month) for m in MONTHS}
        )
    columns = ["code", "title", "kind", "depth", "reports", "file", "received", "expected", "state"]
    return pd.DataFrame(rows, columns=[*columns, *(f"m{m}" for m in MONTHS)])


def _state(received: int, expected: int, ahead: bool) -> str:
    if not expected:
        return "absent"
    if ahead:
        return "ahead"
    return "complete" if received >= expected else "partial" if received else "missing"
