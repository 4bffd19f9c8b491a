"""The command line: parse, call, print, exit code. Imports click and nothing heavier until a command runs."""

import gc
import os
import sys
import traceback
from datetime import date, datetime
from gettext import gettext
from pathlib import Path

import click
from click.core import ParameterSource

from pipeline import __version__
from pipeline.cli.commands import Commands, command, examples
from pipeline.cli.history import COMMANDS
from pipeline.cli.init import init_command
from pipeline.cli.options import (
    WORDS,
    YEAR,
    config_option,
    end,
    finish,
    fresh_option,
    metavar,
    month_option,
    option,
    period_option,
    quiet_option,
    told_of,
    tracker,
    workers_option,
)
from pipeline.console import adapt_streams, speak
from pipeline.domain.periods import Month, Period
from pipeline.language import config_of
from pipeline.run.outcome import Exit


@click.group(
    cls=Commands,
    invoke_without_command=True,
    help=WORDS("cli.help.report"),
    epilog="\n\n".join((examples("report"), WORDS("cli.help.exit_codes"), WORDS("cli.help.completion"))),
    options_metavar=metavar("options"),
    subcommand_metavar=metavar("command"),
    context_settings={"max_content_width": 100},
)
@month_option
@period_option
@config_option
@option("unit", default="", metavar=metavar("unit"))
@option("output", type=click.Path(path_type=Path, file_okay=False), metavar=metavar("folder"))
@option("dry-run", is_flag=True)
@option("strict", is_flag=True)
@fresh_option
@workers_option
@quiet_option
@click.version_option(__version__, message=f"run-report {__version__}", help=WORDS("cli.option.version"))
@click.pass_context
def report(
    ctx: click.Context,
    month: Month | None,
    period: Period | None,
    config: Path,
    unit: str,
    output: Path | None,
    dry_run: bool,
    strict: bool,
    fresh: bool,
    workers: str | None,
    quiet: bool,
) -> None:
    if ctx.invoked_subcommand is not None:
        _refuse_misplaced(ctx, ctx.invoked_subcommand)
        return
    from pipeline.run.unchanged import keep, look, told_before

    period = _reported(month, period)
    seen = None if dry_run or strict else look(config, period, unit, output)
    before = told_before(seen, date.today()) if seen and not fresh else None
    if before is not None:
        end(before.quiet if quiet else (*before.lines, WORDS("cli.unchanged")), before.exit)
    from pipeline.run.drawing import begin_beside, draw_here

    draw = draw_here if dry_run else begin_beside()
    from pipeline.run.inputs import Options
    from pipeline.run.report import make_report

    options = Options(config, period, None, output, dry_run, strict, unit, fresh, workers)
    outcome = make_report(options, tracker(quiet), draw=draw)
    if seen and outcome.holds and outcome.exit != Exit.SAVED_UNDER_ANOTHER_NAME:
        keep(seen, told_of(outcome), outcome.files, outcome.holds)
    finish(outcome, quiet)


@command("check")
@month_option
@period_option
@config_option
@fresh_option
@workers_option
@quiet_option
def check_command(
    month: Month | None, period: Period | None, config: Path, fresh: bool, workers: str | None, quiet: bool
) -> None:
    from pipeline.run.inputs import Options
    from pipeline.run.report import check

    options = Options(config, period=_reported(month, period), fresh=fresh, workers=workers)
    finish(check(options, tracker(quiet)), quiet)


@command("forms")
@option("year", type=YEAR, metavar=metavar("year"))
@option("reissue", "history", multiple=True, metavar=WORDS("history.metavar.unit"))
@config_option
@quiet_option
def forms_command(year: int | None, reissue: tuple[str, ...], config: Path, quiet: bool) -> None:
    if reissue:
        from pipeline.run.renewal import reissue as reissue_forms

        finish(reissue_forms(config, reissue, year, tracker(quiet)), quiet)
    from pipeline.run.blanks import make_forms
    from pipeline.run.inputs import Options

    finish(make_forms(Options(config, year=year), tracker(quiet)), quiet)


@command("plan")
@option("year", type=YEAR, metavar=metavar("year"), required=True)
@config_option
@quiet_option
def plan_command(year: int, config: Path, quiet: bool) -> None:
    from pipeline.run.blanks import make_plan

    finish(make_plan(config, year), quiet)


@command("example")
@click.argument("name", type=click.Choice(["region"]), metavar=metavar("example"))
@click.argument("folder", type=click.Path(path_type=Path), default=Path(), metavar=metavar("in_folder"))
@quiet_option
def example_command(name: str, folder: Path, quiet: bool) -> None:
    from pipeline.run.example import put_example

    finish(put_example(name, folder), quiet)


for each in (init_command, check_command, forms_command, plan_command, example_command, *COMMANDS):
    report.add_command(each)


def _reported(month: Month | None, period: Period | None) -> Period | None:
    """The period asked for; a month is one of them."""
    if month and period:
        raise click.UsageError(WORDS("cli.month_and_period"))
    return Period(month, month) if month else period


def _refuse_misplaced(ctx: click.Context, command: str) -> None:
    """Options before a command would be ignored in silence («run-report --dry-run forms»)."""
    for name in ctx.params:
        if ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(WORDS("cli.option_misplaced", option=option, command=command), ctx)


def main() -> None:
    """The command `run-report`."""
    gc.disable()  # what is made is held to the end: looking for rubbish would take a fifth of the time
    # nothing here needs numpy's linear algebra, whose threads spin for a tenth of a second in every process
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    adapt_streams()
    speak(WORDS.language)
    try:
        report(prog_name="run-report")
    except Exception as error:
        if _is_interrupt(error):
            click.echo(f"\n{gettext('Aborted!')}", err=True)  # as click tells of the others
        else:
            _tell_failure(error)
        sys.exit(Exit.FAILED)
    finally:
        gc.freeze()  # all of it goes with the process: Python would look through it once more before


def _is_interrupt(error: BaseException) -> bool:
    """Whether Ctrl+C is what it came of: an import of a library that is interrupted fails in ways of its own."""
    why = error.__cause__ or error.__context__
    return isinstance(error, KeyboardInterrupt) or (why is not None and _is_interrupt(why))


def _tell_failure(error: Exception) -> None:
    """One calm line; the traceback is in the log, or on the console where the log can't be written."""
    from pipeline.cli.log import log_failure

    arguments, told = sys.argv[1:], "".join(traceback.format_exception(error))
    log = log_failure(config_of(arguments).parent, arguments, told, datetime.now())
    name = type(error).__name__
    if log is None:
        click.echo(told, err=True)
        click.echo(WORDS("cli.crashed_unlogged", error=name), err=True)
    else:
        click.echo(WORDS("cli.crashed", error=name, log=log), err=True)
