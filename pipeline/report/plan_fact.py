"""The sheet «План-факт»: every indicator for the month, the year to date and the year, as a tree."""

import math
from collections.abc import Hashable
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import SYMBOLS, Status
from pipeline.report.book import ReportBook
from pipeline.report.by_month import FIRST_MONTH, figure_rows
from pipeline.report.cells import (
    PARTIAL,
    height,
    is_partial,
    marked,
    percent_format,
    to_date,
    write_number,
    write_status,
    write_text,
)
from pipeline.words import NO_BREAK, Words
from pipeline.workbooks.styles import ABOVE, BELOW, CHART, RULE, number_format

Row = dict[Hashable, Any]
"""A row of the tables' indicators, by column."""


class Column(NamedTuple):
    """A column: the key of its heading's words, its width, the group of columns that it stands in."""

    key: str
    width: float
    group: str = ""


COLUMNS = (
    Column("code", 9),
    Column("title", 33),
    Column("unit", 8),
    Column("target", 8.5),
    Column("month_planned", 7.5, "month"),
    Column("month_actual", 9, "month"),
    Column("month_variance", 8.5, "month"),
    Column("month_percent", 8, "month"),
    Column("to_date_planned", 8, "to_date"),
    Column("to_date_actual", 10, "to_date"),
    Column("to_date_variance", 8.5, "to_date"),
    Column("to_date_percent", 7, "to_date"),
    Column("status", 13, "to_date"),
    Column("completeness", 10.5, "to_date"),
    Column("last_year", 8.5, "to_date"),
    Column("forecast", 8, "year"),
    Column("forecast_percent", 8, "year"),
    Column("pace", 8, "year"),
    Column("sparkline", 10),
    Column("cause", 29),
)
AT = {column.key: number for number, column in enumerate(COLUMNS)}
FIRST_ROW = 5
SMALL = 1.08  # letters of 9 pt are narrower
TIGHTER = 1.5  # points that a row is lower than on other sheets: a plan like that of 2013 stays on one page
BESIDE_RULE = "_0"  # room of a digit after the number, before the rule of the next group


def _edge(key: str) -> dict[str, Any]:
    """A thin rule on the left of each group's first column."""
    number = AT[key]
    begins = number > 0 and COLUMNS[number].group != COLUMNS[number - 1].group
    return {"left": 1, "left_color": RULE} if begins else {}


def write_plan_fact(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("plan_fact", [column.width for column in COLUMNS])
    words = book.words
    book.heading(
        sheet,
        words("report.plan_fact.title", month=words.month_year(tables.month)),
        words("report.plan_fact.subtitle", unit=tables.unit_title, mark=PARTIAL),
    )
    _write_headings(book, sheet, tables)
    sparklines = figure_rows(tables)
    row = FIRST_ROW
    for title, section in tables.indicators.groupby("section_title", sort=False):
        _write_section(book, sheet, row, str(title))
        for at, indicator in enumerate(section.to_dict("records"), start=row + 1):
            _write_indicator(book, sheet, at, indicator, tables)
            _add_sparkline(book, sheet, at, indicator, sparklines[indicator["code"]], tables.month.number)
        row += 1 + len(section)
    sheet.outline_settings(symbols_below=False)
    sheet.freeze_panes(FIRST_ROW, AT["unit"])
    sheet.repeat_rows(FIRST_ROW - 2, FIRST_ROW - 1)
    sheet.print_area(0, 0, row - 1, len(COLUMNS) - 1)


def _write_headings(book: ReportBook, sheet: Worksheet, tables: ReportTables) -> None:
    words = book.words
    groups = {
        "": "",
        "month": words.month(tables.month.number).capitalize(),
        "to_date": words("report.plan_fact.group.to_date", months=to_date(tables.month, words)),
        "year": words("report.plan_fact.group.year"),
    }
    top = FIRST_ROW - 2
    for group in ("month", "to_date", "year"):
        inside = [number for number, column in enumerate(COLUMNS) if column.group == group]
        edge = _edge(COLUMNS[inside[0]].key)
        sheet.merge_range(top, inside[0], top, inside[-1], groups[group], book.styles("heading", bottom=0, **edge))
    for number, column in enumerate(COLUMNS):
        if not column.group:
            sheet.write_blank(top, number, None, book.styles("heading", bottom=0, **_edge(column.key)))
        align = "left" if column.key in ("code", "title", "cause") else "center"
        heading = words(f"report.plan_fact.column.{column.key}")
        sheet.write_string(top + 1, number, heading, book.styles("heading", "small", align=align, **_edge(column.key)))
    sheet.set_row(top, 18)
    sheet.set_row(top + 1, 32)


def _write_section(book: ReportBook, sheet: Worksheet, row: int, title: str) -> None:
    style = book.styles("section")
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, title, style)
    for column in range(1, len(COLUMNS)):
        sheet.write_blank(row, column, None, style)


def _write_indicator(book: ReportBook, sheet: Worksheet, row: int, indicator: Row, tables: ReportTables) -> None:
    styles, words = book.styles, book.words
    depth, decimals = indicator["depth"], indicator["decimals"]
    bold = depth == 0
    note = remarks(indicator, tables, words)
    title = str(indicator["title"])
    if indicator["direction"] == "less":
        title += f" ({words('report.plan_fact.less_is_better')})"
    tall = height((title, COLUMNS[AT["title"]].width - 3 * depth), (note, COLUMNS[AT["cause"]].width * SMALL))
    sheet.set_row(row, tall - TIGHTER, None, {"level": depth + 1})

    write_text(sheet, row, AT["code"], str(indicator["code"]), styles("row", "muted", "small"))
    write_text(sheet, row, AT["title"], title, styles("row", bold=bold, indent=depth * 2, text_wrap=True))
    write_text(sheet, row, AT["unit"], str(indicator["unit_of_measure"]), styles("row", "muted", "centre"))
    plain, signed = number_format(decimals), number_format(decimals, sign=True)
    for key in ("target", "month_planned", "to_date_planned", "last_year", "forecast", "pace"):
        room = BESIDE_RULE if key in ("target", "last_year", "pace") else ""
        number = styles("row", "number", num_format=plain + room, **_edge(key))
        write_number(sheet, row, AT[key], indicator[key], number)
    for period in ("month", "to_date"):
        partial = is_partial(indicator[f"{period}_received"], indicator[f"{period}_expected"])
        actual = styles(
            "row", "number", num_format=marked(PARTIAL if partial else "", plain), italic=partial, bold=bold
        )
        write_number(sheet, row, AT[f"{period}_actual"], indicator[f"{period}_actual"], actual)
        variance = styles("row", "number", num_format=signed)
        write_number(sheet, row, AT[f"{period}_variance"], indicator[f"{period}_variance"], variance)
    percent = percent_format(words)
    for key in ("to_date_percent", "forecast_percent"):
        write_number(sheet, row, AT[key], indicator[key], styles("row", "number", num_format=percent))
    _write_month_percent(book, sheet, row, indicator["month_percent"], indicator["month_status"])
    write_status(book, sheet, row, AT["status"], indicator["to_date_status"])
    _write_completeness(book, sheet, row, indicator["to_date_received"], indicator["to_date_expected"])
    write_text(sheet, row, AT["cause"], note, styles("row", "small", text_wrap=True, indent=1))


def _write_month_percent(book: ReportBook, sheet: Worksheet, row: int, percent: float, status: Status) -> None:
    """The month's status is a symbol before its percent; the words stand in the column of the year to date."""
    mark = SYMBOLS[status]
    style = book.styles("row", f"status_{status}", "number", num_format=marked(mark, percent_format(book.words)))
    if math.isnan(percent):
        sheet.write_string(row, AT["month_percent"], mark, style)
    else:
        sheet.write_number(row, AT["month_percent"], percent, style)


def _write_completeness(book: ReportBook, sheet: Worksheet, row: int, received: int, expected: int) -> None:
    counts = book.words("report.of", part=received, whole=expected) if expected else ""
    if is_partial(received, expected):
        write_text(
            sheet,
            row,
            AT["completeness"],
            f"{PARTIAL}{NO_BREAK}{counts}",
            book.styles("row", "centre", "status_risk", italic=True),
        )
    else:
        write_text(sheet, row, AT["completeness"], counts, book.styles("row", "centre", "muted"))


def _add_sparkline(book: ReportBook, sheet: Worksheet, row: int, indicator: Row, source: int, months: int) -> None:
    """Columns of the months' actual figures, which stand on «По месяцам»; the last one in the colour of its side."""
    sheet.write_blank(row, AT["sparkline"], None, book.styles("row", **_edge("sparkline")))
    cells = xl_range_abs(source, FIRST_MONTH, source, FIRST_MONTH + months - 1)
    sheet.add_sparkline(
        row,
        AT["sparkline"],
        {
            "location": xl_rowcol_to_cell(row, AT["sparkline"]),
            "range": f"'{book.name('by_month')}'!{cells}",
            "type": "column",
            "min": 0,
            "series_color": CHART,
            "last_point": not math.isnan(indicator["month_actual"]),  # else the month before would be coloured
            "last_color": BELOW if indicator["month_status"] in ("behind", "risk") else ABOVE,
        },
    )


def remarks(indicator: Row, tables: ReportTables, words: Words) -> str:
    """Cause, explanation and who says so; what else must be known to read the figures."""
    said = ". ".join(str(indicator[key]).rstrip(".") for key in ("cause", "explanation") if indicator[key])
    parts = [f"{said}." if said else ""]
    if said and indicator["who"]:
        parts.append(f"({indicator['who']})")
    target, original = indicator["target"], indicator["original_target"]
    if not math.isnan(original) and target != original:
        parts.append(words("report.plan_fact.revised", original=original))
    if indicator["relation"] == "ratio" and tables.month.number < 12:
        parts.append(words("report.plan_fact.ratio"))
    return " ".join(filter(None, parts))
