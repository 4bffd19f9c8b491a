"""The sheet «Изменения плана»: targets revised in the course of the year, with reasons and documents."""

from collections.abc import Hashable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, write_number, write_text
from pipeline.workbooks.styles import number_format

Row = dict[Hashable, Any]

COLUMNS: dict[str, float] = {
    "indicator": 40,
    "unit": 26,
    "since": 14,
    "original": 13,
    "before": 13,
    "target": 13,
    "difference": 12,
    "reason": 38,
    "document": 30,
}
AT = {key: number for number, key in enumerate(COLUMNS)}
TEXTS = ("indicator", "unit", "since", "reason", "document")
FIRST_ROW = 4


def write_revisions(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet; a plan that was not revised has none."""
    if tables.revisions.empty:
        return
    sheet = book.add_sheet("revisions", list(COLUMNS.values()))
    words, styles = book.words, book.styles
    title = words("history.revisions.title", month=words.month_year(tables.month))
    book.heading(sheet, title, words("history.revisions.subtitle"))
    for key, column in AT.items():
        heading = words(f"history.revisions.column.{key}")
        sheet.write_string(
            FIRST_ROW - 1,
            column,
            heading,
            styles("heading", align="left" if key in TEXTS else "right", indent=int(key == "reason")),
        )
    sheet.set_row(FIRST_ROW - 1, 32)
    for row, record in enumerate(tables.revisions.to_dict("records"), start=FIRST_ROW):
        _write_row(book, sheet, row, record)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 1)


def _write_row(book: ReportBook, sheet: Worksheet, row: int, one: Row) -> None:
    styles, words = book.styles, book.words
    texts = {
        "indicator": one["indicator_title"],
        "unit": one["unit_title"],
        "since": words("history.revisions.since", month=words.month(one["since"], "of")),
        "reason": one["reason"],
        "document": one["document"],
    }
    for key, text in texts.items():
        write_text(sheet, row, AT[key], text, styles("row", text_wrap=True, indent=int(key == "reason")))
    for key in ("original", "before", "target", "difference"):
        shown = number_format(one["decimals"], sign=key == "difference")
        write_number(sheet, row, AT[key], one[key], styles("row", num_format=shown, bold=key == "target"))
    sheet.set_row(row, height(*((text, COLUMNS[key]) for key, text in texts.items())))
