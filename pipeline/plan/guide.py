"""The sheet «Как заполнять»: the steps, then every column with what to write in it."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.plan.layout import GUIDE, SHEETS, Column, SheetLayout, choice_key
from pipeline.plan.page import row_height, set_page
from pipeline.words import Words
from pipeline.workbooks.colours import RULE
from pipeline.workbooks.styles import Styles

STEPS = 5
COLUMNS = ("column", "what", "choices")
WIDTHS = (32, 78, 52)


def write_guide(workbook: Workbook, styles: Styles, words: Words) -> None:
    """The first sheet of the workbook; the reader passes it over."""
    sheet = workbook.add_worksheet(words(GUIDE))
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, words("plan.guide.title"), styles("title"))
    sheet.write_string(1, 0, words("plan.guide.lead"), styles("subtitle"))
    for step in range(1, STEPS + 1):
        sheet.write_string(1 + step, 0, f"{step}. {words(f'plan.guide.step{step}')}", styles("text"))
    row = 3 + STEPS
    sheet.write_string(row, 0, words("plan.guide.legend_input"), styles("input", border_color=RULE))
    sheet.write_string(row + 1, 0, words("plan.guide.legend_shown"), styles("muted", "row"))
    sheet.write_string(row, 1, words("plan.guide.needed"), styles("muted"))
    row += 3
    for index, key in enumerate(COLUMNS):
        sheet.write_string(row, index, words(f"plan.guide.{key}"), styles("heading", align="left"))
    sheet.repeat_rows(row)
    for layout in SHEETS:
        row = _write_sheet(sheet, styles, words, layout, row + 1)
    set_page(sheet, words, GUIDE, row, len(COLUMNS))


def _write_sheet(sheet: Worksheet, styles: Styles, words: Words, layout: SheetLayout, row: int) -> int:
    """The lines about one sheet, from `row` on; returns the last one's row."""
    name = words(layout.name)
    first, last = (words.month(number).capitalize() for number in (1, 12))
    purpose, optional = words(f"{layout.name}.help"), "" if layout.needed else words("plan.guide.optional")
    beside = styles("section", "muted", text_wrap=True, valign="bottom", bold=False)
    sheet.write_url(row, 0, f"internal:'{name}'!A1", styles("section", valign="bottom"), name)
    sheet.write_string(row, 1, purpose, beside)
    sheet.write(row, 2, optional or None, beside)
    sheet.set_row(row, 6 + row_height([(purpose, WIDTHS[1])]))
    for column in layout.columns:
        if column.month > 1:
            continue  # the twelve months are explained once
        row += 1
        months = words("plan.last_year.months", first=first, last=last)
        heading = months if column.month else column.heading(layout.key, words)
        sheet.write_string(row, 0, heading + (" *" if column.needed else ""), styles("bold", "row", "wrap"))
        sheet.write_string(row, 1, column.help(layout.key, words), styles("row", "wrap"))
        sheet.write_string(row, 2, _choices(column, words), styles("muted", "row", "wrap"))
        sheet.set_row(
            row, row_height([(column.help(layout.key, words), WIDTHS[1]), (_choices(column, words), WIDTHS[2])])
        )
    return row


def _choices(column: Column, words: Words) -> str:
    return ", ".join(words(choice_key(column.key, value)) for value, _ in column.choices)
