"""The disk fails SQLite itself, at each of its calls in turn: nothing half written is ever taken for whole."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.run.outcome import Exit, Outcome
from tests import tiny
from tests.faulty_sqlite import CODES, FailsAt, hooked, library

reachable = pytest.mark.skipif(library() is None, reason="this Python has its SQLite inside: ctypes can't reach it")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Closed for January with a copy; the form states something else of January, and February is new."""
    monkeypatch.chdir(tiny.tiny(tmp_path))
    tiny.stand_in(monkeypatch.setattr)
    tiny.make_report()
    tiny.close(1)
    tiny.fill(1, 11)
    tiny.fill(2, 20)
    return tmp_path


COMMANDS: dict[str, Callable[[], Outcome]] = {
    "run": tiny.make_report,
    "accept": tiny.accept,
    "close": lambda: tiny.close(2),
    "reopen": lambda: tiny.reopen(1),
    "restore": tiny.restored,
}


class Command:
    """A command that is given again and again from the same state of the folder: `before`, `after`."""

    def __init__(self, name: str) -> None:
        self.give = COMMANDS[name]
        if name == "restore":
            tiny.spoil()
        self.start = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
        self.before = self.state() if name != "restore" else None
        assert self.give().exit == Exit.MADE
        self.after, self.files = self.state(), tiny.files()

    def state(self) -> tuple[object, ...]:
        return tiny.rows(tiny.LEDGER), tiny.rows(tiny.COPY), tiny.reports()

    def put_back(self) -> None:
        for path in Path().rglob("*"):
            if path.is_file() and path not in self.start:
                path.unlink()
        for path, content in self.start.items():
            path.write_bytes(content)

    def check(self, outcome: Outcome) -> None:
        """It failed and said so, or it did all; the ledger is the old or the new one; given again, it does all."""
        if outcome.exit == Exit.FAILED:
            assert {one.code for one in outcome.problems} <= {"history.unusable", "history.damaged", "cli.unwritable"}
        if self.before is None:
            old = tiny.LEDGER.read_bytes() == self.start[tiny.LEDGER]
            assert old or tiny.rows(tiny.LEDGER) == self.after[0]
        else:
            assert tiny.rows(tiny.LEDGER) in (self.before[0], self.after[0])
            for name, content in tiny.reports().items():
                assert content in (self.before[2].get(name), self.after[2].get(name))  # type: ignore[attr-defined]
        if outcome.exit == Exit.MADE:
            assert self.state() == self.after
        self.give()
        assert self.state() == self.after
        assert tiny.files() == self.files


@reachable
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("kind", CODES)
def test_whichever_call_of_sqlite_fails_nothing_is_lost(name: str, kind: str) -> None:
    """The Nth open, read, write (an error of the disk; a full disk), sync, truncation and removal of a file by SQLite
    fails, for every N that the command comes to, once or from then on. Proves: a command whose ledger fails says so and
    ends with 1; the ledger is whole and holds all of the command or nothing of it; every file of the report is the old
    or the new one; once the disk is well, the command comes to what it comes to without faults."""
    command = Command(name)
    for lasting in (False, True):
        number, failed = 0, True
        while failed:
            number += 1
            command.put_back()
            hook = FailsAt(kind, number, lasting)
            with hooked(hook):
                outcome = command.give()
            failed = hook.failed
            command.check(outcome)
        assert outcome.exit == Exit.MADE, "without a fault"
        assert number > 1 or kind == "truncate" or (name == "restore" and kind in ("sync", "delete"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no limit of a file's size")
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", COMMANDS)
def test_wherever_the_disk_becomes_full_nothing_is_lost(name: str) -> None:
    """The system itself refuses to write beyond a size (RLIMIT_FSIZE), which grows from a little to all that is needed.
    Proves the same of every file that is written, the ledger, its copy and the report's, with the system's own error
    in the middle of a write."""
    from resource import RLIMIT_FSIZE, getrlimit, setrlimit

    command = Command(name)
    largest = max(Path(file).stat().st_size for file in command.files)
    soft, hard = getrlimit(RLIMIT_FSIZE)
    made = []
    for size in (*range(1000, largest, 2500), largest):
        command.put_back()
        setrlimit(RLIMIT_FSIZE, (size, hard))
        try:
            outcome = command.give()
        finally:
            setrlimit(RLIMIT_FSIZE, (soft, hard))
        command.check(outcome)
        made.append(outcome.exit == Exit.MADE)
    assert made[-1] and not made[0]
