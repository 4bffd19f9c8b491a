"""Checks of what the forms say about activities: functions of the forms, run with the others of checks.CHECKS."""

from collections.abc import Callable, Iterator

from pipeline.intake.checked import Checked
from pipeline.problems import Problem, problem


def activities_unexplained(checked: Checked) -> Iterator[Problem]:
    """An activity is marked as moved or cancelled, and no reason is given."""
    for form in checked.submissions:
        for mark in form.marks:
            if mark.state in ("moved", "cancelled") and not mark.result:
                yield problem("intake.activity_unexplained", mark.address, mark.activity, mark.unit)


def activities_undated(checked: Checked) -> Iterator[Problem]:
    """An activity with a deadline is marked as done, and it isn't said when."""
    dated = {
        activity.code
        for activity in checked.plan.activities
        if activity.deadline is not None and activity.deadline.occurrences
    }
    for form in checked.submissions:
        for mark in form.marks:
            if mark.state == "done" and mark.day is None and mark.activity in dated:
                yield problem("intake.activity_undated", mark.address, mark.activity, mark.unit)


def extras_undated(checked: Checked) -> Iterator[Problem]:
    """An activity beyond the plan has no day: every month's report counts it."""
    for form in checked.submissions:
        for extra in form.extras:
            if extra.day is None:
                yield problem("intake.extra_undated", extra.address, extra.title, extra.unit)


def extras_unknown(checked: Checked) -> Iterator[Problem]:
    """An activity beyond the plan is said to feed an indicator that the plan doesn't have."""
    for form in checked.submissions:
        for extra in form.extras:
            if extra.indicator and extra.indicator not in checked.plan.indicators.by_code:
                yield problem("intake.extra_unknown", extra.address, extra.indicator, extra.unit, title=extra.title)


ACTIVITY_CHECKS: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
    activities_unexplained,
    activities_undated,
    extras_undated,
    extras_unknown,
)
