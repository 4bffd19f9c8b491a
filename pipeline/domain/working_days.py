"""The working calendar of a country, official transfers of days off included, and deadlines that fall on a day off."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from pipeline.domain.deadline_values import Due
from pipeline.domain.periods import PlanYear

if TYPE_CHECKING:
    from holidays import HolidayBase

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
    whole = PlanYear(year, starts)
    calendar = _holidays(country, whole.first_day.year, whole.last_day.year)
    days = (whole.first_day + timedelta(number) for number in range(366))
    off = frozenset(day for day in days if day in whole and not calendar.is_working_day(day))
    return WorkingCalendar(year, off, move, starts)


def has_calendar(country: str) -> bool:
    """Whether the days off of the country are known."""
    try:
        _holidays(country)
    except NotImplementedError:
        return False
    return True


def _holidays(country: str, *years: int) -> "HolidayBase":
    import holidays

    with suppress(ImportError), _imported_alone():
        return holidays.country_holidays(country, years=years)
    return holidays.country_holidays(country, years=years)


@contextmanager
def _imported_alone() -> Iterator[None]:
    """Within it holidays imports one country, as its loaders mean to. The package of the countries imports all 250 with
    the first, which takes as long as reading three forms, and far longer where every file is scanned for viruses: here
    an empty package stands in for it."""
    import holidays

    package = ModuleType("holidays.countries")
    package.__path__ = [str(Path(holidays.__file__).with_name("countries"))]
    whole = sys.modules.setdefault(package.__name__, package)
    try:
        yield
    finally:
        if whole is package:
            del sys.modules[package.__name__]
