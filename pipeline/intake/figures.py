"""The figures of one unit, found by indicator, month and measure, whichever of its files they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import ALIKE, Entries, Measure, Place, Submission, by_unit
from pipeline.domain.units import Unit
from pipeline.problems import MonthName, Problem, problem

FigureOf = tuple[str, int, Measure]
"""Of what a unit's figure is: indicator, month, measure."""


@dataclass(frozen=True)
class UnitFigures:
    """What a unit's forms state; more than one form only where it sent several for different months."""

    unit: Unit
    forms: tuple[Submission, ...]

    @cached_property
    def stated(self) -> dict[FigureOf, float]:
        """Every figure of the forms."""
        found: dict[FigureOf, float] = {}
        for form in self.forms:
            entries = Entries.of(form.entries)
            found.update(zip(_figures_of(entries.places), entries.values, strict=True))
        return found

    @cached_property
    def addresses(self) -> dict[FigureOf, Address]:
        """Where each of them stands: only who has something to say of a figure needs to know."""
        return {
            (place.indicator, place.month, place.measure): Address(form.file, place.sheet, place.cell)
            for form in self.forms
            for place in Entries.of(form.entries).places
        }

    @cached_property
    def explained(self) -> set[tuple[str, int]]:
        """(indicator, month) for which a cause or an explanation is given."""
        return {
            (said.indicator, said.month) for form in self.forms for said in form.explanations if said.cause or said.text
        }

    def actual_months(self) -> dict[int, list[FigureOf]]:
        """Each month that has actual figures, with these figures."""
        by_month: dict[int, list[FigureOf]] = {}
        for figure in self.stated:
            if figure[2] == "actual":
                by_month.setdefault(figure[1], []).append(figure)
        return by_month


@lru_cache(ALIKE)
def _figures_of(places: tuple[Place, ...]) -> tuple[FigureOf, ...]:
    return tuple((place.indicator, place.month, place.measure) for place in places)


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


def figure_problem(name: str, form: UnitFigures, figure: FigureOf, **values: object) -> Problem:
    """A problem of one figure, which its words call {value}."""
    address, value = form.addresses[figure], form.stated[figure]
    return problem(f"intake.{name}", address, "", form.unit.code, figure[1], value=value, **values)
