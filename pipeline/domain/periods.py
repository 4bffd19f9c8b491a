"""Months of a plan year, and the periods that are reported: month, quarter, half-year, nine months, year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

MONTHS = range(1, 13)
PeriodKind = Literal["month", "quarter", "half_year", "nine_months", "year"]


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year; written «2013-09», as in the names of output folders and in the options."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in MONTHS:
            raise ValueError(f"no such month: {self.number}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def following(self) -> "Month":
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)


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
    """The reported part of a year: months `first` … `last`. Written «2013-09», «2013-Q3», «2013-H1», «2013-9M»,
    «2013», as in the names of output folders and in the options. Raises ValueError for months that make none."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.first.year != self.last.year or self._months not in (span[1:] for span in SPANS.values()):
            raise ValueError(f"no such period: {self.first}…{self.last}")

    def __str__(self) -> str:
        return f"{self.first.year:04d}{self._suffix}"

    @property
    def kind(self) -> PeriodKind:
        return SPANS[self._suffix][0]

    @property
    def months(self) -> range:
        """Its months' numbers."""
        return range(self.first.number, self.last.number + 1)

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
