"""How dates and periods of the year are spelled in plans, and what each spelling means. Read from the top."""

from collections.abc import Callable

from pipeline.domain.deadline_grammar import Grammar, Row
from pipeline.domain.deadline_values import LAST, Due, days_due, months_due, nth_weekday, single, whole_year
from pipeline.domain.periods import MONTHS, PlanYear

Days = tuple[int, int]
END_OF_MONTH = 31


def _day(year: PlanYear, day: int, month: int) -> Due | None:
    try:
        return single(year.month(month).first_day.replace(day=day))
    except ValueError:
        return None


def _month_day(year: PlanYear, month: int, day: int) -> Due | None:
    return _day(year, day, month)


def _weekday_of(year: PlanYear, week: int, weekday: int, month: int) -> Due | None:
    return single(nth_weekday(year, month, weekday, week)) if week <= 4 else None


def _from_to(year: PlanYear, first: Due | None, last: Due | None) -> Due | None:
    if first is None or last is None or first.start > last.start or first.end > last.end:
        return None
    return Due(first.start, last.end)


def _days(year: PlanYear, first: int, last: int, month: int) -> Due | None:
    return _from_to(year, _day(year, first, month), _day(year, last, month))


def _month_days(year: PlanYear, month: int, first: int, last: int) -> Due | None:
    return _days(year, first, last, month)


def _to_year_end(year: PlanYear, first: Due) -> Due:
    return Due(first.start, whole_year(year).end)


def _by(year: PlanYear, due: Due) -> Due:
    return Due(whole_year(year).start, due.end)


def _month(year: PlanYear, month: int) -> Due:
    return months_due(year, month, month)


def _season(year: PlanYear, first: int) -> Due | None:
    """None for a season of which the plan's year has the end before the beginning."""
    return months_due(year, first, first + 2) if first + 2 in MONTHS else None


def _part_of_month(year: PlanYear, days: Days, month: int) -> Due:
    return days_due(year, month, *days)


def _month_part(year: PlanYear, month: int, days: Days) -> Due:
    return _part_of_month(year, days, month)


def _parts_of_month(year: PlanYear, first: Days, last: Days, month: int) -> Due | None:
    return _from_to(year, _part_of_month(year, first, month), _part_of_month(year, last, month))


def _decades(year: PlanYear, first: int, last: int, month: int) -> Due | None:
    days = _decade(year, first), _decade(year, last)
    return _parts_of_month(year, days[0], days[1], month) if days[0] and days[1] else None


def _decade(year: PlanYear, number: int) -> Days | None:
    return {1: (1, 10), 2: (11, 20), 3: (21, END_OF_MONTH)}.get(number)


def _half_of_month(year: PlanYear, number: int) -> Days | None:
    return {1: (1, 15), 2: (16, END_OF_MONTH)}.get(number)


def _part_of_year(parts: int) -> Callable[..., Due | None]:
    """«II квартал», «II–III кварталы» for 4 parts, «1 полугодие» for 2."""
    size = 12 // parts

    def build(year: PlanYear, first: int, last: int | None = None) -> Due | None:
        end = last or first
        return months_due(year, (first - 1) * size + 1, end * size) if 1 <= first <= end <= parts else None

    return build


def _year(year: PlanYear) -> Due:
    return whole_year(year)


def same(year: PlanYear, value: object) -> object:
    """The value of a row's only part."""
    return value


DATES: Grammar = {
    "order": (
        Row("num|rank", same, "1"),
        Row("roman", same, "II"),
        Row("ordinal", same, "первое"),
    ),
    "day": (
        Row("num month month_word?", _day, "20 марта"),
        Row("month num", _month_day, "March 20"),
        Row("order|last weekday month", _weekday_of, "последняя пятница марта"),
    ),
    # Parts of a month are its decades: 1–10, 11–20, 21 to the end.
    "decade_part": (Row("order|last decade", lambda year, n: _decade(year, 3 if n == LAST else n), "вторая декада"),),
    "part": (
        Row("beginning", lambda year: (1, 10), "начало"),
        Row("middle", lambda year: (11, 20), "середина"),
        Row("end|late", lambda year: (21, END_OF_MONTH), "конец"),
        Row("decade_part", same, "вторая декада"),
        Row("order half_of", _half_of_month, "первая половина"),
    ),
    "period": (
        Row("month month_word?", _month, "май"),
        Row("part month", _part_of_month, "конец мая"),
        Row("part - part month", _parts_of_month, "середина – конец мая"),
        Row("order - order decade month", _decades, "I–II декада мая"),
        Row("order quarter_word", _part_of_year(4), "II квартал"),
        Row("quarter_word order", _part_of_year(4), "quarter 2"),
        Row("order - order quarter_word", _part_of_year(4), "II–III кварталы"),
        Row("from order to order quarter_word", _part_of_year(4), "с I по III квартал"),
        Row("order half_year", _part_of_year(2), "1-е полугодие"),
        Row("order - order half_year", _part_of_year(2), "I–II полугодия"),
        Row("order half_of year", _part_of_year(2), "первая половина года"),
        # Winter is not here: the plan's year holds two halves of it.
        Row("season", _season, "осень"),
    ),
    # The two of which a list must be sure: «начало марта, сентябрь».
    "part_of_month": (
        Row("in? part month", _part_of_month, "в начале марта"),
        Row("in? order|last weekday month", _weekday_of, "последняя пятница марта"),
    ),
    # No item of a list, in which «май, 2 декада» are two.
    "month_and_part": (Row("month pause? part", _month_part, "май, 2 декада"),),
    "month_alone": (Row("in? month", _month, "в сентябре"),),
    "whole_year": (
        Row("during year", _year, "в течение года"),
        Row("all_year", _year, "круглый год"),
        Row("in plan_year", _year, "в 2013 году"),
    ),
    "span": (
        Row("day", same, "20 марта"),
        Row("period", same, "май"),
    ),
    "item": (
        Row("in? day", same, "20 марта"),
        Row("in|during? period", same, "в мае"),
        Row("whole_year", same, "в течение года"),
        Row("in|during? num - num month", _days, "12-13 февраля"),
        Row("from? num to num month", _days, "с 1 по 15 июня"),
        Row("from num by num month", _days, "с 1 до 15 июня"),
        Row("month num - num", _month_days, "February 12–13"),
        Row("from? month num to num", _month_days, "from June 1 to 15"),
        Row("in|during? span - span", _from_to, "28 января – 3 февраля"),
        Row("from? span to span", _from_to, "с января по март"),
        Row("from span by day", _from_to, "с 28 февраля до 3 марта"),
        Row("from span by end period", _from_to, "с 1 сентября до конца ноября"),
        Row("from span by end year", _to_year_end, "с мая до конца года"),
        Row("by|no_later day", _by, "до 15 мая"),
        # «До мая» alone may mean its first day or its last, and is not read.
        Row("by|no_later end period", _by, "до конца июня"),
        Row("by|no_later end year", _year, "до конца года"),
        Row("no_later period", _by, "не позднее мая"),
    ),
}
