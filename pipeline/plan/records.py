"""A plan as rows of the workbook's sheets: what stands in each cell, in the words of its language."""

from pipeline.domain.activities import Activity
from pipeline.domain.indicators import Indicator, Section
from pipeline.domain.plan import Plan, Statement
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit
from pipeline.plan.layout import choice_key
from pipeline.words import Words

Cell = str | float | None
Record = dict[str, Cell]
"""Column's key → what stands in the cell; None and absent keys are blank."""


def records(plan: Plan, words: Words) -> dict[str, list[Record]]:
    """Sheet's key → its rows, of all sheets but «План» (see items_sheet.py)."""
    return {
        "units": [_unit(unit, words) for unit in plan.units.members],
        "sections": [_section(section, words) for section in plan.sections],
        "indicators": [_indicator(indicator, words) for indicator in plan.indicators.members],
        "targets": [_target(target, plan, words) for target in plan.targets],
        "activities": [_activity(activity) for activity in plan.activities],
        "last_year": [_past(plan, *key, values) for key, values in (plan.last_year or {}).items()],
        "statements": [_statement(statement) for statement in plan.statements],
    }


def _unit(unit: Unit, words: Words) -> Record:
    return {
        "code": unit.code,
        "title": unit.title,
        "parent": unit.parent,
        "kind": unit.kind,
        "group": unit.group,
        **_period(unit, words),
    }


def _section(section: Section, words: Words) -> Record:
    return {
        "code": section.code,
        "title": section.title,
        "kind": words(choice_key("kind", section.kind)),
        "registry_number": section.registry_number,
        "content": section.content,
        "conditions": section.conditions,
    }


def _indicator(one: Indicator, words: Words) -> Record:
    return {
        "code": one.code,
        "title": one.title,
        "short_title": one.short_title,
        "section": one.section,
        "unit_of_measure": one.unit_of_measure,
        "okei": one.okei,
        "parent": one.parent,
        "relation": words(choice_key("relation", one.relation)) if one.relation else None,
        "main": words(choice_key("main", "yes")) if one.main else None,
        "decimals": one.decimals,
        "over_months": words(choice_key("over_months", one.over_months)),
        "over_units": words(choice_key("over_units", one.over_units)),
        "entering": words(choice_key("entering", one.entering)),
        "direction": words(choice_key("direction", one.direction)),
        "tolerance_percent": one.tolerance_percent,
        "tolerance_absolute": one.tolerance_absolute,
        "phasing": words(choice_key("phasing", one.phasing)),
        "profile": "; ".join(f"{weight:g}" for weight in one.profile),
        "formula": one.formula,
        "quantity": words(choice_key("quantity", one.quantity)) if one.quantity else None,
        "source": one.source,
        **_period(one, words),
    }


def _target(target: Target, plan: Plan, words: Words) -> Record:
    return {
        "indicator": target.indicator,
        "unit": target.unit,
        "value": target.value,
        "since": words.month(target.since) if target.since > 1 else None,
        "reason": target.reason,
        "document": target.document,
        **_titles(plan, target.indicator, target.unit),
    }


def _past(plan: Plan, unit: str, indicator: str, values: tuple[float | None, ...]) -> Record:
    months = {f"m{month}": value for month, value in enumerate(values, 1)}
    return {"indicator": indicator, "unit": unit, **_titles(plan, indicator, unit), **months}


def _titles(plan: Plan, indicator: str, unit: str) -> Record:
    return {
        "indicator_title": plan.indicators.by_code[indicator].title,
        "unit_title": plan.units.by_code[unit].title,
    }


def _activity(activity: Activity) -> Record:
    return {
        "code": activity.code,
        "section": activity.section,
        "group": activity.group,
        "title": activity.title,
        "due": activity.due,
        "responsible": "; ".join(activity.responsible),
        "indicator": activity.indicator,
    }


def _statement(statement: Statement) -> Record:
    return {
        "text": statement.text,
        "formula": statement.formula,
        "value": statement.value,
        "place": statement.place,
    }


def _period(member: Unit | Indicator, words: Words) -> Record:
    """The months between which it counts, where they aren't the whole year."""
    return {
        "since": words.month(member.since) if member.since > 1 else None,
        "until": words.month(member.until) if member.until < 12 else None,
    }
