"""The sheet «Отклонения»: what is beyond its tolerance, by whose doing, why, and room for what is to be done."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.rounding import decimals_needed
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, marked, percent_format, to_date, write_number, write_text
from pipeline.report.said import said
from pipeline.words import NO_BREAK, Words
from pipeline.workbooks.colours import ABOVE, BELOW
from pipeline.workbooks.styles import number_format

Row = dict[Hashable, Any]

COLUMNS: dict[str, float] = {
    "code": 9,
    "title": 34,
    "unit": 11,
    "planned": 9,
    "actual": 10,
    "variance": 10,
    "percent": 8,
    "bar": 17,
    "beyond": 11,
    "permitted": 13,
    "units": 32,
    "cause": 38,
    "required": 30,
}
AT = {key: number for number, key in enumerate(COLUMNS)}
LEFT = ("code", "title", "units", "cause", "required")
FIRST_ROW = 4
MOST_UNITS = 3
"""The greatest shares that are named; the rest are added up."""
SMALL = 1.08  # letters of 9 pt are narrower
POINTS = "0"
WIDEST_BAR = 100  # per cent of the plan


def write_deviations(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("deviations", list(COLUMNS.values()))
    words = book.words
    title = words("report.deviations.title", period=to_date(tables.month, words), year=tables.month.plan_year)
    book.heading(sheet, title, words("report.deviations.subtitle", unit=tables.unit_title))
    for key, column in AT.items():
        style = book.styles("heading", "small", align="left" if key in LEFT else "center")
        sheet.write_string(FIRST_ROW - 1, column, words(f"report.deviations.column.{key}"), style)
    sheet.set_row(FIRST_ROW - 1, 32)
    shares = {str(code): rows for code, rows in tables.contributions.groupby("code")}
    row = FIRST_ROW
    for side in ("behind", "ahead"):
        found = tables.deviations[tables.deviations["side"] == side].to_dict("records")
        _write_side(book, sheet, row, words(f"report.deviations.{side}", number=len(found)))
        if not found:
            sheet.write_string(row + 1, 0, words("report.deviations.none"), book.styles("muted"))
        for at, deviation in enumerate(found, start=row + 1):
            _write_deviation(book, sheet, at, deviation, shares.get(deviation["code"]))
        row += 2 + max(1, len(found))
    _add_bars(sheet, row)
    sheet.freeze_panes(FIRST_ROW, AT["unit"])
    sheet.repeat_rows(FIRST_ROW - 1)


def _write_side(book: ReportBook, sheet: Worksheet, row: int, title: str) -> None:
    style = book.styles("section")
    sheet.set_row(row, 22)
    for column in range(len(COLUMNS)):
        sheet.write_blank(row, column, None, style)
    sheet.write_string(row, 0, title, style)


def _write_deviation(book: ReportBook, sheet: Worksheet, row: int, deviation: Row, shares: pd.DataFrame | None) -> None:
    styles, words, decimals = book.styles, book.words, deviation["decimals"]
    title = str(deviation["title"])
    if deviation["direction"] == "less":
        title += f" ({words('report.plan_fact.less_is_better')})"
    units = "" if shares is None else _units_text(shares.to_dict("records"), words)
    cause, permitted = said(deviation, words), permitted_text(deviation, words)
    texts = {"title": title, "units": units, "cause": cause, "permitted": permitted}
    room = {key: COLUMNS[key] * (SMALL if key != "title" else 1) for key in texts}
    sheet.set_row(row, height(*((text, room[key]) for key, text in texts.items())))
    write_text(sheet, row, AT["code"], str(deviation["code"]), styles("row", "muted", "small"))
    write_text(sheet, row, AT["title"], title, styles("row", "bold", text_wrap=True))
    write_text(sheet, row, AT["unit"], str(deviation["unit_of_measure"]), styles("row", "muted", "centre"))
    plain = number_format(decimals)
    partial = is_partial(deviation["to_date_received"], deviation["to_date_expected"])
    formats = {
        "planned": plain,
        "actual": marked(PARTIAL if partial else "", plain),
        "variance": number_format(decimals, sign=True),
        "percent": percent_format(words),
    }
    for key, shown in formats.items():
        style = styles("row", "figure", num_format=shown, italic=partial and key == "actual")
        write_number(sheet, row, AT[key], deviation[f"to_date_{key}"], style)
    bar = styles("row", "figure", num_format=number_format(0, sign=True))
    write_number(sheet, row, AT["bar"], deviation["to_date_percent"] - 100, bar)
    write_number(sheet, row, AT["beyond"], deviation["beyond"], styles("row", "figure", "bold", num_format=POINTS))
    write_text(sheet, row, AT["permitted"], permitted, styles("row", "small", "centre", text_wrap=True))
    for key in ("units", "cause"):
        write_text(sheet, row, AT[key], texts[key], styles("row", "small", text_wrap=True, indent=int(key == "units")))
    sheet.write_blank(row, AT["required"], None, styles("input", text_wrap=True))


def _add_bars(sheet: Worksheet, last: int) -> None:
    """Bars from the middle, one scale for both sides."""
    bars = {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_solid": True,
        "bar_color": ABOVE,
        "bar_negative_color": BELOW,
        "bar_axis_position": "middle",
        "min_type": "num",
        "max_type": "num",
        "min_value": -WIDEST_BAR,
        "max_value": WIDEST_BAR,
    }
    sheet.conditional_format(FIRST_ROW, AT["bar"], last, AT["bar"], bars)


def permitted_text(deviation: Row, words: Words) -> str:
    """«5 % или 1 ед.»"""
    tolerance = float(deviation["tolerance_percent"])
    percent = words.number(tolerance, decimals_needed(tolerance))
    percent += f"{NO_BREAK}%" if words.language == "ru" else "%"
    if not deviation["tolerance_absolute"]:
        return percent
    return words(
        "report.deviations.permitted",
        percent=percent,
        absolute=float(deviation["tolerance_absolute"]),
        unit=deviation["unit_of_measure"],
    )


def _units_text(shares: list[Row], words: Words) -> str:
    """«Методист 2: −120; Методист 4: −80; ещё 3 исполнителя: −20»."""
    parts = [
        (f"{PARTIAL}{NO_BREAK}" if is_partial(each["received"], each["expected"]) or not each["received"] else "")
        + f"{each['unit_title']}: {words.number(each['variance'], each['decimals'], sign=True)}"
        for each in shares[:MOST_UNITS]
    ]
    rest = shares[MOST_UNITS:]
    if rest:
        total = sum(each["variance"] for each in rest)
        variance = words.number(total, rest[0]["decimals"], sign=True)
        parts.append(words.count("report.deviations.others", len(rest), variance=variance))
    return "; ".join(parts)
