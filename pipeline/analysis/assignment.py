"""The state assignment's report: what was approved, what was achieved, and how far that is beyond the permitted."""

import pandas as pd

from pipeline.domain.periods import Period
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.status import Thresholds

NOISE = 9
"""Decimals after which a number holds only what binary arithmetic leaves."""


def sections_table(plan: Plan) -> pd.DataFrame:
    """A row a service or work of the assignment, in the plan's order — code, title, kind (service, work),
    registry_number, content, conditions: str."""
    columns = ["code", "title", "kind", "registry_number", "content", "conditions"]
    rows = [[getattr(section, column) for column in columns] for section in plan.sections]
    return pd.DataFrame(rows, columns=columns)


def assignment_table(plan: Plan, indicators: pd.DataFrame, period: Period, thresholds: Thresholds) -> pd.DataFrame:
    """A row an indicator that the assignment's report shows, in the plan's order — code, section, quantity (quality,
    volume), title, unit_of_measure, okei, cause, source: str; decimals, received, expected: int; approved (for the
    year), achieved (since January), planned (to date), permitted (deviation from the approved), permitted_to_date
    (from the planned to date), excess: float, all in the indicator's units.

    `excess` is the amount by which the deviation is beyond the permitted one, in whichever direction: from the
    approved figure at the year's end, before it from the planned one to date.
    """
    final = period.last.number == 12
    rows = []
    for row in indicators[indicators["quantity"].ne("")].to_dict("records"):
        indicator = plan.indicators.by_code[str(row["code"])]
        percent, absolute = thresholds.percent_of(indicator), thresholds.absolute_of(indicator)
        permitted, to_date = (
            max(round_half_up(abs(base) * percent / 100, NOISE), absolute) if base == base else base
            for base in (row["target"], row["to_date_planned"])
        )
        base, allowed = (row["target"], permitted) if final else (row["to_date_planned"], to_date)
        excess = abs(row["to_date_actual"] - base) - allowed
        rows.append(
            {key: row[key] for key in ("code", "section", "quantity", "title", "unit_of_measure", "okei", "decimals")}
            | {
                "approved": row["target"],
                "achieved": row["to_date_actual"],
                "received": row["to_date_received"],
                "expected": row["to_date_expected"],
                "planned": row["to_date_planned"],
                "permitted": permitted,
                "permitted_to_date": to_date,
                "excess": round_half_up(max(excess, 0.0), NOISE) if excess == excess else excess,
                "cause": ". ".join(str(row[key]).rstrip(" .") for key in ("cause", "explanation") if row[key]),
                "source": row["source"],
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = [
    *("code", "section", "quantity", "title", "unit_of_measure", "okei", "decimals", "approved", "achieved"),
    *("received", "expected", "planned", "permitted", "permitted_to_date", "excess", "cause", "source"),
]
