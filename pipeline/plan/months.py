"""What people write for a month of the plan year: «7», «июль», «июля», «07.2013», a date."""

import re
from datetime import date, datetime
from functools import cache
from typing import Literal

from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.sheets.book import Value
from pipeline.sheets.values import tidy
from pipeline.words import LANGUAGES, Words

_FORMS: tuple[Literal["name", "of", "short"], ...] = ("name", "of", "short")


def read_month(value: Value, year: PlanYear) -> int | None:
    """The month's number in the plan's year; None where it isn't one, or is another year's. Figures are the calendar's:
    7 is July whenever the year begins."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return year.number(day.month) if day in year else None
    if isinstance(value, bool):
        return None
    text = tidy(value).casefold().replace("ё", "е").rstrip(".")
    match = re.fullmatch(r"(?:(\d{1,2})|([^\W\d]+)\.?)(?:[\s./-]+(\d{4}))?(?: ?г(?:ода)?)?", text)
    if match is None:
        return None
    named = int(match[1]) if match[1] else _names().get(match[2], 0)
    if named not in MONTHS:
        return None
    number = year.number(named)
    return number if not match[3] or year.month(number).calendar == (int(match[3]), named) else None


@cache
def _names() -> dict[str, int]:
    return {
        Words(language).month(number, form).casefold(): number
        for language in LANGUAGES
        for number in MONTHS
        for form in _FORMS
    }
