"""Which row of a month's sheet is which: by its code, wherever it stands; rows that belong nowhere are named."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.domain.plan import Plan
from pipeline.forms.layout import MONTH_INPUTS, MONTH_READ
from pipeline.forms.month_layout import MEASURES, MonthLayout
from pipeline.forms.read_columns import is_numbers_row
from pipeline.forms.rows import Row
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Sheet, Value
from pipeline.sheets.headings import nearest
from pipeline.sheets.values import shown, tidy
from pipeline.words import LANGUAGES, Words


class MonthTable(NamedTuple):
    """A month's sheet with what its cells are read by: where its columns stand, what is in them, whose it is."""

    sheet: Sheet
    at: dict[str, int]
    columns: dict[str, list[Value]]
    plan: Plan
    unit: str
    month: int

    def value(self, row: int, key: str) -> Value:
        return self.columns[key][row]

    def say(self, code: str, row: int, key: str, found: object = "", **values: object) -> Problem:
        """A problem in the row's cell in that column."""
        address = self.sheet.address(row, self.at.get(key, 0))
        return problem(code, address, found, self.unit, self.month, **values)


def month_table(sheet: Sheet, at: dict[str, int], plan: Plan, unit: str, month: int) -> MonthTable:
    """The sheet's table; its columns stand `at` these indices. One that is missing is blank."""
    blank: list[Value] = [""] * len(sheet.rows)
    columns = {key: sheet.column(at[key]) if key in at else blank for key in MONTH_READ}
    return MonthTable(sheet, at, columns, plan, unit, month)


def row_problems(table: MonthTable, layout: MonthLayout, heading: int, rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows of the form that aren't there, that are there twice, and all others that hold anything typed: below the
    headings, and above them what sorting has carried there. `rows` are those that the unit's form has in this month."""
    carried_up = any(numbers[0] < heading for numbers in layout.found.values())
    strays = [
        number
        for number in layout.others
        if (number > heading or (carried_up and _has_figures(table, number)))
        and _is_typed(table, number)
        and not is_numbers_row(table.sheet.rows[number])
    ]
    missing = [row for row in rows if row.entered and row.code not in layout.found]
    for row in missing:
        yield _missing(table, row)
    yield from _doubled(table, layout.found)
    if strays:
        yield from _strays(table, strays, {row.code for row in rows}, [row.code for row in missing])


def _missing(table: MonthTable, row: Row) -> Problem:
    whole = table.sheet.address(0, 0)._replace(cell="")
    return problem("forms.row_missing", whole, row.code, table.unit, table.month, title=row.indicator.title)


def _doubled(table: MonthTable, found: Mapping[str, Sequence[int]]) -> Iterator[Problem]:
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
    typed = (table.columns[key][number] for key in MONTH_INPUTS)
    return any(value != "" and tidy(value) for value in typed)


def _has_figures(table: MonthTable, number: int) -> bool:
    return any(isinstance(table.value(number, key), int | float) for key in MEASURES)


def _is_signature(table: MonthTable, number: int, code: str) -> bool:
    typed = any(tidy(table.value(number, key)) for key in MONTH_INPUTS[:-1])
    return not typed and code.startswith(_signatures())


@cache
def _signatures() -> tuple[str, ...]:
    return tuple(words("forms.sign.who").partition(" ")[0] for words in map(Words, LANGUAGES))
