"""Adding up over the tree of units, by each indicator's own rule."""

from typing import TypeVar

import numpy as np

from pipeline.analysis.cube import Axes, Counts, Floats

Array = TypeVar("Array", Floats, Counts)


def add_up(axes: Axes, values: Floats) -> Floats:
    """The figures of every node: of its own and of all units below it. Missing ones are left out (count them);
    where nobody reported the result is missing. Uses the values up.

    `sum`, `max` as they say; `mean` of the units that reported; `none`: the node's own figure or, where one
    single unit below it has any in the year, that unit's.
    """
    known = ~np.isnan(values)
    mean, highest = axes.where(lambda i: i.over_units == "mean"), axes.where(lambda i: i.over_units == "max")
    single = axes.where(lambda i: i.over_units == "none")
    top, own = _highest(axes, values[:, highest]), values[:, single]
    seen = _up(axes, known.astype(np.int32))
    np.copyto(values, 0.0, where=~known)
    total = _up(axes, values)
    total[seen == 0] = np.nan
    total[:, mean] /= np.maximum(seen[:, mean], 1)
    total[:, highest] = top
    reporters = _up(axes, np.asarray(known[:, single].any(axis=2, keepdims=True)).astype(np.int32))
    alone = np.where(reporters == 1, total[:, single], np.nan)
    total[:, single] = np.where(known[:, single], own, alone)
    return total


def add_counts(axes: Axes, counts: Counts) -> Counts:
    """Numbers of figures of every node, its own and those below it. Uses the counts up."""
    return _up(axes, counts)


def _up(axes: Axes, values: Array) -> Array:
    """Adds up in place."""
    for at, parent in _upwards(axes):
        values[parent] += values[at]
    return values


def _highest(axes: Axes, values: Floats) -> Floats:
    for at, parent in _upwards(axes):
        np.fmax(values[parent], values[at], out=values[parent])
    return values


def _upwards(axes: Axes) -> list[tuple[int, int]]:
    """(node, its parent) from the leaves up: the axis is depth-first, so backwards children come first."""
    root = axes.plan.units.root.code
    return [
        (at, axes.unit_at[axes.plan.units.by_code[code].parent or root])
        for at, code in reversed(list(enumerate(axes.units)))
        if code != root
    ]
