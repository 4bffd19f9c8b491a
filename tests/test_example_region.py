"""The second example: a network of districts and libraries, copied out whole and reported like any other."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipeline.cli.main import report
from pipeline.run.example import FOLDER
from pipeline.run.outcome import Exit
from tests.example.make_region import REGION, tables

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported and will be removed:UserWarning")

LARGEST = 100_000
"""Bytes of the tables that are installed with the program; the forms made from them are thirty times as many."""


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(report, arguments, catch_exceptions=False)
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "область №1"
    code, told = run("example", "region", str(folder))
    assert (code, "план и 17 форм" in told, "run-report --unit D1" in told) == (Exit.MADE, True, True), told
    return folder


@pytest.fixture(scope="module")
def reported(made: Path) -> Path:
    """The folder of the reports: the region's and one district's. Nothing in them is an error."""
    config = str(made / "config.toml")
    for arguments in ((), ("--unit", "западный район")):
        code, told = run("--config", config, *arguments)
        assert code == Exit.MADE, told
    return made / "output/2025-09"


def test_its_tables_are_what_the_script_makes() -> None:
    found = tables()
    assert {name: (REGION / name).read_text(encoding="utf-8") for name in found} == found
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < LARGEST


def test_forms_lie_in_the_folders_of_their_districts(made: Path) -> None:
    year = made / "input/2025"
    places = {path.relative_to(year).as_posix() for path in year.rglob("*.xlsx")}
    assert len(places) == 18
    assert {"plan.xlsx", "R Приозёрная область.xlsx", "Южный район/S2 Степная сельская библиотека.xlsx"} <= places


def test_it_is_never_written_over_anything(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*")}
    code, told = run("example", "region", str(made))
    assert (code, "config.toml" in told) == (Exit.FAILED, True)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input").mkdir()
    assert run("example", "region")[0] == Exit.FAILED
    assert [path.name for path in tmp_path.rglob("*")] == ["input"]


def test_the_region_compares_its_districts_and_each_district_its_libraries(reported: Path) -> None:
    region, district = (load_workbook(reported / name, data_only=True) for name in ("report.xlsx", "D3/report.xlsx"))
    assert {"Районы", "Библиотеки"} <= set(region.sheetnames)
    assert "Библиотеки" in district.sheetnames and "Районы" not in district.sheetnames
    ranked = {row[1]: row for row in region["Районы"].iter_rows(min_row=6, values_only=True)}
    assert set(ranked) == {"Северный район", "Южный район", "Западный район", "Заречный район"}
    assert "◐\u00a03 из\u00a04" in ranked["Западный район"]
    libraries = {row[1] for row in district["Библиотеки"].iter_rows(min_row=6, values_only=True)}
    assert libraries == {
        "Западная центральная библиотека",
        "Западная детская библиотека",
        "Боровская сельская библиотека",
        "Дубравная сельская библиотека",
    }


def test_every_kind_of_unit_is_asked_for_its_own_indicators(reported: Path) -> None:
    codes = {
        name: {row[0] for row in load_workbook(reported / name)["План-факт"].iter_rows(min_row=6, values_only=True)}
        for name in ("report.xlsx", "D3/report.xlsx")
    }
    assert {"POLL", "BUS", "READ.CH", "PEAK"} <= codes["report.xlsx"]
    assert codes["report.xlsx"] - codes["D3/report.xlsx"] == {"POLL"}  # asked of the region alone


def test_a_library_that_closed_or_opened_in_the_year_owes_nothing_outside_its_months(reported: Path) -> None:
    sheet = load_workbook(reported / "report.xlsx")["Исполнители"]
    months = {row[0]: row[1:13] for row in sheet.iter_rows(min_row=6, max_row=30, values_only=True)}
    assert months["Сосновская сельская библиотека"] == (*"●" * 6, *"–" * 6)
    assert months["Библиотека нового поколения «Причал»"] == (*"–" * 3, *"●" * 6, *"·" * 3)
    assert months["Заречный район"][:4] == (*["2 из\u00a02"] * 3, "3 из\u00a03")
    assert months["Южный район"][7] == "◐\u00a04 из\u00a04"
