"""The sheet «Итоги мероприятий»: how sections and people keep the plan's dates, and whether the marks agree with the
indicators that the activities feed."""

from collections.abc import Hashable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import Status
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, percent_format, write_number, write_text
from pipeline.words import Words

Row = dict[Hashable, Any]

COUNTS = ("total", "finished", "late", "overdue", "due", "coming", "moved", "cancelled", "kept", "standing", "unread")
COLOURS: dict[str, Status] = {"overdue": "behind", "late": "risk"}
"""Columns whose figures are marked where they aren't zero."""
TITLE_WIDTH, COUNT_WIDTH = 52.0, 12.0
IN_TIME = 1 + len(COUNTS)
MEETS = ("target", "dated", "done", "extra", "reported")
FIRST_ROW = 3
TABLES = ("section", "unit")


def write_activity_totals(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet; a plan without activities has none."""
    summary = tables.activity_summary
    if summary.empty:
        return
    sheet = book.add_sheet("activity_totals", (TITLE_WIDTH, *[COUNT_WIDTH] * (IN_TIME)))
    words = book.words
    title = words("report.totals.title", month=words.month_year(tables.month))
    book.heading(sheet, title, words("report.totals.about"))
    total = summary[summary["kind"] == "total"].to_dict("records")
    row = FIRST_ROW
    for kind in TABLES:
        rows = summary[summary["kind"] == kind].to_dict("records")
        row = _write_counts(book, sheet, row, kind, [*rows, *total]) + 1
    if len(tables.meets):
        _write_meets(book, sheet, row, tables)
    sheet.freeze_panes(FIRST_ROW, 1)


def _write_counts(book: ReportBook, sheet: Worksheet, row: int, kind: str, rows: list[Row]) -> int:
    """One table with its headings; returns the row after it."""
    headings = [f"report.totals.column.{key}" for key in (kind, *COUNTS, "in_time")]
    _write_headings(book, sheet, row, f"report.totals.{kind}", headings)
    for at, each in enumerate(rows, start=row + 2):
        _write_count_row(book, sheet, at, each)
    return row + 2 + len(rows)


def _write_headings(book: ReportBook, sheet: Worksheet, row: int, title: str, keys: list[str]) -> None:
    words, styles = book.words, book.styles
    sheet.write_string(row, 0, words(title), styles("headline"))
    sheet.set_row(row, 24)
    for column, key in enumerate(keys):
        align = "left" if column == 0 else "center"
        sheet.write_string(row + 1, column, words(key), styles("heading", align=align))
    sheet.set_row(row + 1, 32)


def _write_count_row(book: ReportBook, sheet: Worksheet, at: int, each: Row) -> None:
    styles, words, whole = book.styles, book.words, each["kind"] == "total"
    title = words("report.totals.all") if whole else each["title"]
    write_text(sheet, at, 0, title, styles("row", text_wrap=True, bold=whole))
    for column, key in enumerate(COUNTS, start=1):
        colour = (f"status_{COLOURS[key]}",) if key in COLOURS and each[key] else ()
        style = styles("row", "centre", *colour, bold=whole, num_format='0;-0;"–"')
        sheet.write_number(at, column, each[key], style)
    style = styles("row", "centre", bold=whole, num_format=percent_format(words))
    write_number(sheet, at, IN_TIME, each["in_time"], style)
    sheet.set_row(at, height((title, TITLE_WIDTH)))


def _write_meets(book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables) -> None:
    """Indicators with what is planned, dated, done and reported, and what comes of it in words."""
    styles, words = book.styles, book.words
    keys = [f"report.totals.column.{key}" for key in ("indicator", *MEETS, "verdict")]
    _write_headings(book, sheet, row, "report.totals.meets", keys)
    first, last = 1 + len(MEETS), IN_TIME
    for column in range(first, last + 1):
        heading = words("report.totals.column.verdict") if column == first else ""
        sheet.write_string(row + 1, column, heading, styles("heading", align="left", text_wrap=False))
    for at, each in enumerate(tables.meets.to_dict("records"), start=row + 2):
        write_text(sheet, at, 0, each["name"], styles("row", text_wrap=True))
        for column, key in enumerate(MEETS, start=1):
            write_number(sheet, at, column, each[key], styles("row", "centre", num_format="#,##0"))
        differs = each["verdict"] in ("more", "fewer")
        style = styles("row", *(("status_risk",) if differs else ()), indent=1)
        sheet.merge_range(at, first, at, last, "", style)
        text = _verdict(each, words)
        write_text(sheet, at, first, text, style)
        sheet.set_row(at, height((each["name"], TITLE_WIDTH), (text, COUNT_WIDTH * (last - first + 1))))


def _verdict(each: Row, words: Words) -> str:
    """«◆ Отчитались на 2 больше, чем отмечено. Без даты в плане: 11 из 16.»"""
    text = words(f"report.totals.verdict.{each['verdict']}", number=words.number(each["difference"]))
    if not each["undated"]:
        return text
    numbers = {"number": words.number(each["undated"]), "target": words.number(each["target"])}
    return f"{text} {words('report.totals.undated', **numbers)}"
