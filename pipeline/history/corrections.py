"""Accepted corrections of closed months, in the ledger."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from pipeline.domain.addresses import Address
from pipeline.domain.memory import Correction, FigureKey
from pipeline.history.ledger import add_event, last_event


def accept(
    ledger: sqlite3.Connection, year: int, corrections: Iterable[Correction], now: datetime, reason: str
) -> None:
    """Makes the corrections count from now on."""
    event = add_event(ledger, "accept", now, reason)
    ledger.executemany(
        "INSERT INTO correction (event, year, unit, indicator, month, measure, old, new, file, sheet, cell) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(event, year, *one.key, one.old, one.new, *one.address) for one in corrections],
    )


def accepted_corrections(ledger: sqlite3.Connection, year: int, event: int | None = None) -> tuple[Correction, ...]:
    """The corrections in force when the event had passed (by default: now), in the order of their acceptance."""
    until = last_event(ledger) if event is None else event
    rows = ledger.execute(
        "SELECT unit, indicator, month, measure, old, new, file, sheet, cell, at, reason FROM correction "
        "JOIN event ON event.id = correction.event WHERE year = ? AND correction.event <= ? "
        "AND (void IS NULL OR void > ?) ORDER BY correction.id",
        (year, until, until),
    )
    return tuple(
        Correction(
            FigureKey(unit, indicator, month, measure),
            old,
            new,
            Address(file, sheet, cell),
            accepted=datetime.fromisoformat(at).date(),
            reason=reason,
        )
        for unit, indicator, month, measure, old, new, file, sheet, cell, at, reason in rows
    )
