"""Marks of activities after a deadline has been changed in the plan: each stays with its date, or is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from pipeline.domain.activities import Activity, Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import EXAMPLES, read_deadline
from pipeline.domain.periods import PlanYear
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.forms.due_text import due_spellings, due_text
from pipeline.forms.layout import ACTIVITY, FIRST_ROW, HEADING_ROW
from pipeline.forms.read import FormReading, read_form
from pipeline.forms.read_occurrences import Line, by_dates
from pipeline.forms.rows import activity_rows, form_identity
from pipeline.sheets.book import Book
from pipeline.sheets.values import tidy
from pipeline.words import Words
from tests.forms import changed, with_sheet, written
from tests.plans import small_plan

SHEET = "Мероприятия"
FIRST = FIRST_ROW + 2
"""The row of the first occurrence, under its group's title."""


@cache
def plan_of(due: str, starts: int = 1) -> Plan:
    """A plan in which M1 has one activity."""
    activity = Activity("A44", "S4", "Семинары", "Школа качества", due, read_deadline(due, 2013, starts), ("M1",))
    return small_plan(activities=(activity,), starts=starts)


@cache
def form_of(due: str, *marked: int) -> Book:
    """The form of that plan with these occurrences marked (all of them if none is named); the result of a mark is
    its date as the form shows it."""
    plan = plan_of(due)
    rows = activity_rows(plan, "M1")
    marks = tuple(
        Mark("M1", "A44", row.number, "done", None, tidy(due_text(row, plan.calendar, Words())), NOWHERE)
        for row in rows
        if row.number in marked or not marked
    )
    return written(plan, "M1", Submission("", "", form_identity(plan, "M1"), (), (), marks))


def marks(reading: FormReading) -> dict[int, str]:
    assert reading.submission is not None
    return {mark.occurrence: mark.result for mark in reading.submission.marks}


def gone(reading: FormReading) -> list[tuple[str, str]]:
    """Cell and date of each mark that was not counted."""
    return [(one.address.cell, one.found) for one in reading.problems if one.code == "forms.occurrence_gone"]


CHANGES: list[tuple[str, str, dict[int, str], list[str]]] = [
    # dates put before others, taken away
    ("21 февраля; 16 мая", "21 февраля; 16 мая; 10 января", {2: "21.02.2013", 3: "16.05.2013"}, []),
    ("21 февраля; 16 мая", "16 мая", {1: "16.05.2013"}, ["21.02.2013"]),
    ("21 февраля; 16 мая", "21 февраля", {1: "21.02.2013"}, ["16.05.2013"]),
    ("21 февраля; 16 мая", "10 января; 21 февраля", {2: "21.02.2013"}, ["16.05.2013"]),
    ("20 марта", "25 марта; 5 июня", {}, ["20.03.2013"]),
    ("март; май", "январь; март; 20 мая", {2: "март 2013"}, ["май 2013"]),
    ("ежеквартально", "2 раза в год", {}, ["I квартал 2013", "II квартал 2013", "III квартал 2013", "IV квартал 2013"]),
    # as many dates as before: one is moved, and stays the one that it was
    ("20 марта", "25 марта", {1: "20.03.2013"}, []),
    ("21 февраля; 16 мая", "21 февраля; 20 мая", {1: "21.02.2013", 2: "16.05.2013"}, []),
    ("Постоянно", "в течение года", {1: "в течение года"}, []),
    # several of one date keep their order
    (
        "2 раза в полугодие",
        "3 раза в полугодие",
        {1: "01.01.2013 – 30.06.2013", 2: "01.01.2013 – 30.06.2013"}
        | {4: "01.07.2013 – 31.12.2013", 5: "01.07.2013 – 31.12.2013"},
        [],
    ),
]


@pytest.mark.parametrize(("before", "after", "kept", "lost"), CHANGES)
def test_a_mark_stays_with_its_date(before: str, after: str, kept: dict[int, str], lost: list[str]) -> None:
    reading = read_form(form_of(before), plan_of(after))
    assert marks(reading) == kept
    assert [found for _, found in gone(reading)] == lost


def test_the_rows_of_the_form_of_then_are_of_the_same_dates_now() -> None:
    plan = plan_of("10 января; 21 февраля; 16 мая")
    shown = [due_text(row, plan.calendar, Words()) for row in activity_rows(plan, "M1")]
    assert shown == ["10.01.2013", "21.02.2013", "16.05.2013"]
    submission = read_form(form_of("21 февраля; 16 мая"), plan).submission
    assert submission is not None
    assert [(mark.occurrence, mark.result, mark.address.cell) for mark in submission.marks] == [
        (2, "21.02.2013", f"G{FIRST}"),
        (3, "16.05.2013", f"G{FIRST + 1}"),
    ]


def test_the_message_shows_the_cell_of_the_date() -> None:
    assert gone(read_form(form_of("21 февраля; 16 мая"), plan_of("16 мая"))) == [(f"D{FIRST}", "21.02.2013")]


def test_a_row_without_a_mark_is_not_missed() -> None:
    reading = read_form(form_of("21 февраля; 16 мая", 2), plan_of("16 мая"))
    assert (marks(reading), gone(reading)) == ({1: "16.05.2013"}, [])


Edit = Callable[[Book], Book]


def _cells(**cells: Any) -> Edit:
    return lambda book: changed(book, SHEET, **cells)


def _without_dates(book: Book) -> Book:
    """The column of dates deleted."""
    sheet = book.sheet(SHEET)
    assert sheet is not None
    at = ACTIVITY["when"]
    cut = [row[:at] + row[at + 1 :] for row in sheet.rows]
    return with_sheet(book, SHEET, replace(sheet, rows=cut))


def _with_another_column(book: Book) -> Book:
    """A second column of the same heading, with other contents."""
    sheet = book.sheet(SHEET)
    assert sheet is not None
    added = {HEADING_ROW: "Выполнить", FIRST - 1: "в среду"}
    rows = [[*row, added.get(number, "")] for number, row in enumerate(sheet.rows)]
    return with_sheet(book, SHEET, replace(sheet, rows=rows))


HARMLESS: list[Edit] = [
    _cells(**{f"D{FIRST}": "", f"D{FIRST + 1}": ""}),
    _cells(**{f"D{FIRST}": datetime(2013, 2, 21), f"D{FIRST + 1}": datetime(2013, 5, 16)}),
    _cells(**{f"D{FIRST}": "21 февраля", f"D{FIRST + 1}": "16.05"}),
    _cells(**{f"D{FIRST}": "у нас", f"D{FIRST + 1}": "в районе"}),
    _cells(**{f"D{FIRST + 1}": "20.05.2013"}),
    _cells(**{f"D{HEADING_ROW + 1}": "Примечание"}),
    _with_another_column,
    _without_dates,
]


@pytest.mark.parametrize("edit", HARMLESS)
@pytest.mark.parametrize("other", [False, True])
def test_dates_that_people_have_edited_do_no_harm(edit: Edit, other: bool) -> None:
    """Whether the form is of this plan or of one that differed elsewhere."""
    plan = plan_of("21 февраля; 16 мая")
    if other:
        plan = small_plan(activities=plan.activities, targets=plan.targets[1:])
    reading = read_form(edit(form_of("21 февраля; 16 мая")), plan)
    assert marks(reading) == {1: "21.02.2013", 2: "16.05.2013"}
    assert [one for one in reading.problems if one.address.sheet == SHEET] == []


def test_a_real_date_and_another_spelling_are_the_same_date() -> None:
    edited = _cells(**{f"D{FIRST}": datetime(2013, 2, 21), f"D{FIRST + 1}": "16 мая"})(form_of("21 февраля; 16 мая"))
    assert marks(read_form(edited, plan_of("10 января; 21 февраля; 16 мая"))) == {2: "21.02.2013", 3: "16.05.2013"}


def test_a_number_that_another_date_has_taken_is_not_used() -> None:
    edited = _cells(**{f"D{FIRST + 1}": ""})(form_of("21 февраля; 16 мая"))
    reading = read_form(edited, plan_of("10 января; 21 февраля; 16 мая"))
    assert (marks(reading), gone(reading)) == ({2: "21.02.2013"}, [(f"D{FIRST + 1}", "—")])


@pytest.mark.parametrize("starts", [1, 4])
@pytest.mark.parametrize("due", [*EXAMPLES, "ежеквартально, до 10 числа следующего за отчётным месяца", "осень"])
def test_whatever_a_form_shows_is_known_for_a_date(due: str, starts: int) -> None:
    """So that a mark of it is named where the plan no longer has it."""
    plan = plan_of(due, starts)
    rows = activity_rows(plan, "M1")
    if not rows or rows[0].activity.deadline is None:
        pytest.skip("not a deadline of that year")
    others = activity_rows(plan_of("1 апреля; 2 апреля", starts), "M1")
    year = PlanYear(2013, starts)
    for row in rows:
        for spelling in due_spellings(row, year):
            assert by_dates({"A44": [Line(9, 7, spelling)]}, {"A44": others}, year) == {9: None}
