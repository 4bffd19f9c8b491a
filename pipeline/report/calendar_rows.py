"""Which activities the calendar of the year shows."""

import pandas as pd

from pipeline.analysis.tables import DrawnTables
from pipeline.report.activity_states import STATES
from pipeline.report.figure_rows import MOST_ROWS


def shown_activities(tables: DrawnTables) -> pd.DataFrame:
    """The activities that have occurrences, in the plan's order: as many as a page holds, the most urgent ones."""
    dated = tables.activities[tables.activities["code"].isin(tables.occurrences["activity"])]
    if len(dated) <= MOST_ROWS:
        return dated
    urgency = dated["state"].map({state: number for number, state in enumerate(STATES)})
    return dated.loc[urgency.sort_values(kind="stable").index[:MOST_ROWS].sort_values()]
