"""The disk fails SQLite itself, at each of its calls in turn: nothing half written is ever taken for whole."""

import os
from pathlib import Path

import pytest

from pipeline.run.outcome import Exit
from tests import tiny
from tests.commands import COMMANDS, Command, prepare
from tests.faulty_sqlite import CODES, FailsAt, hooked, library

reachable = pytest.mark.skipif(library() is None, reason="this Python has its SQLite inside: ctypes can't reach it")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Closed for January with a copy; the form states something else of January, and February is new."""
    monkeypatch.chdir(tiny.tiny(tmp_path))
    tiny.stand_in(monkeypatch.setattr)
    prepare()
    return tmp_path


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
