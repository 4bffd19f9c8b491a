"""All that a report is made from, as a value, and frozen as bytes when its month is closed."""

import json
import zlib
from dataclasses import asdict, dataclass, field, replace

from msgspec import convert, to_builtins

from pipeline.domain.memory import Memory
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entries, Submission
from pipeline.history.record import PlanFile
from pipeline.intake.kept import frozen_problem, thawed_problem
from pipeline.intake.reading import Input
from pipeline.plan.read import read_plan
from pipeline.problems import Problem
from pipeline.settings import Settings
from pipeline.sheets.book import open_book

HERE = ("paths", "reading", "folder")
"""The settings that belong to a machine: its folders, and who reads."""


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
    """The basis without its plan (which the ledger keeps as the workbook it was), its folders and who read it."""
    said = [replace(form, entries=tuple(form.entries)) for form in basis.submissions]
    parts = {
        "settings": {name: part for name, part in asdict(basis.settings).items() if name not in HERE},
        "submissions": to_builtins(said),
        "problems": [frozen_problem(one) for one in basis.problems],
        "inputs": basis.inputs,
        "memory": to_builtins(basis.memory),
    }
    return zlib.compress(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode())


def thaw(snapshot: bytes, plan: PlanFile, now: Settings) -> Basis:
    """The basis that was frozen; `now` says where the folders are today."""
    parts = json.loads(zlib.decompress(snapshot))
    said = convert(parts["submissions"], tuple[Submission, ...])
    then = replace(convert(parts["settings"], Settings), paths=now.paths, reading=now.reading, folder=now.folder)
    return Basis(
        then,
        plan_of(plan, then.year.starts),
        tuple(replace(form, entries=Entries.of(form.entries)) for form in said),
        tuple(thawed_problem(one) for one in parts["problems"]),
        tuple(Input(*one) for one in parts["inputs"]),
        convert(parts["memory"], Memory),
    )


def plan_of(file: PlanFile, starts: int = 1) -> Plan:
    """The plan of the year from month `starts` on that the workbook states: it could be read when it was kept."""
    plan, _ = read_plan(open_book(file.content, file.file), starts)
    if plan is None:
        raise ValueError(f"the plan {file.sha256} can no longer be read")
    return plan
