"""Cells that all sheets write alike: texts that stay texts, blanks for NaN, statuses by symbol and word."""

import math
import textwrap
from typing import Any

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.periods import Month, Period
from pipeline.domain.status import PARTIAL, SYMBOLS, Status, is_partial
from pipeline.report.book import ReportBook
from pipeline.words import NO_BREAK, Words

LINE_HEIGHT = 13.5  # points of a line of 10 pt text
LETTERS_A_DIGIT = 1.15
ROW_HEIGHT = 17.0  # a row of one line
ROMAN = ("I", "II", "III", "IV")
LEGEND_GAP = NO_BREAK * 3  # between the signs of a legend: any mark of punctuation may be one of them
CELL_LIMIT = 32_767  # characters; Excel's


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """The text as it is, whatever it begins with; what exceeds Excel's limit is cut."""
    if text:
        sheet.write_string(row, column, text[:CELL_LIMIT], style)
    else:
        sheet.write_blank(row, column, None, style)


def write_number(sheet: Worksheet, row: int, column: int, value: float, style: Format) -> None:
    """The number, or an empty cell where there is none."""
    if math.isnan(value):
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, value, style)


def write_day(sheet: Worksheet, row: int, column: int, day: pd.Timestamp, style: Format) -> None:
    """The day as a date of Excel's, or an empty cell for NaT."""
    if pd.isna(day):
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_datetime(row, column, day.to_pydatetime(), style)


def status_text(status: Status, words: Words) -> str:
    """«● норма»."""
    return f"{SYMBOLS[status]}{NO_BREAK}{words(f'report.status.{status}')}"


def write_status(book: ReportBook, sheet: Worksheet, row: int, column: int, status: Status) -> None:
    """The status by symbol, word and colour."""
    style = book.styles("row", f"status_{status}", bold=status == "behind", indent=1)
    sheet.write_string(row, column, status_text(status, book.words), style)


def write_fulfilment(
    book: ReportBook,
    sheet: Worksheet,
    row: int,
    column: int,
    figure: Any,
    coloured: bool = False,
) -> None:
    """The per cent of the plan to date with its status's symbol, in its colour too where it stands among others; only
    the symbol where there is no per cent, nothing where the unit has no such indicator. `figure`: a row of
    main_figures, or None."""
    if figure is None:
        sheet.write_blank(row, column, None, book.styles("row"))
        return
    status: Status = figure.to_date_status
    partial = is_partial(figure.to_date_received, figure.to_date_expected)
    mark = SYMBOLS[status] + (NO_BREAK + PARTIAL if partial else "")
    look = ("row", "centre", f"status_{status}") if coloured else ("row", "figure")
    style = book.styles(*look, italic=partial, num_format=marked(mark, percent_format(book.words)))
    if math.isnan(figure.to_date_percent):
        sheet.write_string(row, column, mark, style)
    else:
        sheet.write_number(row, column, figure.to_date_percent, style)


def percent_format(words: Words) -> str:
    """Number format of whole percents, which the tables hold as 81 for 81 %."""
    return f'0"{NO_BREAK}%"' if words.language == "ru" else '0"%"'


def marked(mark: str, number_format: str) -> str:
    """The number format with a mark before the number, which stays a number: «◐ 1 298»."""
    return f'"{mark}{NO_BREAK}"{number_format}' if mark else number_format


def to_date(month: Month, words: Words) -> str:
    """«январь–сентябрь», for January «январь»."""
    last = words.month(month.number)
    return last if month.number == 1 else f"{words.month(1)}–{last}"


def period_text(period: Period, words: Words) -> str:
    """«сентябрь 2013», «III квартал 2013 года», «январь–сентябрь 2013 года», «2013 год»."""
    if period.kind == "month":
        return words.month_year(period.last)
    values = {"year": period.last.plan_year, "months": to_date(period.last, words)}
    part = {"quarter": 3, "half_year": 6}.get(period.kind, 12)
    return words(f"report.period.{period.kind}", number=ROMAN[period.last.number // part - 1], **values)


def counts_text(received: int, expected: int, words: Words) -> str:
    """«40 из 45»; nothing where nothing is expected."""
    return words("report.of", part=words.number(received), whole=words.number(expected)) if expected else ""


def height(*cells: tuple[str, float]) -> float:
    """Height in points of a row whose cells hold these (text, width in characters), wrapped. A column's width counts
    digits of 11 pt, of which our 10 pt letters are somewhat narrower."""
    lines = (
        sum(len(textwrap.wrap(part, max(4, int(width * LETTERS_A_DIGIT)))) or 1 for part in text.splitlines() or [""])
        for text, width in cells
    )
    return ROW_HEIGHT + LINE_HEIGHT * (max(lines, default=1) - 1)
