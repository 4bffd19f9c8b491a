"""Several files of one unit: what is said once, or alike, counts; what is said in two ways is nobody's to choose.

- Files that state the same are one (the first by path is counted).
- A month without actual figures says nothing: it counts as the other file states it.
- A month that two files state differently counts in neither.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import Address
from pipeline.domain.periods import MONTHS
from pipeline.domain.submissions import Entry, Submission, by_unit
from pipeline.intake.figures import month_problem
from pipeline.problems import Problem, problem


def settle(submissions: Iterable[Submission]) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """The submissions as they are counted, each figure of a unit in one of them only, and what was found."""
    counted: list[Submission] = []
    problems: list[Problem] = []
    for forms in by_unit(submissions).values():
        if len(forms) == 1:
            counted += forms
            continue
        different = _without_copies(forms, problems)
        counted += different if len(different) == 1 else _joined(different, problems)
    return tuple(counted), tuple(problems)


def _without_copies(forms: list[Submission], problems: list[Problem]) -> list[Submission]:
    different: dict[object, Submission] = {}
    for form in forms:
        first = different.setdefault(_content(form), form)
        if first is not form:
            problems.append(problem("intake.form_copy", Address(form.file), found=first.file, unit=form.identity.unit))
    return list(different.values())


def _content(form: Submission) -> object:
    """What the form states, wherever in the file it stands."""
    return tuple(_month(form, month) for month in MONTHS), _marks(form), _extras(form)


def _joined(forms: list[Submission], problems: list[Problem]) -> list[Submission]:
    """The forms, each with what counts in it."""
    unit = forms[0].identity.unit
    others = ", ".join(form.file for form in forms[1:])
    problems.append(problem("intake.form_twice", Address(forms[0].file), found=others, unit=unit))
    owner = {month: _owner(forms, month, problems) for month in MONTHS}
    marked = _marks_owner(forms, problems)
    extras: dict[object, int] = {}
    for index, form in enumerate(forms):
        for extra in form.extras:
            extras.setdefault(_extra(extra), index)
    return [
        replace(
            form,
            entries=tuple(entry for entry in form.entries if owner[entry.month] == index),
            explanations=tuple(said for said in form.explanations if owner[said.month] == index),
            marks=tuple(mark for mark in form.marks if marked.get((mark.activity, mark.occurrence)) == index),
            extras=tuple(extra for extra in form.extras if extras[_extra(extra)] == index),
        )
        for index, form in enumerate(forms)
    ]


class _Month(NamedTuple):
    """A form's figures and words of one month without their places."""

    figures: frozenset[tuple[object, ...]]
    words: frozenset[tuple[object, ...]]


def _month(form: Submission, month: int) -> _Month:
    return _Month(
        frozenset((entry.indicator, entry.measure, entry.value) for entry in form.entries if entry.month == month),
        frozenset((said.indicator, said.cause, said.text) for said in form.explanations if said.month == month),
    )


def _owner(forms: list[Submission], month: int, problems: list[Problem]) -> int | None:
    """The index of the form whose month counts; None where they differ."""
    speaking = [index for index, form in enumerate(forms) if _actual(form, month)] or list(range(len(forms)))
    first = speaking[0]
    stated = _month(forms[first], month)
    for index in speaking[1:]:
        if _month(forms[index], month) != stated:
            problems.append(_conflict(forms[first], forms[index], month))
            return None
    return first


def _conflict(one: Submission, other: Submission, month: int) -> Problem:
    """Two forms state the month differently: at the first figure that differs, or at the month's first one."""
    stated = {(entry.indicator, entry.measure): entry for entry in other.entries if entry.month == month}
    mine = [entry for entry in one.entries if entry.month == month]
    differing = [entry for entry in mine if _value(stated.get((entry.indicator, entry.measure))) != entry.value]
    places = [Address(one.file, entry.sheet, entry.cell) for entry in differing or mine]
    where = places[0] if places else Address(one.file)
    return month_problem("month_twice", one.identity.unit, month, where, found=other.file)


def _value(entry: Entry | None) -> float | None:
    return None if entry is None else entry.value


def _actual(form: Submission, month: int) -> bool:
    return any(entry.month == month and entry.measure == "actual" for entry in form.entries)


def _marks_owner(forms: list[Submission], problems: list[Problem]) -> dict[tuple[str, int], int]:
    """(activity, occurrence) → the index of the form whose mark counts; left out where marks differ."""
    marks: dict[tuple[str, int], dict[int, Mark]] = {}
    for index, form in enumerate(forms):
        for mark in form.marks:
            marks.setdefault((mark.activity, mark.occurrence), {})[index] = mark
    owner: dict[tuple[str, int], int] = {}
    for key, by_form in marks.items():
        first, *rest = by_form.values()
        differing = [mark for mark in rest if _mark(mark) != _mark(first)]
        if differing:
            found = differing[0].address.file
            problems.append(problem("intake.mark_twice", first.address, found=found, unit=first.unit, activity=key[0]))
        else:
            owner[key] = next(iter(by_form))
    return owner


def _marks(form: Submission) -> frozenset[tuple[object, ...]]:
    return frozenset((mark.activity, mark.occurrence, *_mark(mark)) for mark in form.marks)


def _mark(mark: Mark) -> tuple[object, ...]:
    return mark.state, mark.day, mark.result


def _extras(form: Submission) -> frozenset[tuple[object, ...]]:
    return frozenset(_extra(extra) for extra in form.extras)


def _extra(extra: ExtraActivity) -> tuple[object, ...]:
    return extra.title, extra.indicator, extra.day, extra.result
