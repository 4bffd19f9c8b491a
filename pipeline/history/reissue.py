"""A fresh form with all that was entered in an old one, or the reasons why not all of it can be carried over. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.submissions import Entry, Submission
from pipeline.forms.rows import form_identity
from pipeline.problems import Problem

LOSING = {
    *("forms.month_not_asked", "forms.outside", "forms.sum_typed", "forms.sum_replaced"),
    *("forms.state_missing", "forms.extra_untitled", "forms.day_unreadable"),
}
"""Warnings of something entered that the reader passes over."""


def unread(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Of what the reader of a form found: what was entered and could not be read."""
    return tuple(one for one in problems if one.severity == "error" or one.code in LOSING)


def joined(forms: Sequence[Submission]) -> Submission:
    """One submission of all that a unit's files state, each figure of which stands in one of them only."""
    return replace(
        forms[0],
        entries=tuple(entry for form in forms for entry in form.entries),
        explanations=tuple(said for form in forms for said in form.explanations),
        marks=tuple(mark for form in forms for mark in form.marks),
        extras=tuple(extra for form in forms for extra in form.extras),
    )


def entered(form: Submission, plan: Plan, kept: Iterable[Plan]) -> Submission:
    """What people have entered: all of the form save planned figures that are still as the plan of then pre-filled
    them, in months without an actual one, where that plan is known and is no longer the current one. `kept`: plans
    that once stood."""
    unit, mark = form.identity.unit, form.identity.plan_hash
    if mark == form_identity(plan, unit).plan_hash:
        return form
    candidates = (*kept, *(plan.as_of(month) for month in MONTHS))
    then = next(
        (one for one in candidates if unit in one.units.by_code and form_identity(one, unit).plan_hash == mark), None
    )
    if then is None:
        return form
    reported = {(entry.indicator, entry.month) for entry in form.entries if entry.measure == "actual"}
    phased = {one.code: planned_months(then, unit, one) for one in then.entered_by(unit)}

    def untouched(entry: Entry) -> bool:
        months = phased.get(entry.indicator)
        return (
            entry.measure == "planned"
            and (entry.indicator, entry.month) not in reported
            and months is not None
            and months[entry.month - 1] == entry.value
        )

    return replace(form, entries=tuple(entry for entry in form.entries if not untouched(entry)))


def lost(carried: Submission, fresh: Submission) -> tuple[str, ...]:
    """What stands in `carried` and not, or otherwise, in the fresh form as it is read back; what stands there beyond
    it, save planned figures. Named by codes."""
    found: list[str] = []
    there = {(entry.indicator, entry.month, entry.measure): entry.value for entry in fresh.entries}
    wanted = {(entry.indicator, entry.month, entry.measure): entry.value for entry in carried.entries}
    for key in wanted.keys() | there.keys():
        if wanted.get(key) != there.get(key) and (key in wanted or key[2] == "actual"):
            found.append(f"{key[0]} ({key[1]:02d})")
    causes, said = (
        {(one.indicator, one.month): (one.cause, one.text) for one in form.explanations} for form in (carried, fresh)
    )
    found += [f"{key[0]} ({key[1]:02d})" for key in causes.keys() | said.keys() if causes.get(key) != said.get(key)]
    marks, marked = (
        {(one.activity, one.occurrence): (one.state, one.day, one.result) for one in form.marks}
        for form in (carried, fresh)
    )
    found += [f"{key[0]} ({key[1]})" for key in marks.keys() | marked.keys() if marks.get(key) != marked.get(key)]
    extras, beyond = (
        sorted((one.title, one.indicator, str(one.day), one.result) for one in form.extras) for form in (carried, fresh)
    )
    found += [f"«{one[0]}»" for one in extras if one not in beyond]
    return tuple(sorted(set(found)))
