"""By which day the form of a month is handed in."""

from datetime import date, timedelta
from functools import cache

from pipeline.domain.periods import MONTHS, Month, PlanYear
from pipeline.domain.working_days import WorkingCalendar, working_calendar


def due_day(month: Month, day: int, calendar: WorkingCalendar) -> date:
    """The day of the following month by which the month is handed in; the next working day after a day off.
    `calendar` is of the year in which it falls."""
    due = month.following.first_day.replace(day=day)
    while due in calendar.days_off:
        due += timedelta(days=1)
    return due


@cache
def due_days(year: PlanYear, day: int, country: str) -> dict[int, date]:
    """Month → the day by which it is handed in, by the country's working calendar. Kept: every form shows them."""
    calendars = {each: working_calendar(country, each) for each in (year.year, year.year + 1)}
    months = [year.month(number) for number in MONTHS]
    return {month.number: due_day(month, day, calendars[month.following.first_day.year]) for month in months}
