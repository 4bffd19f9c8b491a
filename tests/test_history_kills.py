"""Killed at any moment: the old report or the new one, the ledger whole, the next run right, nothing left lying."""

import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path
from random import SystemRandom

import pytest

from tests.commands import COMMANDS
from tests.faulty_sqlite import library

ROOT = Path(__file__).parents[1]
LIVES = (("tiny", 494), ("tiny", 494), ("whole", 12))
"""A thousand kills; beside one another, for they mostly wait for the disk."""


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a victim is forked: only where the system can")


@forks
def test_a_thousand_kills_at_random_moments() -> None:
    """What each kill must leave behind: tests/killed.py. The moments are new ones each time, and the same parts of a
    command's time where a change is accepted (CI)."""
    first = 8 if os.environ.get("CI") else SystemRandom().randrange(10**6)
    told = lived(*((how, first + number, count) for number, (how, count) in enumerate(LIVES)))
    assert sum(count for _, count in LIVES) == 1000 and len(told) == 3


@forks
@pytest.mark.skipif(library() is None, reason="this Python has its SQLite inside: ctypes can't reach it")
def test_killed_before_each_call_of_the_disk() -> None:
    """Every command that writes, killed right before each call that SQLite makes of the disk and each that the writing
    of a file does: no moment between two of them is left out."""
    (told,) = lived(("each", 0, 1000))
    killed = literal_eval(told.splitlines()[-1])
    assert killed.keys() == COMMANDS.keys() and min(killed.values()) > 20, told


def lived(*lives: tuple[str, int, int]) -> list[str]:
    """What the lives have told, all at the same time; each has ended well."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.killed", how, str(seed), str(count)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )
        for how, seed, count in lives
    ]
    told = [process.communicate()[0] for process in processes]
    assert {process.returncode for process in processes} == {0}, "\n".join(told)
    return told
