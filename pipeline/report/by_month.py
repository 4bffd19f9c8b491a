"""The sheet «По месяцам»: the per cent of each month's plan by colour, and below it the figures themselves."""

import math
from collections.abc import Callable, Hashable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.domain.status import PARTIAL, SYMBOLS, is_partial
from pipeline.report.book import Frame, ReportBook
from pipeline.report.cells import ROW_HEIGHT, height, marked, percent_format, write_number, write_text
from pipeline.report.provenance import Source, sources, write_figure
from pipeline.workbooks.colours import ABOVE_GROUND, BELOW_GROUND, GREY
from pipeline.workbooks.styles import number_format

Row = dict[Hashable, Any]
Writer = Callable[[ReportBook, Worksheet, int, Row, list[Row], Source | None], None]

FIRST_MONTH = 2
TOTAL = FIRST_MONTH + 12
WIDTHS = (9.0, 36.0, *[8.5] * 12, 11.0)
FIRST_ROW = 4
EDGE = {
    "bottom": 1,
    "left": 1,
    "right": 1,
    "bottom_color": "#FFFFFF",
    "left_color": "#FFFFFF",
    "right_color": "#FFFFFF",
}
LINE = 14.8  # points of a row; some 36 of them fit on a page
ONE_PAGE = 36


def write_by_month(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("by_month", WIDTHS)
    words = book.words
    book.heading(
        sheet, words("report.by_month.title"), words("report.by_month.subtitle", mark=PARTIAL, none=SYMBOLS["none"])
    )
    _write_block(book, sheet, FIRST_ROW, tables, _write_percents)
    top = _figures_top(tables)
    sheet.write_string(top - 2, 0, words("report.by_month.figures"), book.styles("headline"))
    _write_block(book, sheet, top, tables, _write_figures)
    last = top + len(tables.indicators)
    alt = words("report.by_month.picture.alt", month=words.month_year(tables.month))
    book.frames.append(Frame(sheet, last + 2, "fulfilment.png", words("report.by_month.picture"), alt, WIDTHS))
    sheet.set_h_pagebreaks([top - 2, last + 2])
    sheet.freeze_panes(FIRST_ROW, FIRST_MONTH)
    if len(tables.indicators) > ONE_PAGE:
        sheet.repeat_rows(FIRST_ROW - 1)


def figure_rows(tables: ReportTables) -> dict[str, int]:
    """Code of each indicator → the row that holds its monthly figures, for the sparklines of other sheets."""
    return {code: _figures_top(tables) + number for number, code in enumerate(tables.indicators["code"])}


def _figures_top(tables: ReportTables) -> int:
    return FIRST_ROW + len(tables.indicators) + 3


def _write_block(book: ReportBook, sheet: Worksheet, top: int, tables: ReportTables, write: Writer) -> None:
    """A heading in the row above `top`, then a row an indicator, its months written by `write`."""
    styles, words = book.styles, book.words
    headings = [words("report.by_month.code"), words("report.by_month.name")]
    headings += [words.month(month, "short") for month in MONTHS]
    headings.append(words("report.by_month.total"))
    for column, heading in enumerate(headings):
        align = "left" if column < FIRST_MONTH else "center"
        bold_month = column == FIRST_MONTH + tables.month.number - 1
        sheet.write_string(top - 1, column, heading, styles("heading", align=align, underline=1 if bold_month else 0))
    sheet.set_row(top - 1, ROW_HEIGHT + 2)
    months: dict[str, list[Row]] = {}
    for month in tables.months.to_dict("records"):
        months.setdefault(month["code"], []).append(month)
    places = {code: (at, TOTAL) for code, at in figure_rows(tables).items()}
    origins = sources(book, tables, "by_month", places)
    for row, indicator in enumerate(tables.indicators.to_dict("records"), start=top):
        depth = indicator["depth"]
        sheet.set_row(row, height((indicator["name"], WIDTHS[1] - 2 * depth)) - ROW_HEIGHT + LINE)
        write_text(sheet, row, 0, indicator["code"], styles("muted", "small"))
        write_text(sheet, row, 1, indicator["name"], styles(bold=depth == 0, indent=depth * 2, text_wrap=True))
        past = months[indicator["code"]][: tables.month.number]
        for column in range(FIRST_MONTH + len(past), TOTAL):
            sheet.write_blank(row, column, None, styles(bg_color=GREY, **EDGE))
        write(book, sheet, row, indicator, past, origins.get(indicator["code"]))


def _write_percents(
    book: ReportBook, sheet: Worksheet, row: int, indicator: Row, months: list[Row], _: Source | None
) -> None:
    percent = percent_format(book.words)
    for month in months:
        column, partial = FIRST_MONTH + month["month"] - 1, is_partial(month["received"], month["expected"])
        if math.isnan(month["percent"]):
            _write_mark(book, sheet, row, column, month)
        else:
            style = book.styles(
                "centre", num_format=marked(PARTIAL if partial else "", percent), italic=partial, **EDGE
            )
            sheet.write_number(row, column, month["percent"], style)
    partial = is_partial(indicator["to_date_received"], indicator["to_date_expected"])
    total = book.styles("centre", num_format=marked(PARTIAL if partial else "", percent), bold=True, **EDGE)
    write_number(sheet, row, TOTAL, indicator["to_date_percent"], total)
    low, high = (BELOW_GROUND, ABOVE_GROUND) if indicator["direction"] == "more" else (ABOVE_GROUND, BELOW_GROUND)
    sheet.conditional_format(
        row,
        FIRST_MONTH,
        row,
        TOTAL,
        {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": 50,
            "mid_value": 100,
            "max_value": 150,
            "min_color": low,
            "mid_color": "#FFFFFF",
            "max_color": high,
        },
    )


def _write_mark(book: ReportBook, sheet: Worksheet, row: int, column: int, month: Row) -> None:
    """A month without a percent: grey where nothing was to be done, a symbol where a figure
    is missing, the status's where something was done without a plan."""
    style = book.styles("centre", "muted", bg_color=GREY, **EDGE)
    missing = month["expected"] > 0 and month["received"] == 0 and month["planned"] != 0
    unplanned = month["planned"] == 0 and month["actual"] > 0
    if unplanned:
        sheet.write_string(row, column, SYMBOLS[month["status"]], style)
    elif missing:
        sheet.write_string(row, column, SYMBOLS["none"], style)
    else:
        sheet.write_blank(row, column, None, style)


def _write_figures(
    book: ReportBook, sheet: Worksheet, row: int, indicator: Row, months: list[Row], source: Source | None
) -> None:
    plain = number_format(indicator["decimals"])
    for month in months:
        partial = is_partial(month["received"], month["expected"])
        style = book.styles("row", "figure", num_format=marked(PARTIAL if partial else "", plain), italic=partial)
        write_figure(sheet, row, FIRST_MONTH + month["month"] - 1, month["actual"], style, source)
    partial = is_partial(indicator["to_date_received"], indicator["to_date_expected"])
    total = book.styles(
        "row", "figure", num_format=marked(PARTIAL if partial else "", plain), bold=True, italic=partial
    )
    write_figure(sheet, row, TOTAL, indicator["to_date_actual"], total, source)
