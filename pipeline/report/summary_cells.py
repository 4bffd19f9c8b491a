"""Cells of «Сводка» that show cells of «Расчёт», and the colours that follow what they show."""

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.status import SYMBOLS, Status
from pipeline.report.book import ReportBook
from pipeline.workbooks.colours import STATUS_GROUND, STATUS_TEXT

NONE = "—"
Area = tuple[int, int, int, int]
"""First row and column, last row and column."""


def show(sheet: Worksheet, row: int, column: int, reference: str, value: float | str, style: Format) -> None:
    """The cell of «Расчёт», with a dash for a missing number: a plain reference would show it as 0."""
    if isinstance(value, str):
        sheet.write_formula(row, column, f'=IF({reference}="","",{reference})', style, value)
    else:
        stored = NONE if math.isnan(value) else value
        sheet.write_formula(row, column, f'=IF({reference}="","{NONE}",{reference})', style, stored)


def show_across(sheet: Worksheet, area: Area, reference: str, value: float | str, style: Format) -> None:
    """The same over merged cells."""
    sheet.merge_range(*area, "", style)
    show(sheet, area[0], area[1], reference, value, style)


def colour_statuses(book: ReportBook, sheet: Worksheet, filled: Sequence[Area], lettered: Sequence[Area]) -> None:
    """The colours go by what a cell's text begins with, its symbol as a rule, so that they follow a formula's value."""
    begins: list[tuple[str, Status]] = [(symbol, status) for status, symbol in SYMBOLS.items()]
    for text, status in (*begins, (book.words("report.summary.not_in_plan"), "none")):
        look = {"font_color": STATUS_TEXT[status]}
        for areas, colours in ((filled, look | {"bg_color": STATUS_GROUND[status]}), (lettered, look)):
            rule: dict[str, Any] = {"type": "text", "criteria": "begins with", "value": text}
            for area in areas:
                sheet.conditional_format(*area, rule | {"format": book.styles.conditional(**colours)})
