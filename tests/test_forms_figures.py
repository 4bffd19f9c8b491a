"""The form's arithmetic in Python (test_forms_office.py proves that the sheet computes the same)."""

import pytest

from pipeline.domain.status import Thresholds
from pipeline.forms.figures import NUMBERED, Filling, RowFigures, counters, month_figures
from pipeline.forms.rows import year_rows
from tests.plans import small_plan

YEAR = year_rows(small_plan(), "M1")


def figures(*months: dict[str, Filling]) -> list[dict[str, RowFigures]]:
    """Figures of January, February …, each from its fillings."""
    found: list[dict[str, RowFigures]] = []
    for number, fillings in enumerate(months, start=1):
        found.append(month_figures(YEAR[number], fillings, found[-1] if found else {}, Thresholds()))
    return found


@pytest.mark.parametrize(
    ("code", "actuals", "to_date", "before"),
    [
        ("VS.ST", (3, 4, 5), [3, 7, 12], 7),
        ("VS.ST", (3, None, 5), [3, None, 8], 3),
        ("VS.ST", (0, 0, 0), [0, 0, 0], 0),
        ("UV", (100, 180, 260), [100, 180, 260], 180),
        ("UV", (100, None, 260), [100, None, 260], 100),
        ("FUND", (1200, 1190, 1210), [1200, 1190, 1210], 1190),
        ("PEAK", (5, 9, 4), [5, 9, 9], 9),
        ("SEATS", (7.0, 8.0, 7.5), [7, 7.5, 7.5], 7.5),
        ("SEATS", (7.0, None, 8.0), [7, None, 7.5], 7),
    ],
)
def test_the_rule_over_months_makes_the_figure_to_date(
    code: str, actuals: tuple[float | None, ...], to_date: list[float | None], before: float
) -> None:
    months = figures(*({code: Filling(10, actual)} for actual in actuals))
    assert [month[code].to_date for month in months] == to_date
    assert months[-1][code].before == before


def test_a_sum_with_a_missing_part_shows_what_is_there_and_judges_nothing() -> None:
    (month,) = figures({"VS.ST": Filling(10, 4), "VS.MO": Filling(17, None)})
    total = month["VS"]
    assert (total.planned, total.actual, total.complete) == (27, 4, False)
    assert (total.variance, total.percent, NUMBERED[total.status]) == (None, None, "none")


def test_blank_computes_nothing_and_zero_is_a_figure() -> None:
    (blank,) = figures({"DEBT": Filling(3, None)})
    assert (blank["DEBT"].to_date, blank["DEBT"].percent, blank["DEBT"].status) == (None, None, 0)
    (zero,) = figures({"VS.MO": Filling(17, 0)})
    assert (zero["VS.MO"].to_date, zero["VS.MO"].percent, NUMBERED[zero["VS.MO"].status]) == (0, 0, "behind")


@pytest.mark.parametrize(
    ("code", "planned", "actual", "status", "needs"),
    [
        ("VS.MO", 17, 17, "norm", 0),
        ("VS.MO", 17, 15, "risk", 1),
        ("VS.MO", 17, 10, "behind", 1),
        ("VS.MO", 17, 30, "above", 1),
        ("DEBT", 10, 14, "behind", 1),
        ("DEBT", 10, 5, "above", 1),
        ("VS.MO", 0, 5, "above", 1),
    ],
)
def test_a_cause_is_needed_where_the_status_says_so(
    code: str, planned: float, actual: float, status: str, needs: int
) -> None:
    (month,) = figures({code: Filling(planned, actual)})
    assert (NUMBERED[month[code].status], month[code].needs_cause) == (status, needs)
    (explained,) = figures({code: Filling(planned, actual, "Спрос")})
    assert explained[code].needs_cause == 0


@pytest.mark.parametrize(
    ("filling", "errors"),
    [(Filling(10, 4), 0), (Filling(10, -4), 1), (Filling(10, 4.5), 1), (Filling(-1, -2.5), 3)],
)
def test_impossible_figures_are_errors(filling: Filling, errors: int) -> None:
    (month,) = figures({"VS.MO": filling})
    assert month["VS.MO"].errors == errors


def test_of_which_may_not_exceed_the_whole() -> None:
    (month,) = figures({"VS.ST": Filling(10, 4), "VS.ST.EV": Filling(5, 6)})
    assert month["VS.ST.EV"].errors == 1
    (unknown,) = figures({"VS.ST.EV": Filling(5, 6)})
    assert unknown["VS.ST.EV"].errors == 0


@pytest.mark.parametrize(
    ("fillings", "readiness"),
    [
        ({}, "empty"),
        ({"VS.ST": Filling(10, 10)}, "partial"),
        ({row.code: Filling(10, 10) for row in YEAR[1]}, "ready"),
        ({row.code: Filling(10, 10 if row.code != "FUND" else 30) for row in YEAR[1]}, "causes"),
        ({"VS.ST": Filling(10, -1)}, "errors"),
    ],
)
def test_readiness(fillings: dict[str, Filling], readiness: str) -> None:
    (month,) = figures(fillings)
    assert counters(YEAR[1], fillings, month).readiness == readiness
