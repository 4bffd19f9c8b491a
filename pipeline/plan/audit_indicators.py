"""Audits of the indicators by themselves: their tree, their formulas, their phasing."""

from collections.abc import Iterator

from pipeline.domain.addresses import Address
from pipeline.domain.formulas import codes, parse_formula
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.problems import Key, Problem, problem


def relations(plan: Plan) -> Iterator[Problem]:
    """A part belongs to something; what belongs to something says how."""
    for indicator in plan.indicators.members:
        if indicator.relation in ("part", "of_which") and indicator.parent is None:
            yield problem("plan.relation_without_parent", indicator.address, indicator.code)
        elif indicator.parent is not None and not indicator.relation:
            yield problem("plan.parent_without_relation", indicator.address, indicator.code, parent=indicator.parent)


def parts_alike(plan: Plan) -> Iterator[Problem]:
    """Parts can be added up to the whole only where both are counted alike."""
    for code, parts in plan.indicators.parts.items():
        whole = plan.indicators.by_code[code]
        for part in parts:
            for column in _unlike(part, whole):
                yield problem("plan.part_unlike_parent", part.address, part.code, parent=code, column=column)


def _unlike(part: Indicator, whole: Indicator) -> Iterator[Key]:
    if part.unit_of_measure != whole.unit_of_measure:
        yield Key("plan.indicators.unit_of_measure")
    if part.over_months != whole.over_months:
        yield Key("plan.indicators.over_months")
    if part.over_units != whole.over_units:
        yield Key("plan.indicators.over_units")


def ratios(plan: Plan) -> Iterator[Problem]:
    """A ratio has a formula, over indicators that are entered."""
    for indicator in plan.indicators.members:
        if indicator.relation == "ratio":
            if indicator.formula:
                yield from formula_problems(plan, indicator.formula, indicator.address)
            else:
                yield problem("plan.formula_missing", indicator.address, indicator.code)


def formula_problems(plan: Plan, formula: str, address: Address) -> Iterator[Problem]:
    """Why a formula can't be computed: it is to be of known indicators that are entered, not computed themselves."""
    try:
        named = codes(parse_formula(formula))
    except ValueError:
        yield problem("plan.formula_unreadable", address, formula)
        return
    for code in dict.fromkeys(named):
        indicator = plan.indicators.by_code.get(code)
        if indicator is None:
            yield problem("plan.formula_code_unknown", address, code, formula=formula)
        elif indicator.relation == "ratio":
            yield problem("plan.formula_of_ratio", address, code, formula=formula)


def phasing(plan: Plan) -> Iterator[Problem]:
    """Phasing has what it goes by: a profile, or all twelve months of last year."""
    for indicator in plan.indicators.members:
        if indicator.phasing == "profile" and not indicator.profile:
            yield problem("plan.profile_missing", indicator.address, indicator.code)
        if indicator.phasing == "last_year":
            code = indicator.code
            lacking = tuple(unit for unit in plan.targets.units_with(code) if not _known(plan, unit, code))
            if lacking:
                yield problem("plan.last_year_missing", indicator.address, indicator=indicator.name, units=lacking)


def _known(plan: Plan, unit: str, indicator: str) -> bool:
    past = (plan.last_year or {}).get((unit, indicator), ())
    return any(past) and None not in past
