"""How often the checks on figures speak up about real ones, and how many planted slips they find.

    python -m tests.benchmarks.checks FOLDER

FOLDER holds loans.csv, visits.csv and enquiries.csv of the Newcastle libraries (ToonLibraries/library-open-data), a row
a branch, a column a month. Each month is judged as when it is reported: by what was known before it. The planned
figures are last year's, as phasing makes them. docs/checks.md holds the outcome.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from statistics import median

import pandas as pd

from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Entry, Identity, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.intake.checked import Checked
from pipeline.intake.checks import cumulative_in_monthly, monthly_in_cumulative
from pipeline.intake.history_checks import is_jump, usual
from pipeline.settings import Checks

NAMES = ("loans", "visits", "enquiries")
YEARS = range(2009, 2025)
PANDEMIC = range(2020, 2023)
SLIPS = ("tenfold", "digit missing", "digit doubled", "twice as much", "another row's")
TIMES = (1.5, 2.0, 3.0)
Series = Mapping[tuple[int, int], float]


@dataclass(frozen=True)
class Judged:
    """One month of one branch: the figure, what was known before it, and the other indicators' figures."""

    name: str
    year: int
    month: int
    value: float
    past: tuple[float | None, ...]
    months: dict[int, float]
    others: tuple[float, ...]


def read(folder: Path) -> dict[str, dict[str, Series]]:
    """Indicator → branch → (year, month) → figure."""
    found: dict[str, dict[str, Series]] = {}
    for name in NAMES:
        table = pd.read_csv(folder / f"{name}.csv", index_col="Library", dtype=str)
        table = table.replace({",": ""}, regex=True).apply(pd.to_numeric, errors="coerce")
        columns = {column: tuple(int(part) for part in column.split("-")) for column in table.columns}
        found[name] = {
            str(branch): {columns[column]: float(value) for column, value in row.dropna().items()}
            for branch, row in table.iterrows()
        }
    return found


def judged(data: Mapping[str, Mapping[str, Series]]) -> Iterator[Judged]:
    for name, branches in data.items():
        for branch, series in branches.items():
            for (year, month), value in sorted(series.items()):
                if year in YEARS:
                    past = tuple(series.get((year - 1, one)) for one in range(1, 13))
                    months = {one: series[year, one] for one in range(1, month) if (year, one) in series}
                    others = (data[other].get(branch, {}).get((year, month)) for other in NAMES if other != name)
                    known = tuple(other for other in others if other is not None)
                    yield Judged(name, year, month, value, past if any(past) else (), months, known)


def slipped(one: Judged, chance: random.Random) -> dict[str, float]:
    """The figure as slips of the pen would make it."""
    digits = str(int(one.value))
    at = chance.randrange(len(digits))
    made = (
        one.value * 10,
        float(digits[:at] + digits[at + 1 :] or 0),
        float(digits[: at + 1] + digits[at:]),
        one.value * 2,
        chance.choice(one.others) if one.others else one.value,
    )
    return {slip: value for slip, value in zip(SLIPS, made, strict=True) if value != one.value}


def by_range(one: Judged, value: float, times: float) -> bool:
    known = usual(one.past, one.months, one.month)
    return known is not None and is_jump(value, known, Checks(jump_times=times))


def by_deviation(one: Judged, value: float, times: float) -> bool:
    """What was tried beside it: the median ratio to last year's months, and six of its absolute deviations."""
    season = one.past[one.month - 1] if one.past else None
    ratios = [
        math.log1p(actual) - (math.log1p(before) if season is not None else 0)
        for month, actual in one.months.items()
        if (before := one.past[month - 1] if season is not None else 0.0) is not None
    ]
    if len(ratios) < 3:
        return False
    middle = median(ratios)
    spread = 1.4826 * median(abs(ratio - middle) for ratio in ratios)
    expected = middle + (math.log1p(season) if season is not None else 0)
    far = abs(math.log1p(value) - expected) > max(math.log(times), 6 * spread)
    return far and abs(value - math.expm1(expected)) >= Checks().jump_least


def jumps(everything: Sequence[Judged]) -> None:
    print("| rule | times | " + " | ".join(NAMES) + " | all | without 2020–2022 | " + " | ".join(SLIPS) + " |")
    for rule in (by_range, by_deviation):
        for times in TIMES:
            chance = random.Random(1)
            said: Counter[str] = Counter()
            asked: Counter[str] = Counter()
            for one in everything:
                keys = [one.name, "all"] + ["calm"] * (one.year not in PANDEMIC)
                asked.update(keys)
                said.update(keys * rule(one, one.value, times))
                for slip, value in slipped(one, chance).items() if one.value >= 20 else ():
                    asked[slip] += 1
                    said[slip] += rule(one, value, times)
            alarms = [f"{1000 * said[key] / asked[key]:.1f}" for key in (*NAMES, "all", "calm")]
            found = [f"{100 * said[slip] / asked[slip]:.0f} %" for slip in SLIPS]
            print(f"| {rule.__name__} | {times:g} | {' | '.join(alarms)} | {' | '.join(found)} |")


def habits(data: Mapping[str, Mapping[str, Series]]) -> None:
    """Whole years, entered as asked and the other way; and one month of a year entered as a running total."""
    said: Counter[tuple[str, int]] = Counter()
    years = 0
    for branches in data.values():
        for series in branches.values():
            for year in set(YEARS) - set(PANDEMIC):
                past, own = ([series.get((one, month)) for month in range(1, 13)] for one in (year - 1, year))
                if None in past or None in own or not sum(value or 0 for value in past):
                    continue
                before, months = ([value for value in values if value is not None] for values in (past, own))
                running = list(accumulate(months))
                years += 1
                for month in (4, 6, 9, 12):
                    once = [*months[: month - 1], running[month - 1]]
                    said["own, asked for own", month] += speaks(before, months, month, "month")
                    said["running, asked for own", month] += speaks(before, running, month, "month")
                    said["running once, asked for own", month] += speaks(before, once, month, "month")
                    said["running, asked for running", month] += speaks(before, running, month, "cumulative")
                    said["own, asked for running", month] += speaks(before, months, month, "cumulative")
    print(f"\n{years} years of a branch; % of them in which the check speaks in April, June, September, December")
    for case in dict.fromkeys(case for case, _ in said):
        print(case, *(f"{100 * said[case, month] / years:.1f}" for month in (4, 6, 9, 12)))


def speaks(before: Sequence[float], months: Sequence[float], month: int, entering: str) -> bool:
    """Whether a form with these figures draws the check of its habit (or falls)."""
    indicator = Indicator("X", "X", "S1", "ед.", entering=entering, phasing="last_year")  # type: ignore[arg-type]
    plan = Plan(
        2012, "", Units((Unit("B", "B"),)), (Section("S1", ""),), Indicators((indicator,)),
        (Target("X", "B", round(sum(before))),), last_year={("B", "X"): tuple(before)},
    )  # fmt: skip
    phased = planned_months(plan, "B", indicator) or ()
    entries = [Entry("X", number, "planned", value, "", "") for number, value in enumerate(phased, 1)]
    entries += [Entry("X", number, "actual", value, "", "") for number, value in enumerate(months[:month], 1)]
    form = Submission("", "", Identity("B", 2012, 1), tuple(entries), (), ())
    checked = Checked(plan, (form,), month, Thresholds())
    if entering == "month":
        return any(True for _ in cumulative_in_monthly(checked))
    falls = any(one > other for one, other in pairwise(months[:month]))
    return falls or any(True for _ in monthly_in_cumulative(checked))


if __name__ == "__main__":
    figures = read(Path(sys.argv[1]))
    jumps(list(judged(figures)))
    habits(figures)
