"""Writing the plan's workbook: what is written is read back the same, by us and through LibreOffice."""

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.domain.activities import Activity
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.plan import Plan, Statement
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.plan.layout import SHEETS
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.problems import Problem
from pipeline.sheets.book import open_book
from pipeline.words import Language, Words
from tests.office import absent, office
from tests.plan_tables import found

ONE, TWO = read_deadline("20 марта", 2013), read_deadline("28 января; февраль", 2013)
FULL = Plan(
    2013,
    "План «на год»",
    Units(
        (
            Unit("D", "Отдел", None, "отдел"),
            Unit("1.10", "Методист 1", "D", "сотрудник", "методисты", since=3, until=11),
            Unit("M2", "=Методист 2", "D", "сотрудник", "методисты"),
        ),
        "Отдел",
    ),
    (Section("S1", "Услуга", "service", "0123", "содержание", "очно"), Section("S2", "Работа", "work")),
    Indicators(
        (
            Indicator("A", "Целое", "S1", "ед.", okei="642", main=True, quantity="volume", source="дневник"),
            Indicator("A.1", "Часть", "S1", "ед.", "A", "part", phasing="profile", profile=(1.5, 2, *(3.0,) * 10)),
            Indicator("A.2", "Из части", "S1", "ед.", "A.1", "of_which", "Кратко", phasing="last_year", since=2),
            Indicator("F", "Фонд", "S2", "экз.", over_months="last", over_units="max", entering="cumulative"),
            Indicator("D", "Долги", "S2", "%", direction="less", over_months="mean", over_units="mean", until=6),
            Indicator("U", "Гости", "S2", "чел.", decimals=2, over_months="max", over_units="none"),
            Indicator("T", "Допуск", "S2", "чел.", tolerance_percent=0, tolerance_absolute=2.5, quantity="quality"),
            Indicator("R", "Отношение", "S1", "экз./чел.", relation="ratio", decimals=1, formula="(A + F) / U"),
        )
    ),
    (
        Target("A.1", "1.10", 1200),
        Target("A.1", "1.10", 1300, 7, "рост", "Приказ № 1"),
        Target("A.2", "1.10", 0),
        Target("U", "M2", 1234.25),
    ),
    (
        Activity(
            "X", "S1", "Группа", "Дело", "28 января\nфевраль", read_deadline("28 января; февраль", 2013), ("M2", "D")
        ),
        Activity("A02", "S2", "", "Другое", "20 марта", read_deadline("20 марта", 2013), ("1.10",), "F"),
    ),
    {("1.10", "A.2"): (0.0, 1.5, *(None,) * 10)},
    (Statement("Итого 5", "A + F", 5, "с. 1"), Statement("Замечание", "", None, "с. 2")),
    "Примечание",
)
"""Every property that a plan can have, at a value other than its default."""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_written_is_read_back(language: Language, tmp_path: Path) -> None:
    plan, problems = _read(plan_workbook(FULL, Words(language), 2013), tmp_path)
    assert problems == ()
    assert _content(plan) == _content(FULL)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_empty_workbook_holds_no_data(language: Language, tmp_path: Path) -> None:
    words = Words(language)
    plan, problems = _read(plan_workbook(None, words, 2014), tmp_path)
    assert plan is not None
    assert plan.year == 2014
    assert _content(plan) == _content(Plan(2014, "", Units(()), (), Indicators(()), ()))
    names = [words(f"plan.sheet.{key}") for key in ("units", "sections", "indicators", "targets")]
    assert found(list(problems)) == [("rows_missing", f"{name}!A4", name) for name in names]


def test_a_long_plan_has_its_lists_and_titles_down_to_its_end(tmp_path: Path) -> None:
    units = tuple(Unit(f"L{number}", f"Библиотека {number}") for number in range(1200))
    plan = replace(
        FULL,
        units=Units(units),
        targets=tuple(Target("A", unit.code, 12.0) for unit in units),
        activities=(),
        last_year=None,
    )
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_workbook(plan, Words(), 2013))
    sheet = openpyxl.load_workbook(path)["Задания"]
    assert sheet["D1204"].value.endswith('MATCH($C1204,Исполнители!$A$5:$A$1224,0)),"")')
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {
        *("A5:A1224", "C5:C1224", "E5:E1224", "F5:F1224")
    }


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert plan_workbook(FULL, Words(), 2013) == plan_workbook(FULL, Words(), 2013)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_workbook_documents_itself(language: Language, tmp_path: Path) -> None:
    words = Words(language)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_workbook(None, words, 2013))
    book = openpyxl.load_workbook(path)
    guide = {cell for row in book[words("plan.sheet.guide")].iter_rows(values_only=True) for cell in row}
    for layout in SHEETS:
        sheet = book[words(layout.name)]
        prompts = {prompt.promptTitle: prompt for prompt in sheet.data_validations.dataValidation}
        for index, column in enumerate(layout.columns, 1):
            heading, explanation = column.heading(layout.key, words), column.help(layout.key, words)
            cell = sheet.cell(4, index)
            assert (cell.value, cell.comment.text) == (heading, explanation)
            assert explanation in guide
            if column.choices or column.codes_of or column.form != "text":
                assert prompts[heading[:32]].prompt == explanation


def test_choices_and_codes_are_lists_to_open(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_workbook(FULL, Words(), 2013))
    book = openpyxl.load_workbook(path)
    rules = {
        (sheet.title, str(rule.sqref)): rule
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert {rule.errorTitle for rule in rules.values()} == {"Выберите из списка"}, "or else Excel's own heading"
    lists = {place: rule.formula1 for place, rule in rules.items()}
    assert lists["Показатели", "K5:K1000"] == '"сумма,последнее значение,наибольшее,среднее"'
    assert lists["Задания", "A5:A1000"] == "Показатели!$A$5:$A$1000"
    assert lists["Задания", "F5:F1000"].startswith('"январь,февраль')


def test_titles_stand_beside_codes(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_workbook(FULL, Words(), 2013))
    targets = openpyxl.load_workbook(path, data_only=True)["Задания"]
    assert [[cell.value for cell in row[:4]] for row in targets["A5:D8"]][:1] == [
        ["A.1", "Часть", "1.10", "Методист 1"]
    ]


@pytest.mark.skipif(bool(absent()), reason=absent() or "LibreOffice is there")
def test_libreoffice_keeps_and_recalculates_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_workbook(FULL, Words(), 2013))
    saved = [tmp_path / f"saved{suffix}" for suffix in (".ods", ".xls", ".xlsx")]
    job = {
        "open": str(path),
        "type": {"Задания": {"A9": "F", "C9": "M2", "E9": "12,5", "F9": "июль"}},
        "save": [str(one) for one in saved],
    }
    same, typed = office([{"open": str(path), "recalculate": True}, job])
    assert same["changed"] == []
    assert typed is not None
    for one in saved:
        plan, problems = read_plan(open_book(one, one.name))
        assert problems == ()
        assert plan is not None
        assert plan.target("M2", "F", 7) == 12.5
        rest = [target for target in plan.targets if target.indicator != "F"]
        assert _content(rest) == _content(list(FULL.targets))
        assert _content(plan.indicators) == _content(FULL.indicators)
        assert _content(plan.activities) == _content(FULL.activities)


def _read(content: bytes, folder: Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    path = folder / "plan.xlsx"
    path.write_bytes(content)
    return read_plan(open_book(path, path.name))


def _content(value: object) -> str:
    """The value without the addresses in it; whole numbers are the same with and without «.0»."""
    return re.sub(r"(?<=\d)\.0\b", "", re.sub(r"Address\([^)]*\)", "", repr(value)))
