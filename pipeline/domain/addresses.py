"""Where a value was found: file, sheet and cell, kept from reading to the report's hyperlink."""

from functools import cache
from typing import NamedTuple


class Address(NamedTuple):
    """A place in a workbook; parts that don't apply are empty.

    `file` is relative to the input folder, with forward slashes; `cell` is as Excel writes it («G9»).
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""


NOWHERE = Address()


@cache
def column_letters(index: int) -> str:
    """Excel's letters of the column with this index, counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Excel's name of the cell at this row and column, both counted from 0: (8, 6) → G9."""
    return f"{column_letters(column)}{row + 1}"
