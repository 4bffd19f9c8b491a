"""Periods, units, formulas, phasing, rounding and status: small values that everything stands on."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis.rounding import round_half_up as round_array
from pipeline.domain.addresses import cell_name, column_letters
from pipeline.domain.formulas import codes, evaluate, parse_formula
from pipeline.domain.periods import Month, parse_month
from pipeline.domain.phasing import respread, spread, within
from pipeline.domain.rounding import decimals_needed, round_half_up
from pipeline.domain.status import Thresholds, fulfilment, status
from pipeline.domain.units import ALL, Unit, Units


def test_a_month_is_written_and_read_as_in_the_options() -> None:
    assert str(parse_month("2013-9")) == "2013-09"
    assert Month(2013, 12).following == Month(2014, 1)
    assert Month(2012, 2).last_day.day == 29
    for text in ("2013", "2013-13", "сентябрь", "2013-09-01"):
        with pytest.raises(ValueError):
            parse_month(text)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_excels_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters
    assert cell_name(8, index) == f"{letters}9"


REGION = Units(
    (
        Unit("R", "Область"),
        Unit("D1", "Район 1", "R"),
        Unit("L1", "Библиотека 1", "D1"),
        Unit("L2", "Библиотека 2", "D1"),
        Unit("D2", "Район 2", "R"),
    )
)


def test_the_tree_is_walked_depth_first_and_knows_its_paths() -> None:
    assert [(depth, unit.code) for depth, unit in REGION.walk()] == [
        (0, "R"),
        (1, "D1"),
        (2, "L1"),
        (2, "L2"),
        (1, "D2"),
    ]
    assert REGION.path("L2") == ("R", "D1", "L2")


def test_several_top_units_get_a_root_above_them() -> None:
    department = Units((Unit("M1", "Методист 1"), Unit("M2", "Методист 2")), "Отдел")
    assert department.root == Unit(ALL, "Отдел")
    assert department.path("M2") == (ALL, "M2")
    assert [unit.code for unit in department.children[ALL]] == ["M1", "M2"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("LN / RDR", 5.0),
        ("LN.ST + LN.MO", 20.0),
        ("(LN + 1) * 2", 42.0),
        ("LN : RDR × 100", 500.0),
        ("LN - RDR − 1", 15.0),
    ],
)
def test_formulas_are_computed(formula: str, value: float) -> None:
    assert evaluate(parse_formula(formula), {"LN": 20.0, "RDR": 4.0, "LN.ST": 6.0, "LN.MO": 14.0}) == value


@pytest.mark.parametrize("formula", ["", "LN /", "/ RDR", "(LN", "LN RDR", "LN ** 2", "2LN", "LN + #"])
def test_a_formula_that_cannot_be_read_is_refused(formula: str) -> None:
    with pytest.raises(ValueError):
        parse_formula(formula)


def test_a_formula_names_its_indicators() -> None:
    assert codes(parse_formula("VS / (RDR + VV.BLOG) * 2")) == ("VS", "RDR", "VV.BLOG")


@given(
    st.integers(0, 10**7),
    st.lists(st.integers(0, 100), min_size=12, max_size=12),
    st.integers(0, 2),
)
def test_phased_shares_are_whole_and_add_up_exactly(units: int, weights: list[int], decimals: int) -> None:
    total = units / 10**decimals
    shares = spread(total, weights, decimals)
    assert sum(round(share * 10**decimals) for share in shares) == units
    assert all(share >= 0 and round(share, decimals) == share for share in shares)
    if any(weights):
        exact = [total * weight / sum(weights) for weight in weights]
        assert all(abs(share - one) < 1.01 / 10**decimals for share, one in zip(shares, exact, strict=True))


def test_sixteen_trips_over_twelve_months() -> None:
    assert spread(16, [1] * 12) == (1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1)
    assert spread(100, [40, 20, 20, 20]) == (40, 20, 20, 20)


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(any),
    st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(any),
    st.integers(1, 12),
)
def test_of_which_is_never_planned_above_the_whole(
    whole: int, part: int, weights: list[int], own: list[int], since: int
) -> None:
    most = spread(whole, weights)
    before = spread(min(whole, part), own)
    shares = within(before, most, since, own)
    assert sum(shares) == sum(before) and shares[: since - 1] == before[: since - 1]
    assert all(share == 0 for share, weight in zip(shares, own, strict=True) if not weight)
    room = sum(one for one, weight in list(zip(most, own, strict=True))[since - 1 :] if weight)
    if sum(before[since - 1 :]) <= room:
        assert all(share <= one for share, one in list(zip(shares, most, strict=True))[since - 1 :])


def test_what_is_too_much_goes_to_the_nearest_month_with_room() -> None:
    whole = (0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0)
    assert spread(4, [1] * 12) == whole
    assert spread(1, [1] * 12) == (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    assert within(spread(1, [1] * 12), whole, 1, [1] * 12) == (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    assert within((3, *[0] * 11), (1, *[0] * 10, 1), 1, [1] * 12) == (2, *[0] * 10, 1)  # one finds no room


def test_a_revision_keeps_the_past_and_spreads_the_rest() -> None:
    shares = spread(300, [1] * 12)
    assert respread(shares, 7, 360, [1] * 12) == (25,) * 6 + (35,) * 6
    assert respread(shares, 7, 100, [1] * 12) == (25,) * 6 + (0,) * 6  # already overtaken


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 3))
def test_rounding_is_decimal_half_up(value: Decimal, decimals: int) -> None:
    expected = float(value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    assert round_half_up(float(value), decimals) == expected
    assert round_array(np.array([float(value)]), decimals)[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "least", "needed"),
    [(1.5, 0, 1), (27.765, 0, 3), (1200.0, 0, 0), (1200.0, 1, 1), (0.1 + 0.2, 0, 1), (0.0, 2, 2), (float("nan"), 1, 1)],
)
def test_as_many_decimals_as_a_number_has(value: float, least: int, needed: int) -> None:
    assert decimals_needed(value, least) == needed


@pytest.mark.parametrize(
    ("planned", "actual", "percent", "mark"),
    [
        (426, 343, 81, "risk"),
        (200, 159, 80, "risk"),  # 79.5 % is shown as 80 %, and 80 % is a risk
        (2000, 1589, 79, "behind"),  # 79.45 % is shown as 79 %
        (200, 189, 95, "norm"),  # 94.5 % is shown as 95 %
        (3, 2, 67, "norm"),  # one missing trip is no failure
        (30, 20, 67, "behind"),
        (100, 120, 120, "norm"),
        (100, 121, 121, "above"),
        (0, 0, None, "norm"),
        (0, 5, None, "above"),
        (None, 5, None, "none"),
        (5, None, None, "none"),
    ],
)
def test_the_status_agrees_with_the_percent_that_is_shown(
    planned: float | None, actual: float | None, percent: int | None, mark: str
) -> None:
    assert fulfilment(planned, actual) == percent
    assert status(planned, actual, 5, 1, Thresholds()) == mark


@pytest.mark.parametrize(
    ("actual", "mark"), [(100, "norm"), (105, "norm"), (106, "risk"), (120, "risk"), (121, "behind"), (79, "above")]
)
def test_where_less_is_better_the_percent_is_mirrored(actual: float, mark: str) -> None:
    assert status(100, actual, 5, 1, Thresholds(), "less") == mark
