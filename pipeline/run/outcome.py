"""What a command has come to, as a value: the exit code, the problems, and the lines that tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

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


@dataclass(frozen=True)
class Outcome:
    """`lines` are for the person at the console; `report` is where the report was written, None where none was;
    `files` are all files that were written with it."""

    exit: Exit
    words: Words
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    report: Path | None = None
    files: tuple[Path, ...] = ()


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
