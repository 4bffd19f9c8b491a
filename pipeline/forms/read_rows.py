"""Which row of a month's sheet is which: by its code, wherever it stands; rows that belong nowhere are named."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Measure
from pipeline.forms.layout import MONTH_INPUTS
from pipeline.forms.read_columns import is_numbers_row
from pipeline.forms.rows import Row
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.headings import nearest
from pipeline.sheets.values import shown, tidy
from pipeline.words import LANGUAGES, Words

MEASURES: tuple[Measure, ...] = ("planned", "actual")


class MonthTable(NamedTuple):
    """A month's sheet with what its cells are read by: where its columns stand, what is in them, whose it is."""

    sheet: Sheet
    at: dict[str, int]
    columns: dict[str, list[Value]]
    plan: Plan
    unit: str
    month: int

    def value(self, row: int, key: str) -> Value:
        """The cell's value; empty where the column is missing."""
        return self.columns[key][row] if key in self.columns else ""

    def say(self, code: str, row: int, key: str, found: object = "", **values: object) -> Problem:
        """A problem in the row's cell in that column."""
        address = self.sheet.address(row, self.at.get(key, 0))
        return problem(code, address, found, self.unit, self.month, **values)


def month_table(sheet: Sheet, at: dict[str, int], plan: Plan, unit: str, month: int) -> MonthTable:
    """The sheet's table; its columns stand `at` these indices."""
    return MonthTable(sheet, at, {key: sheet.column(index) for key, index in at.items()}, plan, unit, month)


class Places(NamedTuple):
    """Code → the one row that carries it, and the problems of all others that hold anything typed."""

    at: dict[str, int]
    problems: tuple[Problem, ...]


def find_rows(table: MonthTable, heading: int, rows: Sequence[Row]) -> Places:
    """The rows below the headings, and above them what sorting has carried there; `rows` are those that the unit's
    form has in this month."""
    expected = {row.code for row in rows}
    found: dict[str, list[int]] = {}
    strays: list[int] = []
    for number, cell in enumerate(table.columns["code"]):
        if number == heading:
            continue
        code = cell if isinstance(cell, str) and (not cell or cell in expected) else tidy(cell)
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


def _missing(table: MonthTable, row: Row) -> Problem:
    whole = table.sheet.address(0, 0)._replace(cell="")
    return problem("forms.row_missing", whole, row.code, table.unit, table.month, title=row.indicator.name)


def _doubled(table: MonthTable, found: Mapping[str, list[int]]) -> Iterator[Problem]:
    for code, numbers in found.items():
        if len(numbers) == 1:
            continue
        first = table.sheet.address(numbers[0], table.at["code"]).cell
        for number in numbers[1:]:
            second = table.sheet.address(number, table.at["code"]).cell
            yield table.say("forms.code_twice", number, "code", code, first=first, second=second)


def _strays(
    table: MonthTable, numbers: Sequence[int], expected: Collection[str], missing: Sequence[str]
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
        elif missing and code:
            yield table.say("forms.code_foreign", number, "code", code, data=said)
        elif missing:
            yield table.say("forms.code_missing", number, "code", said)
        else:
            first = next(key for key in MONTH_INPUTS if tidy(table.value(number, key)))
            yield table.say("forms.outside", number, first, said)


def _is_typed(table: MonthTable, number: int) -> bool:
    typed = (table.columns[key][number] for key in MONTH_INPUTS if key in table.columns)
    return any(value != "" and tidy(value) for value in typed)


def _has_figures(table: MonthTable, number: int) -> bool:
    return any(isinstance(table.value(number, key), int | float) for key in MEASURES)


def _is_signature(table: MonthTable, number: int, code: str) -> bool:
    typed = any(tidy(table.value(number, key)) for key in MONTH_INPUTS[:-1])
    return not typed and code.startswith(_signatures())


@cache
def _signatures() -> tuple[str, ...]:
    return tuple(words("forms.sign.who").partition(" ")[0] for words in map(Words, LANGUAGES))
