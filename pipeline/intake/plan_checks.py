"""Checks of the planned figures that units enter against what they were given to do."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from statistics import fmean

from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.intake.checked import Checked
from pipeline.intake.figures import figure_problem, months_expected
from pipeline.problems import Problem


def plan_off_target(checked: Checked) -> Iterator[Problem]:
    """The months' planned figures don't make up the year's target: not the one in force, and none that comes into
    force later (a form issued before a revision adds up to the former target, one issued after it to the new one)."""
    plan = checked.plan
    for form in checked.units:
        for indicator in plan.entered_by(form.unit.code):
            months = months_expected(plan, form.unit, indicator)
            planned = [form.stated.get((indicator.code, month, "planned")) for month in months]
            known = [figure for figure in planned if figure is not None]
            if not known or len(known) < len(planned):
                continue
            total = year_of(indicator, known)
            given = _given(plan, form.unit.code, indicator, checked.month)
            if given and not any(_agree(total, target, indicator, checked.limits.target_percent) for target in given):
                last = max(month for month in months if month <= max(checked.month, months[0]))
                values = {"indicator": indicator.name, "total": total, "target": float(given[0])}
                yield figure_problem("plan_off_target", form, (indicator.code, last, "planned"), **values)


def year_of(indicator: Indicator, months: Sequence[float]) -> float:
    """The year's figure that the months' make up."""
    if indicator.entering == "cumulative" or indicator.over_months == "last":
        return months[-1]
    if indicator.over_months == "sum":
        return sum(months)
    return max(months) if indicator.over_months == "max" else fmean(months)


def _given(plan: Plan, unit: str, indicator: Indicator, month: int) -> list[float]:
    """The targets that are in force from the month on, now or later."""
    targets = plan.revisions(unit)[indicator.code]
    return [
        target.value
        for target, following in zip_longest(targets, targets[1:])
        if following is None or following.since > month
    ]


def _agree(total: float, target: float, indicator: Indicator, percent: float) -> bool:
    """Within the percent, or within one unit of the last decimal: rounding alone is no difference."""
    allowed = max(target * percent / 100, 10.0**-indicator.decimals)
    return abs(total - target) <= allowed + 1e-9
