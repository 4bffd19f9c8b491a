"""Targets that were revised in the course of the year: from what to what, from when, why and by which document."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from pipeline.domain.plan import Plan

COLUMNS = (
    *("unit", "unit_title", "indicator", "indicator_title", "decimals", "since"),
    *("original", "before", "target", "difference", "reason", "document", "file", "sheet", "cell"),
)


def revisions_table(plan: Plan) -> pd.DataFrame:
    """A row a revision, in the plan's order of indicators and units, then by month — unit, unit_title, indicator,
    indicator_title, reason, document, file, sheet, cell: str; decimals, since (month): int; original (as first
    approved), before, target, difference (to `before`): float."""
    rank = {one.code: at for at, one in enumerate(plan.indicators.members)}
    place = {one.code: at for at, one in enumerate(plan.units.members)}
    rows = []
    revised = [one for one in plan.all_revisions() if len(one[2]) > 1]
    for unit, code, targets in sorted(revised, key=lambda one: (rank[one[1]], place[one[0]])):
        member, title = plan.indicators.by_code[code], plan.units.by_code[unit].title
        for before, after in pairwise(targets):
            figures = targets[0].value, before.value, after.value, after.value - before.value
            what = unit, title, code, member.name, member.decimals, after.since
            rows.append((*what, *figures, after.reason, after.document, *after.address))
    return _frame(rows)


def no_revisions() -> pd.DataFrame:
    """The table without a row."""
    return _frame([])


def _frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(("original", "before", "target", "difference"), "float64"))
