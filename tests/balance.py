"""Nothing between «counted» and «named»: what people typed is followed through a form, wherever it is moved.

Typed cells carry their origin with them (`typed` wraps them), so that after any rearrangement of the grid it is known
which figure a cell held, independently of the reader's own search for rows and columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pipeline.domain.addresses import cell_name
from pipeline.forms.layout import ACTIVITY, FIRST_ROW, MONTH, MONTH_INPUTS, read_identity
from pipeline.forms.read import FormReading
from pipeline.problems import Problem
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.sheets.values import tidy


class Origin(NamedTuple):
    """Whose cell it was: the month (0: activities), the row's code (and number), the column's key."""

    month: int
    code: str
    key: str


class TypedNumber(float):
    """A number that was typed into a form."""

    origin: Origin


class TypedText(str):
    """A text that was typed into a form."""

    origin: Origin


class TypedDay(datetime):
    """A date that was typed into a form."""

    origin: Origin


@dataclass(frozen=True)
class Cell:
    """A typed cell as it was found."""

    sheet: str
    row: int
    column: int
    value: Value
    origin: Origin

    @property
    def name(self) -> str:
        return cell_name(self.row, self.column)


def as_typed(value: Value, origin: Origin) -> Value:
    """The value with its origin."""
    made: TypedNumber | TypedText | TypedDay
    if isinstance(value, datetime):
        made = TypedDay(value.year, value.month, value.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        made = TypedNumber(value)
    else:
        made = TypedText(value)
    made.origin = origin
    return made


def with_origins(book: Book, computed: frozenset[tuple[int, str]]) -> Book:
    """The form as it was written, its input cells with their origins; `computed` are (month, code) of the rows
    whose figures are formulas."""
    return Book(book.file, tuple(_with_origins(sheet, computed) for sheet in book.sheets))


def _with_origins(sheet: Sheet, computed: frozenset[tuple[int, str]]) -> Sheet:
    mark = read_identity(sheet.rows[0][0])
    assert mark is not None
    rows = [list(row) for row in sheet.rows]
    places = MONTH if mark.month else ACTIVITY
    inputs = MONTH_INPUTS if mark.month else ("state", "day", "result") if mark.sheet == "activities" else ()
    for row in rows[FIRST_ROW:]:
        code = str(row[0])
        number = "" if mark.month else str(row[ACTIVITY["number"]] if mark.sheet == "activities" else "")
        if not code or (number == "" and mark.sheet == "activities" and not code.startswith("+")):
            continue
        extra = ("activity", "feeds", "day", "result") if code.startswith("+") else inputs
        for key in extra:
            figure = (mark.month, code) in computed and key in ("planned", "actual")
            if tidy(row[places[key]]) and not figure and not code.startswith("Исполнитель"):
                row[places[key]] = as_typed(row[places[key]], Origin(mark.month, code + number, key))
    return Sheet(sheet.file, sheet.name, rows)


def typed_cells(book: Book) -> Iterator[Cell]:
    """Every cell of the book that people typed, where it stands now."""
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if isinstance(value, TypedNumber | TypedText | TypedDay) and tidy(value):
                    yield Cell(sheet.name, number, column, value, value.origin)


def lost(book: Book, reading: FormReading) -> list[Cell]:
    """The typed cells that are neither counted nor named in a problem. The copy of a sheet (of a column, of a mark's
    row) that says the same is counted once."""
    counted = _counted(reading)
    cells = list(typed_cells(book))
    taken = [(cell.sheet, cell.row) in counted.rows or (cell.sheet, cell.name) in counted.cells for cell in cells]
    said = {(cell.origin, cell.value) for cell, is_taken in zip(cells, taken, strict=True) if is_taken}
    return [
        cell
        for cell in cells
        if (cell.origin, cell.value) not in said and not any(names(problem, cell) for problem in reading.problems)
    ]


class Counted(NamedTuple):
    """What the reader took: figures by cell; words, marks and activities by (sheet, row), all that stands there."""

    cells: set[tuple[str, str]]
    rows: set[tuple[str, int]]


def _counted(reading: FormReading) -> Counted:
    form = reading.submission
    if form is None:
        return Counted(set(), set())
    said = [(said.sheet, said.cell) for said in form.explanations]
    said += [(one.address.sheet, one.address.cell) for one in (*form.marks, *form.extras)]
    cells = {(entry.sheet, entry.cell) for entry in form.entries}
    return Counted(cells, {(sheet, _row(cell)) for sheet, cell in said})


def _row(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1


OF_THE_FILE = {
    "forms.not_a_form",
    "forms.identity_lost",
    "forms.newer_version",
    "forms.other_year",
    "forms.unknown_unit",
    "forms.no_units",
}
OF_THE_SHEET = {
    "forms.no_headings", "forms.foreign_sheet", "forms.sheet_misspelt", "forms.sheet_unmarked", "forms.month_not_asked",
}  # fmt: skip
OF_THE_ROW = {
    "forms.code_twice", "forms.code_missing", "forms.code_foreign", "forms.unknown_code", "forms.not_in_plan",
    "forms.outside", "forms.activity_unknown", "forms.activity_uncoded", "forms.occurrence_unknown",
    "forms.occurrence_gone",
    "forms.activity_twice", "forms.state_unknown", "forms.state_missing", "forms.extra_untitled",
    "forms.extra_not_done",
}  # fmt: skip
OF_TWO_SHEETS = {"forms.month_twice", "forms.activities_twice"}
NOWHERE_FOUND = {"forms.month_missing", "forms.activities_missing"}
"""Of a sheet without mark, title, headings and name it can only be said that its month is missing."""
OF_A_COLUMN = {"forms.column_missing", "forms.column_unclear"}


def names(problem: Problem, cell: Cell) -> bool:
    """Whether the problem tells its reader of this cell, by itself or with all of its row, column, sheet or file."""
    values, place = dict(problem.values), problem.address
    if problem.code in OF_THE_FILE:
        return True
    if problem.code in OF_TWO_SHEETS | NOWHERE_FOUND:
        return problem.month == cell.origin.month
    if place.sheet != cell.sheet:
        return False
    if problem.code in OF_THE_SHEET:
        return True
    if problem.code in OF_A_COLUMN:
        return values["column"] == f"forms.column.{cell.origin.key}" or values["column"] == "forms.column.code"
    if problem.code in OF_THE_ROW:
        rows = {_row(place.cell), *(_row(str(values[key])) for key in ("first", "second") if key in values)}
        return cell.row in rows
    return place.cell == cell.name
