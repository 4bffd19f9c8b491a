"""What every command begins with: the settings, the plan and the forms, in the light of the ledger."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from pipeline.domain.addresses import Address
from pipeline.domain.periods import Period
from pipeline.domain.plan import Plan
from pipeline.history.recall import Recalled, recall
from pipeline.history.snapshot import Basis
from pipeline.intake.checked import Rules
from pipeline.intake.collect import Intake, Kept, Track, collect, load_plan
from pipeline.intake.distributed import ClusterError
from pipeline.intake.find import Found, find_plan, years
from pipeline.intake.kept_plan import PlanReading, plan_identity, read_plan_kept
from pipeline.intake.reading import Input
from pipeline.intake.workers import Limits
from pipeline.plan.audit import audit
from pipeline.plan.read import read_plan
from pipeline.problems import Problem, problem
from pipeline.run.begin import begin
from pipeline.run.node import of_node
from pipeline.run.outcome import Exit, Outcome, has_errors
from pipeline.run.tell import intake_lines, remembered_lines, shown_path
from pipeline.settings import Settings
from pipeline.words import Words


@dataclass(frozen=True)
class Options:
    """What the command line asks for. None: as config.toml says; of period and year, the latest. `unit`: of which
    node, empty for the whole. `fresh`: nothing that was read before counts as read. `workers`:
    the address of a Dask scheduler, empty for none."""

    config: Path
    period: Period | None = None
    year: int | None = None
    output: Path | None = None
    dry_run: bool = False
    strict: bool = False
    unit: str = ""
    fresh: bool = False
    workers: str | None = None


@dataclass(frozen=True)
class Read:
    """What was read for a command: everything that is wrong, the plan's problems too, is in `problems`."""

    settings: Settings
    words: Words
    plan: Plan
    intake: Intake
    problems: tuple[Problem, ...]
    inputs: tuple[Input, ...]


def read_inputs(options: Options, track: Track, latest_filled: bool = True) -> Read | Outcome:
    """The settings, the plan and the forms of the year asked for; otherwise of the latest, or of the latest in
    which any unit has filled a month. An outcome where something stands in the way."""
    begun = begin(options.config)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    asked = options.period.first.year if options.period else options.year
    latest: Read | None = None
    for year in (asked,) if asked else years(settings.input):
        read = _read_year(settings, words, year, options, track)
        if isinstance(read, Outcome) or read.intake.month or not latest_filled:
            return read
        latest = latest or read
    nothing = problem("cli.input_missing", Address(shown_path(settings.input)))
    return latest or Outcome(Exit.NOTHING_TO_READ, words, (nothing,))


def _read_year(settings: Settings, words: Words, year: int, options: Options, track: Track) -> Read | Outcome:
    found, problems = find_plan(settings.input, year)
    if found is None:
        return Outcome(Exit.NOTHING_TO_READ, words, problems)
    limits = Limits(settings.limits.seconds_per_file, settings.limits.megabytes)
    starts = settings.year.starts
    read = partial(read_plan_file, found, year, starts, limits)
    plan, sha256, problems = read_plan_kept(found, starts, settings.store, read, options.fresh)
    if plan is None:
        return Outcome(Exit.FAILED, words, problems)
    month = options.period.last.number if options.period else None
    workers = settings.reading.workers if options.workers is None else options.workers
    kept = Kept(settings.store, plan_identity(found, sha256, starts), options.fresh)
    rules = Rules(plan, settings.thresholds, settings.checks)
    try:
        intake = collect(settings.input, rules, month, track, limits, kept, workers)
    except ClusterError as error:
        return Outcome(Exit.FAILED, words, (*problems, error.problem))
    inputs = (Input(found.file, "plan", "", sha256), *intake.inputs)
    return Read(settings, words, plan, intake, problems + intake.problems, inputs)


def read_plan_file(found: Found, year: int, starts: int, limits: Limits) -> PlanReading:
    """The plan in the file of the year's folder and all that is wrong in it."""
    book, sha256, wrong = load_plan(found, limits)
    plan, problems = read_plan(book, starts, year) if book else (None, ())
    del book  # a country's plan takes a gigabyte in its sheets, and a tenth of it read
    return PlanReading(plan, sha256, (*wrong, *problems, *(audit(plan) if plan else ())))


def checked(read: Read, recalled: Recalled | None = None) -> Outcome:
    """What has come of reading and checking."""
    if read.intake.month is None:
        nothing = read.words("cli.nothing_filled", year=read.plan.calendar)
        return Outcome(Exit.NOTHING_TO_READ, read.words, read.problems, (nothing,))
    exit = Exit.MADE_WITH_ERRORS if has_errors(read.problems) else Exit.MADE
    lines = intake_lines(read.intake, read.problems, read.words)
    if recalled is not None:
        lines += remembered_lines(recalled, read.words)
    return Outcome(exit, read.words, read.problems, lines)


def live_basis(read: Read) -> Basis:
    """What was read, as a report is made from it."""
    return Basis(read.settings, read.plan, read.intake.submissions, read.problems, read.inputs)


def in_memory(read: Read, ledger: Connection, month: int, unit: str = "") -> tuple[Read, Recalled]:
    """What was read in the light of the ledger, for a report whose last month is `month`; of one node and what is
    below it where `unit` names it. Raises UnknownUnitError."""
    recalled = of_node(recall(ledger, live_basis(read), month), unit)
    basis = recalled.basis
    intake = replace(read.intake, plan=basis.plan, submissions=basis.submissions, month=month)
    return Read(basis.settings, read.words, basis.plan, intake, basis.problems, basis.inputs), recalled


def latest_period(read: Read) -> Period | None:
    """The latest month that any unit has filled."""
    if read.intake.month is None:
        return None
    month = read.plan.calendar.month(read.intake.month)
    return Period(month, month)
