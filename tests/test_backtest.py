"""The back-test on years that are easy to see through, and what it finds in real ones."""

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.backtest import (
    METHODS,
    ORIGINS,
    PANDEMIC,
    Years,
    coverage,
    errors_table,
    monthly,
    product,
    ranges,
    years_of,
)
from pipeline.analysis.forecast import mixed
from pipeline.analysis.forecast_ranges import KINDS, MANY, RANGES, Kind
from tests.forecast_evidence import (
    DATA,
    PAGE,
    block,
    kept_errors,
    real_years,
    shown_coverage,
    shown_errors,
    shown_ranges,
)

RISING = [90.0, 110.0] * 6
real = pytest.mark.skipif(not DATA.is_dir(), reason=f"the figures of Newcastle are not at {DATA}")


def months(unit: str, figures: dict[int, list[float]]) -> pd.DataFrame:
    rows = [("LN", unit, year, month, value) for year in figures for month, value in enumerate(figures[year], start=1)]
    return pd.DataFrame(rows, columns=["indicator", "unit", "year", "month", "value"])


def alike(figures: dict[int, list[float]], units: int) -> Years:
    return years_of(pd.concat([months(f"U{number:02d}", figures) for number in range(units)]))


def test_published_tables_become_one_frame() -> None:
    table = pd.DataFrame({"2019-12": ["1,234", None], "2020-1": ["5", "0"]}, index=["City", "Mobile"])
    assert monthly({"loans": table}).to_dict("list") == {
        "indicator": ["loans"] * 3,
        "unit": ["City", "City", "Mobile"],
        "year": [2019, 2020, 2020],
        "month": [12, 1, 1],
        "value": [1234.0, 5.0, 0.0],
    }


def test_years_are_forecast_that_are_whole_and_follow_a_whole_one() -> None:
    spread = [30.0, 30.0, 30.0, *RISING[3:]]  # a quarter's figure in equal parts
    found = alike({2010: RISING, 2011: RISING, 2012: spread, 2013: RISING, 2014: RISING[:11]}, 3)
    assert found.year.tolist() == [2011] * 3
    assert found.unit.tolist() == ["U00", "U01", "U02"]
    assert not found.whole.any()


def test_the_institution_is_the_sum_of_its_units_where_they_are_many() -> None:
    found = alike({2010: RISING, 2011: RISING}, MANY)
    assert found.whole.tolist() == [False] * MANY + [True]
    assert found.actual[-1].sum() == MANY * 1200
    assert found.course[0].tolist() == found.course[-1].tolist() == (np.cumsum(RISING) / 1200).tolist()
    assert len(alike({2010: RISING, 2011: RISING}, 2).year) == 0  # too few units to have a course


def test_years_of_the_pandemic_are_left_out() -> None:
    found = alike(dict.fromkeys(range(2018, 2025), RISING), 3)
    assert not set(found.year.tolist()) & set(PANDEMIC)
    assert set(found.year.tolist()) == {2019, 2023, 2024}


def test_each_method_knows_what_it_knows() -> None:
    falling = [value / 2 for value in RISING]
    years = alike({2010: RISING, 2011: falling}, 3)
    at = {name: method(years)[0].round(6).tolist() for name, method in METHODS.items() if name != "elsewhere"}
    for name in ("own", "course", "recent"):  # the same course at half the height
        assert at[name] == pytest.approx([600.0] * len(ORIGINS)), name
    assert at["even"][:2] == [540, 600]  # 12 × 45; 12 × (45 + 55) / 2
    assert at["rest"][0] == 45 + 1110
    assert at["product"][:5] == at["even"][:5]
    assert at["product"][9:] == pytest.approx([600, 600])


def test_without_a_last_year_the_product_keeps_the_plans_pace() -> None:
    years = alike({2010: RISING, 2011: [80.0, 120.0] * 6}, 3)
    assert product(years, past=False).tolist() == METHODS["even"](years).tolist()
    assert product(years, phased=True, past=False).tolist() == METHODS["own"](years).tolist()


def test_errors_are_means_of_what_was_missed() -> None:
    table = errors_table(alike(dict.fromkeys((2010, 2011, 2012), RISING), MANY)).set_index(["whole", "method"])
    assert table.loc[(False, "even"), "years"] == 2 * MANY
    assert table.loc[(True, "even"), 1] == pytest.approx(10)  # 12 × 90 of 1200
    assert table.loc[(True, "course"), 1] == 0


def test_ranges_hold_what_they_promise() -> None:
    rng = np.random.default_rng(1)
    units = [months(f"U{n:03d}", {2010: RISING, 2011: (rng.normal(100, 10, 12)).tolist()}) for n in range(400)]
    years = years_of(pd.concat(units))
    kind = Kind(many=False, phased=False, past=False)
    found = ranges(years)[kind]
    ratio = years.actual.sum(axis=1, keepdims=True) / product(years, past=False) * 100
    inside = ((ratio >= found.low) & (ratio <= found.high))[~years.whole].mean(axis=0)
    assert ((inside >= 0.8) & (inside < 1)).all()
    assert found.low[0] < found.low[-1] <= 100 <= found.high[-1] < found.high[0]


def test_the_page_says_the_ranges_that_reports_show() -> None:
    assert set(RANGES) == set(KINDS)
    assert block(PAGE.read_text(encoding="utf-8"), "ranges") == shown_ranges(RANGES)


@pytest.mark.parametrize("name", ["units", "whole"])
def test_the_page_says_the_errors_that_are_kept(name: str) -> None:
    assert block(PAGE.read_text(encoding="utf-8"), name) == shown_errors(kept_errors(), whole=name == "whole")


def test_from_each_month_the_product_is_as_good_as_any_naive_rule() -> None:
    table = kept_errors().set_index(["whole", "method"])[list(ORIGINS)]
    for whole in (False, True):
        naive = table.loc[[(whole, name) for name in ("even", "own", "rest", "course")]].min()
        assert (table.loc[(whole, "product")] <= naive).all()


@real
def test_missing_figures_that_are_filled_cost_little_and_blanks_taken_for_zeros_much() -> None:
    """A tenth of the forms' figures of real institutions are lost at random, twenty times over."""
    years, rng = real_years(), np.random.default_rng(0)
    missed: dict[str, list[list[float]]] = {"whole": [], "filled": [], "zeros": []}
    inside = []
    kind = RANGES[Kind(many=True, phased=False, past=True)]
    for one in np.repeat(np.flatnonzero(years.whole), 20):
        same = (years.indicator == years.indicator[one]) & (years.year == years.year[one]) & ~years.whole
        actual, course = years.actual[same], years.course[one]
        planned = np.repeat(years.past[same].mean(axis=1, keepdims=True), 12, axis=1)
        there = rng.random(actual.shape) > 0.1
        plan, covered = planned.sum(axis=0).cumsum(), (planned * there).sum(axis=0).cumsum()
        zeros, year = (actual * there).sum(axis=0).cumsum(), actual.sum()
        seen = {"whole": actual.sum(axis=0).cumsum(), "filled": zeros * plan / covered, "zeros": zeros}
        found = {name: [mixed(to_date, plan, plan[-1], course, m) for m in ORIGINS] for name, to_date in seen.items()}
        for name, forecasts in found.items():
            missed[name].append(np.abs(np.array(forecasts) / year - 1) * 100)
        ratio = year / np.array(found["filled"]) * 100
        inside.append((ratio >= kind.low) & (ratio <= kind.high))
    whole, filled, zeros = (np.mean(missed[name], axis=0) for name in ("whole", "filled", "zeros"))
    assert (filled - whole).max() < 1
    assert zeros.min() > 8
    assert np.mean(inside, axis=0).min() > 0.7


@real
def test_the_errors_are_those_of_the_real_years() -> None:
    pd.testing.assert_frame_equal(errors_table(real_years()).round(1), kept_errors())


@real
def test_the_ranges_are_those_of_the_real_years() -> None:
    years = real_years()
    assert ranges(years) == RANGES
    assert block(PAGE.read_text(encoding="utf-8"), "coverage") == shown_coverage(coverage(years))
    assert f"{(~years.whole).sum()} лет у подразделений и {years.whole.sum()} года" in PAGE.read_text(encoding="utf-8")
