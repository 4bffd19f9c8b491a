"""The form's workbook: what is locked, listed, said; the same arguments give the same bytes."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from pipeline.domain.addresses import cell_name
from pipeline.domain.indicators import Indicators
from pipeline.forms.layout import FIRST_ROW, MONTH, MONTH_INPUTS
from pipeline.forms.write import form_workbook
from pipeline.settings import Institution, Settings
from pipeline.words import Words
from tests.forms import filled_form, row_of
from tests.plans import small_plan

PLAN = small_plan()
SETTINGS = Settings(example=True, institution=Institution(name="Библиотека", department="Методический отдел"))


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(BytesIO(form_workbook(PLAN, "M1", SETTINGS, Words())))


def test_the_same_form_is_the_same_bytes() -> None:
    filled = filled_form(PLAN, "M2", 2)
    first, second = (form_workbook(small_plan(), "M2", SETTINGS, Words(), filled) for _ in range(2))
    assert first == second


def test_sheets_and_what_is_opened(book: Any) -> None:
    assert book.sheetnames[:4] == ["Инструкция", "Январь", "Февраль", "Март"]
    assert book.sheetnames[-3:] == ["Декабрь", "Мероприятия", "Списки"]
    assert book.active.title == "Инструкция"
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Списки"]


def test_only_inputs_are_unlocked(book: Any) -> None:
    free = {cell.coordinate for line in book["Март"].iter_rows() for cell in line if not cell.protection.locked}
    rows = {code: row_of(PLAN, "M1", 3, code) for code in ("VS", "VS.ST", "TRIP")}
    assert {f"{letter}{rows['TRIP']}" for letter in "FGNO"} <= free
    assert {f"{letter}{rows['VS']}" for letter in "FG"}.isdisjoint(free), "the sum is computed"
    assert {cell[0] for cell in free} == set("FGNO")
    assert {MONTH[key] for key in MONTH_INPUTS} == {"ABCDEFGHIJKLMNO".index(letter) for letter in "FGNO"}
    assert all(sheet.protection.sheet for sheet in book)


def test_planned_is_filled_in_and_actual_is_blank(book: Any) -> None:
    row = row_of(PLAN, "M1", 3, "TRIP")
    assert (book["Март"][f"F{row}"].value, book["Март"][f"G{row}"].value) == (2, None)


def test_known_figures_stand_in_their_cells() -> None:
    filled = filled_form(PLAN, "M1", 3)
    sheet = openpyxl.load_workbook(BytesIO(form_workbook(PLAN, "M1", SETTINGS, Words(), filled)))["Март"]
    for entry in filled.entries:
        if entry.month == 3:
            assert sheet[f"G{row_of(PLAN, 'M1', 3, entry.indicator)}"].value == entry.value


def test_the_identity_is_in_sheets_and_properties(book: Any) -> None:
    said = "plan-fact-form/1;year=2013;sheet=03;"
    assert book["Март"]["A1"].value.startswith(said)
    assert book["Март"].row_dimensions[1].hidden
    assert book["Списки"]["A1"].value.endswith(";unit=M1")
    assert book.properties.subject == book.custom_doc_props["form"].value == book["Инструкция"]["A1"].value


def test_the_head_says_whose_and_when(book: Any) -> None:
    march = book["Март"]
    assert march["A2"].value == "Выполнение плана за\u00a0март 2013\u00a0года"
    assert march["A3"].value == "Методический отдел · Библиотека"
    assert march["A4"].value == "Исполнитель: Методист 1   ·   Сдать до\u00a005.04.2013"
    assert book["Сентябрь"]["A4"].value.endswith("Сдать до\u00a007.10.2013"), "the 5th is a Saturday"
    assert "вымышлены" in march["C5"].value


def test_made_up_figures_are_only_spoken_of_in_an_example() -> None:
    book = openpyxl.load_workbook(BytesIO(form_workbook(PLAN, "M2", Settings(), Words())))
    said = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)]
    assert not [text for text in said if "вымышлен" in text]


def test_validations_speak_russian_and_fit_excel(book: Any) -> None:
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert {rule.type for rule in rules} == {"whole", "decimal", "list", "date"}
    for rule in rules:
        assert rule.promptTitle and rule.prompt and rule.error
        assert len(rule.promptTitle) <= 32 and len(rule.prompt) <= 255 and len(rule.error) <= 225


def cells_of(rule: Any) -> list[str]:
    """The cells that one rule is written for, from the top."""
    return [cell_name(row - 1, column - 1) for area in rule.sqref.sorted() for row, column in area.cells]


def test_each_input_has_the_rule_of_its_row(book: Any) -> None:
    march = book["Март"]
    rules = [(cell, rule) for rule in march.data_validations.dataValidation for cell in cells_of(rule)]
    free = [cell.coordinate for line in march.iter_rows() for cell in line if not cell.protection.locked]
    assert sorted(cell for cell, _ in rules) == sorted(cell for cell in free if cell[0] in "FGN")
    titles = {"F": "План на\u00a0март", "G": "Факт за\u00a0март", "N": "Причина отклонения"}
    seats, site = (row_of(PLAN, "M1", 3, code) for code in ("SEATS", "UV"))
    for cell, rule in rules:
        column, row = cell[0], int(cell[1:])
        assert rule.promptTitle == titles[column]
        if column == "N":
            assert rule.type == "list"
        else:
            assert rule.type == ("decimal" if row == seats else "whole")
            assert f"({march[f'C{row}'].value})" in rule.prompt
            assert ("нарастающим итогом" in rule.prompt) == (row == site)


def test_each_row_has_the_marks_of_its_own_figures(book: Any) -> None:
    """A rule for several rows names the cells of the first; office programs move it on to each of the others."""
    marks = {
        cell: (Translator(f"={rule.formula[0]}", cells_of(area)[0]).translate_formula(cell), rule.dxf.numFmt.formatCode)
        for area in book["Март"].conditional_formatting
        for rule in area.rules
        if rule.dxf.numFmt
        for cell in cells_of(area)
    }
    expected = {}
    # UV and FUND are as the last month states them: no month before is lacking
    for code in ("VS", "VS.ST", "VS.ST.EV", "VS.MO", "SEATS", "PEAK", "DEBT", "TRIP"):
        row, star = row_of(PLAN, "M1", 3, code), '#,##0.0"*"' if code == "SEATS" else '#,##0"*"'
        expected[f"K{row}"] = (f"=$X{row}<$Y{row}", star)
        expected[f"E{row}"] = (f"=$X{row}-$W{row}<$Y{row}-1", star)
    row = row_of(PLAN, "M1", 3, "VS")
    expected[f"G{row}"] = (f"=$W{row}=0", '#,##0"*"')
    assert marks == expected


def test_an_incomplete_figure_is_shown_as_a_complete_one() -> None:
    """A mean of whole figures has a decimal, and keeps it where the mark stands beside it."""
    members = (replace(one, over_months="mean") if one.code == "PEAK" else one for one in PLAN.indicators.members)
    plan = replace(PLAN, indicators=Indicators(tuple(members)))
    march = openpyxl.load_workbook(BytesIO(form_workbook(plan, "M1", SETTINGS, Words())))["Март"]
    assert march[f"K{row_of(plan, 'M1', 3, 'PEAK')}"].number_format == "#,##0.0"
    for area in march.conditional_formatting:
        for rule in area.rules:
            for cell in cells_of(area) if rule.dxf.numFmt else ():
                assert rule.dxf.numFmt.formatCode == f'{march[cell].number_format}"*"'


def test_inputs_are_never_named_directly(book: Any) -> None:
    row = row_of(PLAN, "M1", 3, "TRIP")
    formulas = [
        cell.value
        for line in book["Март"].iter_rows(min_row=FIRST_ROW + 1)
        for cell in line
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert formulas
    for letter in "FGNO":
        assert not [formula for formula in formulas if f"${letter}{row}" in formula]


def test_pages_are_one_wide_and_repeat_their_headings(book: Any) -> None:
    march = book["Март"]
    assert (march.page_setup.orientation, march.page_setup.paperSize) == ("landscape", 9)
    assert march.sheet_properties.pageSetUpPr.fitToPage
    assert (march.page_setup.fitToWidth or 1, march.page_setup.fitToHeight) == (1, 0)
    assert march.print_title_rows == "$6:$7"


def test_in_english() -> None:
    book = openpyxl.load_workbook(BytesIO(form_workbook(PLAN, "M2", SETTINGS, Words("en"))))
    assert book.sheetnames[1] == "January"
    cyrillic = [
        cell.value
        for cell in book["January"][6]
        if isinstance(cell.value, str) and any("а" <= letter <= "я" for letter in cell.value.casefold())
    ]
    assert cyrillic == []
