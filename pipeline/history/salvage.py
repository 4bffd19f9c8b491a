"""What can still be read of a damaged ledger and of its copy, put into an empty one, and the names of what can't.

A row that can't be read doesn't hide those after it. Where file and copy both have a row, the file's counts: it is the
newer one. Rows are known by their number (rowid): numbers are given one after another and never again, so that a gap
is a row that is lost.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.history.closings import closed_until
from pipeline.history.ledger import APPLICATION, EventKind, add_event, new_ledger
from pipeline.history.record import PlanFile

TABLES = {
    "event": "id, at, kind, reason",
    "source": "id, event, file, sha256",
    "plan": "rowid, sha256, event, year, file, content",
    "statement": "id, event, year, unit, indicator, month, measure, value, source, sheet, cell",
    "said": "id, event, year, unit, source, places, figures",
    "closing": "event, year, month, plan, snapshot, reopened",
    "correction": "id, event, year, unit, indicator, month, measure, old, new, file, sheet, cell, void",
    "handed_in": "rowid, year, month, unit, complete, overdue",
    "report": "id, event, period, path, sha256, plan, basis",
}
"""Each after those to which it refers; the first column is the row's number."""
EVENTS: dict[tuple[str, str], EventKind] = {
    ("source", "event"): "run",
    ("plan", "event"): "run",
    ("statement", "event"): "run",
    ("said", "event"): "run",
    ("report", "event"): "run",
    ("closing", "event"): "close",
    ("closing", "reopened"): "reopen",
    ("correction", "event"): "accept",
    ("correction", "void"): "reopen",
}
"""Where an event is named, and of which kind it then is."""
PACKED = {"said": ("places", "figures"), "closing": ("snapshot",)}
"""What is packed with a check sum."""
LEAST_ROW = 12
"""Bytes that a row takes at least: so many rows a file can have."""

Row = tuple[object, ...]


@dataclass(frozen=True)
class Scan:
    """What one file has of a table: number → row. `last`: the greatest number, None where it can't be known."""

    rows: dict[int, Row]
    last: int | None


@dataclass(frozen=True)
class Salvaged:
    """What was saved, by table. `lost`: rows that are known to be lost, by table; of closings their days.
    `undated`: events of which only the number is known; they have the time of the next one. `until`: after this
    moment more may be lost than is known (None: nothing that could be read); only where `ended` is false.
    `foreign`: events of the copy that contradict the ledger, and were left there. `voided`: accepted corrections
    that are void because their month is no longer closed."""

    saved: dict[str, int]
    lost: dict[str, int]
    closings: tuple[str, ...]
    undated: int
    ended: bool
    until: str | None
    foreign: int
    voided: int


def salvage(
    ledger: sqlite3.Connection, damaged: bytes, copy: bytes, plans: Iterable[PlanFile], now: datetime, reason: str
) -> Salvaged:
    """Fills the empty ledger with what the two files still have. `plans`: workbooks that may stand in for lost ones.
    `reason` is given for events that are made up."""
    older = _scans(copy, b"")
    newer = _scans(damaged, copy)
    limit, foreign = _parting(newer["event"].rows, older["event"].rows)
    older = {table: _before(limit, table, scan) for table, scan in older.items()}
    events = {**older["event"].rows, **newer["event"].rows}
    made_up = _missing_events(events, (newer, older), now, reason)
    for row in {**events, **made_up}.values():
        _insert(ledger, "event", row)
    for table in TABLES:
        if table == "closing":
            _lend_plans(ledger, plans, (newer, older))
        for scans in (newer, older):
            for row in scans[table].rows.values():
                _insert(ledger, table, _without_lost_source(ledger, table, row))
    voided = _void_opened(ledger, now, reason)
    lasts = [newer[table].last for table in TABLES]
    ended = None not in lasts
    until = ledger.execute("SELECT max(at) FROM event WHERE reason <> ?", (reason,)).fetchone()[0]
    return Salvaged(
        {table: _count(ledger, table) for table in TABLES},
        {table: _gaps(ledger, table, newer[table].last) for table in TABLES if table != "closing"},
        tuple(_lost_closings(ledger)),
        len(made_up),
        ended,
        until,
        foreign,
        voided,
    )


def _scans(content: bytes, other: bytes) -> dict[str, Scan]:
    """All tables of a ledger's file, as far as they can be read. Where its first page, which tells where the tables
    are, can't be, those of `other` and of a new ledger are tried in its place."""
    empty = {table: Scan({}, None) for table in TABLES}
    with closing(new_ledger()) as fresh:
        firsts = (content, other, fresh.serialize())
    for first in firsts:
        size = int.from_bytes(first[16:18], "big")
        page = first[:28] + bytes(4) + first[32:size]  # bytes 28…31: the number of pages, here unknown
        with closing(sqlite3.connect(":memory:")) as ledger, suppress(sqlite3.Error):
            ledger.execute("PRAGMA writable_schema = ON")  # reads a file that is cut short
            ledger.execute("PRAGMA cell_size_check = ON")
            whole_pages = len(content) - len(content) % (size or 1)
            ledger.deserialize(page + content[len(page) : whole_pages])
            names = {name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            older = {"said"} if first is content else set()  # a ledger from before version 3 has none to lose
            if names | older >= set(TABLES):
                return {
                    table: _scan(ledger, table, len(content)) if table in names else Scan({}, 0) for table in TABLES
                }
            if names and ledger.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                return empty  # another program's
    return empty


def _scan(ledger: sqlite3.Connection, table: str, size: int) -> Scan:
    select = f"SELECT {TABLES[table]} FROM {table} NOT INDEXED"
    try:
        found = ledger.execute(f"{select} ORDER BY rowid").fetchall()
        damaged = False
    except sqlite3.Error:
        found, damaged = [], True
        for number in range(1, size // LEAST_ROW + 1):
            with suppress(sqlite3.Error):
                found += ledger.execute(f"{select} WHERE rowid = ?", (number,)).fetchall()
    with closing(new_ledger()) as trial:
        trial.execute("PRAGMA foreign_keys = OFF")
        there = {_number(row[0]): row for row in found if _insert(trial, table, row)}
    rows = {number: row for number, row in there.items() if _is_whole(table, row)}
    if not damaged and len(there) == len(found):
        return Scan(rows, max(there, default=0))
    with suppress(sqlite3.Error):
        last = ledger.execute(f"SELECT max(rowid) FROM {table} NOT INDEXED").fetchone()[0]
        return Scan(rows, last if last in there else None)
    return Scan(rows, None)


def _is_whole(table: str, row: Row) -> bool:
    """Whether what has a check of its own is as it was written: the times of events, plans, frozen months. Texts have
    no zero bytes: these are the end of a row that is lost."""
    if any(isinstance(cell, str) and "\0" in cell for cell in row):
        return False
    if table == "event":
        with suppress(ValueError, TypeError):
            return bool(datetime.fromisoformat(row[1]))  # type: ignore[arg-type]
        return False
    if table == "plan":
        return isinstance(row[-1], bytes) and hashlib.sha256(row[-1]).hexdigest() == row[1]
    packed = (row[_columns(table).index(name)] for name in PACKED.get(table, ()))
    try:
        return all(isinstance(part, bytes) and zlib.decompress(part) for part in packed)
    except zlib.error:
        return False


def _parting(newer: dict[int, Row], older: dict[int, Row]) -> tuple[int | None, int]:
    """The first event by which the copy contradicts the ledger, None without any; how many it has from there on."""
    parting = min((number for number, row in older.items() if newer.get(number, row) != row), default=None)
    return parting, 0 if parting is None else sum(number >= parting for number in older)


def _before(limit: int | None, table: str, scan: Scan) -> Scan:
    """The copy's rows without those of contradicting events."""
    if limit is None:
        return scan
    at = 0 if table == "event" else next((n for n, name in enumerate(_columns(table)) if name == "event"), None)
    if at is None:
        return Scan({}, scan.last)
    return replace(scan, rows={key: row for key, row in scan.rows.items() if _number(row[at]) < limit})


def _missing_events(
    events: dict[int, Row], files: tuple[dict[str, Scan], ...], now: datetime, reason: str
) -> dict[int, Row]:
    """Events that rows name and that can't be read, each with the time of the next one that can."""
    named: dict[int, EventKind] = {}
    for (table, column), kind in EVENTS.items():
        at = _columns(table).index(column)
        for scans in files:
            named |= {_number(row[at]): kind for row in scans[table].rows.values() if _number(row[at]) not in events}
    named.pop(0, None)
    latest = now.isoformat(" ", "seconds")

    def time(event: int) -> object:
        return next((events[number][1] for number in sorted(events) if number > event), latest)

    return {number: (number, time(number), kind, reason) for number, kind in named.items()}


def _lend_plans(ledger: sqlite3.Connection, plans: Iterable[PlanFile], files: tuple[dict[str, Scan], ...]) -> None:
    """Plans that closings name and that can't be read, from the workbooks that are there."""
    wanted = {row[3]: row for scans in files for row in scans["closing"].rows.values()}
    for plan in plans:
        if plan.sha256 in wanted:
            number = 1 + ledger.execute("SELECT coalesce(max(rowid), 0) FROM plan").fetchone()[0]
            event, year = wanted[plan.sha256][:2]
            _insert(ledger, "plan", (number, plan.sha256, event, year, plan.file, plan.content))


def _void_opened(ledger: sqlite3.Connection, now: datetime, reason: str) -> int:
    """Makes void what was accepted for months whose closing is lost."""
    counting = ledger.execute("SELECT id, year, month FROM correction WHERE void IS NULL").fetchall()
    opened = [(number,) for number, year, month in counting if month > closed_until(ledger, year)]
    if opened:
        event = add_event(ledger, "reopen", now, reason)
        ledger.executemany(f"UPDATE correction SET void = {event} WHERE id = ?", opened)
    return len(opened)


def _without_lost_source(ledger: sqlite3.Connection, table: str, row: Row) -> Row:
    """The row; with no file where that can't be read."""
    if "source" not in _columns(table):
        return row
    at = _columns(table).index("source")
    there = ledger.execute("SELECT 1 FROM source WHERE id = ?", (_number(row[at]),)).fetchone()
    return row if there else (*row[:at], None, *row[at + 1 :])


def _insert(ledger: sqlite3.Connection, table: str, row: Row) -> bool:
    """Puts the row in, unless its place is taken or it can't be one of this table."""
    marks = ", ".join("?" * len(row))
    try:
        ledger.execute(f"INSERT INTO {table} ({TABLES[table]}) VALUES ({marks})", row)
    except (sqlite3.Error, OverflowError):
        return False
    return True


def _lost_closings(ledger: sqlite3.Connection) -> Iterator[str]:
    rows = ledger.execute("SELECT at FROM event WHERE kind = 'close' AND id NOT IN (SELECT event FROM closing)")
    yield from (at for (at,) in rows)


def _gaps(ledger: sqlite3.Connection, table: str, last: int | None) -> int:
    greatest = int(ledger.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])
    return max(greatest, last or 0) - _count(ledger, table)


def _count(ledger: sqlite3.Connection, table: str) -> int:
    return int(ledger.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _columns(table: str) -> list[str]:
    return TABLES[table].split(", ")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
