"""Adding up over indicators: parents from their parts, and ratios, which are never added up themselves."""

import numpy as np

from pipeline.analysis.cube import Axes, Counts, Flags, Floats
from pipeline.domain.formulas import codes, evaluate


def by_parts(axes: Axes, present: Flags) -> Flags:
    """(unit, indicator): whether the unit has the indicator by its parts, so that it is their sum."""
    parts = axes.plan.indicators.parts
    present, result = present.copy(), np.zeros_like(present)
    for code, at in reversed(axes.indicator_at.items()):
        if code in parts:
            result[:, at] = present[:, [axes.indicator_at[part.code] for part in parts[code]]].any(axis=1)
            present[:, at] |= result[:, at]
    return result


def add_parts(axes: Axes, values: Floats, summed: Flags) -> Floats:
    """The figures with those of parents that are `summed` (unit, indicator) from their parts. Uses the values up."""
    for at, below in parents(axes):
        known = ~np.isnan(values[:, below]).all(axis=1)
        total = np.nansum(values[:, below], axis=1)
        values[:, at] = np.where(summed[:, at, None] & known, total, values[:, at])
    return values


def add_part_counts(axes: Axes, counts: Counts, summed: Flags) -> Counts:
    """The same for numbers of figures."""
    for at, below in parents(axes):
        counts[:, at] = np.where(summed[:, at, None], counts[:, below].sum(axis=1), counts[:, at])
    return counts


def add_ratios(axes: Axes, values: Floats) -> Floats:
    """The figures (…, indicator, month) with those of ratios computed from them; x / 0 is missing, and so is a ratio
    whose formula can't be computed. Uses the values up."""
    by_code = {code: values[..., at, :] for code, at in axes.indicator_at.items()}
    values[..., axes.where(lambda i: i.relation == "ratio"), :] = np.nan
    for code, formula in axes.plan.indicators.ratios.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            result = np.asarray(evaluate(formula, by_code))
        values[..., axes.indicator_at[code], :] = np.where(np.isfinite(result), result, np.nan)
    return values


def add_ratio_counts(axes: Axes, counts: Counts) -> Counts:
    """Of ratios the numbers of the figures that they are made of. Uses the counts up."""
    for ratio, formula in axes.plan.indicators.ratios.items():
        parts = [axes.indicator_at[code] for code in dict.fromkeys(codes(formula))]
        counts[:, axes.indicator_at[ratio]] = counts[:, parts].sum(axis=1)
    return counts


def parents(axes: Axes) -> list[tuple[int, list[int]]]:
    """(parent, its parts) from the deepest up: the plan's order puts parents before children."""
    return [
        (at, [axes.indicator_at[part.code] for part in axes.plan.indicators.parts[code]])
        for code, at in reversed(axes.indicator_at.items())
        if code in axes.plan.indicators.parts
    ]
