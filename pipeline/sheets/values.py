"""What people type into a cell, understood as a number, a word or a blank.

Rules (docs/intake.md has them as a table): a number is taken as it is; a number written as text, with spaces or
with its unit of measure, is taken with a warning; «-», «н/д», «нет» mean «not reported» and never zero; what
could be read in two ways is refused.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from pipeline.sheets.book import Value

SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
DASHES = "-‐‑‒–—―−"
_BLANK_WORDS = {
    "",
    "нет",
    "н/д",
    "нд",
    "н.д.",
    "н/с",
    "нет данных",
    "нет сведений",
    "x",
    "х",
    "n/a",
    "na",
    "none",
    "no data",
}
_ERRORS = re.compile(r"#[A-ZА-ЯЁ0-9/_]+[!?]?|Err:\d+", re.IGNORECASE)
_APART = re.compile(r"\d(?:\s{2,}|[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029])\d")
"""Digits in two lines, or farther from each other than thousands are: two numbers, or nobody knows what."""
_NUMBER = re.compile(r"([+\-]?)(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?(.*)", re.DOTALL)
_TO_SPACE = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(INVISIBLE, ""))
_TO_MINUS = str.maketrans(dict.fromkeys(DASHES, "-"))


class Reading(NamedTuple):
    """A cell read as a number. `value` None: no figure; `code` empty: nothing to say.

    A value with a code was taken with a warning; a code without a value was refused, or is a word for
    «not reported» (text_blank). `code` is one of the problems' codes number_text, number_with_unit, text_blank,
    number_ambiguous, number_several, number_too_large, number_unreadable, number_is_date, number_is_boolean,
    cell_error.
    """

    value: float | None = None
    code: str = ""


BLANK = Reading()
TOO_LARGE = 1e15
"""Not from here on: neighbouring whole numbers are no longer told apart, and sums of what is still larger overflow."""
SHORT, REPEATED = 100, 4096
"""Letters of a text that is remembered, and how many are: codes and titles stand in one row after another."""


def tidy(value: Value) -> str:
    """The cell's text without stray, no-break and invisible spaces; whole numbers without «.0», yes and no as Russian
    Excel shows them."""
    if isinstance(value, str):
        return _tidy_text(value) if len(value) <= SHORT else _tidied(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    return _duration(value) if isinstance(value, timedelta) else str(value)


def _duration(value: timedelta) -> str:
    """«28:48:00», as the format [h]:mm:ss shows it."""
    seconds = round(abs(value.total_seconds()))
    return f"{'-' if value < timedelta() else ''}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _tidied(text: str) -> str:
    return " ".join(text.translate(_TO_SPACE).split())


_tidy_text = lru_cache(REPEATED)(_tidied)


def shown(value: Value) -> str:
    """The cell's value as a message quotes it: a date as Russian Excel shows it, long texts cut."""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and abs(value) >= TOO_LARGE:
        return f"{value:.15G}"
    text = tidy(value)
    return text if len(text) <= 80 else text[:79] + "…"


def read_number(value: Value, unit_of_measure: str = "") -> Reading:
    """The cell as a number of the given unit of measure."""
    if isinstance(value, bool):
        return Reading(None, "number_is_boolean")
    if isinstance(value, int | float):
        return Reading(None, "number_unreadable") if math.isnan(value) else _of_a_size(float(value), "")
    if isinstance(value, date | datetime | time | timedelta):
        return Reading(None, "number_is_date")
    return _read_text(value, unit_of_measure) if value else BLANK


def _of_a_size(number: float, code: str) -> Reading:
    return Reading(number, code) if abs(number) < TOO_LARGE else Reading(None, "number_too_large")


def _read_text(typed: str, unit_of_measure: str) -> Reading:
    text = tidy(typed)
    if not text:
        return BLANK
    plain = text.translate(_TO_MINUS)
    if plain.casefold() in _BLANK_WORDS or not plain.strip("-"):
        return Reading(None, "text_blank")
    if _ERRORS.fullmatch(text):
        return Reading(None, "cell_error")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return Reading(None, "number_unreadable")
    sign, whole, mark, fraction, rest = match.groups()
    if mark and len(fraction) == 3 and len(whole) <= 3 and whole != "0":
        return Reading(None, "number_ambiguous")  # «1.200»: a thousand and two hundred, or one and a fifth?
    if _APART.search(typed):
        return Reading(None, "number_several")
    number = float(f"{sign}{whole.replace(' ', '')}.{fraction or 0}")
    rest = rest.strip()
    if not rest:
        return _of_a_size(number, "number_text")
    if _same_unit(rest, unit_of_measure):
        return _of_a_size(number, "number_with_unit")
    return Reading(None, "number_unreadable")


def _same_unit(text: str, unit_of_measure: str) -> bool:
    """«чел», «чел.», «человек» all are «чел.»: the one begins the other, and nothing but letters follows the unit
    («12 чел. и 5 детей» and «12 человеко-часов» are no 12). One letter may begin anything («5 м» or «5 млн») and has to
    be the unit itself."""
    said, meant = (" ".join(part.casefold().replace("ё", "е").rstrip(".").split()) for part in (text, unit_of_measure))
    if said == meant:
        return True
    goes_on = said.startswith(meant) and said[len(meant) :].isalpha()
    return min(len(said), len(meant)) > 1 and (goes_on or meant.startswith(said))
