"""What all sentences of the memo are made of: periods, days, names in quotation marks, lists with a rest."""

import math
from collections.abc import Sequence
from datetime import date

from pipeline.analysis.main_indicators import Row
from pipeline.domain.periods import Month, Period
from pipeline.domain.status import is_partial
from pipeline.words import NO_BREAK, Words

MOST_ITEMS = 8
"""So many of a list are named, the rest is counted: the memo has two pages at most."""
_INNER_QUOTES = str.maketrans("«»", "„“")


def span(first: Month, last: Month, words: Words) -> str:
    """«июль–сентябрь 2013 года», «сентябрь 2013 года»: after «за» and «о … за»."""
    names = [words.month(number) for number in dict.fromkeys((first.number, last.number))]
    year = last.calendar[0] if first == last else last.plan_year
    return words("memo.span", months="–".join(names), year=year)


def year_to_date(month: Month, words: Words) -> str:
    """«январь–сентябрь 2013 года»."""
    return span(month.plan_year.month(1), month, words)


def reported(period: Period, words: Words) -> str:
    """The period that the units' explanations are of."""
    return span(period.first, period.last, words)


def days(start: date, end: date, words: Words) -> str:
    """«16 мая», «24–25 октября»; of a longer time its last day, by which the task is due."""
    if start.month == end.month and 0 < (end - start).days <= 2:
        return words("memo.days.several", first=start.day, last=end.day, month=words.calendar_month(end.month, "of"))
    key = "memo.days.one" if start == end else "memo.days.until"
    return words(key, day=end.day, month=words.calendar_month(end.month, "of"))


def quotable(text: str, words: Words) -> str:
    """The text as it goes between «»: its own become „“; without a full stop at its end."""
    text = text.strip().rstrip(" .")
    return text.translate(_INNER_QUOTES) if words.language == "ru" else text


def named(row: Row, words: Words) -> str:
    """««Сообщения»»."""
    return words("memo.quoted", text=quotable(row["name"], words))


def measured(row: Row, words: Words) -> str:
    """««Сообщения», ед.»."""
    return ", ".join(filter(None, (named(row, words), row["unit_of_measure"].replace(" ", NO_BREAK))))


def figure(row: Row, column: str, words: Words) -> str:
    """The figure with its indicator's decimals, a dash where there is none."""
    value = float(row[column])
    return "—" if math.isnan(value) else words.number(value, row["decimals"])


def received(row: Row, words: Words) -> str:
    """«44 из 45» where some of the figures have come and some not, otherwise nothing."""
    got, of = row["to_date_received"], row["to_date_expected"]
    return words("memo.received", received=words.number(got), expected=words.number(of)) if is_partial(got, of) else ""


def some(names: Sequence[str], words: Words) -> str:
    """«а, б, в», of many the first ones «и ещё 3»."""
    shown = ", ".join(names[:MOST_ITEMS])
    rest = len(names) - MOST_ITEMS
    return words("memo.and_more", names=shown, rest=words.number(rest)) if rest > 0 else shown


def in_brackets(people: str, words: Words) -> str:
    """« (Методист 2, Методист 4)», broken into lines only between the people; of many the first ones and how many more;
    nothing where there is none."""
    names = [name.strip().replace(" ", NO_BREAK) for name in people.replace(";", ",").split(",")]
    return words("memo.who", who=some(names, words)) if people.strip() else ""
