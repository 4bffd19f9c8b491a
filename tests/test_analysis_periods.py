"""Figures of quarters and half-years, past months by the plan of their time: on plans checked by hand."""

import numpy as np
import pytest

from pipeline.analysis.consolidate import consolidate, nodes
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.indicator_tables import indicators_table
from pipeline.domain.indicators import Indicators
from pipeline.domain.periods import PeriodKind, parse_period
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Explanation, Identity, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import ALL, Unit, Units
from tests.test_analysis import forms_of, indicator, year

ONE_TO_NINE = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
CUMULATIVE = [1.0, 3.0, 6.0, 10.0, 15.0, 21.0, 28.0, 36.0, 45.0]


@pytest.mark.parametrize(
    ("kind", "month", "total", "received", "expected"),
    [
        ("month", 8, 8, 1, 1),
        ("quarter", 8, 7 + 8, 2, 2),
        ("quarter", 9, 7 + 8 + 9, 3, 3),
        ("quarter", 10, np.nan, 0, 1),
        ("half_year", 6, 21, 6, 6),
        ("half_year", 9, 7 + 8 + 9, 3, 3),
        ("nine_months", 9, 45, 9, 9),
        ("year", 12, 45, 9, 12),
    ],
)
def test_a_period_adds_up_its_own_months(
    kind: PeriodKind, month: int, total: float, received: int, expected: int
) -> None:
    data = consolidate(year([indicator("X")], {("C", "X"): 120}), forms_of(actual={("C", "X"): [*ONE_TO_NINE]}))
    figures, at = data.over(kind), (data.axes.unit_at[ALL], 0, month - 1)
    assert float(figures.actual[at]) == pytest.approx(total, nan_ok=True)
    assert (figures.received[at], figures.expected[at]) == (received, expected)


@pytest.mark.parametrize(
    ("entered", "quarter", "received"),
    [
        (CUMULATIVE, 24, 1),  # 45 at the end of September less 21 at the end of June
        ([*CUMULATIVE[:5], None, *CUMULATIVE[6:]], np.nan, 0),  # without June nobody knows
        (CUMULATIVE[:8], 15, 0),  # 36 − 21: two months of the three
    ],
)
def test_a_quarter_of_figures_entered_cumulatively_is_a_difference(
    entered: list[float | None], quarter: float, received: int
) -> None:
    data = consolidate(
        year([indicator("X", entering="cumulative")], {("C", "X"): 120}), forms_of(actual={("C", "X"): entered})
    )
    figures, at = data.over("quarter"), (data.axes.unit_at["C"], 0, 8)
    assert float(figures.actual[at]) == pytest.approx(quarter, nan_ok=True)
    assert (figures.received[at], figures.expected[at]) == (received, 1)


def test_figures_entered_cumulatively_begin_at_zero_where_a_unit_joins() -> None:
    """A reports from January; B from August on, from its own beginning: 100, then 200."""
    units = Units((Unit("A", "А"), Unit("B", "Б", since=8)))
    targets = (Target("X", "A", 1200), Target("X", "B", 500))
    plan = Plan(2013, "План", units, (), Indicators((indicator("X", entering="cumulative"),)), targets)
    running = [100.0 * month for month in range(1, 10)]
    data = consolidate(plan, forms_of(actual={("A", "X"): running, ("B", "X"): [*[None] * 7, 100, 200]}))
    august, quarter, half, year_to_date = (
        [float(values[0, 0, month - 1]) for values in (figures.planned, figures.actual, figures.received)]
        for figures, month in (
            (data.month, 8),
            (data.over("quarter"), 9),
            (data.over("half_year"), 9),
            (data.to_date, 9),
        )
    )
    assert august == [200, 200, 2]
    assert quarter == half == [500, 500, 2]
    assert year_to_date == [1100, 1100, 2]
    assert data.over("quarter").expected[0, 0, 8] == 2


def test_a_figure_from_before_a_unit_joined_is_taken_off_what_it_states_later() -> None:
    """Expected from August on, but June is entered as well."""
    units = Units((Unit("A", "А", since=8),))
    plan = Plan(2013, "План", units, (), Indicators((indicator("X", entering="cumulative"),)), (Target("X", "A", 500),))
    data = consolidate(plan, forms_of(actual={("A", "X"): [*[None] * 5, 40, None, 100, 200]}))
    assert [float(data.month.actual[0, 0, month - 1]) for month in (6, 8, 9)] == [40, 60, 100]
    assert float(data.over("quarter").actual[0, 0, 8]) == 160


def test_the_table_holds_the_period_its_quarter_and_the_year_to_date() -> None:
    data = consolidate(year([indicator("X")], {("C", "X"): 120}), forms_of(actual={("C", "X"): [*ONE_TO_NINE]}))
    found = {
        text: indicators_table(nodes(data, [ALL]), parse_period(text), Thresholds(), ()).iloc[0]
        for text in ("2013-08", "2013-Q3", "2013-H1")
    }
    prefixes = ("period", "quarter", "to_date")
    actual = {text: [row[f"{prefix}_actual"] for prefix in prefixes] for text, row in found.items()}
    assert actual == {"2013-08": [8, 15, 36], "2013-Q3": [24, 24, 45], "2013-H1": [21, 15, 21]}
    assert found["2013-Q3"]["period_planned"] == 30


def test_a_periods_explanations_are_those_of_all_its_months() -> None:
    data = consolidate(year([indicator("X")], {("C", "X"): 120}), forms_of())
    said = tuple(Explanation("X", month, f"Причина {month}", "", "", "") for month in (6, 7, 9))
    form = Submission("C.xlsx", "", Identity("C", 2013, 1), (), said, ())
    row = indicators_table(nodes(data, [ALL]), parse_period("2013-Q3"), Thresholds(), [form]).iloc[0]
    assert (row["cause"], row["who"]) == ("Причина 7; Причина 9", "Центр")


def test_a_past_month_is_reported_by_the_plan_as_it_then_stood() -> None:
    plan = Plan(
        2013,
        "План",
        Units((Unit("C", "Центр"),)),
        (),
        Indicators((indicator("X"), indicator("Y"))),
        (Target("X", "C", 120), Target("X", "C", 240, since=7), Target("Y", "C", 60, since=9)),
    )
    assert [plan.as_of(month).target("C", "X", 12) for month in (6, 7)] == [120, 240]
    assert [list(plan.as_of(month).revisions("C")) for month in (8, 9)] == [["X"], ["X", "Y"]]
    assert plan.as_of(12) == plan


def test_a_units_state_is_that_of_its_own_form_over_the_period() -> None:
    units = Units((Unit("R", "Область"), Unit("A", "Библиотека А", "R"), Unit("B", "Библиотека Б", "R")))
    targets = tuple(Target("X", code, 12) for code in "RAB")
    plan = Plan(2013, "План", units, (), Indicators((indicator("X"),)), targets)
    data = consolidate(plan, forms_of(actual={("A", "X"): [1, 1, 1], ("B", "X"): [1, None, 1]}))
    table = units_table(data, parse_period("2013-Q1"), {}).set_index("code")
    assert table["state"].to_dict() == {"R": "missing", "A": "complete", "B": "partial"}
    assert [table.loc["B", f"m{month}"] for month in (1, 2, 3, 4)] == ["complete", "missing", "complete", "ahead"]
    assert (table.loc["B", "received"], table.loc["B", "expected"]) == (2, 3)
