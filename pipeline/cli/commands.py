"""What every command's help is made of: what it does, and examples, whole command lines with what each does. And how
mistakes in a command line are told."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from pipeline.cli.options import WORDS, metavar

_QUOTED = re.compile(r"(?<!\w)'([^']+)'(?!\w)")


class Commands(click.Group):
    """The group of the commands. click quotes names as Python does: here they are quoted as the language does."""

    def make_context(self, *args: Any, **how: Any) -> click.Context:
        with _quoting():
            return super().make_context(*args, **how)

    def invoke(self, ctx: click.Context) -> Any:
        with _quoting():
            return super().invoke(ctx)


@contextmanager
def _quoting() -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        told = _QUOTED.sub(lambda name: WORDS("cli.quoted", text=name[1]), error.format_message())
        raise click.UsageError(told, error.ctx) from error


def command(name: str, area: str = "cli") -> Callable[[Callable[..., Any]], click.Command]:
    """The decorator of a command with its help from the area's catalogue."""
    return click.command(
        name, help=WORDS(f"{area}.help.{name}"), epilog=examples(name), options_metavar=metavar("options")
    )


def examples(name: str) -> str:
    """The command's examples as a paragraph of help: «\\b» keeps its lines as they are."""
    rows = [line.partition(" — ") for line in WORDS(f"cli.examples.{name}").splitlines()]
    width = max(len(line) for line, _, _ in rows)
    return "\n".join(("\b", WORDS("cli.examples"), *(f"  {line:<{width}}  {told}" for line, _, told in rows)))
