"""What the commands share: their options, how far the reading is, and the end that each comes to."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pipeline.domain.periods import Month, Period, parse_month, parse_period
from pipeline.run.outcome import Outcome
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


def metavar(key: str) -> str:
    return WORDS(f"cli.metavar.{key}")


def option(name: str, area: str = "cli", **how: Any) -> Callable[[Command], Command]:
    """An option with its help from the area's catalogue."""
    return click.option(f"--{name}", help=WORDS(f"{area}.option.{name.replace('-', '_')}"), **how)


month_option = option("month", type=MonthParameter(), metavar=metavar("month"))
period_option = option("period", type=PeriodParameter(), metavar=metavar("period"))
config_option = option("config", type=click.Path(path_type=Path), default=Path("config.toml"), metavar=metavar("file"))
quiet_option = option("quiet", is_flag=True)
YEAR = click.IntRange(1990, 2100)


def tracker(quiet: bool) -> "Callable[[Sequence[Found]], Iterable[Found]]":
    def track(files: "Sequence[Found]") -> "Iterator[Found]":
        if quiet or len(files) < LONG_WORK or not sys.stderr.isatty():
            yield from files
            return
        with click.progressbar(files, label=WORDS("cli.reading"), file=sys.stderr) as bar:
            yield from bar

    return track


def finish(outcome: Outcome, quiet: bool) -> NoReturn:
    """Tells on stderr what the command has come to and ends with its exit code."""
    from pipeline.run.tell import problem_lines

    lines = problem_lines(outcome, only_errors=quiet)
    for line in lines if quiet else (*lines, *outcome.lines):
        click.echo(line, err=True)
    sys.exit(outcome.exit)
