"""How each section and each person keeps the plan's dates: a row each, counted by occurrence."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from pipeline.analysis.activities import DONE, STATES, Occurrence
from pipeline.domain.plan import Plan
from pipeline.domain.status import fulfilment

COLUMNS = ["kind", "code", "title", "total", "finished", *STATES, "in_time"]


def activity_summary(plan: Plan, found: Sequence[Occurrence]) -> pd.DataFrame:
    """Sections, then people in the plan's order, then all together, as ReportTables.activity_summary says. What
    several people share counts for each of them, and once for all together."""
    sections = (
        _row("section", one.code, one.title, [part for part in found if part.activity.section == one.code])
        for one in plan.sections
    )
    people = (
        _row("unit", unit.code, unit.title, [part for part in found if unit.code in part.activity.responsible])
        for _, unit in plan.units.walk()
    )
    rows = [row for row in (*sections, *people) if row["total"]]
    frame = pd.DataFrame([*rows, _row("total", "", "", found)] if found else [], columns=COLUMNS)
    return frame.astype({"in_time": "float64"})


def _row(kind: str, code: str, title: str, parts: Sequence[Occurrence]) -> dict[str, object]:
    counts = Counter(part.state for part in parts)
    return {
        "kind": kind,
        "code": code,
        "title": title,
        "total": len(parts),
        "finished": sum(counts[state] for state in DONE),
        **{state: counts[state] for state in STATES},
        "in_time": _in_time(parts),
    }


def _in_time(parts: Iterable[Occurrence]) -> int | None:
    """Done in time, in whole per cent of what should have been done by now; what is done without a day tells
    neither way."""
    judged = [part.state for part in parts if part.due and (part.state in ("late", "overdue") or _dated(part))]
    return fulfilment(len(judged), judged.count("done"))


def _dated(part: Occurrence) -> bool:
    return part.state == "done" and part.done_day is not None
