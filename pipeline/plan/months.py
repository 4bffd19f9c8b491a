"""What people write for a month of the plan year: «7», «июль», «июля», «07.2013», a date."""

import re
from datetime import date
from functools import cache
from typing import Literal

from pipeline.domain.periods import MONTHS
from pipeline.plan.layout import LANGUAGES
from pipeline.sheets.book import Value
from pipeline.sheets.values import tidy
from pipeline.words import Words

_FORMS: tuple[Literal["name", "of", "short"], ...] = ("name", "of", "short")


def read_month(value: Value, year: int) -> int | None:
    """The month's number; None where it isn't one, or is another year's."""
    if isinstance(value, date):
        return value.month if value.year == year else None
    if isinstance(value, bool):
        return None
    text = tidy(value).casefold().replace("ё", "е").rstrip(".")
    match = re.fullmatch(r"(?:(\d{1,2})|([^\W\d]+)\.?)(?:[\s./-]+(\d{4}))?(?: ?г(?:ода)?)?", text)
    if match is None or (match[3] and int(match[3]) != year):
        return None
    number = int(match[1]) if match[1] else _names().get(match[2], 0)
    return number if number in MONTHS else None


@cache
def _names() -> dict[str, int]:
    return {
        Words(language).month(number, form).casefold(): number
        for language in LANGUAGES
        for number in MONTHS
        for form in _FORMS
    }
