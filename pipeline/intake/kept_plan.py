"""The year's plan with all that is said of it, as bytes that give it back: kept beside the readings of forms, so that a
plan that has not changed is neither opened nor audited again."""

import zlib
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from msgspec import MsgspecError, msgpack

from pipeline.domain.activities import Activity
from pipeline.domain.addresses import Address
from pipeline.domain.indicators import Indicators, Section
from pipeline.domain.plan import Plan, Statement
from pipeline.domain.targets import Targets
from pipeline.domain.units import Unit, Units
from pipeline.intake.find import Found, hash_of
from pipeline.intake.kept import QUICK, frozen_problem, thawed_problem
from pipeline.intake.store import contents, keep, plan_key
from pipeline.problems import Problem


class PlanReading(NamedTuple):
    """What the plan's file gave: the plan, None where it can't be read; the hash of the file; and what is wrong."""

    plan: Plan | None
    sha256: str
    problems: tuple[Problem, ...]


class _Targets(NamedTuple):
    """Targets, as they are kept: each array of theirs by the code of its type and what it holds."""

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    columns: tuple[Address, ...]
    reasons: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, bytes], ...]


class _Plan(NamedTuple):
    """A whole plan, as it is kept: last year's figures after their unit and indicator."""

    year: int
    title: str
    units: Units
    sections: tuple[Section, ...]
    indicators: Indicators
    targets: _Targets
    activities: tuple[Activity, ...]
    last_year: tuple[tuple[str, str, tuple[float | None, ...]], ...]
    statements: tuple[Statement, ...]
    note: str
    starts: int


class _Frozen(NamedTuple):
    plan: _Plan
    sha256: str
    problems: tuple[dict[str, Any], ...]


def read_plan_kept(
    found: Found, starts: int, place: Path, read: Callable[[], PlanReading], fresh: bool = False
) -> PlanReading:
    """The plan in the file as it is kept, or else as `read` reads it, to be kept. `place` is the store's file; `fresh`
    leaves aside what is kept."""
    if not fresh and place.exists():
        for _, content in contents(place, (plan_key(plan_identity(found, hash_of(found), starts)),)):
            with suppress(ValueError):
                return thaw_plan(content)
    reading = read()
    if reading.plan is not None:
        key = plan_key(plan_identity(found, reading.sha256, starts))
        keep(place, reading.plan.year, {key: freeze_plan(reading.plan, reading.sha256, reading.problems)})
    return reading


def plan_identity(found: Found, sha256: str, starts: int) -> str:
    """What makes it another plan: the file's place and hash, the month with which the year begins."""
    return f"{found.file} {sha256} {starts}"


def freeze_plan(plan: Plan, sha256: str, problems: tuple[Problem, ...]) -> bytes:
    """The plan, and what was found with it, as bytes."""
    parts = {name: getattr(plan, name) for name in _Plan._fields} | {
        "targets": _frozen_targets(plan.targets),
        "last_year": tuple((*of, figures) for of, figures in (plan.last_year or {}).items()),
    }
    frozen = _Frozen(_Plan(**parts), sha256, tuple(map(frozen_problem, problems)))
    return zlib.compress(msgpack.encode(frozen), QUICK)


def thaw_plan(content: bytes) -> PlanReading:
    """What was frozen. Raises ValueError where the bytes are no plan."""
    try:
        plan, sha256, problems = msgpack.decode(zlib.decompress(content), type=_Frozen)
        past = {(intern(unit), intern(indicator)): figures for unit, indicator, figures in plan.last_year}
        parts = plan._asdict() | {
            "units": replace(plan.units, members=tuple(map(_once, plan.units.members))),
            "targets": _thawed_targets(plan.targets),
            "last_year": past or None,
        }
        return PlanReading(Plan(**parts), sha256, tuple(map(thawed_problem, problems)))
    except (zlib.error, MsgspecError, TypeError, LookupError) as error:
        raise ValueError(str(error)) from error


def _frozen_targets(said: Targets) -> _Targets:
    arrays = (said.indicator, said.unit, said.column, said.row, said.reason, said.since, said.value)
    numbers = tuple((one.typecode, one.tobytes()) for one in arrays)
    return _Targets(said.indicators, said.units, said.columns, said.reasons, numbers)


def _thawed_targets(kept: _Targets) -> Targets:
    numbers: Iterable[Any] = (array(code, held) for code, held in kept.numbers)
    return Targets(kept.indicators, kept.units, kept.columns, kept.reasons, *numbers)


def _once(unit: Unit) -> Unit:
    """The unit; what it has in common with others is there once."""
    file, sheet, cell = unit.address
    return replace(
        unit,
        parent=unit.parent and intern(unit.parent),
        kind=intern(unit.kind),
        group=intern(unit.group),
        address=Address(intern(file), intern(sheet), cell),
    )
