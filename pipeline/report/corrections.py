"""The sheet «Исправления»: figures of closed months that forms now state otherwise, waiting and accepted."""

import math
from collections.abc import Hashable
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, write_day, write_number, write_text
from pipeline.report.links import place, write_link
from pipeline.words import Words
from pipeline.workbooks.styles import day_format, number_format

Row = dict[Hashable, Any]

COLUMNS: dict[str, float] = {
    "unit": 24,
    "indicator": 34,
    "month": 11,
    "measure": 8,
    "old": 12,
    "new": 12,
    "difference": 11,
    "effect": 12,
    "place": 10,
    "accepted": 13,
    "reason": 44,
}
AT = {key: number for number, key in enumerate(COLUMNS)}
CENTRED = ("place", "accepted")
TEXTS = ("unit", "indicator", "month", "measure", "reason")
NONE = "—"
"""Stands for a figure that is not there: nothing was reported, or the cell is blank now."""
FIRST_ROW = 3


def write_corrections(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet; without corrections there is none."""
    found = tables.corrections
    if found.empty:
        return
    sheet = book.add_sheet("corrections", list(COLUMNS.values()))
    words = book.words
    title = words("history.sheet.title", month=words.month_year(tables.month))
    book.heading(sheet, title, words("history.sheet.subtitle"))
    row = FIRST_ROW
    for kind, rows in (("pending", found[found["accepted"].isna()]), ("accepted", found[found["accepted"].notna()])):
        if len(rows):
            row = _write_table(book, sheet, row, tables, kind, rows)
    sheet.freeze_panes(FIRST_ROW, 0)


def carried(tables: ReportTables, words: Words) -> str:
    """«С начала года — с учётом 3 принятых исправлений закрытых месяцев.», empty where none were accepted."""
    count = int(tables.corrections["accepted"].notna().sum())
    return words.count("history.sheet.carried", count) if count else ""


def _write_table(
    book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables, kind: str, rows: pd.DataFrame
) -> int:
    """One table with its headings; the row after it and a blank one."""
    styles, words = book.styles, book.words
    sheet.write_string(row, 0, words(f"history.sheet.{kind}"), styles("headline"))
    sheet.set_row(row, 24)
    headings = {key: words(f"history.sheet.column.{key}") for key in COLUMNS}
    for key, heading in headings.items():
        align = "left" if key in TEXTS else "center" if key in CENTRED else "right"
        sheet.write_string(row + 1, AT[key], heading, styles("heading", align=align, indent=int(key == "reason")))
    sheet.set_row(row + 1, 32)
    for at, record in enumerate(rows.to_dict("records"), start=row + 2):
        _write_row(book, sheet, at, tables, record)
    return row + 3 + len(rows)


def _write_row(book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables, one: Row) -> None:
    styles, words = book.styles, book.words
    texts = {
        "unit": one["unit_title"],
        "indicator": one["indicator_title"],
        "month": words.month(one["month"]),
        "measure": words(f"history.measure.{one['measure']}"),
        "reason": one["reason"],
    }
    for key, text in texts.items():
        write_text(sheet, row, AT[key], text, styles("row", text_wrap=True, indent=int(key == "reason")))
    decimals = one["decimals"]
    for key in ("old", "new"):
        if math.isnan(one[key]):
            sheet.write_string(row, AT[key], NONE, styles("row", align="right"))
        else:
            sheet.write_number(row, AT[key], one[key], styles("row", num_format=number_format(decimals)))
    signed = styles("row", num_format=number_format(decimals, sign=True))
    for key in ("difference", "effect"):
        write_number(sheet, row, AT[key], one[key], signed)
    where = place(one["sheet"], one["cell"])
    shown = one["cell"] or one["sheet"]
    write_link(book, sheet, row, AT["place"], tables, one["file"], where, shown, styles("row", "link", "centre"))
    write_day(sheet, row, AT["accepted"], one["accepted"], styles("row", "centre", num_format=day_format(words)))
    sheet.set_row(row, height(*((text, COLUMNS[key]) for key, text in texts.items())))
