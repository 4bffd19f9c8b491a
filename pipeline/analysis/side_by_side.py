"""The figures that were read as people read them: planned and actual side by side."""

import numpy as np
import pandas as pd

from pipeline.analysis.facts import coded


def side_by_side(data: pd.DataFrame) -> pd.DataFrame:
    """A row a unit's indicator and month, as far as its figures stand on one sheet of a file. `data`: as
    ReportTables.data says, in its order; its columns save measure, value and cell, then planned, actual: float (NaN
    where there is none); planned_cell, actual_cell: str (empty there)."""
    keys = [coded(data[name]).rows for name in ("indicator", "unit", "file", "sheet")] + [data["month"].to_numpy()]
    actual = (data["measure"] == "actual").to_numpy(dtype=bool)
    alike = np.zeros(len(data), dtype=bool)  # stands where the figure before it stands, and is of the other measure
    alike[1:] = np.logical_and.reduce([actual[1:] != actual[:-1], *(key[1:] == key[:-1] for key in keys)])
    beside = alike.copy()
    beside[1:] &= ~alike[:-1]  # two make a row
    first = np.flatnonzero(~beside)
    second = first + np.append(beside[1:], False)[first]
    found = data.take(first)
    for name, is_it in (("planned", ~actual), ("actual", actual)):
        rows = np.where(is_it[first], first, second)
        found[name] = np.where(is_it[rows], data["value"].to_numpy()[rows], np.nan)
        found[f"{name}_cell"] = np.where(is_it[rows], data["cell"].to_numpy(dtype=object)[rows], "")
    return found.drop(columns=["measure", "value", "cell"])
