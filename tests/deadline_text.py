"""A deadline said again in plain words: what is written here is read back (domain.deadlines) to the same deadline, in
both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names

from pipeline.domain.deadlines import LAST, Deadline, Due, Every, Kind, Rhythm, month_runs
from pipeline.domain.periods import MONTHS, Month


class _Phrases(NamedTuple):
    """The fixed phrases of one language. «{}» is what they are said of."""

    undated: Mapping[Kind, str]
    each: Mapping[Every, str]
    times: Mapping[str, str]  # by the plural form of the number
    within: Mapping[Every, str]
    whole_year: str
    quarters: Sequence[str]
    half_years: Sequence[str]
    by: str
    day_endings: Mapping[str, str]  # by the ordinal form of the number
    by_day: str
    day_in_list: str
    days_in_list: str
    on_days: str
    on_range: str
    on_last_day: str
    of_month: str
    of_month_after_quarter: str
    on_weekdays: str
    weekdays: Sequence[str]
    nth_of_month: str
    # First … fourth and last, in the gender of each weekday.
    ordinals: Sequence[Sequence[str]]
    gender: Sequence[int]
    except_months: str
    conjunction: str


_PHRASES: Mapping[str, _Phrases] = {
    "ru": _Phrases(
        undated={
            "standing": "постоянно",
            "as_needed": "по мере необходимости",
            "by_schedule": "по графику",
        },
        each={
            "day": "ежедневно",
            "week": "еженедельно",
            "month": "ежемесячно",
            "two_months": "раз в 2 месяца",
            "quarter": "ежеквартально",
            "four_months": "раз в 4 месяца",
            "half_year": "раз в полугодие",
        },
        times={"one": "{} раз в", "few": "{} раза в", "many": "{} раз в"},
        within={
            "week": "неделю",
            "month": "месяц",
            "quarter": "квартал",
            "half_year": "полугодие",
            "year": "год",
        },
        whole_year="в течение года",
        quarters=("I квартал", "II квартал", "III квартал", "IV квартал"),
        half_years=("I полугодие", "II полугодие"),
        by="до {}",
        day_endings={"other": ""},
        by_day="до {} числа",
        day_in_list="{}",
        days_in_list="с {} по {}",
        on_days="{} числа",
        on_range="{} число",
        on_last_day="в последний день",
        of_month="{} месяца",
        of_month_after_quarter="{} месяца, следующего за отчётным кварталом",
        on_weekdays="по {}",
        weekdays=(
            "понедельникам",
            "вторникам",
            "средам",
            "четвергам",
            "пятницам",
            "субботам",
            "воскресеньям",
        ),
        nth_of_month="{} {} каждого месяца",
        ordinals=(
            ("первый", "второй", "третий", "четвёртый", "последний"),
            ("первая", "вторая", "третья", "четвёртая", "последняя"),
            ("первое", "второе", "третье", "четвёртое", "последнее"),
        ),
        gender=(0, 0, 1, 0, 1, 1, 2),
        except_months="кроме {}",
        conjunction="и",
    ),
    "en": _Phrases(
        undated={"standing": "ongoing", "as_needed": "as needed", "by_schedule": "on schedule"},
        each={
            "day": "daily",
            "week": "weekly",
            "month": "monthly",
            "two_months": "every 2 months",
            "quarter": "quarterly",
            "four_months": "every 4 months",
            "half_year": "half-yearly",
        },
        times={"one": "{} time a", "other": "{} times a"},
        within={
            "week": "week",
            "month": "month",
            "quarter": "quarter",
            "half_year": "half-year",
            "year": "year",
        },
        whole_year="throughout the year",
        quarters=("first quarter", "second quarter", "third quarter", "fourth quarter"),
        half_years=("first half-year", "second half-year"),
        by="by {}",
        day_endings={"one": "st", "two": "nd", "few": "rd", "other": "th"},
        by_day="by the {}",
        day_in_list="the {}",
        days_in_list="from the {} to the {}",
        on_days="on {}",
        on_range="{}",
        on_last_day="on the last day",
        of_month="{} of the month",
        of_month_after_quarter="{} of the month after the quarter",
        on_weekdays="on {}",
        weekdays=("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
        nth_of_month="{} {} of each month",
        ordinals=(("first", "second", "third", "fourth", "last"),),
        gender=(0, 0, 0, 0, 0, 0, 0),
        except_months="except {}",
        conjunction="and",
    ),
}


def deadline_text(deadline: Deadline, language: Literal["ru", "en"]) -> str:
    """The deadline in plain words, in the plan's own spellings: «ежеквартально, до 31 марта, 30 июня …»."""
    phrases = _PHRASES[language]
    if deadline.rhythm is not None:
        return _rhythm_text(deadline.rhythm, deadline.occurrences, phrases, language)
    if deadline.kind == "dated":
        return "; ".join(_due_text(due, phrases, language) for due in deadline.occurrences)
    return phrases.undated[deadline.kind]


def _due_text(due: Due, phrases: _Phrases, language: str) -> str:
    start, end = due.start, due.end
    if start == end:
        return _day_text(start, language)
    if start.day == 1 and end == Month(end.year, end.month).last_day:
        return _months_text(start.month, end.month, phrases, language)
    if (start.month, start.day) == (1, 1):
        return phrases.by.format(_day_text(end, language))
    if start.month == end.month:
        return f"{start.day}–{_day_text(end, language)}"
    return f"{_day_text(start, language)} – {_day_text(end, language)}"


def _day_text(day: date, language: str) -> str:
    return format_date(day, "d MMMM", locale=language)


def _months_text(first: int, last: int, phrases: _Phrases, language: str) -> str:
    """Whole months by the name of the part of the year that they are: «май», «II квартал», «январь–май»."""
    if (first, last) == (1, 12):
        return phrases.whole_year
    if first % 6 == 1 and last == first + 5:
        return phrases.half_years[first // 6]
    if first % 3 == 1 and last == first + 2:
        return phrases.quarters[first // 3]
    return _months_named(first, last, language)


def _months_named(first: int, last: int, language: str) -> str:
    names = get_month_names("wide", context="stand-alone", locale=language)
    return names[first] if first == last else f"{names[first]}–{names[last]}"


def _rhythm_text(rhythm: Rhythm, occurrences: Sequence[Due], phrases: _Phrases, language: str) -> str:
    parts = [_pace_text(rhythm, phrases, language)]
    if rhythm.days:
        parts.append(_days_text(rhythm, phrases, language))
    elif rhythm.times == 1 and rhythm.every in ("two_months", "quarter", "four_months", "half_year"):
        ends = [_day_text(due.end, language) for due in occurrences]
        parts.append(phrases.by.format(_joined(ends, phrases)))
    if rhythm.months:
        parts.append(_only_months_text(rhythm.months, phrases, language))
    return ", ".join(parts)


def _pace_text(rhythm: Rhythm, phrases: _Phrases, language: str) -> str:
    if rhythm.times > 1:
        times = phrases.times[Locale.parse(language).plural_form(rhythm.times)].format(rhythm.times)
        return f"{times} {phrases.within[rhythm.every]}"
    if rhythm.weeks:
        (weekday,) = rhythm.weekdays
        ordinals = phrases.ordinals[phrases.gender[weekday]]
        weeks = [ordinals[LAST if week == LAST else week - 1] for week in rhythm.weeks]
        name = get_day_names("wide", context="stand-alone", locale=language)[weekday]
        return phrases.nth_of_month.format(_joined(weeks, phrases), name)
    if rhythm.weekdays:
        weekdays = _joined([phrases.weekdays[weekday] for weekday in rhythm.weekdays], phrases)
        return f"{phrases.each[rhythm.every]} {phrases.on_weekdays.format(weekdays)}"
    return phrases.each[rhythm.every]


def _days_text(rhythm: Rhythm, phrases: _Phrases, language: str) -> str:
    """«до 5 числа», «1 и 15 числа», «с 20 по 25 число»; in a quarter, of the month after it."""
    if rhythm.days == ((LAST, LAST),):
        text, of_month = phrases.on_last_day, phrases.of_month
    else:
        text, of_month = _numbered_days_text(rhythm.days, phrases, language), "{}"
    return (phrases.of_month_after_quarter if rhythm.every == "quarter" else of_month).format(text)


def _numbered_days_text(days: Sequence[tuple[int, int]], phrases: _Phrases, language: str) -> str:
    named = [[_ordinal(day, phrases, language) for day in dict.fromkeys(span)] for span in days]
    if len(days) == 1 and days[0][0] == 1 < days[0][1]:
        return phrases.by_day.format(named[0][1])
    listed = [(phrases.day_in_list if len(one) == 1 else phrases.days_in_list).format(*one) for one in named]
    whole = phrases.on_days if all(len(one) == 1 for one in named) else phrases.on_range
    return whole.format(_joined(listed, phrases))


def _ordinal(day: int, phrases: _Phrases, language: str) -> str:
    return f"{day}{phrases.day_endings[Locale.parse(language).ordinal_form(day)]}"


def _only_months_text(months: Sequence[int], phrases: _Phrases, language: str) -> str:
    """«январь–май», or what is left out where the months don't follow one another: «кроме июля и августа»."""
    runs = month_runs(tuple(months))
    if len(runs) == 1:
        return _months_named(*runs[0], language)
    names = get_month_names("wide", context="format", locale=language)
    without = [names[month] for month in MONTHS if month not in months]
    return phrases.except_months.format(_joined(without, phrases))


def _joined(parts: Sequence[str], phrases: _Phrases) -> str:
    """«а», «а и б», «а, б и в»."""
    *first, last = parts
    return f"{', '.join(first)} {phrases.conjunction} {last}" if first else last
