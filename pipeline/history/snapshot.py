"""All that a report is made from, as a value, and frozen as bytes when its month is closed."""

import json
import zlib
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pipeline.domain.addresses import Address
from pipeline.domain.memory import Memory
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.history.record import PlanFile
from pipeline.intake.collect import Input
from pipeline.plan.read import read_plan
from pipeline.problems import Key, MonthName, Problem
from pipeline.settings import Settings
from pipeline.sheets.book import open_book


@dataclass(frozen=True)
class Basis:
    """What a report shows beside its words and its period."""

    settings: Settings
    plan: Plan
    submissions: tuple[Submission, ...]
    problems: tuple[Problem, ...]
    inputs: tuple[Input, ...]
    memory: Memory = field(default_factory=Memory)


def freeze(basis: Basis) -> bytes:
    """The basis without its plan (which the ledger keeps as the workbook it was) and its folders."""
    parts = {
        "settings": basis.settings.model_dump(mode="json", exclude={"paths", "folder"}),
        "submissions": _submissions().dump_python(basis.submissions, mode="json"),
        "problems": [_frozen_problem(one) for one in basis.problems],
        "inputs": basis.inputs,
        "memory": _memory().dump_python(basis.memory, mode="json"),
    }
    return zlib.compress(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode())


def thaw(snapshot: bytes, plan: PlanFile, now: Settings) -> Basis:
    """The basis that was frozen; `now` says where the folders are today."""
    parts = json.loads(zlib.decompress(snapshot))
    then = Settings(**parts["settings"], paths=now.paths, folder=now.folder)
    return Basis(
        then,
        plan_of(plan, then.year.starts),
        _submissions().validate_python(parts["submissions"], strict=False),
        tuple(_thawed_problem(one) for one in parts["problems"]),
        tuple(Input(*one) for one in parts["inputs"]),
        _memory().validate_python(parts["memory"], strict=False),
    )


def plan_of(file: PlanFile, starts: int = 1) -> Plan:
    """The plan of the year from month `starts` on that the workbook states: it could be read when it was kept."""
    plan, _ = read_plan(open_book(file.content, file.file), starts)
    if plan is None:
        raise ValueError(f"the plan {file.sha256} can no longer be read")
    return plan


@cache
def _submissions() -> TypeAdapter[tuple[Submission, ...]]:
    return TypeAdapter(tuple[Submission, ...])


@cache
def _memory() -> TypeAdapter[Memory]:
    return TypeAdapter(Memory)


def _frozen_problem(one: Problem) -> dict[str, Any]:
    return asdict(one) | {"values": [(name, _frozen(value)) for name, value in one.values]}


def _thawed_problem(parts: dict[str, Any]) -> Problem:
    values = tuple((name, _thawed(value)) for name, value in parts["values"])
    return Problem(**parts | {"values": values, "address": Address(*parts["address"])})


def _frozen(value: object) -> object:
    """A placeholder's value for JSON: a key of the catalogues stays told apart from a text, a month from a number."""
    if isinstance(value, Key):
        return {"key": str(value)}
    if isinstance(value, MonthName):
        return {"month": int(value)}
    if isinstance(value, tuple):
        return [_frozen(item) for item in value]
    return value if isinstance(value, int | float) else str(value)


def _thawed(value: object) -> object:
    if isinstance(value, dict):
        return Key(value["key"]) if "key" in value else MonthName(value["month"])
    return tuple(map(_thawed, value)) if isinstance(value, list) else value
