"""The state assignment's report: what is permitted and what exceeds it, at the year's end and before."""

import pytest

from pipeline.analysis.assignment import assignment_table
from pipeline.analysis.consolidate import consolidate, nodes
from pipeline.analysis.indicator_tables import indicators_table
from pipeline.domain.periods import parse_period
from pipeline.domain.status import Thresholds
from pipeline.domain.units import ALL
from tests.test_analysis import forms_of, indicator, year

LIMITS = Thresholds(tolerance_percent=5, tolerance_absolute=1)


def reported(period: str, monthly: float, target: float = 1200, **properties: object) -> dict[str, float]:
    """The row of an indicator with a twelfth of the year's target planned for each month and `monthly` done."""
    plan = year([indicator("X", quantity="volume", **properties)], {("C", "X"): target})
    when = parse_period(period)
    data = consolidate(plan, forms_of(actual={("C", "X"): [monthly] * when.last.number}))
    table = assignment_table(plan, indicators_table(nodes(data, [ALL]), when, LIMITS, ()), when, LIMITS)
    row: dict[str, float] = table.iloc[0].to_dict()
    return row


@pytest.mark.parametrize(
    ("period", "monthly", "achieved", "permitted", "excess"),
    [
        ("2013", 80, 960, 60, 1200 - 960 - 60),
        ("2013", 120, 1440, 60, 1440 - 1200 - 60),  # beyond the assignment is beyond it as well
        ("2013", 96, 1152, 60, 0),
        ("2013-Q3", 80, 720, 60, 900 - 720 - 45),  # before the year's end from the plan to date: 5 % of 900 is 45
        ("2013-Q3", 96, 864, 60, 0),
    ],
)
def test_the_excess_is_what_goes_beyond_the_permitted(
    period: str, monthly: float, achieved: float, permitted: float, excess: float
) -> None:
    row = reported(period, monthly)
    assert (row["approved"], row["achieved"], row["permitted"], row["excess"]) == (1200, achieved, permitted, excess)


@pytest.mark.parametrize(
    ("properties", "permitted"),
    [
        ({}, 60),
        ({"tolerance_percent": 10.0}, 120),
        ({"tolerance_absolute": 75.0}, 75),
        ({"tolerance_percent": 0.0, "tolerance_absolute": 0.0}, 0),
        ({"tolerance_percent": 0.03, "tolerance_absolute": 0.0}, 0.36),
    ],
)
def test_the_permitted_deviation_is_in_the_indicators_units(properties: dict[str, object], permitted: float) -> None:
    assert reported("2013", 100, **properties)["permitted"] == permitted


def test_cause_and_explanation_are_two_sentences() -> None:
    plan = year([indicator("X", quantity="volume")], {("C", "X"): 12})
    when = parse_period("2013-01")
    table = indicators_table(nodes(consolidate(plan, forms_of()), [ALL]), when, LIMITS, ())
    told = table.assign(cause="Сезонность (каникулы, праздники)", explanation="Кабинет не выезжал.")
    assert assignment_table(plan, told, when, LIMITS)["cause"].tolist() == [
        "Сезонность (каникулы, праздники). Кабинет не выезжал"
    ]


@pytest.mark.parametrize(
    ("target", "done", "permitted", "excess"),
    [
        (30, 28, 1.5, 0.5),  # beyond the tolerance by two thirds of a per cent of the plan
        (30, 29, 1.5, 0),
        (158, 150, 7.9, 0.1),
    ],
)
def test_no_excess_is_rounded_away(target: float, done: float, permitted: float, excess: float) -> None:
    row = reported("2013", done / 12, target)
    assert (row["achieved"], row["permitted"], row["excess"]) == (done, permitted, excess)


def test_an_indicator_that_the_assignment_does_not_name_is_left_out() -> None:
    plan = year([indicator("X", quantity="quality"), indicator("Y")], {("C", "X"): 12, ("C", "Y"): 12})
    when = parse_period("2013-Q1")
    table = indicators_table(nodes(consolidate(plan, forms_of()), [ALL]), when, LIMITS, ())
    found = assignment_table(plan, table, when, LIMITS)
    assert found["code"].tolist() == ["X"]
    assert found["excess"].isna().all()  # nothing was reported, so nothing can be said
