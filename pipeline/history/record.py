"""What a run puts down: what forms newly state, the plan as it stood, the report that was made."""

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec import json

from pipeline.domain.addresses import Address
from pipeline.domain.memory import FigureKey
from pipeline.domain.submissions import ALIKE, Entries, Place, Submission, by_unit
from pipeline.history.ledger import add_event
from pipeline.history.statements import Key, put_down, statements, units_stated


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
    # without marks it is of no unit known what it stated last
    before = known or dict.fromkeys(units_stated(run.ledger, year), "")
    new = {unit: marks.get(unit, "") for unit in sorted(before.keys() | marks.keys())}
    differing = {unit: mark for unit, mark in new.items() if known.get(unit) != mark}
    for unit in differing:
        _record_changes(run, year, unit, forms.get(unit, ()))
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
    return hashlib.sha256(json.encode([place[:3] for place in places])).digest()


def _record_changes(run: Run, year: int, unit: str, forms: Iterable[Submission]) -> None:
    """Puts down what the unit's forms state otherwise than before, and what they no longer state."""
    before: dict[Key, float | None] = {}
    for said in statements(run.ledger, year, unit):
        before.update(zip(said.keys, said.figures, strict=True))
    for form in forms:
        stated = Entries.of(form.entries)
        figures = zip(stated.places, stated.values, strict=True)
        new = [(place, value) for place, value in figures if before.pop(place[:3], None) != value]
        if new:
            places, values = zip(*new, strict=True)
            put_down(run.ledger, (run.event, year, unit, _source(run, form.file, form.sha256)), places, values)
    gone = tuple(Place(*key, "", "") for key, value in before.items() if value is not None)
    if gone:
        put_down(run.ledger, (run.event, year, unit, None), gone, [None] * len(gone))


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
