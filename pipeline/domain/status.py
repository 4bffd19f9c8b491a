"""Fulfilment in whole percent and the status it gives.

The status is computed from the rounded percent that is shown, so that «80 %» and its mark never disagree,
and needs both a percent and a least absolute deviation: 2 of 3 is 67 %, but one missing trip is no failure.
"""

from dataclasses import dataclass
from typing import Literal

from pipeline.domain.indicators import Direction, Indicator
from pipeline.domain.rounding import round_half_up

Status = Literal["norm", "risk", "behind", "above", "none"]
STATUSES: tuple[Status, ...] = ("behind", "risk", "norm", "above", "none")
PARTIAL = "◐"
"""The mark of a figure that is made of some of the expected figures, not of all."""
SYMBOLS: dict[Status, str] = {"norm": "●", "risk": "▲", "behind": "◆", "above": "★", "none": "○"}


@dataclass(frozen=True)
class Thresholds:
    """Limits of the statuses, in % of the planned figure and in units of the indicator.

    tolerance_percent, tolerance_absolute: the permitted deviation where an indicator states none of its own.
    A ratio is no count: without an absolute tolerance of its own it has none.
    behind_below: a fulfilment below it is «отставание». above_over: one over it is «сверх плана».
    """

    tolerance_percent: float = 5
    tolerance_absolute: float = 1
    behind_below: float = 80
    above_over: float = 120

    def percent_of(self, indicator: Indicator) -> float:
        own = indicator.tolerance_percent
        return self.tolerance_percent if own is None else own

    def absolute_of(self, indicator: Indicator) -> float:
        own = indicator.tolerance_absolute
        default = 0.0 if indicator.relation == "ratio" else self.tolerance_absolute
        return default if own is None else own


def fulfilment(planned: float | None, actual: float | None) -> int | None:
    """actual / planned in whole percent, half up; None where either is missing or nothing was planned."""
    if planned is None or actual is None or planned == 0:
        return None
    return int(round_half_up(round_half_up(actual / planned * 100, 9)))


def status(
    planned: float | None,
    actual: float | None,
    tolerance_percent: float,
    tolerance_absolute: float,
    thresholds: Thresholds,
    direction: Direction = "more",
) -> Status:
    """The status of a figure. Where less is better, the percent is mirrored at 100: 120 % counts as 80 %."""
    if planned is None or actual is None:
        return "none"
    if abs(round_half_up(actual - planned, 9)) <= tolerance_absolute:
        return "norm"
    percent = fulfilment(planned, actual)
    if percent is None:
        return "above" if (actual > planned) == (direction == "more") else "behind"
    score = percent if direction == "more" else 200 - percent
    if score < thresholds.behind_below:
        return "behind"
    if score < 100 - tolerance_percent:
        return "risk"
    return "above" if score > thresholds.above_over else "norm"


def is_partial(received: int, expected: int) -> bool:
    """Some of the expected figures are there, not all: their sum must not look whole."""
    return 0 < received < expected
