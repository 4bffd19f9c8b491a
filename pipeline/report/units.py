"""The sheet «Исполнители»: whose forms are in, month by month, where each of them stands with the plan, and ready
reminders to those who are late."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.main_indicators import main_figures
from pipeline.analysis.tables import ReportTables, records
from pipeline.domain.periods import MONTHS
from pipeline.domain.status import PARTIAL, SYMBOLS, Status
from pipeline.report.book import ReportBook
from pipeline.report.cells import (
    LEGEND_GAP,
    ROW_HEIGHT,
    counts_text,
    height,
    period_text,
    status_text,
    to_date,
    write_fulfilment,
    write_text,
)
from pipeline.report.links import write_link
from pipeline.report.reminders import reminders
from pipeline.words import NO_BREAK, Words

Row = dict[Hashable, Any]

STATES: dict[str, tuple[str, Status]] = {
    "complete": ("●", "norm"),
    "late": ("◔", "risk"),
    "partial": (PARTIAL, "risk"),
    "missing": ("◆", "behind"),
    "ahead": ("·", "none"),
    "absent": ("–", "none"),
}
"""State of a unit's form in a month → its symbol and whose colours it has. Late are those handed in after the due
day, which only a record of the days of handing in can tell."""
FIRST_MONTH = 1
STATE, RECEIVED, FILE = 13, 14, 15
MONTH_WIDTH = 10.5
WIDTHS = (30.0, *[MONTH_WIDTH] * 12, 21.0, 12.0, 34.0)
FIRST_ROW = 5
TALLEST = 409  # points; Excel's
OWES_NOTHING = ("complete", "ahead", "absent")
ALL_IN_SIGHT = 60
"""Where there are more units, the rows of those that owe nothing are folded."""


def write_units(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    main = tables.indicators[tables.indicators["main"]]
    more = max(0, 1 + len(main) - len(WIDTHS))
    sheet = book.add_sheet("units", (*WIDTHS, *[MONTH_WIDTH] * more))
    words = book.words
    shown = set(tables.units[["state", *(f"m{month}" for month in MONTHS)]].to_numpy().ravel())
    legend = LEGEND_GAP.join(state_text(state, words) for state in STATES if state in shown) + "."
    book.heading(sheet, words("report.units.title", period=period_text(tables.period, words)), legend)
    _write_forms(book, sheet, tables)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_columns(0)
    if len(tables.units) > ALL_IN_SIGHT:
        sheet.repeat_rows(FIRST_ROW - 1)
    top = FIRST_ROW + len(tables.units) + 2
    if len(tables.standings):
        sheet.write_string(top, 0, words("report.units.levels"), book.styles("headline"))
    else:
        months = to_date(tables.month, words)
        sheet.write_string(top, 0, words("report.units.indicators", months=months), book.styles("headline"))
        _write_indicators(book, sheet, top + 1, tables, main.to_dict("records"))
        top += len(tables.units) + 3
    _write_reminders(book, sheet, top + 2, tables)


def state_text(state: str, words: Words) -> str:
    """«◐ сдана не полностью»."""
    return f"{STATES[state][0]}{NO_BREAK}{words(f'report.units.state.{state}')}"


def _write_forms(book: ReportBook, sheet: Worksheet, tables: ReportTables) -> None:
    styles, words = book.styles, book.words
    summary = _summary(tables, words)
    sheet.write_string(2, 0, summary, styles("headline"))
    headings = [words("report.units.column.unit"), *(words.month(month, "short") for month in MONTHS)]
    headings += [words(f"report.units.column.{key}") for key in ("state", "received", "file")]
    for column, heading in enumerate(headings):
        align = "left" if column in (0, STATE, FILE) else "center"
        sheet.write_string(
            FIRST_ROW - 1, column, heading, styles("heading", align=align, indent=int(column in (STATE, FILE)))
        )
    sheet.set_row(FIRST_ROW - 1, 32)
    sheet.outline_settings(symbols_below=False)
    outline = _outline(tables.units)
    folded = sum(how.get("hidden", False) for how in outline)
    if folded:
        sheet.write_string(3, 0, words("report.units.folded", number=words.number(folded)), styles("subtitle"))
    for row, (unit, how) in enumerate(zip(records(tables.units), outline, strict=True), start=FIRST_ROW):
        _write_name(book, sheet, row, unit["title"], unit["depth"] - 1, how)
        if unit["reports"]:
            state = unit["state"]
            colour = styles("row", f"status_{STATES[state][1]}", bold=state == "missing", indent=1)
            sheet.write_string(row, STATE, state_text(state, words), colour)
            for month in MONTHS:
                symbol, status = STATES[unit[f"m{month}"]]
                sheet.write_string(row, FIRST_MONTH + month - 1, symbol, styles("row", "centre", f"status_{status}"))
        else:
            state = words("report.units.state.node", counts=counts_text(unit["handed"], unit["due"], words))
            sheet.write_string(row, STATE, state if unit["due"] else "", _forms_style(book, unit, "state", indent=1))
            for month in MONTHS:
                text, look = _forms_of(unit, month, words), _forms_style(book, unit, f"m{month}", "centre")
                sheet.write_string(row, FIRST_MONTH + month - 1, text, look)
        counts = counts_text(unit["received"], unit["expected"], words)
        write_text(sheet, row, RECEIVED, counts, styles("row", "centre", shrink=True))
        write_link(book, sheet, row, FILE, tables, unit["file"], style=styles("row", "link", "small", indent=1))


def _summary(tables: ReportTables, words: Words) -> str:
    """«Формы за сентябрь 2013 сдали 4 из 5, не полностью — 1.»"""
    states = tables.units.loc[tables.units["reports"], "state"]
    due = states[states.isin(["complete", "late", "partial", "missing"])]
    text = words(
        "report.units.handed_in",
        period=period_text(tables.period, words),
        part=words.number(int((due != "missing").sum())),
        whole=words.number(len(due)),
    )
    partial = int((due == "partial").sum())
    return text + (words("report.units.of_them_partial", number=words.number(partial)) if partial else "") + "."


def _outline(units: pd.DataFrame) -> list[dict[str, Any]]:
    """How each row stands in the outline: folded where many units leave it to those that owe something to be seen."""
    deep = [min(depth - 1, 6) for depth in units["depth"].tolist()]
    if len(units) <= ALL_IN_SIGHT:
        return [{"level": level} for level in deep]
    reporting = units["reports"].tolist()
    folds = [reports and state in OWES_NOTHING for reports, state in zip(reporting, units["state"], strict=True)]
    found: list[dict[str, Any]] = []
    for reports, level, fold in zip(reporting, deep, folds, strict=True):
        if fold:
            if found and "hidden" not in found[-1]:
                found[-1]["collapsed"] = True
            found.append({"level": max(1, level), "hidden": True})
        else:
            # what stays in sight is in no group with what is folded: LibreOffice would hide it too
            found.append({"level": max(0, level - 1) if reports else level})
    return found


def _forms_of(unit: Row, month: int, words: Words) -> str:
    """«18 из 20», the forms of all below; marked where figures are missing; the month's symbol where none are due."""
    symbol = STATES[unit[f"m{month}"]][0]
    counts = counts_text(unit[f"h{month}"], unit[f"d{month}"], words)
    return f"{symbol}{NO_BREAK}{counts}" if counts and symbol == PARTIAL else counts or symbol


def _forms_style(book: ReportBook, unit: Row, state: str, *names: str, **look: Any) -> Format:
    """The colours of how many forms of those below are in."""
    return book.styles("row", "small", f"status_{STATES[unit[state]][1]}", *names, shrink=True, **look)


def _write_name(
    book: ReportBook, sheet: Worksheet, row: int, title: str, depth: int, outline: dict[str, Any] | None = None
) -> None:
    sheet.set_row(row, height((title, WIDTHS[0] - 2 * depth)), None, outline or {})
    write_text(sheet, row, 0, title, book.styles("row", indent=depth * 2, text_wrap=True))


def _write_indicators(book: ReportBook, sheet: Worksheet, top: int, tables: ReportTables, main: list[Row]) -> None:
    """Units by main indicators: the per cent of the plan to date with the status's symbol and colour."""
    styles, words = book.styles, book.words
    legend = LEGEND_GAP.join(status_text(status, words) for status in SYMBOLS) + "."
    sheet.write_string(top, 0, legend, styles("subtitle"))
    top += 1
    sheet.write_string(top, 0, words("report.units.column.unit"), styles("heading", align="left"))
    columns = _columns(main)
    for code, column in columns.items():
        name = next(indicator["name"] for indicator in main if indicator["code"] == code)
        sheet.write_string(top, column, name, styles("heading", "small"))
    sheet.set_row(
        top, max(height((indicator["name"], MONTH_WIDTH * 0.85)) for indicator in main) if main else ROW_HEIGHT
    )
    own = main_figures(tables.unit_indicators, tables.units["code"])
    for row, unit in enumerate(records(tables.units), start=top + 1):
        _write_name(book, sheet, row, unit["title"], unit["depth"] - 1)
        for code, column in columns.items():
            write_fulfilment(book, sheet, row, column, own.get((unit["code"], code)), coloured=True)


def _write_reminders(book: ReportBook, sheet: Worksheet, top: int, tables: ReportTables) -> None:
    """A row a late unit, its reminder in one wide cell ready to be copied."""
    texts = list(reminders(tables, book.words))
    if not texts:
        return
    styles, words = book.styles, book.words
    sheet.write_string(top, 0, words("report.units.reminders"), styles("headline"))
    sheet.write_string(top + 1, 0, words("report.units.reminders.how"), styles("subtitle"))
    style = styles("row", text_wrap=True, valign="top")
    room = sum(WIDTHS[1:FILE])
    for row, (title, text) in enumerate(texts, start=top + 2):
        write_text(sheet, row, 0, title, styles("row", "bold", text_wrap=True, valign="top"))
        sheet.merge_range(row, 1, row, FILE - 1, "", style)
        write_text(sheet, row, 1, text, style)
        sheet.set_row(row, min(TALLEST, height((title, WIDTHS[0]), (text, room))))


def _columns(main: list[Row]) -> dict[str, int]:
    """Code of each main indicator → its column, from the second on."""
    return {indicator["code"]: number for number, indicator in enumerate(main, start=1)}
