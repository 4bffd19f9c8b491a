"""Where a month's table has what the form asks for.

Nearly all forms stand as they were issued: what stands where is worked out once for all that stand alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.domain.addresses import cell_name
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Asked
from pipeline.domain.submissions import ALIKE, Measure, Place
from pipeline.forms.layout import MONTH_INPUTS
from pipeline.forms.read_formulas import InputCells, input_cells
from pipeline.forms.rows import Row, asked_rows

MEASURES: tuple[Measure, ...] = ("planned", "actual")
_SAID = tuple(key for key in MONTH_INPUTS if key not in MEASURES)


class PlacedRow(NamedTuple):
    """A row of the form and the number of the only row that carries its code; where its figures are entered, the places
    of those whose columns are there."""

    code: str
    number: int
    indicator: Indicator
    figures: tuple[tuple[Measure, Place], ...]


@dataclass(frozen=True)
class MonthLayout:
    """`found`: code of the form → the numbers of all rows that carry it. `others`: the rows that carry none, save the
    headings. `rows`: those that are read, in the sheet's order; `at`: the same, code → number. `inputs`: the cells into
    which people type."""

    found: Mapping[str, Sequence[int]]
    others: tuple[int, ...]
    rows: tuple[PlacedRow, ...]
    at: Mapping[str, int]
    inputs: InputCells


@lru_cache(ALIKE)
def month_layout(
    asked: Asked, month: int, sheet: str, heading: int, columns: tuple[tuple[str, int], ...], codes: tuple[str, ...]
) -> MonthLayout:
    """The layout of a month's sheet: `heading` is the row of its headings, `columns` stand at these indices, `codes`
    are those of the form that its rows carry, empty where they carry none."""
    expected = {row.code: row for row in asked_rows(asked)[month]}
    index = dict(columns)
    found: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        if code and number != heading:
            found.setdefault(code, []).append(number)
    others = tuple(number for number, code in enumerate(codes) if not code and number != heading)
    at = {code: numbers[0] for code, numbers in found.items() if len(numbers) == 1}

    def placed(row: Row, number: int) -> PlacedRow:
        figures = (
            (measure, Place(row.code, month, measure, sheet, cell_name(number, index[measure])))
            for measure in MEASURES
            if row.entered and measure in index
        )
        return PlacedRow(row.code, number, row.indicator, tuple(figures))

    typed = {number: MONTH_INPUTS if expected[code].entered else _SAID for code, number in at.items()}
    rows = tuple(placed(expected[code], number) for code, number in at.items())
    return MonthLayout(found, others, rows, at, input_cells(index, typed))
