"""The story of an intake: files → books → submissions, each unit's once, and everything wrong on the way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entries, Submission
from pipeline.forms.read import read_form
from pipeline.intake.bounds import PLAN
from pipeline.intake.checked import Rules
from pipeline.intake.checks import check, forms_missing
from pipeline.intake.distributed import map_distributed
from pipeline.intake.find import Found, find_forms, hash_of
from pipeline.intake.kept import FrozenReading, freeze
from pipeline.intake.load import Loaded, is_verifiable, load
from pipeline.intake.reading import Input, Reading
from pipeline.intake.store import read_kept
from pipeline.intake.twice import settle
from pipeline.intake.workers import Limits, Lost, map_apart
from pipeline.problems import Problem, problem

Track = Callable[[Sequence[Found]], Iterable[Found]]
"""Goes through the files and may show how far it is."""

LIMITS = Limits(seconds=20, megabytes=512)

FEW = 24
"""Up to so many files are read faster here than by processes that have to be started for it."""


class Kept(NamedTuple):
    """Where readings are kept, None for nowhere; the hash of the plan for which they are; `fresh`: whether all is to
    be read anew."""

    place: Path | None
    plan: str = ""
    fresh: bool = False


@dataclass(frozen=True)
class Intake:
    """All that a year's forms state. `month` is the one that is reported, None where no form has a figure yet;
    `inputs` are the forms' files."""

    plan: Plan
    month: int | None
    submissions: tuple[Submission, ...]
    problems: tuple[Problem, ...]
    inputs: tuple[Input, ...]


def collect(
    folder: Path,
    rules: Rules,
    month: int | None = None,
    track: Track = iter,
    limits: Limits = LIMITS,
    kept: Kept | None = None,
    workers: str = "",
) -> Intake:
    """The year's forms from the input folder, read and checked for the month (by default the latest filled). Raises
    ClusterError."""
    plan = rules.plan
    files, found = find_forms(folder, plan.year)
    read_all = partial(read_frozen, rules=rules, limits=limits, workers=workers)
    place = kept or Kept(None)
    going = read_kept(files, rules, place.plan, place.place, read_all, place.fresh)
    readings = [reading for _, reading in zip(track(files), going, strict=True)]
    read = [reading.submission for reading in readings if reading.submission]
    submissions, doubled = settle(read)
    latest = max((reading.month for reading in readings), default=0) or None
    reported = None if latest is None else month or latest
    problems = tuple(problem for reading in readings for problem in reading.problems)
    said = found + problems + doubled
    checked = _not_spoilt(_checked(rules, submissions, readings, reported), said) if reported else ()
    inputs = tuple(reading.input for reading in readings)
    return Intake(plan, reported, submissions, said + checked, inputs)


def _checked(
    rules: Rules, submissions: tuple[Submission, ...], readings: Sequence[Reading], month: int
) -> tuple[Problem, ...]:
    """What the checks say for the month. Of a unit's only form it is known from its reading, if that was for the same
    month."""
    forms = Counter(one.submission.identity.unit for one in readings if one.submission)
    known = {one.input.file: one.checked for one in readings if one.month == month and forms[one.input.unit] == 1}
    others = tuple(form for form in submissions if form.file not in known)
    missing = tuple(forms_missing(rules.plan, submissions, month))
    return missing + tuple(found for each in known.values() for found in each) + check(rules.checked(others, month))


def _not_spoilt(checked: tuple[Problem, ...], said: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Without «nothing is filled in» where an error says already why nothing counts: zeros would not mend it."""
    spoilt = {(one.unit, one.month) for one in said if one.severity == "error"}
    return tuple(one for one in checked if one.code != "intake.month_missing" or (one.unit, one.month) not in spoilt)


def read_frozen(
    files: Sequence[Found], rules: Rules, limits: Limits, workers: str = ""
) -> Iterator[FrozenReading | Reading]:
    """What each file gave, in order, as it is kept and sent from process to process; a mere reading of one whose
    reading was broken off. Read by the Dask cluster whose scheduler's address is `workers`, where one is given, else
    by this machine. Raises ClusterError."""
    read = partial(_read_frozen, rules=rules)
    readings = map_distributed(read, files, workers, limits) if workers else _map_here(read, files, limits)
    for file, reading in zip(files, readings, strict=True):
        if isinstance(reading, Lost):
            yield Reading(Input(file.file, "other", "", hash_of(file)), None, _lost(file, reading, limits))
        else:
            yield reading


def _read_frozen(found: Found, rules: Rules) -> FrozenReading:
    return freeze(_self_checked(read_file(found, rules.plan), rules))


def _self_checked(reading: Reading, rules: Rules) -> Reading:
    """With what the checks say of the form by itself."""
    month = latest_month(reading.submission) if reading.submission else 0
    if reading.submission is None or not month:
        return reading
    return reading._replace(month=month, checked=check(rules.checked((reading.submission,), month)))


def _map_here(
    read: Callable[[Found], FrozenReading], files: Sequence[Found], limits: Limits
) -> Iterator[FrozenReading | Lost]:
    """What could harm its reader is read in a process of its own, and so is everything where there is much to read."""
    few = len(files) <= FEW
    apart = [not (few and is_verifiable(file)) for file in files]
    strangers = [file for file, is_apart in zip(files, apart, strict=True) if is_apart]
    elsewhere = map_apart(read, strangers, limits)
    for file, is_apart in zip(files, apart, strict=True):
        yield next(elsewhere) if is_apart else read(file)


def load_plan(found: Found, limits: Limits) -> Loaded:
    """The plan's workbook, opened as carefully as a form."""
    if is_verifiable(found):
        return load(found, PLAN)
    loaded = next(map_apart(partial(load, bounds=PLAN), [found], limits))
    return Loaded(None, hash_of(found), _lost(found, loaded, limits)) if isinstance(loaded, Lost) else loaded


def _lost(found: Found, why: Lost, limits: Limits) -> tuple[Problem, ...]:
    if why is Lost.SLOW:
        return (problem("intake.file_too_slow", Address(found.file), found=f"{limits.seconds:g}"),)
    return (problem("intake.file_killed", Address(found.file)),)


def read_file(found: Found, plan: Plan) -> Reading:
    """One file by itself: what it states, or why it states nothing. Needs nothing but its arguments."""
    book, sha256, wrong = load(found)
    submission, problems = read_form(book, plan, sha256) if book else (None, ())
    if submission is None:
        return Reading(Input(found.file, "other", "", sha256), None, wrong + problems)
    return Reading(Input(found.file, "form", submission.identity.unit, sha256), submission, wrong + problems)


def latest_month(form: Submission) -> int:
    """The latest month in which the form states an actual figure; 0 where there is none."""
    places = Entries.of(form.entries).places
    return max((place.month for place in places if place.measure == "actual"), default=0)
