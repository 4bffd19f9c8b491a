"""What a run puts down: what forms newly state, the plan as it stood, the report that was made."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.memory import FigureKey
from pipeline.domain.submissions import Submission
from pipeline.history.ledger import add_event, last_event


class Stated(NamedTuple):
    """A figure that stands in a file."""

    value: float
    address: Address
    sha256: str


class PlanFile(NamedTuple):
    """The plan's workbook: `file` is relative to the input folder."""

    file: str
    sha256: str
    content: bytes


class Run:
    """The writing of one run: its event is there once there is something to put down, and not before."""

    def __init__(self, ledger: sqlite3.Connection, now: datetime) -> None:
        self.ledger, self.now = ledger, now

    @cached_property
    def event(self) -> int:
        return add_event(self.ledger, "run", self.now)


def stated_figures(submissions: Iterable[Submission]) -> dict[FigureKey, Stated]:
    """Every figure that the forms state."""
    return {
        FigureKey(form.identity.unit, entry.indicator, entry.month, entry.measure): Stated(
            entry.value, Address(form.file, entry.sheet, entry.cell), form.sha256
        )
        for form in submissions
        for entry in form.entries
    }


def record_statements(run: Run, year: int, stated: Mapping[FigureKey, Stated]) -> None:
    """Puts down what is stated otherwise than before; nothing where nothing is."""
    before = {key: value for key, value in statements_at(run.ledger, year) if value is not None}
    sources: dict[tuple[str, str], int] = {}
    new: list[tuple[object, ...]] = []
    for key, figure in stated.items():
        if before.get(key) != figure.value:
            file = figure.address.file, figure.sha256
            if file not in sources:
                sources[file] = _source(run, *file)
            new.append((*key, figure.value, sources[file], *figure.address[1:]))
    new += [(*key, None, None, "", "") for key in before.keys() - stated.keys()]
    if new:
        run.ledger.executemany(
            "INSERT INTO statement (event, year, unit, indicator, month, measure, value, source, sheet, cell) "
            f"VALUES ({run.event}, {year}, ?, ?, ?, ?, ?, ?, ?, ?)",
            new,
        )


def statements_at(
    ledger: sqlite3.Connection, year: int, event: int | None = None
) -> list[tuple[FigureKey, float | None]]:
    """What the forms stated when the event had passed (by default: now)."""
    rows = ledger.execute(
        # of each group SQLite takes the values of the row that has the greatest id
        "SELECT unit, indicator, month, measure, value, max(id) FROM statement WHERE year = ? AND event <= ? "
        "GROUP BY unit, indicator, month, measure",
        (year, last_event(ledger) if event is None else event),
    )
    return [(FigureKey(unit, indicator, month, measure), value) for unit, indicator, month, measure, value, _ in rows]


def record_plan(run: Run, year: int, plan: PlanFile) -> None:
    """Keeps the plan's workbook, once for each content."""
    if run.ledger.execute("SELECT 1 FROM plan WHERE sha256 = ?", (plan.sha256,)).fetchone() is None:
        run.ledger.execute(
            "INSERT INTO plan (sha256, event, year, file, content) VALUES (?, ?, ?, ?, ?)",
            (plan.sha256, run.event, year, plan.file, plan.content),
        )


def plan_file(ledger: sqlite3.Connection, sha256: str) -> PlanFile:
    """The plan's workbook with that content."""
    row = ledger.execute("SELECT file, sha256, content FROM plan WHERE sha256 = ?", (sha256,)).fetchone()
    return PlanFile(*row)


def plan_files(ledger: sqlite3.Connection, year: int) -> tuple[PlanFile, ...]:
    """All plans of the year, the latest first."""
    rows = ledger.execute("SELECT file, sha256, content FROM plan WHERE year = ? ORDER BY event DESC", (year,))
    return tuple(PlanFile(*row) for row in rows)


def add_report(run: Run, period: str, path: str, sha256: str, plan: str, basis: int) -> None:
    """Puts down a report that is other than the last one of its period at that place."""
    last = run.ledger.execute(
        "SELECT sha256 FROM report WHERE period = ? AND path = ? ORDER BY id DESC LIMIT 1", (period, path)
    ).fetchone()
    if last is None or last[0] != sha256:
        run.ledger.execute(
            "INSERT INTO report (event, period, path, sha256, plan, basis) VALUES (?, ?, ?, ?, ?, ?)",
            (run.event, period, path, sha256, plan, basis),
        )


def _source(run: Run, file: str, sha256: str) -> int:
    known = run.ledger.execute("SELECT id FROM source WHERE file = ? AND sha256 = ?", (file, sha256)).fetchone()
    if known is not None:
        return int(known[0])
    done = run.ledger.execute("INSERT INTO source (event, file, sha256) VALUES (?, ?, ?)", (run.event, file, sha256))
    assert done.lastrowid is not None
    return done.lastrowid
