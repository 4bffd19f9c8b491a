"""Year's targets over all units: parts, the ways of adding units up, formulas."""

import pytest

from pipeline.domain.indicators import Indicator, Indicators, OverUnits
from pipeline.domain.plan import Plan
from pipeline.domain.targets import Target
from pipeline.domain.totals import formula_target, year_target
from pipeline.domain.units import Unit, Units


def _plan(*targets: tuple[str, str, float] | tuple[str, str, float, int], over_units: OverUnits = "sum") -> Plan:
    return Plan(
        2013,
        "",
        Units((Unit("A", "А"), Unit("B", "Б"))),
        (),
        Indicators(
            (
                Indicator("X", "Целое", "S", "ед.", over_units=over_units),
                Indicator("X.1", "Часть", "S", "ед.", "X", "part"),
                Indicator("X.2", "Часть", "S", "ед.", "X", "part"),
                Indicator("Y", "Другое", "S", "ед."),
            )
        ),
        tuple(Target(*target) for target in targets),
    )


@pytest.mark.parametrize(
    ("over_units", "total"),
    [("sum", 60), ("max", 40), ("mean", 30), ("none", None)],
)
def test_units_are_added_up_by_the_indicators_rule(over_units: OverUnits, total: float | None) -> None:
    plan = _plan(("X", "A", 20), ("X", "B", 40), over_units=over_units)
    assert year_target(plan, plan.indicators.by_code["X"]) == total


def test_parts_make_the_whole_where_a_unit_has_none_of_its_own() -> None:
    plan = _plan(("X", "A", 100), ("X.1", "A", 1), ("X.1", "B", 20), ("X.2", "B", 3))
    assert year_target(plan, plan.indicators.by_code["X"]) == 123
    assert year_target(plan, plan.indicators.by_code["Y"]) is None


def test_the_first_approved_figure_counts() -> None:
    plan = _plan(("Y", "A", 100), ("Y", "A", 150, 7))
    assert year_target(plan, plan.indicators.by_code["Y"]) == 100


@pytest.mark.parametrize(("formula", "value"), [("X.1 + Y * 2", 9), ("Y / X.2", None), ("Y / (X.1 - X.1)", None)])
def test_formulas_over_targets(formula: str, value: float | None) -> None:
    assert formula_target(_plan(("X.1", "A", 1), ("Y", "B", 4)), formula) == value
