"""The computed rows of a month's sheet: their cells are ours and don't count, but what was typed over them is said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import TypeGuard

from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Measure
from pipeline.forms.month_layout import MEASURES
from pipeline.forms.read_rows import MonthTable
from pipeline.forms.rows import Row
from pipeline.problems import Problem
from pipeline.sheets.book import Value
from pipeline.sheets.formulas import look
from pipeline.sheets.values import TOO_LARGE, shown, tidy


def differing_sums(
    table: MonthTable, rows: Sequence[Row], places: Mapping[str, int], figures: Mapping[tuple[str, Measure], float]
) -> Iterator[Problem]:
    """Computed rows that hold what neither their formula shows nor the counted parts make: someone has typed over the
    formula. The table is as it was stored; `figures` are those that are counted of it."""
    for row in rows:
        if row.entered or row.code not in places:
            continue
        number = places[row.code]
        for measure in MEASURES:
            value = table.value(number, measure)
            if not _is_number(value):
                if tidy(value):
                    yield table.say("forms.sum_replaced", number, measure, shown(value))
                continue
            known = [figures[part, measure] for part in row.parts if (part, measure) in figures]
            cells = [table.value(places[part], measure) for part in row.parts if part in places]
            if (known and _same(value, sum(known))) or _is_shown(value, cells, measure):
                continue
            if value == 0 and look(table.sheet.xml, [table.sheet.address(number, table.at[measure]).cell]):
                continue  # a program that computes no formulas has stored it
            if not abs(value) < TOO_LARGE:
                yield table.say("forms.sum_replaced", number, measure, shown(value))
            elif known:
                values = {"figure": float(value), "sum": round_half_up(sum(known), 9)}
                yield table.say("forms.sum_typed", number, measure, shown(value), **values)
            else:
                yield table.say("forms.sum_alone", number, measure, shown(value), figure=float(value))


def _is_shown(value: float, cells: Sequence[Value], measure: Measure) -> bool:
    """Whether the formula shows this value of the parts' cells. It adds up what is a number, planned figures only where
    all are; days are numbers to it, and nobody needs to know which."""
    if any(isinstance(cell, date | time | timedelta) for cell in cells):
        return True
    numbers = [float(cell) for cell in cells if _is_number(cell)]
    is_blank = not numbers or (measure == "planned" and len(numbers) < len(cells))
    return not is_blank and _same(value, sum(numbers))


def _same(value: float, total: float) -> bool:
    return abs(value - total) <= 1e-6


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
