"""A month's sheet read: rows by code, columns by heading; each figure keeps its cell."""

from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.domain.addresses import cell_name
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Entry, Explanation, Measure
from pipeline.forms.layout import CAUSES, MONTH_INPUTS
from pipeline.forms.read_columns import table_of
from pipeline.forms.read_formulas import without_formulas
from pipeline.forms.read_rows import MEASURES, MonthTable, find_rows, month_table
from pipeline.forms.read_sums import differing_sums
from pipeline.forms.rows import Row
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.values import read_number, shown, tidy
from pipeline.words import LANGUAGES, Words

_SAID = tuple(key for key in MONTH_INPUTS if key not in MEASURES)


class MonthReading(NamedTuple):
    """What one month's sheet states."""

    entries: tuple[Entry, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_month(sheet: Sheet, plan: Plan, unit: str, month: int, rows: tuple[Row, ...]) -> MonthReading:
    """The figures and explanations of one sheet; `rows` are those that the unit's form has in this month."""
    columns, problems = table_of(sheet, "month", unit, month)
    if columns is None:
        planned, actual = (Key(f"forms.column.{key}") for key in MEASURES)
        whole = sheet.address(0, 0)._replace(cell="")
        lost = problem("forms.no_headings", whole, unit=unit, month=month, first=planned, second=actual)
        return MonthReading(problems=(lost,))
    if "code" not in columns.at:
        return MonthReading(problems=tuple(problems))
    table = month_table(sheet, columns.at, plan, unit, month)
    expected = {row.code: row for row in rows}
    places = find_rows(table, columns.heading, rows)
    problems += places.problems
    typed = {row: _inputs(expected[code]) for code, row in places.at.items()}
    sheet, formulas = without_formulas(sheet, table.at, typed, table.say)
    if formulas:
        table, problems = month_table(sheet, columns.at, plan, unit, month), problems + formulas
    entries: list[Entry] = []
    explanations: list[Explanation] = []
    for code, number in places.at.items():
        _read_explanation(table, code, number, explanations, problems)
        if expected[code].entered:
            _read_figures(table, expected[code].indicator, number, entries, problems)
    problems += differing_sums(table, rows, places.at, entries)
    return MonthReading(tuple(entries), tuple(explanations), tuple(problems))


def _inputs(row: Row) -> tuple[str, ...]:
    """The columns into which people type in this row: a computed row has formulas of its own."""
    return MONTH_INPUTS if row.entered else _SAID


def _read_figures(
    table: MonthTable, indicator: Indicator, number: int, entries: list[Entry], problems: list[Problem]
) -> None:
    for measure in MEASURES:
        value = table.value(number, measure)
        if value == "":
            continue
        if type(value) is float and value >= 0 and value.is_integer():  # nearly every figure is
            figure: float | None = value
        else:
            figure = _figure(table, indicator, number, measure, value, problems)
        if figure is not None:
            cell = cell_name(number, table.at[measure])
            entries.append(Entry(indicator.code, table.month, measure, figure, table.sheet.name, cell))


def _figure(
    table: MonthTable, indicator: Indicator, number: int, measure: Measure, value: Value, problems: list[Problem]
) -> float | None:
    """The cell's figure, or None where there is none that counts; why not is added to the problems."""
    reading = read_number(value, indicator.unit_of_measure)
    found = shown(value)
    if reading.code:
        taken = {} if reading.value is None else {"value": reading.value}
        problems.append(table.say(f"intake.{reading.code}", number, measure, found, indicator=indicator.code, **taken))
    if reading.value is None:
        return None
    if reading.value < 0:
        problems.append(table.say("forms.negative", number, measure, found, figure=reading.value))
        return None
    rounded = round_half_up(reading.value, indicator.decimals)
    if abs(rounded - reading.value) > 1e-9:
        code = "too_precise" if indicator.decimals else "fraction"
        values = {"figure": reading.value, "counted_in": indicator.unit_of_measure, "decimals": indicator.decimals}
        problems.append(table.say(f"forms.{code}", number, measure, found, **values))
        return None
    return rounded


def _read_explanation(
    table: MonthTable, code: str, number: int, explanations: list[Explanation], problems: list[Problem]
) -> None:
    said = table.value(number, "cause"), table.value(number, "text")
    if said == ("", ""):
        return
    cause, text = map(_text, said)
    if not cause and not text:
        return
    if cause and cause not in _known_causes():
        problems.append(table.say("forms.cause_unknown", number, "cause", shown(cause)))
    address = table.sheet.address(number, table.at["cause" if cause else "text"])
    explanations.append(Explanation(code, table.month, cause, text, address.sheet, address.cell))


def _text(value: Value) -> str:
    """What is said in the cell, however long; a date as it is shown."""
    return shown(value) if isinstance(value, date) else tidy(value)


@cache
def _known_causes() -> frozenset[str]:
    return frozenset(tidy(words(f"forms.cause.{cause}")) for words in map(Words, LANGUAGES) for cause in CAUSES)
