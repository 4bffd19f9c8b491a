"""The story of the report: all files are made before any is put in its place, and its end is a value: the command
line only prints it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from pipeline.history.ledger import LedgerError, last_event, open_ledger
from pipeline.history.remember import record_report, record_run
from pipeline.intake.collect import Track
from pipeline.run.drawing import DATA, PARQUET, Draw, draw_here
from pipeline.run.inputs import Options, Read, checked, in_memory, latest_period, live_basis, read_inputs
from pipeline.run.node import UnknownUnitError
from pipeline.run.outcome import Exit, Holds, Outcome, has_errors
from pipeline.run.report_files import (
    REPORT,
    made_beside,
    not_written,
    report_files,
    report_folder,
    told_where,
    write_report,
)
from pipeline.workbooks.files import sweep


def check(options: Options, track: Track) -> Outcome:
    """Reads and checks; writes nothing but what it has read into the store."""
    read = read_inputs(options, track)
    if isinstance(read, Outcome):
        return read
    period = options.period or latest_period(read)
    if period is None or read.intake.month is None:
        return checked(read)
    try:
        with open_ledger(read.settings.ledger) as ledger:
            return checked(*in_memory(read, ledger, period.last.number))
    except LedgerError as error:
        return Outcome(Exit.FAILED, read.words, (*read.problems, error.problem))


def make_report(
    options: Options, track: Track, now: Callable[[], datetime] = datetime.now, draw: Draw = draw_here
) -> Outcome:
    """Reads, checks and writes the report with its pictures and its data, and puts down in the ledger that it did."""
    live = read_inputs(options, track)
    if isinstance(live, Outcome):
        return live
    period = options.period or latest_period(live)
    if period is None or live.intake.month is None:
        return checked(live)
    output = options.output or live.settings.output
    try:
        if options.strict or options.dry_run or options.unit:  # what may end without a report writes nothing before
            with open_ledger(live.settings.ledger) as ledger:
                read, recalled = in_memory(live, ledger, period.last.number, options.unit)
            done = checked(read, recalled)
            if options.strict and has_errors(read.problems):
                return replace(done, lines=(*done.lines, read.words("cli.report.strict")))
            if options.dry_run:
                return told_where(done, "cli.report.dry_run", report_folder(output, period, read.plan.units) / REPORT)
        with open_ledger(live.settings.ledger, writing=True) as ledger:
            run = record_run(ledger, live_basis(live), now())
            read, recalled = in_memory(live, ledger, period.last.number, options.unit)
            folder = report_folder(output, period, read.plan.units)
            done = checked(read, recalled)
            try:
                files = report_files(read, period, folder, recalled.basis.memory, draw)
            except OSError as error:
                sweep([folder / DATA, folder / PARQUET])
                return not_written(done, folder, error)
            sweep(files, made_beside(files))  # no other run is writing them
            done = write_report(files, folder, done)
            if done.report is not None:
                record_report(run, recalled, str(period), done.report, output)
            return replace(done, holds=Holds(last_event(ledger), _next_due(live, run.now.date())))
    except UnknownUnitError as error:
        return Outcome(Exit.USAGE, live.words, (error.problem,))
    except LedgerError as error:
        return Outcome(Exit.FAILED, live.words, (*live.problems, error.problem))


def _next_due(read: Read, today: date) -> date | None:
    """The next day by which a month is handed in: after it, who has not done so is put down as late."""
    return min((day for day in read.settings.due_days(read.plan.calendar).values() if day >= today), default=None)
