"""Audits of the document: its activities against its figures, its own totals against the sums of its parts."""

from collections.abc import Iterator

from pipeline.domain.plan import Plan, Statement
from pipeline.domain.rounding import round_half_up
from pipeline.domain.totals import formula_target, year_target
from pipeline.plan.audit_indicators import formula_problems
from pipeline.problems import Problem, problem


def activities_meet_targets(plan: Plan) -> Iterator[Problem]:
    """As many dates as the target of the indicator that they feed. Where any of the activities has no dates of
    its own (it recurs, or stands all year), they can't be counted."""
    for indicator in plan.indicators.members:
        feeding = [activity for activity in plan.activities if activity.indicator == indicator.code]
        dated = [one.deadline for one in feeding if one.deadline is not None and one.deadline.kind == "dated"]
        target = year_target(plan, indicator) if feeding and len(dated) == len(feeding) else None
        number = sum(len(deadline.occurrences) for deadline in dated)
        if target is not None and number != target:
            yield problem(
                "plan.activities_differ", indicator.address, indicator=indicator.name, target=target, number=number
            )


def statements_hold(plan: Plan) -> Iterator[Problem]:
    """What the document says about its own figures is true of them; its remarks are passed on."""
    for statement in plan.statements:
        if not statement.formula:
            yield problem("plan.remark", statement.address, statement.text, place=statement.place)
        elif statement.value is None:
            yield problem("plan.statement_without_value", statement.address, statement.text)
        elif wrong := tuple(formula_problems(plan, statement.formula, statement.address)):
            yield from wrong
        else:
            yield from _compared(plan, statement, statement.value)


def _compared(plan: Plan, statement: Statement, stated: float) -> Iterator[Problem]:
    total = formula_target(plan, statement.formula)
    if total is None:
        yield problem("plan.statement_uncomputed", statement.address, statement.text, formula=statement.formula)
    elif round_half_up(total - stated, 9) != 0:
        yield problem(
            "plan.statement_differs",
            statement.address,
            statement.text,
            place=statement.place,
            formula=statement.formula,
            stated=stated,
            total=total,
        )
