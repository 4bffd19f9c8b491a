"""The forecast of the year on plans small enough to be checked by hand: a library, its last year and its months."""

from collections.abc import Mapping

import numpy as np
import pytest

from pipeline.analysis.compare import pace
from pipeline.analysis.consolidate import Consolidated, consolidate, nodes
from pipeline.analysis.forecast import LAST_YEAR_WEIGHT, LEAST, RECENT, filled, forecast, forecast_range
from pipeline.analysis.forecast_ranges import MANY, RANGES, Kind
from pipeline.analysis.month_tables import forecast_months, months_table
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.targets import Target
from pipeline.domain.units import ALL, Unit, Units
from pipeline.words import Words
from tests.test_analysis import forms_of

SHORT_WINTER = (100.0,) * 9 + (40.0,) * 3
"""A last year of 1020 that slowed down in the fourth quarter."""


def library(
    months: list[float],
    last_year: Mapping[str, tuple[float | None, ...]],
    target: float = 1020,
    units: tuple[str, ...] = ("A",),
    **properties: object,
) -> Consolidated:
    """A plan of loans that every unit fulfils alike, month by month."""
    loans = Indicator("LN", "Книговыдача", "S", "экз.", **properties)  # type: ignore[arg-type]
    plan = Plan(
        2013,
        "План",
        Units(tuple(Unit(code, code) for code in units)),
        (),
        Indicators((loans,)),
        tuple(Target("LN", code, target) for code in units),
        last_year={(code, "LN"): figures for code, figures in last_year.items()},
    )
    return consolidate(plan, forms_of(actual={(code, "LN"): months for code in units}))


def year(data: Consolidated, month: int, unit: str = "A") -> float:
    return float(forecast(data, month)[data.axes.unit_at[unit], 0])


def range_of(data: Consolidated, month: int, unit: str = "A") -> tuple[float, float]:
    low, high = forecast_range(data, month, forecast(data, month))
    at = data.axes.unit_at[unit], 0
    return float(low[at]), float(high[at])


def test_early_in_the_year_the_rest_goes_at_the_plans_pace() -> None:
    data = library([68.0] * 5, {"A": SHORT_WINTER})
    assert year(data, 5) == 816  # 1020 × (5 × 68) / (5 × 85)


def test_late_in_the_year_the_rest_goes_as_last_year_at_the_pace_of_three_months() -> None:
    data = library([80.0] * 9 + [30.0], {"A": SHORT_WINTER})
    # so far 750; the latest three months 190 where last year had 240, and then 80 more
    assert year(data, 10) == 813  # 750 + 190 / 240 × 80 = 813.3; the plan's pace would say 900


def test_in_between_the_two_are_mixed() -> None:
    data = library([80.0] * 7, {"A": SHORT_WINTER})
    pace, past = 1020 * 560 / 595, 560 + 80 / 100 * 320
    assert year(data, 6) == round((960 + 816) / 2)
    assert year(data, 7) == round(0.25 * pace + 0.75 * past)


def test_in_the_last_month_the_year_is_known() -> None:
    data = library([80.0] * 12, {"A": SHORT_WINTER})
    assert year(data, 12) == 960
    assert np.isnan(range_of(data, 12)).all()


@pytest.mark.parametrize(
    ("months", "last_year", "target"),
    [
        ([80.0] * 9 + [30.0], {}, 1020.0),  # nothing is known of last year
        ([80.0] * 9 + [30.0], {"A": (100.0, None, *(80.0,) * 10)}, 1020.0),  # a month of it is not known
        ([8.0] * 9 + [3.0], {"A": (10.0,) * 9 + (4.0,) * 3}, 102.0),  # too little to tell
    ],
)
def test_what_the_evidence_does_not_reach_goes_at_the_plans_pace(
    months: list[float], last_year: dict[str, tuple[float | None, ...]], target: float
) -> None:
    data = library(months, last_year, target)
    assert year(data, 10) == round(target * sum(months) / (target * 10 / 12))


def test_a_missing_form_does_not_pass_for_a_slow_month() -> None:
    data = library([80.0] * 9, {"A": SHORT_WINTER})  # October is not there: 9 months of the plan's 10
    assert year(data, 10) == 880  # so far 720 × 850 / 765 = 800; the latest months (800 − 560) / 240 × 80 more
    assert range_of(data, 10)[0] >= 720


def test_the_months_to_come_need_not_make_up_for_a_missing_form() -> None:
    data = library([80.0] * 9, {"A": SHORT_WINTER})
    months = months_table(nodes(data, ["A"]), 10, Thresholds())
    assert months["forecast"].sum() == 880 - 800  # October's 80 are still to be handed in
    assert months["forecast_to_date"].tolist()[9:] == [800, 840, 880]


def test_what_was_not_planned_says_nothing_of_a_missing_form() -> None:
    units = Units((Unit("D", "Район"), Unit("A", "A", "D"), Unit("B", "B", "D")))
    loans = Indicators((Indicator("LN", "Книговыдача", "S", "экз."),))
    plan = Plan(2013, "План", units, (), loans, (Target("LN", "A", 120), Target("LN", "B", 120)))
    data = consolidate(plan, forms_of(planned={("A", "LN"): [0]}, actual={("A", "LN"): [5]}))
    assert filled(data, 1)[:, 0].tolist() == pytest.approx([5, 5, np.nan], nan_ok=True)


def test_where_many_figures_are_missing_the_plans_pace_holds_and_there_is_no_range() -> None:
    data = library([80.0] * 8, {"A": SHORT_WINTER})
    assert year(data, 10) == 960  # 1020 × 640 / 680
    assert np.isnan(range_of(data, 10)).all()


def test_in_the_last_month_nothing_is_filled_in() -> None:
    assert year(library([80.0] * 11, {"A": SHORT_WINTER}), 12) == 880


def test_a_unit_without_a_last_year_follows_the_institutions() -> None:
    data = library([80.0] * 9 + [30.0], {"A": SHORT_WINTER}, units=("A", "B"))
    assert year(data, 10, "B") == year(data, 10, "A") == 813
    assert year(data, 10, ALL) == 1627
    assert forecast(nodes(data, ["B"]), 10)[0, 0] == 813


def test_each_indicator_has_a_last_year_of_its_own() -> None:
    plan = Plan(
        2013,
        "План",
        Units((Unit("A", "A"),)),
        (),
        Indicators((Indicator("LN", "Книговыдача", "S", "экз."), Indicator("VS", "Посещения", "S", "ед."))),
        (),
        last_year={("A", "LN"): SHORT_WINTER, ("A", "VS"): (1.0,) * 6 + (3.0,) * 6},
    )
    assert consolidate(plan, []).course[1].tolist() == [month / 24 for month in (*range(1, 7), *range(9, 25, 3))]


def test_a_parent_follows_the_last_year_of_its_parts() -> None:
    parts = [Indicator(f"LN.{part}", part, "S", "экз.", parent="LN", relation="part") for part in ("ST", "MO")]
    plan = Plan(
        2013,
        "План",
        Units((Unit("A", "A"),)),
        (),
        Indicators((Indicator("LN", "Книговыдача", "S", "экз."), *parts)),
        tuple(Target(part.code, "A", 1020) for part in parts),
        last_year={("A", part.code): SHORT_WINTER for part in parts},
    )
    reached = [80.0] * 9 + [30.0]
    data = consolidate(plan, forms_of(actual={("A", part.code): reached for part in parts}))
    assert year(data, 10) == 1627  # twice 813.3


def test_a_range_is_of_the_kind_of_its_forecast() -> None:
    one = library([80.0] * 10, {"A": SHORT_WINTER})
    low, high = RANGES[Kind(many=False, phased=False, past=True)].low[9], 103
    assert range_of(one, 10) == (round(year(one, 10) * low / 100), round(year(one, 10) * high / 100))
    many = tuple(f"U{number}" for number in range(MANY))
    whole = library([80.0] * 4, {}, units=many, phasing="profile", profile=(1.0,) * 12)
    kind = RANGES[Kind(many=True, phased=True, past=False)]
    whole_year = year(whole, 4, ALL)
    assert range_of(whole, 4, ALL) == (whole_year * kind.low[3] / 100, whole_year * kind.high[3] / 100)
    assert range_of(whole, 4, "U1")[1] > year(whole, 4, "U1") * kind.high[3] / 100


def test_a_range_holds_its_forecast_and_never_begins_below_what_was_achieved() -> None:
    done = library([100.0] * 8 + [0.0] * 3, {"A": SHORT_WINTER})
    assert (year(done, 11), range_of(done, 11)[0]) == (800, 800)
    every = [RANGES[kind] for kind in RANGES]
    assert all(low <= high for one in every for low, high in zip(*one, strict=True))
    late = library([80.0] * 11, {}, units=tuple(f"U{number}" for number in range(MANY)))
    low, high = range_of(late, 11, ALL)
    assert low <= year(late, 11, ALL) <= high


def test_stocks_and_small_years_have_no_range() -> None:
    stock = library([900.0] * 10, {"A": (900.0,) * 12}, over_months="last")
    assert year(stock, 10) == 900
    assert np.isnan(range_of(stock, 10)).all()
    small = library([LEAST / 12 - 1] * 10, {}, target=LEAST)
    assert np.isnan(range_of(small, 10)).all()


def test_a_stock_goes_to_its_forecast_in_a_straight_line() -> None:
    stock = Indicator("FUND", "Фонд", "S", "экз.", over_months="last")
    own, reached = forecast_months(stock, 600, np.full(12, 500.0), 510, 9, False)
    assert (own[9:], reached[8:]) == ([540, 570, 600], [510, 540, 570, 600])


def test_what_the_method_says_is_what_is_done() -> None:
    assert (LAST_YEAR_WEIGHT, RECENT) == ((0, 0, 0, 0, 0, 0.5, 0.75, 0.75, 0.75, 1, 1, 1), 3)
    said = Words()("report.method.text.forecast", least=LEAST, nearly="90 %")
    assert "Первые пять месяцев" in said
    assert "в последнем квартале" in said
    assert "в темпе последних трёх месяцев" in said


def test_what_is_over_ends_as_it_stands() -> None:
    """A summer programme of April to August, done by August; last year had figures in autumn, too."""
    data = library([0, 0, 0, *[200.0] * 5], {"A": (0.0,) * 3 + (200.0,) * 5 + (100.0,) * 4}, 1000, since=4, until=8)
    assert year(data, 7) > 900, "still in force"
    for month in (8, 9, 11):
        assert year(data, month) == 1000
        assert np.isnan(range_of(data, month)).all()
        table = months_table(nodes(data, ["A"]), month, Thresholds())
        assert table[["forecast", "forecast_to_date"]].isna().all(axis=None), "nothing is to come"


def test_the_pace_counts_the_months_that_the_indicator_has_left() -> None:
    data = library([0, 0, 0, *[100.0] * 3], {}, 1000, since=4, until=8)
    assert pace(data, 6)[data.axes.unit_at["A"], 0] == 350  # 700 are left for July and August
    assert np.isnan(pace(data, 8)).all(), "nothing can be caught up any more"


def test_a_unit_that_is_closed_is_forecast_no_further_and_the_whole_is() -> None:
    units = Units((Unit("A", "А"), Unit("B", "Б", until=6)))
    visits = Indicator("V", "Посещения", "S", "ед.")
    plan = Plan(2013, "План", units, (), Indicators((visits,)), (Target("V", "A", 12000), Target("V", "B", 3000)))
    data = consolidate(plan, forms_of(actual={("A", "V"): [1000.0] * 9, ("B", "V"): [400.0] * 6}))
    assert year(data, 9, "B") == 2400
    assert year(data, 9, "A") == 12000
    assert year(data, 9, ALL) > 14000
