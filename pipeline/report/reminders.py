"""Ready texts of reminders to the units that have figures still to hand in."""

from collections.abc import Hashable, Iterator
from typing import Any

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import PlanYear
from pipeline.words import Words

Row = dict[Hashable, Any]


def reminders(tables: ReportTables, words: Words) -> Iterator[tuple[str, str]]:
    """(title of the unit, text of its reminder), in the tree's order."""
    for _, rows in tables.lacking.groupby("unit", sort=False):
        months = rows.to_dict("records")
        what = "; ".join(_month(row, tables.month.plan_year, words) for row in months)
        yield str(months[0]["unit_title"]), words("report.reminder", unit=months[0]["unit_title"], what=what)


def _month(row: Row, year: PlanYear, words: Words) -> str:
    """«за сентябрь 2013 года не заполнен факт по 2 показателям: «…» и «…» (срок сдачи — 5 октября 2013 года)»."""
    calendar_year, _ = year.month(row["month"]).calendar
    values = {"month": words.month(row["month"]), "year": calendar_year, "due": words.long_day(row["due"])}
    if not row["indicators"]:
        return words("report.reminder.whole", **values)
    names = words.join([words("report.reminder.name", name=name) for name in row["indicators"]])
    return words.count("report.reminder.partial", len(row["indicators"]), names=names, **values)
