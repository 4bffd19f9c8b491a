"""The year's targets, kept small: a country has a million of them."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from pipeline.domain.addresses import NOWHERE, Address


@dataclass(frozen=True, slots=True)
class Target:
    """The year's figure of an indicator for a unit, in force from month `since` on, with the reason and the
    document of a revision."""

    indicator: str
    unit: str
    value: float
    since: int = 1
    reason: str = ""
    document: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True)
class Targets(Sequence[Target]):
    """Targets in the plan's order, some twenty bytes each: what many have in common — indicators, units, the columns
    that their cells stand in (addresses without a row), reasons with documents — is there once, and each has its
    number among them."""

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    columns: tuple[Address, ...]
    reasons: tuple[tuple[str, str], ...]
    indicator: "array[int]"
    unit: "array[int]"
    column: "array[int]"
    row: "array[int]"
    reason: "array[int]"
    since: "array[int]"
    value: "array[float]"

    @classmethod
    def of(cls, targets: Iterable[Target]) -> "Targets":
        """The targets kept small; those that already are as they are."""
        if isinstance(targets, Targets):
            return targets
        indicators: dict[str, int] = {}
        units: dict[str, int] = {}
        columns: dict[tuple[str, str, str], int] = {}
        reasons: dict[tuple[str, str], int] = {}
        indicator, unit, column, row, reason = (array("I") for _ in range(5))
        since, value = array("B"), array("d")
        for one in targets:
            indicator.append(indicators.setdefault(one.indicator, len(indicators)))
            unit.append(units.setdefault(one.unit, len(units)))
            file, sheet, cell = one.address
            letters = cell.rstrip("0123456789")
            row.append(int(cell[len(letters) :] or 0))
            column.append(columns.setdefault((file, sheet, letters), len(columns)))
            reason.append(reasons.setdefault((one.reason, one.document), len(reasons)))
            since.append(one.since)
            value.append(one.value)
        common = tuple(indicators), tuple(units), tuple(map(Address._make, columns)), tuple(reasons)
        return cls(*common, indicator, unit, column, row, reason, since, value)

    def __repr__(self) -> str:
        return f"Targets({list(self)})"

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Target]:
        return map(self._target, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Target: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Target, ...]: ...
    def __getitem__(self, at: int | slice) -> Target | tuple[Target, ...]:
        if isinstance(at, slice):
            return tuple(map(self._target, range(*at.indices(len(self)))))
        return self._target(range(len(self))[at])

    def _target(self, at: int) -> Target:
        file, sheet, letters = self.columns[self.column[at]]
        return Target(
            self.indicators[self.indicator[at]],
            self.units[self.unit[at]],
            self.value[at],
            self.since[at],
            *self.reasons[self.reason[at]],
            Address(file, sheet, f"{letters}{self.row[at] or ''}"),
        )

    def units_with(self, indicator: str) -> tuple[str, ...]:
        """The units that have a target for the indicator, in the plan's order."""
        if indicator not in self.indicators:
            return ()
        wanted = self.indicators.index(indicator)
        found = {unit for unit, number in zip(self.unit, self.indicator, strict=True) if number == wanted}
        return tuple(self.units[unit] for unit in sorted(found))

    @cached_property
    def _rows(self) -> dict[str, "array[int]"]:
        """Unit → the numbers of its targets."""
        rows = [array("I") for _ in self.units]
        for at, unit in enumerate(self.unit):
            rows[unit].append(at)
        return dict(zip(self.units, rows, strict=True))

    def first_months(self, unit: str) -> dict[str, int]:
        """Indicator → the first month in which the unit has a target for it."""
        first: dict[str, int] = {}
        for at in self._rows.get(unit, ()):
            code, since = self.indicators[self.indicator[at]], self.since[at]
            first[code] = min(since, first.get(code, since))
        return first

    def of_unit(self, unit: str) -> Mapping[str, tuple[Target, ...]]:
        """Indicator → the unit's targets by the month from which they are in force."""
        found: dict[str, list[Target]] = {}
        for target in sorted(map(self._target, self._rows.get(unit, ())), key=lambda target: target.since):
            found.setdefault(target.indicator, []).append(target)
        return {indicator: tuple(targets) for indicator, targets in found.items()}
