"""The story of each command: what is read, what is made of it, where it goes. All content is made before any of
it is written, and a story's end is a value: the command line only prints it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from pipeline.domain.addresses import Address
from pipeline.domain.memory import Memory
from pipeline.domain.periods import Month, Period
from pipeline.domain.plan import Plan
from pipeline.forms.layout import form_file_name
from pipeline.forms.write import form_workbook, missing_forms
from pipeline.history.ledger import LedgerError, open_ledger
from pipeline.history.recall import Recalled, recall
from pipeline.history.remember import record_report, record_run
from pipeline.history.snapshot import Basis
from pipeline.intake.collect import Input, Intake, Track, collect, load_plan
from pipeline.intake.find import PLAN, WORKBOOKS, find_plan, years
from pipeline.intake.workers import Limits
from pipeline.outcome import Exit, Outcome, has_errors
from pipeline.plan.audit import audit
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.problems import Problem, problem
from pipeline.settings import Settings, read_settings
from pipeline.tell import forms_lines, intake_lines, remembered_lines, shown_path
from pipeline.words import Words
from pipeline.workbooks.files import stay_within, sweep, write_whole

if TYPE_CHECKING:
    from pipeline.analysis.tables import ReportTables

REPORT, MEMO = "report.xlsx", "memo.docx"
COPIES = 9
"""How many further names are tried for a file that is locked: «report (2).xlsx» …"""


@dataclass(frozen=True)
class Options:
    """What the command line asks for. None: as config.toml says; of period and year, the latest."""

    config: Path
    period: Period | None = None
    year: int | None = None
    output: Path | None = None
    dry_run: bool = False
    strict: bool = False


@dataclass(frozen=True)
class Read:
    """What was read for a command: everything that is wrong, the plan's problems too, is in `problems`."""

    settings: Settings
    words: Words
    plan: Plan
    intake: Intake
    problems: tuple[Problem, ...]
    inputs: tuple[Input, ...]


def check(options: Options, track: Track) -> Outcome:
    """Reads and checks; writes nothing."""
    read = read_inputs(options, track)
    if isinstance(read, Outcome):
        return read
    period = options.period or _latest(read)
    if period is None or read.intake.month is None:
        return checked(read)
    try:
        with open_ledger(read.settings.ledger) as ledger:
            return checked(*_in_memory(read, ledger, period.last.number))
    except LedgerError as error:
        return Outcome(Exit.FAILED, read.words, (*read.problems, error.problem))


def make_report(options: Options, track: Track, now: Callable[[], datetime] = datetime.now) -> Outcome:
    """Reads, checks and writes the report with its pictures and its data, and puts down in the ledger that it did."""
    live = read_inputs(options, track)
    if isinstance(live, Outcome):
        return live
    period = options.period or _latest(live)
    if period is None or live.intake.month is None:
        return checked(live)
    folder = (options.output or live.settings.output) / str(period)
    try:
        with open_ledger(live.settings.ledger) as ledger:
            read, recalled = _in_memory(live, ledger, period.last.number)
        done = checked(read, recalled)
        if options.strict and has_errors(read.problems):
            return replace(done, lines=(*done.lines, read.words("cli.report.strict")))
        if options.dry_run:
            return _told(done, "cli.report.dry_run", folder / REPORT)
        with open_ledger(live.settings.ledger, writing=True) as ledger:
            run = record_run(ledger, live_basis(live), now())
            read, recalled = _in_memory(live, ledger, period.last.number)
            files = _report_files(read, period, folder, recalled.basis.memory)
            sweep(files)  # the ledger is ours: no other run is writing them
            done = _write_report(files, folder, checked(read, recalled))
            if done.report is not None:
                record_report(run, recalled, str(period), done.report, folder)
            return done
    except LedgerError as error:
        return Outcome(Exit.FAILED, live.words, (*live.problems, error.problem))


def live_basis(read: Read) -> Basis:
    """What was read, as a report is made from it."""
    return Basis(read.settings, read.plan, read.intake.submissions, read.problems, read.inputs)


def _in_memory(read: Read, ledger: Connection, month: int) -> tuple[Read, Recalled]:
    """What was read in the light of the ledger, for a report whose last month is `month`."""
    recalled = recall(ledger, live_basis(read), month)
    basis = recalled.basis
    intake = replace(read.intake, plan=basis.plan, submissions=basis.submissions, month=month)
    return Read(basis.settings, read.words, basis.plan, intake, basis.problems, basis.inputs), recalled


def _latest(read: Read) -> Period | None:
    """The latest month that any unit has filled."""
    if read.intake.month is None:
        return None
    month = Month(read.plan.year, read.intake.month)
    return Period(month, month)


def make_forms(options: Options, track: Track) -> Outcome:
    """Writes the forms that units lack; never over a file that is there."""
    read = read_inputs(options, track, latest_filled=False)
    if isinstance(read, Outcome):
        return read
    settings, plan = read.settings, read.plan
    there = {form.identity.unit for form in read.intake.submissions}
    units = [plan.units.by_code[code] for code in missing_forms(plan, there)]
    folder = settings.input / str(plan.year)
    forms = {folder / form_file_name(unit): form_workbook(plan, unit.code, settings, read.words) for unit in units}
    taken = [path for path in forms if path.exists()]
    written = _write_new({path: content for path, content in forms.items() if path not in taken})
    if isinstance(written, Problem):
        return Outcome(Exit.FAILED, read.words, (written,))
    problems = _in_the_way_of_forms(read) + tuple(
        problem("cli.form_in_the_way", Address(shown_path(path))) for path in taken
    )
    exit = Exit.MADE_WITH_ERRORS if problems else Exit.MADE
    return Outcome(exit, read.words, problems, forms_lines(written, len(there), folder, read.words))


def make_plan(options: Options) -> Outcome:
    """Writes the year's empty, documented plan; never over one that is there."""
    settings, problems = read_settings(options.config)
    words = Words(settings.language if settings else "ru")
    if settings is None or options.year is None:
        return Outcome(Exit.FAILED, words, problems)
    folder = settings.input / str(options.year)
    for there in (folder / f"{PLAN}{extension}" for extension in WORKBOOKS):
        if there.exists():
            return Outcome(Exit.FAILED, words, (problem("cli.plan_there", Address(shown_path(there))),))
    path = folder / f"{PLAN}{WORKBOOKS[0]}"
    written = _write_new({path: plan_workbook(None, words, options.year)})
    if isinstance(written, Problem):
        return Outcome(Exit.FAILED, words, (written,))
    return Outcome(Exit.MADE, words, (), (words("cli.plan.made", path=shown_path(path)),))


def _in_the_way_of_forms(read: Read) -> tuple[Problem, ...]:
    """Errors of the plan, from which forms are made, and of files that may be somebody's form."""
    doubtful = {source.file for source in read.inputs if source.kind != "form"}
    return tuple(one for one in read.problems if one.severity == "error" and one.address.file in doubtful)


def read_inputs(options: Options, track: Track, latest_filled: bool = True) -> Read | Outcome:
    """The settings, the plan and the forms of the year asked for; otherwise of the latest, or of the latest in
    which any unit has filled a month. An outcome where something stands in the way."""
    settings, problems = read_settings(options.config)
    words = Words(settings.language if settings else "ru")
    if settings is None:
        return Outcome(Exit.FAILED, words, problems)
    asked = options.period.first.year if options.period else options.year
    latest: Read | None = None
    for year in (asked,) if asked else years(settings.input):
        read = _read_year(settings, words, year, options.period, track)
        if isinstance(read, Outcome) or read.intake.month or not latest_filled:
            return read
        latest = latest or read
    nothing = problem("cli.input_missing", Address(shown_path(settings.input)))
    return latest or Outcome(Exit.NOTHING_TO_READ, words, (nothing,))


def _read_year(settings: Settings, words: Words, year: int, period: Period | None, track: Track) -> Read | Outcome:
    found, problems = find_plan(settings.input, year)
    if found is None:
        return Outcome(Exit.NOTHING_TO_READ, words, problems)
    limits = Limits(settings.limits.seconds_per_file, settings.limits.megabytes)
    loaded = load_plan(found, limits)
    plan, problems = read_plan(loaded.book) if loaded.book else (None, ())
    problems = loaded.problems + problems
    if plan is None:
        return Outcome(Exit.FAILED, words, problems)
    problems += audit(plan)
    month = period.last.number if period else None
    intake = collect(settings.input, plan, month, settings.thresholds, track, limits, settings.checks)
    inputs = (Input(found.file, "plan", "", loaded.sha256), *intake.inputs)
    return Read(settings, words, plan, intake, problems + intake.problems, inputs)


def checked(read: Read, recalled: Recalled | None = None) -> Outcome:
    if read.intake.month is None:
        nothing = read.words("cli.nothing_filled", year=read.plan.year)
        return Outcome(Exit.NOTHING_TO_READ, read.words, read.problems, (nothing,))
    exit = Exit.MADE_WITH_ERRORS if has_errors(read.problems) else Exit.MADE
    lines = intake_lines(read.intake, read.problems, read.words)
    if recalled is not None:
        lines += remembered_lines(recalled, read.words)
    return Outcome(exit, read.words, read.problems, lines)


def _told(outcome: Outcome, key: str, path: Path) -> Outcome:
    return replace(outcome, lines=(*outcome.lines, outcome.words(key, path=shown_path(path))))


def _report_files(read: Read, period: Period, folder: Path, memory: Memory) -> dict[Path, bytes]:
    """All files of the report; the report itself comes last, so that it is the last to be replaced."""
    import pandas as pd

    from pipeline.analysis.report_tables import report_tables
    from pipeline.report.activity_calendar import calendars
    from pipeline.report.data_file import data_file
    from pipeline.report.figures import figures
    from pipeline.report.workbook import report_workbook

    words, settings = read.words, read.settings
    inputs = pd.DataFrame(read.inputs, columns=list(Input._fields))
    tables = report_tables(read.plan, read.intake.submissions, read.problems, inputs, period, settings, words, memory)
    tables = replace(tables, input_link=_link(settings.input, folder))
    pictures = figures(tables, words)
    return {
        **{folder / "charts" / name: picture for name, picture in pictures.items()},
        **{folder / name: calendar for name, calendar in calendars(tables, words).items()},
        **_memo(tables, settings, words, folder),
        folder / "data.csv": data_file(tables, words),
        folder / REPORT: report_workbook(tables, words, pictures),
    }


def _memo(tables: "ReportTables", settings: Settings, words: Words, folder: Path) -> dict[Path, bytes]:
    """The memo to management, where python-docx, which is optional, is installed."""
    if find_spec("docx") is None:
        return {}
    from pipeline.memo.document import memo_document

    return {folder / MEMO: memo_document(tables, settings.institution.addressee, words)}


def _link(target: Path, folder: Path) -> str:
    """The way from the report's folder to the input folder, with a slash at its end; absolute across drives."""
    try:
        return Path(os.path.relpath(target.resolve(), folder.resolve())).as_posix() + "/"
    except ValueError:
        return target.resolve().as_posix() + "/"


def _write_report(files: Mapping[Path, bytes], folder: Path, done: Outcome) -> Outcome:
    try:
        for path in files:
            stay_within(folder.parent, path)
        written = {path: _write_beside(path, content) for path, content in files.items()}
    except OSError as error:
        return replace(done, exit=Exit.FAILED, problems=(_unwritable(error, folder),), lines=())
    report = written[folder / REPORT]
    locked = tuple(
        problem("cli.file_locked", Address(shown_path(path)), found=real.name)
        for path, real in written.items()
        if path != real
    )
    exit = Exit.SAVED_UNDER_ANOTHER_NAME if locked else done.exit
    return _told(replace(done, exit=exit, problems=done.problems + locked, report=report), "cli.report.made", report)


def _write_beside(path: Path, content: bytes) -> Path:
    """Writes the file; if it is open elsewhere, under the next name that is free to be written."""
    *names, last = (path, *(path.with_stem(f"{path.stem} ({number})") for number in range(2, COPIES + 1)))
    for name in names:
        try:
            write_whole(name, content)
            return name
        except PermissionError:
            if not name.exists():
                raise  # it's the folder that can't be written
    write_whole(last, content)
    return last


def _write_new(files: Mapping[Path, bytes]) -> tuple[Path, ...] | Problem:
    try:
        for path, content in files.items():
            write_whole(path, content)
    except OSError as error:
        return _unwritable(error, path)
    return tuple(files)


def _unwritable(error: OSError, path: Path) -> Problem:
    return problem("cli.unwritable", Address(shown_path(path)), found=error.strerror or error)
