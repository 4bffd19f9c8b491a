"""The working calendar of a country, official transfers of days off included, and deadlines that fall on a day off."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.domain.deadline_values import Due
from pipeline.domain.periods import PlanYear

Move = Literal["none", "next", "previous"]
_STEPS: dict[Move, int] = {"next": 1, "previous": -1}


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off of one plan year. `move`: what becomes of a deadline that falls on one of them: it stays, or goes to
    the next or to the previous working day, as far as the year has one."""

    year: int
    days_off: frozenset[date] = frozenset()
    move: Move = "none"
    starts: int = 1

    def moved(self, due: Due) -> Due:
        """The occurrence with its last day where the rule puts it; a plan's deadline never leaves its year."""
        step, day = timedelta(_STEPS.get(self.move, 0)), due.end
        while step and day in self.days_off:
            day += step
        return Due(min(due.start, day), day) if day in PlanYear(self.year, self.starts) else due


def working_calendar(country: str, year: int, move: Move = "none", starts: int = 1) -> WorkingCalendar:
    """The country's calendar («RU», as ISO 3166 has it) of the year that begins in month `starts`. Raises
    NotImplementedError for a country without one."""
    import holidays

    whole = PlanYear(year, starts)
    calendar = holidays.country_holidays(country, years=(whole.first_day.year, whole.last_day.year))
    days = (whole.first_day + timedelta(number) for number in range(366))
    off = frozenset(day for day in days if day in whole and not calendar.is_working_day(day))
    return WorkingCalendar(year, off, move, starts)


def has_calendar(country: str) -> bool:
    """Whether the days off of the country are known."""
    import holidays

    try:
        holidays.country_holidays(country)  # the list of all would import every country there is
    except NotImplementedError:
        return False
    return True
