"""Months of a plan year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTHS = range(1, 13)


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
