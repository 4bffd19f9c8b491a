"""The data of a run as one tidy frame, a row a figure, each with the address that it came from."""

from collections.abc import Iterable

import pandas as pd

from pipeline.domain.submissions import Submission

UNIT, INDICATOR, MONTH, MEASURE, VALUE = "unit", "indicator", "month", "measure", "value"
FILE, SHEET, CELL = "file", "sheet", "cell"
COLUMNS = (UNIT, INDICATOR, MONTH, MEASURE, VALUE, FILE, SHEET, CELL)


def facts_frame(submissions: Iterable[Submission]) -> pd.DataFrame:
    """Columns unit, indicator, measure, file, sheet, cell: str; month: int64 (1…12); value: float64."""
    frame = pd.DataFrame(
        [
            (form.identity.unit, entry.indicator, entry.month, entry.measure, entry.value, form.file, *entry[4:])
            for form in submissions
            for entry in form.entries
        ],
        columns=list(COLUMNS),
    )
    texts = {name: "str" for name in COLUMNS if name not in (MONTH, VALUE)}
    return frame.astype(texts | {MONTH: "int64", VALUE: "float64"})
