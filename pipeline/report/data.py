"""The sheet «Данные»: every figure that was read, planned and actual side by side, with the cells they came from."""

from pipeline.analysis.tables import ReportTables
from pipeline.report.book import ReportBook
from pipeline.report.cells import write_number, write_text
from pipeline.report.links import place, write_link
from pipeline.words import Words

COLUMNS: dict[str, float] = {
    "unit": 13,
    "unit_title": 24,
    "section": 8,
    "indicator": 11,
    "indicator_title": 36,
    "unit_of_measure": 9,
    "month": 9,
    "planned": 11,
    "actual": 11,
    "file": 32,
    "sheet": 13,
    "cells": 10,
}
AT = {key: number for number, key in enumerate(COLUMNS)}
FIRST_ROW = 4


def _cut(tables: ReportTables, words: Words) -> str:
    """What of the figures the sheet has, where it has not all."""
    if len(tables.data) == sum(tables.figures.values()):
        return ""
    months = sorted(tables.data["month"].unique().tolist())
    names = [words.month(month) for month in months]
    said = words("report.data.months", months=names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}")
    whole = len(tables.data) == sum(tables.figures[month] for month in months)
    return said if whole else f"{said} {words('report.data.cut', most=words.number(len(tables.side_by_side)))}"


def write_data(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("data", list(COLUMNS.values()))
    words, styles = book.words, book.styles
    data = tables.side_by_side
    subtitle = words.count("report.data.subtitle", sum(tables.figures.values()))
    book.heading(sheet, words("report.data.title"), " ".join(filter(None, (subtitle, _cut(tables, words)))))
    for column, key in enumerate(COLUMNS):
        align = {"month": "center", "planned": "right", "actual": "right"}.get(key, "left")
        sheet.write_string(
            FIRST_ROW - 1,
            column,
            words(f"report.data.column.{key}"),
            styles("heading", align=align, indent=int(key == "file")),
        )
    sheet.set_row(FIRST_ROW - 1, 32)
    text, figure, month = styles("text"), styles("figure", num_format="#,##0.##########"), styles("centre")
    whole, file, link = styles("figure", num_format="#,##0"), styles("text", indent=1), styles("text", "link")
    names = (*list(COLUMNS)[:-1], "planned_cell", "actual_cell")
    shown = zip(*(data[name].tolist() for name in names), strict=True)
    for row, (*texts, number, planned, actual, path, tab, first, second) in enumerate(shown, start=FIRST_ROW):
        for column, said in enumerate(texts):
            write_text(sheet, row, column, said, text)
        sheet.write_number(row, AT["month"], words.month_number(number), month)
        write_number(sheet, row, AT["planned"], planned, whole if planned.is_integer() else figure)
        write_number(sheet, row, AT["actual"], actual, whole if actual.is_integer() else figure)
        write_text(sheet, row, AT["file"], path, file)
        write_text(sheet, row, AT["sheet"], tab, text)
        if first or second:
            cells = ", ".join(filter(None, (first, second)))
            write_link(book, sheet, row, AT["cells"], tables, path, place(tab, second or first), cells, link)
    if len(data):
        sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW - 1 + len(data), len(COLUMNS) - 1)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
