"""What a deadline is, and the days on which a rhythm («ежемесячно, до 5 числа») falls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from pipeline.domain.periods import MONTHS, PlanYear

Kind = Literal["dated", "recurring", "times", "standing", "as_needed", "by_schedule"]
Every = Literal["day", "week", "month", "two_months", "quarter", "four_months", "half_year", "year"]

# Stands in `days` for the month's last day, in `weeks` for the month's last such weekday.
LAST = -1

MONTHS_IN: dict[Every, int] = {
    "month": 1,
    "two_months": 2,
    "quarter": 3,
    "four_months": 4,
    "half_year": 6,
    "year": 12,
}


@dataclass(frozen=True)
class Due:
    """One occurrence: it may be done from `start` on, and is overdue after `end`; equal for a single date."""

    start: date
    end: date


@dataclass(frozen=True)
class Rhythm:
    """How a deadline repeats: `times` in each period, of which only a part may count.

    `days` are first and last days of the month: ((1, 5),) is «до 5 числа», ((15, 15),) «15 числа». In a
    quarter they are days of its first month: «до 10 числа месяца, следующего за отчётным кварталом».
    `weekdays` count from Monday, 0; with `weeks` they are the month's first … fourth or last such weekday.
    `months` are the only months in which it happens; empty for the whole year.
    """

    every: Every
    times: int = 1
    days: tuple[tuple[int, int], ...] = ()
    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """What a plan's deadline means in its year.

    dated: the occurrences listed; recurring: one occurrence in each period of the rhythm; times: any so many
    within each period of the rhythm (which stands that many times among the occurrences). Occurrences are in
    order of their last day, and absent for tasks that are standing, as needed or by a schedule of their own.
    """

    kind: Kind
    occurrences: tuple[Due, ...] = ()
    rhythm: Rhythm | None = None


def in_order(occurrences: Iterator[Due] | tuple[Due, ...]) -> tuple[Due, ...]:
    """Occurrences by the day on which they fall due, then by the day from which they may be done."""
    return tuple(sorted(occurrences, key=lambda due: (due.end, due.start)))


def whole_year(year: PlanYear) -> Due:
    """Its first day … its last: «в течение года»."""
    return months_due(year, 1, 12)


def months_due(year: PlanYear, first: int, last: int) -> Due:
    """The first day of month `first` … the last day of month `last`."""
    return Due(year.month(first).first_day, year.month(last).last_day)


def rhythm_occurrences(rhythm: Rhythm, year: PlanYear) -> tuple[Due, ...]:
    """Every occurrence of the rhythm in the year. Weeks run from Monday and are cut at the year's ends."""
    once = {due for first, last in _runs(rhythm.months) for due in _in_run(rhythm, year, first, last)}
    return tuple(due for due in in_order(tuple(once)) for _ in range(rhythm.times))


def rhythm_deadline(rhythm: Rhythm, year: PlanYear) -> Deadline:
    """The deadline that repeats so. Daily work is standing, nothing is due; once a year is the whole year."""
    if rhythm.every == "day":
        return Deadline("standing", rhythm=rhythm)
    occurrences = rhythm_occurrences(rhythm, year)
    if rhythm.times > 1:
        return Deadline("times", occurrences, rhythm)
    if rhythm.every == "year":
        return Deadline("dated", occurrences)
    return Deadline("recurring", occurrences, rhythm)


def month_runs(months: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Months that follow one another, as first and last: (1, 2, 9) → ((1, 2), (9, 9))."""
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return tuple(runs)


def _runs(months: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return month_runs(months or tuple(MONTHS))


def _in_run(rhythm: Rhythm, year: PlanYear, first: int, last: int) -> Iterator[Due]:
    if rhythm.every == "day":
        return
    if rhythm.every == "week":
        yield from _weeks(rhythm, months_due(year, first, last))
        return
    step = MONTHS_IN[rhythm.every]
    for month in range(first, last + 1, step):
        if rhythm.days:
            yield from (days_due(year, month, *days) for days in rhythm.days)
        elif rhythm.weeks:
            weekday = rhythm.weekdays[0]
            yield from (single(nth_weekday(year, month, weekday, week)) for week in rhythm.weeks)
        else:
            yield months_due(year, month, month + step - 1)


def _weeks(rhythm: Rhythm, run: Due) -> Iterator[Due]:
    days = [date.fromordinal(number) for number in range(run.start.toordinal(), run.end.toordinal() + 1)]
    if rhythm.weekdays:
        yield from (single(day) for day in days if day.weekday() in rhythm.weekdays)
    else:
        for _, week in groupby(days, key=lambda day: day.toordinal() - day.weekday()):
            in_week = list(week)
            yield Due(in_week[0], in_week[-1])


def single(day: date) -> Due:
    """An occurrence of one day."""
    return Due(day, day)


def days_due(year: PlanYear, month: int, first: int, last: int) -> Due:
    """Days `first` … `last` of a month, as far as the month goes: «до 30 числа» ends on 28 February."""
    end = year.month(month).last_day
    if first == LAST:
        return single(end)
    return Due(end.replace(day=first), end.replace(day=min(last, end.day)))


def nth_weekday(year: PlanYear, month: int, weekday: int, week: int) -> date:
    """The month's first … fourth (`week` 1 … 4) or last such weekday."""
    if week == LAST:
        end = year.month(month).last_day
        return end.replace(day=end.day - (end.weekday() - weekday) % 7)
    start = year.month(month).first_day
    return start.replace(day=1 + (weekday - start.weekday()) % 7 + 7 * (week - 1))
