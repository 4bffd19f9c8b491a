"""The figures of a year as a dense cube unit × indicator × month: it adds up ten times as fast as a long frame."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.submissions import Entries, Measure, Place, Submission, by_layout
from pipeline.domain.units import Unit

Floats = NDArray[np.float64]
"""Figures of shape (unit, indicator, month); NaN is «not reported»."""
Counts = NDArray[np.int32]
"""Numbers of figures of the same shape."""
Flags = NDArray[np.bool_]


class Located(NamedTuple):
    """Targets by their places in the cube: arrays of one length, by the month `since` which they are in force."""

    unit: NDArray[np.intp]
    indicator: NDArray[np.intp]
    since: NDArray[np.uint8]
    value: Floats

    def only(self, which: "NDArray[np.intp] | Flags") -> "Located":
        return Located(self.unit[which], self.indicator[which], self.since[which], self.value[which])


@dataclass(frozen=True)
class Axes:
    """The nodes of the tree, depth-first from the root, and the indicators in the plan's order."""

    plan: Plan

    @cached_property
    def units(self) -> tuple[str, ...]:
        return tuple(unit.code for _, unit in self.plan.units.walk())

    @cached_property
    def unit_at(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.units)}

    @cached_property
    def indicator_at(self) -> dict[str, int]:
        return {indicator.code: index for index, indicator in enumerate(self.plan.indicators.members)}

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        return len(self.units), len(self.indicator_at), len(MONTHS)

    @cached_property
    def targets(self) -> Located:
        """All targets of the plan."""
        kept = self.plan.targets
        unit = np.array([self.unit_at[code] for code in kept.units], dtype=np.intp)
        indicator = np.array([self.indicator_at[code] for code in kept.indicators], dtype=np.intp)
        since, value = np.asarray(kept.since), np.asarray(kept.value)
        placed = Located(unit[np.asarray(kept.unit)], indicator[np.asarray(kept.indicator)], since, value)
        return placed.only(np.argsort(since, kind="stable"))

    @cached_property
    def original_targets(self) -> Located:
        """Those that were approved first."""
        place = self.targets.unit * self.shape[1] + self.targets.indicator
        return self.targets.only(np.unique(place, return_index=True)[1])

    def where(self, holds: Callable[[Indicator], bool]) -> Flags:
        """Mask of the indicators for which `holds`."""
        return np.array([holds(indicator) for indicator in self.plan.indicators.members], dtype=bool)


def entered(axes: Axes, submissions: Iterable[Submission], measure: Measure) -> Floats:
    """The figures of one measure as units entered them. Those of units or indicators that the plan doesn't know are no
    part of the cube (intake has named them)."""
    cube = np.full(axes.shape, np.nan)
    rows = cube.reshape(axes.shape[0], -1)  # the same figures: a row a unit

    def columns(places: Iterable[Place]) -> tuple[list[int], list[int]]:
        """Which of the places are of this measure, and where their figures stand in a row."""
        own = [
            (at, axes.indicator_at[place.indicator] * len(MONTHS) + place.month - 1)
            for at, place in enumerate(places)
            if place.measure == measure and place.indicator in axes.indicator_at
        ]
        return [at for at, _ in own], [to for _, to in own]

    for form, (at, to) in by_layout(submissions, columns):
        if form.identity.unit in axes.unit_at:
            rows[axes.unit_at[form.identity.unit], to] = np.asarray(Entries.of(form.entries).values)[at]
    return cube


def expected(axes: Axes) -> Flags:
    """Which figures units are to enter: from a target's first month on, while unit and indicator are in force."""
    given = axes.original_targets
    units = _period([axes.plan.units.by_code[code] for code in axes.units])[given.unit]
    members = _period(axes.plan.indicators.members)[given.indicator]
    first = np.maximum(np.maximum(units[:, 0], members[:, 0]), given.since)
    last = np.minimum(units[:, 1], members[:, 1])
    cube = np.zeros(axes.shape, dtype=bool)
    month = np.array(MONTHS)
    cube[given.unit, given.indicator] = (first[:, None] <= month) & (month <= last[:, None])
    return cube


def _period(them: Iterable[Unit | Indicator]) -> NDArray[np.int_]:
    """The first and the last month of each."""
    return np.array([(one.since, one.until) for one in them], dtype=np.int_).reshape(-1, 2)


def targeted(axes: Axes) -> Flags:
    """(unit, indicator): whether there is a target."""
    flags = np.zeros(axes.shape[:2], dtype=bool)
    flags[axes.targets.unit, axes.targets.indicator] = True
    return flags


def targets(axes: Axes, given: Located) -> Floats:
    """The year's targets as entered for units, as revised last; (unit, indicator)."""
    cube = np.full(axes.shape[:2], np.nan)
    for since in np.unique(given.since):
        new = given.only(given.since == since)
        cube[new.unit, new.indicator] = new.value
    return cube


def phased(axes: Axes, blank: Flags) -> Floats:
    """What forms pre-fill as planned: it stands in where a form is missing or its planned cell is blank, for those
    (unit, indicator) which have a `blank` month. A stock, a maximum and a mean are planned for no month in which the
    unit doesn't report them."""
    cube = np.full(axes.shape, np.nan)
    members = axes.plan.indicators.members
    given = axes.original_targets
    for unit, indicator in zip(given.unit.tolist(), given.indicator.tolist(), strict=True):
        if blank[unit, indicator]:
            cube[unit, indicator] = planned_months(axes.plan, axes.units[unit], members[indicator])
    cube[~expected(axes) & axes.where(lambda i: i.over_months != "sum" and i.entering == "month")[:, None]] = np.nan
    return cube


def last_year(axes: Axes) -> Floats:
    """Last year's actuals as the plan's workbook gives them; where it gives none, a cube that takes no room."""
    if not axes.plan.last_year:
        return np.broadcast_to(np.nan, axes.shape)
    cube = np.full(axes.shape, np.nan)
    for (code, name), figures in axes.plan.last_year.items():
        cube[axes.unit_at[code], axes.indicator_at[name]] = [np.nan if v is None else v for v in figures]
    return cube
