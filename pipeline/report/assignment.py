"""The sheets «Госзадание» and «Госзадание, кратко»: the state assignment's report, to be copied into its form."""

from collections.abc import Hashable
from typing import Any, Literal

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.rounding import decimals_needed
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, marked, to_date, write_number, write_text
from pipeline.report.said import shortened
from pipeline.workbooks.colours import RULE
from pipeline.workbooks.styles import number_format

Row = dict[Hashable, Any]

COLUMNS: dict[str, float] = {
    "registry_number": 23,
    "content": 20,
    "conditions": 20,
    "title": 34,
    "unit_of_measure": 10,
    "okei": 7,
    "approved": 12,
    "achieved": 12,
    "permitted": 12,
    "excess": 13,
    "cause": 36,
}
"""The columns of the official form, in its order."""
CHECKED: dict[str, float] = {"planned": 12, "permitted_to_date": 13}
"""Beside the form, before the year's end: what the excess is computed from."""
SHORT: dict[str, float] = {"title": 50, "unit_of_measure": 12, "approved": 15, "actual": 15, "cause": 50, "source": 36}
TEXTS = ("registry_number", "content", "conditions", "title", "cause", "source")
NUMBERS = ("approved", "achieved", "actual", "permitted", "excess", "planned", "permitted_to_date")
FIRST_ROW = 6
PARTS: dict[str, Literal["service", "work"]] = {"I": "service", "II": "work"}


def write_assignment(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet with the columns of the form in use."""
    final = tables.month.number == 12
    columns = COLUMNS if final else COLUMNS | {"": 2.0} | CHECKED
    sheet = book.add_sheet("assignment", list(columns.values()))
    _write_top(book, sheet, tables, "assignment", list(columns))
    words, row = book.words, FIRST_ROW
    shown: dict[tuple[str, str], list[Row]] = {}
    for record in tables.assignment.to_dict("records"):
        shown.setdefault((record["section"], record["quantity"]), []).append(record)
    for part, kind in PARTS.items():
        row = _write_line(book, sheet, row, words(f"report.assignment.part.{kind}", part=part), "headline", 24)
        sections = tables.sections[tables.sections["kind"] == kind].to_dict("records")
        if not sections:
            row = _write_line(book, sheet, row, words(f"report.assignment.no.{kind}"), "muted")
        for number, section in enumerate(sections, start=1):
            title = words("report.assignment.section", number=number, title=section["title"])
            row = _write_line(book, sheet, row, title, "section", 20, len(COLUMNS))
            for quantity in ("quality", "volume"):
                row = _write_line(book, sheet, row, words(f"report.assignment.{quantity}"), "bold")
                rows = shown.get((section["code"], quantity), [])
                if not rows:
                    row = _write_line(book, sheet, row, words(f"report.assignment.{quantity}.none"), "muted")
                for record in rows:
                    _write_row(book, sheet, row, section | record, list(columns), columns)
                    row += 1
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 2, FIRST_ROW - 1)


def write_short_assignment(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet with the columns of the form of 2013, which asks for the source of information."""
    sheet = book.add_sheet("assignment_short", list(SHORT.values()))
    _write_top(book, sheet, tables, "assignment_short", list(SHORT))
    row = FIRST_ROW
    for section in tables.sections.to_dict("records"):
        records = tables.assignment[tables.assignment["section"] == section["code"]].to_dict("records")
        if not records:
            continue
        row = _write_line(book, sheet, row, str(section["title"]), "section", 20, len(SHORT))
        for record in records:
            _write_row(book, sheet, row, record | {"actual": record["achieved"]}, list(SHORT), SHORT)
            row += 1
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 1)


def _write_top(book: ReportBook, sheet: Worksheet, tables: ReportTables, key: str, columns: list[str]) -> None:
    """Whose report it is and how it is to be read, then the headings and, as official forms have, their numbers."""
    words, styles = book.words, book.styles
    period = {"period": to_date(tables.month, words), "year": tables.month.plan_year}
    title = words(f"report.{key}.title", code=tables.form_code, **period)
    book.heading(sheet, title, f"{tables.institution or tables.unit_title}.")
    how = "short" if key == "assignment_short" else "year" if tables.month.number == 12 else "to_date"
    note = words(f"report.assignment.note.{how}", mark=PARTIAL)
    if tables.assignment.empty:
        note = words("report.assignment.empty")
    write_text(sheet, 2, 0, note, styles("muted"))
    for column, name in enumerate(columns):
        if not name:
            continue
        beside = name in CHECKED
        align, indent = ("left", int(name == "cause")) if name in TEXTS else ("center", 0)
        style = styles("heading", "small", align=align, indent=indent, italic=beside)
        sheet.write_string(FIRST_ROW - 2, column, words(f"report.assignment.column.{name}"), style)
        number = styles("muted", "small", "centre", bottom=1, bottom_color=RULE)
        if beside:
            sheet.write_blank(FIRST_ROW - 1, column, None, number)
        else:
            sheet.write_number(FIRST_ROW - 1, column, column + 1, number)
    sheet.set_row(FIRST_ROW - 2, 58)


def _write_line(
    book: ReportBook, sheet: Worksheet, row: int, text: str, style: str, tall: float = 17, across: int = 1
) -> int:
    """A line over the table; returns the row after it."""
    sheet.set_row(row, tall)
    for column in range(across):
        sheet.write_blank(row, column, None, book.styles(style))
    write_text(sheet, row, 0, text, book.styles(style))
    return row + 1


def _write_row(
    book: ReportBook, sheet: Worksheet, row: int, record: Row, names: list[str], widths: dict[str, float]
) -> None:
    styles = book.styles
    record = record | {"cause": shortened(record["cause"], book.words)}
    sheet.set_row(row, height(*((str(record[name]), widths[name]) for name in names if name in TEXTS)))
    partial = is_partial(record["received"], record["expected"])
    for column, name in enumerate(names):
        if name in NUMBERS:
            mark = PARTIAL if partial and name in ("achieved", "actual") else ""
            bold = name == "excess" and record[name] > 0
            plain = number_format(decimals_needed(record[name], record["decimals"]))
            shown = styles("row", "figure", num_format=marked(mark, plain), italic=bool(mark), bold=bold)
            write_number(sheet, row, column, record[name], shown)
        elif name:
            aligned = ("centre",) if name in ("unit_of_measure", "okei") else ()
            beside_number = int(name == "cause")
            shown = styles("row", *aligned, text_wrap=True, indent=beside_number)
            write_text(sheet, row, column, str(record[name]), shown)
