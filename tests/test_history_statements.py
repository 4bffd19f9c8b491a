"""What forms stated: packed form by form, and in ledgers from before version 3 as these were left, figure by figure."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.domain.memory import FigureKey
from pipeline.domain.periods import Month, Period
from pipeline.history.ask import compare, history, known_codes, last_year_known
from pipeline.history.ledger import APPLICATION, copy_path, new_ledger, open_ledger, schema_steps
from pipeline.history.record import Run, record_statements
from pipeline.history.salvage import Salvaged, salvage
from pipeline.history.statements import statements, statements_at
from pipeline.settings import Settings
from tests.intake import submission
from tests.tiny import WORKBOOK

PLAN = hashlib.sha256(WORKBOOK).hexdigest()
NOW = datetime(2013, 5, 6, 10)
JANUARY, FEBRUARY = (FigureKey("M1", "VS", month, "actual") for month in (1, 2))
OTHER = FigureKey("M2", "VS", 1, "actual")
SOURCES = ((1, 1, "2013/M1.xlsx", "first"), (2, 1, "2013/M2.xlsx", "other"), (3, 2, "2013/M1 (1).xlsx", "second"))
STATED = (
    # event, year, unit, indicator, month, measure, value, source, sheet, cell
    (1, 2013, *JANUARY, 0.1, 1, "Январь", "G9"),
    (1, 2013, *FEBRUARY, 20.0, 1, "Февраль", "G9"),
    (1, 2013, *OTHER, 7.0, 2, "Январь", "G9"),
    (2, 2013, *JANUARY, 11.0, 3, "Январь", "G10"),  # another file, another cell
    (2, 2013, *FEBRUARY, None, None, "", ""),  # no longer stated
    (3, 2013, *JANUARY, 0.1, 1, "Январь", "G9"),  # the first file has come back
)
TOLD = [
    # day, of which figure, value, file, sheet, cell
    ("2013-02-01", JANUARY, 0.1, "2013/M1.xlsx", "Январь", "G9"),
    ("2013-03-01", JANUARY, 11.0, "2013/M1 (1).xlsx", "Январь", "G10"),
    ("2013-04-01", JANUARY, 0.1, "2013/M1.xlsx", "Январь", "G9"),
    ("2013-02-01", FEBRUARY, 20.0, "2013/M1.xlsx", "Февраль", "G9"),
    ("2013-03-01", FEBRUARY, None, "", "", ""),
    ("2013-02-01", OTHER, 7.0, "2013/M2.xlsx", "Январь", "G9"),
]


def left_by(version: int, path: Path) -> bytes:
    """A ledger as that version of it left it."""
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript("".join(schema_steps()[:version]))
        days = ((month - 1, f"2013-{month:02d}-01 00:00:00") for month in (2, 3, 4))
        old.executemany("INSERT INTO event (id, at, kind) VALUES (?, ?, 'run')", days)
        old.execute("INSERT INTO plan VALUES (?, 1, 2013, '2013/plan.xlsx', ?)", (PLAN, WORKBOOK))
        old.executemany("INSERT INTO source VALUES (?, ?, ?, ?)", SOURCES)
        old.executemany(
            "INSERT INTO statement (event, year, unit, indicator, month, measure, value, source, sheet, cell) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            STATED,
        )
        if version > 1:
            old.execute("INSERT INTO stated VALUES (2013, 'M1', 'mark'), (2013, 'M2', 'mark')")
        old.execute(f"PRAGMA application_id = {APPLICATION}")
        old.execute(f"PRAGMA user_version = {version}")
    return path.read_bytes()


def told(ledger: sqlite3.Connection, unit: str = "") -> list[tuple[object, ...]]:
    rows = history(ledger, 2013, "VS", unit).rows
    return [(f"{row[0]:%Y-%m-%d}", FigureKey(*row[1:5]), row[5], *row[7:10]) for row in rows]


def put_down(path: Path, *forms: tuple[str, str]) -> int:
    """Puts down that units state this and all others nothing; how many rows the ledger has of it then."""
    with open_ledger(path, writing=True) as ledger:
        record_statements(Run(ledger, NOW), 2013, [submission(*form) for form in forms])
        return int(ledger.execute("SELECT count(*) FROM said").fetchone()[0])


@pytest.mark.parametrize("version", [1, 2])
def test_what_older_versions_put_down_is_told_as_before(tmp_path: Path, version: int) -> None:
    """Before anything is written, and after."""
    path = tmp_path / "ledger.sqlite"
    old = left_by(version, path)
    for writing in (False, True, False):
        with open_ledger(path, writing) as ledger:
            assert told(ledger) == TOLD
            assert told(ledger, "M2") == TOLD[-1:]
            at = [statements_at(ledger, 2013, event) for event in (0, 1, 2, 3, None)]
            assert (known_codes(ledger, "unit", 2013, 1), known_codes(ledger, "indicator", 2013, 1)) == (
                ("M1", "M2"),
                ("VS",),
            )
            assert last_year_known(ledger) == 2013
            march = Period(Month(2013, 3), Month(2013, 3))
            differing = [compare(ledger, (march, march), ((PLAN, 1), (PLAN, event)), Settings()) for event in (2, 3)]
        first = {JANUARY: 0.1, FEBRUARY: 20.0, OTHER: 7.0}
        later = [first | {JANUARY: value, FEBRUARY: None} for value in (11.0, 0.1, 0.1)]
        assert at == [{}, first, *later]
        gone = (*FEBRUARY, 20.0, None, None)
        assert [answer.rows for answer in differing] == [((*JANUARY, 0.1, 11.0, 10.9), gone), (gone,)]
    assert (tmp_path / f"ledger.v{version}.sqlite").read_bytes() == old


@pytest.mark.parametrize("version", [1, 2])
def test_what_is_stated_now_is_put_beside_what_older_versions_put_down(tmp_path: Path, version: int) -> None:
    path = tmp_path / "ledger.sqlite"
    left_by(version, path)
    assert put_down(path, ("M1", "1 VS факт 0.1"), ("M2", "1 VS факт 7")) == 0, "as it was"
    for _ in range(2):
        assert put_down(path, ("M1", "1 VS факт 0.1\n2 VS план 8 факт 20")) == 2, "M1 states more, M2 nothing"
    with open_ledger(path) as ledger:
        assert told(ledger) == [
            *TOLD[:5],
            ("2013-05-06", FEBRUARY, 20.0, "2013/M1.xlsx", "2", "G2"),
            ("2013-05-06", FEBRUARY._replace(measure="planned"), 8.0, "2013/M1.xlsx", "2", "F2"),
            TOLD[5],
            ("2013-05-06", OTHER, None, "", "", ""),
        ]
        assert statements_at(ledger, 2013, event=3) == {JANUARY: 0.1, FEBRUARY: None, OTHER: 7.0}


def test_one_that_is_too_large_to_be_copied_is_brought_up_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.history.ledger.MOST_COPIED", 5 * 4096)
    path = tmp_path / "ledger.sqlite"
    left_by(2, path)
    with open_ledger(path, writing=True) as ledger:
        assert told(ledger) == TOLD
    assert list(tmp_path.iterdir()) == [path]


def test_every_figure_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    figures = [1 / 3, 0.1 + 0.2, 33.333333333333336, 5e-324, 1.7976931348623157e308, 9007199254740993.0, -0.5, 0.0]
    text = "\n".join(f"{month} VS факт {figure!r}" for month, figure in enumerate(figures, start=1))
    assert [put_down(path, ("M1", text)) for _ in range(2)] == [1, 1]
    with open_ledger(path, writing=True) as ledger:
        assert [said.figures for said in statements(ledger, 2013)] == [tuple(figures)]
        ledger.execute("DELETE FROM stated")
    assert put_down(path, ("M1", text)) == 1, "compared figure by figure"


def test_all_that_a_form_newly_states_is_one_row(tmp_path: Path) -> None:
    """Two forms of a unit; then one figure of the second is another, one of the first is gone."""
    path = tmp_path / "ledger.sqlite"
    rows = [
        put_down(path, ("M1", first), ("M1", second))
        for first, second in (
            ("1 VS факт 1\n2 VS факт 2", "3 VS факт 3\n4 VS факт 4"),
            ("1 VS факт 1", "3 VS факт 30\n4 VS факт 4"),
        )
    ]
    assert rows == [2, 4]
    with open_ledger(path) as ledger:
        said = [
            {key[1]: figure for key, figure in zip(one.keys, one.figures, strict=True)}
            for one in statements(ledger, 2013)
        ]
    assert said == [{1: 1.0, 2: 2.0}, {3: 3.0, 4: 4.0}, {3: 30.0}, {2: None}]


def test_a_damaged_ledger_of_an_older_version_is_restored(tmp_path: Path) -> None:
    """The page of its sources is gone: that of files, and nothing else."""
    old = left_by(2, tmp_path / "ledger.sqlite")
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger:
        page = ledger.execute("SELECT rootpage FROM sqlite_master WHERE name = 'source'").fetchone()[0]
    saved, ledger = salvaged(old[: (page - 1) * 4096] + bytes(4096) + old[page * 4096 :])
    with closing(ledger):
        assert (saved.saved["statement"], saved.saved["said"], saved.lost["said"]) == (6, 0, 0)
        assert told(ledger) == [(*row[:3], "", *row[4:]) for row in TOLD]


def test_a_copy_from_before_the_ledger_was_brought_up_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    copy = left_by(2, path)
    put_down(path, ("M1", "1 VS факт 12"))
    whole = path.read_bytes()
    saved, ledger = salvaged(b"damaged" * 1000, copy)
    with closing(ledger):
        assert (told(ledger), saved.ended) == (TOLD, False)
    saved, ledger = salvaged(whole, copy)
    with closing(ledger):
        assert [row[2] for row in told(ledger)] == [0.1, 11.0, 0.1, 12.0, 20.0, None, 7.0, None]
        assert saved.ended and not any(saved.lost.values())


def test_a_spoiled_first_page_of_a_ledger_that_was_brought_up_loses_nothing(tmp_path: Path) -> None:
    """It lies otherwise in its file than a new one: the copy that was made then knows where."""
    path = tmp_path / "ledger.sqlite"
    left_by(2, path)
    put_down(path, ("M1", "1 VS факт 12"))
    saved, ledger = salvaged(bytes(4096) + path.read_bytes()[4096:], copy_path(path).read_bytes())
    with closing(ledger):
        assert [row[2] for row in told(ledger)] == [0.1, 11.0, 0.1, 12.0, 20.0, None, 7.0, None]
        assert saved.ended and not any(saved.lost.values())


def salvaged(damaged: bytes, copy: bytes = b"") -> tuple[Salvaged, sqlite3.Connection]:
    ledger = new_ledger()
    return salvage(ledger, damaged, copy, (), NOW, "Неполно"), ledger
