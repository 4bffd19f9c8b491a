"""Ready texts of reminders to the units that have figures still to hand in."""

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any

from pipeline.analysis.tables import ReportTables
from pipeline.words import Words

Row = dict[Hashable, Any]


def reminders(tables: ReportTables, words: Words) -> Iterator[tuple[str, str]]:
    """(title of the unit, text of its reminder), in the tree's order."""
    for _, rows in tables.lacking.groupby("unit", sort=False):
        months = rows.to_dict("records")
        what = "; ".join(_month(row, tables.month.year, words) for row in months)
        yield str(months[0]["unit_title"]), words("report.reminder", unit=months[0]["unit_title"], what=what)


def _month(row: Row, year: int, words: Words) -> str:
    """«за сентябрь 2013 года не заполнен факт по 2 показателям: «…» и «…» (срок сдачи — 5 октября 2013 года)»."""
    values = {"month": words.month(row["month"]), "year": year, "due": _day(row["due"], words)}
    if not row["indicators"]:
        return words("report.reminder.whole", **values)
    names = words.join([words("report.reminder.name", name=name) for name in row["indicators"]])
    return words.count("report.reminder.partial", len(row["indicators"]), names=names, **values)


def _day(day: date, words: Words) -> str:
    return words("report.reminder.day", day=day.day, month=words.month(day.month, "of"), year=day.year)
