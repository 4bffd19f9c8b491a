"""Deadlines, as plans write them: «28 января; февраль», «II квартал», «ежемесячно, до 5 числа», «постоянно».

Each becomes the due dates and due periods of the plan's year, or a task without any. What the tables of words
(deadline_words) and spellings (deadline_date_rows, deadline_rhythm_rows) don't hold is not read: nothing is
guessed, no word is passed over.
"""

import re
from functools import lru_cache

from pipeline.domain.deadline_date_rows import DATES
from pipeline.domain.deadline_grammar import Grammar, Tokens, read_part
from pipeline.domain.deadline_rhythm_rows import DEADLINES, RHYTHMS
from pipeline.domain.deadline_tokens import tokens_of
from pipeline.domain.deadline_values import (
    LAST,
    Deadline,
    Due,
    Every,
    Kind,
    Rhythm,
    in_order,
    month_runs,
    rhythm_deadline,
    rhythm_occurrences,
    whole_year,
)
from pipeline.domain.periods import PlanYear

__all__ = ["EXAMPLES", "LAST", "Deadline", "Due", "Every", "Kind", "Rhythm", "month_runs", "read_deadline"]

# Shown to a person whose deadline can't be read.
EXAMPLES: tuple[str, ...] = (
    "20 марта",
    "12–13 февраля",
    "28 января; февраль",
    "до 15 мая",
    "01.03",
    "с 28 февраля по 3 марта",
    "Май",
    "Январь–март",
    "конец мая",
    "II квартал",
    "1 полугодие",
    "в течение года",
    "Ежемесячно",
    "ежемесячно, до 5 числа",
    "последняя пятница месяца",
    "еженедельно по вторникам",
    "Ежеквартально",
    "2 раза в год",
    "Постоянно",
    "По мере необходимости",
    "По графику",
)

GRAMMAR: Grammar = {**DATES, **RHYTHMS, **DEADLINES}

_NUMBERS = ("num", "nth", "rank", "roman", "ordinal", "last")
_MARKERS = ("in", "by", "no_later", "from", "to", "-")
_SEPARATORS = ("sep", "semi")
_PAUSES = (*_SEPARATORS, "open")
# A word broken at the line's end: «в тече-⏎ние года». Words of one letter and Roman numerals are never broken.
_BROKEN = re.compile(r"(?<=[А-Яа-яЁё]{2})[-\u00ad\u2010\u2011][^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*(?=[А-Яа-яЁё]{2})")
# Of a year's days no list is longer; days × months would be.
_MOST_ITEMS = 366
# «Не реже 2 раз в 2 месяца» is the longest.
_LONGEST_PACE = 8


@lru_cache(1024)  # a plan says the same many times
def read_deadline(text: str, year: int, starts: int = 1) -> Deadline | None:
    """What a deadline in the plan's own spelling means in the plan's year, which begins in month `starts` of `year`;
    None where it can't be read.

    A month is the one of that name in the plan's year, quarters and half-years are counted from the year's beginning.
    A line break is a separator of the list or else only a wrapped line, whichever can be read; a hyphen before it is
    a dash or else breaks a word.
    """
    return _read(text, PlanYear(year, starts))


def _read(text: str, year: PlanYear) -> Deadline | None:
    whole = _BROKEN.sub("", text)
    for wrapped in dict.fromkeys((text, _one_line(text), whole, _one_line(whole))):
        tokens = tokens_of(wrapped, year)
        deadline = None if tokens is None else _deadline(tokens, year)
        if deadline is not None:
            return deadline
    return None


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _deadline(tokens: Tokens, year: PlanYear) -> Deadline | None:
    if not tokens:
        return None
    whole = read_part(GRAMMAR, "deadline", tokens, year)
    if isinstance(whole, Deadline):
        return whole
    occurrences = _listed(tokens, year)
    return Deadline("dated", occurrences) if occurrences else _rhythm_with_dates(tokens, year)


def _listed(tokens: Tokens, year: PlanYear) -> tuple[Due, ...] | None:
    """«31 августа; ноябрь»: each item by itself, all or none. The same item twice is a slip of the plan."""
    repeated = _with_days(*_split(tokens))
    if repeated is None:
        return None
    items, joints = repeated
    full = _by_to_all(_with_endings(items), joints, year)
    dues: list[Due] = []
    for item in full:
        due = read_part(GRAMMAR, "item", item, year)
        if due is None or due in dues:
            return None
        dues.append(due)
    neighbours = zip(full, full[1:], joints, strict=False)
    if any(joint == "sep" and _may_govern(item, following, year) for item, following, joint in neighbours):
        return None
    return in_order(tuple(dues))


def _split(tokens: Tokens) -> tuple[list[Tokens], list[str]]:
    items: list[Tokens] = [()]
    joints: list[str] = []
    for token in tokens:
        if token.kind in _SEPARATORS:
            items.append(())
            joints.append(token.kind)
        else:
            items[-1] = (*items[-1], token)
    return items, joints


def _with_days(items: list[Tokens], joints: list[str]) -> tuple[list[Tokens], list[str]] | None:
    """Months alone in the genitive take the days of the month before: «10 и 20 марта, июня» are four days. None
    where not only days stand before them, as in «конец марта; июня»."""
    full: list[Tokens] = []
    between: list[str] = []
    bare: list[Tokens] = []
    days: list[Tokens] | None = []
    for item, joint in zip(items, ("sep", *joints), strict=True):
        repeated = [item]
        if _is_bare(item):
            bare.append(item)
        elif not _is_month(item):
            days, bare = _days_before_month([*bare, item]), []
        elif item[0].case != "genitive":
            days = None if days else days
        elif days is None:
            return None
        elif days:
            repeated = [one + item for one in days]
        full += repeated
        between += [joint, *["sep"] * (len(repeated) - 1)]
        if len(full) > _MOST_ITEMS:
            return None
    return full, between[1:]


def _is_month(item: Tokens) -> bool:
    """«июня», «в июне», «июнь месяц»."""
    named = [token.kind for token in item if token.kind not in ("in", "month_word", "of_month")]
    return named == ["month"]


def _days_before_month(items: list[Tokens]) -> list[Tokens] | None:
    """The days of the items, bare numbers but for the last, which ends in their month; None where it doesn't, or
    where they are not days but terms, «до 20 марта»."""
    ending = _ending(items[-1])
    if not ending or not _is_month(ending):
        return None
    days = [*items[:-1], items[-1][: -len(ending)]]
    return None if any(one[0].kind in ("by", "no_later") for one in days) else days


def _with_endings(items: list[Tokens]) -> list[Tokens]:
    """Bare numbers take what they are numbers of: «12 и 20 марта», «I, III кварталы», "March 12 and 20"."""
    full = list(items)
    for number in range(len(full) - 2, -1, -1):
        if _is_bare(full[number]):
            full[number] += _ending(full[number + 1])
    for number in range(1, len(full)):
        before = [token.kind for token in full[number - 1][:2]]
        if _is_bare(full[number]) and before in (["month", "num"], ["month", "nth"]):
            full[number] = (full[number - 1][0], *full[number])
    return full


def _is_bare(item: Tokens) -> bool:
    kinds = {token.kind for token in item}
    return not kinds.isdisjoint(_NUMBERS) and kinds.issubset(_NUMBERS + _MARKERS)


def _ending(item: Tokens) -> Tokens:
    """What follows the number (or the range of numbers) with which the item begins."""
    at = 0
    while at < len(item) and item[at].kind in _NUMBERS + _MARKERS:
        at += 1
    numbered = any(token.kind in _NUMBERS for token in item[:at])
    return item[at:] if numbered and not any(token.kind in _NUMBERS + _MARKERS for token in item[at:]) else ()


def _by_to_all(items: list[Tokens], joints: list[str], year: PlanYear) -> list[Tokens]:
    """«До 15 мая и 15 октября» is by both; after a semicolon a date stands by itself."""
    full = items[:1]
    for item, joint in zip(items[1:], joints, strict=True):
        by = full[-1][:1]
        governed = joint == "sep" and by and by[0].kind in ("by", "no_later") and _is_day(item, year)
        full.append(by + item if governed else item)
    return full


def _is_day(item: Tokens, year: PlanYear) -> bool:
    return read_part(GRAMMAR, "day", item, year) is not None


def _may_govern(item: Tokens, following: Tokens, year: PlanYear) -> bool:
    """Whether it stays open if the item's first words are of the next one too: «в начале марта и сентября»
    may be the beginnings of both, «в течение марта и апреля» one period, "25 March, June" two days."""
    if item[-1].kind == "month" and not _is_month(item) and following[0].case == "any" and len(following) == 1:
        return True
    if item[0].kind in ("during", "by", "no_later"):
        return read_part(GRAMMAR, "period", following, year) is not None
    if read_part(GRAMMAR, "part_of_month", item, year) is None:
        return False
    return read_part(GRAMMAR, "month_alone", following, year) is not None


def _rhythm_with_dates(tokens: Tokens, year: PlanYear) -> Deadline | None:
    """«2 раза в год (март, сентябрь)»: the dates say when, and must agree with the rhythm one by one."""
    for at in range(1, min(len(tokens), _LONGEST_PACE + 1)):
        rhythm = read_part(GRAMMAR, "pace", tokens[:at], year)
        if isinstance(rhythm, Rhythm):
            dates = tokens[at + 1 :] if tokens[at].kind in _PAUSES else tokens[at:]
            deadline = _agreed(rhythm, _listed(dates, year) or (), year)
            if deadline is not None:
                return deadline
    return None


def _agreed(rhythm: Rhythm, dues: tuple[Due, ...], year: PlanYear) -> Deadline | None:
    """Each date in its own period; what begins with the year («до 31 марта, 30 июня …») begins there."""
    periods = rhythm_occurrences(rhythm, year)
    if not dues or len(dues) != len(periods):
        return None
    clipped = [(_clipped(due, period, year), period) for due, period in zip(dues, periods, strict=True)]
    agreed = {due for due, period in clipped if period.start <= due.start and due.end <= period.end}
    if len(agreed) < len(periods):
        return None
    within = in_order(tuple(agreed))
    return rhythm_deadline(rhythm, year) if within == periods else Deadline("dated", within)


def _clipped(due: Due, period: Due, year: PlanYear) -> Due:
    begins_with_year = due.start == whole_year(year).start and due.end >= period.start
    return Due(period.start, due.end) if begins_with_year else due
