"""The calendar of activities: a row for each dated one, with what was due, what is done and what is overdue."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from pipeline.analysis.tables import DrawnTables
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.report.activity_states import STATES
from pipeline.report.calendar_rows import shown_activities
from pipeline.report.figure_drawing import (
    Box,
    Drawing,
    Place,
    Text,
    add_boxes,
    add_lines,
    add_marks,
    add_texts,
    blank,
    text_width,
)
from pipeline.report.figure_rows import (
    DPI,
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
MARKS = {"done": "o", "late": "s", "overdue": "D", "due": "^", "coming": "o", "moved": ">", "cancelled": "x"}
HOLLOW = "coming"
PERIOD, BAND = "#C3CCD6", "#F6F9FC"
BAR, DUE_TICK = 5, 3 / POINTS  # points of a period's height; inches of half the tick where a late one was due
NOON = 0.5
MARK = 5.5  # points
DASHES = 4, 2
KEY_MIDDLE, KEY_SIZE = 0.14, 7.5  # inches, points
KEY_LEFT, KEY_MARK, KEY_SPACE, KEY_BETWEEN = 0.19, 0.17, 0.08, 0.15  # inches
Line = tuple[Place, Place]


def draw_calendar(tables: DrawnTables, words: Words) -> Drawing:
    """The calendar; where there are more activities than a page holds, the most urgent ones."""
    activities = shown_activities(tables)
    rows, around = len(activities), ABOVE + BELOW
    tall = figure_height(rows, around)
    drawing = blank(WIDTH, tall, DPI)
    middles = row_middles(rows, BELOW, tall - ABOVE)
    _draw_months(drawing, tables.month.plan_year, words, middles, tall - ABOVE)
    _draw_occurrences(drawing, tables, dict(zip(activities["code"], middles, strict=True)), tall - ABOVE)
    size = min(letter_size(rows, around), 7.5)
    longest = int((LEFT * POINTS - 12) / (size * LETTER))
    titles = zip(middles, activities["title"], strict=True)
    add_texts(drawing, [Text(MARGIN, middle, shortened(title, longest), size) for middle, title in titles])
    _draw_key(drawing, words, tables)
    return drawing


def _at(day: date, year: PlanYear, days: float = 0.0) -> float:
    """The place in inches of so many days after the day's beginning; what is in other years is at an edge."""
    first, end = year.first_day.toordinal(), year.last_day.toordinal() + 1
    part = (day.toordinal() + days - first) / (end - first)
    return LEFT + min(max(part, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)


def _draw_months(drawing: Drawing, year: PlanYear, words: Words, middles: list[float], top: float) -> None:
    edges = [_at(year.month(number).first_day, year) for number in MONTHS] + [WIDTH - RIGHT]
    add_boxes(drawing, [Box(start, BELOW, end, top, BAND) for start, end in list(pairwise(edges))[1::2]])
    add_lines(drawing, [((edges[0], middle), (edges[-1], middle)) for middle in middles], RULE, 0.5)
    corners = [(edges[0], BELOW), (edges[0], top), (edges[-1], top), (edges[-1], BELOW), (edges[0], BELOW)]
    add_lines(drawing, [corners], GROUND, 0.8)
    names = [words.month(number, "short") for number in MONTHS]
    middle_of = [(start + end) / 2 for start, end in pairwise(edges)]
    add_texts(drawing, [Text(x, top + HEAD, name, 8, 0.5) for x, name in zip(middle_of, names, strict=True)])


def _draw_occurrences(drawing: Drawing, tables: DrawnTables, middles: dict[str, float], top: float) -> None:
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
    add_lines(drawing, bars, PERIOD, BAR)
    add_lines(drawing, [((reported, BELOW), (reported, top))], INK, 1.2, dashes=DASHES)
    for line, state in lines:
        add_lines(drawing, [line], _colour(state), 1.5)
    for state in reversed(STATES):
        _draw_marks(drawing, state, marks[state])


def _draw_marks(drawing: Drawing, state: str, places: Sequence[Place]) -> None:
    if places:
        colour = _colour(state)
        add_marks(drawing, MARKS[state], places, MARK, colour, "white" if state == HOLLOW else colour)


def _colour(state: str) -> str:
    return MUTED if state == "cancelled" else STATUS_TEXT[STATES[state][1]]


def _draw_key(drawing: Drawing, words: Words, tables: DrawnTables) -> None:
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
    for state in MARKS:
        if state in occurring:
            (start, y), (end, _) = add(words(f"report.activities.state.{state}"))
            _draw_marks(drawing, state, [((start + end) / 2, y)])
    add_lines(drawing, [add(words("report.figure.period"))], PERIOD, BAR)
    reported = words("report.figure.reported", day=words.day(tables.month.last_day))
    add_lines(drawing, [add(reported)], INK, 1.2, dashes=DASHES)
    add_texts(drawing, texts)
