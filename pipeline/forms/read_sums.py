"""The computed rows of a month's sheet: their cells are ours and don't count, but what was typed over them is said."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from pipeline.domain.rounding import round_half_up
from pipeline.domain.submissions import Measure
from pipeline.forms.month_layout import MEASURES
from pipeline.forms.read_rows import MonthTable
from pipeline.forms.rows import Row
from pipeline.problems import Problem
from pipeline.sheets.book import Value
from pipeline.sheets.values import shown, tidy


def differing_sums(
    table: MonthTable, rows: Sequence[Row], places: Mapping[str, int], figures: Mapping[tuple[str, Measure], float]
) -> Iterator[Problem]:
    """Computed rows whose stored value is another than their parts make: someone has typed over the formula. `figures`
    are those that the sheet states."""
    for row in rows:
        if row.entered or row.code not in places:
            continue
        for measure in MEASURES:
            value = table.value(places[row.code], measure)
            known = [figures[part, measure] for part in row.parts if (part, measure) in figures]
            cells = [table.value(places[part], measure) for part in row.parts if part in places]
            if _is_number(value):
                if _comparable(cells, known, measure) and abs(float(value) - sum(known)) > 1e-6:
                    total = round_half_up(sum(known), 9)
                    values = {"figure": float(value), "sum": total}
                    yield table.say("forms.sum_typed", places[row.code], measure, shown(value), **values)
            elif tidy(value):
                yield table.say("forms.sum_replaced", places[row.code], measure, shown(value))


def _comparable(cells: Sequence[Value], known: Sequence[float], measure: Measure) -> bool:
    """The formula adds up numbers only: there is nothing to compare with where a part is anything else."""
    blanks = cells.count("")
    numbers = sum(map(_is_number, cells))
    return len(known) == numbers == len(cells) - blanks and not (measure == "planned" and blanks)


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
