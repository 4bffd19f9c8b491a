"""The next year's plan from this one's: December's targets, last year's actual figures. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.domain.targets import Target, Targets
from pipeline.domain.units import Units
from pipeline.history.record import stated_figures

LAST = MONTHS[-1]


def next_plan(plan: Plan, submissions: Iterable[Submission]) -> Plan:
    """The plan of the following year: units, indicators and targets that are in force in December, the activities with
    their deadlines in the new year, and the actual figures that count as last year's. What the old document said
    about its own figures stays behind."""
    year = plan.year + 1
    units = tuple(replace(unit, since=1) for unit in plan.units.members if unit.until == LAST)
    codes = {unit.code for unit in units}
    units = tuple(unit if unit.parent in codes else replace(unit, parent=None) for unit in units)
    members = tuple(replace(one, since=1) for one in plan.indicators.members if one.until == LAST)
    counted = {one.code for one in members}
    members = tuple(_without(one, gone=one.parent not in counted) for one in members)
    revised = plan.all_revisions()
    in_force = {(unit, one): targets[-1] for unit, one, targets in revised if unit in codes and one in counted}
    return Plan(
        year,
        _renamed(plan.title, plan.calendar, PlanYear(year, plan.starts)),
        Units(units, plan.units.title),
        plan.sections,
        Indicators(members),
        Targets.of(Target(indicator, unit, target.value) for (unit, indicator), target in in_force.items()),
        tuple(
            replace(
                activity,
                deadline=read_deadline(activity.due, year, plan.starts),
                responsible=tuple(unit for unit in activity.responsible if unit in codes),
                indicator=activity.indicator if activity.indicator in counted else "",
                address=NOWHERE,
            )
            for activity in plan.activities
        ),
        _actual(submissions, set(in_force)) or None,
        (),
        plan.note,
        plan.starts,
    )


def _renamed(title: str, this: PlanYear, following: PlanYear) -> str:
    """The plan's title with the year that follows, «2014/15» for «2013/14» too."""
    return title.replace(str(this), str(following)).replace(str(this.year), str(following.year))


def blank_months(plan: Plan) -> tuple[int, int]:
    """Of last year's monthly figures how many are blank, and how many there are in all, of what has targets."""
    past = plan.last_year or {}
    keys = [(unit, indicator) for unit, indicator, _ in plan.all_revisions()]
    return sum(past.get(key, (None,) * LAST).count(None) for key in keys), len(keys) * LAST


def _without(one: Indicator, gone: bool) -> Indicator:
    """The indicator by itself where its parent is no longer counted; a ratio stays one."""
    if not gone or one.parent is None:
        return one
    return replace(one, parent=None, relation="ratio" if one.relation == "ratio" else "")


def _actual(
    submissions: Iterable[Submission], wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """(unit, indicator) → its twelve figures as entered, None where blank."""
    figures = {
        (key.unit, key.indicator, key.month): figure.value
        for key, figure in stated_figures(submissions).items()
        if key.measure == "actual"
    }
    rows = {key: tuple(figures.get((*key, month)) for month in MONTHS) for key in sorted(wanted)}
    return {key: months for key, months in rows.items() if any(value is not None for value in months)}
