"""A workbook read by two readers that share nothing: where they differ, one of them is not to be trusted."""

import warnings
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import load_workbook

from pipeline.domain.addresses import cell_name
from tests.forms import read_bytes


def differences(content: bytes) -> list[str]:
    """Cells of an .xlsx that calamine (ours) and openpyxl read differently: «Март!G9: 53.0, None». Formulas are
    compared by their stored values; a whole number is equal to the same with decimals, a day to its midnight."""
    ours = {sheet.name: sheet.rows for sheet in read_bytes(content, "").sheets}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it would not keep on saving
        book = load_workbook(BytesIO(content), data_only=True)
    theirs = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    if list(ours) != list(theirs):
        return [f"{list(ours)}, {list(theirs)}"]
    return [
        f"{name}!{cell_name(row, column)}: {one!r}, {other!r}"
        for name in ours
        for row in range(max(len(ours[name]), len(theirs[name])))
        for column in range(max(_width(ours[name], row), _width(theirs[name], row)))
        if _plain(one := _at(ours[name], row, column)) != _plain(other := _at(theirs[name], row, column))
    ]


def _width(rows: list[list[object]], row: int) -> int:
    return len(rows[row]) if row < len(rows) else 0


def _at(rows: list[list[object]], row: int, column: int) -> object:
    return rows[row][column] if column < _width(rows, row) else ""


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value
