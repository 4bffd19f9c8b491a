"""All tables of a report, from what was read: the last word of the analysis."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from pipeline.analysis.activity_tables import activity_tables
from pipeline.analysis.assignment import assignment_table, sections_table
from pipeline.analysis.consolidate import consolidate, nodes
from pipeline.analysis.data_tables import figures_by_month, shown_table
from pipeline.analysis.deviations import contributions_table, deviations_table
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.indicator_tables import indicators_table, unit_indicators_table
from pipeline.analysis.lacking import lacking_table
from pipeline.analysis.live_table import live_table
from pipeline.analysis.main_indicators import main_indicators
from pipeline.analysis.month_tables import months_table
from pipeline.analysis.remembered import corrections_table, with_late
from pipeline.analysis.revisions import revisions_table
from pipeline.analysis.standings import standings_table
from pipeline.analysis.tables import DrawnTables, ReportTables
from pipeline.domain.memory import Memory
from pipeline.domain.periods import Period
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.domain.working_days import working_calendar
from pipeline.problems import SEVERITIES, Problem, advice, message
from pipeline.settings import Settings
from pipeline.words import Words


def begin_tables(
    plan: Plan,
    submissions: Sequence[Submission],
    problems: Iterable[Problem],
    inputs: pd.DataFrame,
    period: Period,
    settings: Settings,
    words: Words,
    memory: Memory = Memory(),  # noqa: B008  # an immutable value
) -> tuple[DrawnTables, Callable[[], ReportTables]]:
    """The tables of the whole tree for the period, by the plan as it then stood: what is drawn, and what computes the
    rest, for which the drawing need not wait. `inputs`: file, kind, unit, sha256, a row a file read. `memory`: what is
    remembered from earlier runs."""
    month = period.last.number
    plan = plan.as_of(month)
    data, node = consolidate(plan, submissions), plan.units.root.code
    one = nodes(data, [node])
    indicators = indicators_table(one, period, settings.thresholds, submissions)
    calendar = working_calendar(settings.calendar.country, plan.year, settings.calendar.move_deadlines, plan.starts)
    activities = activity_tables(plan, submissions, indicators, period.last, calendar)
    units = units_table(data, period, {form.identity.unit: form.file for form in submissions})
    drawn = DrawnTables(
        institution=settings.institution.name,
        department=settings.institution.department,
        head=settings.institution.head,
        example=settings.example,
        unit_title=plan.units.root.title,
        is_part=plan.units.is_part,
        period=period,
        indicators=indicators,
        months=months_table(one, month, settings.thresholds),
        units=with_late(units, memory, month),
        activities=activities.activities,
        occurrences=activities.occurrences,
        problems=problems_table(problems, words),
    )

    def rest() -> ReportTables:
        main = [str(row["code"]) for row in main_indicators(indicators)]
        deviations = deviations_table(data, indicators, settings.thresholds)
        everyone = nodes(data, data.units)
        unit_indicators = unit_indicators_table(everyone, node, main, month, settings.thresholds)
        contributions = contributions_table(everyone, node, month, deviations)
        del everyone  # the cubes of the whole tree make room for others
        figures = figures_by_month(submissions)
        return ReportTables(
            **vars(drawn),
            thresholds=settings.thresholds,
            fingerprint=fingerprint(inputs, memory.mark),
            unit_indicators=unit_indicators,
            lacking=lacking_table(data, period, settings.due_days(plan.calendar)),
            standings=standings_table(data, unit_indicators, indicators, units),
            deviations=deviations,
            contributions=contributions,
            form_code=settings.assignment.form_code,
            sections=sections_table(plan),
            assignment=assignment_table(plan, indicators, period, settings.thresholds),
            extras=activities.extras,
            activity_summary=activities.activity_summary,
            meets=activities.meets,
            data=shown_table(plan, submissions, figures, month),
            figures=figures,
            inputs=inputs,
            corrections=corrections_table(plan, memory),
            revisions=revisions_table(plan),
            live=live_table(data, node, main, month, settings.thresholds, units),
        )

    return drawn, rest


def fingerprint(inputs: pd.DataFrame, mark: str = "") -> str:
    """Sixteen hexadecimal digits that identify the inputs: the same files give the same ones."""
    lines = sorted(f"{row.file}\t{row.sha256}" for row in inputs.itertuples()) + [mark] * bool(mark)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def problems_table(problems: Iterable[Problem], words: Words) -> pd.DataFrame:
    """A row a problem, gravest first, then by place; columns as ReportTables.problems says."""
    ordered = sorted(problems, key=lambda p: (SEVERITIES.index(p.severity), p.address, p.code))
    rows = [(p.severity, p.code, *p.address, p.unit, message(p, words), advice(p, words), p.month) for p in ordered]
    columns = ["severity", "code", "file", "sheet", "cell", "unit", "message", "advice", "month"]
    return pd.DataFrame(rows, columns=columns)
