"""The sheet «Замечания»: what is wrong in the forms and in the plan, where exactly, and what to do."""

from collections.abc import Hashable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import Status
from pipeline.problems import SEVERITIES
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, write_text
from pipeline.report.links import place, write_link
from pipeline.words import NO_BREAK, Words

STATES: dict[str, tuple[str, Status]] = {"error": ("◆", "behind"), "warning": ("▲", "risk"), "note": ("○", "none")}
"""Severity → its symbol and whose colours it has."""
COLUMNS: dict[str, float] = {
    "severity": 19,
    "unit": 22,
    "month": 10,
    "file": 27,
    "sheet": 12,
    "cell": 8,
    "message": 52,
    "advice": 46,
}
MOST_ROWS = 25_000
"""More make a workbook that office computers open slowly; the rest is told at the top."""
AT = {key: number for number, key in enumerate(COLUMNS)}
FIRST_ROW = 4


def write_problems(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("problems", list(COLUMNS.values()))
    words = book.words
    book.heading(sheet, words("report.problems.title"), _counts(tables, words))
    for key, column in AT.items():
        heading = words(f"report.problems.column.{key}")
        sheet.write_string(
            FIRST_ROW - 1, column, heading, book.styles("heading", align="left", indent=int(column == 0))
        )
    sheet.set_row(FIRST_ROW - 1, 20)
    titles = dict(zip(tables.units["code"], tables.units["title"], strict=True))
    records = tables.problems.head(MOST_ROWS).to_dict("records")
    for row, problem in enumerate(records, start=FIRST_ROW):
        _write_problem(book, sheet, row, tables, problem, titles.get(problem["unit"], problem["unit"]))
    if records:
        sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW - 1 + len(records), len(COLUMNS) - 1)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 1)


def severity_text(severity: str, words: Words) -> str:
    """«◆ ошибка»."""
    return f"{STATES[severity][0]}{NO_BREAK}{words(f'report.problems.severity.{severity}')}"


def _counts(tables: ReportTables, words: Words) -> str:
    """«3 ошибки, 2 предупреждения и 2 заметки.»"""
    found = tables.problems["severity"].value_counts()
    parts = [words.count(f"report.problems.count.{each}", int(found[each])) for each in SEVERITIES if each in found]
    if not parts:
        return words("report.problems.none")
    cut = words("report.data.cut", most=words.number(MOST_ROWS)) if len(tables.problems) > MOST_ROWS else ""
    return " ".join(filter(None, (f"{words.join(parts)}. {words('report.problems.subtitle')}", cut)))


def _write_problem(
    book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables, problem: dict[Hashable, Any], unit: str
) -> None:
    styles, words = book.styles, book.words
    symbol_style = styles(
        "row", f"status_{STATES[problem['severity']][1]}", indent=1, bold=problem["severity"] == "error"
    )
    sheet.write_string(row, AT["severity"], severity_text(problem["severity"], words), symbol_style)
    texts = {
        "unit": unit,
        "month": words.month(problem["month"]) if problem["month"] else "",
        "file": problem["file"].rpartition("/")[2],
        "sheet": problem["sheet"],
        "message": problem["message"],
        "advice": problem["advice"],
    }
    for key, text in texts.items():
        write_text(sheet, row, AT[key], text, styles("row", text_wrap=True))
    # one link a row keeps within Excel's limit for a sheet: to the cell, or to the file where no cell is known
    link = styles("row", "link", text_wrap=True)
    where = place(problem["sheet"], problem["cell"])
    if where:
        write_link(book, sheet, row, AT["cell"], tables, problem["file"], where, problem["cell"], link)
    else:
        write_link(book, sheet, row, AT["file"], tables, problem["file"], style=link)
        write_text(sheet, row, AT["cell"], problem["cell"], styles("row", text_wrap=True))
    sheet.set_row(row, height(*((text, COLUMNS[key]) for key, text in texts.items())))
