"""Who handed in when: a month is complete when it was first seen so, and late only where that is known."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Asked, Plan
from pipeline.domain.submissions import ALIKE, Place, Submission, by_layout
from pipeline.history.record import Run

InTime = Literal["yes", "no", "unknown", ""]


class HandedIn(NamedTuple):
    """When the month was first seen complete, and when it was first seen incomplete after the day due; None: never."""

    complete: datetime | None = None
    overdue: datetime | None = None

    def in_time(self, due: date) -> InTime:
        """Whether it was complete by the day due; unknown where nobody looked between that day and the first
        complete sight. Empty while it is not complete."""
        if self.complete is None:
            return ""
        if self.complete.date() <= due:
            return "yes"
        return "no" if self.overdue else "unknown"


NEVER = HandedIn()


def months_complete(plan: Plan, submissions: Iterable[Submission]) -> dict[tuple[str, int], bool]:
    """(unit, month) for which figures are expected → whether all actual ones are there."""
    stated: dict[str, frozenset[tuple[str, int]]] = {}
    for form, actual in by_layout(submissions, _actual):
        unit = form.identity.unit
        stated[unit] = stated[unit] | actual if unit in stated else actual
    return {
        (unit.code, month): wanted <= stated.get(unit.code, frozenset())
        for unit in plan.units.members
        for month, wanted in _wanted(plan.asked(unit.code)).items()
    }


@lru_cache(ALIKE)
def _wanted(asked: Asked) -> dict[int, frozenset[tuple[str, int]]]:
    """Month → the figures that are expected."""
    by_month = {month: frozenset((one.code, month) for one in asked.of_month(month)) for month in MONTHS}
    return {month: wanted for month, wanted in by_month.items() if wanted}


def _actual(places: Iterable[Place]) -> frozenset[tuple[str, int]]:
    """(indicator, month) of the actual figures."""
    return frozenset((place.indicator, place.month) for place in places if place.measure == "actual")


def record_handing_in(run: Run, year: int, complete: Mapping[tuple[str, int], bool], due: Mapping[int, date]) -> None:
    """Puts down each month when it is first seen complete, and when it is first seen incomplete though due."""
    known = handed_in(run.ledger, year)
    waiting = {key: whole for key, whole in complete.items() if known.get(key, NEVER).complete is None}
    _note(run, year, "complete", (key for key, whole in waiting.items() if whole))
    overdue = {month for month, day in due.items() if run.now.date() > day}
    lacking = (key for key, whole in waiting.items() if not whole and key[1] in overdue)
    _note(run, year, "overdue", (key for key in lacking if known.get(key, NEVER).overdue is None))


def handed_in(ledger: sqlite3.Connection, year: int) -> dict[tuple[str, int], HandedIn]:
    """(unit, month) → what is known of it."""
    rows = ledger.execute("SELECT unit, month, complete, overdue FROM handed_in WHERE year = ?", (year,))
    return {(unit, month): HandedIn(_time(complete), _time(overdue)) for unit, month, complete, overdue in rows}


def late(known: Mapping[tuple[str, int], HandedIn], due: Mapping[int, date], until: int) -> frozenset[tuple[str, int]]:
    """(unit, month up to `until`) known to have been handed in after the day due."""
    return frozenset(key for key, seen in known.items() if key[1] <= until and seen.in_time(due[key[1]]) == "no")


def _note(run: Run, year: int, what: Literal["complete", "overdue"], keys: Iterable[tuple[str, int]]) -> None:
    now = run.now.isoformat(" ", "seconds")
    run.ledger.executemany(
        f"INSERT INTO handed_in (year, month, unit, {what}) VALUES (?, ?, ?, ?) "
        f"ON CONFLICT (year, month, unit) DO UPDATE SET {what} = excluded.{what}",
        ((year, month, unit, now) for unit, month in keys),
    )


@lru_cache(ALIKE)
def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
