"""The calendar of activities: a row for each dated one, with what was due, what is done and what is overdue."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.report.activity_states import STATES
from pipeline.report.calendar_rows import shown_activities
from pipeline.report.figure_drawing import Box, Place, Text, add_boxes, add_lines, add_texts, text_width
from pipeline.report.figure_rows import (
    HEAD,
    MARGIN,
    POINTS,
    WIDTH,
    figure_height,
    letter_size,
    row_middles,
    shortened,
)
from pipeline.words import Words
from pipeline.workbooks.colours import GROUND, INK, MUTED, RULE, STATUS_TEXT

ABOVE, BELOW, LEFT, RIGHT = 0.35, 0.4, 3.95, 0.1  # inches around the rows
LETTER = 0.6  # width of a letter, of its size
MARKERS = {"done": "o", "late": "s", "overdue": "D", "due": "^", "coming": "o", "moved": ">", "cancelled": "x"}
HOLLOW = "coming"
PERIOD, BAND = "#C3CCD6", "#F6F9FC"
BAR, DUE_TICK = 5, 3 / POINTS  # points of a period's height; inches of half the tick where a late one was due
NOON = 0.5
DASHES = (0, (4, 2))
KEY_MIDDLE, KEY_SIZE = 0.14, 7.5  # inches, points
KEY_LEFT, KEY_MARK, KEY_SPACE, KEY_BETWEEN = 0.19, 0.17, 0.08, 0.15  # inches
Line = tuple[Place, Place]


def draw_calendar(figure: Figure, tables: ReportTables, words: Words) -> None:
    """The calendar on the figure; where there are more activities than a page holds, the most urgent ones."""
    activities = shown_activities(tables)
    rows, around = len(activities), ABOVE + BELOW
    tall = figure_height(rows, around)
    figure.set_size_inches(WIDTH, tall)
    middles = row_middles(rows, BELOW, tall - ABOVE)
    _draw_months(figure, tables.month.plan_year, words, middles, tall - ABOVE)
    _draw_occurrences(figure, tables, dict(zip(activities["code"], middles, strict=True)), tall - ABOVE)
    size = min(letter_size(rows, around), 7.5)
    longest = int((LEFT * POINTS - 12) / (size * LETTER))
    titles = zip(middles, activities["title"], strict=True)
    add_texts(figure, [Text(MARGIN, middle, shortened(title, longest), size) for middle, title in titles])
    _draw_key(figure, words, tables)


def _at(day: date, year: PlanYear, days: float = 0.0) -> float:
    """The place in inches of so many days after the day's beginning; what is in other years is at an edge."""
    first, end = year.first_day.toordinal(), year.last_day.toordinal() + 1
    part = (day.toordinal() + days - first) / (end - first)
    return LEFT + min(max(part, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)


def _draw_months(figure: Figure, year: PlanYear, words: Words, middles: list[float], top: float) -> None:
    edges = [_at(year.month(number).first_day, year) for number in MONTHS] + [WIDTH - RIGHT]
    add_boxes(figure, [Box(start, BELOW, end, top, BAND) for start, end in list(pairwise(edges))[1::2]])
    add_lines(figure, [((edges[0], middle), (edges[-1], middle)) for middle in middles], RULE, 0.5)
    corners = [(edges[0], BELOW), (edges[0], top), (edges[-1], top), (edges[-1], BELOW), (edges[0], BELOW)]
    add_lines(figure, [corners], GROUND, 0.8)
    names = [words.month(number, "short") for number in MONTHS]
    middle_of = [(start + end) / 2 for start, end in pairwise(edges)]
    add_texts(figure, [Text(x, top + HEAD, name, 8, 0.5) for x, name in zip(middle_of, names, strict=True)])


def _draw_occurrences(figure: Figure, tables: ReportTables, middles: dict[str, float], top: float) -> None:
    """A period as a bar, a mark of the state at its end; a line from the deadline to the day when it was done, or
    to the end of the reported month where it is overdue. Deadlines are at noon; urgent marks lie on others."""
    year = tables.month.plan_year
    reported = _at(tables.month.following.first_day, year)
    bars: list[Line] = []
    lines: list[tuple[Line, str]] = []
    marks: dict[str, list[Place]] = defaultdict(list)
    columns = ("activity", "state", "start", "end", "done_date")
    for code, state, start, end, done in zip(*(tables.occurrences[column] for column in columns), strict=True):
        if code not in middles:
            continue
        y, due = middles[code], _at(end, year, NOON)
        if end > start:
            bars.append(((_at(start, year, 1), y), (_at(end, year, NOON - 1), y)))
        at = due
        if state in ("done", "late") and pd.notna(done):
            at = _at(done, year, NOON)
            if at > due:
                lines.append((((due, y), (at, y)), state))
                lines.append((((due, y - DUE_TICK), (due, y + DUE_TICK)), state))
        elif state == "overdue":
            lines.append((((due, y), (reported, y)), state))
        marks[state].append((at, y))
    add_lines(figure, bars, PERIOD, BAR)
    add_lines(figure, [((reported, BELOW), (reported, top))], INK, 1.2, linestyle=DASHES)
    add_lines(figure, [line for line, _ in lines], [_colour(state) for _, state in lines], 1.5)
    for state in reversed(STATES):
        _draw_marks(figure, state, marks[state])


def _draw_marks(figure: Figure, state: str, places: Sequence[Place]) -> None:
    if places:
        colour = _colour(state)
        figure.add_artist(
            Line2D(
                *zip(*places, strict=True),
                marker=MARKERS[state],
                markersize=5.5,
                markerfacecolor="white" if state == HOLLOW else colour,
                markeredgecolor=colour,
                markeredgewidth=1.2,
                linestyle="none",
                transform=figure.dpi_scale_trans,
            )
        )


def _colour(state: str) -> str:
    return MUTED if state == "cancelled" else STATUS_TEXT[STATES[state][1]]


def _draw_key(figure: Figure, words: Words, tables: ReportTables) -> None:
    """The marks that occur, and what the bar and the upright line mean."""
    texts, left = [], KEY_LEFT

    def add(text: str) -> tuple[Place, Place]:
        """Puts the text after those before it; the ends of the mark that stands for it."""
        nonlocal left
        start, end = left, left + KEY_MARK
        texts.append(Text(end + KEY_SPACE, KEY_MIDDLE, text, KEY_SIZE))
        left = end + KEY_SPACE + text_width(text, KEY_SIZE) + KEY_BETWEEN
        return (start, KEY_MIDDLE), (end, KEY_MIDDLE)

    occurring = set(tables.occurrences["state"])
    for state in MARKERS:
        if state in occurring:
            (start, y), (end, _) = add(words(f"report.activities.state.{state}"))
            _draw_marks(figure, state, [((start + end) / 2, y)])
    add_lines(figure, [add(words("report.figure.period"))], PERIOD, BAR)
    reported = words("report.figure.reported", day=words.day(tables.month.last_day))
    add_lines(figure, [add(reported)], INK, 1.2, linestyle=DASHES)
    add_texts(figure, texts)
