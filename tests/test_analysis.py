"""Consolidation and comparison on plans small enough to be checked by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis import over_months
from pipeline.analysis.compare import compare, pace, statuses
from pipeline.analysis.consolidate import Consolidated, consolidate, nodes
from pipeline.analysis.cube import Axes
from pipeline.analysis.forecast import forecast
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.indicator_tables import unit_indicators_table
from pipeline.analysis.lacking import lacking_table
from pipeline.analysis.month_tables import months_table
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.periods import MONTHS, Month, Period
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds, fulfilment, status
from pipeline.domain.submissions import Entry, Identity, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import ALL, Unit, Units

TREE = Units((Unit("D", "Район"), Unit("A", "Библиотека А", "D"), Unit("B", "Библиотека Б", "D"), Unit("C", "Центр")))

Figures = Mapping[tuple[str, str], Sequence[float | None]]
"""(unit, indicator) → its figures from January on; None is a blank cell."""


def indicator(code: str, **properties: object) -> Indicator:
    return Indicator(code, code, "S", "ед.", **properties)  # type: ignore[arg-type]


def year(indicators: list[Indicator], targets: Mapping[tuple[str, str], float], **actual: object) -> Plan:
    return Plan(
        2013,
        "План",
        TREE,
        (),
        Indicators(tuple(indicators)),
        tuple(Target(code, unit, value) for (unit, code), value in targets.items()),
    )


def forms_of(**measures: Figures) -> list[Submission]:
    """What the units' forms state, by measure."""
    said: dict[str, list[Entry]] = {}
    for measure, figures in measures.items():
        for (unit, code), values in figures.items():
            months = ((month, value) for month, value in enumerate(values, 1) if value is not None)
            said.setdefault(unit, []).extend(
                Entry(code, month, measure, float(value), f"{month}", "G9")  # type: ignore[arg-type]
                for month, value in months
            )
    return [Submission(f"{unit}.xlsx", "", Identity(unit, 2013, 1), tuple(own), (), ()) for unit, own in said.items()]


def actual(data: Consolidated, unit: str, code: str, month: int, to_date: bool = False) -> float:
    figures = data.to_date if to_date else data.month
    return float(figures.actual[data.axes.unit_at[unit], data.axes.indicator_at[code], month - 1])


def completeness(data: Consolidated, unit: str, code: str, month: int, to_date: bool = False) -> tuple[int, int]:
    figures = data.to_date if to_date else data.month
    at = data.axes.unit_at[unit], data.axes.indicator_at[code], month - 1
    return int(figures.received[at]), int(figures.expected[at])


def test_sums_over_units_and_months_say_how_complete_they_are() -> None:
    plan = year([indicator("X")], {("A", "X"): 120, ("B", "X"): 240})
    data = consolidate(plan, forms_of(actual={("A", "X"): [10, 0, 12], ("B", "X"): [20, None, 5]}))
    assert [actual(data, unit, "X", 2) for unit in ("A", "B", "D", ALL)] == pytest.approx(
        [0, np.nan, 0, 0], nan_ok=True
    )
    assert completeness(data, "D", "X", 2) == (1, 2)
    assert actual(data, ALL, "X", 3, to_date=True) == 47
    assert completeness(data, ALL, "X", 3, to_date=True) == (5, 6)
    assert np.isnan(actual(data, ALL, "X", 4))  # nobody reported April: missing, not zero
    assert np.isnan(actual(data, "C", "X", 1))  # a unit that doesn't have the indicator


@pytest.mark.parametrize(
    ("rule", "third", "count"), [("sum", 9, (2, 3)), ("last", 4, (1, 1)), ("max", 5, (2, 3)), ("mean", 4.5, (2, 3))]
)
def test_each_rule_over_months(rule: str, third: float, count: tuple[int, int]) -> None:
    plan = year([indicator("X", over_months=rule)], {("C", "X"): 12})
    data = consolidate(plan, forms_of(actual={("C", "X"): [5, None, 4]}))
    assert actual(data, "C", "X", 3, to_date=True) == third
    assert completeness(data, "C", "X", 3, to_date=True) == count


@pytest.mark.parametrize(("rule", "total"), [("sum", 60), ("max", 40), ("mean", 30), ("none", np.nan)])
def test_each_rule_over_units(rule: str, total: float) -> None:
    plan = year([indicator("X", over_units=rule)], {("A", "X"): 1, ("B", "X"): 1})
    data = consolidate(plan, forms_of(actual={("A", "X"): [20], ("B", "X"): [40]}))
    assert actual(data, "D", "X", 1) == pytest.approx(total, nan_ok=True)


def test_a_total_entered_once_passes_up_from_the_unit_that_knows_it() -> None:
    plan = year([indicator("X", over_units="none")], {("B", "X"): 1})
    data = consolidate(plan, forms_of(actual={("B", "X"): [40]}))
    assert (actual(data, "D", "X", 1), actual(data, ALL, "X", 1)) == (40, 40)


def test_the_mean_is_over_the_units_that_reported_however_deep_they_are() -> None:
    plan = year([indicator("X", over_units="mean")], {("A", "X"): 1, ("B", "X"): 1, ("C", "X"): 1})
    data = consolidate(plan, forms_of(actual={("A", "X"): [10], ("B", "X"): [20], ("C", "X"): [60]}))
    assert actual(data, ALL, "X", 1) == 30


def test_cumulative_figures_are_the_year_to_date_and_their_differences_the_months() -> None:
    plan = year([indicator("X", entering="cumulative")], {("C", "X"): 120})
    data = consolidate(plan, forms_of(actual={("C", "X"): [10, 25, None, 50]}))
    assert [actual(data, "C", "X", month) for month in (1, 2, 3, 4)] == pytest.approx(
        [10, 15, np.nan, np.nan], nan_ok=True
    )
    assert actual(data, "C", "X", 4, to_date=True) == 50
    assert completeness(data, "C", "X", 4, to_date=True) == (1, 1)
    assert np.isnan(actual(data, "C", "X", 3))
    assert completeness(data, "C", "X", 3, to_date=True) == (0, 1)


def test_a_month_after_a_blank_one_is_not_known_where_figures_are_cumulative() -> None:
    """B left February blank: what March alone brought is known of A only, although B's form has its March."""
    plan = year([indicator("X", entering="cumulative")], {("A", "X"): 120, ("B", "X"): 120})
    data = consolidate(plan, forms_of(actual={("A", "X"): [10, 20, 30], ("B", "X"): [10, None, 30]}))
    assert (actual(data, "D", "X", 3), completeness(data, "D", "X", 3)) == (10, (1, 2))
    assert (actual(data, "D", "X", 3, to_date=True), completeness(data, "D", "X", 3, to_date=True)) == (60, (2, 2))


PARTS = [
    indicator("LN"),
    indicator("LN.ST", parent="LN", relation="part"),
    indicator("LN.MO", parent="LN", relation="part"),
    indicator("RDR"),
    indicator("RDG", relation="ratio", formula="LN / RDR", decimals=1),
]


def test_parents_are_sums_of_parts_and_ratios_come_last() -> None:
    plan = year(PARTS, {("A", "LN.ST"): 1, ("B", "LN.MO"): 1, ("C", "LN"): 1, ("A", "RDR"): 1, ("C", "RDR"): 1})
    data = consolidate(
        plan,
        forms_of(
            actual={
                ("A", "LN.ST"): [30, 10],
                ("B", "LN.MO"): [60, 20],
                ("C", "LN"): [10, 10],  # reports the whole, without parts
                ("A", "RDR"): [10, 0],
                ("C", "RDR"): [10, 0],
            }
        ),
    )
    assert [actual(data, unit, "LN", 1) for unit in ("A", "B", "C", "D", ALL)] == [30, 60, 10, 90, 100]
    assert completeness(data, ALL, "LN", 1) == (3, 3)
    assert actual(data, ALL, "RDG", 1) == 5
    assert actual(data, ALL, "RDG", 2, to_date=True) == 7  # 140 / 20, no mean of ratios
    assert np.isnan(actual(data, ALL, "RDG", 2))  # 40 / 0


def test_nothing_is_awaited_that_is_computed() -> None:
    """A whole and a ratio may have targets of their own."""
    targets = {("A", code): 240 for code in ("LN", "LN.ST", "LN.MO", "RDR", "RDG")}
    data = consolidate(year(PARTS, targets), forms_of(actual={("A", c): [5] for c in ("LN.ST", "LN.MO", "RDR")}))
    january = Period(Month(2013, 1), Month(2013, 1))
    table = units_table(data, january, {}).set_index("code")
    assert table.loc["A", ["received", "expected", "state"]].tolist() == [3, 3, "complete"]
    assert lacking_table(data, january, 5).empty
    assert completeness(data, "A", "LN", 1) == (2, 2)


@given(st.data())
def test_what_is_expected_of_a_unit_is_what_its_form_asks_for(draw: st.DataObject) -> None:
    month = st.integers(1, 12)
    codes = [f"I{number}" for number in range(draw.draw(st.integers(1, 6)))]
    indicators = []
    for number, code in enumerate(codes):
        parent = draw.draw(st.sampled_from([None, *codes[:number]]))
        relation = draw.draw(st.sampled_from(["part", "of_which"] if parent else ["", "ratio"]))
        formula = "I0 / I0" if relation == "ratio" else ""
        period = {"since": draw.draw(month), "until": draw.draw(month)}
        indicators.append(indicator(code, parent=parent, relation=relation, formula=formula, **period))
    units = tuple(Unit(code, code, since=draw.draw(month), until=draw.draw(month)) for code in "AB")
    places = st.tuples(st.sampled_from(codes), st.sampled_from("AB"), st.just(12.0), month)
    targets = tuple(Target(*place) for place in draw.draw(st.lists(places, max_size=8)))
    plan = replace(year(indicators, {}), units=Units(units), targets=targets)
    data = consolidate(plan, [])
    for unit in "AB":
        for number in MONTHS:
            expected = data.entered.expected[data.axes.unit_at[unit], :, number - 1]
            asked = [one.code for one in plan.asked(unit).of_month(number)]
            assert [code for code, wanted in zip(codes, expected, strict=True) if wanted] == asked


def test_a_missing_form_leaves_the_plan_whole() -> None:
    plan = year([indicator("X")], {("A", "X"): 120, ("B", "X"): 240})
    data = consolidate(plan, forms_of(planned={("A", "X"): [5, 15]}, actual={("A", "X"): [5]}))
    assert data.month.planned[data.axes.unit_at["D"], 0, :2].tolist() == [25, 35]


def test_targets_in_force_add_up_by_month() -> None:
    plan = Plan(
        2013,
        "",
        TREE,
        (),
        Indicators(tuple(PARTS)),
        (Target("LN.ST", "A", 300), Target("LN.MO", "B", 100), Target("LN.ST", "A", 360, since=7, reason="Приказ")),
    )
    years = [consolidate(plan.as_of(month), forms_of()) for month in MONTHS]
    at = years[0].axes.unit_at[ALL], years[0].axes.indicator_at["LN"]
    assert [data.target[at] for data in years] == [400] * 6 + [460] * 6
    assert [data.original_target[at] for data in years] == [400] * 12
    assert years[-1].to_date.planned[at][-1] == 460


def test_forecast_is_the_target_at_the_pace_so_far_and_the_pace_what_is_needed() -> None:
    plan = year([indicator("CONS")], {("C", "CONS"): 600})
    planned = [47.0] * 8 + [50.0] + [58.0] * 3
    data = consolidate(plan, forms_of(planned={("C", "CONS"): planned}, actual={("C", "CONS"): [38] * 8 + [39]}))
    at = data.axes.unit_at["C"]
    assert data.to_date.planned[at, 0, 8] == 426
    assert forecast(data, 9)[at, 0] == 483  # 600 × 343 / 426 = 483.1
    assert pace(data, 9)[at, 0] == 86  # (600 − 343) / 3 = 85.7, rounded up
    assert np.isnan(pace(data, 12)[at, 0])
    months = months_table(nodes(data, ["C"]), 9, Thresholds())
    assert months["forecast"].sum() == 483 - 343
    assert months["forecast_to_date"].tolist()[8:] == [343, 390, 436, 483]
    assert months["actual"].notna().sum() == 9


def test_figures_after_the_reported_month_are_left_out() -> None:
    plan = year([indicator("X")], {("C", "X"): 12})
    data = consolidate(plan, forms_of(actual={("C", "X"): [1, 1, 1, 50]}))
    months = months_table(nodes(data, ["C"]), 3, Thresholds())
    assert months["actual"].notna().tolist() == [True] * 3 + [False] * 9
    assert months["actual_to_date"].max() == 3


def test_units_are_compared_where_they_have_the_indicator() -> None:
    plan = year([indicator("X"), indicator("Y"), indicator("Z")], {("A", "X"): 12, ("C", "Y"): 12, ("C", "Z"): 12})
    data = consolidate(plan, forms_of(actual={("A", "X"): [1]}))
    table = unit_indicators_table(data, ALL, ["X", "Y"], 1, Thresholds())
    assert list(zip(table["unit"], table["code"], strict=True)) == [("D", "X"), ("A", "X"), ("C", "Y")]
    assert table["to_date_status"].tolist() == ["norm", "norm", "none"]


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 300)), st.one_of(st.none(), st.integers(0, 300))),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["more", "less"]),
)
def test_arrays_and_single_figures_get_the_same_status(
    figures: list[tuple[int | None, int | None]], direction: str
) -> None:
    plan = year([indicator(f"I{n}", direction=direction) for n in range(len(figures))], {})
    planned, done = (np.array([[np.nan if f[k] is None else float(f[k] or 0) for f in figures]]) for k in (0, 1))
    percents = [fulfilment(*pair) for pair in figures]
    shown = np.array([[np.nan if one is None else float(one) for one in percents]])
    marks = statuses(Axes(plan), planned, done, shown, Thresholds())
    assert marks[0].tolist() == [status(a, b, 5, 1, Thresholds(), direction) for a, b in figures]  # type: ignore[arg-type]


def test_what_is_compared_gets_the_status_of_its_figures() -> None:
    cases = {f"{one}{a}{b}": (one, a, b) for one in ("more", "less") for a in (0, 10) for b in (0, 10)}
    plan = year([indicator(code, direction=one) for code, (one, _, _) in cases.items()], {})
    planned, done = ({("C", code): [case[at]] for code, case in cases.items()} for at in (1, 2))
    data = consolidate(plan, forms_of(planned=planned, actual=done))
    marks = compare(data.axes, data.month, 1, Thresholds()).status[data.axes.unit_at["C"]].tolist()
    assert marks == [status(a, b, 5, 1, Thresholds(), one) for one, a, b in cases.values()]  # type: ignore[arg-type]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 99)), min_size=12, max_size=12), min_size=3, max_size=3))
def test_any_figures_add_up_to_what_was_entered(cells: list[list[int | None]]) -> None:
    plan = year([indicator("X")], {("A", "X"): 1, ("B", "X"): 1, ("C", "X"): 1})
    data = consolidate(plan, forms_of(actual={(u, "X"): list(v) for u, v in zip("ABC", cells, strict=True)}))
    known = [value for row in cells for value in row if value is not None]
    total = actual(data, ALL, "X", 12, to_date=True)
    assert (np.isnan(total) and not known) or total == sum(known)
    assert completeness(data, ALL, "X", 12, to_date=True) == (len(known), 36)


def test_the_comparison_is_of_the_figures_as_they_are_shown() -> None:
    plan = year([indicator("X", decimals=1)], {("C", "X"): 12})
    data = consolidate(plan, forms_of(planned={("C", "X"): [10.04]}, actual={("C", "X"): [9.96]}))
    compared = compare(data.axes, data.month, 1, Thresholds())
    at = data.axes.unit_at["C"]
    assert (compared.planned[at, 0], compared.actual[at, 0], compared.variance[at, 0]) == (10.0, 10.0, 0.0)


def test_a_stock_is_planned_for_no_month_in_which_its_unit_does_not_report_it() -> None:
    stock = indicator("FUND", over_months="last", over_units="sum")
    plan = year([stock, indicator("X")], {("A", "FUND"): 1000, ("B", "FUND"): 500, ("B", "X"): 90})
    late = replace(plan, units=Units(tuple(replace(u, since=4 if u.code == "B" else 1) for u in TREE.members)))
    data = consolidate(late, forms_of())
    planned = data.month.planned[data.axes.unit_at["D"], data.axes.indicator_at["FUND"]].tolist()
    assert planned == [*[1000] * 3, *[1500] * 9]
    assert data.month.planned[data.axes.unit_at["D"], data.axes.indicator_at["X"]].tolist() == [*[0] * 3, *[10] * 9]


FEW = st.lists(st.one_of(st.none(), st.integers(0, 300)), max_size=12)


@given(st.tuples(FEW, FEW, FEW), st.sampled_from(["sum", "last", "max", "mean"]))
def test_nodes_have_the_figures_that_they_have_among_all(figures: tuple[list[int | None], ...], rule: str) -> None:
    plan = year([indicator("X", over_months=rule)], {(unit, "X"): 120 for unit in "ABC"})
    forms = forms_of(actual={(unit, "X"): own for unit, own in zip("ABC", figures, strict=True)})
    whole, few = consolidate(plan, forms), nodes(consolidate(plan, forms), ["B", ALL])
    at = [whole.axes.unit_at[unit] for unit in few.units]
    for name in ("target", "original_target", "received", "expected", "covered"):
        np.testing.assert_array_equal(getattr(few, name), getattr(whole, name)[at])
    for period, same in (
        (few.month, whole.month),
        (few.to_date, whole.to_date),
        (few.over("quarter"), whole.over("quarter")),
    ):
        for name in ("planned", "actual", "received", "expected"):
            np.testing.assert_array_equal(getattr(period, name), getattr(same, name)[at])


@pytest.mark.parametrize("rule", ["sum", "last", "max", "mean"])
def test_units_are_added_up_over_months_some_at_a_time(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    plan = year([indicator("X", over_months=rule)], {(unit, "X"): 120 for unit in "ABC"})
    forms = forms_of(actual={("A", "X"): [1, 2, 3], ("B", "X"): [None, 5], ("C", "X"): [7, None, 8]})
    together = consolidate(plan, forms).to_date.actual
    monkeypatch.setattr(over_months, "AT_ONCE", 2)
    np.testing.assert_array_equal(consolidate(plan, forms).to_date.actual, together)
