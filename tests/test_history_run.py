"""The memory as people use it: closing, corrections, questions, through the same stories as the command line."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main as cli
from pipeline.domain.memory import FigureKey
from pipeline.domain.periods import Month, parse_period
from pipeline.history.answers import rendered
from pipeline.history.ledger import copy_path, open_ledger
from pipeline.history.statements import statements
from pipeline.run.memory import Chosen, compare, history, reopen, status
from pipeline.run.outcome import Exit
from pipeline.sheets.book import open_book
from pipeline.words import Words
from pipeline.workbooks import files
from tests.closed_months import PLAN, accepted, at, closed, figure, plain_files, put, run, told, with_figures
from tests.failing import failing_once
from tests.institution import institution, steady

AUGUST, SEPTEMBER = Month(2013, 8), Month(2013, 9)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two units that handed in January to August, exactly as planned."""
    monkeypatch.chdir(institution(tmp_path, {unit: steady(PLAN, unit, 8) for unit in ("M1", "M2")}))
    return tmp_path


def report(period: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("output", period).rglob("*.*")}


def rows(table: str) -> list[list[object]]:
    with open_ledger(Path("ledger.sqlite")) as ledger:
        return [list(row) for row in ledger.execute(f"SELECT * FROM {table}")]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reports look like is tested elsewhere, and takes long."""
    monkeypatch.setattr("pipeline.run.report.report_files", plain_files)


@pytest.mark.usefixtures("plain")
def test_a_run_puts_down_what_it_read_and_a_second_one_adds_nothing(here: Path) -> None:
    run("2013-09-04")
    with open_ledger(here / "ledger.sqlite") as ledger:
        found = [
            (said.at, said.file, *cell, figure)
            for said in statements(ledger, 2013, "M2")
            for (_, month, measure), cell, figure in zip(said.keys, said.cells, said.figures, strict=True)
            if (month, measure) == (8, "actual")
        ]
    assert found == [("2013-09-04 10:00:00", "2013/M2.xlsx", "Август", "G10", 9.0)]
    before = (here / "ledger.sqlite").read_bytes()
    run("2013-09-05")
    assert (here / "ledger.sqlite").read_bytes() == before


def test_without_closings_the_ledger_changes_nothing_of_the_report(here: Path) -> None:
    run("2013-09-04")
    first = report("2013-08")
    (here / "ledger.sqlite").unlink()
    run("2014-12-01")
    assert report("2013-08") == first


@pytest.mark.usefixtures("plain")
def test_deleting_the_output_loses_nothing(here: Path) -> None:
    run("2013-09-04")
    first = report("2013-08")
    for path in sorted(here.joinpath("output").rglob("*.*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    run("2013-09-05")
    assert report("2013-08") == first


def test_a_closed_month_is_always_reported_the_same(here: Path) -> None:
    run("2013-09-04")
    before = report("2013-08")
    assert told(closed("2013-09-05", AUGUST)) == [
        "Август 2013: месяц закрыт.",
        "Вместе с ним закрыты месяцы: январь–июль.",
    ]
    put(here, with_figures("M2", 9, {("VS.ST", 8): 80}))
    (here / "config.toml").write_text('[institution]\nname = "Другая"\n[status]\nbehind_below = 10\n', encoding="utf-8")
    outcome = run("2013-10-04", "2013-08")
    assert report("2013-08") == before
    assert "Месяц закрыт 05.09.2013: отчёт сделан по принятым тогда данным." in told(outcome)
    assert "Ждёт решения 1 исправление закрытого месяца." in told(outcome)


@pytest.mark.usefixtures("plain")
def test_a_form_that_states_otherwise_changes_nothing_until_it_is_accepted(here: Path) -> None:
    closed("2013-09-05", AUGUST)
    put(here, with_figures("M2", 9, {("VS.ST", 8): 80}))
    outcome = run("2013-10-04")
    assert figure("M2", "VS.ST", 8) == 9
    assert figure("M2", "VS.ST", 9) == 8
    assert (
        "2013/M2.xlsx · Август · G10: «Посещения: стационар», август, факт: форма теперь сообщает 80, а принято 9. "
        "Месяц закрыт, считается принятое. Если верно новое число, примите его командой «run-report accept»; если нет "
        "— верните в форме прежнее."
    ) in told(outcome)
    done = accepted("2013-10-05", Chosen(unit="M2"))
    assert told(done) == ["Принято 1 исправление. Итоги с начала года — с его учётом."]
    again = run("2013-10-06")
    assert figure("M2", "VS.ST", 8) == 80
    assert not any("форма теперь сообщает" in line for line in told(again))


@pytest.mark.usefixtures("plain")
def test_reports_made_before_a_correction_stay_and_those_after_it_say_so(here: Path) -> None:
    run("2013-09-04")
    closed("2013-09-05", AUGUST)
    before = report("2013-08")
    put(here, with_figures("M2", 9, {("VS.ST", 8): 80}))
    accepted("2013-10-05")
    run("2013-10-06", "2013-08")
    assert report("2013-08") == before
    run("2013-10-06")
    first = report("2013-09")
    run("2013-10-20")
    assert report("2013-09") == first


@pytest.mark.usefixtures("plain")
def test_nothing_to_accept(here: Path) -> None:
    closed("2013-09-05", AUGUST)
    done = accepted("2013-10-05")
    assert (done.exit, told(done)[0][:45]) == (Exit.FAILED, "Таких исправлений, ждущих решения, нет. Какие")
    assert rows("correction") == []


@pytest.mark.usefixtures("plain")
def test_a_month_with_errors_or_gaps_is_closed_only_with_a_reason(here: Path) -> None:
    put(here, with_figures("M1", 8, {("VS.ST", 8): None}))
    refused = closed("2013-09-05", AUGUST)
    assert refused.exit == Exit.FAILED
    assert told(refused) == [
        "Месяц не закрыт. Данные не сданы или сданы не полностью: Методист 1 (август). Дождитесь их или закройте месяц "
        "с указанием причины: «run-report close 2013-08 --anyway ПРИЧИНА»."
    ]
    put(here, with_figures("M1", 8, {("VS.ST.EV", 8): 99}))
    refused = closed("2013-09-05", AUGUST)
    assert [problem.code for problem in refused.problems] == ["intake.of_which_exceeds", "history.month_with_errors"]
    assert rows("closing") == []
    assert closed("2013-09-05", AUGUST, anyway="Уточним позже").exit == Exit.MADE
    assert "Август — закрыто с оговоркой: Уточним позже" in told(status(Path("config.toml"), None, iter).outcome)


@pytest.mark.usefixtures("plain")
def test_a_closed_month_is_not_closed_twice_nor_an_open_one_opened(here: Path) -> None:
    assert closed("2013-09-05", AUGUST).exit == Exit.MADE
    assert told(closed("2013-09-06", AUGUST))[0].startswith("Август 2013: месяц уже закрыт.")
    refused = reopen(Path("config.toml"), SEPTEMBER, "Ошибка", lambda: at("2013-09-07"))
    assert told(refused)[0].startswith("Сентябрь 2013: месяц не закрыт.")


@pytest.mark.usefixtures("plain")
def test_an_opened_month_is_read_from_the_forms_again(here: Path) -> None:
    closed("2013-08-05", Month(2013, 7))
    closed("2013-09-05", AUGUST)
    put(here, with_figures("M2", 8, {("VS.ST", 7): 70, ("VS.ST", 8): 80}))
    accepted("2013-09-06")
    put(here, with_figures("M2", 8, {("VS.ST", 7): 7, ("VS.ST", 8): 81}))
    opened = reopen(Path("config.toml"), AUGUST, "Ошибка", lambda: at("2013-09-07"))
    assert told(opened) == ["Снова открыт август. Его данные опять берутся из форм."]
    run("2013-09-08")
    assert (figure("M2", "VS.ST", 7), figure("M2", "VS.ST", 8)) == (70, 81)  # July's correction still counts


@pytest.mark.usefixtures("plain")
def test_late_is_who_was_seen_incomplete_after_the_day_due(here: Path) -> None:
    """The 5th of October 2013 is a Saturday: September is due on Monday the 7th."""
    put(here, with_figures("M1", 9, {}))
    run("2013-10-07")  # M2 has not handed in, and may still
    put(here, with_figures("M2", 9, {}))
    run("2013-10-08")  # nobody looked after the day due: unknown
    answer = status(Path("config.toml"), SEPTEMBER, iter).answer
    assert answer is not None
    assert [(row[0], row[6].isoformat(), row[8]) for row in answer.rows] == [  # type: ignore[union-attr]
        ("M1", "2013-10-07", "yes"),
        ("M2", "2013-10-07", "unknown"),
    ]


def test_a_late_form_is_marked_in_the_report(here: Path) -> None:
    put(here, with_figures("M1", 9, {}))
    run("2013-10-08")
    on_time = report("2013-09")
    put(here, with_figures("M2", 9, {}))
    run("2013-10-09")
    with open_ledger(here / "ledger.sqlite") as ledger:
        found = ledger.execute("SELECT unit, complete, overdue FROM handed_in WHERE month = 9").fetchall()
    assert sorted(found) == [
        ("M1", "2013-10-08 10:00:00", None),
        ("M2", "2013-10-09 10:00:00", "2013-10-08 10:00:00"),
    ]
    assert report("2013-09") != on_time
    answer = status(Path("config.toml"), SEPTEMBER, iter).answer
    assert answer is not None and [row[8] for row in answer.rows] == ["unknown", "no"]


@pytest.mark.usefixtures("plain")
def test_history_tells_who_said_what_when_and_where(here: Path) -> None:
    run("2013-09-04")
    closed("2013-09-05", AUGUST)
    put(here, with_figures("M2", 8, {("VS.ST", 8): 80}))
    accepted("2013-10-05")
    answer = history(Path("config.toml"), "VS.ST", "M2", None).answer
    assert answer is not None
    august = [row for row in answer.rows if row[3:5] == (8, "actual")]
    assert [(str(row[0]), *row[5:]) for row in august] == [
        ("2013-09-04 10:00:00", 9.0, "form", "2013/M2.xlsx", "Август", "G10", ""),
        ("2013-10-05 10:00:00", 80.0, "form", "2013/M2.xlsx", "Август", "G10", ""),
        ("2013-10-05 10:00:00", 80.0, "accept", "2013/M2.xlsx", "Август", "G10", "Уточнено"),
    ]
    shown_table = rendered(answer, "table", Words()).splitlines()
    assert shown_table[-1] != "" and "05.10.2013 10:00" in "".join(shown_table)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(("indicator", "unit"), [("VS.TS", "M2"), ("VS.ST", "M9")])
def test_history_of_what_nobody_knows(here: Path, indicator: str, unit: str) -> None:
    run("2013-09-04")
    wrong = history(Path("config.toml"), indicator, unit, None)
    assert wrong.answer is None
    assert "самый похожий — «" in told(wrong.outcome)[0]


@pytest.mark.usefixtures("plain")
def test_compare_shows_what_was_changed_afterwards(here: Path) -> None:
    run("2013-09-04")
    closed("2013-09-05", AUGUST)
    put(here, with_figures("M2", 9, {("VS.ST", 8): 80}))
    run("2013-10-04")
    nothing = compare(Path("config.toml"), parse_period("2013-08"), parse_period("2013-09"))
    assert nothing.answer is not None
    targets = [row for row in nothing.answer.rows if row[3] == "target"]
    assert [row for row in nothing.answer.rows if row not in targets] == []
    accepted("2013-10-05")
    run("2013-10-06")
    answer = compare(Path("config.toml"), parse_period("2013-08"), parse_period("2013-09")).answer
    assert answer is not None
    assert [row for row in answer.rows if row[3] != "target"] == [
        (*FigureKey("M2", "VS.ST", 8, "actual"), 9.0, 80.0, 71.0)
    ]


@pytest.mark.usefixtures("plain")
def test_compare_needs_both_reports(here: Path) -> None:
    run("2013-09-04")
    missing = compare(Path("config.toml"), parse_period("2013-08"), parse_period("2013-10"))
    assert told(missing.outcome)[0].startswith("Отчёта за 2013-10 ещё не делали.")


@pytest.mark.usefixtures("plain")
def test_every_decision_leaves_a_copy_of_the_ledger(here: Path) -> None:
    run("2013-09-04")
    ledger = here / "ledger.sqlite"
    assert not copy_path(ledger).exists()
    closed("2013-09-05", AUGUST)
    assert copy_path(ledger).name == "ledger.copy.sqlite"
    ledger.write_bytes(b"damaged" * 1000)
    before = report("2013-08")
    refused = run("2013-09-06")
    assert refused.exit == Exit.FAILED
    assert "«ledger.copy.sqlite»" in told(refused)[-1]
    assert report("2013-08") == before
    copy_path(ledger).replace(ledger)
    assert "Месяц закрыт 05.09.2013" in "".join(told(run("2013-09-06")))
    assert report("2013-08") == before


KEPT = ("Path.replace", "os.fsync", "tempfile.mkstemp")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("call", KEPT)
def test_whichever_write_fails_old_reports_and_figures_stay(
    here: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Every write of a closing with its copy and of a report fails in its turn; then nothing fails."""
    run("2013-09-04")
    put(here, with_figures("M2", 8, {("VS.ST", 8): 80}))
    owner, name = call.split(".")
    target = getattr(files, owner)
    failing, left = failing_once(getattr(target, name))

    for number in range(1, 4):
        before = report("2013-08")
        with monkeypatch.context() as patched:
            patched.setattr(target, name, failing)
            left[0] = number
            outcomes = [closed("2013-09-05", AUGUST), run("2013-09-06")]
            fired = left[0] <= 0
        assert [one.exit for one in outcomes].count(Exit.FAILED) >= int(fired)
        assert len(rows("closing")) == int(copy_path(here / "ledger.sqlite").exists())
        strays = [path for path in here.rglob("*") if path.suffix == ".tmp" or path.name.endswith("-journal")]
        assert strays == []
        if outcomes[1].report is None:
            assert report("2013-08") == before
    run("2013-09-07")
    assert figure("M2", "VS.ST", 8) == 80
    assert len(rows("closing")) == 1
    assert copy_path(here / "ledger.sqlite").exists()


def test_the_sheet_of_corrections_lists_waiting_and_accepted_ones(here: Path) -> None:
    closed("2013-09-05", AUGUST)
    run("2013-10-04")
    assert open_book(Path("output/2013-08/report.xlsx"), "").sheet("Исправления") is None
    put(here, with_figures("M2", 9, {("VS.ST", 8): 80}))
    accepted("2013-10-05")
    put(here, with_figures("M2", 9, {("VS.ST", 8): 80, ("VS.ST", 5): 4}))
    run("2013-10-06")
    book = open_book(Path("output/2013-09/report.xlsx"), "")
    sheet, plan_fact = book.sheet("Исправления"), book.sheet("План-факт")
    assert sheet is not None and plan_fact is not None
    found = [[cell for cell in row if cell != ""] for row in sheet.rows if row[0] == "Методист 2"]
    that_day = date(2013, 10, 5)
    assert found == [
        ["Методист 2", "Посещения: стационар", "май", "факт", 9, 4, -5, -5, "G10"],
        ["Методист 2", "Посещения: стационар", "август", "факт", 9, 80, 71, 71, "G10", that_day, "Уточнено"],
    ]
    assert "с учётом 1 принятого исправления закрытых месяцев" in str(plan_fact.rows[1][0]).replace("\u00a0", " ")


def test_the_commands_from_the_command_line(here: Path) -> None:
    def called(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.report, arguments, prog_name="run-report")
        return done.exit_code, done.stdout, done.stderr.replace("\u00a0", " ")

    assert called("close", "2013-08")[0] == Exit.MADE
    put(here, with_figures("M2", 8, {("VS.ST", 8): 80}))
    code, table, told_too = called("status", "--format", "json")
    assert code == Exit.MADE and [row["unit"] for row in json.loads(table)] == ["M1", "M2"]
    assert "Закрыто: январь–август." in told_too and "Ждёт решения 1 исправление" in told_too
    assert called("accept", "--reason", "Уточнено")[0] == Exit.USAGE
    assert called("accept", "--all", "--reason", "Уточнено")[0] == Exit.MADE
    code, table, _ = called("history", "VS.ST", "--unit", "M2", "--format", "csv")
    assert table.splitlines()[0] == "at,unit,indicator,month,measure,value,event,file,sheet,cell,reason"
    assert ",M2,VS.ST,8,actual,80,accept,2013/M2.xlsx,Август,G10,Уточнено\n" in table
    assert called("compare", "2013-08", "2014-08")[0] == Exit.USAGE
    assert called("compare", "2013-08", "2013-09")[0] == Exit.FAILED
    assert called("reopen", "2013-08", "--reason", "Ошибка")[0] == Exit.MADE
    assert called("forms", "--reissue", "M2")[0] == Exit.MADE
    assert called("year", "2014")[0] == Exit.MADE


def test_the_sheet_of_the_plans_changes_tells_from_what_to_what_and_why(here: Path) -> None:
    """M1's trips were 16 and are 20 from July on."""
    run("2013-09-04", "2013-06")
    assert open_book(Path("output/2013-06/report.xlsx"), "").sheet("Изменения плана") is None
    run("2013-09-04")
    sheet = open_book(Path("output/2013-08/report.xlsx"), "").sheet("Изменения плана")
    assert sheet is not None
    assert [str(cell).replace("\u00a0", " ") for cell in sheet.rows[4]] == [
        *("Выезды", "Методист 1", "с июля", "16.0", "16.0", "20.0", "4.0", "Приказ", "")
    ]
