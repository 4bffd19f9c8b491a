"""The figures that were read, with their titles: all of them, and those that the report has room for."""

import math
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeVar

import numpy as np
import pandas as pd

from pipeline.analysis import facts
from pipeline.analysis.facts import facts_frame
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Place, Submission, by_layout, by_unit

Of = TypeVar("Of")

MOST = 50_000
"""Figures on one sheet. More make a workbook that office computers open slowly; the run's data files hold all of
them."""
PART = 100_000
"""About so many figures are a table at a time, where all of them are gone through."""


def shown_table(plan: Plan, submissions: Sequence[Submission], counts: Mapping[int, int], month: int) -> pd.DataFrame:
    """The table of all figures; where they are too many, of those of the reported month and of as many whole months
    before it as there is room for. `counts`: see figures_by_month."""
    if sum(counts.values()) <= MOST:
        return data_table(plan, facts_frame(submissions))
    together = np.cumsum([counts[number] for number in range(month, 0, -1)])
    room = max(1, int(np.searchsorted(together, MOST, side="right")))
    return data_table(plan, facts_frame(submissions, lambda place: month - room < place.month <= month)).head(MOST)


def figures_by_month(submissions: Iterable[Submission]) -> dict[int, int]:
    """Month (1…12) → number of its figures."""
    counts = _count(submissions, attrgetter("month"))
    return {month: counts[month] for month in MONTHS}


def facts_parts(plan: Plan, submissions: Sequence[Submission]) -> Iterator[pd.DataFrame]:
    """The facts (see facts.py) of all figures in parts, in the order of data_table: some indicators whole or, where one
    is more than a part, some units of it whole. Those of a country are half a gigabyte."""
    counts = _count(submissions, attrgetter("indicator"))
    forms = by_unit(submissions)
    units = [unit.code for _, unit in plan.units.walk() if unit.code in forms]
    for codes in _together([code for code in plan.indicators.depth_first if counts[code]], counts):
        parts = math.ceil(sum(counts[code] for code in codes) / PART)
        size = math.ceil(len(units) / parts)
        for start in range(0, len(units), size):
            some = [form for unit in units[start : start + size] for form in forms[unit]]
            yield facts_frame(some, partial(_is_of, codes))


def _is_of(indicators: Container[str], place: Place) -> bool:
    return place.indicator in indicators


def _count(submissions: Iterable[Submission], of: Callable[[Place], Of]) -> Counter[Of]:
    """How many figures there are of each month, or of each indicator."""
    counts: Counter[Of] = Counter()
    for _, own in by_layout(submissions, lambda places: Counter(map(of, places))):
        counts.update(own)
    return counts


def _together(indicators: Iterable[str], counts: Mapping[str, int]) -> Iterator[set[str]]:
    """The indicators in their order, as many at a time as have PART figures."""
    codes: set[str] = set()
    for code in indicators:
        if codes and sum(counts[one] for one in codes) + counts[code] > PART:
            yield codes
            codes = set()
        codes.add(code)
    if codes:
        yield codes


def data_table(plan: Plan, frame: pd.DataFrame) -> pd.DataFrame:
    """The facts (see facts.py) with their titles, by indicator, unit and month, both trees depth-first, so that the
    figures of which one is made stand together; columns as ReportTables.data says."""
    members, units = plan.indicators.by_code, plan.units.by_code
    place = {code: at for at, code in enumerate(plan.indicators.depth_first)}
    rank = {unit.code: at for at, (_, unit) in enumerate(plan.units.walk())}
    unit, indicator, measure = (facts.coded(frame[name]) for name in (facts.UNIT, facts.INDICATOR, facts.MEASURE))
    order = np.lexsort(
        (measure.rows, frame[facts.MONTH], unit.numbers(rank.__getitem__), indicator.numbers(place.__getitem__))
    )
    frame = frame.assign(
        unit_title=unit.texts(lambda code: units[code].title),
        section=indicator.texts(lambda code: members[code].section),
        indicator_title=indicator.texts(lambda code: members[code].title),
        unit_of_measure=indicator.texts(lambda code: members[code].unit_of_measure),
    ).take(order)
    frame.index = pd.RangeIndex(len(frame))
    return frame[
        [
            *(facts.UNIT, "unit_title", "section", facts.INDICATOR, "indicator_title", "unit_of_measure"),
            *(facts.MONTH, facts.MEASURE, facts.VALUE, facts.FILE, facts.SHEET, facts.CELL),
        ]
    ]
