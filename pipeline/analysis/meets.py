"""Where activities meet the indicators that they feed: what is planned, dated, done, and reported."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import pandas as pd

from pipeline.analysis.activities import DONE, Occurrence
from pipeline.domain.activities import Activity, ExtraActivity, reported_occurrences
from pipeline.domain.indicators import Indicator

Verdict = Literal["agrees", "more", "fewer", "unknown", "uncounted"]
COLUMNS = ["code", "name", "target", "dated", "done", "extra", "reported", "verdict", "undated", "difference"]


def meets_table(
    indicators: Sequence[Indicator],
    figures: Mapping[str, tuple[float, float]],
    activities: Iterable[Activity],
    found: Iterable[Occurrence],
    extras: Iterable[ExtraActivity],
) -> pd.DataFrame:
    """A row an indicator that activities feed, as ReportTables.meets says. `figures`: code → the year's target and
    the actual to date, NaN where unknown; `extras` are those done by the end of the month."""
    fed = [activity for activity in activities if activity.indicator]
    dated = [part for part in found if part.activity.indicator and _countable(part.activity)]
    beyond = list(extras)
    fed_codes = {activity.indicator for activity in fed} | {extra.indicator for extra in beyond}
    rows = [
        _row(
            indicator,
            figures[indicator.code],
            [part for part in dated if part.activity.indicator == indicator.code],
            sum(extra.indicator == indicator.code for extra in beyond),
            all(_countable(one) for one in fed if one.indicator == indicator.code),
        )
        for indicator in indicators
        if indicator.code in fed_codes and indicator.code in figures
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    indicator: Indicator, figures: tuple[float, float], dated: Sequence[Occurrence], extra: int, all_dated: bool
) -> dict[str, object]:
    target, reported = figures
    done = sum(part.state in DONE for part in dated)
    added_up = indicator.over_months == "sum"
    return {
        "code": indicator.code,
        "name": indicator.name,
        "target": target,
        "dated": len(dated),
        "done": done,
        "extra": extra,
        "reported": reported,
        "verdict": _verdict(done + extra, reported, all_dated) if added_up and (dated or extra) else "uncounted",
        "undated": max(0.0, target - len(dated)) if added_up and dated and all_dated else 0.0,
        "difference": abs(reported - done - extra),
    }


def _verdict(done: int, reported: float, all_dated: bool) -> Verdict:
    """Undated work feeds the indicator too: then more may be reported than the marks show."""
    if reported != reported:
        return "unknown"
    if reported < done:
        return "fewer"
    return "more" if reported > done and all_dated else "agrees"


def _countable(activity: Activity) -> bool:
    """Each of its marks stands for one time that it is done; a month of weekly work has one mark for several."""
    deadline = activity.deadline
    return (
        deadline is not None and bool(deadline.occurrences) and reported_occurrences(deadline) == deadline.occurrences
    )
