"""Where the columns of a form's sheet stand: at their own place, or wherever people have moved them."""

from functools import cache

from pipeline.forms.layout import ACTIVITY, HEADING_ROW, LANGUAGES, MONTH, spellings
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Sheet
from pipeline.sheets.headings import Columns, find_columns
from pipeline.words import Words


def columns_of(sheet: Sheet, kind: str) -> Columns | None:
    """The columns that are read of a sheet of the kind («month», «activities»); None where there are none."""
    if len(sheet.rows) > HEADING_ROW:
        row = sheet.rows[HEADING_ROW]
        for at, headings in _own(kind):
            # most sheets are as they were written, and need no search
            if all(index < len(row) and row[index] == text for index, text in headings):
                return Columns(HEADING_ROW, at, ())
    return find_columns(sheet, spellings(kind))


@cache
def _own(kind: str) -> tuple[tuple[dict[str, int], tuple[tuple[int, str], ...]], ...]:
    """For each language: column key → index, and the headings that the writer puts there."""
    places = MONTH if kind == "month" else ACTIVITY
    at = {key: places[key] for key in spellings(kind)}
    return tuple(
        (at, tuple((index, words(f"forms.column.{key}")) for key, index in at.items()))
        for words in map(Words, LANGUAGES)
    )


def column_problems(sheet: Sheet, columns: Columns, unit: str, month: int) -> list[Problem]:
    """Columns that are missing, and those that stand twice."""
    found = [
        problem("forms.column_missing", sheet.address(columns.row, 0), unit=unit, month=month, column=_heading(key))
        for key in columns.missing
    ]
    found += (
        problem("forms.column_twice", sheet.address(columns.row, index), unit=unit, month=month, column=_heading(key))
        for key, index in columns.doubled
    )
    return found


def _heading(key: str) -> Key:
    return Key(f"forms.column.{key}")
