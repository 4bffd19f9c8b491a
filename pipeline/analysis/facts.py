"""The data of a run as one tidy frame, a row a figure, each with the address that it came from."""

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.domain.submissions import Entries, Place, Submission, by_layout

UNIT, INDICATOR, MONTH, MEASURE, VALUE = "unit", "indicator", "month", "measure", "value"
FILE, SHEET, CELL = "file", "sheet", "cell"
COLUMNS = (UNIT, INDICATOR, MONTH, MEASURE, VALUE, FILE, SHEET, CELL)


class Coded(NamedTuple):
    """A column of few different values: the number of each row's value among them, and the values."""

    rows: NDArray[np.integer]
    values: list[str]

    def numbers(self, number: Callable[[str], int]) -> NDArray[np.int32]:
        """A number for each row, of its value."""
        numbers = np.array([number(value) for value in self.values], dtype=np.int32)
        return np.asarray(numbers[self.rows])

    def texts(self, text: Callable[[str], str]) -> pd.Categorical:
        """A text for each row, of its value."""
        return repeated([text(value) for value in self.values], self.rows)


def coded(column: "pd.Series[str]") -> Coded:
    """The column by its different values."""
    found = column.astype("category").cat
    rows, values = found.codes.to_numpy(), [str(value) for value in found.categories]
    used = np.zeros(len(values), dtype=bool)
    used[rows] = True
    if used.all():
        return Coded(rows, values)
    return Coded((np.cumsum(used, dtype=np.int32) - 1)[rows], list(compress(values, used)))


def repeated(values: Sequence[str], rows: NDArray[np.integer]) -> pd.Categorical:
    """The value of each row, given by its number."""
    return pd.Categorical(np.array(values, dtype=object)).take(rows)


def facts_frame(submissions: Iterable[Submission], wanted: Callable[[Place], bool] = lambda _: True) -> pd.DataFrame:
    """The figures at the `wanted` places of the submissions, in their order.

    Columns unit, indicator, measure, file, sheet, cell: categories of str; month: int8 (1…12); value: float.
    """
    number: dict[Place, int] = {}

    def chosen(places: Iterable[Place]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
        at = [(index, place) for index, place in enumerate(places) if wanted(place)]
        numbers = [number.setdefault(place, len(number)) for _, place in at]
        return np.array([index for index, _ in at], dtype=np.intp), np.array(numbers, dtype=np.int32)

    read = [(form, *which) for form, which in by_layout(submissions, chosen)]
    form = np.repeat(np.arange(len(read), dtype=np.int32), [len(at) for _, at, _ in read])
    place = np.concatenate([np.empty(0, dtype=np.int32), *(numbers for *_, numbers in read)])
    value = np.concatenate([np.empty(0), *(np.asarray(Entries.of(one.entries).values)[at] for one, at, _ in read)])
    indicator, month, measure, sheet, cell = zip(*number, strict=True) if number else ((),) * 5
    columns = {
        UNIT: repeated([one.identity.unit for one, *_ in read], form),
        INDICATOR: repeated(indicator, place),
        MONTH: np.array(month, dtype=np.int8)[place],
        MEASURE: repeated(measure, place),
        VALUE: value,
        FILE: repeated([one.file for one, *_ in read], form),
        SHEET: repeated(sheet, place),
        CELL: repeated(cell, place),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS), copy=False)
