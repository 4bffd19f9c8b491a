"""When an occurrence is to be done, as its row of the form shows it."""

from functools import lru_cache

from pipeline.domain.deadlines import Due
from pipeline.domain.periods import Month, PlanYear
from pipeline.forms.rows import ActivityRow
from pipeline.sheets.values import tidy
from pipeline.words import LANGUAGES, Words


def due_text(row: ActivityRow, year: PlanYear, words: Words) -> str:
    """«20.03.2013», «март 2013», «I квартал 2013», «12.02.2013 – 13.02.2013»; «в течение года» without a date."""
    return _text(row.due, _by_months(row), year, words)


def due_spellings(row: ActivityRow, year: PlanYear) -> frozenset[str]:
    """The same in every language, as cells are compared."""
    return _spellings(row.due, _by_months(row), year)


def _by_months(row: ActivityRow) -> bool:
    """Whether the row is a month's weeks, which are cut where the weeks are."""
    deadline = row.activity.deadline
    return deadline is not None and len(deadline.occurrences) > row.of


@lru_cache(4096)  # the forms of a plan show the same dates
def _spellings(due: Due | None, by_months: bool, year: PlanYear) -> frozenset[str]:
    return frozenset(tidy(_text(due, by_months, year, words)) for words in map(Words, LANGUAGES))


def _text(due: Due | None, by_months: bool, year: PlanYear, words: Words) -> str:
    if due is None:
        return words("forms.due.standing")
    if by_months:
        return words.month_year(Month(due.end.year, due.end.month))
    if due.start == due.end:
        return words.day(due.end)
    first, last = due.start, due.end
    whole = first.day == 1 and last == Month(last.year, last.month).last_day
    months, end = (last.month - first.month) % 12 + 1, year.number(last.month)
    if whole and months == 1:
        return words.month_year(Month(last.year, last.month))
    if whole and months == 3 and end % 3 == 0:
        return words("forms.due.quarter", quarter=("I", "II", "III", "IV")[end // 3 - 1], year=year)
    return f"{words.day(first)} – {words.day(last)}"
