"""Phasing: a year's target spread over the months, in whole units that add up to it exactly."""

import math
from collections.abc import Sequence

from pipeline.domain.rounding import round_half_up

EVEN = (1.0,) * 12


def spread(total: float, weights: Sequence[float], decimals: int = 0) -> tuple[float, ...]:
    """`total` over the months by `weights`, each share a multiple of 10**-decimals, the sum exactly `total`.

    The running sums are rounded, so no month strays from its exact share by a whole unit. Weights that are
    all zero count as even ones. Raises ValueError for negative weights.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("negative weight")
    if not any(weights):
        weights = [1.0] * len(weights)
    scale = 10**decimals
    units, whole = round_half_up(total * scale), sum(weights)
    shares: list[float] = []
    before, running = 0.0, 0.0
    for weight in weights:
        running += weight
        reached = round_half_up(units * (running / whole)) if running < whole else units
        shares.append(round_half_up((reached - before) / scale, decimals))
        before = reached
    return tuple(shares)


def within(
    shares: Sequence[float], most: Sequence[float], since: int, weights: Sequence[float], decimals: int = 0
) -> tuple[float, ...]:
    """The shares with none from month `since` on above the `most` of its month: what is too much goes to the nearest
    of these months that has room and a weight, of two to the later one; what finds no room stays. The sum is the same.
    """
    scale = 10**decimals
    units = [int(round_half_up(share * scale)) for share in shares]
    room = [math.floor(round_half_up(value * scale, 6)) for value in most]
    months = range(since - 1, len(units))
    for month in months:
        for other in sorted(months, key=lambda one: (abs(one - month), -one)):
            moved = min(units[month] - room[month], room[other] - units[other])
            if moved > 0 and weights[other]:
                units[month] -= moved
                units[other] += moved
    return tuple(round_half_up(unit / scale, decimals) for unit in units)


def respread(
    shares: Sequence[float], since: int, total: float, weights: Sequence[float], decimals: int = 0
) -> tuple[float, ...]:
    """The shares after a revision: months before `since` stay, the rest of the new total is spread over the
    remaining ones by their weights (never below zero: a target already overtaken leaves zeros)."""
    kept = tuple(shares[: since - 1])
    rest = max(0.0, round_half_up(total - sum(kept), decimals))
    return kept + spread(rest, weights[since - 1 :], decimals)
