"""Where the columns of a form's sheet stand: at their own place, or wherever people have moved them."""

from functools import cache
from typing import NamedTuple

from pipeline.forms.layout import ACTIVITY_COLUMNS, HEADING_ROW, MONTH_COLUMNS, SPARED, spellings
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.headings import Columns, find_columns
from pipeline.sheets.values import tidy
from pipeline.words import LANGUAGES, Words

LEAST_NUMBERS = 5
"""A row of fewer numbers isn't taken for the columns' own."""


class Table(NamedTuple):
    """The row of the headings and the index of each column that can be read, both counted from 0."""

    heading: int
    at: dict[str, int]


def table_of(sheet: Sheet, kind: str, unit: str, month: int) -> tuple[Table | None, list[Problem]]:
    """The columns of a sheet of the kind («month», «activities») and what is wrong with them; None where there are
    no headings. Of a column that stands twice with different contents neither is read."""
    columns = columns_of(sheet, kind)
    if columns is None:
        return None, []

    def say(code: str, key: str, index: int) -> Problem:
        return problem(code, sheet.address(columns.row, index), unit=unit, month=month, column=_heading(key))

    at = dict(columns.at)
    problems = [say("forms.column_missing", key, 0) for key in columns.missing if key not in SPARED]
    for key, index in columns.doubled:
        if _same(sheet, columns.row, columns.at[key], index):
            problems.append(say("forms.column_twice", key, index))
        else:
            at.pop(key, None)
            if key not in SPARED:
                problems.append(say("forms.column_unclear", key, index))
    return Table(columns.row, at), problems


def columns_of(sheet: Sheet, kind: str) -> Columns | None:
    """The columns that are read of a sheet of the kind; None where there are none."""
    return own_columns(sheet, kind) or find_columns(sheet, spellings(kind))


def own_columns(sheet: Sheet, kind: str) -> Columns | None:
    """The columns of a sheet whose headings all stand as they were written, like those of most sheets; None of any
    other."""
    row = sheet.rows[HEADING_ROW] if len(sheet.rows) > HEADING_ROW else []
    own = next((at for at, headings in _own(kind) if row == headings), None)
    return Columns(HEADING_ROW, own, ()) if own else None


@cache
def _own(kind: str) -> tuple[tuple[dict[str, int], list[str]], ...]:
    """For each language: column key → index, and the whole row of headings as the writer makes it."""
    columns = MONTH_COLUMNS if kind == "month" else ACTIVITY_COLUMNS
    at = {column.key: index for index, column in enumerate(columns) if column.key in spellings(kind)}
    return tuple(
        (at, [column.key if column.hidden else words(f"forms.column.{column.key}") for column in columns])
        for words in map(Words, LANGUAGES)
    )


def is_numbers_row(row: list[Value]) -> bool:
    """Whether the row only numbers the columns, 1 2 3 …, wherever they have gone."""
    filled = [cell for cell in row if cell != ""]
    numbers = {cell for cell in filled if isinstance(cell, int | float) and cell in range(1, len(MONTH_COLUMNS))}
    return len(filled) == len(numbers) >= LEAST_NUMBERS


def _same(sheet: Sheet, heading: int, first: int, second: int) -> bool:
    """Whether two columns under one heading say the same, or the second says nothing."""
    pairs = [
        (tidy(sheet.at(number, first)), tidy(sheet.at(number, second)))
        for number in range(heading + 1, len(sheet.rows))
        if not is_numbers_row(sheet.rows[number])
    ]
    return pairs == [(one, one) for one, _ in pairs] or not any(other for _, other in pairs)


def _heading(key: str) -> Key:
    return Key(f"forms.column.{key}")
