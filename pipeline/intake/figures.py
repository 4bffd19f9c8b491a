"""The figures of one unit, found by indicator, month and measure, whichever of its files they stand in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Measure, Submission, by_unit
from pipeline.domain.units import Unit
from pipeline.problems import MonthName, Problem, problem


class Figure(NamedTuple):
    """A stated figure and where it stands."""

    value: float
    address: Address


@dataclass(frozen=True)
class UnitFigures:
    """What a unit's forms state; more than one form only where it sent several for different months."""

    unit: Unit
    forms: tuple[Submission, ...]

    @cached_property
    def stated(self) -> dict[tuple[str, int, Measure], Figure]:
        return {
            (indicator, month, measure): Figure(value, Address(form.file, sheet, cell))
            for form in self.forms
            for indicator, month, measure, value, sheet, cell in form.entries
        }

    @cached_property
    def explained(self) -> set[tuple[str, int]]:
        """(indicator, month) for which a cause or an explanation is given."""
        return {
            (said.indicator, said.month) for form in self.forms for said in form.explanations if said.cause or said.text
        }

    def actual_months(self) -> Iterator[tuple[int, tuple[Figure, ...]]]:
        """Each month that has actual figures, in order, with these figures."""
        by_month: dict[int, list[Figure]] = {}
        for (_, month, measure), figure in self.stated.items():
            if measure == "actual":
                by_month.setdefault(month, []).append(figure)
        return ((month, tuple(by_month[month])) for month in sorted(by_month))


def unit_figures(plan: Plan, submissions: Iterable[Submission]) -> tuple[UnitFigures, ...]:
    """The figures of each unit that handed in a form, in the plan's order of units."""
    forms = by_unit(submissions)
    position = plan.units.position
    known = sorted(forms.keys() & position.keys(), key=position.__getitem__)
    return tuple(UnitFigures(plan.units.by_code[code], tuple(forms[code])) for code in known)


def expected(plan: Plan, unit: Unit, month: int) -> tuple[Indicator, ...]:
    """The indicators that the unit is to report for the month."""
    return plan.asked(unit.code).of_month(month)


def months_expected(plan: Plan, unit: Unit, indicator: Indicator) -> range:
    """The months for which the unit is to report the indicator, which it enters."""
    first = max(indicator.since, unit.since, plan.revisions(unit.code)[indicator.code][0].since)
    return range(first, min(indicator.until, unit.until) + 1)


def month_problem(
    name: str, unit: str, month: int, address: Address = NOWHERE, found: object = "", **values: object
) -> Problem:
    """A problem of one unit's month, which its words call {name}."""
    return problem(f"intake.{name}", address, found, unit, month, name=MonthName(month), **values)


def figure_problem(name: str, form: UnitFigures, month: int, figure: Figure, **values: object) -> Problem:
    """A problem of one figure, which its words call {value}."""
    return problem(f"intake.{name}", figure.address, "", form.unit.code, month, value=figure.value, **values)
