"""The year plan as one value: units, sections, indicators, targets, activities, last year's figures."""

from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.domain.activities import Activity
from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.periods import MONTHS
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


@dataclass(frozen=True)
class Plan:
    """A read and audited plan of one year. `last_year`: (unit, indicator) → twelve actuals, None where blank.
    `note` is a remark on the whole plan for all who read it."""

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

    def target(self, unit: str, indicator: str, month: int) -> float | None:
        """The year's figure in force in the month, as entered for the unit itself; None where there is none."""
        valid = [target for target in self.revisions.get((unit, indicator), ()) if target.since <= month]
        return valid[-1].value if valid else None

    def entered_by(self, unit: str) -> tuple[Indicator, ...]:
        """The indicators that the unit enters, in the plan's order: those with a target of its own, save
        parents whose parts it enters (they are computed) and ratios."""
        own = self.targeted.get(unit, frozenset())
        return tuple(
            indicator
            for indicator in self.indicators.members
            if indicator.code in own
            and indicator.relation != "ratio"
            and not any(part.code in own for part in self.indicators.parts.get(indicator.code, ()))
        )

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
