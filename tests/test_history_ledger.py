"""The ledger's file under accidents: locked, damaged, of another version, killed, full; and what is counted, purely."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.domain.due_days import due_day
from pipeline.domain.memory import FigureKey
from pipeline.domain.periods import Month
from pipeline.domain.working_days import working_calendar
from pipeline.history import ledger as ledger_module
from pipeline.history.handing_in import HandedIn
from pipeline.history.ledger import APPLICATION, LedgerError, add_event, last_event, open_ledger, schema_steps
from pipeline.history.record import Run, record_statements
from pipeline.history.statements import statements, statements_at
from tests.intake import submission

NOW = datetime(2013, 10, 4, 10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with one event."""
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path, writing=True) as ledger:
        add_event(ledger, "run", NOW)
    return path


def why(path: Path, writing: bool = True) -> str:
    with pytest.raises(LedgerError) as caught, open_ledger(path, writing):
        pass
    return caught.value.problem.code


def test_a_ledger_that_is_only_read_is_not_made(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        assert last_event(ledger) == 0
    assert list(tmp_path.iterdir()) == []


def test_it_is_kept_as_a_network_share_needs_it(path: Path) -> None:
    with open_ledger(path, writing=True) as ledger:
        settings = [ledger.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert settings == ["delete", 2]
    assert sorted(each.name for each in path.parent.iterdir()) == ["ledger.sqlite"]


def test_what_fails_leaves_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), open_ledger(path, writing=True) as ledger:
        add_event(ledger, "run", NOW)
        raise ZeroDivisionError
    assert path.read_bytes() == before


def test_a_second_writer_waits_and_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "WAIT", 0.1)
    with open_ledger(path, writing=True):
        assert why(path) == "history.locked"
        with open_ledger(path) as reader:
            assert last_event(reader) == 1


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_one_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert [why(path), why(path, writing=False)] == ["history.damaged", "history.damaged"]
    assert path.read_bytes() == content


def test_damage_within_is_noticed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 4096 + 200] = b"\xff" * 200
    path.write_bytes(content)
    assert why(path) == "history.damaged"


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE event (id INTEGER)")
    other.close()
    assert why(path) == "history.damaged"


def test_a_newer_one_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {len(schema_steps()) + 1}")
    raw.close()
    assert why(path) == "history.newer"


def test_an_older_one_is_read_as_it_is_and_brought_up_where_something_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = path.read_bytes(), len(schema_steps())
    steps = (*schema_steps(), "ALTER TABLE event ADD COLUMN who TEXT;\n")
    monkeypatch.setattr(ledger_module, "schema_steps", lambda: steps)
    with open_ledger(path) as ledger:
        assert ledger.execute("SELECT id, who FROM event").fetchall() == [(1, None)]
    assert path.read_bytes() == before
    with open_ledger(path, writing=True) as ledger:
        assert ledger.execute("SELECT id, who FROM event").fetchall() == [(1, None)]
    assert path.with_name(f"ledger.v{old}.sqlite").read_bytes() == before
    with open_ledger(path) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone() == (old + 1,)
        assert ledger.execute("PRAGMA application_id").fetchone() == (APPLICATION,)


def test_a_migration_that_fails_leaves_the_old_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    steps = (*schema_steps(), "ALTER TABLE event ADD COLUMN who TEXT;\nALTER TABLE nowhere ADD COLUMN x TEXT;\n")
    monkeypatch.setattr(ledger_module, "schema_steps", lambda: steps)
    assert why(path) == "history.unusable"
    assert path.read_bytes() == before


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    """SQLite reports a limit of pages as it reports a full disk."""
    before = path.read_bytes()
    with pytest.raises(LedgerError) as caught, open_ledger(path, writing=True) as ledger:
        ledger.execute(f"PRAGMA max_page_count = {ledger.execute('PRAGMA page_count').fetchone()[0]}")
        for _ in range(10_000):
            add_event(ledger, "run", NOW, "x" * 500)
    assert (caught.value.problem.code, caught.value.problem.found) == ("history.unusable", "database or disk is full")
    assert path.read_bytes() == before


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from pipeline.history.ledger import add_event, open_ledger
from pipeline.history.record import Run, record_statements
from tests.intake import submission
path, number = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    with open_ledger(path, writing=True) as ledger:
        run = Run(ledger, datetime(2013, 10, 4))
        lines = "\\n".join(f"{month} VS.ST факт {number}" for month in range(1, 13))
        record_statements(run, 2013, [submission("M1", lines)])
"""


def test_killed_at_any_moment_it_is_whole_and_the_next_run_right(path: Path) -> None:
    """Each transaction states the same figure for all twelve months: a half-written one would show two."""
    zeros = "\n".join(f"{month} VS.ST факт 0" for month in range(1, 13))
    for turn in range(12):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE)
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
        time.sleep(0.01 + turn * 0.013)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with open_ledger(path) as ledger:
            values = set(statements_at(ledger, 2013).values())
        assert len(values) <= 1
        with open_ledger(path, writing=True) as ledger:
            record_statements(Run(ledger, NOW), 2013, [submission("M1", zeros)])
    assert [each.name for each in path.parent.iterdir()] == ["ledger.sqlite"]


def test_writers_racing_each_other_lose_nothing(path: Path) -> None:
    script = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from pipeline.history.ledger import add_event, open_ledger\n"
        "for _ in range(20):\n"
        "    with open_ledger(Path(sys.argv[1]), writing=True) as ledger: add_event(ledger, 'run', datetime.now())\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, path]) for _ in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with open_ledger(path) as ledger:
        assert last_event(ledger) == 61


def test_only_what_changed_is_put_down(path: Path) -> None:
    """«9 VS.ST» is said, said again, said otherwise, said as before, no longer said, and said again."""
    key = FigureKey("M1", "VS.ST", 9, "actual")
    found: list[dict[FigureKey, float | None]] = []
    for text in ("9 VS.ST факт 12", "9 VS.ST факт 12", "9 VS.ST факт 13", "9 VS.ST факт 12", "", "9 VS.ST факт 12"):
        with open_ledger(path, writing=True) as ledger:
            record_statements(Run(ledger, NOW), 2013, [submission("M1", text)])
            found.append(statements_at(ledger, 2013))
            count = len(list(statements(ledger, 2013)))
    assert found == [{key: value} for value in (12.0, 12.0, 13.0, 12.0, None, 12.0)]
    assert count == 5
    with open_ledger(path) as ledger:
        assert statements_at(ledger, 2013, event=2) == {key: 12.0}, "as it was then"


def test_a_unit_whose_form_is_gone_and_comes_back(path: Path) -> None:
    both = [submission("M1", "9 VS.ST факт 12"), submission("M2", "9 VS.ST факт 7")]
    found = []
    for forms in (both, both[:1], both[:1], both):
        with open_ledger(path, writing=True) as ledger:
            record_statements(Run(ledger, NOW), 2013, forms)
            stated = {key.unit: value for key, value in statements_at(ledger, 2013).items()}
            found.append((stated, len(list(statements(ledger, 2013)))))
    gone = {"M1": 12.0, "M2": None}
    assert found == [({"M1": 12.0, "M2": 7.0}, 2), (gone, 3), (gone, 3), ({"M1": 12.0, "M2": 7.0}, 4)]


def test_where_it_is_not_known_who_stated_what_last_all_is_compared(path: Path) -> None:
    """So it is in a ledger of the first version, and in one that was restored."""
    with open_ledger(path, writing=True) as ledger:
        record_statements(
            Run(ledger, NOW), 2013, [submission("M1", "9 VS.ST факт 12"), submission("M2", "9 VS.ST факт 7")]
        )
        ledger.execute("DELETE FROM stated")
    with open_ledger(path, writing=True) as ledger:
        record_statements(Run(ledger, NOW), 2013, [submission("M1", "9 VS.ST факт 12")])
        assert {key.unit: value for key, value in statements_at(ledger, 2013).items()} == {"M1": 12.0, "M2": None}
        assert len(list(statements(ledger, 2013))) == 3


@pytest.mark.parametrize(
    ("month", "day", "due"),
    [
        (Month(2013, 8), 5, date(2013, 9, 5)),
        (Month(2013, 9), 5, date(2013, 10, 7)),  # the 5th is a Saturday
        (Month(2013, 12), 5, date(2014, 1, 9)),  # the holidays of January
    ],
)
def test_the_day_due_is_a_working_day(month: Month, day: int, due: date) -> None:
    assert due_day(month, day, working_calendar("RU", month.following.year)) == due


@pytest.mark.parametrize(
    ("complete", "overdue", "expected"),
    [(None, None, ""), (None, 8, ""), (7, None, "yes"), (8, None, "unknown"), (9, 8, "no")],
)
def test_in_time_is_said_only_where_it_is_known(complete: int | None, overdue: int | None, expected: str) -> None:
    seen = HandedIn(*(datetime(2013, 10, day) if day else None for day in (complete, overdue)))
    assert seen.in_time(date(2013, 10, 7)) == expected
