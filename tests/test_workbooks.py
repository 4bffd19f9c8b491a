"""What all workbooks that we write have in common."""

from collections.abc import Callable
from io import BytesIO

import pytest

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


def test_cells_that_are_written_take_no_memory_any_more() -> None:
    workbook = new.new_workbook(BytesIO())
    sheets = [workbook.add_worksheet() for _ in range(2)]
    for sheet in sheets:
        sheet.write_number(0, 0, 1)
    workbook.close()
    assert [len(sheet.table) for sheet in sheets] == [0, 0]


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
    """xlsxwriter's own way of writing cells and formulas makes the same files as ours."""
    spared = written()
    ours = [name for name, value in vars(new._Sheet).items() if callable(value)]
    assert len(ours) == 6
    for name in ours:
        monkeypatch.delattr(new._Sheet, name)
    assert written() == spared
