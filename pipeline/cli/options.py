"""What the commands share: their options, how far the reading is, and the end that each comes to."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pipeline.domain.periods import Month, Period, parse_month, parse_period
from pipeline.domain.schedulers import SCHEDULER
from pipeline.language import CONFIG, spoken, year_starts_of
from pipeline.run.outcome import Outcome
from pipeline.words import Words

if TYPE_CHECKING:
    from pipeline.intake.find import Found
    from pipeline.run.unchanged import Told

Command = TypeVar("Command", bound=Callable[..., Any])

WORDS = Words(spoken(sys.argv[1:]))
"""Help and mistakes in the options are told before a command reads its settings: the decorators below take their words
as they are loaded, in the language of the config.toml that the command line is about."""
LONG_WORK = 20
"""From this many files on, a terminal shows how far the reading is."""


class MonthParameter(click.ParamType[Month]):
    """«2013-09», as the month of the plan year to which it belongs."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            month = parse_month(value)
            return _in_plan_years(Period(month, month), ctx).first
        except ValueError:
            self.fail(WORDS("cli.month_wrong", found=value), param, ctx)


class PeriodParameter(click.ParamType[Period]):
    """«2013-Q3», «2013-H1», «2013-9M», «2013», as part of a plan year."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return _in_plan_years(parse_period(value), ctx)
        except ValueError:
            self.fail(WORDS("cli.period_wrong", found=value), param, ctx)


class Whole(click.IntRange):
    """A whole number from … to …, in help and where another was typed, instead of «1990<=x<=2100»."""

    def _describe_range(self) -> str:
        return WORDS("cli.range", least=self.min, most=self.max)


class SchedulerParameter(click.ParamType[str]):
    """«tcp://10.0.0.5:8786»; empty for this machine alone, whatever the settings say."""

    name = "scheduler"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value and not re.search(SCHEDULER, value):
            self.fail(WORDS("cli.scheduler_wrong", found=value), param, ctx)
        return str(value)


class ReasonParameter(click.ParamType[str]):
    """Why something is done with a closed month: a reason that says nothing is none."""

    name = "reason"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        reason = str(value).strip()
        if not reason:
            self.fail(WORDS("history.reason_empty"), param, ctx)
        return reason


def _in_plan_years(period: Period, ctx: click.Context | None) -> Period:
    """The settings say with which month the years begin; their option is read before the others."""
    config = ctx.params.get("config", CONFIG) if ctx else CONFIG
    return period.in_years_from(year_starts_of(config))


def metavar(key: str) -> str:
    return WORDS(f"cli.metavar.{key}")


def option(name: str, area: str = "cli", **how: Any) -> Callable[[Command], Command]:
    """An option with its help from the area's catalogue."""
    return click.option(f"--{name}", help=WORDS(f"{area}.option.{name.replace('-', '_')}"), **how)


month_option = option("month", type=MonthParameter(), metavar=metavar("month"))
period_option = option("period", type=PeriodParameter(), metavar=metavar("period"))
config_option = option(
    "config", type=click.Path(path_type=Path), default=CONFIG, metavar=metavar("file"), is_eager=True
)
quiet_option = option("quiet", is_flag=True)
fresh_option = option("fresh", is_flag=True)
workers_option = option("workers", type=SchedulerParameter(), metavar=metavar("address"))
YEAR = Whole(1990, 2100)


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
    told = told_of(outcome)
    end(told.quiet if quiet else told.lines, outcome.exit)


def told_of(outcome: Outcome) -> "Told":
    """All that is told of it."""
    from pipeline.run.tell import problem_lines
    from pipeline.run.unchanged import Told

    lines = (*problem_lines(outcome), *outcome.lines)
    return Told(outcome.exit, lines, tuple(problem_lines(outcome, only_errors=True)))


def end(lines: Iterable[str], exit: int) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(exit)
