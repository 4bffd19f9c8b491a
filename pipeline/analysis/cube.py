"""The figures of a year as a dense cube unit × indicator × month: it adds up ten times as fast as a long frame."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.analysis import facts
from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Measure

Floats = NDArray[np.float64]
"""Figures of shape (unit, indicator, month); NaN is «not reported»."""
Counts = NDArray[np.int32]
"""Numbers of figures of the same shape."""
Flags = NDArray[np.bool_]


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

    def where(self, holds: Callable[[Indicator], bool]) -> Flags:
        """Mask of the indicators for which `holds`."""
        return np.array([holds(indicator) for indicator in self.plan.indicators.members], dtype=bool)


def entered(axes: Axes, frame: pd.DataFrame, measure: Measure) -> Floats:
    """The figures of one measure as units entered them, from the facts frame. Rows of units or indicators that
    the plan doesn't know are no part of the cube (intake has named them)."""
    cube = np.full(axes.shape, np.nan)
    unit = facts.coded(frame[facts.UNIT]).numbers(lambda code: axes.unit_at.get(code, -1))
    indicator = facts.coded(frame[facts.INDICATOR]).numbers(lambda code: axes.indicator_at.get(code, -1))
    known = (unit >= 0) & (indicator >= 0) & (frame[facts.MEASURE] == measure).to_numpy(dtype=bool)
    month = frame[facts.MONTH].to_numpy(dtype=np.intp) - 1
    cube[unit[known], indicator[known], month[known]] = frame[facts.VALUE].to_numpy()[known]
    return cube


def expected(axes: Axes) -> Flags:
    """Which figures units are to enter: from a target's first month on, while unit and indicator are in force."""
    cube = np.zeros(axes.shape, dtype=bool)
    for (code, name), revisions in axes.plan.revisions.items():
        unit, indicator = axes.plan.units.by_code[code], axes.plan.indicators.by_code[name]
        first = max(unit.since, indicator.since, revisions[0].since)
        cube[axes.unit_at[code], axes.indicator_at[name], first - 1 : min(unit.until, indicator.until)] = True
    return cube


def targets(axes: Axes, which: Literal["in_force", "original"]) -> Floats:
    """The year's targets as entered for units, by the month in which they are in force (or the first ones)."""
    cube = np.full(axes.shape, np.nan)
    for (code, name), revisions in axes.plan.revisions.items():
        row = cube[axes.unit_at[code], axes.indicator_at[name]]
        for target in revisions if which == "in_force" else revisions[:1]:
            row[target.since - 1 :] = target.value
    return cube


def phased(axes: Axes, blank: Flags) -> Floats:
    """What forms pre-fill as planned: it stands in where a form is missing or its planned cell is blank, for those
    (unit, indicator) which have a `blank` month. A stock, a maximum and a mean are planned for no month in which the
    unit doesn't report them."""
    cube = np.full(axes.shape, np.nan)
    for code, name in axes.plan.revisions:
        place = axes.unit_at[code], axes.indicator_at[name]
        figures = axes.plan.phased(code, axes.plan.indicators.by_code[name]) if blank[place] else None
        if figures is not None:
            cube[place] = figures
    cube[~expected(axes) & axes.where(lambda i: i.over_months != "sum" and i.entering == "month")[:, None]] = np.nan
    return cube


def last_year(axes: Axes) -> Floats:
    """Last year's actuals as the plan's workbook gives them."""
    cube = np.full(axes.shape, np.nan)
    for (code, name), figures in (axes.plan.last_year or {}).items():
        cube[axes.unit_at[code], axes.indicator_at[name]] = [np.nan if v is None else v for v in figures]
    return cube
