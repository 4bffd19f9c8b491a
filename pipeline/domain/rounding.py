"""Decimal rounding, half away from zero, as Excel's ROUND does it (Python's own rounds half to even)."""

import math
from decimal import ROUND_HALF_UP, Decimal

_SURE, _PLACES = 1e9, 9
"""Up to here a number times a power of ten is exact to more than a millionth, and the power itself is exact."""


def round_half_up(value: float, decimals: int = 0) -> float:
    """`value` rounded to `decimals` places; works on the shortest decimal writing of the number,
    so that 2.675 gives 2.68 as a person expects. -0.0 becomes 0.0."""
    if float(value).is_integer() and decimals >= 0:
        return float(value) + 0.0
    scaled = abs(value) * 10.0**decimals
    if scaled < _SURE and 0 <= decimals <= _PLACES and abs(scaled % 1 - 0.5) > 1e-6:  # far from where writing decides
        return math.copysign(math.floor(scaled + 0.5) / 10.0**decimals, value) + 0.0
    quantum = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(quantum, rounding=ROUND_HALF_UP)) + 0.0


def decimals_needed(value: float, least: int = 0) -> int:
    """As many decimals as the value has, `least` or more; binary noise is none of it."""
    if math.isnan(value):
        return least
    exponent = Decimal(repr(round_half_up(value, _PLACES))).normalize().as_tuple().exponent
    return max(least, -int(exponent))
