"""Activities that are done against the indicator that they feed, both as the same unit reports them."""

from collections import Counter
from collections.abc import Iterator

from pipeline.domain.activities import Activity, reported_occurrences
from pipeline.intake.checked import Checked
from pipeline.intake.figures import FigureOf, UnitFigures, expected, figure_problem
from pipeline.intake.history_checks import own_months
from pipeline.problems import Problem


def activities_exceed(checked: Checked) -> Iterator[Problem]:
    """More activities are marked as done so far than the indicator that they feed counts.

    The contrary is no contradiction: the indicator counts what no activity of the plan announces, too. Compared to
    date, since a trip at a month's end is often counted in the next, and only where every month is reported.
    """
    for form in checked.units:
        done = done_by(checked, form)
        for indicator in checked.plan.entered_by(form.unit.code):
            if indicator.over_months != "sum" or not done[indicator.code]:
                continue
            months = own_months(form, indicator, checked.month)
            asked = (
                month for month in range(1, checked.month + 1) if indicator in expected(checked.plan, form.unit, month)
            )
            if checked.month not in months or any(month not in months for month in asked):
                continue
            counted = sum(months.values())
            if done[indicator.code] > counted:
                figure: FigureOf = indicator.code, checked.month, "actual"
                values = {"indicator": indicator.name, "done": done[indicator.code], "counted": counted}
                yield figure_problem("activities_exceed", form, figure, **values)


def done_by(checked: Checked, form: UnitFigures) -> Counter[str]:
    """Indicator → the unit's activities that feed it and were done by the end of the month, those beyond the plan
    included. What several units do together may be counted by another of them, and is left out."""
    fed = {one.code: one.indicator for one in checked.plan.activities if one.indicator and _is_countable(one)}
    first, last = checked.plan.calendar.first_day, checked.plan.calendar.month(checked.month).last_day
    done: Counter[str] = Counter()
    for submission in form.forms:
        for mark in submission.marks:
            if mark.state == "done" and mark.activity in fed and mark.day is not None:
                done[fed[mark.activity]] += first <= mark.day <= last
        for extra in submission.extras:
            if extra.indicator and extra.day is not None:
                done[extra.indicator] += first <= extra.day <= last
    return done


def _is_countable(activity: Activity) -> bool:
    """Each of its marks stands for one time that it is done; a month of weekly work has one mark for several."""
    deadline = activity.deadline
    once = deadline is None or reported_occurrences(deadline) == (deadline.occurrences or (None,))
    return once and len(activity.responsible) == 1
