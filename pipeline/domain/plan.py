"""The year plan as one value: units, sections, indicators, targets, activities, last year's figures."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from pipeline.domain.activities import Activity
from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.periods import PlanYear
from pipeline.domain.targets import Target, Targets
from pipeline.domain.units import Unit, Units


@dataclass(frozen=True)
class Statement:
    """What the plan's document says elsewhere about its own figures: `formula` over indicators against the
    figure `value` stated at `place`. Without a formula it is a remark. Shown, never corrected in silence."""

    text: str
    formula: str
    value: float | None
    place: str
    address: Address = NOWHERE


REMEMBERED = 2000
"""Units whose targets are held as values at a time: those of several regions, not of a country."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What units are asked for, one value for all of which the same is asked: the indicators that each enters, in the
    plan's order, with the first month of each; and the months for which it reports."""

    entered: tuple[tuple[Indicator, int], ...]
    months: range
    indicators: Indicators
    sections: tuple[Section, ...]

    def of_month(self, month: int) -> tuple[Indicator, ...]:
        """The indicators to be reported for the month: while they and the unit are in force, and from the month of the
        first target on."""
        if month not in self.months:
            return ()
        return tuple(one for one, first in self.entered if first <= month <= one.until)


@dataclass(frozen=True)
class Plan:
    """A read and audited plan of one year. `targets`, given as any, are kept small. `last_year`: (unit, indicator) →
    twelve actuals, None where blank. `note` is a remark on the whole plan for all who read it. `starts`: the month of
    the calendar with which the year begins; all months of the plan are numbered from it, 1 … 12. `course`, of a plan
    that is a part of another: indicator → last year's twelve running shares of its year in the whole institution."""

    year: int
    title: str
    units: Units
    sections: tuple[Section, ...]
    indicators: Indicators
    targets: Targets
    activities: tuple[Activity, ...] = ()
    last_year: dict[tuple[str, str], tuple[float | None, ...]] | None = None
    statements: tuple[Statement, ...] = ()
    note: str = ""
    starts: int = 1
    course: Mapping[str, tuple[float, ...]] | None = None

    @property
    def calendar(self) -> PlanYear:
        """Which months of the calendar its months are."""
        return PlanYear(self.year, self.starts)

    def __post_init__(self) -> None:
        object.__setattr__(self, "targets", Targets.of(self.targets))

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to other processes: nothing that follows from it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def reporting(self) -> tuple[str, ...]:
        """The units that have targets of their own."""
        return self.targets.units

    def revisions(self, unit: str) -> Mapping[str, tuple[Target, ...]]:
        """Indicator → the unit's targets for it by the month from which they are in force."""
        known = self._revisions
        if unit not in known:
            if len(known) >= REMEMBERED:
                known.clear()
            known[unit] = self.targets.of_unit(unit)
        return known[unit]

    @cached_property
    def _revisions(self) -> dict[str, Mapping[str, tuple[Target, ...]]]:
        return {}

    def all_revisions(self) -> Iterator[tuple[str, str, tuple[Target, ...]]]:
        """(unit, indicator, its targets by the month from which they are in force)."""
        for unit in self.reporting:
            for indicator, targets in self.revisions(unit).items():
                yield unit, indicator, targets

    def as_of(self, month: int) -> "Plan":
        """The plan as it stood in the month: without the targets that are in force only later."""
        if max(self.targets.since, default=0) <= month:
            return self
        return replace(self, targets=Targets.of(target for target in self.targets if target.since <= month))

    def below(self, code: str, stated: Collection[str] = ()) -> "Plan":
        """The plan of one node and all below it: its units with their targets and last year's figures, the activities
        that any of them answers for, the indicators that any of them has or has `stated`. What the document says of
        the whole is no part of it."""
        if code == self.units.root.code:
            return self
        units = self.units.below(code)
        own = units.by_code.keys()
        targets = Targets.of(target for target in self.targets if target.unit in own)
        past = {key: figures for key, figures in (self.last_year or {}).items() if key[0] in own}
        used = {*stated, *targets.indicators, *(indicator for _, indicator in past)}
        indicators = self.indicators.only(used)
        activities = tuple(
            replace(one, responsible=tuple(unit for unit in one.responsible if unit in own))
            for one in self.activities
            if not own.isdisjoint(one.responsible)
        )
        sections = {one.section for one in indicators.members} | {one.section for one in activities}
        return replace(
            self,
            units=units,
            sections=tuple(section for section in self.sections if section.code in sections),
            indicators=indicators,
            targets=targets,
            activities=activities,
            last_year=past or None,
            statements=(),
        )

    def target(self, unit: str, indicator: str, month: int) -> float | None:
        """The year's figure in force in the month, as entered for the unit itself; None where there is none."""
        valid = [target for target in self.revisions(unit).get(indicator, ()) if target.since <= month]
        return valid[-1].value if valid else None

    def entered_by(self, unit: str) -> tuple[Indicator, ...]:
        """The indicators that the unit enters, in the plan's order: those with a target of its own, save
        parents whose parts, or parts of parts, it enters (they are computed) and ratios."""
        return tuple(indicator for indicator, _ in self.asked(unit).entered)

    def asked(self, unit: str) -> Asked:
        """What the unit is asked for."""
        if unit not in self._asked:
            who = self.units.by_code[unit]
            first = self.targets.first_months(unit)
            alike = frozenset(first.items()), who.since, who.until
            self._asked[unit] = self._asked_alike.get(alike) or self._ask(first, who)
            self._asked_alike[alike] = self._asked[unit]
        return self._asked[unit]

    def _ask(self, first: Mapping[str, int], who: Unit) -> Asked:
        """`first`: indicator → the first month of its target."""
        entered = tuple(
            (indicator, max(indicator.since, who.since, first[indicator.code]))
            for indicator in self.indicators.members
            if indicator.code in first
            and indicator.relation != "ratio"
            and not self.indicators.made_of(indicator.code, first)
        )
        return Asked(entered, range(who.since, who.until + 1), self.indicators, self.sections)

    @cached_property
    def _asked(self) -> dict[str, Asked]:
        return {}

    @cached_property
    def _asked_alike(self) -> dict[object, Asked]:
        return {}
