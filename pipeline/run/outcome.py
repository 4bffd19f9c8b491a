"""What a command has come to, as a value: the exit code, the problems, and the lines that tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from pipeline.problems import Problem
from pipeline.words import Words


class Exit(IntEnum):
    """Exit codes of the command."""

    MADE = 0
    FAILED = 1
    USAGE = 2
    MADE_WITH_ERRORS = 3
    NOTHING_TO_READ = 4
    SAVED_UNDER_ANOTHER_NAME = 5


class Holds(NamedTuple):
    """How long a report is what would be made again of the same files: while the ledger's last event is this one, and
    until the end of this day; None: for ever."""

    event: int
    day: date | None


@dataclass(frozen=True)
class Outcome:
    """`lines` are for the person at the console; `report` is where the report was written, None where none was;
    `files` are all files that were written with it, `holds` how long they are what would be written."""

    exit: Exit
    words: Words
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    report: Path | None = None
    files: tuple[Path, ...] = ()
    holds: Holds | None = None


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
