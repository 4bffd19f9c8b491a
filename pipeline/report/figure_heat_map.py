"""The heat map: indicators by months, the per cent of the month's plan as colour and as number."""

import math
from collections import defaultdict

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm, to_rgba

from pipeline.analysis.tables import DrawnTables
from pipeline.domain.periods import MONTHS
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.report.figure_drawing import Box, Drawing, Text, add_boxes, add_texts, blank
from pipeline.report.figure_rows import (
    DPI,
    HEAD,
    MARGIN,
    MOST_ROWS,
    POINTS,
    WIDTH,
    figure_height,
    letter_size,
    row_middles,
    shortened,
)
from pipeline.words import Words
from pipeline.workbooks.colours import ABOVE_GROUND, BELOW_GROUND, GREY

ABOVE, BELOW, LEFT, RIGHT = 0.42, 0.45, 2.75, 0.1  # inches around the cells
GAP, TOTAL_GAP = 0.6 / POINTS, 3 / POINTS  # inches around a cell, and between the months and the year to date
COLUMN = (WIDTH - LEFT - RIGHT) / (len(MONTHS) + 1)
KEY_LEFT, KEY_BOTTOM, KEY_WIDTH, KEY_HEIGHT = 0.2, 0.16, 2.2, 0.14
_COLOURS = LinearSegmentedColormap.from_list("fulfilment", [BELOW_GROUND, "#FFFFFF", ABOVE_GROUND])
COLOURS = _COLOURS.with_extremes(bad=GREY)
SCALE = TwoSlopeNorm(100, vmin=50, vmax=150)
LONGEST_NAME = 42


def draw_heat_map(tables: DrawnTables, words: Words) -> Drawing:
    """The map; where there are more indicators than a page holds, the main ones."""
    indicators = tables.indicators
    if len(indicators) > MOST_ROWS:
        indicators = indicators[indicators["main"]].head(MOST_ROWS)
    rows, around = len(indicators), ABOVE + BELOW
    tall, size = figure_height(rows, around), letter_size(rows, around)
    drawing = blank(WIDTH, tall, DPI)
    middles = row_middles(rows, BELOW, tall - ABOVE)
    percents, numbers = _cells(indicators, tables)
    _draw_cells(drawing, percents, indicators["direction"].eq("less").tolist(), middles, (tall - around) / rows)
    labels = [words.month(month, "short") for month in MONTHS] + [words("report.figure.total")]
    texts = [Text(_middle(column), tall - ABOVE + HEAD, label, 8, 0.5) for column, label in enumerate(labels)]
    for middle, depth, name, line in zip(middles, indicators["depth"], indicators["name"], numbers, strict=True):
        texts.append(Text(MARGIN, middle, "   " * depth + shortened(name, LONGEST_NAME), size))
        texts += [Text(_middle(column), middle, number, size, 0.5) for column, number in enumerate(line[:-1])]
        texts.append(Text(_middle(len(MONTHS)), middle, line[-1], size, 0.5, "bold"))
    add_texts(drawing, texts)
    _draw_key(drawing, words)
    return drawing


def _middle(column: int) -> float:
    return LEFT + (column + 0.5) * COLUMN


def _cells(indicators: pd.DataFrame, tables: DrawnTables) -> tuple[list[list[float]], list[list[str]]]:
    """Percents and written numbers, a list an indicator: twelve months and the year to date."""
    months = defaultdict(list)
    columns = ("code", "percent", "received", "expected")
    for code, *figure in zip(*(tables.months[column].tolist() for column in columns), strict=True):
        months[code].append(figure)
    columns = ("code", "to_date_percent", "to_date_received", "to_date_expected")
    percents, texts = [], []
    for code, *to_date in zip(*(indicators[column].tolist() for column in columns), strict=True):
        shown = months[code][: tables.month.number]
        coming = [[math.nan, 0, 0]] * (len(MONTHS) - len(shown))
        line = [*shown, *coming, to_date]
        percents.append([percent for percent, _, _ in line])
        texts.append(["" if math.isnan(percent) else _number(percent, *forms) for percent, *forms in line])
    return percents, texts


def _number(percent: float, received: int, expected: int) -> str:
    return f"{PARTIAL} {percent:.0f}" if is_partial(received, expected) else f"{percent:.0f}"


def _draw_cells(
    drawing: Drawing, percents: list[list[float]], mirrored: list[bool], middles: list[float], high: float
) -> None:
    """Where less is better the colours change sides, the numbers don't."""
    shown = np.array(percents, dtype=float).reshape(len(percents), len(MONTHS) + 1)
    mirror = np.array(mirrored, dtype=bool)
    shown[mirror] = 200 - shown[mirror]
    colours = COLOURS(SCALE(np.nan_to_num(np.clip(shown, 50, 150), nan=100)))
    colours[np.isnan(shown)] = to_rgba(GREY)
    last = len(MONTHS)
    add_boxes(
        drawing,
        [
            Box(
                LEFT + column * COLUMN + (TOTAL_GAP if column == last else GAP),
                middle - high / 2 + GAP,
                LEFT + (column + 1) * COLUMN - (TOTAL_GAP if column == last - 1 else GAP),
                middle + high / 2 - GAP,
                colours[row, column],
            )
            for row, middle in enumerate(middles)
            for column in range(last + 1)
        ],
    )


def _draw_key(drawing: Drawing, words: Words) -> None:
    """A strip of the colours with the ends of the scale, and what the grey and the mark mean."""
    steps = np.linspace(50, 150, 101)
    edges = np.linspace(KEY_LEFT, KEY_LEFT + KEY_WIDTH, len(steps) + 1)
    top = KEY_BOTTOM + KEY_HEIGHT
    add_boxes(
        drawing,
        [
            Box(left, KEY_BOTTOM, right, top, colour)
            for left, right, colour in zip(edges, edges[1:], COLOURS(SCALE(steps)), strict=False)
        ],
    )
    ends = enumerate((50, 100, 150))
    texts = [Text(KEY_LEFT + place * KEY_WIDTH / 2, 0.09, words.percent(end), 7, 0.5) for place, end in ends]
    texts.append(Text(LEFT, KEY_BOTTOM + KEY_HEIGHT / 2, words("report.figure.heat_key", mark=PARTIAL), 7.5))
    add_texts(drawing, texts)
