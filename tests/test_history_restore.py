"""A damaged ledger: refused, left alone, and restored on demand from itself, from its copy and from the forms."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from pipeline.domain.periods import Month, parse_period
from pipeline.forms.write import form_workbook
from pipeline.history.ledger import add_event, copy_path, new_ledger, open_ledger
from pipeline.history.salvage import TABLES, Salvaged, salvage
from pipeline.problems import shown
from pipeline.run.inputs import Options
from pipeline.run.memory import Chosen, accept_corrections, close, status
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.report import make_report
from pipeline.run.restore import restore
from pipeline.settings import Settings
from pipeline.words import Words
from pipeline.workbooks import files
from tests.failing import failing_once
from tests.institution import institution, steady
from tests.plans import small_plan

PLAN = small_plan()
CONFIG = Path("config.toml")
LEDGER, COPY = Path("ledger.sqlite"), Path("ledger.copy.sqlite")
PAGE = 4096
NOW = datetime(2013, 10, 20, 9)
NOISE = Random(8).randbytes(PAGE)


def at(day: str) -> Callable[[], datetime]:
    return lambda: datetime.fromisoformat(f"{day} 10:00")


def fill(unit: str, months: int, **actual: float) -> None:
    content = form_workbook(PLAN, unit, Settings(), Words(), steady(PLAN, unit, months, **actual))
    Path(f"input/2013/{unit}.xlsx").write_bytes(content)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an institution that has closed July and August, corrected July, and handed in September since."""
    folder = institution(tmp_path_factory.mktemp("lived"), {unit: steady(PLAN, unit, 8) for unit in ("M1", "M2")})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("pipeline.run.report.report_files", plain)
        make_report(Options(CONFIG), iter, at("2013-09-04"))
        close(CONFIG, Month(2013, 7), "", iter, at("2013-09-05"))
        fill("M2", 8, VS_ST=80)
        accept_corrections(CONFIG, Chosen(Month(2013, 7)), "Уточнено", iter, at("2013-09-06"))
        close(CONFIG, Month(2013, 8), "Так решили", iter, at("2013-09-07"))
        fill("M1", 9)
        make_report(Options(CONFIG), iter, at("2013-10-08"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def plain(read: object, period: object, folder: Path, memory: object, draw: object) -> dict[Path, bytes]:
    """Reports as texts of the figures that count and of what is remembered: what they look like is tested elsewhere."""
    text = repr((read.intake.submissions, memory, list(read.plan.targets)))  # type: ignore[attr-defined]
    return {folder / "report.xlsx": text.encode()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lived: dict[str, bytes]) -> Path:
    for name, content in lived.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.run.report.report_files", plain)
    return tmp_path


def told(outcome: Outcome) -> list[str]:
    lines = [*outcome.lines, *(shown(problem, outcome.words) for problem in outcome.problems)]
    return [line.replace("\u00a0", " ") for line in lines]


def rows(content: bytes) -> dict[str, set[tuple[object, ...]]]:
    """All rows of a whole ledger, by table."""
    with closing(sqlite3.connect(":memory:")) as ledger:
        ledger.deserialize(content)
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {table: set(ledger.execute(f"SELECT {names} FROM {table}")) for table, names in TABLES.items()}


def salvaged(damaged: bytes, copy: bytes = b"") -> tuple[Salvaged, dict[str, set[tuple[object, ...]]]]:
    with closing(new_ledger()) as ledger:
        saved = salvage(ledger, damaged, copy, (), NOW, "Неполно")
        return saved, rows(ledger.serialize())


def reports() -> dict[str, bytes]:
    return {
        period: (
            make_report(Options(CONFIG, period=parse_period(period)), iter, at("2013-10-21")).report or LEDGER
        ).read_bytes()
        for period in ("2013-07", "2013-08", "2013-09")
    }


def spoiled(content: bytes, page: int, how: str) -> bytes:
    start = page * PAGE
    if how == "cut":
        return content[: start + PAGE // 3]
    new = {"zeros": bytes(PAGE), "ones": b"\xff" * PAGE, "noise": NOISE}.get(how)
    if new is None:  # half of the page, as a disk with sectors of 512 bytes may lose it
        new = content[start : start + PAGE // 2] + bytes(PAGE // 2)
    return content[:start] + new + content[start + PAGE :]


@pytest.mark.parametrize("how", ["zeros", "ones", "noise", "cut", "half"])
def test_whatever_page_is_spoiled_what_is_lost_is_named_and_nothing_is_made_up(
    lived: dict[str, bytes], how: str
) -> None:
    """Without a copy. Every row of before stands in what was saved, or is counted as lost; unless it is said that the
    end is not known."""
    whole = lived["ledger.sqlite"]
    before = rows(whole)
    pages = len(whole) // PAGE
    assert pages > 20
    for page in range(pages):
        saved, after = salvaged(spoiled(whole, page, how))
        for table in TABLES:
            made_up = {row for row in after[table] if "Неполно" in row}
            held = {row[:-1] if table in ("closing", "correction") else row for row in after[table] - made_up}
            first = {row[:-1] if table in ("closing", "correction") else row for row in before[table]}
            assert {_sourceless(table, row) for row in held} <= {_sourceless(table, row) for row in first}, (
                page,
                table,
            )
            lost = len(saved.closings) if table == "closing" else saved.lost[table]
            assert len(after[table]) + lost >= len(before[table]) or not saved.ended, (page, table)


def _sourceless(table: str, row: tuple[object, ...]) -> tuple[object, ...]:
    """What a form said keeps all but its file where that one's record is lost."""
    return (*row[:4], None, *row[5:]) if table == "said" else row


@pytest.mark.parametrize("how", ["zeros", "ones", "noise", "cut", "half"])
def test_with_the_copy_every_decision_is_saved_whatever_page_is_spoiled(lived: dict[str, bytes], how: str) -> None:
    whole, copy = lived["ledger.sqlite"], lived["ledger.copy.sqlite"]
    before = rows(whole)
    for page in range(len(whole) // PAGE):
        saved, after = salvaged(spoiled(whole, page, how), copy)
        assert [after[table] for table in ("closing", "correction")] == [
            before[table] for table in ("closing", "correction")
        ], page
        assert before["event"] >= {row for row in after["event"] if "Неполно" not in row}
        assert (saved.closings, saved.voided, saved.foreign) == ((), 0, 0)


def test_a_spoiled_first_page_loses_nothing_at_all(lived: dict[str, bytes]) -> None:
    """It only says where the tables are: that is known."""
    for copy in (b"", lived["ledger.copy.sqlite"]):
        saved, after = salvaged(spoiled(lived["ledger.sqlite"], 0, "noise"), copy)
        assert after == rows(lived["ledger.sqlite"])
        assert saved.ended and not any(saved.lost.values())


def test_a_damaged_ledger_is_restored_and_every_report_is_as_before(here: Path) -> None:
    before, decided = reports(), rows(LEDGER.read_bytes())
    damaged = spoiled(LEDGER.read_bytes(), 0, "noise")
    LEDGER.write_bytes(damaged)
    refused = make_report(Options(CONFIG), iter, at("2013-10-21"))
    assert refused.exit == Exit.FAILED and "«run-report restore»" in told(refused)[-1]
    outcome = restore(CONFIG, iter, lambda: NOW)
    kept = next(here.glob("ledger.before-*.sqlite"))
    assert kept.read_bytes() == damaged
    assert told(outcome)[:4] == [
        "Память программы восстановлена.",
        "2013 год, закрыто: январь–август.",
        "Спасено: 2 закрытия месяцев, 1 принятое исправление, 18 отметок о сдаче форм, 4 сообщения форм, 4 записи об "
        "отчётах.",
        f"Прежний файл сохранён: {kept.name}.",
    ]
    assert outcome.exit == Exit.MADE
    assert rows(LEDGER.read_bytes()) == decided == rows(COPY.read_bytes())
    assert reports() == before


def test_a_ledger_of_which_nothing_is_left_is_restored_from_the_copy_and_the_forms(here: Path) -> None:
    before = reports()
    LEDGER.write_bytes(b"damaged" * 1000)
    outcome = restore(CONFIG, iter, lambda: NOW)
    assert told(outcome)[1:] == [
        "2013 год, закрыто: январь–август.",
        "Спасено: 2 закрытия месяцев, 1 принятое исправление, 16 отметок о сдаче форм, 3 сообщения форм, 1 запись об "
        "отчёте.",
        "Из форм добавлено 9 значений.",
        f"Прежний файл сохранён: {next(here.glob('ledger.before-*')).name}.",
        f"Прежний файл сохранён: {next(here.glob('ledger.copy.before-*')).name}.",
        "ledger.sqlite: Весь ли файл прочитан, узнать нельзя: могли быть и записи позднее 07.09.2013 10:00. Если "
        "позднее месяцы закрывали или открывали, а исправления принимали, посмотрите «run-report status» и повторите "
        "эти решения.",
    ]
    assert outcome.exit == Exit.MADE_WITH_ERRORS
    after = reports()
    assert [after[period] for period in ("2013-07", "2013-08")] == [before[period] for period in ("2013-07", "2013-08")]


@pytest.mark.parametrize("gone", [True, False])
def test_a_ledger_that_is_gone_is_not_taken_for_a_new_one(here: Path, gone: bool) -> None:
    LEDGER.unlink()
    if not gone:
        LEDGER.write_bytes(b"")
    for outcome in (make_report(Options(CONFIG), iter), status(CONFIG, None, iter).outcome):
        assert [one.code for one in outcome.problems if one.code.startswith("history")] == ["history.lost"]
    restore(CONFIG, iter, lambda: NOW)
    assert "Закрыто: январь–август" in told(status(CONFIG, None, iter).outcome)[0]


def test_a_closing_that_is_lost_is_named_and_what_was_accepted_for_it_no_longer_counts(here: Path) -> None:
    COPY.unlink()
    with closing(sqlite3.connect(LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE closing SET snapshot = x'00'")
    LEDGER.write_bytes(spoiled(LEDGER.read_bytes(), 0, "noise"))
    outcome = restore(CONFIG, iter, lambda: NOW)
    codes = [one.code for one in outcome.problems]
    assert codes == ["history.closing_not_saved", "history.closing_not_saved", "history.corrections_void"]
    assert "Закрытых месяцев нет." in told(outcome)
    assert any(
        line.startswith("ledger.sqlite: Закрытие месяца, записанное 05.09.2013, не спасено") for line in told(outcome)
    )
    assert "Закрытых месяцев нет." in told(status(CONFIG, None, iter).outcome)


def test_a_lost_plan_of_a_closing_is_taken_from_the_input_folder(here: Path) -> None:
    COPY.unlink()
    before = reports()
    with closing(sqlite3.connect(LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE plan SET content = x'00'")
    LEDGER.write_bytes(spoiled(LEDGER.read_bytes(), 0, "noise"))
    outcome = restore(CONFIG, iter, lambda: NOW)
    assert outcome.problems == () and reports() == before


def test_a_copy_that_contradicts_the_ledger_counts_only_up_to_there(here: Path) -> None:
    """A closing that was killed after its copy was made and before it counted itself."""
    with closing(sqlite3.connect(COPY)) as ledger, ledger:
        ledger.execute("UPDATE event SET at = '2013-09-30 12:00:00' WHERE id = (SELECT max(event) FROM closing)")
    LEDGER.write_bytes(spoiled(LEDGER.read_bytes(), 0, "noise"))
    before = rows(COPY.read_bytes())
    outcome = restore(CONFIG, iter, lambda: NOW)
    assert [one.code for one in outcome.problems] == ["history.copy_differs"]
    assert rows(LEDGER.read_bytes())["closing"] == before["closing"]
    assert rows(next(here.glob("ledger.copy.before-*")).read_bytes()) == before


def test_a_database_of_another_program_is_kept_aside(here: Path) -> None:
    COPY.unlink()
    LEDGER.unlink()
    with closing(sqlite3.connect(LEDGER)) as other, other:
        other.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, at TEXT)")
    outcome = restore(CONFIG, iter, lambda: NOW)
    assert [one.code for one in outcome.problems] == ["history.nothing_saved"]
    assert make_report(Options(CONFIG), iter).report is not None


def test_a_whole_ledger_is_left_alone(here: Path) -> None:
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    outcome = restore(CONFIG, iter, lambda: NOW)
    assert (outcome.exit, told(outcome)) == (Exit.MADE, ["Память программы цела, восстанавливать нечего."])
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_a_ledger_in_use_is_not_restored(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another restoring holds the place; nobody's ledger is put over a fresh one."""
    monkeypatch.setattr("pipeline.history.ledger.WAIT", 0.1)
    LEDGER.write_bytes(b"damaged" * 1000)
    with closing(sqlite3.connect(here / ".ledger-restore.tmp", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert [one.code for one in restore(CONFIG, iter, lambda: NOW).problems] == ["history.locked"]
    assert LEDGER.read_bytes() == b"damaged" * 1000


def test_a_journal_of_the_damaged_ledger_is_not_played_into_the_new_one(here: Path) -> None:
    """The ledger is empty and its journal, from before, still holds what would be put back."""
    journal = LEDGER.with_name("ledger.sqlite-journal")
    with closing(sqlite3.connect(LEDGER, isolation_level=None)) as ledger:
        ledger.execute("PRAGMA cache_size = 1")
        ledger.execute("BEGIN IMMEDIATE")
        ledger.execute("UPDATE said SET figures = zeroblob(2000)")
        content = journal.read_bytes()
        ledger.execute("ROLLBACK")
    LEDGER.write_bytes(b"")
    journal.write_bytes(content)
    restore(CONFIG, iter, lambda: NOW)
    assert not journal.exists()
    assert rows(LEDGER.read_bytes())["closing"] == rows(COPY.read_bytes())["closing"]
    assert next(here.glob("ledger.before-*.sqlite-journal")).read_bytes() == content


@pytest.mark.parametrize("call", ["Path.replace", "os.fsync", "tempfile.mkstemp"])
def test_whichever_write_of_it_fails_it_can_be_done_again(
    here: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Each write in its turn; then nothing fails and all is as if nothing had."""
    before = rows(LEDGER.read_bytes())
    LEDGER.write_bytes(spoiled(LEDGER.read_bytes(), 0, "noise"))
    owner, name = call.split(".")
    target = getattr(files, owner)
    failing, left = failing_once(getattr(target, name))

    number = 0
    while left[0] <= 0:
        number += 1
        left[0] = number
        with monkeypatch.context() as patched:
            patched.setattr(target, name, failing)
            outcome = restore(CONFIG, iter, lambda: NOW)
        if left[0] <= 0:
            assert [one.code for one in outcome.problems] == ["history.unusable"]
            assert make_report(Options(CONFIG), iter).exit == Exit.FAILED, "not yet restored"
    assert number == 5  # damaged file, damaged copy's stand-in, copy, ledger; then none failed
    assert outcome.exit == Exit.MADE and rows(LEDGER.read_bytes()) == before
    make_report(Options(CONFIG), iter, at("2013-10-21"))
    assert not list(here.rglob("*.tmp"))
    assert len(list(here.glob("*.before-*"))) == 2


def test_events_of_which_only_the_number_is_known_get_the_time_of_the_next(lived: dict[str, bytes]) -> None:
    with closing(sqlite3.connect(":memory:")) as ledger:
        ledger.deserialize(lived["ledger.sqlite"])
        ledger.execute("PRAGMA foreign_keys = OFF")
        ledger.execute("DELETE FROM event WHERE id = 2")
        ledger.commit()
        saved, after = salvaged(ledger.serialize())
    assert saved.undated == 1
    assert (2, "2013-09-06 10:00:00", "close", "Неполно") in after["event"]


def test_an_empty_ledger_stands_before_its_first_copy(tmp_path: Path) -> None:
    """Killed in the very first closing, after the copy: the ledger is empty, not lost."""
    path = tmp_path / "ledger.sqlite"
    with pytest.raises(ZeroDivisionError), open_ledger(path, writing=True) as ledger:
        add_event(ledger, "close", NOW)
        copy_path(path).write_bytes(ledger.serialize())
        raise ZeroDivisionError
    with open_ledger(path) as ledger:
        assert ledger.execute("SELECT count(*) FROM event").fetchone() == (0,)


def test_an_older_ledger_beside_its_copy_is_not_taken_for_the_latest(here: Path) -> None:
    """July was closed when it was put aside; since then a correction was accepted and August closed."""
    with closing(sqlite3.connect(LEDGER)) as ledger:
        closed = ledger.execute("SELECT event FROM closing WHERE month = 7").fetchone()[0]
    older = here / "older.sqlite"
    older.write_bytes(LEDGER.read_bytes())
    with closing(sqlite3.connect(older)) as ledger:
        for table in ("report", "correction", "closing", "said", "statement", "source", "plan"):
            ledger.execute(f"DELETE FROM {table} WHERE event > ?", (closed,))
        ledger.execute("DELETE FROM event WHERE id > ?", (closed,))
        ledger.commit()
    before = frozen()
    copy = COPY.read_bytes()
    LEDGER.write_bytes(older.read_bytes())
    refused = make_report(Options(CONFIG), iter, at("2013-10-20"))
    assert refused.exit == Exit.FAILED and "решения, которых в памяти нет (2)" in " ".join(told(refused)).replace(
        "\u00a0", " "
    )
    assert COPY.read_bytes() == copy
    assert restore(CONFIG, iter, lambda: NOW).exit == Exit.MADE
    assert frozen() == before


def frozen() -> list[object]:
    with open_ledger(LEDGER) as ledger:
        return [ledger.execute(f"SELECT * FROM {table}").fetchall() for table in ("closing", "correction")]
