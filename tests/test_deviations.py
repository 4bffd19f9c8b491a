"""What is beyond its tolerance, and by whose doing: on a plan checked by hand."""

import pandas as pd
import pytest

from pipeline.analysis.consolidate import Consolidated, consolidate, nodes
from pipeline.analysis.deviations import contributions_table, deviations_table
from pipeline.analysis.indicator_tables import indicators_table
from pipeline.domain.periods import parse_period
from pipeline.domain.status import Thresholds
from pipeline.domain.units import ALL
from pipeline.report.deviations import permitted_text
from pipeline.words import Words
from tests.test_analysis import forms_of, indicator, year

JANUARY = parse_period("2013-01")
LIMITS = Thresholds(tolerance_percent=5, tolerance_absolute=1)


def tables(data: Consolidated) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = deviations_table(data, indicators_table(nodes(data, [ALL]), JANUARY, LIMITS, ()), LIMITS)
    return found, contributions_table(data, ALL, 1, found)


@pytest.mark.parametrize(
    ("planned", "actual", "properties", "side", "beyond"),
    [
        (100, 80, {}, "behind", 15),
        (100, 95, {}, None, None),  # just within 5 %
        (100, 94, {}, "behind", 1),
        (100, 120, {}, "ahead", 15),
        (3, 2, {}, None, None),  # one trip is no failure
        (3, 1, {}, "behind", 62),
        (100, 80, {"direction": "less"}, "ahead", 15),
        (100, 120, {"direction": "less"}, "behind", 15),
        (100, 80, {"tolerance_percent": 20.0}, None, None),
        (100, 80, {"tolerance_absolute": 20.0}, None, None),
        (0, 5, {}, "ahead", float("nan")),
    ],
)
def test_only_what_neither_tolerance_permits_is_a_deviation(
    planned: float, actual: float, properties: dict[str, object], side: str | None, beyond: float | None
) -> None:
    plan = year([indicator("X", **properties)], {("C", "X"): planned * 12})
    found, _ = tables(consolidate(plan, forms_of(planned={("C", "X"): [planned]}, actual={("C", "X"): [actual]})))
    if side is None:
        assert found.empty
    else:
        assert found["side"].tolist() == [side]
        assert found["beyond"].tolist() == pytest.approx([beyond], nan_ok=True)


def test_those_behind_come_first_and_the_largest_of_each_side() -> None:
    actual = {"A": 60, "B": 150, "C": 85, "D": 111, "E": 100, "F": 60}
    plan = year([indicator(code) for code in actual], {("C", code): 1200 for code in actual})
    planned = {("C", code): [100.0 if code != "F" else 1000.0] for code in actual}
    reached = {("C", code): [float(value if code != "F" else 600)] for code, value in actual.items()}
    found, _ = tables(consolidate(plan, forms_of(planned=planned, actual=reached)))
    assert found["code"].tolist() == ["F", "A", "C", "B", "D"]  # F and A are alike in per cent, F is larger


def test_the_units_that_cause_it_are_named_by_their_share() -> None:
    plan = year([indicator("X")], {("A", "X"): 120, ("B", "X"): 120, ("C", "X"): 120, ("D", "X"): 120})
    data = consolidate(plan, forms_of(actual={("A", "X"): [7], ("B", "X"): [1], ("D", "X"): [14]}))
    found, shares = tables(data)
    assert found["to_date_variance"].tolist() == [-18]
    rows = list(shares[["unit", "variance", "received", "expected"]].itertuples(index=False, name=None))
    # C handed in nothing, so all of its plan is missing; D, above A and B, did more than planned itself
    assert rows == [("C", -10, 0, 1), ("B", -9, 1, 1), ("A", -3, 1, 1)]
    assert sum(variance for _, variance, *_ in rows) + 4 == -18


def test_what_is_not_summed_over_units_is_nobodys_share() -> None:
    plan = year([indicator("X", over_units="mean")], {("A", "X"): 120, ("B", "X"): 120})
    found, shares = tables(consolidate(plan, forms_of(actual={("A", "X"): [1], ("B", "X"): [3]})))
    assert len(found) == 1 and shares.empty


@pytest.mark.parametrize(
    ("percent", "absolute", "text"),
    [(5.0, 0.0, "5 %"), (2.25, 0.25, "2,25 % или 0,25 ед."), (10.0, 1.0, "10 % или 1 ед.")],
)
def test_the_permitted_has_all_the_decimals_of_the_plan(percent: float, absolute: float, text: str) -> None:
    row = {"tolerance_percent": percent, "tolerance_absolute": absolute, "unit_of_measure": "ед."}
    assert permitted_text(row, Words()).replace("\u00a0", " ") == text
