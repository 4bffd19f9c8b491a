"""Sections and indicators: what is counted, and how its figures behave."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.formulas import Node, codes, parse_formula

Relation = Literal["", "part", "of_which", "ratio"]
OverMonths = Literal["sum", "last", "max", "mean"]
OverUnits = Literal["sum", "max", "mean", "none"]
Entering = Literal["month", "cumulative"]
Direction = Literal["more", "less"]
PhasingRule = Literal["even", "profile", "last_year"]
Quantity = Literal["", "quality", "volume"]


@dataclass(frozen=True)
class Section:
    """A service or a work of the state assignment. The registry number and the indicators of content and of
    conditions are columns of the assignment's report."""

    code: str
    title: str
    kind: Literal["service", "work"] = "service"
    registry_number: str = ""
    content: str = ""
    conditions: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True)
class Indicator:
    """What is counted.

    relation: `part` (the parts add up to the parent), `of_which` (may not exceed the parent), `ratio`
        (`formula` over other indicators, computed after all adding up), or none.
    over_months, over_units: the two axes of adding up. `none` over units: the total is entered once, by the
        unit that knows it.
    entering: whether forms state the month's own figure or the one since the beginning of the year.
    tolerance_*: the permitted deviation, in % of the planned and absolute; None means the settings' default.
    profile: twelve weights for phasing by a given profile.
    quantity: where the assignment's report shows it (3.1 quality, 3.2 volume); `source` is its source of
        information there.
    """

    code: str
    title: str
    section: str
    unit_of_measure: str
    parent: str | None = None
    relation: Relation = ""
    short_title: str = ""
    main: bool = False
    okei: str = ""
    decimals: int = 0
    over_months: OverMonths = "sum"
    over_units: OverUnits = "sum"
    entering: Entering = "month"
    direction: Direction = "more"
    tolerance_percent: float | None = None
    tolerance_absolute: float | None = None
    phasing: PhasingRule = "even"
    profile: tuple[float, ...] = ()
    formula: str = ""
    quantity: Quantity = ""
    source: str = ""
    since: int = 1
    until: int = 12
    address: Address = NOWHERE

    @property
    def name(self) -> str:
        """The short title where the plan gives one."""
        return self.short_title or self.title


@dataclass(frozen=True)
class Indicators:
    """The tree of indicators in the plan's order: each parent before its children."""

    members: tuple[Indicator, ...]

    @cached_property
    def by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.members}

    @cached_property
    def parts(self) -> dict[str, tuple[Indicator, ...]]:
        """Code of each indicator that has parts → its parts."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.members:
            if indicator.relation == "part" and indicator.parent is not None:
                found.setdefault(indicator.parent, []).append(indicator)
        return {code: tuple(below) for code, below in found.items()}

    def made_of(self, code: str, codes: Collection[str]) -> bool:
        """Whether any part of the indicator, or a part's part, is one of these: then it is their sum."""
        return any(part.code in codes or self.made_of(part.code, codes) for part in self.parts.get(code, ()))

    @cached_property
    def ratios(self) -> dict[str, Node]:
        """Code of each ratio that can be computed → its formula. One that can't be read, or that names what the plan
        doesn't have, is the audit's to name."""
        found: dict[str, Node] = {}
        for one in self.members:
            if one.relation == "ratio":
                with suppress(ValueError):
                    found[one.code] = parse_formula(one.formula)
        return {code: formula for code, formula in found.items() if self.by_code.keys() >= set(codes(formula))}

    @cached_property
    def depth_first(self) -> tuple[str, ...]:
        """All codes, each with all that is below it directly after it."""
        below: dict[str | None, list[str]] = {}
        for indicator in self.members:
            below.setdefault(indicator.parent, []).append(indicator.code)

        def walk(parent: str | None) -> Iterator[str]:
            for code in below.get(parent, ()):
                yield code
                yield from walk(code)

        return tuple(walk(None))

    def depth(self, code: str) -> int:
        """0 for an indicator without a parent."""
        steps, parent = 0, self.by_code[code].parent
        while parent is not None:
            steps, parent = steps + 1, self.by_code[parent].parent
        return steps

    def only(self, wanted: Collection[str]) -> "Indicators":
        """Those with the wanted codes, what stands above them, and the ratios of which every figure is there."""
        kept: set[str | None] = {None}
        for code in wanted:
            step: str | None = code
            while step not in kept:
                kept.add(step)
                step = self.by_code[step].parent if step else None

        def is_kept(one: Indicator) -> bool:
            return kept.issuperset(codes(self.ratios[one.code])) if one.code in self.ratios else one.code in kept

        return Indicators(tuple(one for one in self.members if is_kept(one)))
