"""What all sheets of the plan's workbook share: the head above the table, and how it is printed."""

from collections.abc import Iterable
from math import ceil

from xlsxwriter.worksheet import Worksheet

from pipeline.plan.layout import SheetLayout
from pipeline.problems import Key
from pipeline.words import Words
from pipeline.workbooks.colours import MUTED, STATUS_TEXT
from pipeline.workbooks.styles import Styles

HEADINGS = 3
"""The row of headings, counted from 0: below the sheet's name, its purpose and the plan's remark."""


def write_head(sheet: Worksheet, styles: Styles, words: Words, layout: SheetLayout, note: str) -> None:
    """Name and purpose of the sheet, the plan's remark, and the headings with their explanations as comments."""
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, words(layout.name), styles("title"))
    sheet.write_string(1, 0, words(f"{layout.name}.help"), styles("subtitle"))
    if note:
        _write_note(sheet, styles, layout, note)
    sheet.set_row(HEADINGS, 44)
    for index, column in enumerate(layout.columns):
        heading, explanation = column.heading(layout.key, words), column.help(layout.key, words)
        sheet.set_column(index, index, column.width)
        sheet.write_string(HEADINGS, index, heading, styles("heading", *(["muted"] if column.title_of else [])))
        sheet.write_comment(
            HEADINGS,
            index,
            explanation,
            {"author": "", "x_scale": 2, "y_scale": 0.4 + 0.3 * (len(explanation) // 45), "font_size": 9},
        )


def _write_note(sheet: Worksheet, styles: Styles, layout: SheetLayout, note: str) -> None:
    """The remark over as many columns as make a line of readable length."""
    width, last = 0.0, 0
    for index, column in enumerate(layout.columns):
        width, last = (width + column.width, index) if width < 120 else (width, last)
    sheet.merge_range(2, 0, 2, last, note, styles("wrap", font_color=STATUS_TEXT["risk"], italic=True))
    sheet.set_row(2, row_height([(note, width)]))


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """The height of a row with these (text, column's width), wrapped: not every program finds it by itself."""
    lines = max(sum(ceil((len(line) or 1) * 0.92 / width) for line in str(text).split("\n")) for text, width in cells)
    return 15 + 12.75 * (lines - 1)


def set_page(
    sheet: Worksheet, words: Words, name: Key, last_row: int, columns: int, wide: int = 1, tab: str = MUTED
) -> None:
    """A4 across, `wide` pages side by side; empty spare rows below `last_row` are not printed."""
    sheet.hide_gridlines(2)
    sheet.set_tab_color(tab)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(wide, 0)
    sheet.print_area(0, 0, last_row, columns - 1)
    sheet.set_footer(f"&L&8{words(name)}&R&8{words('plan.write.page')}")
