"""All tables of a report, from what was read: the last word of the analysis."""

import hashlib
from collections.abc import Iterable, Sequence

import pandas as pd

from pipeline.analysis import facts
from pipeline.analysis.activity_tables import activity_tables
from pipeline.analysis.consolidate import consolidate
from pipeline.analysis.facts import facts_frame
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.indicator_tables import indicators_table, unit_indicators_table
from pipeline.analysis.month_tables import months_table
from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import Month
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.problems import SEVERITIES, Problem, advice, message
from pipeline.settings import Settings
from pipeline.words import Words


def report_tables(
    plan: Plan,
    submissions: Sequence[Submission],
    problems: Iterable[Problem],
    inputs: pd.DataFrame,
    month: int,
    settings: Settings,
    words: Words,
) -> ReportTables:
    """The tables of the whole tree for the month (1…12). `inputs`: file, kind, unit, sha256, a row a file read."""
    data = consolidate(plan, facts_frame(submissions))
    node, reported = plan.units.root.code, Month(plan.year, month)
    activities, dated = activity_tables(plan, submissions, reported.last_day)
    files = {form.identity.unit: form.file for form in submissions}
    return ReportTables(
        institution=settings.institution.name,
        department=settings.institution.department,
        head=settings.institution.head,
        example=settings.example,
        unit_title=plan.units.root.title,
        month=reported,
        thresholds=settings.thresholds,
        fingerprint=fingerprint(inputs),
        indicators=indicators_table(data, node, month, settings.thresholds, submissions),
        months=months_table(data, node, month, settings.thresholds),
        units=units_table(data, month, files),
        unit_indicators=unit_indicators_table(data, node, month, settings.thresholds),
        activities=activities,
        occurrences=dated,
        problems=problems_table(problems, words),
        data=data_table(plan, submissions),
        inputs=inputs,
    )


def fingerprint(inputs: pd.DataFrame) -> str:
    """Sixteen hexadecimal digits that identify the inputs: the same files give the same ones."""
    lines = sorted(f"{row.file}\t{row.sha256}" for row in inputs.itertuples())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def problems_table(problems: Iterable[Problem], words: Words) -> pd.DataFrame:
    """A row a problem, gravest first, then by place; columns as ReportTables.problems says."""
    ordered = sorted(problems, key=lambda p: (SEVERITIES.index(p.severity), p.address, p.code))
    rows = [(p.severity, p.code, *p.address, p.unit, message(p, words), advice(p, words), p.month) for p in ordered]
    columns = ["severity", "code", "file", "sheet", "cell", "unit", "message", "advice", "month"]
    return pd.DataFrame(rows, columns=columns)


def data_table(plan: Plan, submissions: Sequence[Submission]) -> pd.DataFrame:
    """The facts with their titles, by unit and indicator in the plan's order; columns as ReportTables.data says."""
    frame = facts_frame(submissions)
    members, units = plan.indicators.by_code, plan.units.by_code
    place = {code: at for at, code in enumerate(members)}
    rank = {unit.code: at for at, (_, unit) in enumerate(plan.units.walk())}
    frame = frame.assign(
        unit_title=frame[facts.UNIT].map(lambda code: units[code].title),
        section=frame[facts.INDICATOR].map(lambda code: members[code].section),
        indicator_title=frame[facts.INDICATOR].map(lambda code: members[code].title),
        unit_of_measure=frame[facts.INDICATOR].map(lambda code: members[code].unit_of_measure),
        _unit=frame[facts.UNIT].map(rank),
        _indicator=frame[facts.INDICATOR].map(place),
    ).sort_values(["_unit", "_indicator", facts.MONTH, facts.MEASURE], kind="stable", ignore_index=True)
    return frame[
        [
            *(facts.UNIT, "unit_title", "section", facts.INDICATOR, "indicator_title", "unit_of_measure"),
            *(facts.MONTH, facts.MEASURE, facts.VALUE, facts.FILE, facts.SHEET, facts.CELL),
        ]
    ]
