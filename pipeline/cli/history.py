"""The commands about what is remembered. Imports click and nothing heavier until a command runs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.cli.commands import command
from pipeline.cli.options import (
    WORDS,
    YEAR,
    Command,
    MonthParameter,
    PeriodParameter,
    ReasonParameter,
    config_option,
    finish,
    metavar,
    option,
    quiet_option,
    tracker,
)
from pipeline.domain.periods import Month, Period

if TYPE_CHECKING:
    from pipeline.history.answers import Format
    from pipeline.run.memory import Told


def _history_option(name: str, **how: Any) -> Callable[[Command], Command]:
    return option(name, "history", metavar=WORDS(f"history.metavar.{how.pop('shows', name)}"), **how)


def _command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    return command(name, "history")


_month_argument = click.argument("month", type=MonthParameter(), metavar=metavar("month"))
_reason = _history_option("reason", type=ReasonParameter(), required=True)
_format = _history_option("format", type=click.Choice(["table", "csv", "json"]), default="table")


@_command("close")
@_month_argument
@_history_option("anyway", type=ReasonParameter(), shows="reason")
@config_option
@quiet_option
def close_command(month: Month, anyway: str | None, config: Path, quiet: bool) -> None:
    from pipeline.run.memory import close

    finish(close(config, month, anyway or "", tracker(quiet)), quiet)


@_command("reopen")
@_month_argument
@_reason
@config_option
@quiet_option
def reopen_command(month: Month, reason: str, config: Path, quiet: bool) -> None:
    from pipeline.run.memory import reopen

    finish(reopen(config, month, reason), quiet)


@_command("accept")
@option("month", "history", type=MonthParameter(), metavar=metavar("month"))
@_history_option("unit")
@_history_option("indicator")
@option("all", "history", is_flag=True)
@_reason
@config_option
@quiet_option
def accept_command(
    month: Month | None, unit: str | None, indicator: str | None, all: bool, reason: str, config: Path, quiet: bool
) -> None:
    if all == any((month, unit, indicator)):
        raise click.UsageError(WORDS("history.accept_what"))
    from pipeline.run.memory import Chosen, accept_corrections

    finish(accept_corrections(config, Chosen(month, unit, indicator), reason, tracker(quiet)), quiet)


@_command("status")
@option("month", type=MonthParameter(), metavar=metavar("month"))
@_format
@config_option
@quiet_option
def status_command(month: Month | None, format: "Format", config: Path, quiet: bool) -> None:
    from pipeline.run.memory import status

    _answer(status(config, month, tracker(quiet)), format, quiet)


@_command("history")
@click.argument("indicator", metavar=WORDS("history.metavar.indicator"))
@_history_option("unit", default="")
@option("year", type=YEAR, metavar=metavar("year"))
@_format
@config_option
@quiet_option
def history_command(indicator: str, unit: str, year: int | None, format: "Format", config: Path, quiet: bool) -> None:
    from pipeline.run.memory import history

    _answer(history(config, indicator, unit, year), format, quiet)


@_command("compare")
@click.argument("first", type=PeriodParameter(), metavar=WORDS("history.metavar.period"))
@click.argument("second", type=PeriodParameter(), metavar=WORDS("history.metavar.period"))
@_format
@config_option
@quiet_option
def compare_command(first: Period, second: Period, format: "Format", config: Path, quiet: bool) -> None:
    if first.first.year != second.first.year:
        raise click.UsageError(WORDS("history.compare_years"))
    from pipeline.run.memory import compare

    _answer(compare(config, first, second), format, quiet)


@_command("year")
@click.argument("year", type=YEAR, metavar=metavar("year"))
@config_option
@quiet_option
def year_command(year: int, config: Path, quiet: bool) -> None:
    from pipeline.run.renewal import next_year

    finish(next_year(config, year, tracker(quiet)), quiet)


@_command("restore")
@config_option
@quiet_option
def restore_command(config: Path, quiet: bool) -> None:
    from pipeline.run.restore import restore

    finish(restore(config, tracker(quiet)), quiet)


COMMANDS: tuple[click.Command, ...] = (
    close_command,
    reopen_command,
    accept_command,
    status_command,
    history_command,
    compare_command,
    year_command,
    restore_command,
)


def _answer(told: "Told", how: "Format", quiet: bool) -> NoReturn:
    """The table on stdout, where a program may read it; all else on stderr."""
    from pipeline.history.answers import rendered

    if told.answer is not None and (told.answer.rows or how != "table"):
        click.echo(rendered(told.answer, how, told.outcome.words))
    finish(told.outcome, quiet)
