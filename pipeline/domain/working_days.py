"""The working calendar of a country, official transfers of days off included, and deadlines that fall on a day off."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.domain.deadline_values import Due

Move = Literal["none", "next", "previous"]
_STEPS: dict[Move, int] = {"next": 1, "previous": -1}


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off of one year. `move`: what becomes of a deadline that falls on one of them: it stays, or goes to
    the next or to the previous working day, as far as the year has one."""

    year: int
    days_off: frozenset[date] = frozenset()
    move: Move = "none"

    def moved(self, due: Due) -> Due:
        """The occurrence with its last day where the rule puts it; a plan's deadline never leaves its year."""
        step, day = timedelta(_STEPS.get(self.move, 0)), due.end
        while step and day in self.days_off:
            day += step
        return Due(min(due.start, day), day) if day.year == self.year else due


def working_calendar(country: str, year: int, move: Move = "none") -> WorkingCalendar:
    """The country's calendar («RU», as ISO 3166 has it). Raises NotImplementedError for a country without one."""
    import holidays

    calendar = holidays.country_holidays(country, years=year)
    days = (date(year, 1, 1) + timedelta(number) for number in range(366))
    return WorkingCalendar(
        year, frozenset(day for day in days if day.year == year and not calendar.is_working_day(day)), move
    )


def has_calendar(country: str) -> bool:
    """Whether the days off of the country are known."""
    import holidays

    return country in holidays.list_supported_countries(include_aliases=True)
