"""Several files of one unit: what is said once, or alike, counts; what is said in two ways is nobody's to choose.

- Files that state the same are one (the first by path is counted).
- A month without actual figures says nothing: it counts as the other file states it.
- A month that two files state differently counts in neither.
- An activity that two files mark differently counts in neither. One beyond the plan is known by its title: what one
  file has of a title besides all that the other has is one more activity; where each has what the other hasn't, that
  counts in neither.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import Address
from pipeline.domain.periods import MONTHS
from pipeline.domain.submissions import Entry, Submission, by_unit
from pipeline.intake.figures import month_problem
from pipeline.problems import Problem, problem
from pipeline.sheets.headings import plain


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
    extras = _extras_owner(forms, problems)
    return [
        replace(
            form,
            entries=tuple(entry for entry in form.entries if owner[entry.month] == index),
            explanations=tuple(said for said in form.explanations if owner[said.month] == index),
            marks=tuple(mark for mark in form.marks if marked.get((mark.activity, mark.occurrence)) == index),
            extras=tuple(extra for extra in form.extras if extras.get(_extra(extra)) == index),
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
    return plain(extra.title), extra.indicator, extra.day, extra.result


def _extras_owner(forms: list[Submission], problems: list[Problem]) -> dict[object, int]:
    """What an activity beyond the plan is → the index of the form in which it counts; left out where forms differ."""
    owner: dict[object, int] = {}
    for title in dict.fromkeys(plain(extra.title) for form in forms for extra in form.extras):
        said = {index: _titled(form, title) for index, form in enumerate(forms)}
        said = {index: found for index, found in said.items() if found}
        whole = next((index for index, found in said.items() if all(other <= found for other in said.values())), None)
        if whole is None:
            differing = _differing(list(said.values()))
            problems += _extra_conflict(forms, said, differing)
            owner |= {key: next(iter(said)) for found in said.values() for key in found if key not in differing}
        else:
            owner |= dict.fromkeys(said[whole], whole)
    return owner


def _titled(form: Submission, title: str) -> Counter[object]:
    """How often the form has each activity beyond the plan of that title."""
    return Counter(_extra(extra) for extra in form.extras if plain(extra.title) == title)


def _differing(said: list[Counter[object]]) -> set[object]:
    return {key for found in said for key in found if any(other[key] != found[key] for other in said)}


def _extra_conflict(forms: list[Submission], said: Iterable[int], differing: set[object]) -> Iterator[Problem]:
    """Two forms know different things of an activity: where each first differs."""
    places = (next((one for one in forms[index].extras if _extra(one) in differing), None) for index in said)
    first, second, *_ = filter(None, places)
    found = " · ".join(part for part in second.address if part)
    yield problem("intake.extra_twice", first.address, found, first.unit, title=first.title)
