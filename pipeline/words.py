"""Words that people see, from the catalogues in locale/ (gettext; Russian the default).

A key's first part names its catalogue: «report.summary.title» stands in locale/<language>/LC_MESSAGES/report.po.
Placeholders are str.format's. After editing a .po file: `pybabel compile -d pipeline/locale -D "…"` (CONTRIBUTING).
"""

import gettext
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pipeline.domain.periods import Month
from pipeline.domain.rounding import round_half_up

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
MonthForm = Literal["name", "of", "short"]
LOCALE = Path(__file__).parent / "locale"
NO_BREAK = "\u00a0"
MINUS = "−"
YEARS_ENDS = re.compile(r"\{(?:from|to)_month\}")
"""Placeholders that every text may have: the first month of the institution's year, in the genitive, and the last."""


class Words:
    """The words of one language, its numbers, months and dates. `starts`: the month of the calendar with which the
    institution's year begins, and from which its months are numbered."""

    def __init__(self, language: Language = "ru", starts: int = 1) -> None:
        self.language = language
        self.starts = starts

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key` with its placeholders filled. Raises KeyError where the catalogue lacks it."""
        text = _catalogue(self.language, key.partition(".")[0]).gettext(key)
        if text == key:
            raise KeyError(key)
        if YEARS_ENDS.search(text):
            values |= {"from_month": self.month(1, "of"), "to_month": self.month(12)}
        return text.format(**self._shown(values)) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """The words of `key` in the form that agrees with `number`, which fills {number}."""
        text = _catalogue(self.language, key.partition(".")[0]).ngettext(key, key, number)
        if text == key:
            raise KeyError(key)
        return text.format(number=self.number(number), **self._shown(values))

    def _shown(self, values: dict[str, object]) -> dict[str, object]:
        return {
            name: self.number(value, _places(value)) if isinstance(value, float) else value
            for name, value in values.items()
        }

    def number(self, value: float, decimals: int = 0, sign: bool = False) -> str:
        """1234.5 → «1 234,5», with no-break spaces and a true minus; `sign` puts a plus before a positive one."""
        rounded = round_half_up(value, decimals)
        digits = f"{abs(rounded):,.{decimals}f}"
        if self.language == "ru":
            digits = digits.replace(",", NO_BREAK).replace(".", ",")
        return (MINUS if rounded < 0 else "+" if sign and rounded > 0 else "") + digits

    def percent(self, value: float, sign: bool = False) -> str:
        """81 → «81 %» with a no-break space in Russian, «81%» in English."""
        return self.number(value, sign=sign) + (NO_BREAK if self.language == "ru" else "") + "%"

    def month(self, number: int, form: MonthForm = "name") -> str:
        """«сентябрь», «сентября» (genitive), «сен»; the number counts from the month with which the year begins."""
        return self.calendar_month(self.month_number(number), form)

    def month_number(self, number: int) -> int:
        """By which number the calendar knows the year's month: 1 is January."""
        return (number + self.starts - 2) % 12 + 1

    def calendar_month(self, number: int, form: MonthForm = "name") -> str:
        """The same of the month of a date: 1 is January."""
        return _months(self.language, form)[number - 1]

    def month_year(self, month: Month) -> str:
        """«сентябрь 2013»."""
        year, number = month.calendar
        return f"{self.calendar_month(number)}{NO_BREAK}{year}"

    def day(self, day: date) -> str:
        """«05.10.2013»; ISO in English."""
        return f"{day:%d.%m.%Y}" if self.language == "ru" else f"{day:%Y-%m-%d}"

    def long_day(self, day: date) -> str:
        """«5 октября 2013 года», as sentences have it; ISO in English."""
        month = self.calendar_month(day.month, "of")
        return f"{day.day}{NO_BREAK}{month} {day.year}{NO_BREAK}года" if self.language == "ru" else self.day(day)

    def join(self, parts: Sequence[str]) -> str:
        """«а, б и в»."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {'и' if self.language == 'ru' else 'and'} {parts[-1]}"


def _places(value: float) -> int:
    """Decimals needed to write the number as a person would (at most six)."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


@cache
def _months(language: Language, form: MonthForm) -> tuple[str, ...]:
    return tuple(_catalogue(language, "plan").gettext(f"plan.months.{form}").split())


@cache
def _catalogue(language: str, name: str) -> gettext.NullTranslations:
    return gettext.translation(name, LOCALE, languages=[language])
