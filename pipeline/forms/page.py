"""How every sheet that people fill is protected and printed."""

from xlsxwriter.worksheet import Worksheet

from pipeline.forms.layout import HEADING_ROW, NUMBERS_ROW, TITLE_ROW

A4 = 9  # Excel's number of the paper


def set_page(sheet: Worksheet, last_row: int, last_column: int) -> None:
    """Only input cells may be changed, widths and heights of all; A4 landscape, one page wide, headings on each."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.55)
    sheet.center_horizontally()
    sheet.repeat_rows(HEADING_ROW, NUMBERS_ROW)
    sheet.print_area(TITLE_ROW, 0, last_row, last_column)
