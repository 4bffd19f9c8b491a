"""The alarms that docs/checks.md reports, measured again on the real figures of Newcastle's libraries.

Their folder is that of tests/test_newcastle.py; where it is absent the tests are skipped.
"""

import os
import random
from pathlib import Path

import pytest

from tests.benchmarks.checks import PANDEMIC, Judged, by_range, judged, read, slipped, speaks

DATA = Path(os.environ.get("NEWCASTLE_DATA", Path(__file__).parents[2] / "shared" / "data" / "newcastle"))
TIMES = 2.0
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the figures of Newcastle are not at {DATA}")


@pytest.fixture(scope="module")
def figures() -> list[Judged]:
    return list(judged(read(DATA)))


def test_alarms_are_few(figures: list[Judged]) -> None:
    assert len(figures) > 8000
    calm = [one for one in figures if one.year not in PANDEMIC]
    assert 1000 * sum(by_range(one, one.value, TIMES) for one in figures) / len(figures) < 17
    assert 1000 * sum(by_range(one, one.value, TIMES) for one in calm) / len(calm) < 14


@pytest.mark.parametrize(("slip", "share"), [("tenfold", 0.95), ("digit missing", 0.83), ("digit doubled", 0.95)])
def test_slips_are_found(figures: list[Judged], slip: str, share: float) -> None:
    chance = random.Random(1)
    made = [(one, slipped(one, chance).get(slip)) for one in figures if one.value >= 20]
    found = [by_range(one, value, TIMES) for one, value in made if value is not None]
    assert sum(found) / len(found) > share


def test_the_habit_of_entering_is_told_apart() -> None:
    series = read(DATA)["loans"]["Gosforth"]
    before, months = ([series[year, month] for month in range(1, 13)] for year in (2011, 2012))
    running = [sum(months[:month]) for month in range(1, 13)]
    assert not speaks(before, months, 12, "month") and speaks(before, running, 12, "month")
    assert not speaks(before, running, 12, "cumulative") and speaks(before, months, 12, "cumulative")
