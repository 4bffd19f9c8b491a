"""The state of activities at the end of a month, on deadlines as plans write them."""

from datetime import date

import pytest

from pipeline.analysis.activities import STATES, Occurrence, occurrences, whole
from pipeline.analysis.activity_tables import activity_tables
from pipeline.domain.activities import Activity, Mark, MarkedState
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.submissions import Identity, Submission
from tests.plans import small_plan

END_OF_SEPTEMBER = date(2013, 9, 30)


def activity(due: str) -> Activity:
    return Activity("A1", "S4", "", "Семинар", due, read_deadline(due, 2013), ("M1",))


def mark(state: MarkedState, day: date | None = None, number: int = 1, result: str = "") -> Mark:
    return Mark("M1", "A1", number, state, day, result, NOWHERE)


def states(due: str, *marks: Mark) -> list[str]:
    return [one.state for one in occurrences([activity(due)], marks, END_OF_SEPTEMBER)]


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
    late, in_time = (
        occurrences([activity("20 марта")], [mark("done", day)], END_OF_SEPTEMBER)[0]
        for day in (date(2013, 3, 25), date(2013, 3, 20))
    )
    assert (late.late, in_time.late) == (True, False)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["done", "overdue", "coming"], "overdue"),
        (["done", "coming"], "coming"),
        (["done", "cancelled"], "done"),
        (["cancelled"], "cancelled"),
        (["done", "due", "coming"], "due"),
    ],
)
def test_the_whole_is_what_is_most_urgent(parts: list[str], expected: str) -> None:
    one = activity("20 марта")
    assert whole(Occurrence(one, 1, None, state, ()) for state in STATES if state in parts) == expected


def test_the_tables_name_dates_people_and_results() -> None:
    plan = small_plan()
    done = Mark("M1", "A2", 1, "done", date(2013, 2, 9), "30 участников", NOWHERE)
    form = Submission("M1.xlsx", "", Identity("M1", 2013, 1), (), (), (done,), ())
    activities, dated = activity_tables(plan, [form], date(2013, 4, 30))
    table = activities.set_index("title")
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
    assert len(dated) == 1 + 2 + 4 + 12
