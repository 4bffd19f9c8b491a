"""Made-up fillings of forms, and books and sheets made of grids, for tests."""

from datetime import date
from io import BytesIO

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Explanation, Submission
from pipeline.forms.form import prepare
from pipeline.forms.layout import FIRST_ROW
from pipeline.forms.month_table import table_rows
from pipeline.forms.rows import FormRow, activity_rows, form_identity, year_rows
from pipeline.forms.write import form_workbook
from pipeline.settings import Settings
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words

SHARES = (1.0, 0.75, 1.3, 0.9, 1.1, 0.0)
"""Actual as a share of the planned figure, in turn: every status occurs."""


def filled_form(plan: Plan, unit: str, months: int, gaps: bool = False) -> Submission:
    """A form filled for the first months; with gaps every fifth figure is missing. All figures are made up."""
    entries: list[Entry] = []
    explanations: list[Explanation] = []
    for month, rows in year_rows(plan, unit).items():
        for number, row in enumerate(rows):
            turn = month * 5 + number
            if month > months or not row.entered or (gaps and turn % 5 == 0):
                continue
            actual = round((row.phased or 0) * SHARES[turn % len(SHARES)], row.indicator.decimals)
            entries.append(Entry(row.code, month, "actual", actual, "", ""))
            if turn % 3 == 0:
                explanations.append(Explanation(row.code, month, Words()("forms.cause.staff"), "Отпуск.", "", ""))
    occurrences = activity_rows(plan, unit)[: months // 2]
    marks = tuple(
        Mark(unit, row.activity.code, row.number, "done", date(plan.year, 4, 5), "Проведено.", NOWHERE)
        for row in occurrences
    )
    extras = (ExtraActivity(unit, "Круглый стол", "TRIP", date(plan.year, 5, 6), "20 участников", NOWHERE),)
    identity = form_identity(plan, unit)
    return Submission("", "", identity, tuple(entries), tuple(explanations), marks, extras if months else ())


def row_of(plan: Plan, unit: str, month: int, code: str) -> int:
    """The row of an indicator on a month's sheet, as Excel counts it."""
    rows = table_rows(prepare(plan, unit, Settings(), Words()), month)
    return FIRST_ROW + 1 + next(n for n, row in enumerate(rows) if isinstance(row, FormRow) and row.code == code)


def written(plan: Plan, unit: str = "M1", filled: Submission | None = None, file: str = "M1.xlsx") -> Book:
    """The unit's form as the reader sees it."""
    return read_bytes(form_workbook(plan, unit, Settings(), Words(), filled), file)


def read_bytes(content: bytes, file: str) -> Book:
    from python_calamine import load_workbook

    with load_workbook(BytesIO(content)) as workbook:
        sheets = (
            Sheet(file, name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        )
        return Book(file, tuple(sheets))


def changed(book: Book, name: str, **cells: Value) -> Book:
    """The book with other values in some cells of one sheet: `changed(book, "Март", G9=53)`."""
    sheet = book.sheet(name)
    assert sheet is not None
    rows = [list(row) for row in sheet.rows]
    for address, value in cells.items():
        letters = address.rstrip("0123456789")
        row, column = int(address[len(letters) :]) - 1, ord(letters) - 65
        rows += [[""] * len(rows[0]) for _ in range(row + 1 - len(rows))]
        rows[row][column] = value
    return with_sheet(book, name, Sheet(book.file, name, rows))


def with_sheet(book: Book, name: str, *sheets: Sheet) -> Book:
    """The book with the sheet of that name replaced by others (by none: it is taken away)."""
    found: list[Sheet] = []
    for sheet in book.sheets:
        found += sheets if sheet.name == name else (sheet,)
    return Book(book.file, tuple(found))
