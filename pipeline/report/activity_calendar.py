"""Activities as iCalendar files (RFC 5545): one of all, one of each person, for the calendars of their phones and
computers. An identifier never changes, so that a later month's file updates what an earlier one brought."""

import hashlib
from collections.abc import Hashable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
from icalendar import Calendar, Event

from pipeline.analysis.tables import DrawnTables
from pipeline.domain.units import Unit
from pipeline.forms.layout import form_file_name
from pipeline.report.activity_states import state_text
from pipeline.words import NO_BREAK, Words

ALL = "activities.ics"
FOLDER = "calendars"
END = b"END:VCALENDAR\r\n"
LONGEST = 7
"""Days of an event that fills its days; of a longer period («март») the calendar has the last day."""
STATUSES = {"cancelled": "CANCELLED", "moved": "TENTATIVE"}

Row = dict[Hashable, Any]


def calendars(tables: DrawnTables, words: Words) -> dict[str, bytes]:
    """Name of each file within the report's folder → its content; nothing where nothing is dated."""
    about = {row["code"]: row for row in tables.activities.to_dict("records")}
    occurrences = tables.occurrences.to_dict("records")
    events = [(row["units"], _event(row, about[row["activity"]], tables, words).to_ical()) for row in occurrences]
    if not events:
        return {}
    found = {ALL: _calendar(tables.unit_title, [event for _, event in events], tables, words)}
    for code, title in zip(tables.units["code"], tables.units["title"], strict=True):
        own = [event for units, event in events if code in units]
        if own:
            name = form_file_name(Unit(code, title)).removesuffix(".xlsx")
            found[f"{FOLDER}/{name}.ics"] = _calendar(title, own, tables, words)
    return found


def _calendar(whose: str, events: Iterable[bytes], tables: DrawnTables, words: Words) -> bytes:
    """Of events that are written already: each stands in two calendars."""
    calendar = Calendar()
    calendar.add("prodid", f"-//plan-fact-report//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words("report.ics.name", year=tables.month.plan_year, whose=whose))
    return b"".join((calendar.to_ical().removesuffix(END), *events, END))


def _event(row: Row, activity: Row, tables: DrawnTables, words: Words) -> Event:
    """An event of whole days. The reported month's end stands for the time of writing: a later month's file is the
    newer one, and the same report gives the same bytes."""
    first, last = row["start"].date(), row["end"].date()
    long = (last - first).days >= LONGEST
    written = datetime.combine(tables.month.last_day, datetime.min.time(), UTC)
    event = Event()
    event.add("uid", _uid(row, tables))
    event.add("dtstamp", written)
    event.add("last-modified", written)
    event.add("sequence", tables.month.number)
    event.add("dtstart", last if long else first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", _summary(row, long, words))
    event.add("description", _description(row, activity, tables, words))
    event.add("status", STATUSES.get(row["state"], "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    if activity["group"]:
        event.add("categories", [activity["group"]])
    return event


def _uid(row: Row, tables: DrawnTables) -> str:
    """Of the institution, the year, the activity's code and the number of the occurrence, and of nothing else."""
    owner = hashlib.sha256(f"{tables.institution}\n{tables.department}".encode()).hexdigest()[:16]
    return f"{tables.month.year}-{row['activity']}-{row['number']}@{owner}"


def _summary(row: Row, long: bool, words: Words) -> str:
    several = words("report.of", part=row["number"], whole=row["of"]) if row["of"] > 1 else ""
    title = f"{row['title']} ({several})" if several else str(row["title"])
    return words("report.ics.deadline", title=title) if long else title


def _description(row: Row, activity: Row, tables: DrawnTables, words: Words) -> str:
    lines = [
        words("report.ics.due", due=activity["due"]),
        words("report.ics.responsible", people=activity["responsible"]),
        words("report.ics.state", state=state_text(row["state"], words), day=words.day(tables.month.last_day)),
    ]
    if pd.notna(row["done_date"]):
        lines.append(words("report.ics.done", day=words.day(row["done_date"])))
    if row["result"]:
        lines.append(words("report.ics.result", text=row["result"]))
    if tables.example:
        lines.append(words("report.example"))
    return "\n".join(lines).replace(NO_BREAK, " ")
