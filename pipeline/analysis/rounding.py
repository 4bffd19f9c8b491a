"""domain.rounding for arrays: decimal, half away from zero, after binary noise is cut off."""

import numpy as np
from numpy.typing import NDArray


def round_half_up(values: NDArray[np.float64], decimals: int | NDArray[np.int_] = 0) -> NDArray[np.float64]:
    """The values rounded to `decimals` places (one number, or one for each value). NaN stays NaN."""
    scale = 10.0 ** np.asarray(decimals)
    scaled = np.round(np.abs(values) * scale, 6)
    return np.asarray(np.copysign(np.floor(scaled + 0.5), values) / scale + 0.0)
