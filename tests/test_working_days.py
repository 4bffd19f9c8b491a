"""The working calendar: Russia's of 2013 with its transfers, and deadlines that fall on a day off."""

import subprocess
import sys
from datetime import date, timedelta

import holidays
import pytest
from holidays.registry import COUNTRIES
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.deadline_values import Due, single
from pipeline.domain.due_days import due_days
from pipeline.domain.periods import PlanYear
from pipeline.domain.working_days import Move, WorkingCalendar, has_calendar, working_calendar

RUSSIA = working_calendar("RU", 2013)
DAYS = st.dates(date(2013, 1, 1), date(2013, 12, 31))


def test_the_days_off_of_2013_in_russia() -> None:
    """As the government's decree No. 1048 of 15 October 2012 transferred them."""
    weekdays_off = sorted(day for day in RUSSIA.days_off if day.weekday() < 5)
    assert [day.strftime("%d.%m") for day in weekdays_off] == [
        *("01.01", "02.01", "03.01", "04.01", "07.01", "08.01"),
        "08.03",
        *("01.05", "02.05", "03.05"),  # the latter two for 5 and 6 January
        *("09.05", "10.05"),  # the latter for 23 February
        "12.06",
        "04.11",
    ]
    assert len(RUSSIA.days_off) == 118 and 365 - len(RUSSIA.days_off) == 247  # working days of that year


def test_a_saturday_may_be_worked() -> None:
    worked = date(2012, 12, 29)
    assert worked.weekday() == 5 and worked not in working_calendar("RU", 2012).days_off


@given(DAYS)
def test_it_is_the_calendar_of_the_library(day: date) -> None:
    assert (day in RUSSIA.days_off) != holidays.country_holidays("RU", years=2013).is_working_day(day)


@pytest.mark.parametrize(
    ("planned", "move", "expected"),
    [
        ("2013-08-31", "none", "2013-08-31"),  # a Saturday
        ("2013-08-31", "next", "2013-09-02"),
        ("2013-08-31", "previous", "2013-08-30"),
        ("2013-05-02", "next", "2013-05-06"),
        ("2013-05-02", "previous", "2013-04-30"),
        ("2013-05-09", "next", "2013-05-13"),
        ("2013-05-08", "next", "2013-05-08"),
        ("2013-01-01", "next", "2013-01-09"),
        ("2013-01-01", "previous", "2013-01-01"),  # the year has no working day before it
    ],
)
def test_where_a_deadline_goes(planned: str, move: Move, expected: str) -> None:
    calendar = working_calendar("RU", 2013, move)
    assert calendar.moved(single(date.fromisoformat(planned))).end == date.fromisoformat(expected)


def test_a_period_keeps_its_first_day() -> None:
    march = Due(date(2013, 3, 1), date(2013, 3, 31))  # the 31st is a Sunday
    assert working_calendar("RU", 2013, "next").moved(march) == Due(date(2013, 3, 1), date(2013, 4, 1))
    weekend = Due(date(2013, 8, 31), date(2013, 9, 1))
    assert working_calendar("RU", 2013, "previous").moved(weekend) == single(date(2013, 8, 30))


@given(DAYS, st.integers(0, 60), st.sampled_from(["none", "next", "previous"]))
def test_a_deadline_moves_to_the_nearest_working_day_or_stays(day: date, length: int, move: Move) -> None:
    due = Due(max(day - timedelta(length), date(2013, 1, 1)), day)
    moved = WorkingCalendar(2013, RUSSIA.days_off, move).moved(due)
    assert moved.start <= moved.end and moved.end.year == 2013
    if move == "none" or day not in RUSSIA.days_off:
        assert moved == due
    elif moved.end != day:
        between = range(min(day, moved.end).toordinal() + 1, max(day, moved.end).toordinal())
        assert moved.end not in RUSSIA.days_off
        assert all(date.fromordinal(number) in RUSSIA.days_off for number in between)


def test_countries() -> None:
    assert has_calendar("RU") and has_calendar("BY") and not has_calendar("XX")
    assert date(2013, 7, 3) in working_calendar("BY", 2013).days_off  # Belarus's day of independence


@pytest.mark.parametrize(
    ("year", "country", "month", "due"),
    [
        (PlanYear(2013), "RU", 8, date(2013, 9, 5)),
        (PlanYear(2013), "RU", 9, date(2013, 10, 7)),  # the 5th is a Saturday
        (PlanYear(2013), "RU", 12, date(2014, 1, 9)),  # the holidays of January
        (PlanYear(2013), "GB", 12, date(2014, 1, 6)),  # a Sunday
        (PlanYear(2013, 4), "RU", 9, date(2014, 1, 9)),  # December of a year that begins in April
    ],
)
def test_forms_are_due_on_a_working_day(year: PlanYear, country: str, month: int, due: date) -> None:
    assert due_days(year, 5, country)[month] == due


EACH = """
import sys
from datetime import date
from holidays.registry import COUNTRIES
from pipeline.domain.working_days import working_calendar
for _, code, *_ in COUNTRIES.values():
    print(code, *sorted(day.isoformat() for day in working_calendar(code, 2024).days_off))
print("holidays.countries" in sys.modules)
"""


def test_a_country_imported_alone_has_the_same_days_off() -> None:
    """holidays itself imports all its countries with the first."""
    done = subprocess.run([sys.executable, "-c", EACH], capture_output=True, text=True, check=True)
    *alone, all_imported = done.stdout.splitlines()
    year = [date(2024, 1, 1) + timedelta(number) for number in range(366)]
    expected = []
    for _, code, *_ in COUNTRIES.values():
        calendar = holidays.country_holidays(code, years=2024)
        expected.append(" ".join([code, *(day.isoformat() for day in year if not calendar.is_working_day(day))]))
    assert alone == expected and len(alone) > 200
    assert all_imported == "False"


def test_a_country_that_needs_the_others_is_imported_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in some later version of the library: the first try, without them, fails."""
    whole, tries = holidays.country_holidays, list[bool]()

    def needing_others(country: str, years: tuple[int, ...]) -> holidays.HolidayBase:
        others = sys.modules.get("holidays.countries")
        tries.append(others is not None and not hasattr(others, "__file__"))
        if tries[-1]:
            raise ImportError
        return whole(country, years=years)

    monkeypatch.delitem(sys.modules, "holidays.countries", raising=False)
    monkeypatch.setattr(holidays, "country_holidays", needing_others)
    assert working_calendar("RU", 2013) == RUSSIA
    assert tries == [True, False]
