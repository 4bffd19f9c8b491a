"""Answers as plain tables: for people at the console, as CSV or JSON for other programs."""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Literal

from pipeline.words import Words

Format = Literal["table", "csv", "json"]
Cell = str | float | int | date | None
NUMBERS = ("value", "old", "new", "first", "second", "difference", "received", "expected")
CHOICES = ("measure", "state", "in_time", "event")
"""Columns whose values are codes; their words are «history.<column>.<code>»."""


@dataclass(frozen=True)
class Answer:
    """A table: `columns` are keys, the same in every language; their headings are in the catalogue."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def rendered(answer: Answer, how: Format, words: Words) -> str:
    """The table as text; CSV with the keys as headings and points in numbers, JSON as a list of objects."""
    keys = answer.columns
    rows = [[_plain(key, cell, words) for key, cell in zip(keys, row, strict=True)] for row in answer.rows]
    if how == "json":
        records = [dict(zip(answer.columns, row, strict=True)) for row in rows]
        return json.dumps(records, ensure_ascii=False, indent=2)
    if how == "csv":
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
        return text.getvalue().rstrip("\n")
    return _table(answer, words)


def _plain(key: str, cell: Cell, words: Words) -> str | float | int | None:
    """For another program: months as the calendar counts them, whole numbers whole, dates in ISO."""
    if key == "month" and isinstance(cell, int):
        return words.month_number(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _table(answer: Answer, words: Words) -> str:
    """Columns side by side, numbers to the right, with headings; a column that is empty everywhere is left out."""
    columns = [
        (key, [words(f"history.column.{key}"), *(_shown(key, cell, words) for cell in cells)])
        for key, cells in zip(answer.columns, zip(*answer.rows, strict=True), strict=True)
        if any(cell not in (None, "") for cell in cells)
    ]
    widths = {key: max(map(len, texts)) for key, texts in columns}
    lines = zip(*(_aligned(key, texts, widths[key]) for key, texts in columns), strict=True)
    heading, *rows = ("  ".join(line).rstrip() for line in lines)
    return "\n".join([heading, "-" * max(map(len, (heading, *rows))), *rows])


def _aligned(key: str, texts: list[str], width: int) -> list[str]:
    return [text.rjust(width) if key in NUMBERS else text.ljust(width) for text in texts]


def _shown(key: str, cell: Cell, words: Words) -> str:
    if cell is None or cell == "":
        return ""
    if key in CHOICES:
        return words(f"history.{key}.{cell}")
    if key == "month" and isinstance(cell, int):
        return words.month(cell)
    if isinstance(cell, datetime):
        return f"{words.day(cell)} {cell:%H:%M}"
    if isinstance(cell, date):
        return words.day(cell)
    if isinstance(cell, int | float):
        return words.number(cell, len(f"{cell:.6f}".rstrip("0").partition(".")[2]), sign=key == "difference")
    return cell
