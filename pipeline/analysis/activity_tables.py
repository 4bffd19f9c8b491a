"""The tables of activities, of their occurrences, and of what was done beyond the plan."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from pipeline.analysis.activities import DONE, OVER, Occurrence, by_activity, occurrences, whole
from pipeline.analysis.activity_summary import activity_summary
from pipeline.analysis.meets import meets_table
from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.periods import Month
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.domain.working_days import WorkingCalendar

SHORT = 7
"""Days of an occurrence whose last day a plan has named, so that it matters if it is a day off; a month's or a
quarter's end is no such day."""
ACTIVITY_COLUMNS = [
    "code",
    "section",
    "section_title",
    "group",
    "title",
    "due",
    "responsible",
    "indicator",
    "due_date",
    "done_date",
    "state",
    "result",
    "done",
    "total",
    "explanation",
    "overdue_days",
    "next_date",
    "next_state",
    "day_off",
]
OCCURRENCE_COLUMNS = ["activity", "number", "of", "title", "start", "end", "done_date", "state", "result", "units"]
EXTRA_COLUMNS = ["title", "responsible", "indicator", "done_date", "result"]


class ActivityTables(NamedTuple):
    """The tables of ReportTables that have these names."""

    activities: pd.DataFrame
    occurrences: pd.DataFrame
    extras: pd.DataFrame
    activity_summary: pd.DataFrame
    meets: pd.DataFrame


def activity_tables(
    plan: Plan, submissions: Sequence[Submission], indicators: pd.DataFrame, month: Month, calendar: WorkingCalendar
) -> ActivityTables:
    """All tables of activities at the end of the month; `indicators` is ReportTables.indicators."""
    marks = [mark for form in submissions for mark in form.marks]
    found = occurrences(plan.activities, marks, month.last_day, calendar)
    extras = [one for form in submissions for one in form.extras if one.day is None or one.day <= month.last_day]
    shown = indicators[["code", "target", "to_date_actual"]].itertuples(index=False, name=None)
    figures = {code: (target, actual) for code, target, actual in shown}
    return ActivityTables(
        activities_table(plan, found, month, calendar),
        occurrences_table(found),
        extras_table(plan, extras),
        activity_summary(plan, found),
        meets_table(plan.indicators.members, figures, plan.activities, found, extras),
    )


def activities_table(plan: Plan, found: Sequence[Occurrence], month: Month, calendar: WorkingCalendar) -> pd.DataFrame:
    """A row an activity, as ReportTables.activities says, at the end of the month."""
    sections = {section.code: section.title for section in plan.sections}
    rows = [
        _row(plan, parts, month, calendar) | {"section_title": sections.get(parts[0].activity.section, "")}
        for parts in by_activity(found).values()
    ]
    frame = pd.DataFrame(rows, columns=ACTIVITY_COLUMNS)
    return frame.astype(dict.fromkeys(("due_date", "done_date", "next_date", "day_off"), "datetime64[s]"))


def occurrences_table(found: Iterable[Occurrence]) -> pd.DataFrame:
    """A row an occurrence that has a date, as ReportTables.occurrences says."""
    rows = [
        {
            "activity": part.activity.code,
            "number": part.number,
            "of": part.of,
            "title": part.activity.title,
            "start": part.due.start,
            "end": part.due.end,
            "done_date": part.done_day,
            "state": part.state,
            "result": _results(part.marks),
            "units": part.activity.responsible,
        }
        for part in found
        if part.due is not None
    ]
    frame = pd.DataFrame(rows, columns=OCCURRENCE_COLUMNS)
    return frame.astype({"start": "datetime64[s]", "end": "datetime64[s]", "done_date": "datetime64[s]"})


def extras_table(plan: Plan, extras: Iterable[ExtraActivity]) -> pd.DataFrame:
    """A row an activity beyond the plan, as ReportTables.extras says."""
    names = {code: indicator.name for code, indicator in plan.indicators.by_code.items()}
    rows = [
        {
            "title": extra.title,
            "responsible": plan.units.by_code[extra.unit].title,
            "indicator": names.get(extra.indicator, ""),
            "done_date": extra.day,
            "result": extra.result,
        }
        for extra in sorted(extras, key=lambda extra: extra.day or date.max)
    ]
    return pd.DataFrame(rows, columns=EXTRA_COLUMNS).astype({"done_date": "datetime64[s]"})


def _row(plan: Plan, parts: tuple[Occurrence, ...], month: Month, calendar: WorkingCalendar) -> dict[str, object]:
    activity, state = parts[0].activity, whole(parts)
    dated = [part for part in parts if part.due is not None]
    alike = [part for part in dated if part.state == state]
    shown = None if not alike else alike[-1] if state in OVER else alike[0]
    following = _in_following(dated, month)
    done = [part.done_day for part in parts if part.done_day is not None]
    marks = [mark for part in parts for mark in part.marks]
    return {
        "code": activity.code,
        "section": activity.section,
        "group": activity.group,
        "title": activity.title,
        "due": activity.due,
        "responsible": ", ".join(plan.units.by_code[code].title for code in activity.responsible),
        "indicator": activity.indicator,
        "due_date": shown.due.end if shown and shown.due else None,
        "done_date": max(done, default=None),
        "state": state,
        "result": _results(mark for mark in marks if mark.state in ("done", "in_progress")),
        "done": sum(part.state in DONE for part in parts),
        "total": len(parts),
        "explanation": _results(mark for mark in marks if mark.state in ("moved", "cancelled")),
        "overdue_days": tuple(part.due.end for part in dated if part.state == "overdue" and part.due),
        "next_date": following.due.end if following and following.due else None,
        "next_state": following.state if following else "",
        "day_off": _day_off(shown, calendar),
    }


def _results(marks: Iterable[Mark]) -> str:
    return "; ".join(dict.fromkeys(mark.result for mark in marks if mark.result))


def _in_following(dated: Iterable[Occurrence], month: Month) -> Occurrence | None:
    """The first occurrence still to be done that falls due in the following month."""
    first, last = month.following.first_day, month.following.last_day
    still = (part for part in dated if part.state not in OVER and part.due and first <= part.due.end <= last)
    return min(still, key=lambda part: part.due.end if part.due else last, default=None)


def _day_off(part: Occurrence | None, calendar: WorkingCalendar) -> date | None:
    """The last day as planned, where it is a day off and something is still to be done."""
    if part is None or part.planned is None or part.state not in ("overdue", "due", "coming"):
        return None
    day = part.planned.end
    return day if day in calendar.days_off and (day - part.planned.start).days < SHORT else None
