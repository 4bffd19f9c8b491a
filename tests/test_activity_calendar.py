"""The .ics files, read by icalendar's parser as a calendar program would."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from icalendar import Calendar, Event

from pipeline.domain.periods import Month, Period
from pipeline.report.activity_calendar import ALL, calendars
from pipeline.words import Words
from tests.report_tables import example_tables

RU = Words("ru")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return calendars(example_tables(), RU)


def events(content: bytes) -> dict[str, Event]:
    """«A38-1» → the event."""
    parsed = Calendar.from_ical(content)
    found = {str(event["uid"]).removeprefix("2013-").partition("@")[0]: event for event in parsed.walk("VEVENT")}
    assert len(found) == len(parsed.walk("VEVENT"))
    return found


def test_one_file_of_all_and_one_of_each(files: dict[str, bytes]) -> None:
    assert list(files) == [
        ALL,
        "calendars/HEAD Заведующий отделом.ics",
        "calendars/M1 Методист 1.ics",
        "calendars/M2 Методист 2.ics",
        "calendars/M3 Методист 3.ics",
        "calendars/M4 Методист 4.ics",
    ]
    assert len(events(files[ALL])) == len(example_tables().occurrences)
    own = [set(events(content)) for name, content in files.items() if name != ALL]
    assert set().union(*own) == set(events(files[ALL]))
    assert {"A44-1", "A44-2"} <= own[-1] and not any("A44-1" in other for other in own[:-1])  # only Методист 4's


@pytest.mark.parametrize(
    ("key", "summary", "start", "end"),
    [
        # a day; two days; a day that was moved; the last day of a month that is the deadline
        ("A48-1", "«Библиотеки на селе: обеспечение равного доступа к информации». Круглый стол", "01-22", "01-23"),
        (
            "A38-1",
            "«Социокультурное пространство». Семинар для руководителей муниципальных библиотек",
            "02-12",
            "02-14",
        ),
        ("A45-2", "Островская зональная школа качества (2 из 2)", "11-14", "11-15"),
        ("A05-1", "Срок: Областная библиотечная акция «День гражданина информационного общества»", "05-31", "06-01"),
    ],
)
def test_an_event_fills_whole_days(files: dict[str, bytes], key: str, summary: str, start: str, end: str) -> None:
    event = events(files[ALL])[key]
    assert str(event["summary"]).replace("\u00a0", " ") == summary
    assert (event.start, event.end) == (date.fromisoformat(f"2013-{start}"), date.fromisoformat(f"2013-{end}"))
    assert event["transp"] == "TRANSPARENT"  # a deadline doesn't make anybody busy


def test_it_tells_what_is_known(files: dict[str, bytes]) -> None:
    found = events(files[ALL])
    assert str(found["A46-2"]["description"]) == (
        "Срок по плану: 28 марта; 26 сентября\nОтветственные: Заведующий отделом\nНа 30.09.2013: ● выполнено\n"
        "Выполнено: 26.09.2013\nРезультат, пояснение: 28 участников\nПример: фактические данные вымышлены."
    )
    assert found["A46-2"].categories == ["Зональные школы качества"]
    assert [str(found[key]["status"]) for key in ("A46-2", "A45-2", "A50-1")] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]


def test_the_next_month_updates_what_this_one_brought(files: dict[str, bytes]) -> None:
    tables = example_tables()
    october = Month(2013, 10)
    done = tables.occurrences.assign(state="done", start=pd.Timestamp(2013, 10, 20), end=pd.Timestamp(2013, 10, 20))
    later = events(calendars(replace(tables, period=Period(october, october), occurrences=done), RU)[ALL])
    now = events(files[ALL])
    assert {str(event["uid"]) for event in now.values()} == {str(event["uid"]) for event in later.values()}
    for key, event in now.items():
        assert event["sequence"] < later[key]["sequence"] and event["dtstamp"].dt < later[key]["dtstamp"].dt


def test_another_institution_has_identifiers_of_its_own(files: dict[str, bytes]) -> None:
    other = events(calendars(replace(example_tables(), institution="Районная библиотека"), RU)[ALL])
    assert {str(event["uid"]) for event in other.values()}.isdisjoint(
        str(event["uid"]) for event in events(files[ALL]).values()
    )


def test_it_is_as_the_standard_has_it(files: dict[str, bytes]) -> None:
    for content in files.values():
        assert all(len(line) <= 75 for line in content.split(b"\r\n")) and b"\n" not in content.replace(b"\r\n", b"")
        parsed = Calendar.from_ical(content)
        assert not parsed.errors and not any(event.errors for event in parsed.walk("VEVENT"))
        assert (parsed["version"], parsed["method"]) == ("2.0", "PUBLISH")
        assert all({"UID", "DTSTAMP", "DTSTART"} <= set(event) for event in parsed.walk("VEVENT"))
    assert calendars(example_tables(), RU) == files


def test_a_plan_without_dates_has_no_calendar() -> None:
    tables = example_tables()
    assert calendars(replace(tables, occurrences=tables.occurrences.head(0)), RU) == {}
