"""The promise: every cell that people fill in a form is counted, or named in a problem; nothing in between.

Hypothesis does to a filled form what people do, in any sequence. Whatever was typed is then counted where it was
meant, or named with its sheet and cell (its row, column or sheet, if all of it is left out); what has vanished with a
row, column or sheet is missed by name; nothing is counted that was not stated. All figures are made up.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.forms.layout import FIRST_ROW, HEADING_ROW, MONTH
from pipeline.forms.read import FormReading, read_form
from pipeline.forms.rows import year_rows
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words
from tests.balance import Origin, TypedNumber, as_typed, lost, typed_cells, with_origins
from tests.forms import filled_form, with_sheet, written
from tests.plans import small_plan

PLAN = small_plan()
ROWS = year_rows(PLAN, "M1")
COMPUTED = frozenset((month, row.code) for month, rows in ROWS.items() for row in rows if not row.entered)
FORM = with_origins(written(PLAN, "M1", filled_form(PLAN, "M1", 5)), COMPUTED)
FIGURES = {cell.origin: float(cell.value) for cell in typed_cells(FORM) if isinstance(cell.value, TypedNumber)}
MONTHS = ("Январь", "Февраль", "Март", "Апрель", "Май")
ODD: tuple[Value, ...] = (
    "1 200", "1 200,5", "1\u2009200", "12 чел.", "12 ед.", "10 %", "-", "—", "нет", "н/д", "6-15", "1.200", "0", "пять",
    datetime(2013, 6, 15), -3.0, 2.5, 0.0, 1e12, "#REF!", "#ДЕЛ/0!", "Err:502", " ", "\u00a0",
)  # fmt: skip
Change = Callable[[st.DataObject, Book], Book]


def a_sheet(data: st.DataObject, book: Book) -> Sheet:
    """One of the sheets."""
    return book.sheets[data.draw(st.integers(0, len(book.sheets) - 1))]


def with_rows(book: Book, sheet: Sheet, rows: list[list[Value]]) -> Book:
    return with_sheet(book, sheet.name, replace(sheet, rows=rows))


def rename(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    name = data.draw(st.sampled_from(["Лист1", "март", "Мрат", "Апрель (2)", "May", "Мероприятия2"]))
    taken = {other.name for other in book.sheets}
    return book if name in taken else with_sheet(book, sheet.name, replace(sheet, name=name))


def reorder(data: st.DataObject, book: Book) -> Book:
    return Book(book.file, tuple(book.sheets[number] for number in data.draw(st.permutations(range(len(book.sheets))))))


def copy(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    name = f"{sheet.name} ({len(book.sheets)})"
    return Book(book.file, (*book.sheets, replace(sheet, name=name, rows=[list(row) for row in sheet.rows])))


def delete(data: st.DataObject, book: Book) -> Book:
    return with_sheet(book, a_sheet(data, book).name) if len(book.sheets) > 3 else book


def unmark(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    return with_rows(book, sheet, [["", *sheet.rows[0][1:]], *sheet.rows[1:]])


def insert_rows(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    at = data.draw(st.integers(0, len(sheet.rows)))
    blank: list[list[Value]] = [[""] * len(sheet.rows[0]) for _ in range(data.draw(st.sampled_from([1, 2, 7])))]
    return with_rows(book, sheet, [*sheet.rows[:at], *blank, *sheet.rows[at:]])


def delete_row(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    at = data.draw(st.integers(HEADING_ROW, max(HEADING_ROW, len(sheet.rows) - 1)))
    return with_rows(book, sheet, [*sheet.rows[:at], *sheet.rows[at + 1 :]])


def sort_rows(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    order = data.draw(st.permutations(range(FIRST_ROW, len(sheet.rows))))
    return with_rows(book, sheet, [*sheet.rows[:FIRST_ROW], *(sheet.rows[number] for number in order)])


def repeat_row(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    at = data.draw(st.integers(HEADING_ROW, max(HEADING_ROW, len(sheet.rows) - 1)))
    return with_rows(book, sheet, [*sheet.rows, *map(list, sheet.rows[at : at + 1])])


def move_columns(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    order = data.draw(st.permutations(range(max(map(len, sheet.rows)))))
    return with_rows(book, sheet, [[row[index] if index < len(row) else "" for index in order] for row in sheet.rows])


def insert_column(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    at = data.draw(st.integers(0, len(MONTH)))
    return with_rows(book, sheet, [[*row[:at], "", *row[at:]] for row in sheet.rows])


def repeat_column(data: st.DataObject, book: Book) -> Book:
    sheet = a_sheet(data, book)
    at = data.draw(st.integers(0, len(sheet.rows[0]) - 1))
    return with_rows(book, sheet, [[*row, row[at] if at < len(row) else ""] for row in sheet.rows])


def clear_cell(data: st.DataObject, book: Book) -> Book:
    """Any cell: a heading, a code, a mark, a title. (A figure that is cleared is one that isn't reported.)"""
    sheet = a_sheet(data, book)
    row = data.draw(st.integers(0, len(sheet.rows) - 1))
    column = data.draw(st.integers(0, max(0, len(sheet.rows[row]) - 1)))
    return over(book, sheet, row, column, "")


def misspell(data: st.DataObject, book: Book) -> Book:
    """A code with a letter too many, a heading with stray spaces."""
    sheet = a_sheet(data, book)
    row = data.draw(st.integers(HEADING_ROW, len(sheet.rows) - 1))
    value = sheet.rows[row][0]
    added = data.draw(st.sampled_from(["x", "  ", "\u00a0", "1"]))
    return over(book, sheet, row, 0, f"{value}{added}") if isinstance(value, str) and value else book


HEADED = {Words()(f"forms.column.{key}") for key in ("planned", "actual")}


def type_over(data: st.DataObject, book: Book) -> Book:
    """Something odd over a figure, or into a cell that is no input: below the table, beside a section's title."""
    sheet = a_sheet(data, book)
    row = data.draw(st.integers(FIRST_ROW, len(sheet.rows) + 2))
    column = data.draw(st.sampled_from([MONTH["planned"], MONTH["actual"]]))
    was = sheet.at(row, column)
    typed_there = isinstance(was, TypedNumber)
    headed = sheet.at(HEADING_ROW, column) in HEADED  # the columns may have been moved
    if not typed_there and (was != "" or not headed or sheet.name not in MONTHS):
        return book
    origin = was.origin if isinstance(was, TypedNumber) else Origin(0, "", "planned")
    return over(book, sheet, row, column, as_typed(data.draw(st.sampled_from(ODD)), origin))


def over(book: Book, sheet: Sheet, row: int, column: int, value: Value) -> Book:
    rows = [list(cells) for cells in sheet.rows]
    rows += [[""] * len(rows[0]) for _ in range(row + 1 - len(rows))]
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value
    return with_rows(book, sheet, rows)


CHANGES: tuple[Change, ...] = (
    rename, reorder, copy, delete, unmark, insert_rows, delete_row, sort_rows, repeat_row, move_columns, insert_column,
    repeat_column, clear_cell, misspell, type_over,
)  # fmt: skip


def check_balance(book: Book) -> FormReading:
    """Reads the form and proves that all of it is accounted for."""
    reading = read_form(book, PLAN)
    assert not lost(book, reading), reading.problems
    cells = {(cell.sheet, cell.name): cell for cell in typed_cells(book)}
    entries = reading.submission.entries if reading.submission else ()
    by_name = {problem.address.sheet for problem in reading.problems if problem.code == "forms.month_by_name"}
    for entry in entries:
        cell = cells[entry.sheet, entry.cell]
        # a sheet that has lost both its mark and its title is taken for the month that it is called, with a warning
        month = entry.month if entry.sheet in by_name else cell.origin.month
        assert cell.origin._replace(month=month) == Origin(entry.month, entry.indicator, entry.measure)
        assert cell.value == entry.value or not isinstance(cell.value, float)
    for origin in FIGURES.keys() - {Origin(entry.month, entry.indicator, entry.measure) for entry in entries}:
        there = [cell for cell in cells.values() if cell.origin == origin]
        assert there or vanished(reading, book, origin), origin
    return reading


def vanished(reading: FormReading, book: Book, origin: Origin) -> bool:
    """Whether it is said that the row, the column or the sheet of a figure that is nowhere in the book is missing,
    or the cell stands there blank: that means «not reported»."""
    for problem in reading.problems:
        if problem.code.partition(".")[2] in WHOLE_MONTH and problem.month == origin.month:
            return True
        if problem.code == "forms.row_missing" and (problem.month, problem.found) == (origin.month, origin.code):
            return True
    return origin in BLANKED


WHOLE_MONTH = {"month_missing", "month_twice", "no_headings", "column_missing", "column_unclear"}
BLANKED: set[Origin] = set()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_people_do_nothing_is_lost_in_silence(data: st.DataObject) -> None:
    BLANKED.clear()
    book = FORM
    for change in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=5)):
        before = book
        book = change(data, book)
        if change in (clear_cell, type_over):
            here = {cell.origin for cell in typed_cells(book)}
            BLANKED.update(cell.origin for cell in typed_cells(before) if cell.origin not in here)
    check_balance(book)


def test_an_untouched_form_is_counted_whole() -> None:
    reading = check_balance(FORM)
    assert reading.problems == ()
    assert reading.submission is not None
    assert len(reading.submission.entries) == len(FIGURES) > 100
    assert sum(entry.value for entry in reading.submission.entries) == pytest.approx(sum(FIGURES.values()))
