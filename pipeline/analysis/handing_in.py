"""Who has handed in what: the state of each unit's form, month by month."""

import numpy as np
import pandas as pd

from pipeline.analysis.consolidate import Consolidated
from pipeline.domain.periods import MONTHS, Period
from pipeline.domain.units import Units

HANDED = ("complete", "partial")
"""States of a form that has been handed in."""
DUE = (*HANDED, "missing")


def units_table(data: Consolidated, period: Period, files: dict[str, str]) -> pd.DataFrame:
    """A row a unit of the tree below the root, depth-first: code, title, kind, file: str; depth: int
    (from 1; the root is shown only where it reports itself); reports: bool (has a form of its own); received,
    expected: int (entered figures of the reported period, of its own form or else of all below it); state: the
    period's, m1 … m12: the months' — complete, partial, missing, ahead (after the reported month) or absent (nothing
    expected); handed, due: int (forms of it and of all below it that are in for the period, of those due), h1 … h12,
    d1 … d12: the months'."""
    axes, plan, month = data.axes, data.axes.plan, period.last.number
    reported = slice(period.first.number - 1, month)
    reporting = set(plan.reporting)
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
    table = pd.DataFrame(rows, columns=[*columns, *(f"m{m}" for m in MONTHS)])
    return pd.concat([table, _forms(plan.units, table)], axis=1)


def _forms(units: Units, table: pd.DataFrame) -> pd.DataFrame:
    """The forms that are in and those that are due, of each row's unit and all below it."""
    states = table[["state", *(f"m{m}" for m in MONTHS)]].to_numpy()
    own = table["reports"].to_numpy(dtype=bool)[:, None]
    counts = np.stack([own & np.isin(states, HANDED), own & np.isin(states, DUE)]).astype(int)
    at = {code: row for row, code in enumerate(table["code"])}
    for code, row in reversed(at.items()):
        above = at.get(units.by_code[code].parent or "")
        if above is not None:
            counts[:, above] += counts[:, row]
    names = [f"{letter}{month}" for letter in "hd" for month in MONTHS]
    months = np.concatenate(counts[:, :, 1:], axis=1)
    return pd.DataFrame(np.column_stack([counts[:, :, 0].T, months]), columns=["handed", "due", *names])


def _state(received: int, expected: int, ahead: bool) -> str:
    if not expected:
        return "absent"
    if ahead:
        return "ahead"
    return "complete" if received >= expected else "partial" if received else "missing"
