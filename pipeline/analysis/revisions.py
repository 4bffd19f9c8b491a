"""Targets that were revised in the course of the year: from what to what, from when, why and by which document."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from pipeline.domain.plan import Plan
from pipeline.domain.targets import Targets

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
    for unit, code in sorted(_revised(plan.targets), key=lambda one: (rank[one[1]], place[one[0]])):
        targets = plan.revisions(unit)[code]
        member, title = plan.indicators.by_code[code], plan.units.by_code[unit].title
        for before, after in pairwise(targets):
            figures = targets[0].value, before.value, after.value, after.value - before.value
            what = unit, title, code, member.name, member.decimals, after.since
            rows.append((*what, *figures, after.reason, after.document, *after.address))
    return _frame(rows)


def _revised(targets: Targets) -> list[tuple[str, str]]:
    """(unit, indicator) of those that have several targets: few of a million."""
    shape = len(targets.units), len(targets.indicators)
    number, count = np.unique(np.ravel_multi_index((targets.unit, targets.indicator), shape), return_counts=True)
    units, indicators = np.unravel_index(number[count > 1], shape)
    return [(targets.units[unit], targets.indicators[one]) for unit, one in zip(units, indicators, strict=True)]


def no_revisions() -> pd.DataFrame:
    """The table without a row."""
    return _frame([])


def _frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(("original", "before", "target", "difference"), "float64"))
