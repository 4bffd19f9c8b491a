"""Killed at any moment: the old report or the new one, the ledger whole, the next run right, nothing left lying."""

import os
import subprocess
import sys
from pathlib import Path
from random import SystemRandom

import pytest

ROOT = Path(__file__).parents[1]
LIVES = (("tiny", 494), ("tiny", 494), ("whole", 12))
"""A thousand kills; beside one another, for they mostly wait for the disk."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a victim is forked: only where the system can")
def test_a_thousand_kills_at_random_moments() -> None:
    """What each kill must leave behind: tests/killed.py. The moments are new ones each time, and the same parts of a
    command's time where a change is accepted (CI)."""
    first = 8 if os.environ.get("CI") else SystemRandom().randrange(10**6)
    commands = [
        [sys.executable, "-m", "tests.killed", how, str(first + number), str(count)]
        for number, (how, count) in enumerate(LIVES)
    ]
    lives = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        for command in commands
    ]
    told = [life.communicate()[0] for life in lives]
    assert [life.returncode for life in lives] == [0, 0, 0], "\n".join(told)
    assert sum(count for _, count in LIVES) == 1000
