"""The example: its files are what the scripts make, its report is whole, and no formula shows an untrue value."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.cli.main import report
from pipeline.forms.layout import form_file_name
from tests.example.make_forms import FOLDER, filled, form_bytes
from tests.example.make_plan import PLAN, example_plan, plan_bytes
from tests.office import absent, office

CONFIG = FOLDER.parents[1] / "config.toml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example's report for September."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(FOLDER.parent, folder / "input")
    shutil.copy(CONFIG, folder)
    done = CliRunner().invoke(report, ["--config", str(folder / "config.toml")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder / "output/2013-09"


def test_the_plan_is_what_its_script_makes() -> None:
    assert PLAN.read_bytes() == plan_bytes()


@pytest.mark.parametrize("unit", ["HEAD", "M1", "M2", "M3", "M4"])
def test_each_form_is_what_its_script_makes(unit: str) -> None:
    plan = example_plan()
    assert (FOLDER / form_file_name(plan.units.by_code[unit])).read_bytes() == form_bytes(plan, unit)


def test_what_explains_a_figure_is_of_its_own_row() -> None:
    plan = example_plan()
    said = {
        (plan.indicators.by_code[one.indicator].title, one.text)
        for unit in plan.units.members
        for one in filled(plan, unit.code).explanations
    }
    assert {title for title, text in said if "абинет" in text} == {"Книговыдача — передвижной методический кабинет"}
    assert {title for title, text in said if text.startswith("Портал")} == {"Сообщения на портале"}


def test_the_same_inputs_give_the_same_bytes(made: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*.*")}
    calendars = {path.name for path in before if path.suffix == ".ics"}
    assert len(calendars) == 6 and "M1 Методист 1.ics" in calendars
    others = {"report.xlsx", "memo.docx", "data.csv", "data.parquet", "fulfilment.png", "activities.png"}
    assert {path.name for path in before} - calendars == others
    CliRunner().invoke(report, ["--config", str(made.parents[1] / "config.toml")], catch_exceptions=False)
    assert [path.name for path, content in before.items() if path.read_bytes() != content] == []


def test_the_data_are_the_figures_of_the_forms(made: Path) -> None:
    data = pd.read_csv(made / "data.csv", sep=";", encoding="utf-8-sig", decimal=",")
    actual = data[data["План или факт"] == "факт"]
    assert sorted(actual["Код исполнителя"].unique()) == ["HEAD", "M1", "M2", "M3", "M4"]
    assert actual[actual["Код исполнителя"] == "M3"]["Месяц"].max() == 8  # late with September
    pasted = actual[(actual["Код показателя"] == "VV.SITE") & (actual["Месяц"] == 9)]
    assert pasted["Значение"].tolist() == [2480]  # «2 480», pasted as text


@pytest.mark.skipif(bool(absent()), reason=absent())
def test_no_formula_of_any_workbook_changes_when_recalculated(made: Path) -> None:
    paths = [made / "report.xlsx", *sorted(FOLDER.glob("*.xlsx"))]
    for path, result in zip(paths, office([{"open": str(path), "recalculate": True} for path in paths]), strict=True):
        assert (path.name, result["changed"]) == (path.name, [])
        assert result["formulas"] > 0 or path == PLAN
