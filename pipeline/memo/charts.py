"""The memo's two pictures as PNG: the main indicators' variances, and the worst of them by month. The notation is
IBCS's: planned outlined, actual solid, forecast hatched. Same tables, same bytes."""

import math
import textwrap
from collections.abc import Iterable, Sequence

from pipeline.analysis.main_indicators import Row, main_indicators, score
from pipeline.analysis.tables import DrawnTables
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.memo.text import drawn, variance
from pipeline.report.figure_drawing import (
    LINE_SPACING,
    Box,
    Drawing,
    Place,
    Text,
    add_boxes,
    add_lines,
    add_texts,
    blank,
    png,
    text_width,
)
from pipeline.report.figure_rows import POINTS, row_middles
from pipeline.words import Words
from pipeline.workbooks.colours import ABOVE, BELOW, CHART, INK, RULE

WIDTH = 3.4  # inches; two pictures stand side by side between the memo's margins
LEAST_HEIGHT, MOST_HEIGHT = 1.9, 8.0  # inches; a page of the memo has room for it
ROW = 0.136  # inches of an indicator whose name is of one line
BOTTOM, TOP, SIDE = 0.27, 0.03, 0.07  # inches around bars and columns; below them are the months
NAMES = 1.6  # inches for the indicators' names
DPI = 220
SIZE = 6.0  # of texts, in points
LETTER = SIZE / POINTS
BESIDE = 2 / POINTS  # inches between a bar and its number
LONGEST_NAME = 30  # letters of a line
LONGEST_BAR = 100.0  # per cent; a longer one is cut, and its number says so
FOR_NUMBER = 0.24  # of all bars' length: the room for a number beside them
BELOW_COLUMNS = BOTTOM - LETTER * (1 + LINE_SPACING)  # where the second line below the columns is
THICK = 0.62  # of a row or of a month: a bar, a column
APART = 0.13  # of a month: from its middle to the middle of each of its two columns
HEADROOM = 1.05  # of the tallest column


def charts(tables: DrawnTables, words: Words) -> tuple[bytes, ...]:
    """The pictures in the order of the memo's captions; none where there is nothing to draw."""
    rows = drawn(main_indicators(tables.indicators))
    if not rows:
        return ()
    lines = max(len(_lines(row)) for row in rows)
    tall = BOTTOM + TOP + (ROW + (lines - 1) * LINE_SPACING * LETTER) * len(rows)
    variances, months = (blank(WIDTH, max(LEAST_HEIGHT, min(MOST_HEIGHT, tall)), DPI) for _ in range(2))
    _draw_variances(variances, rows, words)
    _draw_months(months, rows[-1], tables, words)
    return png(variances), png(months)


def _lines(row: Row) -> list[str]:
    return textwrap.wrap(str(row["name"]), LONGEST_NAME)


def _draw_variances(drawing: Drawing, rows: Sequence[Row], words: Words) -> None:
    lengths = [max(-LONGEST_BAR, min(LONGEST_BAR, row["to_date_percent"] - 100)) for row in rows]
    lowest, highest = min(0.0, *lengths), max(0.0, *lengths)
    room = FOR_NUMBER * max(10.0, highest - lowest)
    start = lowest - room if lowest < 0 else 0.0
    inches = (WIDTH - SIDE - NAMES) / (highest + room - start)
    zero, top = NAMES - start * inches, drawing.height - TOP
    thick = THICK * (top - BOTTOM) / len(rows) / 2
    names = [_lines(row) for row in rows]
    widths = [text_width(line, SIZE) for name in names for line in name]
    size = SIZE * min([1.0, *((NAMES - 3 * BESIDE) / width for width in widths if width)])
    boxes, texts = list[Box](), list[Text]()
    for row, name, length, middle in zip(rows, names, lengths, row_middles(len(rows), BOTTOM, top), strict=True):
        end = zero + length * inches
        left, right = sorted((zero, end))
        boxes.append(Box(left, middle - thick, right, middle + thick, ABOVE if score(row) >= 100 else BELOW))
        cut = "→ " if row["to_date_percent"] - 100 > LONGEST_BAR else ""
        beside, align = (-BESIDE, 1.0) if length < 0 else (BESIDE, 0.0)
        texts.append(Text(end + beside, middle, f"{cut}{variance(row, words)}", SIZE, align))
        last_line = middle - (len(name) - 1) / 2 * LINE_SPACING * size / POINTS
        texts.append(Text(NAMES - 2 * BESIDE, last_line, "\n".join(name), size, 1.0))
    add_boxes(drawing, boxes)
    add_lines(drawing, [((zero, BOTTOM), (zero, top))], INK, 0.9)
    add_texts(drawing, texts)


def _draw_months(drawing: Drawing, worst: Row, tables: DrawnTables, words: Words) -> None:
    months = tables.months[tables.months["code"].eq(worst["code"])].sort_values("month").to_dict("records")
    reported, texts = tables.month.number, list[Text]()
    shown = [row["forecast" if row["month"] > reported else "actual"] for row in months]
    numbers = ["" if math.isnan(value) else words.number(value, worst["decimals"]) for value in shown]
    size = min(SIZE, 5 * SIZE / max(1, *map(len, numbers)))  # five figures fit under a month
    for row, number in zip(months, numbers, strict=True):
        partial = row["month"] <= reported and is_partial(row["received"], row["expected"])
        label = f"{words.month(row['month'], 'short')}{PARTIAL if partial else ''}\n{number or ' '}"
        texts.append(Text(_middle(row["month"]), BELOW_COLUMNS, label, size, 0.5))
    known = [value for row in months for value in (row["planned"], row["actual"], row["forecast"])]
    tallest = max((value for value in known if not math.isnan(value)), default=0.0) * HEADROOM
    inches = (drawing.height - TOP - BOTTOM) / (tallest or 1.0)

    def add(columns: Iterable[Place], colour: str, width: float = 0, hatch: str = "") -> None:
        """Columns of these months and values, without those that have none."""
        sides = [(_middle(at - THICK / 2), _middle(at + THICK / 2), value) for at, value in columns]
        boxes = [Box(left, BOTTOM, right, BOTTOM + value * inches, colour) for left, right, value in sides if value > 0]
        add_boxes(drawing, boxes, CHART, width, hatch)

    add([(row["month"] - APART, row["planned"]) for row in months], "white", 0.9)
    add([(row["month"] + APART, row["actual"]) for row in months[:reported]], CHART)
    add([(row["month"] + APART, row["forecast"]) for row in months[reported:]], "white", 0.5, "/////")
    add_lines(drawing, [((SIDE, BOTTOM), (WIDTH - SIDE, BOTTOM))], RULE, 0.9)
    add_texts(drawing, texts)


def _middle(month: float) -> float:
    """Inches from the left to the middle of a month."""
    return SIDE + (WIDTH - 2 * SIDE) * (month - 0.5) / 12
