"""Checks of the figures that were read: small functions in one tuple, run by one loop.

A new check is a function here and a line in CHECKS. Each looks at the forms of one unit at a time and at no other's:
most forms are checked where they are read.
"""

from collections.abc import Callable, Iterable, Iterator

from pipeline.domain.addresses import Address
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.status import status
from pipeline.domain.submissions import Measure, Submission
from pipeline.intake.activity_checks import ACTIVITY_CHECKS
from pipeline.intake.checked import Checked
from pipeline.intake.feeding_checks import activities_exceed
from pipeline.intake.figures import FigureOf, UnitFigures, expected, figure_problem, month_problem
from pipeline.intake.habit_checks import cumulative_falls, cumulative_in_monthly, monthly_in_cumulative
from pipeline.intake.history_checks import jumps
from pipeline.intake.plan_checks import plan_off_target
from pipeline.problems import Problem


def check(checked: Checked) -> tuple[Problem, ...]:
    """All that the checks have to say of these forms."""
    return tuple(found for one in CHECKS for found in one(checked))


def forms_missing(plan: Plan, submissions: Iterable[Submission], month: int) -> Iterator[Problem]:
    """Units that are to report for the month and have handed in no form at all."""
    there = {form.identity.unit for form in submissions}
    for unit in plan.units.members:
        if unit.code not in there and expected(plan, unit, month):
            yield month_problem("form_missing", unit.code, month, title=unit.title)


def months_incomplete(checked: Checked) -> Iterator[Problem]:
    """A form has no actual figures for the reported month, or some are blank."""
    month = checked.month
    for form in checked.units:
        wanted = expected(checked.plan, form.unit, month)
        blank = [one for one in wanted if (one.code, month, "actual") not in form.stated]
        if not blank:
            continue
        where = _month_place(form, month)
        if len(blank) == len(wanted):
            yield month_problem("month_missing", form.unit.code, month, where, title=form.unit.title)
        else:
            count = {"blank": len(blank), "wanted": len(wanted)}
            titles = tuple(one.title for one in blank)
            yield month_problem("month_partial", form.unit.code, month, where, titles, **count)


def parts_disagree(checked: Checked) -> Iterator[Problem]:
    """A parent is entered and so are all of its parts, and they don't add up to it."""
    indicators = checked.plan.indicators
    for form in checked.units:
        for (code, month, measure), whole in form.stated.items():
            if code not in indicators.parts:
                continue
            pieces = [form.stated.get((part.code, month, measure)) for part in indicators.parts[code]]
            if None in pieces:
                continue
            total = round_half_up(sum(piece for piece in pieces if piece), 9)
            if total != round_half_up(whole, 9):
                name = indicators.by_code[code].name
                yield figure_problem("parts_disagree", form, (code, month, measure), indicator=name, total=total)


def of_which_exceeds(checked: Checked) -> Iterator[Problem]:
    """A figure «of which» is greater than what it is a part of (entered or added up from its parts)."""
    indicators = checked.plan.indicators
    for form in checked.units:
        for (code, month, measure), figure in form.stated.items():
            child = indicators.by_code[code]
            if child.relation != "of_which" or child.parent is None:
                continue
            parent = indicators.by_code[child.parent]
            whole = _whole(checked.plan, form, parent.code, month, measure)
            if whole is None or child.entering != parent.entering:
                continue
            if round_half_up(figure - whole, 9) > 0:
                names = {"indicator": child.name, "parent": parent.name}
                yield figure_problem("of_which_exceeds", form, (code, month, measure), **names, whole=whole)


def causes_missing(checked: Checked) -> Iterator[Problem]:
    """The reported month's status needs a cause and none is given."""
    limits = checked.thresholds
    for form in checked.units:
        for indicator in expected(checked.plan, form.unit, checked.month):
            figure: FigureOf = indicator.code, checked.month, "actual"
            planned, actual = form.stated.get((indicator.code, checked.month, "planned")), form.stated.get(figure)
            if planned is None or actual is None or (indicator.code, checked.month) in form.explained:
                continue
            tolerances = limits.percent_of(indicator), limits.absolute_of(indicator)
            if status(planned, actual, *tolerances, limits, indicator.direction) == "norm":
                continue
            yield figure_problem("cause_missing", form, figure, indicator=indicator.name, planned=planned)


def actual_without_planned(checked: Checked) -> Iterator[Problem]:
    """An actual figure stands without a planned one."""
    for form in checked.units:
        for figure in form.stated:
            code, month, measure = figure
            if measure == "actual" and month <= checked.month and (code, month, "planned") not in form.stated:
                name = checked.plan.indicators.by_code[code].name
                yield figure_problem("planned_missing", form, figure, indicator=name)


def months_ahead(checked: Checked) -> Iterator[Problem]:
    """Actual figures stand in a month after the reported one."""
    for form in checked.units:
        for month, figures in sorted(form.actual_months().items()):
            if month > checked.month:
                place = form.addresses[figures[0]]
                yield month_problem("month_ahead", form.unit.code, month, place, len(figures))


CHECKS: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
    months_incomplete,
    parts_disagree,
    of_which_exceeds,
    causes_missing,
    actual_without_planned,
    months_ahead,
    plan_off_target,
    cumulative_falls,
    cumulative_in_monthly,
    monthly_in_cumulative,
    jumps,
    activities_exceed,
    *ACTIVITY_CHECKS,
)


def _whole(plan: Plan, form: UnitFigures, code: str, month: int, measure: Measure) -> float | None:
    """The indicator's figure: as entered, or the sum of those of its parts that the unit has a target for; None
    where one of them is blank."""
    stated = form.stated.get((code, month, measure))
    if stated is not None:
        return stated
    targets = plan.revisions(form.unit.code)
    parts = plan.indicators.parts.get(code, ())
    own = [part for part in parts if part.code in targets or plan.indicators.made_of(part.code, targets)]
    pieces = [_whole(plan, form, part.code, month, measure) for part in own]
    if not pieces or None in pieces:
        return None
    return sum(piece for piece in pieces if piece is not None)


def _month_place(form: UnitFigures, month: int) -> Address:
    """The sheet of the unit's month where a figure shows it, else the file."""
    stated = next((figure for figure in form.stated if figure[1] == month), None)
    return Address(form.forms[0].file) if stated is None else form.addresses[stated]._replace(cell="")
