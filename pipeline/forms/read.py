"""A filled form read: known by its identity, not by its name; every figure keeps its address."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.codes import folded
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entries, Explanation, Identity, Place, Submission
from pipeline.forms.layout import VERSION, form_file_name
from pipeline.forms.read_activities import ActivitiesReading, read_activities
from pipeline.forms.read_month import MonthReading, read_month
from pipeline.forms.read_sheets import looks_like_month, month_problem, sheet_identity, sort_sheets
from pipeline.forms.rows import activity_rows, asked_rows, form_identity
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Book, Sheet
from pipeline.sheets.headings import nearest


class FormReading(NamedTuple):
    """What a workbook states as a form. `submission` is None where it is none, or not of this plan."""

    submission: Submission | None
    problems: tuple[Problem, ...]


def find_identity(book: Book) -> Identity | None:
    """What the workbook says it is; None where it is no form. Where sheets disagree, most of them decide."""
    said = Counter(identity.form for identity in map(sheet_identity, book.sheets) if identity is not None)
    return said.most_common(1)[0][0] if said else None


def read_form(book: Book, plan: Plan, sha256: str = "") -> FormReading:
    """The figures, explanations and marks of one form; `sha256` is its file's."""
    identity = find_identity(book)
    refusal = _refusal(book, plan, identity)
    if identity is None or refusal is not None:
        return FormReading(None, (refusal,) if refusal else ())
    identity = replace(identity, unit=plan.units.meant[folded(identity.unit)])
    problems: list[Problem] = []
    of_plan = form_identity(plan, identity.unit).plan_hash
    if identity.plan_hash != of_plan:
        problems.append(problem("forms.plan_changed", Address(book.file), unit=identity.unit))
    if identity.version < VERSION:
        problems.append(problem("forms.older_version", Address(book.file), identity.version, unit=identity.unit))
    asked = asked_rows(plan.asked(identity.unit))
    sheets = sort_sheets(book, identity, asked)
    problems += sheets.problems
    places: list[Place] = []
    values: array[float] = array("d")
    explanations: list[Explanation] = []
    for month, rows in asked.items():
        found = sheets.months.get(month, [])
        readings = [read_month(sheet, plan, identity.unit, month, rows) for sheet in found]
        reading = _one_of(book, identity.unit, month, found, readings)
        places += reading.places
        values.extend(reading.values)
        explanations += reading.explanations
        problems += reading.problems
    activities = _read_activities(book, plan, identity.unit, sheets.activities, of_plan)
    problems += activities.problems
    entries = Entries(tuple(places), values)
    submission = Submission(
        book.file, sha256, identity, entries, tuple(explanations), activities.marks, activities.extras
    )
    return FormReading(submission, tuple(problems))


def _refusal(book: Book, plan: Plan, identity: Identity | None) -> Problem | None:
    """Why the workbook can't be read as a form of this plan."""
    address = Address(book.file)
    if identity is None:
        return _unknown(book, plan)
    if identity.version > VERSION:
        return problem("forms.newer_version", address, identity.version, unit=identity.unit)
    if identity.of != plan.calendar:
        return problem("forms.other_year", address, identity.of, unit=identity.unit, year=str(plan.calendar))
    if folded(identity.unit) not in plan.units.meant:
        near = nearest(identity.unit, (unit.code for unit in plan.units.members), cutoff=0.0)
        if not near:
            return problem("forms.no_units", address, identity.unit)
        return problem("forms.unknown_unit", address, identity.unit, nearest=near)
    return None


def _unknown(book: Book, plan: Plan) -> Problem:
    """A workbook without a mark: a form that has lost it where its tables are there, and then the name tells whose."""
    if any(map(looks_like_month, book.sheets)):
        names = {form_file_name(unit).removesuffix(".xlsx"): unit for unit in plan.units.members}
        near = nearest(PurePosixPath(book.file).stem, names)
        if near:
            return problem("forms.identity_lost", Address(book.file), unit=names[near].code, title=names[near].title)
    return problem("forms.not_a_form", Address(book.file))


def _one_of(
    book: Book, unit: str, month: int, sheets: Sequence[Sheet], readings: Sequence[MonthReading]
) -> MonthReading:
    """The reading that counts: the only one, or the first of several that state the same."""
    if not readings:
        missing = month_problem("forms.month_missing", Address(book.file), unit, month)
        return MonthReading(problems=(missing,))
    for sheet, reading in zip(sheets[1:], readings[1:], strict=True):
        if _stated(reading) != _stated(readings[0]):
            names = {"first": sheets[0].name, "second": sheet.name}
            twice = month_problem("forms.month_twice", Address(book.file, sheet.name), unit, month, **names)
            return MonthReading(problems=(twice,))
    return readings[0]._replace(problems=tuple(found for reading in readings for found in reading.problems))


def _stated(reading: MonthReading) -> set[tuple[object, ...]]:
    """Figures and explanations without their addresses."""
    figures = {(*place[:3], value) for place, value in zip(reading.places, reading.values, strict=True)}
    return figures | {said[:4] for said in reading.explanations}


def _read_activities(book: Book, plan: Plan, unit: str, sheets: Sequence[Sheet], of_plan: str) -> ActivitiesReading:
    rows = activity_rows(plan, unit)
    if not sheets:
        missing = problem("forms.activities_missing", Address(book.file), unit=unit)
        return ActivitiesReading(problems=(missing,) if rows else ())
    readings = [read_activities(sheet, unit, plan.calendar, rows, _is_of(sheet, of_plan)) for sheet in sheets]
    for sheet, reading in zip(sheets, readings, strict=True):
        if _marked(reading) != _marked(readings[0]):
            names = {"first": sheets[0].name, "second": sheet.name}
            return ActivitiesReading(
                problems=(problem("forms.activities_twice", Address(book.file, sheet.name), "", unit, 0, **names),)
            )
    return readings[0]._replace(problems=tuple(found for reading in readings for found in reading.problems))


def _is_of(sheet: Sheet, of_plan: str) -> bool:
    """Whether the sheet was made of the plan with this hash."""
    identity = sheet_identity(sheet)
    return identity is not None and identity.form.plan_hash == of_plan


def _marked(reading: ActivitiesReading) -> set[object]:
    """Marks and activities beyond the plan without their addresses."""
    marks = {replace(mark, address=NOWHERE) for mark in reading.marks}
    return marks | {replace(extra, address=NOWHERE) for extra in reading.extras}
