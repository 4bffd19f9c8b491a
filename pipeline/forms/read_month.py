"""A month's sheet read: rows by code, columns by heading; each figure keeps its cell."""

from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Explanation, Measure, Place
from pipeline.forms.layout import CAUSES
from pipeline.forms.month_layout import MEASURES, month_layout
from pipeline.forms.read_columns import table_of
from pipeline.forms.read_formulas import said_of_formulas, without_formulas
from pipeline.forms.read_rows import MonthTable, month_table, row_problems
from pipeline.forms.read_sums import differing_sums
from pipeline.forms.rows import Row
from pipeline.problems import Key, Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.values import TOO_LARGE, read_number, shown, tidy
from pipeline.words import LANGUAGES, Words


class MonthReading(NamedTuple):
    """What one month's sheet states: the places of its figures, the figures themselves, and the rest."""

    places: tuple[Place, ...] = ()
    values: tuple[float, ...] = ()
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
    expected = {row.code for row in rows}
    tidied = (cell if cell in expected else tidy(cell) for cell in table.columns["code"])
    codes = tuple([code if code in expected else "" for code in tidied])
    at = tuple(columns.at.items())
    layout = month_layout(plan.asked(unit), month, sheet.name, columns.heading, at, codes)
    problems += row_problems(table, layout, columns.heading, rows)
    sheet, formulas = without_formulas(sheet, layout.inputs, table.say)
    stored = table
    if formulas:
        table = month_table(sheet, columns.at, plan, unit, month)
    figures: dict[Place, float] = {}
    explanations: list[Explanation] = []
    causes, texts = table.columns["cause"], table.columns["text"]
    for row in layout.rows:
        if causes[row.number] != "" or texts[row.number] != "":
            _read_explanation(table, row.code, row.number, explanations, problems)
        for measure, place in row.figures:
            value = table.columns[measure][row.number]
            if type(value) is float and 0 <= value < TOO_LARGE and value.is_integer():  # nearly every figure is
                figures[place] = value
            elif value != "":
                figure = _figure(table, row.indicator, row.number, measure, value, problems)
                if figure is not None:
                    figures[place] = figure
    if formulas:
        uncounted = {place.cell for row in layout.rows for _, place in row.figures if place not in figures}
        problems += said_of_formulas(formulas, uncounted)
    stated = {(place.indicator, place.measure): value for place, value in figures.items()}
    problems += differing_sums(stored, rows, layout.at, stated)
    return MonthReading(tuple(figures), tuple(figures.values()), tuple(explanations), tuple(problems))


def _figure(
    table: MonthTable, indicator: Indicator, number: int, measure: Measure, value: Value, problems: list[Problem]
) -> float | None:
    """The cell's figure, or None where there is none that counts; why not is added to the problems."""
    reading = read_number(value, indicator.unit_of_measure)
    found = shown(value)

    def say(**taken: float) -> None:
        problems.append(table.say(f"intake.{reading.code}", number, measure, found, indicator=indicator.code, **taken))

    if reading.value is None:
        if reading.code:
            say()
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
    if reading.code:
        say(value=reading.value)
    return rounded


def _read_explanation(
    table: MonthTable, code: str, number: int, explanations: list[Explanation], problems: list[Problem]
) -> None:
    cause, text = (_text(table.value(number, key)) for key in ("cause", "text"))
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
