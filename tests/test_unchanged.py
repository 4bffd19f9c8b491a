"""Where nothing has changed since the report was made, that is said and the report stays; whatever has changed, the
report is made anew."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import report
from pipeline.history.ledger import add_event, open_ledger
from pipeline.run import unchanged
from pipeline.run.inputs import Options
from pipeline.run.report import make_report
from pipeline.run.unchanged import Told, keep, look, told_before
from tests.institution import institution, steady
from tests.plans import small_plan

PLAN = small_plan()
REPORT = Path("output/2013-03/report.xlsx")
CONFIG, NOTHING = Path("config.toml"), Told(0, (), ())
SAID = "С прошлого раза ничего не изменилось"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two forms and their report; files are trusted from the moment they are written."""
    monkeypatch.setattr(unchanged, "_TOO_NEW", -60.0)
    monkeypatch.chdir(institution(tmp_path, {unit: steady(PLAN, unit, 3) for unit in ("M1", "M2")}))
    run()
    return tmp_path


def run(*options: str) -> str:
    done = CliRunner().invoke(report, options)
    assert done.exit_code in (0, 3), done.output
    return done.stderr


def test_a_second_run_says_so_and_touches_nothing(here: Path) -> None:
    before = REPORT.stat().st_mtime_ns, (here / "ledger.sqlite").stat().st_mtime_ns
    said = run()
    assert SAID in said and "Отчёт: output/2013-03/report.xlsx" in said
    assert (REPORT.stat().st_mtime_ns, (here / "ledger.sqlite").stat().st_mtime_ns) == before


def test_it_says_again_what_was_said(here: Path) -> None:
    first = run("--fresh")
    assert run().splitlines()[:-1] == first.splitlines()
    assert run("--quiet") == ""


def edit_config(here: Path) -> None:
    with (here / "config.toml").open("a", encoding="utf-8") as config:
        config.write("\n# ещё строка\n")


def take_another_form(here: Path) -> None:
    form = here / "input/2013/M1.xlsx"
    form.write_bytes(form.read_bytes() + b"\0")


def touch_a_form(here: Path) -> None:
    os.utime(here / "input/2013/M1.xlsx", (1_000_000_000, 1_000_000_000))


def rename_a_form(here: Path) -> None:
    (here / "input/2013/M1.xlsx").rename(here / "input/2013/другое имя.xlsx")


def remove_a_form(here: Path) -> None:
    (here / "input/2013/M2.xlsx").unlink()


def lose_the_report(here: Path) -> None:
    (here / REPORT).unlink()


def damage_the_data(here: Path) -> None:
    (here / REPORT).with_name("data.csv").write_text("")


def lose_the_ledger(here: Path) -> None:
    (here / "ledger.sqlite").unlink()


def damage_what_is_remembered(here: Path) -> None:
    (here / "store/reports.json").write_text("[1, 2")


CHANGES = (
    edit_config,
    take_another_form,
    touch_a_form,
    rename_a_form,
    remove_a_form,
    lose_the_report,
    damage_the_data,
    lose_the_ledger,
    damage_what_is_remembered,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changes_the_report_is_made(here: Path, change: Callable[[Path], None]) -> None:
    change(here)
    assert SAID not in run()
    assert SAID in run()


@pytest.mark.parametrize("options", [("--month", "2013-02"), ("--output", "elsewhere"), ("--fresh",), ("--strict",)])
def test_another_report_is_made(here: Path, options: tuple[str, ...]) -> None:
    assert SAID not in run(*options)


def test_a_closed_month_changes_the_report(here: Path) -> None:
    assert CliRunner().invoke(report, ["close", "2013-03", "--anyway", "для пробы"]).exit_code == 0
    assert SAID not in run()


def test_a_file_written_just_now_is_not_trusted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_TOO_NEW", 60.0)
    assert SAID not in run()


def test_a_new_program_makes_it_anew(here: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(unchanged, "_PACKAGE", tmp_path / "input")
    assert SAID not in run()


@pytest.mark.parametrize(
    ("made", "due"), [("2013-04-02", "2013-04-05"), ("2013-04-05", "2013-04-05"), ("2013-04-06", "2013-05-06")]
)
def test_when_a_day_due_has_passed_the_report_is_made(here: Path, made: str, due: str) -> None:
    """Who has not handed in by then is put down as late. The 5th of May 2013 is a Sunday."""
    outcome, seen = make_report(Options(CONFIG), iter, lambda: datetime.fromisoformat(f"{made} 10:00")), look(CONFIG)
    assert seen is not None and outcome.holds is not None
    keep(seen, NOTHING, outcome.files, outcome.holds)
    day = date.fromisoformat(due)
    assert told_before(seen, day) == NOTHING
    assert told_before(seen, day.replace(day=day.day + 1)) is None


def test_when_all_days_due_have_passed_it_stands_for_ever(here: Path) -> None:
    outcome = make_report(Options(CONFIG), iter, lambda: datetime(2014, 2, 1))
    assert outcome.holds is not None and outcome.holds.day is None


def test_what_somebody_decides_right_after_the_report_makes_another(here: Path) -> None:
    outcome, seen = make_report(Options(CONFIG), iter, lambda: datetime(2014, 2, 1)), look(CONFIG)
    assert seen is not None and outcome.holds is not None
    with open_ledger(Path("ledger.sqlite"), writing=True) as ledger:
        add_event(ledger, "accept", datetime(2014, 2, 1), "Уточнено")
    keep(seen, NOTHING, outcome.files, outcome.holds)
    assert told_before(seen, date(2014, 2, 1)) is None
