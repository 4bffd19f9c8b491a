"""The plan audited like a form: what it says is compared with what it says elsewhere.

What makes figures doubtful is an error; contradictions of the document itself are notes, shown and not settled.
"""

from collections.abc import Callable, Iterable

from pipeline.domain.plan import Plan
from pipeline.plan import audit_document, audit_indicators, audit_targets
from pipeline.problems import Problem

AUDITS: tuple[Callable[[Plan], Iterable[Problem]], ...] = (
    audit_indicators.relations,
    audit_indicators.parts_alike,
    audit_indicators.ratios,
    audit_indicators.phasing,
    audit_targets.indicators_targeted,
    audit_targets.units_targeted,
    audit_targets.entered_once,
    audit_document.activities_meet_targets,
    audit_document.statements_hold,
)
UNIT_AUDITS: tuple[Callable[[Plan, str], Iterable[Problem]], ...] = (
    audit_targets.parts_add_up,
    audit_targets.of_which_fits,
    audit_targets.figures,
    audit_targets.revisions,
)
"""Those that look at the targets of one unit at a time."""


def audit(plan: Plan) -> tuple[Problem, ...]:
    """All that is doubtful or contradictory in the plan, audit by audit, then unit by unit."""
    of_all = (problem for check in AUDITS for problem in check(plan))
    of_units = (problem for unit in plan.reporting for check in UNIT_AUDITS for problem in check(plan, unit))
    return (*of_all, *of_units)
