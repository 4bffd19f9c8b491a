"""A filled form read: known by its identity, not by its name; every figure keeps its address."""

from collections import Counter
from functools import cache
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Explanation, Identity, Submission
from pipeline.forms.layout import LANGUAGES, VERSION, SheetIdentity, month_sheet_name, read_identity
from pipeline.forms.read_activities import ActivitiesReading, read_activities
from pipeline.forms.read_month import MonthReading, read_month
from pipeline.forms.rows import activity_rows, form_identity, year_rows
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Book, Sheet
from pipeline.sheets.headings import nearest, plain
from pipeline.words import Words

IDENTITY_WITHIN = (5, 4)
"""Rows and columns from the top left in which a sheet's identity is looked for: people insert some above it."""


class FormReading(NamedTuple):
    """What a workbook states as a form. `submission` is None where it is none, or not of this plan."""

    submission: Submission | None
    problems: tuple[Problem, ...]


def find_identity(book: Book) -> Identity | None:
    """What the workbook says it is; None where it is no form. Where sheets disagree, most of them decide."""
    said = Counter(identity.form for identity in map(_sheet_identity, book.sheets) if identity is not None)
    return said.most_common(1)[0][0] if said else None


def read_form(book: Book, plan: Plan, sha256: str = "") -> FormReading:
    """The figures, explanations and marks of one form; `sha256` is its file's."""
    identity = find_identity(book)
    refusal = _refusal(book, plan, identity)
    if identity is None or refusal is not None:
        return FormReading(None, (refusal,) if refusal else ())
    problems: list[Problem] = []
    if identity.plan_hash != form_identity(plan, identity.unit).plan_hash:
        problems.append(problem("forms.plan_changed", Address(book.file), unit=identity.unit))
    months, activity_sheet = _sort_sheets(book, identity, problems)
    entries: list[Entry] = []
    explanations: list[Explanation] = []
    for month, rows in year_rows(plan, identity.unit).items():
        readings = [read_month(sheet, plan, identity.unit, month, rows) for sheet in months.get(month, ())]
        reading = _one_of(book, identity.unit, month, months.get(month, ()), readings)
        entries += reading.entries
        explanations += reading.explanations
        problems += reading.problems
    activities = _read_activities(book, plan, identity.unit, activity_sheet)
    problems += activities.problems
    submission = Submission(
        book.file, sha256, identity, tuple(entries), tuple(explanations), activities.marks, activities.extras
    )
    return FormReading(submission, tuple(problems))


def _refusal(book: Book, plan: Plan, identity: Identity | None) -> Problem | None:
    """Why the workbook can't be read as a form of this plan."""
    address = Address(book.file)
    if identity is None:
        return problem("forms.not_a_form", address)
    if identity.version > VERSION:
        return problem("forms.newer_version", address, identity.version, unit=identity.unit)
    if identity.year != plan.year:
        return problem("forms.other_year", address, identity.year, unit=identity.unit, year=str(plan.year))
    if identity.unit not in plan.units.by_code:
        near = nearest(identity.unit, (unit.code for unit in plan.units.members), cutoff=0.0)
        return problem("forms.unknown_unit", address, identity.unit, nearest=near)
    return None


def _sheet_identity(sheet: Sheet) -> SheetIdentity | None:
    rows, columns = IDENTITY_WITHIN
    for row in sheet.rows[:rows]:
        for cell in row[:columns]:
            identity = read_identity(cell)
            if identity is not None:
                return identity
    return None


def _sort_sheets(
    book: Book, identity: Identity, problems: list[Problem]
) -> tuple[dict[int, list[Sheet]], Sheet | None]:
    """Month → the sheets that claim it, and the sheet of activities. A sheet without its mark is known by its
    name, where no marked one claims that month."""
    months: dict[int, list[Sheet]] = {}
    unmarked: list[Sheet] = []
    activities: Sheet | None = None
    for sheet in book.sheets:
        said = _sheet_identity(sheet)
        if said is None:
            unmarked.append(sheet)
        elif (said.form.unit, said.form.year) != (identity.unit, identity.year):
            found = f"{said.form.unit}, {said.form.year}"
            problems.append(problem("forms.foreign_sheet", Address(book.file, sheet.name), found, unit=identity.unit))
        elif said.month:
            months.setdefault(said.month, []).append(sheet)
        elif said.sheet == "activities":
            activities = activities or sheet
    marked = set(months)
    for sheet in unmarked:
        named = _month_names().get(plain(sheet.name))
        if named is not None and named not in marked:
            months.setdefault(named, []).append(sheet)
            problems.append(_month_problem("forms.month_by_name", Address(book.file, sheet.name), identity.unit, named))
        elif activities is None and plain(sheet.name) in _activity_names():
            activities = sheet
    return months, activities


@cache
def _month_names() -> dict[str, int]:
    return {plain(month_sheet_name(month, words)): month for words in map(Words, LANGUAGES) for month in range(1, 13)}


@cache
def _activity_names() -> frozenset[str]:
    return frozenset(plain(words("forms.sheet.activities")) for words in map(Words, LANGUAGES))


def _month_problem(code: str, address: Address, unit: str, month: int, **values: object) -> Problem:
    return problem(code, address, "", unit, month, name=Key(f"forms.month_name.{month}"), **values)


def _one_of(
    book: Book, unit: str, month: int, sheets: list[Sheet] | tuple[Sheet, ...], readings: list[MonthReading]
) -> MonthReading:
    """The reading that counts: the only one, or the first of several that state the same."""
    if not readings:
        missing = _month_problem("forms.month_missing", Address(book.file), unit, month)
        return MonthReading(problems=(missing,))
    if all(_stated(reading) == _stated(readings[0]) for reading in readings[1:]):
        return readings[0]
    first, second = sheets[0].name, sheets[1].name
    twice = _month_problem("forms.month_twice", Address(book.file, second), unit, month, first=first, second=second)
    return MonthReading(problems=(twice,))


def _stated(reading: MonthReading) -> set[tuple[object, ...]]:
    """Figures and explanations without their addresses."""
    return {entry[:4] for entry in reading.entries} | {said[:4] for said in reading.explanations}


def _read_activities(book: Book, plan: Plan, unit: str, sheet: Sheet | None) -> ActivitiesReading:
    rows = activity_rows(plan, unit)
    if sheet is not None:
        return read_activities(sheet, unit, plan.year, rows)
    if not rows:
        return ActivitiesReading()
    return ActivitiesReading(problems=(problem("forms.activities_missing", Address(book.file), unit=unit),))
