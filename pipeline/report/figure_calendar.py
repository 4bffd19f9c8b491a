"""The calendar of activities: a row for each dated one, with what was due, what is done and what is overdue."""

from collections.abc import Hashable
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS, Month
from pipeline.domain.status import Status
from pipeline.report.activities import STATES
from pipeline.report.figure_rows import MOST_ROWS, WIDTH, figure_height, letter_size, shortened
from pipeline.words import Words
from pipeline.workbooks.styles import GROUND, INK, MUTED, RULE, STATUS_TEXT

ABOVE, BELOW, LEFT, RIGHT = 0.35, 0.4, 3.95, 0.1  # inches around the rows
LETTER = 0.6  # width of a letter, of its size
MARKERS = {"done": "o", "late": "s", "overdue": "D", "due": "^", "coming": "o", "moved": ">", "cancelled": "x"}
HOLLOW = "coming"
PERIOD = "#C3CCD6"
Occurrence = dict[Hashable, Any]


def draw_calendar(figure: Figure, tables: ReportTables, words: Words) -> None:
    """The calendar on the figure; where there are more activities than a page holds, the most urgent ones."""
    activities = shown_activities(tables)
    rows, around = len(activities), ABOVE + BELOW
    tall = figure_height(rows, around)
    figure.set_size_inches(WIDTH, tall)
    axes = figure.add_axes((LEFT / WIDTH, BELOW / tall, 1 - (LEFT + RIGHT) / WIDTH, 1 - around / tall))
    _draw_months(axes, tables.month, words, rows)
    reported = _day(tables.month.following.first_day)
    own = {code: rows.to_dict("records") for code, rows in tables.occurrences.groupby("activity")}
    for row, code in enumerate(activities["code"]):
        for occurrence in own[code]:
            _draw_occurrence(axes, row, occurrence, reported)
    size = min(letter_size(rows, around), 7.5)
    longest = int((LEFT * 72 - 12) / (size * LETTER))
    titles = [shortened(title, longest) for title in activities["title"]]
    axes.set_yticks(range(rows), titles, fontsize=size, ha="left")
    axes.tick_params(axis="y", pad=LEFT * 72 - 8, length=0)
    _draw_key(figure, words, tall, tables)


def shown_activities(tables: ReportTables) -> pd.DataFrame:
    """The activities that have occurrences, in the plan's order: as many as a page holds, the most urgent ones."""
    dated = tables.activities[tables.activities["code"].isin(tables.occurrences["activity"])]
    if len(dated) <= MOST_ROWS:
        return dated
    urgency = dated["state"].map({state: number for number, state in enumerate(STATES)})
    return dated.loc[urgency.sort_values(kind="stable").index[:MOST_ROWS].sort_values()]


def _draw_months(axes: Axes, month: Month, words: Words, rows: int) -> None:
    firsts = [_day(Month(month.year, number).first_day) for number in MONTHS]
    end = _day(Month(month.year, 12).following.first_day)
    axes.set_xlim(firsts[0], end)
    axes.set_ylim(rows - 0.5, -0.5)
    edges = [*firsts, end]
    middles = [(start + stop) / 2 for start, stop in pairwise(edges)]
    axes.set_xticks(middles, [words.month(number, "short") for number in MONTHS], fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    for number, edge in enumerate(edges[:-1]):
        if number % 2:
            axes.axvspan(edge, edges[number + 1], color="#F6F8FA", linewidth=0, zorder=0)
    for row in range(rows):
        axes.axhline(row, color=RULE, linewidth=0.5, zorder=1)
    today = edges[month.number]
    axes.axvline(today, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=2)
    for spine in axes.spines.values():
        spine.set_color(GROUND)


def _day(day: date) -> float:
    """The day's place on the axis: its beginning; deadlines are marked at noon."""
    return float(day.toordinal())


def _draw_occurrence(axes: Axes, row: int, occurrence: Occurrence, reported: float) -> None:
    """A period as a bar, a mark of the state at its end; a line from the deadline to the day when it was done, or
    to the end of the reported month where it is overdue."""
    state, start, end = str(occurrence["state"]), _day(occurrence["start"]), _day(occurrence["end"]) + 0.5
    colour = STATUS_TEXT[_status(state)]
    if end - start > 1:
        axes.plot([start + 1, end - 1], [row, row], color=PERIOD, linewidth=5, solid_capstyle="butt", zorder=2)
    at = end
    if state in ("done", "late") and pd.notna(occurrence["done_date"]):
        at = _day(occurrence["done_date"]) + 0.5
        if at > end:
            axes.plot([end, at], [row, row], color=colour, linewidth=1.5, marker="|", markersize=6, zorder=3)
    elif state == "overdue":
        axes.plot([end, reported], [row, row], color=colour, linewidth=1.5, zorder=3)
    axes.plot([at], [row], zorder=4, clip_on=False, **_look(state))


def _status(state: str) -> Status:
    return STATES[state][1]


def _look(state: str) -> dict[str, Any]:
    """How a state is drawn: form, fill and colour."""
    colour = STATUS_TEXT[_status(state)] if state != "cancelled" else MUTED
    return {
        "marker": MARKERS[state],
        "markersize": 5.5,
        "markerfacecolor": "white" if state == HOLLOW else colour,
        "markeredgecolor": colour,
        "markeredgewidth": 1.2,
        "linestyle": "none",
    }


def _draw_key(figure: Figure, words: Words, tall: float, tables: ReportTables) -> None:
    """The marks that occur, and what the bar and the upright line mean."""
    occurring = [state for state in MARKERS if state in set(tables.occurrences["state"])]
    handles = [Line2D([], [], label=words(f"report.activities.state.{state}"), **_look(state)) for state in occurring]
    handles.append(Line2D([], [], color=PERIOD, linewidth=5, label=words("report.figure.period")))
    reported = words("report.figure.reported", day=words.day(tables.month.last_day))
    handles.append(Line2D([], [], color=INK, linewidth=1.2, linestyle=(0, (4, 2)), label=reported))
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.15 / WIDTH, 0.04 / tall),
        ncols=len(handles),
        fontsize=7.5,
        frameon=False,
        handlelength=1.6,
        columnspacing=1.4,
        borderaxespad=0,
    )
