"""data.csv: every figure that was read, for other programs and for Excel by a double click; data.parquet: for programs
only."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import Any

import pandas as pd

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.words import Words

COLUMNS = (
    *("unit", "unit_title", "section", "indicator", "indicator_title", "unit_of_measure"),
    *("month", "measure", "value", "file", "sheet", "cell"),
)
"""Those of ReportTables.data, in the file's order."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def data_file(tables: ReportTables, words: Words) -> bytes:
    """UTF-8 with a byte order mark (without one Excel takes it for cp1251); in Russian separated by semicolons and
    with decimal commas, as Russian Excel expects them."""
    russian = words.language == "ru"
    measures = {measure: words(f"report.data.measure.{measure}") for measure in ("planned", "actual")}
    written: dict[str, Callable[[Any], object]] = {
        "measure": lambda measure: _harmless(measures[measure]),
        "value": lambda value: _figure(value, russian),
        "month": words.month_number,
    }
    delimiter = ";" if russian else ","
    headings = (_quoted(words(f"report.data.column.{key}"), delimiter) for key in COLUMNS)
    columns = (_column(tables.data[key], written.get(key, _harmless), delimiter) for key in COLUMNS)
    lines = map(delimiter.join, (headings, *zip(*columns, strict=True)))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def parquet_file(tables: ReportTables) -> bytes:
    """data.parquet: the same figures for pandas and others, in Parquet (pyarrow, which is optional, writes it); columns
    as ReportTables.data has them, months as the calendar counts them."""
    content = BytesIO()
    months = tables.data["month"]
    calendar = {number: tables.month.plan_year.month(number).calendar[1] for number in MONTHS}
    data = tables.data.assign(month=months.map(calendar).astype(months.dtype))
    data.to_parquet(content, engine="pyarrow", index=False)
    return content.getvalue()


def _column(values: "pd.Series[Any]", written: Callable[[Any], object], delimiter: str) -> Iterator[str]:
    """What is written for each value, quoted where it has to be; there are few different ones."""
    known = {value: _quoted(written(value), delimiter) for value in values.unique().tolist()}
    return map(known.__getitem__, values.tolist())


def _quoted(value: object, delimiter: str) -> str:
    line = StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow([value, ""])  # an empty one alone would be quoted
    return line.getvalue().removesuffix(delimiter)


def _figure(value: float, russian: bool) -> str:
    shown = f"{value:.10f}".rstrip("0").rstrip(".")
    return shown.replace(".", ",") if russian else shown


def _harmless(text: str) -> str:
    """Text from forms as text: a cell that would begin a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
