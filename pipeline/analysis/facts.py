"""The data of a run as one tidy frame, a row a figure, each with the address that it came from."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.domain.submissions import Entries, Place, Submission

UNIT, INDICATOR, MONTH, MEASURE, VALUE = "unit", "indicator", "month", "measure", "value"
FILE, SHEET, CELL = "file", "sheet", "cell"
COLUMNS = (UNIT, INDICATOR, MONTH, MEASURE, VALUE, FILE, SHEET, CELL)


class Coded(NamedTuple):
    """A column of few different values: the number of each row's value among them, and the values."""

    rows: NDArray[np.intp]
    values: list[str]

    def numbers(self, number: Callable[[str], int]) -> NDArray[np.int64]:
        """A number for each row, of its value."""
        return np.array([number(value) for value in self.values], dtype=np.int64)[self.rows]

    def texts(self, text: Callable[[str], str]) -> pd.Categorical:
        """A text for each row, of its value."""
        return repeated([text(value) for value in self.values], self.rows)


def coded(column: "pd.Series[str]") -> Coded:
    """The column by its different values."""
    found = column.astype("category").cat.remove_unused_categories().cat
    return Coded(np.asarray(found.codes, dtype=np.intp), [str(value) for value in found.categories])


def repeated(values: Sequence[str], rows: NDArray[np.intp]) -> pd.Categorical:
    """The value of each row, given by its number."""
    return pd.Categorical(np.array(values, dtype=object)).take(rows)


def facts_frame(submissions: Iterable[Submission]) -> pd.DataFrame:
    """Columns unit, indicator, measure, file, sheet, cell: categories of str; month: int64 (1…12); value: float64."""
    forms = list(submissions)
    entries = [Entries.of(form.entries) for form in forms]
    number: dict[Place, int] = {}
    layouts = {id(one.places): one.places for one in entries}  # many forms share theirs
    known = {
        key: np.array([number.setdefault(place, len(number)) for place in places], dtype=np.intp)
        for key, places in layouts.items()
    }
    nothing = np.empty(0, dtype=np.intp)
    at = np.concatenate([nothing, *(known[id(one.places)] for one in entries)])
    form = np.repeat(np.arange(len(forms)), [len(one) for one in entries])
    indicator, month, measure, sheet, cell = zip(*number, strict=True) if number else ((), (), (), (), ())
    columns = {
        UNIT: repeated([form.identity.unit for form in forms], form),
        INDICATOR: repeated(indicator, at),
        MONTH: np.array(month, dtype=np.int64)[at],
        MEASURE: repeated(measure, at),
        VALUE: np.concatenate([np.empty(0), *(one.values for one in entries)]),
        FILE: repeated([form.file for form in forms], form),
        SHEET: repeated(sheet, at),
        CELL: repeated(cell, at),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))
