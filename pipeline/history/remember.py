"""A run put down in the ledger: what it read before the report is made, and the report after it is written."""

import hashlib
import sqlite3
from datetime import datetime
from pathlib import Path

from pipeline.domain.addresses import Address
from pipeline.history.handing_in import months_complete, record_handing_in
from pipeline.history.ledger import LedgerError
from pipeline.history.recall import Recalled
from pipeline.history.record import PlanFile, Run, add_report, record_plan, record_statements
from pipeline.history.snapshot import Basis
from pipeline.intake.reading import content_of
from pipeline.problems import problem


def record_run(ledger: sqlite3.Connection, live: Basis, now: datetime) -> Run:
    """Puts down what was read: nothing where nothing is new. Raises LedgerError where the plan has changed since."""
    run, year = Run(ledger, now), live.plan.year
    record_plan(run, year, read_plan_file(live))
    record_statements(run, year, live.submissions)
    record_handing_in(
        run, year, months_complete(live.plan, live.submissions), live.settings.due_days(live.plan.calendar)
    )
    return run


def plan_sha256(basis: Basis) -> str:
    """The hash of the workbook that the plan was read from."""
    return next(one.sha256 for one in basis.inputs if one.kind == "plan")


def read_plan_file(live: Basis) -> PlanFile:
    """The plan's workbook, as it was when the plan was read from it."""
    file = next(one for one in live.inputs if one.kind == "plan")
    content = content_of(file, live.settings.input)
    if content is None:
        raise LedgerError(problem("history.plan_just_changed", Address(file.file)))
    return PlanFile(file.file, file.sha256, content)


def record_report(run: Run, recalled: Recalled, period: str, path: Path, output: Path) -> None:
    """Puts down the report that was written at `path`, below the folder of all reports; nothing where it is the one
    that was there."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    place = path.relative_to(output).as_posix()
    add_report(run, period, place, sha256, plan_sha256(recalled.basis), recalled.event)
