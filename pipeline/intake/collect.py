"""The story of an intake: files → books → submissions, each unit's once, and everything wrong on the way."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Submission
from pipeline.forms.read import read_form
from pipeline.intake.checked import LIMITS as CHECKS
from pipeline.intake.checked import Checked
from pipeline.intake.checks import check
from pipeline.intake.distributed import map_distributed
from pipeline.intake.find import Found, find_forms
from pipeline.intake.kept import FrozenReading, freeze, thaw
from pipeline.intake.load import Loaded, is_verifiable, load
from pipeline.intake.reading import Input, Reading
from pipeline.intake.store import read_kept
from pipeline.intake.twice import settle
from pipeline.intake.workers import Limits, Lost, map_apart
from pipeline.problems import Problem, problem
from pipeline.settings import Checks

Track = Callable[[Sequence[Found]], Iterable[Found]]
"""Goes through the files and may show how far it is."""

LIMITS = Limits(seconds=20, megabytes=512)

FEW = 24
"""Up to so many files are read faster here than by processes that have to be started for it."""


PLAN_UNPACKED = 256 * 2**20
"""Bytes of a plan's parts that are read: it has the targets of all units, some 16 KB of them each."""


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
    plan: Plan,
    month: int | None,
    thresholds: Thresholds,
    track: Track = iter,
    limits: Limits = LIMITS,
    checks: Checks = CHECKS,
    kept: Kept | None = None,
    workers: str = "",
) -> Intake:
    """The year's forms from the input folder, read and checked for the month (by default the latest filled). Raises
    ClusterError."""
    files, found = find_forms(folder, plan.year)
    read_all = partial(read_frozen, plan=plan, limits=limits, workers=workers)
    place = kept or Kept(None)
    going = read_kept(files, plan.year, place.plan, place.place, read_all, place.fresh)
    readings = [reading for _, reading in zip(track(files), going, strict=True)]
    read = [reading.submission for reading in readings if reading.submission]
    submissions, doubled = settle(read)
    latest = latest_month(read)
    reported = None if latest is None else month or latest
    checked = check(Checked(plan, submissions, reported, thresholds, checks)) if reported else ()
    problems = tuple(problem for reading in readings for problem in reading.problems)
    inputs = tuple(reading.input for reading in readings)
    return Intake(plan, reported, submissions, found + problems + doubled + checked, inputs)


def read_files(files: Sequence[Found], plan: Plan, limits: Limits, workers: str = "") -> Iterator[Reading]:
    """What each file gave, in order. Raises ClusterError."""
    for one in read_frozen(files, plan, limits, workers):
        yield one if isinstance(one, Reading) else thaw(one)


def read_frozen(
    files: Sequence[Found], plan: Plan, limits: Limits, workers: str = ""
) -> Iterator[FrozenReading | Reading]:
    """What each file gave, in order, as it is kept and sent from process to process; a mere reading of one whose
    reading was broken off. Read by the Dask cluster whose scheduler's address is `workers`, where one is given, else
    by this machine. Raises ClusterError."""
    read = partial(_read_frozen, plan=plan)
    readings = map_distributed(read, files, workers, limits) if workers else _map_here(read, files, limits)
    for file, reading in zip(files, readings, strict=True):
        if isinstance(reading, Lost):
            yield Reading(Input(file.file, "other", "", _hash(file)), None, _lost(file, reading, limits))
        else:
            yield reading


def _read_frozen(found: Found, plan: Plan) -> FrozenReading:
    return freeze(read_file(found, plan))


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
        return load(found, PLAN_UNPACKED)
    loaded = next(map_apart(partial(load, most=PLAN_UNPACKED), [found], limits))
    return Loaded(None, _hash(found), _lost(found, loaded, limits)) if isinstance(loaded, Lost) else loaded


def _lost(found: Found, why: Lost, limits: Limits) -> tuple[Problem, ...]:
    if why is Lost.SLOW:
        return (problem("intake.file_too_slow", Address(found.file), found=f"{limits.seconds:g}"),)
    return (problem("intake.file_killed", Address(found.file)),)


def _hash(found: Found) -> str:
    with found.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_file(found: Found, plan: Plan) -> Reading:
    """One file by itself: what it states, or why it states nothing. Needs nothing but its arguments."""
    book, sha256, wrong = load(found)
    submission, problems = read_form(book, plan, sha256) if book else (None, ())
    if submission is None:
        return Reading(Input(found.file, "other", "", sha256), None, wrong + problems)
    return Reading(Input(found.file, "form", submission.identity.unit, sha256), submission, wrong + problems)


def latest_month(submissions: Iterable[Submission]) -> int | None:
    """The latest month in which any unit states an actual figure."""
    months = (entry.month for form in submissions for entry in form.entries if entry.measure == "actual")
    return max(months, default=None)
