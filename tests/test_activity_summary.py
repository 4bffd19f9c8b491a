"""How sections and people keep the plan's dates, and where activities meet indicators: tables to check by hand."""

import math
from datetime import date

import pandas as pd
import pytest

from pipeline.analysis.activities import Occurrence, occurrences
from pipeline.analysis.activity_summary import activity_summary
from pipeline.analysis.meets import meets_table
from pipeline.domain.activities import Activity, ExtraActivity, Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.working_days import WorkingCalendar
from tests.plans import small_plan

PLAN_TEXT = """
    A1 | S4 | 23 апреля                | M1    | TRIP
    A2 | S4 | 7 февраля; 17 октября    | M1 M2 | TRIP
    A3 | S1 | Ежеквартально            | M2    |
    A4 | S1 | Постоянно                | M2    | VS.ST
    A5 | S1 | Еженедельно              | M1    | VS.MO
"""
MARKS = """
    A1 1 M1 done 2013-04-25
    A2 1 M1 done 2013-02-07
    A2 1 M2 done 2013-02-07
    A3 1 M2 done
    A3 2 M2 cancelled
    A4 1 M2 in_progress
"""


def plan() -> Plan:
    rows = [[part.strip() for part in line.split("|")] for line in PLAN_TEXT.strip().splitlines()]
    return small_plan(
        activities=tuple(
            Activity(code, section, "", code, due, read_deadline(due, 2013), tuple(people.split()), feeds)
            for code, section, due, people, feeds in rows
        )
    )


def found(text: str = MARKS, today: date = date(2013, 9, 30)) -> tuple[Occurrence, ...]:
    marks = []
    for line in text.strip().splitlines():
        code, number, unit, state, *day = line.split()
        marks.append(Mark(unit, code, int(number), state, date.fromisoformat(day[0]) if day else None, "", NOWHERE))  # type: ignore[arg-type]
    return occurrences(plan().activities, marks, today, WorkingCalendar(2013))


def test_by_section_and_person() -> None:
    table = activity_summary(plan(), found())
    columns = ["kind", "title", "total", "finished", "late", "overdue", "due", "coming", "cancelled", "kept", "in_time"]
    shown = table[columns].astype({"in_time": "Int64"}).astype(str).agg(" | ".join, axis=1).tolist()
    # A3: a quarter done nobody knows when, one cancelled, one overdue; A5: nine months without a mark
    assert shown == [
        "section | Обслуживание | 17 | 1 | 0 | 10 | 1 | 3 | 1 | 1 | 0",
        "section | Методическая помощь | 3 | 2 | 1 | 0 | 0 | 1 | 0 | 0 | 50",
        "unit | Методист 1 | 15 | 2 | 1 | 9 | 1 | 3 | 0 | 0 | 9",
        "unit | Методист 2 | 7 | 2 | 0 | 1 | 0 | 2 | 1 | 1 | 50",
        "total |  | 20 | 3 | 1 | 10 | 1 | 4 | 1 | 1 | 8",
    ]


def test_no_activities_no_summary() -> None:
    assert activity_summary(small_plan(activities=()), ()).empty


def extra(indicator: str) -> ExtraActivity:
    return ExtraActivity("M1", "Выезд по просьбе", indicator, date(2013, 6, 14), "", NOWHERE)


def met(reported: float, *extras: ExtraActivity) -> pd.Series:
    indicators = [
        Indicator("TRIP", "Выезды", "S4", "ед."),
        Indicator("VS.ST", "Посещения", "S1", "ед."),
        Indicator("VS.MO", "Посещения вне стен", "S1", "ед."),
        Indicator("UV", "Посетители", "S1", "чел."),
    ]
    figures = {"TRIP": (16.0, reported), "VS.ST": (200.0, 150.0), "VS.MO": (100.0, 7.0), "UV": (1.0, 1.0)}
    table = meets_table(indicators, figures, plan().activities, found(), extras).set_index("code")
    assert list(table.index) == ["TRIP", "VS.ST", "VS.MO"]  # nothing feeds the visitors
    assert table.loc[["VS.ST", "VS.MO"], "verdict"].tolist() == ["uncounted", "uncounted"]
    return table.loc["TRIP"]


@pytest.mark.parametrize(
    ("reported", "extras", "verdict", "difference"),
    [
        (2, 0, "agrees", 0),
        (4, 0, "more", 2),
        (1, 0, "fewer", 1),
        (4, 1, "more", 1),
        (3, 1, "agrees", 0),
        (math.nan, 0, "unknown", math.nan),
    ],
)
def test_trips_done_and_trips_reported(reported: float, extras: int, verdict: str, difference: float) -> None:
    trips = met(reported, *[extra("TRIP")] * extras)
    assert (trips["target"], trips["dated"], trips["done"], trips["extra"]) == (16, 3, 2, extras)
    assert trips["verdict"] == verdict and trips["undated"] == 13
    assert trips["difference"] == pytest.approx(difference, nan_ok=True)


def test_undated_work_feeds_the_same_indicator() -> None:
    """More may be reported than the marks show; less may not."""
    standing = Activity(
        "B1", "S4", "", "Выезды по просьбам", "Постоянно", read_deadline("постоянно", 2013), ("M1",), "TRIP"
    )
    trip, activities = Indicator("TRIP", "Выезды", "S4", "ед."), (*plan().activities, standing)
    for reported, verdict in ((9.0, "agrees"), (1.0, "fewer")):
        table = meets_table([trip], {"TRIP": (16.0, reported)}, activities, found(), ())
        assert table[["verdict", "undated"]].values.tolist() == [[verdict, 0.0]]
