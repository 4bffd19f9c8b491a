"""Adding up over the tree of units, by each indicator's own rule."""

from typing import TypeVar

import numpy as np

from pipeline.analysis.cube import Axes, Counts, Floats

Array = TypeVar("Array", Floats, Counts)


def add_up(axes: Axes, values: Floats) -> Floats:
    """The figures of every node: of its own and of all units below it. Missing ones are left out (count them);
    where nobody reported the result is missing.

    `sum`, `max` as they say; `mean` of the units that reported; `none`: the node's own figure or, where one
    single unit below it has any in the year, that unit's.
    """
    known = ~np.isnan(values)
    total = _up(axes, np.where(known, values, 0.0))
    seen = _up(axes, known.astype(np.int32))
    reporters = _up(axes, np.asarray(known.any(axis=2, keepdims=True)).astype(np.int32))
    result = np.where(seen > 0, total, np.nan)
    mean = axes.where(lambda i: i.over_units == "mean")
    result[:, mean] = np.where(seen > 0, total / np.maximum(seen, 1), np.nan)[:, mean]
    highest = axes.where(lambda i: i.over_units == "max")
    if highest.any():
        result[:, highest] = _highest(axes, values[:, highest])
    single = axes.where(lambda i: i.over_units == "none")
    alone = np.where(reporters == 1, result, np.nan)
    result[:, single] = np.where(known, values, alone)[:, single]
    return result


def add_counts(axes: Axes, counts: Counts) -> Counts:
    """Numbers of figures of every node, its own and those below it."""
    return _up(axes, counts)


def _up(axes: Axes, values: Array) -> Array:
    result = values.copy()
    for at, parent in _upwards(axes):
        result[parent] += result[at]
    return result


def _highest(axes: Axes, values: Floats) -> Floats:
    result = values.copy()
    for at, parent in _upwards(axes):
        np.fmax(result[parent], result[at], out=result[parent])
    return result


def _upwards(axes: Axes) -> list[tuple[int, int]]:
    """(node, its parent) from the leaves up: the axis is depth-first, so backwards children come first."""
    root = axes.plan.units.root.code
    return [
        (at, axes.unit_at[axes.plan.units.by_code[code].parent or root])
        for at, code in reversed(list(enumerate(axes.units)))
        if code != root
    ]
