"""The sheet of activities read: a mark for each occurrence, and what was done beyond the plan."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from pipeline.domain.activities import ExtraActivity, Mark, MarkedState
from pipeline.forms.layout import EXTRA, LANGUAGES, STATES
from pipeline.forms.read_columns import column_problems, columns_of
from pipeline.forms.rows import ActivityRow
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.values import read_number, shown, tidy
from pipeline.words import Words

EPOCH = date(1899, 12, 30)
SERIALS = range(20000, 80000)
"""Numbers that are days of 1954 … 2119 where a date has lost its format."""
DAY_SPELLINGS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y")


class ActivitiesReading(NamedTuple):
    """What the sheet states."""

    marks: tuple[Mark, ...] = ()
    extras: tuple[ExtraActivity, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Sheet(NamedTuple):
    sheet: Sheet
    at: dict[str, int]
    unit: str
    year: int

    def value(self, row: int, key: str) -> Value:
        return self.sheet.at(row, self.at[key]) if key in self.at else ""

    def say(self, code: str, row: int, key: str, found: object = "", **values: object) -> Problem:
        return problem(code, self.sheet.address(row, self.at.get(key, 0)), found, self.unit, 0, **values)


def read_activities(sheet: Sheet, unit: str, year: int, rows: tuple[ActivityRow, ...]) -> ActivitiesReading:
    """The marks of one sheet; `rows` are the occurrences that the unit's form asks for."""
    columns = columns_of(sheet, "activities")
    if columns is None:
        return ActivitiesReading(problems=(problem("forms.activities_missing", sheet.address(0, 0), unit=unit),))
    problems = column_problems(sheet, columns, unit, 0)
    if "code" not in columns.at or "state" not in columns.at:
        return ActivitiesReading(problems=tuple(problems))
    context = _Sheet(sheet, columns.at, unit, year)
    known = {(row.activity.code, row.number) for row in rows}
    marks: dict[tuple[str, int], Mark] = {}
    extras: list[ExtraActivity] = []
    for row in range(columns.row + 1, len(sheet.rows)):
        cell = sheet.at(row, columns.at["code"])
        if cell == "" or (row == columns.row + 1 and isinstance(cell, int | float)):
            continue
        code = tidy(cell)
        if EXTRA.fullmatch(code):
            _read_extra(context, row, extras, problems)
            continue
        mark = _read_mark(context, row, code, known, problems)
        if mark is None:
            continue
        first = marks.setdefault((code, mark.occurrence), mark)
        if first is not mark:
            values = {"first": first.address.cell, "second": mark.address.cell}
            problems.append(context.say("forms.activity_twice", row, "code", code, **values))
    return ActivitiesReading(tuple(marks.values()), tuple(extras), tuple(problems))


def _read_mark(
    context: _Sheet, row: int, code: str, known: set[tuple[str, int]], problems: list[Problem]
) -> Mark | None:
    said = tidy(context.value(row, "state"))
    day_cell, result = context.value(row, "day"), tidy(context.value(row, "result"))
    if not said:
        if (day_cell != "" or result) and code in {activity for activity, _ in known}:
            problems.append(context.say("forms.state_missing", row, "state"))
        return None
    number = int(read_number(context.value(row, "number")).value or 1)
    if (code, number) not in known:
        problems.append(context.say("forms.activity_unknown", row, "code", code, number=number))
        return None
    state = _known_states().get(said.casefold())
    if state is None:
        problems.append(context.say("forms.state_unknown", row, "state", shown(said)))
        return None
    address = context.sheet.address(row, context.at["state"])
    return Mark(context.unit, code, number, state, _read_day(context, row, problems), result, address)


@cache
def _known_states() -> dict[str, MarkedState]:
    return {
        tidy(words(f"forms.state.{state}")).casefold(): state for words in map(Words, LANGUAGES) for state in STATES
    }


def _read_extra(context: _Sheet, row: int, extras: list[ExtraActivity], problems: list[Problem]) -> None:
    title, feeds, result = (tidy(context.value(row, key)) for key in ("activity", "feeds", "result"))
    day_cell = context.value(row, "day")
    if not title:
        if day_cell != "" or result:
            problems.append(context.say("forms.extra_untitled", row, "activity"))
        return
    address = context.sheet.address(row, context.at.get("activity", context.at["code"]))
    indicator = feeds.partition(" — ")[0]
    extras.append(ExtraActivity(context.unit, title, indicator, _read_day(context, row, problems), result, address))


def _read_day(context: _Sheet, row: int, problems: list[Problem]) -> date | None:
    value = context.value(row, "day")
    if value == "":
        return None
    day = _as_day(value)
    if day is None:
        problems.append(context.say("forms.day_unreadable", row, "day", shown(value), year=str(context.year)))
    elif day.year != context.year:
        problems.append(context.say("forms.day_other_year", row, "day", shown(day), year=str(context.year)))
    return day


def _as_day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return EPOCH + timedelta(days=int(value)) if int(value) in SERIALS else None
    for spelling in DAY_SPELLINGS if isinstance(value, str) else ():
        try:
            return datetime.strptime(tidy(value), spelling).date()
        except ValueError:
            continue
    return None
