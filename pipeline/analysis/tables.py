"""The finished tables that a report shows: everything in them is computed, rounded and named; nothing in the
report computes further."""

from dataclasses import dataclass

import pandas as pd

from pipeline.domain.periods import Month
from pipeline.domain.status import Thresholds


@dataclass(frozen=True)
class ReportTables:
    """All that the report of one node (`unit_title`) for one month shows. Missing figures are NaN.

    indicators: a row an indicator, in the plan's order, index 0…n-1 —
        code, title, name (short), section, section_title, unit_of_measure, relation, parent, over_months,
        direction, quantity, source, okei: str; main: bool; depth, decimals: int;
        target, original_target: float (the year's, in force in the month; as first approved);
        for each p of month, to_date: p_planned, p_actual, p_variance, p_percent: float (percents are whole
        numbers), p_status: one of domain.status.STATUSES, p_received, p_expected: int (figures that the actual
        is made of, of those expected: a partial one must be marked);
        last_year (the same period a year before), forecast, forecast_percent, pace (needed a month): float;
        cause, explanation, who: str (of the reported month, joined where several units explain).
    months: a row an indicator and month (1…12), in the same order —
        code: str; month: int; planned, actual, planned_to_date, actual_to_date, forecast (of the months to
        come, the month's own), forecast_to_date (from the reported month on), last_year: float;
        percent: float; status; received, expected: int. actual is NaN for months after the reported one.
    units: a row a unit of the tree below the node, depth-first —
        code, title, kind: str; depth: int; reports: bool (has a form of its own); file: str;
        received, expected: int (of the reported month); m1 … m12: state of the unit's form that month:
        complete, partial, missing, ahead (not due yet), absent (not expected).
    unit_indicators: a row a unit (of the tree) and indicator that it has — unit, unit_title, code, name:
        str; decimals: int; to_date_planned, to_date_actual, to_date_percent: float; to_date_status;
        to_date_received, to_date_expected: int.
    activities: a row an activity — code, section, section_title, group, title, due, responsible (titles),
        indicator, result: str; due_date (the next or last occurrence's), done_date: datetime64 or NaT;
        state: overdue, due (begun, its last day to come), coming, standing, moved, done, cancelled, unread;
        done, total: int (occurrences); explanation: str.
    occurrences: a row an occurrence of a dated activity — activity, title: str; start, end, done_date:
        datetime64; state.
    problems: gravest first — severity, code, file, sheet, cell, unit, message, advice: str; month: int.
    data: a row a figure read — unit, unit_title, section, indicator, indicator_title, unit_of_measure: str;
        month: int; measure (planned, actual): str; value: float; file, sheet, cell: str.
    inputs: a row a file read — file, kind (plan, form), unit, sha256: str.

    Files are named relative to the input folder; `input_link` leads there from the report's own folder.
    """

    institution: str
    department: str
    head: str
    example: bool
    unit_title: str
    month: Month
    thresholds: Thresholds
    fingerprint: str
    indicators: pd.DataFrame
    months: pd.DataFrame
    units: pd.DataFrame
    unit_indicators: pd.DataFrame
    activities: pd.DataFrame
    occurrences: pd.DataFrame
    problems: pd.DataFrame
    data: pd.DataFrame
    inputs: pd.DataFrame
    input_link: str = "../../input/"
