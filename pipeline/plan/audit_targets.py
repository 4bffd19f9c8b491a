"""Audits of the targets: against the tree of indicators, against one another, and as figures."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.targets import Target
from pipeline.problems import Problem, problem


def parts_add_up(plan: Plan, unit: str) -> Iterator[Problem]:
    """A unit that has targets for a whole and for its parts has the parts' sum for the whole, in every month."""
    own = plan.revisions(unit)
    for code, revisions in own.items():
        whole = plan.indicators.by_code[code].name
        for month in _changes(plan, unit, *own) if plan.indicators.made_of(code, own) else ():
            value, total = plan.target(unit, code, month), _parts_sum(plan, unit, code, month)
            if value is not None and total is not None and total != value:
                yield problem(
                    "plan.parts_differ",
                    _in_force(revisions, month).address,
                    unit=unit,
                    indicator=whole,
                    who=unit,
                    value=value,
                    total=total,
                )
                break


def _parts_sum(plan: Plan, unit: str, code: str, month: int) -> float | None:
    """What the targets of the indicator's parts make in the month: a part without one has what its own parts make."""
    known: list[float] = []
    for part in plan.indicators.parts.get(code, ()):
        own = plan.target(unit, part.code, month)
        figure = _parts_sum(plan, unit, part.code, month) if own is None else own
        known += [] if figure is None else [figure]
    return round_half_up(sum(known), 9) if known else None


def of_which_fits(plan: Plan, unit: str) -> Iterator[Problem]:
    """No «of which» is greater than what it is of, in any month."""
    for code, revisions in plan.revisions(unit).items():
        indicator = plan.indicators.by_code[code]
        if indicator.relation != "of_which" or indicator.parent is None:
            continue
        for month in _changes(plan, unit, code, indicator.parent):
            value, whole = plan.target(unit, code, month), plan.target(unit, indicator.parent, month)
            if value is not None and whole is not None and value > whole:
                yield problem(
                    "plan.of_which_exceeds",
                    _in_force(revisions, month).address,
                    unit=unit,
                    indicator=indicator.name,
                    parent=plan.indicators.by_code[indicator.parent].name,
                    who=unit,
                    value=value,
                    total=whole,
                )
                break


def _changes(plan: Plan, unit: str, *indicators: str) -> list[int]:
    """The months from which any of these targets of the unit is in force."""
    return sorted({target.since for code in indicators for target in plan.revisions(unit).get(code, ())})


def _in_force(revisions: tuple[Target, ...], month: int) -> Target:
    return [target for target in revisions if target.since <= month][-1]


def figures(plan: Plan, unit: str) -> Iterator[Problem]:
    """Targets are not negative and no finer than their indicator; a ratio has none, it is computed."""
    for code, revisions in plan.revisions(unit).items():
        indicator = plan.indicators.by_code[code]
        for target in revisions:
            told: dict[str, Any] = {"indicator": indicator.name, "who": unit, "value": target.value}
            if indicator.relation == "ratio":
                yield problem(
                    "plan.ratio_targeted",
                    target.address,
                    unit=unit,
                    indicator=indicator.name,
                    formula=indicator.formula,
                )
            if target.value < 0:
                yield problem("plan.target_negative", target.address, unit=unit, **told)
            elif round_half_up(target.value, indicator.decimals) != target.value:
                yield problem("plan.target_fraction", target.address, unit=unit, decimals=indicator.decimals, **told)


def revisions(plan: Plan, unit: str) -> Iterator[Problem]:
    """Every revision has its reason and its document."""
    for code, targets in plan.revisions(unit).items():
        for before, target in pairwise(targets):
            if not (target.reason and target.document):
                yield problem(
                    "plan.revision_unexplained",
                    target.address,
                    unit=unit,
                    indicator=plan.indicators.by_code[code].name,
                    who=unit,
                    before=before.value,
                    value=target.value,
                )


def indicators_targeted(plan: Plan) -> Iterator[Problem]:
    """Every indicator has a target, of its own or of its parts."""
    own = set(plan.targets.indicators)
    for indicator in plan.indicators.members:
        targeted = indicator.code in own or plan.indicators.made_of(indicator.code, own)
        if indicator.relation != "ratio" and not targeted:
            yield problem("plan.indicator_untargeted", indicator.address, indicator.code, indicator=indicator.name)


def units_targeted(plan: Plan) -> Iterator[Problem]:
    """Every unit that has none below it has something to report."""
    own = set(plan.reporting)
    for unit in plan.units.members:
        if unit.code not in own and not plan.units.children[unit.code]:
            yield problem("plan.unit_untargeted", unit.address, unit.code, unit=unit.code, title=unit.title)


def entered_once(plan: Plan) -> Iterator[Problem]:
    """What isn't added over units is the target of one unit."""
    for indicator in plan.indicators.members:
        if indicator.over_units == "none":
            units = plan.targets.units_with(indicator.code)
            if len(units) > 1:
                yield problem("plan.entered_once", indicator.address, indicator=indicator.name, units=units)
