"""The sheets of a plan's workbook as tables: found by name or by headings, their rows' cells understood.

Problems are collected in a list that all tables of one reading share: a bad cell never stops the reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.periods import PlanYear
from pipeline.plan.layout import (
    SHEETS,
    Choice,
    Choices,
    SheetLayout,
    choice_key,
    choice_spellings,
    heading_spellings,
    sheet_names,
)
from pipeline.plan.months import read_month
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.sheets.headings import Columns, find_columns, nearest, plain
from pipeline.sheets.values import BLANK, Reading, read_number, shown, tidy


class Row(NamedTuple):
    """One row of a table, with its index in the sheet; cells are asked for by their column's key, and what is wrong in
    them is collected."""

    layout: SheetLayout
    sheet: Sheet
    columns: Columns
    at: int
    problems: list[Problem]

    def value(self, key: str) -> Value:
        column, cells = self.columns.at.get(key), self.sheet.rows[self.at]
        return "" if column is None or column >= len(cells) else cells[column]

    def address(self, key: str) -> Address:
        """The cell's address; the row's first one where the sheet lacks the column."""
        columns = self.columns.at
        return self.sheet.address(self.at, columns[key] if key in columns else min(columns.values()))

    def wrong(self, code: str, key: str, found: object = "", **values: Any) -> None:
        self.problems.append(problem(code, self.address(key), found, **values))

    def text(self, key: str) -> str:
        """The cell's text; empty where blank or unreadable."""
        value = self.value(key)
        if value == "":
            return ""
        if isinstance(value, date | time | timedelta):
            self.wrong("plan.text_is_date", key, shown(value))
            return ""
        text = tidy(value)
        if text.startswith("#") and read_number(text).code == "cell_error":
            self.wrong("plan.cell_error", key, text)
            return ""
        return text

    def needed(self, key: str) -> str:
        """The text; a blank cell is a problem."""
        text = self.text(key)
        if not text and tidy(self.value(key)) == "":
            self.missing(key)
        return text

    def missing(self, key: str) -> None:
        self.wrong("plan.value_missing", key, column=Key(f"plan.{self.layout.key}.{key}"))

    def number(self, key: str, unit: str = "", unreadable: str = "plan.number_unreadable") -> float | None:
        """The number, with or without its unit of measure; None where blank or unreadable. `unreadable`: the code of
        what is said then."""
        value = self.value(key)
        reading = read_number(value, unit)
        if reading.value is not None and reading.code:
            self.wrong("plan.number_text", key, shown(value), value=reading.value)
        elif reading.code == "cell_error":
            self.wrong("plan.cell_error", key, shown(value))
        elif reading.code not in ("", "text_blank"):
            self.wrong(unreadable, key, shown(value))
        return reading.value

    def needed_number(self, key: str) -> float | None:
        """The number; a blank cell is a problem."""
        number = self.number(key)
        if number is None and read_number(self.value(key)) in (BLANK, Reading(None, "text_blank")):
            self.missing(key)
        return number

    def amount(self, key: str, unit: str = "") -> float | None:
        """The number, which may not be below zero."""
        number = self.number(key, unit)
        if number is not None and number < 0:
            self.wrong("plan.number_negative", key, shown(self.value(key)))
            return None
        return number

    def whole(self, key: str, least: int, most: int, unreadable: str = "plan.number_unreadable") -> int | None:
        """The whole number from least to most."""
        number = self.number(key, unreadable=unreadable)
        if number is None:
            return None
        if not number.is_integer() or not least <= number <= most:
            self.wrong("plan.whole_unfit", key, shown(self.value(key)), least=least, most=most)
            return None
        return int(number)

    def month(self, key: str, year: PlanYear, blank: int) -> int:
        """The month's number; `blank` where there is none."""
        value = self.value(key)
        if tidy(value) == "":
            return blank
        number = read_month(value, year)
        if number is None:
            self.wrong("plan.month_unreadable", key, shown(value))
        return number or blank

    def period(self, year: PlanYear) -> tuple[int, int]:
        """Months `since` … `until`; the whole year where they contradict each other."""
        since, until = self.month("since", year, 1), self.month("until", year, 12)
        if since > until:
            self.wrong("plan.period_empty", "since", shown(self.value("since")), until=shown(self.value("until")))
            return 1, 12
        return since, until

    def choice(self, key: str, choices: Choices[Choice], blank: Choice) -> Choice:
        """The chosen value; `blank` where there is none."""
        text = self.text(key)
        if not text:
            return blank
        chosen = choice_spellings(key, choices).get(plain(text) or text)
        if chosen is None:
            self.wrong("plan.choice_unknown", key, text, allowed=tuple(choice_key(key, value) for value, _ in choices))
        return chosen or blank


@dataclass(frozen=True)
class Table:
    """A sheet that was found, with its columns."""

    layout: SheetLayout
    sheet: Sheet
    columns: Columns
    problems: list[Problem]

    @property
    def headings(self) -> Address:
        """The first heading's address."""
        return self.sheet.address(self.columns.row, min(self.columns.at.values()))

    def __iter__(self) -> Iterator[Row]:
        """The rows below the headings in which anything was entered."""
        entered = [
            self.columns.at[column.key]
            for column in self.layout.columns
            if column.key in self.columns.at and not column.title_of
        ]
        for index in range(self.columns.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            for column in entered:
                if column < len(cells) and tidy(cells[column]):
                    yield Row(self.layout, self.sheet, self.columns, index, self.problems)
                    break


def find_tables(book: Book, problems: list[Problem]) -> dict[str, Table]:
    """The plan's tables by the keys of their layouts. Sheets are known by their names, renamed ones by headings."""
    sheets = _named(book)
    for layout in SHEETS:
        if layout.key not in sheets and (sheet := _by_headings(layout, book, sheets)) is not None:
            problems.append(
                problem("plan.sheet_renamed", Address(book.file, sheet.name, "A1"), sheet.name, sheet=layout.name)
            )
            sheets[layout.key] = sheet
    tables: dict[str, Table] = {}
    for layout in SHEETS:
        if layout.key in sheets:
            if table := _table(layout, sheets[layout.key], problems):
                tables[layout.key] = table
        elif layout.needed:
            problems.append(problem("plan.sheet_missing", Address(book.file), sheet=layout.name))
    problems.extend(
        problem("plan.sheet_unused", Address(book.file, sheet.name, "A1"), sheet.name)
        for sheet in book.sheets
        if sheet not in sheets.values() and plain(sheet.name) not in sheet_names("guide") and any(sheet.rows)
    )
    return tables


def _named(book: Book) -> dict[str, Sheet]:
    return {
        layout.key: sheet
        for layout in SHEETS
        for sheet in reversed(book.sheets)
        if plain(sheet.name) in sheet_names(layout.key)
    }


def _by_headings(layout: SheetLayout, book: Book, taken: dict[str, Sheet]) -> Sheet | None:
    """The sheet not yet taken that has all needed columns, and of others the most. A plan may do without an
    optional sheet: for one, more than half of all columns must be there."""
    best: tuple[int, Sheet] | None = None
    for sheet in book.sheets:
        if sheet in taken.values() or plain(sheet.name) in sheet_names("guide"):
            continue
        columns = find_columns(sheet, heading_spellings(layout.key))
        if columns is None or _lacking(layout, columns):
            continue
        if not layout.needed and 2 * len(columns.at) <= len(layout.columns):
            continue
        if best is None or len(columns.at) > best[0]:
            best = len(columns.at), sheet
    return best[1] if best else None


def _lacking(layout: SheetLayout, columns: Columns) -> list[str]:
    return [column.key for column in layout.columns if column.needed and column.key in columns.missing]


def _table(layout: SheetLayout, sheet: Sheet, problems: list[Problem]) -> Table | None:
    """The table with its columns; None, with the problem said, where its headings can't be found."""
    spellings = heading_spellings(layout.key)
    columns = find_columns(sheet, spellings)
    if columns is None:
        problems.append(problem("plan.headings_missing", Address(sheet.file, sheet.name, "A1"), sheet.name))
        return None
    table = Table(layout, sheet, columns, problems)
    problems.extend(
        problem("plan.column_doubled", sheet.address(columns.row, index), shown(sheet.at(columns.row, index)))
        for _, index in columns.doubled
    )
    lacking = _lacking(layout, columns)
    problems.extend(
        problem("plan.column_missing", table.headings, sheet.name, column=Key(f"plan.{layout.key}.{key}"))
        for key in lacking
    )
    problems.extend(_misspelt(table))
    return None if lacking else table


def _misspelt(table: Table) -> Iterator[Problem]:
    """Headings that are nearly those of columns not found: their figures would be lost in silence."""
    columns, sheet = table.columns, table.sheet
    known = {spelling: key for key in columns.missing for spelling in heading_spellings(table.layout.key)[key]}
    for index, cell in enumerate(sheet.rows[columns.row]):
        if index in columns.at.values() or not (heading := tidy(cell)):
            continue
        if meant := nearest(heading, known, cutoff=0.75):
            yield problem(
                "plan.column_misspelt",
                sheet.address(columns.row, index),
                heading,
                nearest=meant,
            )
