"""What every command's help is made of: what it does, and examples, whole command lines with what each does."""

from collections.abc import Callable
from typing import Any

import click

from pipeline.cli.options import WORDS, metavar


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
