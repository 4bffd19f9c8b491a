"""The command line: parse, call, print, exit code. Imports click and nothing heavier until a command runs."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from pipeline import __version__
from pipeline.console import adapt_streams, speak
from pipeline.domain.periods import Month, Period, parse_month, parse_period
from pipeline.outcome import Exit, Outcome
from pipeline.words import Words

if TYPE_CHECKING:
    from pipeline.intake.find import Found

Command = TypeVar("Command", bound=Callable[..., Any])

WORDS = Words("ru")
"""Help and mistakes in the options are told before config.toml, which names the language, is read."""
LONG_WORK = 20
"""From this many files on, a terminal shows how far the reading is."""


class MonthParameter(click.ParamType[Month]):
    """«2013-09»."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return parse_month(value)
        except ValueError:
            self.fail(WORDS("cli.month_wrong", found=value), param, ctx)


class PeriodParameter(click.ParamType[Period]):
    """«2013-Q3», «2013-H1», «2013-9M», «2013»."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return parse_period(value)
        except ValueError:
            self.fail(WORDS("cli.period_wrong", found=value), param, ctx)


def _metavar(key: str) -> str:
    return WORDS(f"cli.metavar.{key}")


def _option(name: str, **how: Any) -> Callable[[Command], Command]:
    """An option with its help from the catalogue."""
    return click.option(f"--{name}", help=WORDS(f"cli.option.{name.replace('-', '_')}"), **how)


_month = _option("month", type=MonthParameter(), metavar=_metavar("month"))
_period = _option("period", type=PeriodParameter(), metavar=_metavar("period"))
_config = _option("config", type=click.Path(path_type=Path), default=Path("config.toml"), metavar=_metavar("file"))
_quiet = _option("quiet", is_flag=True)
_YEAR = click.IntRange(1990, 2100)


@click.group(
    invoke_without_command=True,
    help=WORDS("cli.help.report"),
    epilog=WORDS("cli.help.exit_codes"),
    options_metavar=_metavar("options"),
    subcommand_metavar=_metavar("command"),
    context_settings={"max_content_width": 100},
)
@_month
@_period
@_config
@_option("output", type=click.Path(path_type=Path, file_okay=False), metavar=_metavar("folder"))
@_option("dry-run", is_flag=True)
@_option("strict", is_flag=True)
@_quiet
@click.version_option(__version__, message=f"run-report {__version__}", help=WORDS("cli.option.version"))
@click.pass_context
def report(
    ctx: click.Context,
    month: Month | None,
    period: Period | None,
    config: Path,
    output: Path | None,
    dry_run: bool,
    strict: bool,
    quiet: bool,
) -> None:
    if ctx.invoked_subcommand is not None:
        _refuse_misplaced(ctx, ctx.invoked_subcommand)
        return
    from pipeline.run import Options, make_report

    options = Options(config, period=_reported(month, period), output=output, dry_run=dry_run, strict=strict)
    _finish(make_report(options, _tracker(quiet)), quiet)


@report.command("check", help=WORDS("cli.help.check"), options_metavar=_metavar("options"))
@_month
@_period
@_config
@_quiet
def check_command(month: Month | None, period: Period | None, config: Path, quiet: bool) -> None:
    from pipeline.run import Options, check

    _finish(check(Options(config, period=_reported(month, period)), _tracker(quiet)), quiet)


@report.command("forms", help=WORDS("cli.help.forms"), options_metavar=_metavar("options"))
@_option("year", type=_YEAR, metavar=_metavar("year"))
@_config
@_quiet
def forms_command(year: int | None, config: Path, quiet: bool) -> None:
    from pipeline.run import Options, make_forms

    _finish(make_forms(Options(config, year=year), _tracker(quiet)), quiet)


@report.command("plan", help=WORDS("cli.help.plan"), options_metavar=_metavar("options"))
@_option("year", type=_YEAR, metavar=_metavar("year"), required=True)
@_config
@_quiet
def plan_command(year: int, config: Path, quiet: bool) -> None:
    from pipeline.run import Options, make_plan

    _finish(make_plan(Options(config, year=year)), quiet)


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


def _tracker(quiet: bool) -> "Callable[[Sequence[Found]], Iterable[Found]]":
    def track(files: "Sequence[Found]") -> "Iterator[Found]":
        if quiet or len(files) < LONG_WORK or not sys.stderr.isatty():
            yield from files
            return
        with click.progressbar(files, label=WORDS("cli.reading"), file=sys.stderr) as bar:
            yield from bar

    return track


def _finish(outcome: Outcome, quiet: bool) -> NoReturn:
    """Tells on stderr what the command has come to and ends with its exit code."""
    from pipeline.tell import problem_lines

    lines = problem_lines(outcome, only_errors=quiet)
    for line in lines if quiet else (*lines, *outcome.lines):
        click.echo(line, err=True)
    sys.exit(outcome.exit)


def main() -> None:
    """The command `run-report`."""
    adapt_streams()
    speak(WORDS.language)
    try:
        report(prog_name="run-report")
    except Exception:
        traceback.print_exc()
        click.echo(WORDS("cli.crashed"), err=True)
        sys.exit(Exit.FAILED)
