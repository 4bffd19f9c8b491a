"""What a run puts down: what forms newly state, the plan as it stood, the report that was made."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.memory import FigureKey
from pipeline.domain.submissions import ALIKE, Entries, Place, Submission, by_unit
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


def record_statements(run: Run, year: int, submissions: Iterable[Submission]) -> None:
    """Puts down what is stated otherwise than before; nothing where nothing is. Goes from unit to unit: the figures of
    a country are too many to be held at once."""
    forms = by_unit(submissions)
    marks = {unit: _mark(own) for unit, own in forms.items()}
    known = dict(run.ledger.execute("SELECT unit, mark FROM stated WHERE year = ?", (year,)).fetchall())
    before = known or _units_before(run.ledger, year)
    new = {unit: marks.get(unit, "") for unit in sorted(before.keys() | marks.keys())}
    differing = {unit: mark for unit, mark in new.items() if known.get(unit) != mark}
    run.ledger.executemany(
        "INSERT INTO statement (event, year, unit, indicator, month, measure, value, source, sheet, cell) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row for unit in differing for row in _changes(run, year, unit, forms.get(unit, []))),
    )
    run.ledger.executemany(
        "INSERT INTO stated (year, unit, mark) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET mark = excluded.mark",
        ((year, unit, mark) for unit, mark in differing.items()),
    )


def _mark(forms: Iterable[Submission]) -> str:
    """The same for forms that state the same figures in the same order."""
    digest = hashlib.sha256()
    for form in forms:
        entries = Entries.of(form.entries)
        digest.update(_mark_of_places(entries.places) + entries.values.tobytes())
    return digest.hexdigest()


@lru_cache(ALIKE)
def _mark_of_places(places: tuple[Place, ...]) -> bytes:
    return hashlib.sha256(repr([place[:3] for place in places]).encode()).digest()


def _units_before(ledger: sqlite3.Connection, year: int) -> dict[str, str]:
    """The units that have ever stated anything; of none of them it is known what they stated last."""
    rows = ledger.execute("SELECT DISTINCT unit FROM statement WHERE year = ?", (year,))
    return {unit: "" for (unit,) in rows}


def _changes(run: Run, year: int, unit: str, forms: Iterable[Submission]) -> Iterator[tuple[object, ...]]:
    """The rows of what the unit's forms state otherwise than before, and of what they no longer state."""
    before = {tuple(key): value for *key, value, _ in _statements(run.ledger, year, last_event(run.ledger), unit)}
    for form in forms:
        source: int | None = None
        for indicator, month, measure, value, sheet, cell in form.entries:
            if before.pop((unit, indicator, month, measure), None) != value:
                source = source or _source(run, form.file, form.sha256)
                yield run.event, year, unit, indicator, month, measure, value, source, sheet, cell
    for key, gone in before.items():
        if gone is not None:
            yield run.event, year, *key, None, None, "", ""


def statements_at(
    ledger: sqlite3.Connection, year: int, event: int | None = None
) -> list[tuple[FigureKey, float | None]]:
    """What the forms stated when the event had passed (by default: now)."""
    found = _statements(ledger, year, last_event(ledger) if event is None else event)
    return [(FigureKey(unit, indicator, month, measure), value) for unit, indicator, month, measure, value, _ in found]


def _statements(ledger: sqlite3.Connection, year: int, event: int, unit: str | None = None) -> sqlite3.Cursor:
    """Rows (unit, indicator, month, measure, value, id), of one unit where it is named."""
    return ledger.execute(
        # of each group SQLite takes the values of the row that has the greatest id
        "SELECT unit, indicator, month, measure, value, max(id) FROM statement WHERE year = ? AND event <= ? "
        f"{'' if unit is None else 'AND unit = ? '}GROUP BY unit, indicator, month, measure",
        (year, event) if unit is None else (year, event, unit),
    )


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
