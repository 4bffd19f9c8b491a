"""Months of a plan year, and the periods that are reported: month, quarter, half-year, nine months, year.

A plan year may begin in another month than January. Its months are numbered from its beginning, 1 … 12, wherever
figures are added up, entered or remembered; only names and dates are the calendar's.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

MONTHS = range(1, 13)
PeriodKind = Literal["month", "quarter", "half_year", "nine_months", "year"]


@dataclass(frozen=True, order=True)
class Month:
    """Month `number` of the plan year that begins in month `starts` of the calendar year `year`: with starts=4 the
    number 1 is April, and 12 March of the year after. Written as the calendar has it, «2013-09», as in the names of
    output folders and in the options."""

    year: int
    number: int
    starts: int = 1

    def __post_init__(self) -> None:
        if self.number not in MONTHS:
            raise ValueError(f"no such month: {self.number}")

    def __str__(self) -> str:
        year, month = self.calendar
        return f"{year:04d}-{month:02d}"

    @property
    def calendar(self) -> tuple[int, int]:
        """Its year and its month, 1 … 12, by the calendar."""
        later, month = divmod(self.starts + self.number - 2, 12)
        return self.year + later, month + 1

    @property
    def first_day(self) -> date:
        return date(*self.calendar, 1)

    @property
    def last_day(self) -> date:
        return date(*self.calendar, monthrange(*self.calendar)[1])

    @property
    def following(self) -> "Month":
        last = self.number == 12
        return replace(self, year=self.year + last, number=1 if last else self.number + 1)

    @property
    def plan_year(self) -> "PlanYear":
        return PlanYear(self.year, self.starts)


@dataclass(frozen=True)
class PlanYear:
    """The twelve months from month `starts` of the calendar year `year` on; written «2013», or «2013/14» where they
    are of two calendar years."""

    year: int
    starts: int = 1

    def __str__(self) -> str:
        return f"{self.year}" if self.starts == 1 else f"{self.year}/{(self.year + 1) % 100:02d}"

    @property
    def previous(self) -> "PlanYear":
        return PlanYear(self.year - 1, self.starts)

    def month(self, number: int) -> Month:
        return Month(self.year, number, self.starts)

    def number(self, calendar_month: int) -> int:
        """Which month of the year it is that the calendar counts as January, 1 … December, 12."""
        return (calendar_month - self.starts) % 12 + 1

    def day(self, calendar_month: int, day: int) -> date:
        """The day of the year in that month of the calendar. Raises ValueError for one that it lacks."""
        return self.month(self.number(calendar_month)).first_day.replace(day=day)

    @property
    def first_day(self) -> date:
        return self.month(1).first_day

    @property
    def last_day(self) -> date:
        return self.month(12).last_day

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def parse_month(text: str) -> Month:
    """«2013-09» → September 2013. Raises ValueError for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip())
    if match is None:
        raise ValueError(f"not a month: {text!r}")
    return Month(int(match[1]), int(match[2]))


SPANS: dict[str, tuple[PeriodKind, int, int]] = {
    **{f"-{month:02d}": ("month", month, month) for month in MONTHS},
    **{f"-Q{number}": ("quarter", 3 * number - 2, 3 * number) for number in range(1, 5)},
    **{f"-H{number}": ("half_year", 6 * number - 5, 6 * number) for number in (1, 2)},
    "-9M": ("nine_months", 1, 9),
    "": ("year", 1, 12),
}
"""What follows the year in a period's name → its kind, its first and its last month."""
_SPELLINGS = str.maketrans("КПМ", "QHM")


@dataclass(frozen=True)
class Period:
    """The reported part of a plan year: months `first` … `last`. Written «2013-09», «2013-Q3», «2013-H1», «2013-9M»,
    «2013», as in the names of output folders and in the options: a month as the calendar has it, whatever is longer
    by the year in which the plan year begins. Raises ValueError for months that make none."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.first.plan_year != self.last.plan_year or self._months not in (span[1:] for span in SPANS.values()):
            raise ValueError(f"no such period: {self.first}…{self.last}")

    def __str__(self) -> str:
        return str(self.first) if self.kind == "month" else f"{self.first.year:04d}{self._suffix}"

    @property
    def kind(self) -> PeriodKind:
        return SPANS[self._suffix][0]

    @property
    def months(self) -> range:
        """Its months' numbers."""
        return range(self.first.number, self.last.number + 1)

    def in_years_from(self, starts: int) -> "Period":
        """The period of the same name where plan years begin in month `starts`: the same month of the calendar, in
        the plan year to which it belongs; the quarter of the same number of the plan year that begins in the year."""
        if self.kind != "month":
            return Period(replace(self.first, starts=starts), replace(self.last, starts=starts))
        year, month = self.first.calendar
        begun = PlanYear(year - (month < starts), starts)
        same = begun.month(begun.number(month))
        return Period(same, same)

    @property
    def _months(self) -> tuple[int, int]:
        return self.first.number, self.last.number

    @property
    def _suffix(self) -> str:
        return next(suffix for suffix, span in SPANS.items() if span[1:] == self._months)


def parse_period(text: str) -> Period:
    """«2013-09», «2013-Q3» or «2013-К3», «2013-H1» or «2013-П1», «2013-9M», «2013», letters of either case.
    Raises ValueError for anything else."""
    match = re.fullmatch(r"([0-9]{4})(|-\w+)", text.strip())
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    suffix = match[2].upper().translate(_SPELLINGS)
    if re.fullmatch(r"-\d", suffix):
        suffix = f"-0{suffix[1]}"
    if suffix not in SPANS:
        raise ValueError(f"not a period: {text!r}")
    _, first, last = SPANS[suffix]
    return Period(Month(int(match[1]), first), Month(int(match[1]), last))
