"""The periods that are reported: how they are written, read and named."""

import pytest

from pipeline.analysis.over_months import STARTS
from pipeline.domain.periods import MONTHS, Month, Period, PeriodKind, parse_period
from pipeline.report.cells import period_text
from pipeline.words import Words

PERIODS: list[tuple[str, PeriodKind, tuple[int, int], str, str]] = [
    ("2013-09", "month", (9, 9), "сентябрь 2013", "September 2013"),
    ("2013-Q1", "quarter", (1, 3), "I квартал 2013 года", "quarter I of 2013"),
    ("2013-Q3", "quarter", (7, 9), "III квартал 2013 года", "quarter III of 2013"),
    ("2013-Q4", "quarter", (10, 12), "IV квартал 2013 года", "quarter IV of 2013"),
    ("2013-H1", "half_year", (1, 6), "I полугодие 2013 года", "half-year I of 2013"),
    ("2013-H2", "half_year", (7, 12), "II полугодие 2013 года", "half-year II of 2013"),
    ("2013-9M", "nine_months", (1, 9), "январь–сентябрь 2013 года", "January–September 2013"),
    ("2013", "year", (1, 12), "2013 год", "2013"),
]


@pytest.mark.parametrize(("text", "kind", "months", "russian", "english"), PERIODS)
def test_a_period_is_written_read_and_named(
    text: str, kind: PeriodKind, months: tuple[int, int], russian: str, english: str
) -> None:
    period = parse_period(text)
    assert (str(period), period.kind) == (text, kind)
    assert (period.first, period.last) == (Month(2013, months[0]), Month(2013, months[1]))
    assert list(period.months) == list(range(months[0], months[1] + 1))
    assert period_text(period, Words("ru")).replace("\u00a0", " ") == russian
    assert period_text(period, Words("en")).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2013-9", "2013-09"),
        ("2013-q3", "2013-Q3"),
        ("2013-К3", "2013-Q3"),
        ("2013-к3", "2013-Q3"),
        ("2013-П1", "2013-H1"),
        ("2013-9М", "2013-9M"),
        ("2013-9м", "2013-9M"),
        (" 2013 ", "2013"),
    ],
)
def test_periods_may_be_typed_with_russian_letters(typed: str, meant: str) -> None:
    assert parse_period(typed) == parse_period(meant)


@pytest.mark.parametrize("text", ["", "13", "2013-", "2013-0", "2013-13", "2013-Q5", "2013-H3", "2013-6M", "сентябрь"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text)


@pytest.mark.parametrize(("first", "last"), [((2013, 2), (2013, 4)), ((2012, 10), (2013, 1)), ((2013, 9), (2013, 7))])
def test_not_every_run_of_months_is_a_period(first: tuple[int, int], last: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        Period(Month(*first), Month(*last))


@pytest.mark.parametrize("text", [text for text, kind, *_ in PERIODS if kind != "month"])
def test_a_period_begins_where_its_last_months_figures_are_counted_from(text: str) -> None:
    period = parse_period(text)
    starts = STARTS[period.kind]
    assert starts[period.last.number - 1] == period.first.number
    assert all(start <= month for start, month in zip(starts, MONTHS, strict=True))
