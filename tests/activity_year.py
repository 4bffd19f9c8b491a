"""The year of the 2013 plan's activities month by month, to be read against the plan's own text.

`python -m tests.activity_year` writes tests/snapshots/activities-2013.txt anew; look at the difference.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.analysis.activities import Occurrence, occurrences
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.working_days import working_calendar
from pipeline.words import Words
from tests.example.make_plan import example_plan

KEPT = Path(__file__).parent / "snapshots" / "activities-2013.txt"
RU = Words("ru")


def year_lines(plan: Plan) -> Iterator[str]:
    """Each month with what falls due in it: the day (! is a day off), the plan's words, the task, the people."""
    calendar = working_calendar("RU", plan.year)
    found = occurrences(plan.activities, (), date(plan.year, 1, 1), calendar)
    for month in MONTHS:
        due = sorted((one for one in found if one.due and one.due.end.month == month), key=_order)
        yield f"\n{RU.month(month).upper()} — {len(due)}"
        for one in due:
            assert one.due
            off = "!" if one.due.end in calendar.days_off else " "
            first = f"{one.due.start:%d.%m}–" if one.due.start != one.due.end else ""
            yield f"{first + f'{one.due.end:%d.%m}':>11}{off} {_told(plan, one)}"
    standing = [one for one in found if one.due is None]
    yield f"\nБЕЗ СРОКА — {len(standing)}"
    for one in standing:
        yield f"{'':12} {_told(plan, one)}"


def _order(one: Occurrence) -> tuple[object, ...]:
    return (one.due.end, one.activity.code) if one.due else ()


def _told(plan: Plan, one: Occurrence) -> str:
    activity = one.activity
    several = f" ({one.number} из {one.of})" if one.of > 1 else ""
    people = ", ".join(plan.units.by_code[code].title for code in activity.responsible)
    return f"{activity.code} «{' '.join(activity.due.split())}»{several} {activity.title} · {people}"


def activity_year() -> str:
    return "\n".join(year_lines(example_plan())).lstrip("\n") + "\n"


if __name__ == "__main__":
    KEPT.write_text(activity_year(), encoding="utf-8")
