"""How far real years ended from their forecasts: what the ranges of the forecast rest on.

Computed by backtest.ranges from the figures that docs/forecast.md names, rounded to whole percent; a test computes
them again where those figures are at hand.
"""

from itertools import product
from typing import NamedTuple

MANY = 10
"""Units that make a sum as steady as the institution's was in the evidence."""


class Kind(NamedTuple):
    """A kind of forecast: whether of a sum of MANY units or of less; whether the plan is phased otherwise than evenly;
    whether last year's months are known."""

    many: bool
    phased: bool
    past: bool


class Range(NamedTuple):
    """Between which percents of its forecast a year ended, by the month from which it was forecast."""

    low: tuple[int, ...]
    high: tuple[int, ...]


KINDS = tuple(Kind(*flags) for flags in product((False, True), repeat=3))
RANGES = {
    Kind(many=False, phased=False, past=False): Range(
        low=(71, 72, 74, 77, 81, 84, 86, 88, 91, 92, 95),
        high=(119, 120, 116, 116, 116, 114, 110, 105, 103, 101, 100),
    ),
    Kind(many=False, phased=False, past=True): Range(
        low=(71, 72, 74, 77, 81, 85, 89, 91, 92, 95, 97),
        high=(119, 120, 116, 116, 116, 112, 110, 107, 104, 103, 101),
    ),
    Kind(many=False, phased=True, past=False): Range(
        low=(64, 67, 67, 69, 73, 75, 80, 84, 88, 91, 96),
        high=(135, 139, 134, 128, 125, 120, 117, 113, 110, 107, 103),
    ),
    Kind(many=False, phased=True, past=True): Range(
        low=(64, 67, 67, 69, 73, 81, 87, 90, 92, 95, 97),
        high=(135, 139, 134, 128, 125, 116, 110, 108, 105, 103, 101),
    ),
    Kind(many=True, phased=False, past=False): Range(
        low=(84, 83, 83, 84, 88, 91, 93, 93, 95, 96, 97),
        high=(107, 107, 105, 105, 106, 107, 104, 101, 100, 99, 99),
    ),
    Kind(many=True, phased=False, past=True): Range(
        low=(84, 83, 83, 84, 88, 93, 96, 97, 96, 98, 99),
        high=(107, 107, 105, 105, 106, 103, 103, 102, 101, 101, 101),
    ),
    Kind(many=True, phased=True, past=False): Range(
        low=(80, 82, 86, 85, 89, 91, 93, 94, 95, 97, 98),
        high=(110, 111, 110, 110, 108, 105, 104, 103, 102, 102, 101),
    ),
    Kind(many=True, phased=True, past=True): Range(
        low=(80, 82, 86, 85, 89, 92, 95, 97, 97, 98, 99),
        high=(110, 111, 110, 110, 108, 104, 103, 103, 102, 101, 101),
    ),
}
