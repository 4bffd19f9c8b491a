"""data.csv: every figure that was read, for other programs and for Excel by a double click."""

import csv
from io import StringIO

from pipeline.analysis.tables import ReportTables
from pipeline.report.data import COLUMNS
from pipeline.words import Words

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def data_file(tables: ReportTables, words: Words) -> bytes:
    """UTF-8 with a byte order mark (without one Excel takes it for cp1251); in Russian separated by semicolons and
    with decimal commas, as Russian Excel expects them."""
    russian = words.language == "ru"
    measures = {measure: words(f"report.data.measure.{measure}") for measure in ("planned", "actual")}
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if russian else ",", lineterminator="\r\n")
    writer.writerow(words(f"report.data.column.{key}") for key in COLUMNS)
    for figures in zip(*(tables.data[key].tolist() for key in COLUMNS), strict=True):
        row = dict(zip(COLUMNS, figures, strict=True))
        row |= {"measure": measures[row["measure"]], "value": _figure(row["value"], russian)}
        row |= {"month": words.month_number(row["month"])}
        writer.writerow(cell if key in ("value", "month") else _harmless(cell) for key, cell in row.items())
    return text.getvalue().encode("utf-8-sig")


def _figure(value: float, russian: bool) -> str:
    shown = f"{value:.10f}".rstrip("0").rstrip(".")
    return shown.replace(".", ",") if russian else shown


def _harmless(text: str) -> str:
    """Text from forms as text: a cell that would begin a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
