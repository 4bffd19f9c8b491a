"""The year's target of an indicator over all units, from the targets that single units were given."""

from collections.abc import Callable
from statistics import fmean

from pipeline.domain.formulas import codes, evaluate, parse_formula
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan

_OVER_UNITS: dict[str, Callable[[list[float]], float]] = {"sum": sum, "max": max, "mean": fmean}


def approved(plan: Plan, unit: str, indicator: str) -> float | None:
    """The year's figure as first approved, whatever was revised since; None where the unit has none."""
    revisions = plan.revisions(unit).get(indicator)
    return revisions[0].value if revisions else None


def unit_target(plan: Plan, unit: str, indicator: Indicator) -> float | None:
    """The unit's own figure as first approved, or else the sum of those parts of it that the unit has."""
    own = approved(plan, unit, indicator.code)
    if own is not None:
        return own
    parts = (unit_target(plan, unit, part) for part in plan.indicators.parts.get(indicator.code, ()))
    known = [value for value in parts if value is not None]
    return sum(known) if known else None


def year_target(plan: Plan, indicator: Indicator) -> float | None:
    """The figure of all units together as first approved. None where no unit has one, and where several have what
    is entered once."""
    by_unit = (unit_target(plan, unit.code, indicator) for unit in plan.units.members)
    known = [value for value in by_unit if value is not None]
    if indicator.over_units == "none":
        return known[0] if len(known) == 1 else None
    return _OVER_UNITS[indicator.over_units](known) if known else None


def formula_target(plan: Plan, formula: str) -> float | None:
    """The formula's value over the year's targets; None where one of them is unknown or it divides by zero.
    Raises ValueError for a formula that can't be read, KeyError for a code that the plan doesn't have."""
    node = parse_formula(formula)
    values = {code: year_target(plan, plan.indicators.by_code[code]) for code in codes(node)}
    if any(value is None for value in values.values()):
        return None
    try:
        return float(evaluate(node, values))
    except ZeroDivisionError:
        return None
