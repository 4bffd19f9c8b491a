"""Checks of the habit of entering: the month's own figure, or the one since January, and never the one for the other.

What a figure looks like is judged by the plan: nearer to the planned figure of the month or to the planned figure to
date, as a ratio.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS
from pipeline.domain.submissions import Measure
from pipeline.intake.checked import Checked
from pipeline.intake.figures import FigureOf, UnitFigures, figure_problem
from pipeline.problems import MonthName, Problem

FROM_MONTHS = 3
"""Before the third month the two habits look alike."""
RISING_MONTHS = 4
"""Figures that rise so many months in a row are seldom the months' own."""


def cumulative_in_monthly(checked: Checked) -> Iterator[Problem]:
    """A figure since January stands where the month's own is asked for: it is greater than all before it together,
    or the figures never fall; and it is nearer to the plan to date. The latest such figure is named."""
    for form, indicator in _entered(checked, "month"):
        if indicator.over_months != "sum":
            continue
        first, values = _months(form, indicator, "actual", checked.month)
        _, plans = _months(form, indicator, "planned", checked.month)
        for count in range(min(len(values), len(plans)), FROM_MONTHS - 1, -1):
            if not _looks_cumulative(values[:count], plans[:count], checked.limits.jump_least):
                continue
            words = {"indicator": indicator.name, "before": sum(values[: count - 1])}
            figure: FigureOf = indicator.code, first + count - 1, "actual"
            yield figure_problem("cumulative_in_monthly", form, figure, **words)
            break


def cumulative_falls(checked: Checked) -> Iterator[Problem]:
    """A figure since January is less than one of an earlier month."""
    for form, indicator in _entered(checked, "cumulative"):
        actual = {
            month: form.stated[indicator.code, month, "actual"]
            for month in MONTHS
            if month <= checked.month and (indicator.code, month, "actual") in form.stated
        }
        for earlier, month in pairwise(actual):
            if actual[month] < actual[earlier]:
                words = {"indicator": indicator.name, "before": actual[earlier]}
                figure: FigureOf = indicator.code, month, "actual"
                yield figure_problem("cumulative_falls", form, figure, earlier=MonthName(earlier), **words)


def monthly_in_cumulative(checked: Checked) -> Iterator[Problem]:
    """The month's own figure stands where the one since January is asked for: it doesn't fall, but is nearer to the
    plan of one month, and has grown as the months do and not as their sum. The latest such figure is named."""
    for form, indicator in _entered(checked, "cumulative"):
        first, values = _months(form, indicator, "actual", checked.month)
        _, plans = _months(form, indicator, "planned", checked.month)
        for count in range(min(len(values), len(plans)), FROM_MONTHS - 1, -1):
            if _looks_monthly(values[:count], plans[:count]):
                figure: FigureOf = indicator.code, first + count - 1, "actual"
                yield figure_problem("monthly_in_cumulative", form, figure, indicator=indicator.name)
                break


def _entered(checked: Checked, habit: str) -> Iterator[tuple[UnitFigures, Indicator]]:
    for form in checked.units:
        for indicator in checked.plan.entered_by(form.unit.code):
            if indicator.entering == habit:
                yield form, indicator


def _months(form: UnitFigures, indicator: Indicator, measure: Measure, last: int) -> tuple[int, list[float]]:
    """The first month with a figure, and the figures from there up to the next blank."""
    first = 0
    known: list[float] = []
    for month in range(1, last + 1):
        figure = form.stated.get((indicator.code, month, measure))
        if figure is not None:
            first = first or month
            known.append(figure)
        elif known:
            break
    return first, known


def _looks_cumulative(values: Sequence[float], planned: Sequence[float], least: float) -> bool:
    last, before = values[-1], sum(values[:-1])
    if last < least:
        return False
    rising = len(values) >= RISING_MONTHS and all(one <= other for one, other in pairwise(values)) and last > values[0]
    sums_up = before > 0 and last >= before
    return (rising or sums_up) and _nearer(last, sum(planned), planned[-1])


def _looks_monthly(values: Sequence[float], planned: Sequence[float]) -> bool:
    own, first = planned[-1] - planned[-2], planned[0]
    if values[-1] < values[-2] or min(own, first, values[0]) <= 0:
        return False
    grown = values[-1] / values[0]
    return _nearer(values[-1], own, planned[-1]) and _nearer(grown, own / first, planned[-1] / first)


def _nearer(value: float, one: float, other: float) -> bool:
    """Whether the value is nearer to the one than to the other, as a ratio."""
    if min(value, one, other) <= 0:
        return False
    return abs(math.log(value / one)) < abs(math.log(value / other))
