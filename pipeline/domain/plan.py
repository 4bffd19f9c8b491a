"""The year plan as one value: units, sections, indicators, targets, activities, last year's figures."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.domain.activities import Activity
from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.domain.phasing import EVEN, respread, spread
from pipeline.domain.units import Units


@dataclass(frozen=True)
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
class Statement:
    """What the plan's document says elsewhere about its own figures: `formula` over indicators against the
    figure `value` stated at `place`. Without a formula it is a remark. Shown, never corrected in silence."""

    text: str
    formula: str
    value: float | None
    place: str
    address: Address = NOWHERE


@dataclass(frozen=True, eq=False)
class Asked:
    """What units are asked for, one value for all of which the same is asked: the indicators that each enters, in the
    plan's order, with the first month of each; and the months for which it reports."""

    entered: tuple[tuple[Indicator, int], ...]
    months: range
    indicators: Indicators
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Plan:
    """A read and audited plan of one year. `last_year`: (unit, indicator) → twelve actuals, None where blank.
    `note` is a remark on the whole plan for all who read it. `starts`: the month of the calendar with which the year
    begins; all months of the plan are numbered from it, 1 … 12."""

    year: int
    title: str
    units: Units
    sections: tuple[Section, ...]
    indicators: Indicators
    targets: tuple[Target, ...]
    activities: tuple[Activity, ...] = ()
    last_year: dict[tuple[str, str], tuple[float | None, ...]] | None = None
    statements: tuple[Statement, ...] = ()
    note: str = ""
    starts: int = 1

    @property
    def calendar(self) -> PlanYear:
        """Which months of the calendar its months are."""
        return PlanYear(self.year, self.starts)

    @cached_property
    def revisions(self) -> dict[tuple[str, str], tuple[Target, ...]]:
        """(unit, indicator) → its targets by the month from which they are in force."""
        found: dict[tuple[str, str], list[Target]] = {}
        for target in sorted(self.targets, key=lambda target: target.since):
            found.setdefault((target.unit, target.indicator), []).append(target)
        return {key: tuple(targets) for key, targets in found.items()}

    @cached_property
    def targeted(self) -> dict[str, frozenset[str]]:
        """Unit → codes of the indicators for which it has a target of its own."""
        found: dict[str, set[str]] = {}
        for unit, indicator in self.revisions:
            found.setdefault(unit, set()).add(indicator)
        return {unit: frozenset(codes) for unit, codes in found.items()}

    def as_of(self, month: int) -> "Plan":
        """The plan as it stood in the month: without the targets that are in force only later."""
        return replace(self, targets=tuple(target for target in self.targets if target.since <= month))

    def below(self, code: str, stated: Collection[str] = ()) -> "Plan":
        """The plan of one node and all below it: its units with their targets and last year's figures, the activities
        that any of them answers for, the indicators that any of them has or has `stated`. What the document says of
        the whole is no part of it."""
        if code == self.units.root.code:
            return self
        units = self.units.below(code)
        own = units.by_code.keys()
        targets = tuple(target for target in self.targets if target.unit in own)
        past = {key: figures for key, figures in (self.last_year or {}).items() if key[0] in own}
        used = {*stated, *(target.indicator for target in targets), *(indicator for _, indicator in past)}
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
        valid = [target for target in self.revisions.get((unit, indicator), ()) if target.since <= month]
        return valid[-1].value if valid else None

    def entered_by(self, unit: str) -> tuple[Indicator, ...]:
        """The indicators that the unit enters, in the plan's order: those with a target of its own, save
        parents whose parts it enters (they are computed) and ratios."""
        return tuple(indicator for indicator, _ in self.asked[unit].entered)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Unit → what it is asked for."""
        alike: dict[object, Asked] = {}
        found: dict[str, Asked] = {}
        for code, unit in self.units.by_code.items():
            own = self.targeted.get(code, frozenset())
            first = {one: self.revisions[code, one][0].since for one in sorted(own)}
            key = (tuple(first.items()), unit.since, unit.until)
            if key not in alike:
                entered = tuple(
                    (indicator, max(indicator.since, unit.since, first[indicator.code]))
                    for indicator in self.indicators.members
                    if indicator.code in own
                    and indicator.relation != "ratio"
                    and not any(part.code in own for part in self.indicators.parts.get(indicator.code, ()))
                )
                alike[key] = Asked(entered, range(unit.since, unit.until + 1), self.indicators, self.sections)
            found[code] = alike[key]
        return found

    def phased(self, unit: str, indicator: Indicator) -> tuple[float, ...] | None:
        """Twelve planned figures as the form pre-fills them, revisions included; None without a target.

        Sums are spread; cumulative entering states running totals; a stock, a maximum and a mean are planned
        at the target in each month.
        """
        revisions = self.revisions.get((unit, indicator.code))
        if not revisions:
            return None
        running = indicator.entering == "cumulative"
        if indicator.over_months != "sum" and not running:
            return tuple(
                next((t.value for t in reversed(revisions) if t.since <= month), revisions[0].value) for month in MONTHS
            )
        weights = self.weights(unit, indicator)
        shares = spread(revisions[0].value, weights, indicator.decimals)
        for revision in revisions[1:]:
            shares = respread(shares, revision.since, revision.value, weights, indicator.decimals)
        return tuple(sum(shares[: number + 1]) for number in range(12)) if running else shares

    def weights(self, unit: str, indicator: Indicator) -> tuple[float, ...]:
        """Twelve weights of the indicator's phasing for the unit; zero in months when either is out of force.

        Last year's actuals serve only where all twelve are known and not all zero; otherwise the profile,
        otherwise even.
        """
        weights = indicator.profile if indicator.profile and indicator.phasing != "even" else EVEN
        past = (self.last_year or {}).get((unit, indicator.code), ())
        known = tuple(value for value in past if value is not None and value >= 0)
        if indicator.phasing == "last_year" and len(known) == 12 and any(known):
            weights = known
        who = self.units.by_code[unit]
        first = max(indicator.since, who.since, self.revisions[unit, indicator.code][0].since)
        last = min(indicator.until, who.until)
        return tuple(weight if first <= month <= last else 0.0 for month, weight in zip(MONTHS, weights, strict=True))
