"""The finished tables that a report shows: everything in them is computed, rounded and named; nothing in the
report computes further."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.analysis.live_table import LiveTable
from pipeline.analysis.remembered import no_corrections
from pipeline.analysis.revisions import no_revisions
from pipeline.analysis.side_by_side import side_by_side
from pipeline.domain.periods import Month, Period
from pipeline.domain.status import Thresholds


@dataclass(frozen=True, eq=False, kw_only=True)
class DrawnTables:
    """What pictures, memo and calendars show of the report of one node (`unit_title`; `is_part`: of a larger tree) for
    one period. Missing figures are NaN. The reported month is the period's last one; targets are those that were in
    force in it.

    indicators: a row an indicator, in the plan's order, index 0…n-1 —
        code, title, name (short), section, section_title, unit_of_measure, relation, parent, formula, over_months,
        direction, quantity, source, okei: str; main: bool; depth, decimals: int;
        target, original_target: float (the year's, in force in the month; as first approved);
        for each p of period (the reported one), quarter (that of the reported month, so far), to_date: p_planned,
        p_actual, p_variance, p_percent: float (percents are whole numbers), p_status: one of
        domain.status.STATUSES, p_received, p_expected: int (figures that the actual is made of, of those
        expected: a partial one must be marked);
        last_year (the same period a year before), forecast, forecast_low, forecast_high (its range; NaN where the
        evidence doesn't reach), forecast_percent, pace (needed a month): float;
        cause, explanation, who: str (of the reported period, joined where several units explain).
    months: a row an indicator and month (1…12), in the same order —
        code: str; month: int; planned, actual, planned_to_date, actual_to_date, forecast (of the months to
        come, the month's own), forecast_to_date (from the reported month on, with
        what is missing to date filled), last_year: float;
        percent: float; status; received, expected: int. actual is NaN for months after the reported one.
    units: a row a unit of the tree below the node, depth-first —
        code, title, kind: str; depth: int; reports: bool (has a form of its own); file: str;
        received, expected: int (of the reported period); state (of the period), m1 … m12: state of the unit's
        form: complete, partial, missing, ahead (not due yet), absent (not expected); handed, due: int (forms of it
        and of all below it, of the period), h1 … h12, d1 … d12 (of the months).
    activities: a row an activity — code, section, section_title, group, title, due, responsible (titles),
        indicator, result, explanation (of what is moved or cancelled): str; due_date (the next or last
        occurrence's), done_date: datetime64 or NaT; state: one of analysis.activities.STATES; done, total: int
        (occurrences); overdue_days: tuple of dates; next_date (the first deadline in the following month): datetime64
        or NaT, next_state: its state or empty; day_off (what is still to be done falls due on this day off):
        datetime64 or NaT.
    occurrences: a row an occurrence of a dated activity — activity, title, state, result: str; number, of: int;
        start, end, done_date: datetime64; units: tuple of the codes of the people responsible.
    problems: gravest first — severity, code, file, sheet, cell, unit, message, advice: str; month: int.
    """

    institution: str
    department: str
    head: str
    example: bool
    unit_title: str
    is_part: bool = False
    period: Period
    indicators: pd.DataFrame
    months: pd.DataFrame
    units: pd.DataFrame
    activities: pd.DataFrame
    occurrences: pd.DataFrame
    problems: pd.DataFrame

    @property
    def month(self) -> Month:
        """The last month of the period: the year to date ends with it."""
        return self.period.last


@dataclass(frozen=True, eq=False, kw_only=True)
class ReportTables(DrawnTables):
    """All that the report shows: what is drawn, and what only the workbook has.

    unit_indicators: a row a unit (of the tree) and main indicator that it has — unit, unit_title, code, name:
        str; decimals: int; to_date_planned, to_date_actual, to_date_percent: float; to_date_status;
        to_date_received, to_date_expected: int.
    lacking: as analysis/lacking.py says — what is still to be handed in for the period.
    standings: as analysis/standings.py says — the units of each level ranked, where the tree has several levels.
    deviations, contributions: as analysis/deviations.py says — what is beyond its tolerance, and by whose doing.
    sections, assignment: as analysis/assignment.py says — the state assignment's report, on the form `form_code`.
    extras: a row an activity beyond the plan, by day — title, responsible (title), indicator (name), result: str;
        done_date: datetime64 or NaT.
    activity_summary: a row a section and a person (kind: section, unit), then one of kind total — code, title:
        str; total, finished (done, in time or late) and each of analysis.activities.STATES: int (occurrences);
        in_time: float (whole per cent).
    meets: a row an indicator that activities feed — code, name: str; target, reported (to date): float; dated,
        done, extra (beyond the plan): int (occurrences); verdict: agrees, more (is reported than is marked),
        fewer, unknown (nothing is reported), uncounted; difference (of reported and marked), undated (of the
        target, without a date in the plan): float.
    data: a row a figure read, by indicator, unit and month, both trees depth-first — unit, unit_title, section,
        indicator, indicator_title, unit_of_measure: str; month: int; measure (planned, actual): str; value: float;
        file, sheet, cell: str. Where they are too many, of the latest months only (see analysis/data_tables.py).
    figures: month → number of all figures read.
    inputs: a row a file read — file, kind (plan, form), unit, sha256: str.
    corrections: as analysis/remembered.py says — of closed months, waiting and accepted.
    revisions: as analysis/revisions.py says — of targets, up to the reported month.
    live: what «Сводка» lets its reader choose; see LiveTable.

    Files are named relative to the input folder; `input_link` leads there from the report's own folder.
    """

    thresholds: Thresholds
    fingerprint: str
    unit_indicators: pd.DataFrame
    lacking: pd.DataFrame
    standings: pd.DataFrame
    deviations: pd.DataFrame
    contributions: pd.DataFrame
    form_code: str
    sections: pd.DataFrame
    assignment: pd.DataFrame
    extras: pd.DataFrame
    activity_summary: pd.DataFrame
    meets: pd.DataFrame
    data: pd.DataFrame
    figures: dict[int, int]
    inputs: pd.DataFrame
    live: LiveTable
    corrections: pd.DataFrame = field(default_factory=no_corrections)
    revisions: pd.DataFrame = field(default_factory=no_revisions)
    input_link: str = "../../input/"

    @cached_property
    def side_by_side(self) -> pd.DataFrame:
        """`data` as people read them: see analysis/side_by_side.py."""
        return side_by_side(self.data)


def records(table: pd.DataFrame) -> Iterator[dict[Hashable, Any]]:
    """The rows of a long table by their columns, one after another: those of a country all at once would take more than
    the sheet that they are written to."""
    names = list(table.columns)
    return (dict(zip(names, row, strict=True)) for row in zip(*(table[name].tolist() for name in names), strict=True))
