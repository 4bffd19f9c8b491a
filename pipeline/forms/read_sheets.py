"""Which sheet of a form is which: by the mark in its corner; without one by its name, and never by guessing."""

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.codes import folded
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.domain.submissions import Identity
from pipeline.forms.layout import SheetIdentity, month_sheet_name, month_title, read_identity
from pipeline.forms.read_columns import columns_of, is_numbers_row
from pipeline.problems import MonthName, Problem, problem
from pipeline.sheets.book import Book, Sheet
from pipeline.sheets.headings import nearest, plain
from pipeline.sheets.values import tidy
from pipeline.words import LANGUAGES, Words

IDENTITY_WITHIN = (5, 4)
"""Rows and columns from the top left in which a sheet's mark is looked for: people insert some above it."""

TITLE_WITHIN = 10
"""Rows from the top in which a sheet's title is looked for."""


class FormSheets(NamedTuple):
    """Month → the sheets that claim it; those of activities; and the problems of all that can't be placed."""

    months: dict[int, list[Sheet]]
    activities: list[Sheet]
    problems: tuple[Problem, ...]


def sheet_identity(sheet: Sheet) -> SheetIdentity | None:
    """The sheet's mark, or None."""
    rows, columns = IDENTITY_WITHIN
    for row in sheet.rows[:rows]:
        for cell in row[:columns]:
            identity = read_identity(cell)
            if identity is not None:
                return identity
    return None


def sort_sheets(book: Book, identity: Identity, asked: Collection[int]) -> FormSheets:
    """The sheets by what they hold; `asked` are the months for which the unit reports. A sheet without its mark is
    taken by its name where no marked one stands for the same."""
    months: dict[int, list[Sheet]] = {}
    activities: list[Sheet] = []
    unmarked: list[Sheet] = []
    problems: list[Problem] = []
    year, own = identity.of, (folded(identity.unit), identity.of)
    for sheet in book.sheets:
        said = sheet_identity(sheet)
        if said is not None and (folded(said.form.unit), said.form.of) != own:
            found = f"{said.form.unit}, {said.form.of}"
            problems.append(problem("forms.foreign_sheet", Address(book.file, sheet.name), found, unit=identity.unit))
        elif said is not None and said.month in asked:
            months.setdefault(said.month, []).append(sheet)
        elif said is not None and said.month:
            if _has_typed(sheet, ("actual", "cause")):  # the planned figures are the form's own
                place = Address(book.file, sheet.name)
                problems.append(month_problem("forms.month_not_asked", place, identity.unit, said.month))
        elif said is not None and said.sheet == "activities":
            activities.append(sheet)
        elif said is None:
            unmarked.append(sheet)
    marked, marked_activities = frozenset(months), bool(activities)
    for sheet in unmarked:
        place = Address(book.file, sheet.name)
        named, titled = _month_names(year.starts).get(plain(sheet.name), 0), _titled(sheet, year)
        if named in asked and named not in marked and titled in (0, named):
            months.setdefault(named, []).append(sheet)
            problems.append(month_problem("forms.month_by_name", place, identity.unit, named))
        elif plain(sheet.name) in _activity_names() and not marked_activities:
            activities.append(sheet)
        elif titled or looks_like_month(sheet) or looks_like_activities(sheet):
            missing = [month for month in asked if month not in marked]
            problems.append(_unplaced(sheet, place, identity, titled, missing))
    return FormSheets(months, activities, tuple(problems))


def looks_like_month(sheet: Sheet) -> bool:
    """Whether the sheet has the headings of a month's table and something typed below them."""
    return _has_typed(sheet, ("planned", "actual", "cause"))


def looks_like_activities(sheet: Sheet) -> bool:
    """Whether the sheet has the headings of the table of activities."""
    columns = columns_of(sheet, "activities")
    return columns is not None and {"code", "state"} <= columns.at.keys()


def month_problem(code: str, address: Address, unit: str, month: int, **values: object) -> Problem:
    """A problem of the whole month, which its words call {name}."""
    return problem(code, address, "", unit, month, name=MonthName(month), **values)


def _unplaced(sheet: Sheet, place: Address, identity: Identity, titled: int, missing: Collection[int]) -> Problem:
    """A table of the form on a sheet that is no month's: the month that its title or its name may mean is suggested."""
    names = {name: month for name, month in _sheet_names(identity.starts).items() if month in missing}
    near = nearest(re.sub(r"[\W\d_]+", "", sheet.name), names)
    if titled in missing:
        near = next(name for name, month in names.items() if month == titled)
    if near:
        return month_problem("forms.sheet_misspelt", place, identity.unit, names[near], sheet=near)
    return problem("forms.sheet_unmarked", place, unit=identity.unit)


def _titled(sheet: Sheet, year: PlanYear) -> int:
    """The month that the sheet's title names, 0 where none is left."""
    titles = _month_titles(year)
    cells = (cell for row in sheet.rows[:TITLE_WITHIN] for cell in row if isinstance(cell, str) and cell)
    return next((titles[plain(cell)] for cell in cells if plain(cell) in titles), 0)


@cache
def _month_titles(year: PlanYear) -> dict[str, int]:
    return {plain(month_title(year.month(month), words)): month for words in map(Words, LANGUAGES) for month in MONTHS}


def _has_typed(sheet: Sheet, keys: Collection[str]) -> bool:
    columns = columns_of(sheet, "month")
    if columns is None or "code" not in columns.at or not {"planned", "actual"} & columns.at.keys():
        return False
    inputs = [columns.at[key] for key in keys if key in columns.at]
    rows = (row for row in range(columns.row + 1, len(sheet.rows)) if not is_numbers_row(sheet.rows[row]))
    return any(tidy(sheet.at(row, column)) for row in rows for column in inputs)


@cache
def _month_names(starts: int) -> dict[str, int]:
    return {plain(name): month for name, month in _sheet_names(starts).items()}


@cache
def _sheet_names(starts: int) -> dict[str, int]:
    spoken = [Words(language, starts) for language in LANGUAGES]
    return {month_sheet_name(month, words): month for words in spoken for month in MONTHS}


@cache
def _activity_names() -> frozenset[str]:
    return frozenset(plain(words("forms.sheet.activities")) for words in map(Words, LANGUAGES))
