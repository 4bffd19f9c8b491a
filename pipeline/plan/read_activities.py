"""Activities: what is to be done, by when and by whom."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count

from pipeline.domain.activities import Activity
from pipeline.domain.codes import folded
from pipeline.domain.deadlines import Deadline, read_deadline
from pipeline.domain.periods import PlanYear
from pipeline.domain.units import Unit
from pipeline.plan.codes import Codes, first_with
from pipeline.plan.people import read_responsible
from pipeline.plan.tables import Row, Table
from pipeline.problems import problem
from pipeline.sheets.values import tidy
from pipeline.words import Words


def read_activities(
    table: Table | None, units: Sequence[Unit], unit_codes: Codes, sections: Codes, indicators: Codes, year: PlanYear
) -> tuple[Activity, ...]:
    """The activities in the plan's order, each with a code of its own."""
    return tuple(
        Activity(
            code,
            sections.needed(row, "section"),
            row.text("group"),
            row.needed("title") or code,
            *_due(row, year),
            read_responsible(row, units, unit_codes),
            indicators.of(row, "indicator"),
            row.address("code"),
        )
        for row, code in _coded(table)
    )


def _coded(table: Table | None) -> Iterator[tuple[Row, str]]:
    """The rows with their codes. A row without one gets the first free of A01, A02 …; one with a code that an
    earlier row has is left out."""
    rows = list(table or ())
    taken = {folded(row.text("code")) for row in rows}
    free = (code for number in count(1) if (code := f"A{number:02d}") not in taken)
    if table and "" in taken:
        table.problems.append(problem("plan.code_made", table.headings))
    seen: dict[str, Row] = {}
    for row in rows:
        code = row.text("code")
        if not code:
            yield row, next(free)
        elif first_with(code, row, seen) is row:
            yield row, code


def _due(row: Row, year: PlanYear) -> tuple[str, Deadline | None]:
    """The deadline in the plan's words and what they mean."""
    value = row.value("due")
    if isinstance(value, date):
        text = _date_text(value.date() if isinstance(value, datetime) else value, year)
    elif isinstance(value, str):
        text = "\n".join(tidy(line) for line in value.splitlines() if tidy(line))
    else:
        text = tidy(value)
    if not text:
        row.wrong("plan.due_missing", "due")
        return "", None
    deadline = read_deadline(text, year.year, year.starts)
    if deadline is None:
        row.wrong("plan.due_unreadable", "due", text)
    return text, deadline


def _date_text(day: date, year: PlanYear) -> str:
    """A date is what Excel makes of «20 марта» when it is typed, with the year of typing: only its day and month are
    the plan's. Of the year that follows the plan's it is a deadline beyond the plan, as of its yearly report, rather
    than one typed so late: it stays whole, and so can't be read."""
    if day in PlanYear(year.year + 1, year.starts):
        return Words().day(day)
    return f"{day.day} {Words().calendar_month(day.month, 'of')}"
