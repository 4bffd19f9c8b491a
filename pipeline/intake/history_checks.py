"""Checks of a figure against the unit's own history: the range of its last twelve months, whatever its season.

Measured on real figures (docs/checks.md): a range raises less than half of the alarms that a median with its absolute
deviation does, and finds more of the slips.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS
from pipeline.domain.rounding import round_half_up
from pipeline.intake.checked import Checked
from pipeline.intake.figures import FigureOf, UnitFigures, figure_problem
from pipeline.problems import Problem
from pipeline.settings import Checks

LEAST_HISTORY = 4
"""Fewer figures are no history."""


class Usual(NamedTuple):
    """The least and the greatest figure of the history."""

    low: float
    high: float


def jumps(checked: Checked) -> Iterator[Problem]:
    """A month's figure is far beyond its unit's own: more than so many times above the greatest or below the least
    of the last twelve months. One that has a cause or an explanation is taken for real."""
    for form in checked.units:
        for indicator in checked.plan.entered_by(form.unit.code):
            past = (checked.plan.last_year or {}).get((form.unit.code, indicator.code), ())
            months = own_months(form, indicator, checked.month)
            if _are_level([*months.values(), *(value for value in past if value is not None)], checked.limits):
                continue
            for month, value in months.items():
                known = usual(past, months, month)
                if known is None or (indicator.code, month) in form.explained:
                    continue
                if is_jump(value, known, checked.limits):
                    figure: FigureOf = indicator.code, month, "actual"
                    low, high = (round_half_up(bound, indicator.decimals) for bound in known)
                    values = {"indicator": indicator.name, "low": low, "high": high, "own": value}
                    yield figure_problem("jump", form, figure, **values)


def own_months(form: UnitFigures, indicator: Indicator, last: int) -> dict[int, float]:
    """The months' own actual figures up to the last one: of a figure since January what each month adds to it."""
    stated = {
        month: form.stated[indicator.code, month, "actual"]
        for month in MONTHS
        if month <= last and (indicator.code, month, "actual") in form.stated
    }
    if indicator.entering == "month":
        return stated
    first = {1: stated[1]} if 1 in stated else {}
    grown = {month: stated[month] - stated[before] for before, month in pairwise(stated) if month == before + 1}
    return first | {month: value for month, value in grown.items() if value >= 0}


def usual(past: Sequence[float | None], months: Mapping[int, float], month: int) -> Usual | None:
    """The range of the twelve known figures before the month, and of the same month a year before; `past` are last
    year's twelve, or none. None where there is too little history."""
    before = [value for value in past if value is not None] + [months[one] for one in sorted(months) if one < month]
    if len(before) < LEAST_HISTORY:
        return None
    season = past[month - 1] if past else None
    recent = before[-12:] + ([] if season is None else [season])
    return Usual(min(recent), max(recent))


def _are_level(values: Sequence[float], limits: Checks) -> bool:
    """Whether no figure among these can be a jump, whatever is compared with what: said at once of nearly all."""
    return not values or not is_jump(max(values), Usual(min(values), min(values)), limits)


def is_jump(value: float, known: Usual, limits: Checks) -> bool:
    """Whether the figure is far beyond the range; counted from one, so that zeros and small counts can be compared."""
    above = value + 1 > (known.high + 1) * limits.jump_times and value - known.high >= limits.jump_least
    below = (value + 1) * limits.jump_times < known.low + 1 and known.low - value >= limits.jump_least
    return above or below
