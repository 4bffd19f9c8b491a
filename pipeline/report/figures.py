"""The report's pictures as PNG: a heat map of fulfilment and a calendar of activities. Same tables, same bytes."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.analysis.tables import DrawnTables
from pipeline.report.figure_calendar import draw_calendar
from pipeline.report.figure_drawing import Drawing, Text, add_texts, blank, png
from pipeline.report.figure_heat_map import draw_heat_map
from pipeline.report.figure_rows import DPI
from pipeline.words import Words


class Picture(NamedTuple):
    """What draws a picture, and the table without rows of which there is nothing to draw."""

    draw: Callable[[DrawnTables, Words], Drawing]
    table: str


FIGURES = {
    "fulfilment.png": Picture(draw_heat_map, "indicators"),
    "activities.png": Picture(draw_calendar, "occurrences"),
}
"""Name of each picture's file → the picture; a new one is a file in this folder and a line here."""


def figures(tables: DrawnTables, words: Words) -> dict[str, bytes]:
    """Name of each picture's file → its PNG; without those that have nothing to show."""
    return {
        name: png(picture.draw(tables, words))
        for name, picture in FIGURES.items()
        if len(getattr(tables, picture.table))
    }


def warm_up() -> None:
    """Loads what the first picture would wait for: the fonts."""
    drawing = blank(1, 1, DPI)
    add_texts(drawing, [Text(0, 0, "Показатель, %", 8, weight=weight) for weight in ("normal", "bold")])
    png(drawing)
