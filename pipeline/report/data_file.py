"""data.csv: every figure that was read, for other programs and for Excel by a double click; data.parquet: for programs
only."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import BinaryIO, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.analysis.facts import coded
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.words import Words

COLUMNS = (
    *("unit", "unit_title", "section", "indicator", "indicator_title", "unit_of_measure"),
    *("month", "measure", "value", "file", "sheet", "cell"),
)
"""Those of ReportTables.data, in the file's order."""
TOGETHER = (
    ("unit", "unit_title", "section", "indicator", "indicator_title", "unit_of_measure"),
    ("month", "measure"),
    ("value",),
    ("file",),
    ("sheet", "cell"),
)
"""The same: columns that say one thing together, and are written at once."""
AT_ONCE = 50_000
"""Rows that are text at a time: all those of a country would be ten times as large in memory as in the file."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_data_file(parts: Iterable[pd.DataFrame], words: Words, file: BinaryIO) -> None:
    """data.csv of the figures, which come in parts (see analysis/data_tables.py): UTF-8 with a byte order mark (without
    one Excel takes it for cp1251); in Russian separated by semicolons and with decimal commas, as Russian Excel expects
    them."""
    russian = words.language == "ru"
    measures = {measure: words(f"report.data.measure.{measure}") for measure in ("planned", "actual")}
    delimiter = ";" if russian else ","
    headings = (_quoted(words(f"report.data.column.{key}"), delimiter) for key in COLUMNS)
    file.write(f"\ufeff{delimiter.join(headings)}\r\n".encode())
    for part in parts:
        cells: dict[str, _Cells] = {
            "month": _Cells(part["month"].to_numpy(), [str(words.month_number(month)) for month in (1, *MONTHS)]),
            "value": _numbers(part["value"].to_numpy(), lambda value: _quoted(_figure(value, russian), delimiter)),
        }
        for key in COLUMNS:
            if key not in cells:
                rows, texts = coded(part[key])
                said = [measures[text] for text in texts] if key == "measure" else texts
                cells[key] = _Cells(rows, [_quoted(_harmless(text), delimiter) for text in said])
        beside = [_beside([cells[key] for key in keys], delimiter) for keys in TOGETHER]
        for start in range(0, len(part), AT_ONCE):
            columns = (cells.texts(start, start + AT_ONCE) for cells in beside)
            lines = "\r\n".join(map(delimiter.join, zip(*columns, strict=True)))
            file.write(f"{lines}\r\n".encode())


class _Cells(NamedTuple):
    """A column, or several beside one another: the number of what is in each row, and what is written for it."""

    rows: NDArray[np.integer]
    written: Sequence[str]

    def texts(self, start: int, stop: int) -> Iterator[str]:
        return map(self.written.__getitem__, self.rows[start:stop].tolist())


def _numbers(values: NDArray[np.float64], written: Callable[[float], str]) -> _Cells:
    rows, found = pd.factorize(values)
    return _Cells(rows, [written(value) for value in found.tolist()])


def _beside(columns: Sequence[_Cells], delimiter: str) -> _Cells:
    """Columns of which few different combinations occur."""
    if len(columns) == 1:
        return columns[0]
    shape = [len(column.written) for column in columns]
    rows, found = pd.factorize(np.ravel_multi_index([column.rows for column in columns], shape))
    numbers = (at.tolist() for at in np.unravel_index(found, shape))
    texts = (map(column.written.__getitem__, at) for column, at in zip(columns, numbers, strict=True))
    return _Cells(rows, list(map(delimiter.join, zip(*texts, strict=True))))


def write_parquet(parts: Iterable[pd.DataFrame], year: PlanYear, file: BinaryIO) -> None:
    """data.parquet: the same figures for pandas and others, in Parquet (pyarrow, which is optional, writes it); columns
    as ReportTables.data has them, months as the calendar counts them."""
    import pyarrow as pa
    from pyarrow import parquet

    calendar = np.array([0, *(year.month(number).calendar[1] for number in MONTHS)], dtype=np.int8)
    texts = pa.dictionary(pa.int32(), pa.string())
    types = {"month": pa.int8(), "value": pa.float64()}
    schema = pa.schema([(key, types.get(key, texts)) for key in COLUMNS])
    with parquet.ParquetWriter(file, schema) as writer:
        for part in parts:
            table = part[list(COLUMNS)].assign(month=calendar[part["month"]])
            writer.write_table(pa.Table.from_pandas(table, schema=schema, preserve_index=False))


def _quoted(value: object, delimiter: str) -> str:
    """The value as a cell; of each column there are few different ones."""
    line = StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow([value, ""])  # an empty one alone would be quoted
    return line.getvalue().removesuffix(delimiter)


def _figure(value: float, russian: bool) -> str:
    shown = f"{value:.10f}".rstrip("0").rstrip(".")
    return shown.replace(".", ",") if russian else shown


def _harmless(text: str) -> str:
    """Text from forms as text: a cell that would begin a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
