"""The sheet «План-факт»: every indicator for the period, its quarter, the year to date and the year, as a tree."""

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import Period
from pipeline.domain.status import PARTIAL, SYMBOLS, Status, is_partial
from pipeline.report.book import ReportBook
from pipeline.report.by_month import FIRST_MONTH, figure_rows
from pipeline.report.cells import (
    ROMAN,
    counts_text,
    height,
    marked,
    percent_format,
    period_text,
    to_date,
    write_number,
    write_status,
    write_text,
)
from pipeline.report.corrections import carried
from pipeline.report.provenance import Source, sources, write_figure
from pipeline.report.said import said
from pipeline.report.summary_texts import forecast_range
from pipeline.words import NO_BREAK, Words
from pipeline.workbooks.colours import ABOVE, BELOW, CHART, RULE
from pipeline.workbooks.styles import number_format

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
    Column("period_planned", 7.5, "period"),
    Column("period_actual", 9, "period"),
    Column("period_variance", 8.5, "period"),
    Column("period_percent", 8, "period"),
    Column("quarter_planned", 7.5, "quarter"),
    Column("quarter_actual", 9, "quarter"),
    Column("quarter_percent", 7, "quarter"),
    Column("to_date_planned", 8, "to_date"),
    Column("to_date_actual", 10, "to_date"),
    Column("to_date_variance", 8.5, "to_date"),
    Column("to_date_percent", 7, "to_date"),
    Column("status", 13, "to_date"),
    Column("completeness", 10.5, "to_date"),
    Column("last_year", 8.5, "to_date"),
    Column("forecast", 8, "year"),
    Column("forecast_range", 13.5, "year"),
    Column("forecast_percent", 8, "year"),
    Column("pace", 8, "year"),
    Column("sparkline", 10),
    Column("cause", 38),
)
FIRST_ROW = 5
SMALL = 1.08  # letters of 9 pt are narrower
TIGHTER = 1.5  # points that a row is lower than on other sheets: a plan like that of 2013 stays on one page
BESIDE_RULE = "_0"  # room of a digit after the number, before the rule of the next group
PERIODS = ("period", "quarter", "to_date")


@dataclass(frozen=True)
class Grid:
    """The columns that the report's period needs: the quarter's beside a month's; the period's own only where it is
    not the year to date."""

    columns: tuple[Column, ...]

    @cached_property
    def at(self) -> dict[str, int]:
        """Column → its number."""
        return {column.key: number for number, column in enumerate(self.columns)}

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.group for column in self.columns if column.group))

    def width(self, key: str) -> float:
        return self.columns[self.at[key]].width

    def edge(self, key: str) -> dict[str, Any]:
        """A thin rule on the left of each group's first column."""
        number = self.at[key]
        begins = number > 0 and self.columns[number].group != self.columns[number - 1].group
        return {"left": 1, "left_color": RULE} if begins else {}


def grid_of(period: Period) -> Grid:
    left_out = set() if period.kind == "month" else {"quarter"}
    if period.kind != "month" and period.first.number == 1:
        left_out.add("period")
    return Grid(tuple(column for column in COLUMNS if column.group not in left_out))


def write_plan_fact(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    grid = grid_of(tables.period)
    sheet = book.add_sheet("plan_fact", [column.width for column in grid.columns])
    words = book.words
    book.heading(
        sheet,
        words("report.plan_fact.title", period=period_text(tables.period, words)),
        " ".join(
            filter(
                None,
                (
                    words("report.plan_fact.subtitle", unit=tables.unit_title, mark=PARTIAL, data=book.name("data")),
                    carried(tables, words),
                ),
            )
        ),
    )
    _write_headings(book, sheet, grid, tables)
    rows, last = _rows(tables)
    origins = sources(book, tables, "plan_fact", {code: (row, grid.at["to_date_actual"]) for code, row in rows.items()})
    for title, section in tables.indicators.groupby("section_title", sort=False):
        _write_section(book, sheet, grid, rows[section["code"].iloc[0]] - 1, str(title))
        for indicator in section.to_dict("records"):
            code = indicator["code"]
            _write_indicator(book, sheet, grid, rows[code], indicator, tables, origins.get(code))
    _add_sparklines(book, sheet, grid, rows, tables)
    sheet.outline_settings(symbols_below=False)
    sheet.freeze_panes(FIRST_ROW, grid.at["unit"])
    sheet.repeat_rows(FIRST_ROW - 2, FIRST_ROW - 1)
    sheet.print_area(0, 0, last, len(grid.columns) - 1)


def _rows(tables: ReportTables) -> tuple[dict[str, int], int]:
    """Code of each indicator → its row, each section below a row for its title; and the last row."""
    found: dict[str, int] = {}
    row = FIRST_ROW
    for _, section in tables.indicators.groupby("section_title", sort=False):
        found |= {code: at for at, code in enumerate(section["code"], start=row + 1)}
        row += 1 + len(section)
    return found, row - 1


def _write_headings(book: ReportBook, sheet: Worksheet, grid: Grid, tables: ReportTables) -> None:
    words = book.words
    groups = {
        "period": _period_heading(tables.period, words),
        "quarter": words("report.plan_fact.group.quarter", number=ROMAN[(tables.month.number - 1) // 3]),
        "to_date": words("report.plan_fact.group.to_date", months=to_date(tables.month, words)),
        "year": words("report.plan_fact.group.year"),
    }
    top = FIRST_ROW - 2
    for group in grid.groups:
        inside = [number for number, column in enumerate(grid.columns) if column.group == group]
        style = book.styles("heading", bottom=0, **grid.edge(grid.columns[inside[0]].key))
        sheet.merge_range(top, inside[0], top, inside[-1], groups[group], style)
    for number, column in enumerate(grid.columns):
        edge = grid.edge(column.key)
        if not column.group:
            sheet.write_blank(top, number, None, book.styles("heading", bottom=0, **edge))
        align = "left" if column.key in ("code", "title", "cause") else "center"
        heading = words(f"report.plan_fact.column.{column.key}")
        sheet.write_string(top + 1, number, heading, book.styles("heading", "small", align=align, **edge))
    sheet.set_row(top, 18)
    sheet.set_row(top + 1, 32)


def _period_heading(period: Period, words: Words) -> str:
    """«Сентябрь», «III квартал 2013 года»."""
    if period.kind == "month":
        return words.month(period.last.number).capitalize()
    return period_text(period, words)


def _write_section(book: ReportBook, sheet: Worksheet, grid: Grid, row: int, title: str) -> None:
    style = book.styles("section")
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, title, style)
    for column in range(1, len(grid.columns)):
        sheet.write_blank(row, column, None, style)


def _write_indicator(
    book: ReportBook,
    sheet: Worksheet,
    grid: Grid,
    row: int,
    indicator: Row,
    tables: ReportTables,
    source: Source | None,
) -> None:
    styles, words, at = book.styles, book.words, grid.at
    depth, decimals = indicator["depth"], indicator["decimals"]
    bold = depth == 0
    note = remarks(indicator, tables, words)
    title = str(indicator["title"])
    if indicator["direction"] == "less":
        title += f" ({words('report.plan_fact.less_is_better')})"
    tall = height((title, grid.width("title") - 3 * depth), (note, grid.width("cause") * SMALL))
    sheet.set_row(row, tall - TIGHTER, None, {"level": min(depth + 1, 7)})

    write_text(sheet, row, at["code"], str(indicator["code"]), styles("row", "muted", "small"))
    write_text(sheet, row, at["title"], title, styles("row", bold=bold, indent=depth * 2, text_wrap=True))
    write_text(sheet, row, at["unit"], str(indicator["unit_of_measure"]), styles("row", "muted", "centre"))
    periods = [period for period in PERIODS if period in grid.groups]
    plain, signed, percent = number_format(decimals), number_format(decimals, sign=True), percent_format(words)
    for key in ("target", *(f"{period}_planned" for period in periods), "last_year", "forecast", "pace"):
        room = BESIDE_RULE if key in ("target", "last_year", "pace") else ""
        number = styles("row", "figure", num_format=plain + room, **grid.edge(key))
        write_number(sheet, row, at[key], indicator[key], number)
    for period in periods:
        partial = is_partial(indicator[f"{period}_received"], indicator[f"{period}_expected"])
        shown = marked(PARTIAL if partial else "", plain)
        actual = styles("row", "figure", num_format=shown, italic=partial, bold=bold)
        write_figure(sheet, row, at[f"{period}_actual"], indicator[f"{period}_actual"], actual, source)
        if f"{period}_variance" in at:
            variance = styles("row", "figure", num_format=signed)
            write_number(sheet, row, at[f"{period}_variance"], indicator[f"{period}_variance"], variance)
    for key in ("quarter_percent", "to_date_percent", "forecast_percent"):
        if key in at:
            room = BESIDE_RULE if key == "quarter_percent" else ""
            write_number(sheet, row, at[key], indicator[key], styles("row", "figure", num_format=percent + room))
    if "period" in grid.groups:
        _write_period_percent(book, sheet, row, at["period_percent"], indicator)
    ends = forecast_range(indicator, words)
    told = words("report.plan_fact.range", **ends) if ends else ""
    write_text(sheet, row, at["forecast_range"], told, styles("row", "small", "muted", align="right", shrink=True))
    write_status(book, sheet, row, at["status"], indicator["to_date_status"])
    _write_completeness(book, sheet, row, at["completeness"], indicator)
    write_text(sheet, row, at["cause"], note, styles("row", "small", text_wrap=True, indent=1))


def _write_period_percent(book: ReportBook, sheet: Worksheet, row: int, column: int, indicator: Row) -> None:
    """The period's status is a symbol before its percent; the words stand in the column of the year to date."""
    status: Status = indicator["period_status"]
    mark = SYMBOLS[status]
    style = book.styles("row", f"status_{status}", "figure", num_format=marked(mark, percent_format(book.words)))
    if math.isnan(indicator["period_percent"]):
        sheet.write_string(row, column, mark, style)
    else:
        sheet.write_number(row, column, indicator["period_percent"], style)


def _write_completeness(book: ReportBook, sheet: Worksheet, row: int, column: int, indicator: Row) -> None:
    received, expected = indicator["to_date_received"], indicator["to_date_expected"]
    counts = counts_text(received, expected, book.words)
    if is_partial(received, expected):
        style = book.styles("row", "centre", "status_risk", italic=True, shrink=True)
        write_text(sheet, row, column, f"{PARTIAL}{NO_BREAK}{counts}", style)
    else:
        write_text(sheet, row, column, counts, book.styles("row", "centre", "muted", shrink=True))


def _add_sparklines(
    book: ReportBook, sheet: Worksheet, grid: Grid, rows: Mapping[str, int], tables: ReportTables
) -> None:
    """Columns of the months' actual figures, which stand on «По месяцам»; the last one in the colour of its side. Those
    that look alike are added at once: xlsxwriter makes all its styles of sparklines anew at each call."""
    column, months, sources = grid.at["sparkline"], tables.month.number, figure_rows(tables)
    blank, tab = book.styles("row", **grid.edge("sparkline")), book.name("by_month")
    alike: dict[tuple[bool, str], list[tuple[str, str]]] = defaultdict(list)
    figures = zip(*(tables.indicators[name] for name in ("code", "period_actual", "period_status")), strict=True)
    for code, actual, status in figures:
        sheet.write_blank(rows[code], column, None, blank)
        cells = xl_range_abs(sources[code], FIRST_MONTH, sources[code], FIRST_MONTH + months - 1)
        last = not math.isnan(actual)  # else the month before would be coloured
        side = last, BELOW if status in ("behind", "risk") else ABOVE
        alike[side].append((xl_rowcol_to_cell(rows[code], column), f"'{tab}'!{cells}"))
    for (last, colour), places in alike.items():
        locations, ranges = (list(each) for each in zip(*places, strict=True))
        look = {"type": "column", "min": 0, "series_color": CHART, "last_point": last, "last_color": colour}
        sheet.add_sparkline(FIRST_ROW, column, {"location": locations, "range": ranges, **look})


def remarks(indicator: Row, tables: ReportTables, words: Words) -> str:
    """Cause, explanation and who says so; what else must be known to read the figures."""
    parts = [said(indicator, words)]
    target, original = indicator["target"], indicator["original_target"]
    if not math.isnan(original) and target != original:
        parts.append(words("report.plan_fact.revised", original=original))
    if indicator["relation"] == "ratio" and tables.month.number < 12:
        parts.append(words("report.plan_fact.ratio"))
    return " ".join(filter(None, parts))
