"""Who handed in when: a month is complete when it was first seen so, and late only where that is known."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pipeline.domain.periods import MONTHS, Month
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Place, Submission, by_layout
from pipeline.domain.working_days import WorkingCalendar
from pipeline.history.record import Run
from pipeline.intake.figures import expected

InTime = Literal["yes", "no", "unknown", ""]


@dataclass(frozen=True)
class HandedIn:
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


def due_day(month: Month, day: int, calendar: WorkingCalendar) -> date:
    """The day of the following month by which the month is handed in; the next working day after a day off.
    `calendar` is of the year in which it falls."""
    due = month.following.first_day.replace(day=day)
    while due in calendar.days_off:
        due += timedelta(days=1)
    return due


def months_complete(plan: Plan, submissions: Iterable[Submission]) -> dict[tuple[str, int], bool]:
    """(unit, month) for which figures are expected → whether all actual ones are there."""
    stated: dict[str, frozenset[tuple[str, int]]] = {}
    for form, actual in by_layout(submissions, _actual):
        own = form.identity.unit
        stated[own] = stated[own] | actual if own in stated else actual
    found: dict[tuple[str, int], bool] = {}
    alike: dict[object, dict[int, bool]] = {}
    for unit in plan.units.members:
        there = stated.get(unit.code, frozenset())
        key = plan.asked(unit.code), there
        if key not in alike:
            wanted = {month: {(one.code, month) for one in expected(plan, unit, month)} for month in MONTHS}
            alike[key] = {month: there >= figures for month, figures in wanted.items() if figures}
        found |= {(unit.code, month): whole for month, whole in alike[key].items()}
    return found


def _actual(places: Iterable[Place]) -> frozenset[tuple[str, int]]:
    """(indicator, month) of the actual figures."""
    return frozenset((place.indicator, place.month) for place in places if place.measure == "actual")


def record_handing_in(run: Run, year: int, complete: Mapping[tuple[str, int], bool], due: Mapping[int, date]) -> None:
    """Puts down each month when it is first seen complete, and when it is first seen incomplete though due."""
    known = handed_in(run.ledger, year)
    for (unit, month), whole in complete.items():
        seen = known.get((unit, month), HandedIn())
        if seen.complete is None and whole:
            _note(run, year, month, unit, "complete")
        elif seen.complete is None and seen.overdue is None and run.now.date() > due[month]:
            _note(run, year, month, unit, "overdue")


def handed_in(ledger: sqlite3.Connection, year: int) -> dict[tuple[str, int], HandedIn]:
    """(unit, month) → what is known of it."""
    rows = ledger.execute("SELECT unit, month, complete, overdue FROM handed_in WHERE year = ?", (year,))
    return {(unit, month): HandedIn(_time(complete), _time(overdue)) for unit, month, complete, overdue in rows}


def late(known: Mapping[tuple[str, int], HandedIn], due: Mapping[int, date], until: int) -> frozenset[tuple[str, int]]:
    """(unit, month up to `until`) known to have been handed in after the day due."""
    return frozenset(key for key, seen in known.items() if key[1] <= until and seen.in_time(due[key[1]]) == "no")


def _note(run: Run, year: int, month: int, unit: str, what: Literal["complete", "overdue"]) -> None:
    run.ledger.execute(
        f"INSERT INTO handed_in (year, month, unit, {what}) VALUES (?, ?, ?, ?) "
        f"ON CONFLICT (year, month, unit) DO UPDATE SET {what} = excluded.{what}",
        (year, month, unit, run.now.isoformat(" ", "seconds")),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
