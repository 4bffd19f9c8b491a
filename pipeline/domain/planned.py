"""The plan's year figures month by month, as forms are pre-filled: with revisions, and «of which» within the whole."""

from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS
from pipeline.domain.phasing import EVEN, respread, spread, within
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up


def planned_months(plan: Plan, unit: str, indicator: Indicator) -> tuple[float, ...] | None:
    """Twelve planned figures as the form pre-fills them, revisions included; None without a target.

    Sums are spread; cumulative entering states running totals; a stock, a maximum and a mean are planned
    at the target in each month.
    """
    revisions = plan.revisions(unit).get(indicator.code)
    if not revisions:
        return None
    running = indicator.entering == "cumulative"
    if indicator.over_months != "sum" and not running:
        return tuple(
            next((t.value for t in reversed(revisions) if t.since <= month), revisions[0].value) for month in MONTHS
        )
    shares = _shares(plan, unit, indicator, MONTHS[-1])
    return tuple(sum(shares[: number + 1]) for number in range(12)) if running else shares


def _shares(plan: Plan, unit: str, indicator: Indicator, until: int) -> tuple[float, ...]:
    """The twelve months' own figures as they are planned in the month `until`; «of which» never more than the
    whole has, as far as the year's figures allow that."""
    weights, decimals = _weights(plan, unit, indicator), indicator.decimals
    first, *later = plan.revisions(unit)[indicator.code]
    revised = {target.since: target.value for target in later}
    shares = spread(first.value, weights, decimals)
    for since in (1, *(month for month in _revised(plan, unit) if month <= until)):
        if since in revised:
            shares = respread(shares, since, revised[since], weights, decimals)
        if indicator.relation == "of_which" and indicator.parent is not None:
            most = _made_up(plan, unit, plan.indicators.by_code[indicator.parent], since)
            shares = within(shares, most, since, weights, decimals) if most else shares
    return shares


def _made_up(plan: Plan, unit: str, indicator: Indicator, until: int) -> tuple[float, ...] | None:
    """The same of an indicator that is made up of parts, where it has any; None where it is not planned month by
    month."""
    parts = [_made_up(plan, unit, part, until) for part in plan.indicators.parts.get(indicator.code, ())]
    known = [part for part in parts if part]
    if known:
        return tuple(round_half_up(sum(shares), 9) for shares in zip(*known, strict=True))
    summed = indicator.over_months == "sum" or indicator.entering == "cumulative"
    return _shares(plan, unit, indicator, until) if summed and indicator.code in plan.revisions(unit) else None


def _revised(plan: Plan, unit: str) -> list[int]:
    """The months from which any of the unit's targets is another than before."""
    return sorted({target.since for targets in plan.revisions(unit).values() for target in targets[1:]})


def _weights(plan: Plan, unit: str, indicator: Indicator) -> tuple[float, ...]:
    """Twelve weights of the indicator's phasing for the unit; zero in months when either is out of force.

    Last year's actuals serve only where all twelve are known and not all zero; otherwise the profile,
    otherwise even.
    """
    weights = indicator.profile if indicator.profile and indicator.phasing != "even" else EVEN
    past = (plan.last_year or {}).get((unit, indicator.code), ())
    known = tuple(value for value in past if value is not None and value >= 0)
    if indicator.phasing == "last_year" and len(known) == 12 and any(known):
        weights = known
    who = plan.units.by_code[unit]
    first = max(indicator.since, who.since, plan.revisions(unit)[indicator.code][0].since)
    last = min(indicator.until, who.until)
    return tuple(weight if first <= month <= last else 0.0 for month, weight in zip(MONTHS, weights, strict=True))
