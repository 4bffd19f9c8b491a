"""Texts of pictures stand where they are put, and the calendar's days within their year."""

from datetime import date

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from pipeline.domain.periods import PlanYear
from pipeline.report.figure_calendar import LEFT, _at
from pipeline.report.figure_drawing import Text, add_texts, text_width
from pipeline.report.figure_letters import Weight, outline
from pipeline.report.figure_rows import WIDTH

DPI = 160


def ink(*texts: Text) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what the texts draw on a figure of 4 × 2 inches, in inches."""
    figure = Figure(figsize=(4, 2), dpi=DPI, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    add_texts(figure, texts)
    canvas.draw()  # type: ignore[no-untyped-call]
    dark = np.asarray(canvas.buffer_rgba())[::-1, :, 0] < 128  # type: ignore[no-untyped-call]
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
    figure = Figure()
    add_texts(figure, [Text(1, 1, "", 12), Text(1, 1, " ", 12)])
    FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]


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
