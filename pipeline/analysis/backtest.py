"""How good is a forecast: real years, forecast from each of their months as if the rest were not known yet.

A year is forecast where it and the year before are whole, and were counted month by month. Its target is last
year's figure: real targets are not known, and a state assignment usually repeats what was achieved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.analysis.cube import Flags, Floats
from pipeline.analysis.forecast import RECENT, along_last_year, at_plans_pace, mixed
from pipeline.analysis.forecast_ranges import KINDS, MANY, Kind, Range
from pipeline.domain.periods import MONTHS

PANDEMIC = (2020, 2021, 2022)
"""Years that are not forecast: from closed doors to the first year after a year of closed doors."""
ORIGINS = MONTHS[:-1]
"""The months from which the year is forecast: in the last one it is known."""
COVERED = 0.8
"""The share of years that a range is to hold."""
FEWEST = 3
"""Units without which an institution has no course of its own."""
KEYS = ["indicator", "year", "unit"]
WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Years:
    """Years to forecast, one a row of every array: their indicator, unit and number; whether the unit is the whole
    institution; the figures of the months of the year and of the one before; the institution's course of that one
    (running shares of its total)."""

    indicator: NDArray[np.object_]
    unit: NDArray[np.object_]
    year: NDArray[np.int_]
    whole: Flags
    actual: Floats
    past: Floats
    course: Floats


def monthly(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Indicator → its table as sources publish them (index: units; columns: «2019-03» or «2019-3»; figures as text,
    with commas between thousands) as one frame: indicator, unit: str; year, month: int; value: float."""
    long = {
        name: table.rename_axis("unit").reset_index().melt("unit", var_name="when") for name, table in tables.items()
    }
    frame = pd.concat(long, names=["indicator"]).reset_index("indicator").dropna()
    when = frame["when"].str.split("-", expand=True).astype(int)
    value = pd.to_numeric(frame["value"].str.replace(",", ""))
    return frame[["indicator", "unit"]].assign(year=when[0], month=when[1], value=value).reset_index(drop=True)


def years_of(frame: pd.DataFrame) -> Years:
    """The years of `frame` (as `monthly` gives it) that can be forecast: of each unit, then of the institution as the
    sum of those units where they are many."""
    wide = frame.pivot(index=KEYS, columns="month", values="value").reindex(columns=MONTHS)
    wide = wide[wide.notna().all(axis=1) & (wide.sum(axis=1) > 0) & ~_spread(wide.to_numpy())]
    past = wide.rename(index=lambda year: year + 1, level="year")
    units = pd.concat({"actual": wide, "past": past}, axis=1, join="inner")
    units = units[~units.index.get_level_values("year").isin(PANDEMIC)]
    units = units[units.groupby(KEYS[:2]).transform("size") >= FEWEST]
    groups = units.groupby(KEYS[:2])
    sums = groups.sum()
    whole = pd.concat({"": sums[groups.size() >= MANY]}, names=["unit"]).reorder_levels(KEYS)
    every = pd.concat([units, whole])
    names, numbers, titles = (every.index.get_level_values(level) for level in KEYS)
    before = sums.xs("past", axis=1).loc[list(zip(names, numbers, strict=True))].to_numpy()
    return Years(
        indicator=names.to_numpy(dtype=object),
        unit=titles.to_numpy(dtype=object),
        year=numbers.to_numpy(dtype=int),
        whole=np.asarray(titles == ""),
        actual=every["actual"].to_numpy(),
        past=every["past"].to_numpy(),
        course=before.cumsum(axis=1) / before.sum(axis=1, keepdims=True),
    )


def _spread(months: Floats) -> Flags:
    """Whether three months in a row have the same figure: a quarter's one was spread over them."""
    same = np.diff(months, axis=1) == 0
    return np.asarray((same[:, 1:] & same[:, :-1] & (months[:, 2:] > 0)).any(axis=1))


def product(years: Years, phased: bool = False, past: bool = True) -> Floats:
    """The forecasts that a report shows, (year, month of origin): the plan phased evenly or by last year, last year's
    months known or not."""
    planned, actual = years.past if phased else _even(years), years.actual.cumsum(axis=1)
    course = years.course if past else np.full_like(years.course, np.nan)
    running, target = planned.cumsum(axis=1), planned.sum(axis=1)
    return np.stack([mixed(actual, running, target, course, month) for month in ORIGINS], axis=1)


def _at_pace(years: Years, planned: Floats) -> Floats:
    actual, running = years.actual.cumsum(axis=1), planned.cumsum(axis=1)
    return at_plans_pace(running[:, -1:], running, actual)[:, : len(ORIGINS)]


def _even(years: Years) -> Floats:
    """A plan's months: a twelfth of last year's figure each."""
    return np.repeat(years.past.mean(axis=1, keepdims=True), len(MONTHS), axis=1)


def _rest_as_last_year(years: Years) -> Floats:
    actual, past = years.actual.cumsum(axis=1), years.past.cumsum(axis=1)
    return np.asarray(actual + past[:, -1:] - past)[:, : len(ORIGINS)]


def _along(years: Years, recent: int) -> Floats:
    actual = years.actual.cumsum(axis=1)
    return np.stack([along_last_year(actual, years.course, month, recent) for month in ORIGINS], axis=1)


def chosen_elsewhere(years: Years) -> Floats:
    """As `product`, each year by those of WEIGHTS that would have forecast all *other* years best: what the weights in
    use are worth where they were not chosen. It takes several years, of units and of an institution."""
    actual, found = years.actual.sum(axis=1, keepdims=True), np.full((len(years.year), len(ORIGINS)), np.nan)
    pace, past = _at_pace(years, _even(years)), _along(years, RECENT)
    mixtures = np.stack([(1 - weight) * pace + weight * past for weight in WEIGHTS])
    missed = np.abs(mixtures / actual - 1)
    for number in np.unique(years.year):
        others, now = years.year != number, years.year == number
        scores = sum(missed[:, others & (years.whole == whole)].mean(axis=1) for whole in (False, True))
        best = np.argmin(scores, axis=0)
        found[now] = np.stack([mixtures[weight, now, at] for at, weight in enumerate(best)], axis=1)
    return found


METHODS: dict[str, Callable[[Years], Floats]] = {
    "even": lambda years: _at_pace(years, _even(years)),
    "own": lambda years: _at_pace(years, years.past),
    "rest": _rest_as_last_year,
    "course": lambda years: _along(years, len(MONTHS)),
    "recent": lambda years: _along(years, RECENT),
    "product": product,
    "elsewhere": chosen_elsewhere,
}
"""Name → forecasts (year, month of origin). even: the pace of an even plan, which is the year to date × 12 / months;
own: the pace of a plan that is phased by the unit's own last year; rest: the year to date and the rest of last year;
course: along the institution's last year at the pace of the year to date; recent: at that of the latest months;
product: what reports show of an evenly planned indicator; elsewhere: the same by weights of other years."""


def errors_table(years: Years) -> pd.DataFrame:
    """A row a method of METHODS, for units and then for the institution — whole: bool; method: str; years: int; and by
    month of origin, in columns of its number, the mean of |forecast / year − 1|, %."""
    rows: list[dict[object, object]] = []
    actual = years.actual.sum(axis=1, keepdims=True)
    for whole in (False, True):
        chosen = years.whole == whole
        for name, method in METHODS.items():
            mean = np.nanmean(np.abs(method(years) / actual - 1)[chosen], axis=0) * 100
            row: dict[object, object] = {"whole": whole, "method": name, "years": int(chosen.sum())}
            rows.append(row | dict(zip(ORIGINS, mean.tolist(), strict=True)))
    return pd.DataFrame(rows)


def ranges(years: Years) -> dict[Kind, Range]:
    """Kind of forecast → the quantiles of year / forecast between which COVERED of the years lie, half of the others
    on either side; in whole percent, rounded outwards."""
    found = {}
    for kind in KINDS:
        ratio = _outcome(years, kind)[years.whole == kind.many]
        # of n + 1 gaps between n sorted years: the next one falls within as often as it should, however few there are
        low, high = np.nanquantile(ratio, ((1 - COVERED) / 2, (1 + COVERED) / 2), axis=0, method="weibull")
        found[kind] = Range(tuple(np.floor(low).astype(int).tolist()), tuple(np.ceil(high).astype(int).tolist()))
    return found


def coverage(years: Years) -> pd.DataFrame:
    """How many of the years, %, ended within the ranges that all *other* years give: a row a kind of forecast, a column
    a month of origin."""
    inside: dict[Kind, list[Floats]] = {kind: [] for kind in KINDS}
    for number in np.unique(years.year):
        others, now = _only(years, years.year != number), _only(years, years.year == number)
        for kind, (low, high) in ranges(others).items():
            ratio = _outcome(now, kind)[now.whole == kind.many]
            within = (ratio >= np.array(low)) & (ratio <= np.array(high))
            inside[kind].append(np.where(np.isnan(ratio), np.nan, within))
    shares = [np.nanmean(np.concatenate(inside[kind]), axis=0) * 100 for kind in KINDS]
    return pd.DataFrame(shares, index=pd.MultiIndex.from_tuples(KINDS, names=Kind._fields), columns=list(ORIGINS))


def _outcome(years: Years, kind: Kind) -> Floats:
    """year / forecast, %; NaN where there was no forecast."""
    with np.errstate(divide="ignore"):
        ratio = years.actual.sum(axis=1, keepdims=True) / product(years, kind.phased, kind.past) * 100
    return np.where(np.isfinite(ratio), ratio, np.nan)


def _only(years: Years, chosen: Flags) -> Years:
    return Years(*(getattr(years, field.name)[chosen] for field in fields(years)))
