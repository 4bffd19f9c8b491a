"""What «Сводка» lets its reader choose: the same figures as each month's own report, for the units one may choose."""

import math
from dataclasses import replace

import pandas as pd

from pipeline.analysis.consolidate import consolidate
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.live_table import MOST_CHILDREN, LiveTable, coming, live_table
from pipeline.domain.periods import Month, Period
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from tests.plans import small_plan
from tests.test_analysis import forms_of


def live(plan: Plan, month: int, actual: dict[tuple[str, str], list[float]], *main: str) -> LiveTable:
    """`actual`: (unit, indicator) → its figures from January on."""
    forms = forms_of(actual=actual)
    reported = Month(plan.year, month)
    states = units_table(consolidate(plan, forms), Period(reported, reported), {})
    return live_table(consolidate(plan, forms), plan.units.root.code, main, month, Thresholds(), states)


def one(table: LiveTable, unit: str, indicator: str, month: int) -> pd.Series:
    figures = table.figures
    return figures[(figures.unit == unit) & (figures.indicator == indicator) & (figures.month == month)].iloc[0]


def test_each_month_knows_the_figures_up_to_it_and_the_plan_after_it() -> None:
    plan = small_plan(targets=(Target("TRIP", "M1", 20),))  # two a month from March on
    table = live(plan, 5, {("M1", "TRIP"): [math.nan, math.nan, 2, 1, 3]}, "TRIP")
    april = one(table, "M1", "TRIP", 4)
    assert april[["actual", "to_date_planned", "to_date_actual", "to_date_percent", "forecast"]].tolist() == [
        1,
        4,
        3,
        75,
        15,
    ]
    assert (april["to_date_status"], april["to_date_received"], april["to_date_expected"]) == ("behind", 2, 2)
    ahead = [april[[coming(name, month) for month in range(4, 7)]].tolist() for name in ("planned", "planned_to_date")]
    assert [values[1:] for values in ahead] == [[2, 2], [6, 8]]
    assert all(math.isnan(values[0]) for values in ahead)
    assert sum(april[coming("forecast", month)] for month in range(5, 13)) == 12
    assert april[coming("forecast_to_date", 12)] == 15
    assert one(table, "DEP", "TRIP", 4)["to_date_actual"] == 3
    assert table.figures["month"].max() == 5


def test_a_month_is_judged_by_the_plan_as_it_then_stood() -> None:
    plan = small_plan(targets=(Target("TRIP", "M1", 20), Target("TRIP", "M1", 30, since=7)))
    table = live(plan, 8, {("M1", "TRIP"): [2] * 8}, "TRIP")
    assert [one(table, "M1", "TRIP", month)["target"] for month in (6, 7)] == [20, 30]
    assert [one(table, "M1", "TRIP", month)[coming("planned_to_date", 12)] for month in (6, 7)] == [20, 30]


def test_units_that_report_nothing_are_no_choice_and_a_long_list_is_cut() -> None:
    many = tuple(Unit(f"U{number}", f"Библиотека {number}", "DEP") for number in range(30))
    plan = small_plan(
        units=Units((Unit("DEP", "Отдел"), *many)),
        targets=tuple(Target("TRIP", unit.code, 12) for unit in many[1:]),
        activities=(),
    )
    codes = live(plan, 1, {}, "TRIP").units["code"].tolist()
    assert codes == ["DEP", *(unit.code for unit in many[1 : MOST_CHILDREN + 1])]


def test_forms_of_a_node_are_those_of_all_below_it() -> None:
    plan = replace(small_plan(), targets=(Target("TRIP", "M1", 20), Target("TRIP", "M2", 20)))
    forms = live(plan, 4, {("M1", "TRIP"): [0, 0, 2, 2]}, "TRIP").forms
    assert forms[["handed4", "of4"]].to_numpy().tolist() == [[1, 2], [1, 1], [0, 1]]
    assert forms[["handed5", "of5"]].to_numpy().tolist() == [[0, 0], [0, 0], [0, 0]]
