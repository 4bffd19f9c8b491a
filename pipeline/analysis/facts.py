"""The data of a run as one tidy frame, a row a figure, each with the address that it came from."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pipeline.domain.submissions import Submission

UNIT, INDICATOR, MONTH, MEASURE, VALUE = "unit", "indicator", "month", "measure", "value"
FILE, SHEET, CELL = "file", "sheet", "cell"
COLUMNS = (UNIT, INDICATOR, MONTH, MEASURE, VALUE, FILE, SHEET, CELL)


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
