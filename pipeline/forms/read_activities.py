"""The sheet of activities read: a mark for each occurrence, and what was done beyond the plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from pipeline.domain.activities import ExtraActivity, Mark, MarkedState
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.periods import PlanYear
from pipeline.forms.layout import EXTRA, STATES
from pipeline.forms.read_columns import is_numbers_row, table_of
from pipeline.forms.read_formulas import input_cells, said_of_formulas, without_formulas
from pipeline.forms.read_occurrences import Line, by_dates
from pipeline.forms.rows import ActivityRow
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.values import read_number, shown, tidy
from pipeline.words import LANGUAGES, Words

EPOCH = date(1899, 12, 30)
SERIALS = range(20000, 80000)
"""Numbers that are days of 1954 … 2119 where a date has lost its format."""
INPUTS = ("state", "day", "result")
EXTRA_INPUTS = (*INPUTS, "activity", "feeds")
"""Columns into which people type, of a planned activity's row and of one beyond the plan."""
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
    year: PlanYear

    def value(self, row: int, key: str) -> Value:
        return self.sheet.at(row, self.at[key]) if key in self.at else ""

    def say(self, code: str, row: int, key: str, found: object = "", **values: object) -> Problem:
        return problem(code, self.sheet.address(row, self.at.get(key, 0)), found, self.unit, 0, **values)


def read_activities(
    sheet: Sheet, unit: str, year: PlanYear, rows: tuple[ActivityRow, ...], of_this_plan: bool
) -> ActivitiesReading:
    """The marks of one sheet; `rows` are the occurrences that the unit's form asks for. Dates are compared with the
    plan's where it isn't the one of which the form was made."""
    columns, problems = table_of(sheet, "activities", unit, 0)
    if columns is None:
        whole = sheet.address(0, 0)._replace(cell="")
        first, second = (Key(f"forms.column.{key}") for key in ("code", "state"))
        return ActivitiesReading(problems=(problem("forms.no_headings", whole, unit=unit, first=first, second=second),))
    if "code" not in columns.at or "state" not in columns.at:
        return ActivitiesReading(problems=tuple(problems))
    context = _Sheet(sheet, columns.at, unit, year)
    codes = {row: tidy(context.value(row, "code")) for row in range(columns.heading + 1, len(sheet.rows))}
    beyond = {row for row, code in codes.items() if EXTRA.fullmatch(code)}
    inputs = input_cells(columns.at, {row: EXTRA_INPUTS if row in beyond else INPUTS for row in codes})
    sheet, formulas = without_formulas(sheet, inputs, context.say)
    context = context._replace(sheet=sheet)
    asked: dict[str, list[ActivityRow]] = {}
    for one in rows:
        asked.setdefault(one.activity.code, []).append(one)
    dated = {} if of_this_plan else by_dates(_lines(context, codes, asked), asked, year)
    said: dict[tuple[str, int], list[Mark]] = {}
    extras: dict[tuple[str, ExtraActivity], ExtraActivity] = {}
    counted: set[int] = set()
    for row, code in codes.items():
        if is_numbers_row(sheet.rows[row]):
            continue
        if row in beyond:
            extra = _read_extra(context, row, problems)
            if extra is not None:
                extras.setdefault((code, replace(extra, address=NOWHERE)), extra)  # a copy of the row is the same
                counted.add(row)
        elif code in asked:
            mark = _read_mark(context, row, asked[code], dated, problems)
            if mark is not None:
                said.setdefault((code, mark.occurrence), []).append(mark)
                counted.add(row)
        else:
            problems += _stray(context, row, code)
    marks = [mark for mark in (_one_of(context, same, problems) for same in said.values()) if mark is not None]
    if formulas:
        uncounted = {cell for cell, (row, _, _) in zip(*inputs, strict=True) if row not in counted}
        problems += said_of_formulas(formulas, uncounted | {one.address.cell for one in problems})
    return ActivitiesReading(tuple(marks), tuple(extras.values()), tuple(problems))


def _stray(context: _Sheet, row: int, code: str) -> Iterator[Problem]:
    """A row that is no activity of the form and yet has something typed into it."""
    typed = [key for key in INPUTS if tidy(context.value(row, key))]
    if typed and code:
        yield context.say("forms.activity_unknown", row, "code", code)
    elif typed or (not code and tidy(context.value(row, "activity"))):
        said = "; ".join(shown(context.value(row, key)) for key in typed or ("activity",))
        yield context.say("forms.activity_uncoded", row, "code", said)


def _lines(
    context: _Sheet, codes: Mapping[int, str], asked: Mapping[str, Sequence[ActivityRow]]
) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {}
    for row, code in codes.items():
        if code in asked:
            number = _number(context, row, len(asked[code]))
            whole = int(number) if number is not None and number.is_integer() else None
            lines.setdefault(code, []).append(Line(row, whole, _when(context, row)))
    return lines


def _when(context: _Sheet, row: int) -> str:
    """When the row is to be done; a text that a spreadsheet has made a date, as it was."""
    value = context.value(row, "when")
    return shown(value) if isinstance(value, date) else tidy(value)


def _number(context: _Sheet, row: int, of: int) -> float | None:
    return read_number(context.value(row, "number")).value or (1.0 if of == 1 else None)


def _read_mark(
    context: _Sheet,
    row: int,
    asked: Sequence[ActivityRow],
    dated: Mapping[int, int | None],
    problems: list[Problem],
) -> Mark | None:
    """The row's mark; `asked` are the occurrences of its activity, `dated` those that the rows' dates tell."""
    code, of = asked[0].activity.code, len(asked)
    said, result = (tidy(context.value(row, key)) for key in ("state", "result"))
    if not said:
        if tidy(context.value(row, "day")) or result:
            problems.append(context.say("forms.state_missing", row, "state"))
        return None
    number = dated[row] if row in dated else _number(context, row, of)
    if number is None and row in dated:
        found = _when(context, row) or "—"
        problems.append(context.say("forms.occurrence_gone", row, "when", found, activity=code))
        return None
    if number is None or number not in range(1, of + 1):
        found = shown(context.value(row, "number")) or "—"
        problems.append(context.say("forms.occurrence_unknown", row, "number", found, activity=code, of=of))
        return None
    state = _known_states().get(said.casefold())
    if state is None:
        problems.append(context.say("forms.state_unknown", row, "state", shown(said)))
        return None
    address = context.sheet.address(row, context.at["state"])
    return Mark(context.unit, code, int(number), state, _read_day(context, row, problems), result, address)


def _one_of(context: _Sheet, marks: list[Mark], problems: list[Problem]) -> Mark | None:
    """The mark that rows for one occurrence agree on; None where they differ."""
    first = marks[0]
    for mark in marks[1:]:
        if replace(mark, address=first.address) != first:
            values = {"first": first.address.cell, "second": mark.address.cell}
            problems.append(problem("forms.activity_twice", mark.address, mark.activity, context.unit, 0, **values))
            return None
    return first


@cache
def _known_states() -> dict[str, MarkedState]:
    return {
        tidy(words(f"forms.state.{state}")).casefold(): state for words in map(Words, LANGUAGES) for state in STATES
    }


def _read_extra(context: _Sheet, row: int, problems: list[Problem]) -> ExtraActivity | None:
    title, feeds, state, result = (tidy(context.value(row, key)) for key in ("activity", "feeds", "state", "result"))
    is_done = not state or _known_states().get(state.casefold()) == "done"
    day_cell = context.value(row, "day")
    if not title:
        if tidy(day_cell) or result or feeds or not is_done:
            problems.append(context.say("forms.extra_untitled", row, "activity"))
        return None
    if not is_done:
        problems.append(context.say("forms.extra_not_done", row, "state", shown(state), title=title))
        return None
    address = context.sheet.address(row, context.at.get("activity", context.at["code"]))
    indicator = feeds.partition(" — ")[0]
    return ExtraActivity(context.unit, title, indicator, _read_day(context, row, problems), result, address)


def _read_day(context: _Sheet, row: int, problems: list[Problem]) -> date | None:
    value = context.value(row, "day")
    if not tidy(value):
        return None
    day = _as_day(value)
    if day is None:
        march = context.year.day(3, 20)
        problems.append(context.say("forms.day_unreadable", row, "day", shown(value), year=str(march.year)))
    elif day not in context.year:
        problems.append(context.say("forms.day_other_year", row, "day", shown(day), year=str(context.year)))
    return day


def _as_day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return EPOCH + timedelta(days=int(value)) if SERIALS.start <= value < SERIALS.stop else None
    for spelling in DAY_SPELLINGS if isinstance(value, str) else ():
        try:
            return datetime.strptime(tidy(value), spelling).date()
        except ValueError:
            continue
    return None
