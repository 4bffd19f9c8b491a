"""Activities: dated or standing tasks with people responsible, and what staff mark about them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.deadline_values import Deadline, Due

MarkedState = Literal["done", "in_progress", "moved", "cancelled"]


@dataclass(frozen=True)
class Activity:
    """A task of the plan. `due` is the deadline in the plan's words and `deadline` what they mean (None where
    they can't be read); `responsible` are units' codes; `indicator` is the one that it feeds, or empty."""

    code: str
    section: str
    group: str
    title: str
    due: str
    deadline: Deadline | None
    responsible: tuple[str, ...]
    indicator: str = ""
    address: Address = NOWHERE


def reported_occurrences(deadline: Deadline | None) -> tuple[Due | None, ...]:
    """What is marked in the forms, a row each: the deadline's occurrences, those of one month that repeat more
    often than monthly taken together; a single row without a date for a task that has none."""
    if deadline is None or not deadline.occurrences:
        return (None,)
    if deadline.rhythm is None or deadline.rhythm.every not in ("day", "week"):
        return deadline.occurrences
    months = groupby(deadline.occurrences, key=lambda due: due.end.month)
    runs = [tuple(dues) for _, dues in months]
    return tuple(Due(run[0].start, run[-1].end) for run in runs)


@dataclass(frozen=True)
class Mark:
    """What a unit's form says about one activity: of its reported occurrence number `occurrence`, from 1."""

    unit: str
    activity: str
    occurrence: int
    state: MarkedState
    day: date | None
    result: str
    address: Address


@dataclass(frozen=True)
class ExtraActivity:
    """What a unit did beyond the plan. `indicator` is the code of the one that it feeds, or empty."""

    unit: str
    title: str
    indicator: str
    day: date | None
    result: str
    address: Address
