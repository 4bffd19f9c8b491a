"""Texts of pictures stand where they are put, and the calendar's days within their year."""

from datetime import date
from io import BytesIO

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from PIL import Image

from pipeline.domain.periods import PlanYear
from pipeline.report.figure_calendar import LEFT, _at
from pipeline.report.figure_drawing import (
    Box,
    Drawing,
    Text,
    add_boxes,
    add_lines,
    add_marks,
    add_texts,
    blank,
    png,
    text_width,
)
from pipeline.report.figure_letters import Weight, outline
from pipeline.report.figure_rows import WIDTH

DPI = 160


def pixels(drawing: Drawing) -> np.ndarray:
    """Rows from the top: red, green, blue, opacity."""
    return np.asarray(Image.open(BytesIO(png(drawing))).convert("RGBA"))


def ink(*texts: Text) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what the texts draw on a figure of 4 × 2 inches, in inches."""
    drawing = blank(4, 2, DPI)
    add_texts(drawing, texts)
    dark = pixels(drawing)[::-1, :, 0] < 128
    rows, columns = np.nonzero(dark.any(axis=1))[0], np.nonzero(dark.any(axis=0))[0]
    return columns[0] / DPI, rows[0] / DPI, (columns[-1] + 1) / DPI, (rows[-1] + 1) / DPI


def test_a_text_stands_around_its_place() -> None:
    left, bottom, right, top = ink(Text(2, 1, "100", 12, 0.5))
    assert abs((left + right) / 2 - 2) <= 1 / DPI and abs((bottom + top) / 2 - 1) <= 1 / DPI
    assert right - left <= text_width("100", 12) <= right - left + 0.05


def test_the_last_of_two_lines_is_at_the_place() -> None:
    one, two = ink(Text(1, 1, "ГОД", 12)), ink(Text(1, 1, "ГОД\nГОД", 12))
    assert two[:3] == one[:3]
    assert two[3] > one[3] + 12 / 72


def test_what_would_be_markup_is_drawn_as_it_is_and_nothing_draws_nothing() -> None:
    assert text_width("$x$", 12) > text_width("x", 12) * 2
    drawing = blank(4, 2, DPI)
    add_texts(drawing, [Text(1, 1, "", 12), Text(1, 1, " ", 12)])
    assert (pixels(drawing) == 255).all()


def test_boxes_lines_and_marks_are_where_they_are_put() -> None:
    """Five pixels an inch, row by row from the top: dark is #, white is a full stop."""
    drawing = blank(4, 2, 5)
    add_boxes(drawing, [Box(0.2, 0.2, 1, 1.6, "black")])
    add_lines(drawing, [[(1.2, 0.9), (2.4, 0.9)]], "black", 72 / 5)
    add_lines(drawing, [[(1.2, 1.7), (4, 1.7)]], "black", 72 / 5, dashes=(4, 3))
    add_marks(drawing, "s", [(3.3, 0.7)], 2 * 72 / 5, "black", "black")
    assert ["".join("#" if dark else "." for dark in row) for row in pixels(drawing)[:, :, 0] < 128] == [
        "....................",
        "....................",
        ".####.#####..#####..",
        ".####...............",
        ".####...............",
        ".####...............",
        ".####.#######...##..",
        ".####...........##..",
        ".####...............",
        "....................",
    ]


def test_what_is_added_later_covers_what_was_there() -> None:
    drawing = blank(1, 1, 10)
    add_boxes(drawing, [Box(0, 0, 1, 1, "black"), Box(0, 0, 1, 0.5, "white")])
    assert (pixels(drawing)[:5, :, :3] == 0).all() and (pixels(drawing)[5:, :, :3] == 255).all()


def test_a_pattern_is_on_a_box_and_its_edge_around_it() -> None:
    drawing = blank(2, 2, DPI)
    add_boxes(drawing, [Box(0.5, 0.5, 1.5, 1.5, "white")], "red", 2, "/////")
    red = (pixels(drawing)[:, :, 1] < 200).mean(axis=1)
    assert red[: DPI // 2 - 3].max() == 0 and red[DPI // 2] > 0.5 and 0.05 < red[DPI] < 0.4


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_lines_look_as_matplotlib_would_set_them(weight: Weight) -> None:
    """A and V, L and T stand closer together than other letters do."""
    line = "LTAV. «Ёлка»: 1\u00a0200 — 81\u00a0%"
    font = FontProperties(family="DejaVu Sans", weight=weight)
    theirs, _ = text_to_path.get_text_path(font, line)
    ours = outline(line, weight)
    drawn = ours.codes != Path.CLOSEPOLY
    expected = np.array(theirs).reshape(-1, 2)[drawn] / text_to_path.FONT_SCALE
    assert np.abs(ours.vertices[drawn] - expected).max() < 0.002


def test_days_of_other_years_are_at_the_calendars_edges() -> None:
    year = PlanYear(2013)
    assert _at(date(2012, 12, 20), year) == LEFT == _at(date(2013, 1, 1), year)
    assert _at(date(2014, 2, 1), year) == WIDTH - 0.1 > _at(date(2013, 12, 31), year, 0.5)
    assert _at(date(2014, 2, 1), PlanYear(2013, 4)) == _at(date(2014, 1, 31), PlanYear(2013, 4), 1) < WIDTH - 0.1
