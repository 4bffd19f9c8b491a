"""What all workbooks that we write have in common."""

import tracemalloc
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from pipeline.forms.write import form_workbook
from pipeline.plan.write import plan_workbook
from pipeline.report.workbook import report_workbook
from pipeline.settings import Settings
from pipeline.words import Words
from pipeline.workbooks import new
from tests.example.make_plan import example_plan
from tests.report_tables import example_tables

WORDS = Words()


def cells_of_all_kinds() -> bytes:
    content = BytesIO()
    workbook = new.new_workbook(content)
    workbook.set_properties({"created": datetime(2013, 1, 1)})  # else the second in which it is written
    sheet, style = workbook.add_worksheet(), workbook.add_format({"bold": True})
    sheet.set_row(3, None, style)
    sheet.set_column(2, 2, None, style)
    for row, number in enumerate((0, -1, 0.1 + 0.2, -1 / 3, 1e300, 5e-324, 123456789012345678)):
        sheet.write_number(row, 0, number, style)
        sheet.write_number(row, 2, number)
        sheet.write_string(row, 25, f'<{number}> & "=1"\n', style)
        sheet.write_string(row, 26, "=1+1")
        sheet.write_formula(row, 27, f"=SUM(A1:A{row + 1})", style, row)
        sheet.write_blank(row, 700, None, style)
    workbook.close()
    return content.getvalue()


def test_what_is_written_takes_no_memory_any_more() -> None:
    """Neither cells nor markup: closing a book of twenty sheets takes less than twice what one takes."""

    def peak(sheets: int) -> int:
        tracemalloc.start()
        workbook = new.new_workbook(BytesIO())
        formula = "A1+" * 500 + "0"
        for _ in range(sheets):
            sheet = workbook.add_worksheet()
            for row in range(500):
                sheet.write_formula(row, 0, formula)
        before, _ = tracemalloc.get_traced_memory()
        workbook.close()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert [len(sheet.table) for sheet in workbook.worksheets()] == [0] * sheets
        return most - before

    peak(1)
    assert peak(20) < 2 * peak(1)


def test_the_same_number_or_text_in_the_same_style_is_one_cell() -> None:
    workbook = new.new_workbook(BytesIO())
    sheet, style = workbook.add_worksheet(), workbook.add_format()
    for row in range(2):
        sheet.write_number(row, 0, 500, style)
        sheet.write_string(row, 1, "число читателей", style)
    assert sheet.table[0][0] is sheet.table[1][0]
    assert sheet.table[0][1] is sheet.table[1][1]


def test_a_number_is_not_taken_for_the_text_of_that_number() -> None:
    """xlsxwriter keeps a text by its number among the book's texts, and its cells compare as plain tuples."""
    content = BytesIO()
    workbook = new.new_workbook(content)
    sheet = workbook.add_worksheet()
    for number, text in enumerate(("ноль", "один")):
        sheet.write_string(0, number, text)
        sheet.write_number(1, number, number)
    workbook.close()
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(content.getvalue()))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    assert rows == [["ноль", "один"], [0.0, 1.0]]


@pytest.mark.parametrize(
    "written",
    [
        cells_of_all_kinds,
        lambda: form_workbook(example_plan(), "M1", Settings(), WORDS),
        lambda: plan_workbook(example_plan(), WORDS, 2013),
        lambda: report_workbook(example_tables(), WORDS, dict),
    ],
    ids=["cells", "form", "plan", "report"],
)
def test_what_is_spared_changes_nothing(written: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """xlsxwriter's own way of writing cells, formulas and the archive makes the same files as ours."""
    spared = written()
    monkeypatch.setattr(new, "_Workbook", Workbook)
    assert written() == spared
