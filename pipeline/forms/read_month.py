"""A month's sheet read: rows by code, columns by heading; each figure keeps its cell."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Entry, Explanation, Measure
from pipeline.forms.layout import CAUSES, LANGUAGES
from pipeline.forms.read_columns import column_problems, columns_of
from pipeline.forms.rows import FormRow
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.headings import nearest
from pipeline.sheets.values import read_number, shown, tidy
from pipeline.words import Words

MEASURES: tuple[Measure, ...] = ("planned", "actual")


class MonthReading(NamedTuple):
    """What one month's sheet states."""

    entries: tuple[Entry, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Sheet(NamedTuple):
    """The sheet with what its cells are read by."""

    sheet: Sheet
    at: dict[str, int]
    plan: Plan
    unit: str
    month: int

    def say(self, code: str, row: int, key: str, found: object = "", **values: object) -> Problem:
        """A problem in the row's cell in that column."""
        address = self.sheet.address(row, self.at.get(key, 0))
        return problem(code, address, found, self.unit, self.month, **values)


def read_month(sheet: Sheet, plan: Plan, unit: str, month: int, rows: tuple[FormRow, ...]) -> MonthReading:
    """The figures and explanations of one sheet; `rows` are those that the unit's form has in this month."""
    whole = sheet.address(0, 0)._replace(cell="")
    columns = columns_of(sheet, "month")
    if columns is None:
        planned, actual = (Key(f"forms.column.{key}") for key in MEASURES)
        lost = problem("forms.no_headings", whole, unit=unit, month=month, first=planned, second=actual)
        return MonthReading(problems=(lost,))
    problems = column_problems(sheet, columns, unit, month)
    if "code" not in columns.at:
        return MonthReading(problems=tuple(problems))
    context = _Sheet(sheet, columns.at, plan, unit, month)
    expected = {row.code: row for row in rows}
    places = _places(context, columns.row, expected, problems)
    problems += (
        problem("forms.row_missing", whole, row.code, unit, month, title=row.indicator.name)
        for row in rows
        if row.entered and row.code not in places
    )
    entries: list[Entry] = []
    explanations: list[Explanation] = []
    for code, numbers in places.items():
        if len(numbers) > 1:
            first, second = (sheet.address(number, columns.at["code"]).cell for number in numbers[:2])
            problems.append(context.say("forms.code_twice", numbers[1], "code", code, first=first, second=second))
            continue
        _read_explanation(context, code, numbers[0], explanations, problems)
        if expected[code].entered:
            _read_figures(context, expected[code].indicator, numbers[0], entries, problems)
    problems += _differing_sums(context, rows, places, entries)
    return MonthReading(tuple(entries), tuple(explanations), tuple(problems))


def _places(
    context: _Sheet, heading: int, expected: Mapping[str, FormRow], problems: list[Problem]
) -> dict[str, list[int]]:
    """Code → the numbers of the rows that carry it. Rows with figures that belong nowhere become problems."""
    column = context.at["code"]
    places: dict[str, list[int]] = {}
    for number in range(heading + 1, len(context.sheet.rows)):
        cell = context.sheet.at(number, column)
        if cell in expected:
            places.setdefault(str(cell), []).append(number)
            continue
        if number == heading + 1 and isinstance(cell, int | float):
            continue  # the columns' numbers stand under their headings
        code = tidy(cell)
        if code in expected:
            places.setdefault(code, []).append(number)
        elif any(context.sheet.at(number, context.at[key]) != "" for key in MEASURES if key in context.at):
            problems.append(_stray(context, number, code, expected))
    return places


def _stray(context: _Sheet, number: int, code: str, expected: Mapping[str, FormRow]) -> Problem:
    if not code:
        return context.say("forms.code_missing", number, "code")
    if code in context.plan.indicators.by_code:
        return context.say("forms.not_in_plan", number, "code", code)
    return context.say("forms.unknown_code", number, "code", code, nearest=nearest(code, expected, cutoff=0.0))


def _read_figures(
    context: _Sheet, indicator: Indicator, number: int, entries: list[Entry], problems: list[Problem]
) -> None:
    for measure in MEASURES:
        column = context.at.get(measure)
        value = "" if column is None else context.sheet.at(number, column)
        if column is None or value == "":
            continue
        figure = _figure(context, indicator, number, measure, value, problems)
        if figure is not None:
            cell = context.sheet.address(number, column).cell
            entries.append(Entry(indicator.code, context.month, measure, figure, context.sheet.name, cell))


def _figure(
    context: _Sheet, indicator: Indicator, number: int, measure: Measure, value: Value, problems: list[Problem]
) -> float | None:
    """The cell's figure, or None where there is none that counts; why not is added to the problems."""
    if type(value) is float and value >= 0 and value.is_integer():
        return value  # nearly every figure; the rest is looked at closely
    reading = read_number(value, indicator.unit_of_measure)
    found = shown(value)
    if reading.code:
        taken = {} if reading.value is None else {"value": reading.value}
        problems.append(
            context.say(f"intake.{reading.code}", number, measure, found, indicator=indicator.code, **taken)
        )
    if reading.value is None:
        return None
    if reading.value < 0:
        problems.append(context.say("forms.negative", number, measure, found, figure=reading.value))
        return None
    rounded = round_half_up(reading.value, indicator.decimals)
    if abs(rounded - reading.value) > 1e-9:
        code = "too_precise" if indicator.decimals else "fraction"
        values = {"figure": reading.value, "counted_in": indicator.unit_of_measure, "decimals": indicator.decimals}
        problems.append(context.say(f"forms.{code}", number, measure, found, **values))
        return None
    return rounded


def _read_explanation(
    context: _Sheet, code: str, number: int, explanations: list[Explanation], problems: list[Problem]
) -> None:
    cells = [context.sheet.at(number, context.at[key]) if key in context.at else "" for key in ("cause", "text")]
    if cells == ["", ""]:
        return
    cause, text = map(tidy, cells)
    if cause and cause not in _known_causes():
        problems.append(context.say("forms.cause_unknown", number, "cause", shown(cause)))
    address = context.sheet.address(number, context.at["cause" if cause else "text"])
    explanations.append(Explanation(code, context.month, cause, text, address.sheet, address.cell))


@cache
def _known_causes() -> frozenset[str]:
    return frozenset(tidy(words(f"forms.cause.{cause}")) for words in map(Words, LANGUAGES) for cause in CAUSES)


def _differing_sums(
    context: _Sheet, rows: tuple[FormRow, ...], places: Mapping[str, list[int]], entries: list[Entry]
) -> list[Problem]:
    """Computed rows whose stored figure is another than their parts make: someone has typed over the formula.

    The formula adds up numbers only, so that there is nothing to compare with where a part is anything else.
    """
    found: list[Problem] = []
    figures = {(entry.indicator, entry.measure): entry.value for entry in entries}
    for row in rows:
        if row.entered or len(places.get(row.code, ())) != 1:
            continue
        number = places[row.code][0]
        parts = [part.code for part in rows if row.code in part.adds_to]
        for measure in MEASURES:
            column = context.at.get(measure)
            if column is None:
                continue
            value = context.sheet.at(number, column)
            if not isinstance(value, int | float):
                continue
            cells = [context.sheet.at(place, column) for part in parts for place in places.get(part, ())]
            known = [figures[part, measure] for part in parts if (part, measure) in figures]
            numbers = sum(isinstance(cell, int | float) for cell in cells)
            blanks = cells.count("")
            if not len(known) == numbers == len(cells) - blanks or (measure == "planned" and blanks):
                continue
            total = round_half_up(sum(known), 9)
            if abs(value - total) > 1e-6:
                found.append(
                    context.say("forms.sum_typed", number, measure, shown(value), figure=float(value), sum=total)
                )
    return found
