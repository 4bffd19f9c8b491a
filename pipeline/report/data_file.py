"""data.csv: every figure that was read, for other programs and for Excel by a double click; data.parquet: for programs
only."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.words import Words

COLUMNS = (
    *("unit", "unit_title", "section", "indicator", "indicator_title", "unit_of_measure"),
    *("month", "measure", "value", "file", "sheet", "cell"),
)
"""Those of ReportTables.data, in the file's order."""
AT_ONCE = 50_000
"""Rows that are text at a time: all those of a country would be ten times as large in memory as in the file."""
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
    known = {
        key: {value: _quoted(written.get(key, _harmless)(value), delimiter) for value in tables.data[key].unique()}
        for key in COLUMNS
    }
    content = BytesIO()
    with TextIOWrapper(content, encoding="utf-8-sig", newline="") as text:
        text.write(f"{delimiter.join(headings)}\r\n")
        for start in range(0, len(tables.data), AT_ONCE):
            part = tables.data[start : start + AT_ONCE]
            columns = (map(known[key].__getitem__, part[key].tolist()) for key in COLUMNS)
            text.writelines(f"{line}\r\n" for line in map(delimiter.join, zip(*columns, strict=True)))
        text.flush()
        return content.getvalue()


def parquet_file(tables: ReportTables) -> bytes:
    """data.parquet: the same figures for pandas and others, in Parquet (pyarrow, which is optional, writes it); columns
    as ReportTables.data has them, months as the calendar counts them."""
    content = BytesIO()
    months = tables.data["month"]
    calendar = {number: tables.month.plan_year.month(number).calendar[1] for number in MONTHS}
    data = tables.data.assign(month=months.map(calendar).astype(months.dtype))
    data.to_parquet(content, engine="pyarrow", index=False)
    return content.getvalue()


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
