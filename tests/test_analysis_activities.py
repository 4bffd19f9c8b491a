"""The state of activities at the end of a month, on deadlines as plans write them."""

from dataclasses import replace
from datetime import date

import pytest
from pandas import Timestamp

from pipeline.analysis.activities import STATES, Occurrence, occurrences, whole
from pipeline.analysis.activity_tables import activities_table, occurrences_table
from pipeline.domain.activities import Activity, Mark, MarkedState
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.periods import Month
from pipeline.domain.working_days import WorkingCalendar, working_calendar
from pipeline.report.activity_states import STATES as SHOWN_STATES
from tests.plans import small_plan

END_OF_SEPTEMBER = date(2013, 9, 30)
PLAIN = WorkingCalendar(2013)


def activity(due: str) -> Activity:
    return Activity("A1", "S4", "", "Семинар", due, read_deadline(due, 2013), ("M1",))


def mark(state: MarkedState, day: date | None = None, number: int = 1, unit: str = "M1") -> Mark:
    return Mark(unit, "A1", number, state, day, "", NOWHERE)


def states(due: str, *marks: Mark, today: date = END_OF_SEPTEMBER, calendar: WorkingCalendar = PLAIN) -> list[str]:
    return [one.state for one in occurrences([activity(due)], marks, today, calendar)]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("20 марта", ["overdue"]),
        ("30 сентября", ["overdue"]),
        ("1 октября", ["coming"]),
        ("сентябрь-октябрь", ["due"]),
        ("28 января; ноябрь", ["overdue", "coming"]),
        ("Ежеквартально", ["overdue", "overdue", "overdue", "coming"]),
        ("2 раза в год", ["due", "due"]),
        ("Постоянно", ["standing"]),
        ("По графику", ["standing"]),
        ("после дождичка в четверг", ["unread"]),
    ],
)
def test_what_nobody_has_marked(due: str, expected: list[str]) -> None:
    assert states(due) == expected


def test_weekly_tasks_are_marked_once_a_month() -> None:
    # the week of 30 September … 6 October falls due in October and has begun
    assert states("Еженедельно") == ["overdue"] * 9 + ["due"] + ["coming"] * 2


def test_what_is_marked_counts() -> None:
    assert states("20 марта", mark("done", date(2013, 3, 19))) == ["done"]
    assert states("20 марта", mark("moved")) == ["moved"]
    assert states("20 марта", mark("cancelled")) == ["cancelled"]
    assert states("20 марта", mark("in_progress")) == ["overdue"]
    assert states("28 января; ноябрь", mark("done", date(2013, 1, 28), number=1)) == ["done", "coming"]


def test_done_after_the_reported_month_is_not_yet_done() -> None:
    assert states("20 марта", mark("done", date(2013, 10, 2))) == ["overdue"]


def test_done_late_is_known() -> None:
    assert states("20 марта", mark("done", date(2013, 3, 20))) == ["done"]
    assert states("20 марта", mark("done", date(2013, 3, 21))) == ["late"]
    assert states("20 марта", mark("done")) == ["done"]  # nobody knows when
    assert states("март", mark("done", date(2013, 3, 31))) == ["done"]


@pytest.mark.parametrize(
    ("new_day", "expected"),
    [(None, "moved"), (date(2013, 11, 7), "moved"), (date(2013, 9, 30), "overdue"), (date(2013, 6, 1), "overdue")],
)
def test_a_moved_one_is_due_on_its_new_day(new_day: date | None, expected: str) -> None:
    assert states("20 марта", mark("moved", new_day)) == [expected]


def test_the_new_day_decides_what_is_late() -> None:
    moved = mark("moved", date(2013, 4, 10))
    assert states("20 марта", moved, mark("done", date(2013, 4, 10), unit="M2")) == ["done"]
    assert states("20 марта", moved, mark("done", date(2013, 4, 11), unit="M2")) == ["late"]


@pytest.mark.parametrize("due", ["Постоянно", "По мере необходимости", "По графику"])
def test_a_task_without_a_date_is_kept_up_if_anybody_says_so(due: str) -> None:
    assert states(due) == ["standing"]
    assert states(due, mark("in_progress")) == ["kept"]
    assert states(due, mark("done", date(2013, 5, 5))) == ["done" if due == "По графику" else "kept"]
    assert states(due, mark("done", date(2013, 12, 5))) == ["standing"]  # not yet, in September
    assert states(due, mark("cancelled")) == ["cancelled"]


MARCH, JUNE = date(2013, 3, 12), date(2013, 6, 4)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], ["due", "due"]),
        ([mark("done", MARCH, number=2)], ["done", "due"]),
        ([mark("done", MARCH, number=1), mark("done", JUNE, number=2)], ["done", "done"]),
        # two people about the same day: once
        ([mark("done", MARCH, unit="M1"), mark("done", MARCH, unit="M2")], ["done", "due"]),
        # two people, each about a day of their own, both in their first row: twice
        ([mark("done", MARCH, unit="M1"), mark("done", JUNE, unit="M2")], ["done", "done"]),
        # one person, two rows, one day: twice
        ([mark("done", MARCH, number=1), mark("done", MARCH, number=2)], ["done", "done"]),
        ([mark("cancelled", number=1), mark("done", MARCH, number=2)], ["done", "cancelled"]),
    ],
)
def test_any_two_marks_fill_twice_a_year(marks: list[Mark], expected: list[str]) -> None:
    assert states("2 раза в год", *marks) == expected


def test_twice_a_year_is_overdue_only_when_the_year_is_over() -> None:
    done, end = mark("done", MARCH), date(2013, 12, 31)
    assert states("2 раза в год", done, today=date(2013, 11, 30)) == ["done", "due"]
    assert states("2 раза в год", done, today=end) == ["done", "overdue"]


def test_what_is_done_more_often_than_planned_keeps_its_words() -> None:
    marks = [
        Mark(unit, "A1", 1, "done", date(2013, month, 1), f"в {month} месяце", NOWHERE)
        for unit, month in (("M1", 3), ("M2", 5), ("M3", 7))
    ]
    found = occurrences([activity("2 раза в год")], marks, END_OF_SEPTEMBER, PLAIN)
    assert [[said.result for said in one.marks] for one in found] == [["в 3 месяце"], ["в 5 месяце", "в 7 месяце"]]


def test_a_deadline_on_a_day_off_moves_as_the_setting_says() -> None:
    saturday, monday = mark("done", date(2013, 8, 31)), mark("done", date(2013, 9, 2))
    none, following = working_calendar("RU", 2013), working_calendar("RU", 2013, "next")
    assert states("31 августа", saturday, calendar=none) == ["done"]
    assert states("31 августа", monday, calendar=none) == ["late"]
    assert states("31 августа", monday, calendar=following) == ["done"]
    assert states("31 августа", today=date(2013, 8, 31), calendar=none) == ["overdue"]
    assert states("31 августа", today=date(2013, 8, 31), calendar=following) == ["due"]


def test_a_reader_sees_the_states_in_the_order_of_their_urgency() -> None:
    assert tuple(SHOWN_STATES) == STATES


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["done", "overdue", "coming"], "overdue"),
        (["done", "coming"], "coming"),
        (["done", "cancelled"], "done"),
        (["done", "late"], "late"),
        (["late", "coming"], "coming"),
        (["cancelled"], "cancelled"),
        (["done", "due", "coming"], "due"),
    ],
)
def test_the_whole_is_what_is_most_urgent(parts: list[str], expected: str) -> None:
    one = activity("20 марта")
    assert whole(Occurrence(one, 1, 1, None, None, state, ()) for state in STATES if state in parts) == expected


def test_the_tables_name_dates_people_and_results() -> None:
    plan = small_plan()
    done = Mark("M1", "A2", 1, "done", date(2013, 2, 9), "30 участников", NOWHERE)
    found = occurrences(plan.activities, [done], date(2013, 4, 30), PLAIN)
    table = activities_table(plan, found, Month(2013, 4), PLAIN).set_index("title")
    assert table.loc["Школа качества", ["state", "done", "total", "result"]].tolist() == [
        "coming",
        1,
        2,
        "30 участников",
    ]
    assert table.loc["Школа качества", "due_date"].date() == date(2013, 10, 17)
    assert table.loc["Школа качества", "done_date"].date() == date(2013, 2, 9)
    assert table.loc["Оценка деятельности районной библиотеки", "state"] == "overdue"
    assert table.loc["Хранение фонда", "state"] == "standing"
    assert set(table["responsible"]) == {"Методист 1"}
    assert table.loc["Совещания", "overdue_days"] == (date(2013, 3, 31),)
    assert table["next_date"].dropna().to_dict() == {"Медиа-план": Timestamp("2013-05-26")}
    assert len(occurrences_table(found)) == 1 + 2 + 4 + 12


def test_what_is_done_altogether_has_its_last_date() -> None:
    plan = small_plan(activities=(activity("7 февраля; 17 октября"),))
    both = [mark("done", date(2013, 2, 7), number=1), mark("done", date(2013, 10, 17), number=2)]
    table = activities_table(
        plan, occurrences(plan.activities, both, date(2013, 10, 31), PLAIN), Month(2013, 10), PLAIN
    )
    assert table["due_date"].tolist() == [Timestamp("2013-10-17")]


def test_a_day_off_is_told_of_what_is_still_to_be_done() -> None:
    plan = small_plan(activities=(activity("27 июля; 31 августа"), replace(activity("март"), code="A2")))
    calendar = working_calendar("RU", 2013)
    for marks, expected in (([], "27.07"), ([mark("done", date(2013, 7, 26))], "31.08")):
        found = occurrences(plan.activities, marks, date(2013, 7, 31), calendar)
        table = activities_table(plan, found, Month(2013, 7), calendar)
        assert table["day_off"].dt.strftime("%d.%m").dropna().tolist() == [
            expected
        ]  # March ends on a Sunday, as it may
