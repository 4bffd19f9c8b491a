"""data.csv: every figure that was read, for other programs and for Excel by a double click; data.parquet: for programs
only."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from typing import Any

import pandas as pd

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.report.data import COLUMNS
from pipeline.words import Words

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
    content = BytesIO()
    with TextIOWrapper(content, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=";" if russian else ",", lineterminator="\r\n")
        writer.writerow(words(f"report.data.column.{key}") for key in COLUMNS)
        columns = (_column(tables.data[key], written.get(key, _harmless)) for key in COLUMNS)
        writer.writerows(zip(*columns, strict=True))
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


def _column(values: "pd.Series[Any]", written: Callable[[Any], object]) -> Iterator[object]:
    """What is written for each value; there are few different ones."""
    known = {value: written(value) for value in values.unique().tolist()}
    return map(known.__getitem__, values.tolist())


def _figure(value: float, russian: bool) -> str:
    shown = f"{value:.10f}".rstrip("0").rstrip(".")
    return shown.replace(".", ",") if russian else shown


def _harmless(text: str) -> str:
    """Text from forms as text: a cell that would begin a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
