"""The data of a run as one tidy frame, a row a figure, each with the address that it came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Facts:
    """The figures of all forms, sixteen bytes each: arrays of the numbers of their forms — (unit, file) — and of their
    places, and of their values."""

    forms: list[tuple[str, str]]
    places: list[Place]
    form: NDArray[np.int32]
    place: NDArray[np.int32]
    value: NDArray[np.float64]

    def only(self, wanted: Sequence[bool]) -> "Facts":
        """Those at the places that are `wanted`."""
        rows = np.array(wanted, dtype=bool)[self.place]
        return replace(self, form=self.form[rows], place=self.place[rows], value=self.value[rows])

    def frame(self) -> pd.DataFrame:
        """Columns unit, indicator, measure, file, sheet, cell: categories of str; month: int8 (1…12); value: float."""
        indicator, month, measure, sheet, cell = zip(*self.places, strict=True) if self.places else ((),) * 5
        columns = {
            UNIT: repeated([unit for unit, _ in self.forms], self.form),
            INDICATOR: repeated(indicator, self.place),
            MONTH: np.array(month, dtype=np.int8)[self.place],
            MEASURE: repeated(measure, self.place),
            VALUE: self.value,
            FILE: repeated([file for _, file in self.forms], self.form),
            SHEET: repeated(sheet, self.place),
            CELL: repeated(cell, self.place),
        }
        return pd.DataFrame(columns, columns=list(COLUMNS), copy=False)


def facts_of(submissions: Iterable[Submission]) -> Facts:
    """The figures of the submissions, in their order."""
    number: dict[Place, int] = {}

    def numbers(places: Iterable[Place]) -> NDArray[np.int32]:
        return np.array([number.setdefault(place, len(number)) for place in places], dtype=np.int32)

    read = list(by_layout(submissions, numbers))
    return Facts(
        [(form.identity.unit, form.file) for form, _ in read],
        list(number),
        np.repeat(np.arange(len(read), dtype=np.int32), [len(places) for _, places in read]),
        np.concatenate([np.empty(0, dtype=np.int32), *(places for _, places in read)]),
        np.concatenate([np.empty(0), *(np.asarray(Entries.of(form.entries).values) for form, _ in read)]),
    )
