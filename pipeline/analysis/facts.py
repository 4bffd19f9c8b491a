"""The data of a run as one tidy frame, a row a figure, each with the address that it came from."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.domain.submissions import Submission

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

    def texts(self, text: Callable[[str], str]) -> "pd.Series[str]":
        """A text for each row, of its value."""
        found = np.array([text(value) for value in self.values], dtype=object)
        return pd.Series(found[self.rows], dtype="str")


def coded(column: "pd.Series[str]") -> Coded:
    """The column by its different values."""
    rows, values = pd.factorize(column)
    return Coded(rows, [str(value) for value in values])


def facts_frame(submissions: Iterable[Submission]) -> pd.DataFrame:
    """Columns unit, indicator, measure, file, sheet, cell: str; month: int64 (1…12); value: float64."""
    forms = list(submissions)
    figures = [len(form.entries) for form in forms]
    of_entries = zip(*(entry for form in forms for entry in form.entries), strict=True)
    columns: dict[str, Any] = dict(zip((INDICATOR, MONTH, MEASURE, VALUE, SHEET, CELL), of_entries, strict=False))
    columns[UNIT] = np.repeat(np.array([form.identity.unit for form in forms], dtype=object), figures)
    columns[FILE] = np.repeat(np.array([form.file for form in forms], dtype=object), figures)
    texts = {name: "str" for name in COLUMNS if name not in (MONTH, VALUE)}
    return pd.DataFrame(columns, columns=list(COLUMNS)).astype(texts | {MONTH: "int64", VALUE: "float64"})
