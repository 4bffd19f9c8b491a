"""The arithmetic of a month's sheet in Python: the value stored with each formula, so that a form shows its
figures even where nothing recalculates. Says what formulas.py says, in the same order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.domain.rounding import round_half_up
from pipeline.domain.status import Status, Thresholds, fulfilment, status
from pipeline.forms.rows import FormRow

NUMBERED: tuple[Status, ...] = ("none", "norm", "risk", "behind", "above")
"""A status is kept in the sheet as its place here; from 2 on a cause is needed."""


class Filling(NamedTuple):
    """What stands in the four input cells of a row; None and empty are blank."""

    planned: float | None = None
    actual: float | None = None
    cause: str = ""
    text: str = ""


@dataclass(frozen=True)
class RowFigures:
    """What the formulas of a row show. None is the empty text.

    complete: whether all that makes up the actual is there. months: how many complete ones so far, and total: their
    sum. carried: the figure since January even where this month's is missing. status: place in NUMBERED.
    """

    planned: float | None
    actual: float | None
    complete: bool
    months: int
    total: float
    before: float | None
    carried: float | None
    variance: float | None
    percent: int | None
    to_date: float | None
    year_percent: int | None
    status: int
    needs_cause: int
    errors: int


class Counters(NamedTuple):
    """The numbers at the top of a month's sheet."""

    filled: int
    total: int
    causes: int
    errors: int

    @property
    def readiness(self) -> str:
        """The last part of the words' key «forms.readiness.…»."""
        if self.filled == 0:
            return "empty"
        if self.errors:
            return "errors"
        if self.filled < self.total:
            return "partial"
        return "causes" if self.causes else "ready"


def month_figures(
    rows: Sequence[FormRow],
    fillings: Mapping[str, Filling],
    earlier: Mapping[str, RowFigures],
    thresholds: Thresholds,
) -> dict[str, RowFigures]:
    """Code → figures of the month's rows; `earlier` are those of the sheet before."""
    typed = {row.code: fillings.get(row.code, Filling()) for row in rows if row.entered}
    parts: dict[str, list[Filling]] = {}
    for row in rows:
        for above in row.adds_to:
            parts.setdefault(above, []).append(typed[row.code])
    values = {row.code: _values(typed[row.code]) if row.entered else _sums(parts[row.code]) for row in rows}
    return {row.code: _row_figures(row, typed, values, earlier.get(row.code), thresholds) for row in rows}


class _Values(NamedTuple):
    planned: float | None
    actual: float | None
    complete: bool


def _values(filling: Filling) -> _Values:
    return _Values(filling.planned, filling.actual, filling.actual is not None)


def _sums(parts: Sequence[Filling]) -> _Values:
    """Planned only when every part has it, actual as far as it is there."""
    planned = [part.planned for part in parts if part.planned is not None]
    actual = [part.actual for part in parts if part.actual is not None]
    return _Values(
        round_half_up(sum(planned), 9) if len(planned) == len(parts) else None,
        round_half_up(sum(actual), 9) if actual else None,
        len(actual) == len(parts),
    )


def _row_figures(
    row: FormRow,
    typed: Mapping[str, Filling],
    values: Mapping[str, _Values],
    earlier: RowFigures | None,
    thresholds: Thresholds,
) -> RowFigures:
    planned, actual, complete = values[row.code]
    before = earlier.carried if earlier else None
    months = (earlier.months if earlier else 0) + complete
    total = (earlier.total if earlier else 0.0) + (actual if complete and actual is not None else 0.0)
    carried = _carried(row, before, actual, months, round_half_up(total, 9))
    to_date = None if actual is None else carried
    known = planned is not None and actual is not None and complete
    number = NUMBERED.index(
        status(
            planned,
            actual,
            thresholds.percent_of(row.indicator),
            thresholds.absolute_of(row.indicator),
            thresholds,
            row.indicator.direction,
        )
        if known
        else "none"
    )
    return RowFigures(
        planned,
        actual,
        complete,
        months,
        round_half_up(total, 9),
        before,
        carried,
        variance=round_half_up(actual - planned, 9) if known and planned is not None and actual is not None else None,
        percent=fulfilment(planned, actual) if known else None,
        to_date=to_date,
        year_percent=fulfilment(row.target, to_date),
        status=number,
        needs_cause=int(row.entered and number > 1 and not typed[row.code].cause),
        errors=_errors(row, typed[row.code], values) if row.entered else 0,
    )


def _carried(row: FormRow, before: float | None, actual: float | None, months: int, total: float) -> float | None:
    if row.rule == "mean":
        return round_half_up(total / months, 9) if months else None
    known = [value for value in (before, actual) if value is not None]
    if not known:
        return None
    if row.rule == "sum":
        return round_half_up(sum(known), 9)
    return max(known) if row.rule == "max" else known[-1]


def _errors(row: FormRow, filling: Filling, values: Mapping[str, _Values]) -> int:
    """Negative figures, fractions where whole ones are counted, and more than the figure that it is part of."""
    typed = [value for value in (filling.planned, filling.actual) if value is not None]
    found = sum(value < 0 for value in typed)
    found += sum(round_half_up(value, row.indicator.decimals) != value for value in typed)
    bound = values.get(row.bound)
    if bound is not None and bound.complete and bound.actual is not None and filling.actual is not None:
        found += filling.actual > bound.actual
    return found


def counters(rows: Sequence[FormRow], fillings: Mapping[str, Filling], figures: Mapping[str, RowFigures]) -> Counters:
    """The month's counters."""
    entered = [row.code for row in rows if row.entered]
    return Counters(
        sum(fillings[code].actual is not None for code in entered if code in fillings),
        len(entered),
        sum(figures[code].needs_cause for code in entered),
        sum(figures[code].errors for code in entered),
    )
