"""What was read, cut down to one node of the tree of units: its report is made like that of the whole."""

from collections.abc import Callable, Container
from dataclasses import replace
from functools import cache

from pipeline.domain.codes import folded
from pipeline.domain.submissions import Submission
from pipeline.domain.units import Units
from pipeline.forms.layout import form_file_name
from pipeline.history.recall import Recalled
from pipeline.history.snapshot import Basis
from pipeline.problems import Problem, problem
from pipeline.sheets.headings import nearest, plain


class UnknownUnitError(LookupError):
    """The plan knows no such unit."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


def of_node(recalled: Recalled, unit: str) -> Recalled:
    """What the report of the node `unit` is made from, of all that the whole one's is; all of it where none is named.
    Raises UnknownUnitError."""
    if not unit:
        return recalled
    basis = basis_below(recalled.basis, find_unit(recalled.basis.plan.units, unit))
    inside = basis.plan.units.by_code
    return replace(recalled, basis=basis, pending=tuple(one for one in recalled.pending if one.key.unit in inside))


def find_unit(units: Units, text: str) -> str:
    """The code of the node that is meant, by its code or by a title that is its alone. Raises UnknownUnitError."""
    everyone = units.by_code.values()
    by_code = [unit.code for unit in everyone if folded(unit.code) == folded(text)]
    named = by_code or [unit.code for unit in everyone if plain(unit.title) == plain(text)]
    if len(named) != 1:
        near = nearest(text, [name for unit in everyone for name in (unit.code, unit.title) if name], cutoff=0.0)
        raise UnknownUnitError(problem("cli.unit_unknown", found=text, nearest=near))
    return named[0]


def basis_below(basis: Basis, code: str) -> Basis:
    """The plan, the forms and the problems of the node and all below it.

    Of the other forms only what they say of activities that one of these units shares counts: a shared activity is
    done when anyone responsible says so. A file of which nobody knows whose it is may be one of theirs. Of the plan's
    own problems those that are no unit's are the node's only where they spoil figures. Last year's course stays that
    of the whole institution, or the node's forecast would be another than in the whole report.
    """
    if code == basis.plan.units.root.code:
        return basis
    from pipeline.analysis.consolidate import course_of

    inside = basis.plan.units.below(code).by_code.keys()
    stated = {entry.indicator for form in basis.submissions if form.identity.unit in inside for entry in form.entries}
    plan = replace(basis.plan.below(code, stated), course=course_of(basis.plan))
    shared = {activity.code for activity in plan.activities}
    forms = tuple(form if form.identity.unit in inside else _marks_of(form, shared) for form in basis.submissions)
    kept = tuple(form for form in forms if form.identity.unit in inside or form.marks)
    owners, plans = _owners(basis), {one.file for one in basis.inputs if one.kind == "plan"}
    known = plans | {form.file for form in kept}

    def may_be_ours(file: str) -> bool:
        return owners(file) in {*inside, ""}

    def concerns_us(one: Problem) -> bool:
        if one.unit:
            return one.unit in inside
        return one.severity == "error" if one.address.file in plans else may_be_ours(one.address.file)

    return replace(
        basis,
        plan=plan,
        submissions=kept,
        problems=tuple(one for one in basis.problems if concerns_us(one)),
        inputs=tuple(one for one in basis.inputs if one.file in known or may_be_ours(one.file)),
        memory=replace(
            basis.memory,
            corrections=tuple(one for one in basis.memory.corrections if one.key.unit in inside),
            late=frozenset((unit, month) for unit, month in basis.memory.late if unit in inside),
        ),
    )


def _marks_of(form: Submission, activities: Container[str]) -> Submission:
    """Of the form only its marks of these activities."""
    marks = tuple(mark for mark in form.marks if mark.activity in activities)
    return replace(form, entries=(), explanations=(), marks=marks, extras=())


def _owners(basis: Basis) -> Callable[[str], str]:
    """File → the unit that it is of: as it says itself, otherwise as its name begins; empty where neither tells."""
    said = {one.file: one.unit for one in basis.inputs if one.unit}
    names = {form_file_name(unit).removesuffix(".xlsx").casefold(): unit.code for unit in basis.plan.units.members}

    @cache
    def owner(file: str) -> str:
        name = file.rpartition("/")[2].casefold()
        return said.get(file) or next((code for start, code in names.items() if name.startswith(start)), "")

    return owner
