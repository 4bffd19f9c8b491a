"""The state of each activity, and of each of its occurrences, at the end of the reported month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.domain.activities import Activity, Mark, reported_occurrences
from pipeline.domain.deadline_values import Due

State = Literal["overdue", "due", "done", "coming", "standing", "moved", "cancelled", "unread"]
STATES: tuple[State, ...] = ("overdue", "due", "coming", "standing", "moved", "done", "cancelled", "unread")
"""In the order in which a reader wants them: what is late first."""


@dataclass(frozen=True)
class Occurrence:
    """One time that an activity is due: `due` None for a standing task. `late` only of what is done."""

    activity: Activity
    number: int
    due: Due | None
    state: State
    marks: tuple[Mark, ...]

    @property
    def done_day(self) -> date | None:
        days = [mark.day for mark in self.marks if mark.state == "done" and mark.day]
        return max(days, default=None)

    @property
    def late(self) -> bool:
        return self.due is not None and self.done_day is not None and self.done_day > self.due.end


def occurrences(activities: Iterable[Activity], marks: Iterable[Mark], today: date) -> tuple[Occurrence, ...]:
    """Every occurrence of every activity, in the plan's order, as it stands on the evening of `today`.

    Done when anyone responsible says so; an occurrence done later than `today` counts as not yet done.
    """
    by_place: dict[tuple[str, int], list[Mark]] = {}
    for mark in marks:
        if mark.day is None or mark.day <= today:
            by_place.setdefault((mark.activity, mark.occurrence), []).append(mark)
    found: list[Occurrence] = []
    for activity in activities:
        for number, due in enumerate(reported_occurrences(activity.deadline), 1):
            said = tuple(by_place.get((activity.code, number), ()))
            found.append(Occurrence(activity, number, due, _state(activity, due, said, today), said))
    return tuple(found)


def _state(activity: Activity, due: Due | None, marks: tuple[Mark, ...], today: date) -> State:
    said = {mark.state for mark in marks}
    if "done" in said:
        return "done"
    if "cancelled" in said:
        return "cancelled"
    if "moved" in said:
        return "moved"
    if activity.deadline is None:
        return "unread"
    if due is None:
        return "standing"
    if due.end <= today:
        return "overdue"
    return "due" if due.start <= today else "coming"


def whole(parts: Iterable[Occurrence]) -> State:
    """The state of an activity of which these are all the occurrences: what is most urgent; done when all are
    done or cancelled."""
    states = {part.state for part in parts}
    if "overdue" in states:
        return "overdue"
    if states <= {"done", "cancelled"}:
        return "done" if "done" in states else "cancelled"
    return min(states - {"done", "cancelled"}, key=STATES.index)


def by_activity(found: Iterable[Occurrence]) -> Mapping[str, tuple[Occurrence, ...]]:
    """Code of each activity → its occurrences."""
    grouped: dict[str, list[Occurrence]] = {}
    for occurrence in found:
        grouped.setdefault(occurrence.activity.code, []).append(occurrence)
    return {code: tuple(parts) for code, parts in grouped.items()}
