"""How rhythms and undated tasks are spelled in plans, and what each spelling means. Read from the top."""

from dataclasses import replace

from pipeline.domain.deadline_date_rows import END_OF_MONTH, Days, same
from pipeline.domain.deadline_grammar import Grammar, Row
from pipeline.domain.deadline_values import (
    LAST,
    MONTHS_IN,
    Deadline,
    Due,
    Every,
    Kind,
    Rhythm,
    rhythm_deadline,
)
from pipeline.domain.periods import MONTHS, PlanYear

# Days that every month has; «30 числа каждого месяца» names a day that February lacks.
SHORTEST_MONTH = 28
# Weeks that every month has; a fifth Friday is not in each.
WEEKS = frozenset((1, 2, 3, 4, LAST))


def _pace(year: PlanYear, every: Every) -> Rhythm:
    return Rhythm(every)


def _several_times(year: PlanYear, times: int, every: Every) -> Rhythm | None:
    if times < 1 or (times > 1 and every in ("day", "two_months", "four_months")):
        return None
    return Rhythm(every, times)


def _times_in_year(year: PlanYear, times: int) -> Rhythm | None:
    return _several_times(year, times, "year")


def _every_months(year: PlanYear, count: int) -> Every | None:
    return next((every for every, months in MONTHS_IN.items() if months == count), None)


def _monthly(year: PlanYear, every: Every) -> Rhythm | None:
    return Rhythm("month") if every == "month" else None


def _by_number(year: PlanYear, day: int) -> tuple[Days, ...] | None:
    return ((1, day),) if 1 <= day <= END_OF_MONTH else None


def _days_of_month(year: PlanYear, days: tuple[Days, ...]) -> tuple[Days, ...] | None:
    return tuple(sorted(days)) if len(set(days)) == len(days) else None


def _numbers(year: PlanYear, first: int, last: int | None = None) -> Days | None:
    if last is None:
        return (first, first) if 1 <= first <= SHORTEST_MONTH else None
    return (first, last) if 1 <= first <= SHORTEST_MONTH and first <= last <= END_OF_MONTH else None


def _is_pace(pace: Rhythm, every: Every, named: int) -> bool:
    """«Еженедельно» or «2 раза в неделю», where as many days are named."""
    return pace in (Rhythm(every), Rhythm(every, named))


def _with_days(year: PlanYear, pace: Rhythm, days: tuple[Days, ...], again: Rhythm | None = None) -> Rhythm | None:
    if not _is_pace(pace, "month", len(days)):
        return None
    return Rhythm("month", days=() if days == ((1, END_OF_MONTH),) else days)


def _days_each_month(year: PlanYear, days: tuple[Days, ...], pace: Rhythm | None = None) -> Rhythm | None:
    return _with_days(year, pace or Rhythm("month"), days)


def _month_after(year: PlanYear, pace: Rhythm, days: tuple[Days, ...]) -> Rhythm | None:
    """In the plan's year the month after the one reported on has the same days as each month has."""
    if pace == Rhythm("quarter") and len(days) == 1:
        return Rhythm("quarter", days=days)
    return _with_days(year, pace, days)


def _month_after_quarter(year: PlanYear, pace: Rhythm, days: tuple[Days, ...]) -> Rhythm | None:
    return _month_after(year, pace, days) if pace == Rhythm("quarter") else None


def _month_after_each_quarter(year: PlanYear, days: tuple[Days, ...]) -> Rhythm | None:
    return _month_after(year, Rhythm("quarter"), days)


def _part_of_each(year: PlanYear, pace: Rhythm, part: Days) -> Rhythm | None:
    return _with_days(year, pace, (part,))


def _part_each_month(year: PlanYear, part: Days, pace: Rhythm | None = None) -> Rhythm | None:
    return _days_each_month(year, (part,), pace)


def _to_the_end(year: PlanYear, pace: Rhythm, every: Every) -> Rhythm | None:
    return pace if pace == Rhythm(every) else None


def _to_month_end(year: PlanYear, pace: Rhythm) -> Rhythm | None:
    return _to_the_end(year, pace, "month")


def _on_weekdays(year: PlanYear, pace: Rhythm, weekdays: tuple[int, ...]) -> Rhythm | None:
    if not _is_pace(pace, "week", len(weekdays)) or len(set(weekdays)) < len(weekdays):
        return None
    return Rhythm("week", weekdays=tuple(sorted(weekdays)))


def _each_weekday(year: PlanYear, weekdays: tuple[int, ...]) -> Rhythm | None:
    return _on_weekdays(year, Rhythm("week"), weekdays)


def _nth_of_month(year: PlanYear, weeks: tuple[int, ...], weekday: int, _: Rhythm | None = None) -> Rhythm | None:
    if not WEEKS.issuperset(weeks) or len(set(weeks)) < len(weeks):
        return None
    in_order = tuple(sorted(weeks, key=lambda week: (week == LAST, week)))
    return Rhythm("month", weekdays=(weekday,), weeks=in_order)


def _nth_at_pace(year: PlanYear, pace: Rhythm, weeks: tuple[int, ...], weekday: int) -> Rhythm | None:
    return _nth_of_month(year, weeks, weekday) if _is_pace(pace, "month", len(weeks)) else None


def _nth_each(year: PlanYear, week: int, weekday: int) -> Rhythm | None:
    """«Каждая вторая среда» may be every other one: only the first and the last are of a month for sure."""
    return _nth_of_month(year, (week,), weekday) if week in (1, LAST) else None


RHYTHMS: Grammar = {
    "count": (
        Row("figure", same, "2"),
        Row("cardinal", same, "два"),
    ),
    "unit": (
        Row("day_word", lambda year: "day", "день"),
        Row("week_word", lambda year: "week", "неделю"),
        Row("one_month", lambda year: "month", "месяц"),
        Row("quarter_word", lambda year: "quarter", "квартал"),
        Row("half_year", lambda year: "half_year", "полугодие"),
        Row("one_year", lambda year: "year", "год"),
        Row("count month_word", _every_months, "2 месяца"),
    ),
    "pace": (
        Row("rate", _pace, "ежемесячно"),
        Row("each unit", _pace, "каждый месяц"),
        Row("each of_week", lambda year: Rhythm("week"), "каждой недели"),
        Row("each of_month", lambda year: Rhythm("month"), "каждого месяца"),
        Row("time in|each unit", _pace, "раз в полугодие"),
        Row("count time|of_time in|each unit", _several_times, "2 раза в год"),
        Row("count time|of_time during year", _times_in_year, "4 раза в течение года"),
        Row("often in|each unit", _several_times, "дважды в год"),
        Row("at_least pace", same, "не реже 1 раза в квартал"),
        Row("at_least of_time in|each unit", _pace, "не реже раза в месяц"),
    ),
    # Not «раз в месяц»: «до 2 раз в месяц» is no date.
    "each_month": (
        Row("rate", _monthly, "ежемесячно"),
        Row("each month_word", lambda year: Rhythm("month"), "каждого месяца"),
    ),
    "numbers": (
        Row("from num to|by num", _numbers, "с 20 по 25"),
        Row("num - num", _numbers, "20–25"),
        Row("num", _numbers, "15"),
    ),
    # Without «числа» only «15-го», "15th" are surely days: «ежемесячно, 2» may be a quantity.
    "ordinal_numbers": (
        Row("from nth to|by nth", _numbers, "from the 20th to the 25th"),
        Row("nth - nth", _numbers, "20th–25th"),
        Row("nth", _numbers, "15th"),
    ),
    "days": (
        Row("by|no_later num date_word", _by_number, "до 5 числа"),
        Row("by|no_later nth", _by_number, "до 5-го"),
        Row("by|no_later last date_word", lambda year, last: ((1, END_OF_MONTH),), "до последнего дня"),
        Row("in? last date_word", lambda year, last: ((LAST, LAST),), "в последний день"),
        Row("in? numbers+ date_word", _days_of_month, "с 20 по 25 число"),
        Row("in? ordinal_numbers+", _days_of_month, "on the 15th"),
    ),
    "rhythm": (
        Row("pace", same, "ежеквартально"),
        Row("pace pause? days month_word", _with_days, "ежемесячно до 5 числа месяца"),
        Row("pace pause? days each_month?", _with_days, "ежемесячно, до 5 числа"),
        Row("days each_month", _days_each_month, "до 5-го числа каждого месяца"),
        Row("days month_word", _days_each_month, "до 5 числа месяца"),
        Row("pace pause? days this_month", _with_days, "ежемесячно, до 25 числа текущего месяца"),
        Row("pace pause? days next month_word", _month_after, "ежемесячно, до 5 числа следующего месяца"),
        Row("days next month_word", _days_each_month, "до 5 числа следующего месяца"),
        Row(
            "pace pause? days month_word pause? following",
            _month_after,
            "ежеквартально до 10 числа месяца, следующего за отчётным",
        ),
        Row(
            "pace pause? days following month_word",
            _month_after,
            "ежеквартально, до 10 числа следующего за отчётным месяца",
        ),
        # Only the pace says how long a period is.
        Row(
            "pace pause? days month_word pause? following_period",
            _month_after,
            "ежеквартально до 10 числа месяца, следующего за отчётным периодом",
        ),
        Row("days following month_word", _days_each_month, "до 5 числа следующего за отчётным месяца"),
        Row(
            "days month_word pause? following month_word?",
            _days_each_month,
            "до 5 числа месяца, следующего за отчётным",
        ),
        Row(
            "pace pause? days month_word pause? following quarter_word",
            _month_after_quarter,
            "ежеквартально, до 10 числа месяца, следующего за отчётным кварталом",
        ),
        Row(
            "days month_word pause? following quarter_word",
            _month_after_each_quarter,
            "до 10 числа месяца, следующего за отчётным кварталом",
        ),
        Row("pace pause? in? part month_word", _part_of_each, "ежемесячно, в конце месяца"),
        Row("pace pause? in? decade_part", _part_of_each, "ежемесячно, 3 декада"),
        Row("in? part each_month", _part_each_month, "в конце каждого месяца"),
        Row("in? decade_part month_word", _part_each_month, "третья декада месяца"),
        Row("pace pause? by|no_later|in end unit", _to_the_end, "ежеквартально, до конца квартала"),
        Row("pace pause? by|no_later end of_month", _to_month_end, "ежемесячно, до конца месяца"),
        Row("by|no_later end each_month", same, "до конца каждого месяца"),
        Row("pace pause? to|in|each? weekday|weekdays+", _on_weekdays, "еженедельно по вторникам"),
        Row("to|in? weekdays+", _each_weekday, "по вторникам и четвергам"),
        Row("each weekday+", _each_weekday, "каждый понедельник"),
        Row("in? each? order|last+ weekday month_word", _nth_of_month, "каждый первый понедельник месяца"),
        Row("in? order|last+ weekday each_month", _nth_of_month, "последняя пятница каждого месяца"),
        Row("pace pause? in? order|last+ weekday month_word?", _nth_at_pace, "ежемесячно, последняя пятница"),
        Row("each order|last weekday", _nth_each, "каждая последняя пятница"),
    ),
}


def _season_months(year: PlanYear, first: int) -> tuple[int, ...] | None:
    return tuple(range(first, first + 3)) if first + 2 in MONTHS else None


def _dated(year: PlanYear, due: Due) -> Deadline:
    return Deadline("dated", (due,))


def _months(year: PlanYear, first: int, last: int) -> tuple[int, ...] | None:
    return tuple(range(first, last + 1)) if first <= last else None


def _undated(year: PlanYear, kind: Kind, around: Due | None = None) -> Deadline:
    return Deadline(kind)


def _undated_within(year: PlanYear, around: Due, kind: Kind) -> Deadline:
    return Deadline(kind)


def _rhythmic(year: PlanYear, rhythm: Rhythm, around: Due | None = None) -> Deadline:
    return rhythm_deadline(rhythm, year)


def _rhythmic_within(year: PlanYear, around: Due, rhythm: Rhythm) -> Deadline:
    return rhythm_deadline(rhythm, year)


def _in_months(year: PlanYear, rhythm: Rhythm, named: tuple[tuple[int, ...], ...]) -> Deadline | None:
    """A rhythm of some months only: of weeks or months, since longer periods have no part in one."""
    months = _each_once(named)
    shortest = {"week": 1, "month": 2}.get(rhythm.every)
    if shortest is None or months is None or len(months) < shortest:
        return None
    only = () if len(months) == len(MONTHS) else months
    return rhythm_deadline(replace(rhythm, months=only), year)


def _except_months(year: PlanYear, rhythm: Rhythm, without: tuple[tuple[int, ...], ...]) -> Deadline | None:
    named = _each_once(without)
    if named is None:
        return None
    return _in_months(year, rhythm, (tuple(month for month in MONTHS if month not in named),))


def _each_once(named: tuple[tuple[int, ...], ...]) -> tuple[int, ...] | None:
    months = sorted(month for several in named for month in several)
    return tuple(months) if len(set(months)) == len(months) else None


DEADLINES: Grammar = {
    "months": (
        Row("from month to|by month", _months, "с января по май"),
        Row("month - month", _months, "январь–май"),
        Row("season", _season_months, "летом"),
        Row("month", lambda year, month: (month,), "июля"),
    ),
    "deadline": (
        Row("undated", _undated, "постоянно"),
        Row("undated pause? whole_year", _undated, "постоянно, в течение года"),
        Row("whole_year pause? undated", _undated_within, "в течение года по графику"),
        Row("month_and_part", _dated, "май, 2 декада"),
        # Not an item of a list: «2013, март» is a month.
        Row("plan_year", lambda year: rhythm_deadline(Rhythm("year"), year), "2013 год"),
        Row("rhythm", _rhythmic, "ежемесячно"),
        Row("rhythm pause? whole_year", _rhythmic, "ежемесячно в течение года"),
        Row("whole_year pause? rhythm", _rhythmic_within, "в течение года, ежеквартально"),
        Row("rhythm pause? except months+", _except_months, "ежемесячно, кроме июля и августа"),
        Row("rhythm pause? in|during? months+", _in_months, "ежемесячно с января по май, сентябрь"),
    ),
}
