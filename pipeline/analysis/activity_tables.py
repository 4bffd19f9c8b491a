"""The tables of activities and of their occurrences."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from pipeline.analysis.activities import Occurrence, State, by_activity, occurrences, whole
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission


def activity_tables(plan: Plan, submissions: Iterable[Submission], today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(activities, occurrences) as ReportTables says, at the evening of `today`."""
    marks = [mark for form in submissions for mark in form.marks]
    found = occurrences(plan.activities, marks, today)
    sections = {section.code: section.title for section in plan.sections}
    rows = [
        _row(plan, parts) | {"section_title": sections.get(parts[0].activity.section, "")}
        for parts in by_activity(found).values()
    ]
    activities = pd.DataFrame(rows, columns=ACTIVITY_COLUMNS)
    dated = pd.DataFrame(
        [
            {
                "activity": part.activity.code,
                "title": part.activity.title,
                "start": part.due.start,
                "end": part.due.end,
                "done_date": part.done_day,
                "state": part.state,
            }
            for part in found
            if part.due is not None
        ],
        columns=["activity", "title", "start", "end", "done_date", "state"],
    )
    return (
        activities.astype({"due_date": "datetime64[s]", "done_date": "datetime64[s]"}),
        dated.astype({"start": "datetime64[s]", "end": "datetime64[s]", "done_date": "datetime64[s]"}),
    )


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
]


def _row(plan: Plan, parts: tuple[Occurrence, ...]) -> dict[str, object]:
    activity = parts[0].activity
    state: State = whole(parts)
    dated = [part for part in parts if part.due is not None]
    next_one = next((part for part in dated if part.state == state), dated[-1] if dated else None)
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
        "due_date": next_one.due.end if next_one and next_one.due else None,
        "done_date": max(done, default=None),
        "state": state,
        "result": "; ".join(dict.fromkeys(mark.result for mark in marks if mark.result and mark.state == "done")),
        "done": sum(part.state == "done" for part in parts),
        "total": len(parts),
        "explanation": "; ".join(dict.fromkeys(mark.result for mark in marks if mark.result and mark.state != "done")),
    }
