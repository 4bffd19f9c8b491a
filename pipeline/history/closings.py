"""Closed months: always the first ones of a year. Closing one freezes the months before it too."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.history.ledger import add_event, last_event
from pipeline.history.record import PlanFile, plan_file


@dataclass(frozen=True)
class Closing:
    """A month as it was closed. `reason`: why it was closed in spite of what was wrong, usually empty."""

    event: int
    month: int
    day: date
    reason: str
    snapshot: bytes
    plan: PlanFile


def close_month(
    ledger: sqlite3.Connection, year: int, month: int, plan: str, snapshot: bytes, now: datetime, reason: str = ""
) -> None:
    """Closes the month and all before it. `plan` is the hash of the plan's workbook, which the ledger has."""
    ledger.execute(
        "INSERT INTO closing (event, year, month, plan, snapshot) VALUES (?, ?, ?, ?, ?)",
        (add_event(ledger, "close", now, reason), year, month, plan, snapshot),
    )


def reopen_month(ledger: sqlite3.Connection, year: int, month: int, now: datetime, reason: str) -> range:
    """Opens the month again with those that were closed together with it or later; their corrections become void.
    The months that are open now and were closed."""
    closed = closed_until(ledger, year)
    event = add_event(ledger, "reopen", now, reason)
    ledger.execute(
        "UPDATE closing SET reopened = ? WHERE year = ? AND month >= ? AND reopened IS NULL", (event, year, month)
    )
    still = closed_until(ledger, year)
    ledger.execute("UPDATE correction SET void = ? WHERE year = ? AND month > ? AND void IS NULL", (event, year, still))
    return range(still + 1, closed + 1)


def closings(ledger: sqlite3.Connection, year: int, event: int | None = None) -> tuple[Closing, ...]:
    """The closings in force when the event had passed (by default: now), by month."""
    at = last_event(ledger) if event is None else event
    rows = ledger.execute(
        "SELECT closing.event, month, at, reason, snapshot, plan FROM closing JOIN event ON event.id = closing.event "
        "WHERE year = ? AND closing.event <= ? AND (reopened IS NULL OR reopened > ?) ORDER BY month, closing.event",
        (year, at, at),
    ).fetchall()
    return tuple(
        Closing(number, month, datetime.fromisoformat(day).date(), reason, snapshot, plan_file(ledger, plan))
        for number, month, day, reason, snapshot, plan in rows
    )


def closed_until(ledger: sqlite3.Connection, year: int) -> int:
    """The last closed month of the year; 0 where none is."""
    row = ledger.execute("SELECT max(month) FROM closing WHERE year = ? AND reopened IS NULL", (year,)).fetchone()
    return int(row[0] or 0)


def years_closed(ledger: sqlite3.Connection) -> tuple[int, ...]:
    """The years that have closed months, the latest first."""
    rows = ledger.execute("SELECT DISTINCT year FROM closing WHERE reopened IS NULL ORDER BY year DESC")
    return tuple(year for (year,) in rows)


def closing_of(found: tuple[Closing, ...], month: int) -> Closing | None:
    """The closing by which the month is closed; None where it is open."""
    return next((closing for closing in found if closing.month >= month), None)
