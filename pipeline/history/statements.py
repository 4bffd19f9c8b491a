"""What forms stated, as the ledger keeps it: all that a form newly states in a run is one row, packed.

Up to version 2 of the ledger each figure was a row of its own, in `statement`: these stay, and are read as well.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import json

from pipeline.domain.memory import FigureKey
from pipeline.domain.submissions import ALIKE, Measure, Place
from pipeline.history.ledger import last_event
from pipeline.intake.kept import QUICK

Key = tuple[str, int, Measure]
"""Indicator, month, measure."""


class Said(NamedTuple):
    """What a form newly stated: by key the figure and its (sheet, cell). None, of no file: it is no longer stated."""

    event: int
    at: str
    unit: str
    file: str
    keys: tuple[Key, ...]
    cells: tuple[tuple[str, str], ...]
    figures: tuple[float | None, ...]


def put_down(
    ledger: sqlite3.Connection,
    said: tuple[int, int, str, int | None],
    places: tuple[Place, ...],
    figures: Sequence[float | None],
) -> None:
    """Adds what was newly stated; `said`: event, year, unit, source."""
    ledger.execute(
        "INSERT INTO said (event, year, unit, source, places, figures) VALUES (?, ?, ?, ?, ?, ?)",
        (*said, _packed_places(places), _packed(figures)),
    )


def statements(ledger: sqlite3.Connection, year: int, unit: str = "", until: int | None = None) -> Iterator[Said]:
    """All that was stated up to the event (by default: now), of one unit or of all: unit by unit, of each figure what
    was stated first comes first."""

    asked = {"year": year, "unit": unit, "until": last_event(ledger) if until is None else until}
    of_unit = "AND unit = :unit" if unit else ""

    def rows(table: str, columns: str, order: str) -> sqlite3.Cursor:
        return ledger.execute(
            f"SELECT {table}.event, at, unit, coalesce(file, ''), {columns} FROM {table} "
            f"CROSS JOIN event ON event.id = {table}.event LEFT JOIN source ON source.id = {table}.source "
            f"WHERE year = :year {of_unit} AND {table}.event <= :until ORDER BY unit, {order}",
            asked,
        )

    key = "indicator, month, measure"
    for event, at, who, file, *of, sheet, cell, figure in rows(
        "statement", f"{key}, sheet, cell, value", f"{key}, statement.id"
    ):
        yield Said(event, at, who, file, (tuple(of),), ((sheet, cell),), (figure,))
    for event, at, who, file, places, figures in rows("said", "places, figures", "said.id"):
        yield Said(event, at, who, file, *_keys_and_cells(places), tuple(_unpacked(figures)))


def statements_at(ledger: sqlite3.Connection, year: int, event: int | None = None) -> dict[FigureKey, float | None]:
    """What the forms stated when the event had passed (by default: now)."""
    return {
        FigureKey(said.unit, *key): figure
        for said in statements(ledger, year, until=event)
        for key, figure in zip(said.keys, said.figures, strict=True)
    }


def units_stated(ledger: sqlite3.Connection, year: int) -> tuple[str, ...]:
    """The units of which anything was ever stated."""
    rows = ledger.execute(
        "SELECT unit FROM said WHERE year = ?1 UNION SELECT unit FROM statement WHERE year = ?1", (year,)
    )
    return tuple(unit for (unit,) in rows)


def _packed(parts: Sequence[object]) -> bytes:
    return zlib.compress(json.encode(parts), QUICK)


def _unpacked(packed: bytes) -> list[Any]:
    found: list[Any] = json.decode(zlib.decompress(packed))
    return found


@lru_cache(ALIKE)
def _packed_places(places: tuple[Place, ...]) -> bytes:
    """By columns: these take a third of what the places take one by one."""
    return _packed(list(zip(*places, strict=True)))


@lru_cache(ALIKE)
def _keys_and_cells(packed: bytes) -> tuple[tuple[Key, ...], tuple[tuple[str, str], ...]]:
    indicators, months, measures, sheets, cells = _unpacked(packed)
    return tuple(zip(indicators, months, measures, strict=True)), tuple(zip(sheets, cells, strict=True))
