"""Which row of a month's sheet is which: by its code, wherever it stands; rows that belong nowhere are named."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Measure
from pipeline.forms.layout import LANGUAGES, MONTH_INPUTS
from pipeline.forms.read_columns import is_numbers_row
from pipeline.forms.rows import FormRow
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.headings import nearest
from pipeline.sheets.values import shown, tidy
from pipeline.words import Words

MEASURES: tuple[Measure, ...] = ("planned", "actual")


class MonthTable(NamedTuple):
    """A month's sheet with what its cells are read by: where its columns stand, whose it is."""

    sheet: Sheet
    at: dict[str, int]
    plan: Plan
    unit: str
    month: int

    def value(self, row: int, key: str) -> Value:
        """The cell's value; empty where the column is missing."""
        return self.sheet.at(row, self.at[key]) if key in self.at else ""

    def say(self, code: str, row: int, key: str, found: object = "", **values: object) -> Problem:
        """A problem in the row's cell in that column."""
        address = self.sheet.address(row, self.at.get(key, 0))
        return problem(code, address, found, self.unit, self.month, **values)


class Places(NamedTuple):
    """Code → the one row that carries it, and the problems of all others that hold anything typed."""

    at: dict[str, int]
    problems: tuple[Problem, ...]


def find_rows(table: MonthTable, heading: int, rows: Sequence[FormRow]) -> Places:
    """The rows below the headings, and above them what sorting has carried there; `rows` are those that the unit's
    form has in this month."""
    expected = {row.code: row for row in rows}
    found: dict[str, list[int]] = {}
    strays: list[int] = []
    for number in range(len(table.sheet.rows)):
        if number == heading:
            continue
        cell = table.value(number, "code")
        code = str(cell) if cell in expected else tidy(cell)
        if code in expected:
            found.setdefault(code, []).append(number)
        elif _is_typed(table, number) and not is_numbers_row(table.sheet.rows[number]):
            strays.append(number)
    carried_up = any(numbers[0] < heading for numbers in found.values())
    strays = [number for number in strays if number > heading or (carried_up and _has_figures(table, number))]
    missing = [row for row in rows if row.entered and row.code not in found]
    problems = [_missing(table, row) for row in missing]
    problems += _doubled(table, found)
    problems += _strays(table, strays, expected, [row.code for row in missing])
    return Places({code: numbers[0] for code, numbers in found.items() if len(numbers) == 1}, tuple(problems))


def _missing(table: MonthTable, row: FormRow) -> Problem:
    whole = table.sheet.address(0, 0)._replace(cell="")
    return problem("forms.row_missing", whole, row.code, table.unit, table.month, title=row.indicator.name)


def _doubled(table: MonthTable, found: Mapping[str, list[int]]) -> Iterator[Problem]:
    for code, numbers in found.items():
        first = table.sheet.address(numbers[0], table.at["code"]).cell
        for number in numbers[1:]:
            second = table.sheet.address(number, table.at["code"]).cell
            yield table.say("forms.code_twice", number, "code", code, first=first, second=second)


def _strays(
    table: MonthTable, numbers: Sequence[int], expected: Mapping[str, FormRow], missing: Sequence[str]
) -> Iterator[Problem]:
    """Rows with something typed that carry no code of the form: the row of an indicator whose code is lost or
    misspelt, or notes beside the table."""
    for number in numbers:
        code = tidy(table.value(number, "code"))
        if _is_signature(table, number, code):
            continue
        near = nearest(code, missing or expected) or nearest(code, expected) if code else ""
        said = "; ".join(shown(table.value(number, key)) for key in MONTH_INPUTS if tidy(table.value(number, key)))
        if code in table.plan.indicators.by_code:
            yield table.say("forms.not_in_plan", number, "code", code)
        elif near:
            yield table.say("forms.unknown_code", number, "code", code, nearest=near)
        elif missing:
            yield table.say("forms.code_missing", number, "code", said)
        else:
            first = next(key for key in MONTH_INPUTS if tidy(table.value(number, key)))
            yield table.say("forms.outside", number, first, said)


def _is_typed(table: MonthTable, number: int) -> bool:
    return any(value != "" and tidy(value) for value in (table.value(number, key) for key in MONTH_INPUTS))


def _has_figures(table: MonthTable, number: int) -> bool:
    return any(isinstance(table.value(number, key), int | float) for key in MEASURES)


def _is_signature(table: MonthTable, number: int, code: str) -> bool:
    typed = any(tidy(table.value(number, key)) for key in MONTH_INPUTS[:-1])
    return not typed and code.startswith(_signatures())


@cache
def _signatures() -> tuple[str, ...]:
    return tuple(words("forms.sign.who").partition(" ")[0] for words in map(Words, LANGUAGES))
