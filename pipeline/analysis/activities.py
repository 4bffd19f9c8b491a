"""The state of each activity, and of each of its occurrences, at the end of the reported month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest
from typing import Literal

from pipeline.domain.activities import Activity, Mark, reported_occurrences
from pipeline.domain.deadline_values import Due
from pipeline.domain.working_days import WorkingCalendar

State = Literal["overdue", "due", "coming", "unread", "moved", "standing", "kept", "late", "done", "cancelled"]
STATES: tuple[State, ...] = (
    "overdue",
    "due",
    "coming",
    "unread",
    "moved",
    "standing",
    "kept",
    "late",
    "done",
    "cancelled",
)
"""In the order in which a reader wants them: what is overdue first. A task without a date is standing until somebody
reports it, then kept; late is done after its day."""
DONE: frozenset[State] = frozenset(("done", "late"))
OVER: frozenset[State] = DONE | {"cancelled"}

Marks = tuple[Mark, ...]


@dataclass(frozen=True)
class Occurrence:
    """One time of the `of` that an activity is due in the year. `planned` is when the plan has it, None for a task
    without a date; `due` is when it is due now: moved by the staff, or from a day off."""

    activity: Activity
    number: int
    of: int
    planned: Due | None
    due: Due | None
    state: State
    marks: Marks

    @property
    def done_day(self) -> date | None:
        return _done_day(self.marks)


def occurrences(
    activities: Iterable[Activity], marks: Iterable[Mark], today: date, calendar: WorkingCalendar
) -> tuple[Occurrence, ...]:
    """Every occurrence of every activity, in the plan's order, as it stands on the evening of `today`.

    Done when anyone responsible says so; what was done later than `today` counts as not yet done.
    """
    said: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.state != "done" or mark.day is None or mark.day <= today:
            said.setdefault(mark.activity, []).append(mark)
    return tuple(one for activity in activities for one in _of(activity, said.get(activity.code, []), today, calendar))


def _of(activity: Activity, marks: Sequence[Mark], today: date, calendar: WorkingCalendar) -> Iterator[Occurrence]:
    planned = reported_occurrences(activity.deadline)
    any_of_period = activity.deadline is not None and activity.deadline.kind == "times"
    places = _any_of_period(planned, marks) if any_of_period else _by_number(planned, marks)
    for number, (plan_due, own) in enumerate(zip(planned, places, strict=True), 1):
        due = _due_now(plan_due, own, calendar)
        state = _undated_state(activity, own) if due is None else _state(due, own, today)
        yield Occurrence(activity, number, len(planned), plan_due, due, state, own)


def _by_number(planned: Sequence[Due | None], marks: Sequence[Mark]) -> list[Marks]:
    return [tuple(mark for mark in marks if mark.occurrence == number) for number, _ in enumerate(planned, 1)]


def _any_of_period(planned: Sequence[Due | None], marks: Sequence[Mark]) -> list[Marks]:
    """«2 раза в год»: it doesn't matter which of a period's places was marked, any two fill them."""
    places: list[Marks] = []
    for _, run in groupby(enumerate(planned, 1), key=lambda place: place[1]):
        numbers = [number for number, _ in run]
        own = [mark for mark in marks if mark.occurrence in numbers]
        done = _occasions([mark for mark in own if mark.state == "done"])
        last = len(numbers) - 1
        if done[last:]:
            done = [*done[:last], sum(done[last:], ())]  # what was done beyond the plan's number stays in sight
        other = (tuple(mark for mark in own if mark.state != "done" and mark.occurrence == n) for n in numbers)
        places += [*done, *filter(None, other), *((),) * len(numbers)][: len(numbers)]
    return places


def _occasions(done: Sequence[Mark]) -> list[Marks]:
    """Marks of several units on one day are of one occasion; two marks of one unit are two."""
    occasions: list[Marks] = []
    for day in sorted({mark.day or date.max for mark in done}):
        by_unit: dict[str, list[Mark]] = {}
        for mark in done:
            if (mark.day or date.max) == day:
                by_unit.setdefault(mark.unit, []).append(mark)
        occasions += [tuple(mark for mark in marks if mark) for marks in zip_longest(*by_unit.values())]
    return occasions


def _due_now(planned: Due | None, marks: Marks, calendar: WorkingCalendar) -> Due | None:
    """A day to which the staff moved it is a day that they chose: no calendar moves it further."""
    if planned is None:
        return None
    chosen = max((mark.day for mark in marks if mark.state == "moved" and mark.day), default=None)
    return Due(chosen, chosen) if chosen else calendar.moved(planned)


def _state(due: Due, marks: Marks, today: date) -> State:
    said = {mark.state for mark in marks}
    if "done" in said:
        day = _done_day(marks)
        return "late" if day is not None and day > due.end else "done"
    if "cancelled" in said:
        return "cancelled"
    if "moved" in said and not any(mark.day for mark in marks if mark.state == "moved"):
        return "moved"
    if due.end <= today:
        return "overdue"
    if "moved" in said:
        return "moved"
    return "due" if due.start <= today else "coming"


def _undated_state(activity: Activity, marks: Marks) -> State:
    """Standing work is never finished: «выполнено» says that it is being kept up. A schedule can be."""
    said = {mark.state for mark in marks}
    standing = activity.deadline is not None and activity.deadline.kind != "by_schedule"
    if "done" in said:
        return "kept" if standing else "done"
    if "cancelled" in said:
        return "cancelled"
    if "moved" in said:
        return "moved"
    if activity.deadline is None:
        return "unread"
    return "kept" if "in_progress" in said else "standing"


def _done_day(marks: Marks) -> date | None:
    return max((mark.day for mark in marks if mark.state == "done" and mark.day), default=None)


def whole(parts: Iterable[Occurrence]) -> State:
    """The state of an activity of which these are all the occurrences: what is most urgent; once nothing is left to
    do, late if any was late, done if any was done."""
    states = {part.state for part in parts}
    return min(states - OVER or states, key=STATES.index)


def by_activity(found: Iterable[Occurrence]) -> Mapping[str, tuple[Occurrence, ...]]:
    """Code of each activity → its occurrences."""
    grouped: dict[str, list[Occurrence]] = {}
    for occurrence in found:
        grouped.setdefault(occurrence.activity.code, []).append(occurrence)
    return {code: tuple(parts) for code, parts in grouped.items()}
