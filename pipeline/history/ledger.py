"""The ledger's file: SQLite, opened so that it is safe on a network share and whole after any accident.

One transaction an opening: what is written is kept when the block ends well, and nothing of it otherwise.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipeline.domain.addresses import Address
from pipeline.problems import Problem, problem
from pipeline.workbooks.files import stray, sweep, write_whole

APPLICATION = 0x504C4643
"""Marks the file as a ledger of this program."""
WAIT = 30.0
"""Seconds to wait while another run writes: as long as a large report takes."""
MOST_COPIED = 2_000_000_000
"""Bytes: SQLite hands out no more at once. A ledger of an older version that is larger is brought up without copies."""
_SCHEMA = Path(__file__).with_name("schema.sql")

EventKind = Literal["run", "close", "reopen", "accept"]


class LedgerError(Exception):
    """The ledger can't be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def schema_steps() -> tuple[str, ...]:
    """What makes a ledger of version 1, 2, … from one of the version before."""
    _, *steps = re.split(r"^-- version \d+$", _SCHEMA.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return tuple(steps)


@contextmanager
def open_ledger(path: Path, writing: bool = False) -> Iterator[sqlite3.Connection]:
    """The ledger within one transaction. To be read it need not exist: then it is empty. One that is gone while its
    copy lies there is not taken for a new one, nor one that lacks decisions of its copy for the latest. Raises
    LedgerError."""
    try:
        there = path.exists() and path.stat().st_size > 0
        if not there and copy_path(path).exists():
            raise LedgerError(problem("history.lost", Address(path.name), copy=copy_path(path).name))
        if writing:
            path.parent.mkdir(parents=True, exist_ok=True)
        place = path if there or writing else ":memory:"
        with closing(sqlite3.connect(place, timeout=WAIT, isolation_level=None)) as ledger:
            ledger.execute("PRAGMA journal_mode = DELETE")
            ledger.execute("PRAGMA synchronous = FULL")
            ledger.execute("PRAGMA foreign_keys = ON")
            try:
                ledger.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
                _check(ledger, path)
                if there:
                    _check_copy(ledger, path)
                if writing:
                    _migrate(ledger, path)
                    if not there:  # an empty ledger stands before the first copy of one can
                        ledger.execute("COMMIT")
                        ledger.execute("BEGIN IMMEDIATE")
                    sweep((path, copy_path(path)))
                    yield ledger
                else:
                    with _brought_up(ledger) as known:
                        yield known
                if ledger.in_transaction:
                    ledger.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    ledger.execute("ROLLBACK")
                raise
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(_why(error, path)) from error


def add_event(ledger: sqlite3.Connection, kind: EventKind, now: datetime, reason: str = "") -> int:
    """A new event's number."""
    at = now.isoformat(" ", "seconds")
    number = ledger.execute("INSERT INTO event (at, kind, reason) VALUES (?, ?, ?)", (at, kind, reason)).lastrowid
    assert number is not None
    return number


def last_event(ledger: sqlite3.Connection) -> int:
    """The number of the latest event; 0 in an empty ledger."""
    return int(ledger.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0])


def copy_path(path: Path) -> Path:
    """Where the copy lies that is made after every change that can't be read from the forms again."""
    return path.with_stem(f"{path.stem}.copy")


def keep_copy(ledger: sqlite3.Connection, path: Path) -> None:
    """Copies the ledger with what this transaction has written, before it ends: a decision whose copy can't be made
    is not made either. Raises OSError."""
    write_whole(copy_path(path), ledger.serialize())


def new_ledger() -> sqlite3.Connection:
    """An empty ledger in memory."""
    ledger = sqlite3.connect(":memory:", isolation_level=None)
    ledger.execute("PRAGMA foreign_keys = ON")
    _bring_up(ledger, 0)
    return ledger


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """For work on a ledger that can't be opened: nobody else does it at the same time. At its end nothing is left that
    this work, when it was killed before, may have left beside the ledger. Raises LedgerError."""
    lock = stray(path, "restore")
    try:
        with closing(sqlite3.connect(lock, timeout=WAIT, isolation_level=None)) as held:
            held.execute("BEGIN EXCLUSIVE")
            yield
        sweep((path, copy_path(path)))
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(_why(error, path)) from error


def _check(ledger: sqlite3.Connection, path: Path) -> None:
    """The file is a ledger of this program, whole, and not of a newer version."""
    if _pragma(ledger, "schema_version") == 0:
        return
    if (
        ledger.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
        or _pragma(ledger, "application_id") != APPLICATION
    ):
        raise LedgerError(_damaged(path))
    if _pragma(ledger, "user_version") > len(schema_steps()):
        raise LedgerError(problem("history.newer", Address(path.name)))


def _check_copy(ledger: sqlite3.Connection, path: Path) -> None:
    """Someone may have put an older ledger in its place: the next decision would write over the copy of the others. A
    single decision more is one that was broken off: its copy is made before it."""
    copy = copy_path(path)
    if not copy.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(copy, timeout=WAIT)) as known:
        query = "SELECT count(*) FROM event WHERE kind <> 'run' AND id > ?"
        lacking = int(known.execute(query, (last_event(ledger),)).fetchone()[0])
        if lacking > 1:
            raise LedgerError(problem("history.older", Address(path.name), copy=copy.name, count=lacking))


@contextmanager
def _brought_up(ledger: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The ledger to be read; an older one as it will be once something is written into it, in memory."""
    version = _pragma(ledger, "user_version")
    if version == len(schema_steps()):
        yield ledger
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        if version:
            memory.deserialize(ledger.serialize())
        _bring_up(memory, version)
        yield memory


def _migrate(ledger: sqlite3.Connection, path: Path) -> None:
    """Brings an older ledger, or an empty one, to this version. An older one is kept as it was, and copied as it then
    is: where its tables lie, only its own first page knows, or its copy's."""
    version = _pragma(ledger, "user_version")
    if version == len(schema_steps()):
        return
    copied = version > 0 and path.stat().st_size < MOST_COPIED
    if copied:
        before = path.with_stem(f"{path.stem}.v{version}")
        sweep([before])
        write_whole(before, ledger.serialize())
    _bring_up(ledger, version)
    if copied:
        keep_copy(ledger, path)


def _bring_up(ledger: sqlite3.Connection, version: int) -> None:
    steps = schema_steps()
    for step in steps[version:]:
        for statement in _statements(step):
            ledger.execute(statement)
    ledger.execute(f"PRAGMA application_id = {APPLICATION}")
    ledger.execute(f"PRAGMA user_version = {len(steps)}")


def _statements(script: str) -> Iterator[str]:
    """The script's statements; sqlite3's own executescript would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _pragma(ledger: sqlite3.Connection, name: str) -> int:
    return int(ledger.execute(f"PRAGMA {name}").fetchone()[0])


def _damaged(path: Path) -> Problem:
    copy = copy_path(path)
    return problem("history.damaged", Address(path.name), copy=copy.name)


def _why(error: sqlite3.Error | OSError, path: Path) -> Problem:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return problem("history.locked", Address(path.name))
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _damaged(path)
    found = error.strerror if isinstance(error, OSError) else error
    return problem("history.unusable", Address(path.name), found=found)
