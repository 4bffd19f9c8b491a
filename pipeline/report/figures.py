"""The report's pictures as PNG: a heat map of fulfilment and a calendar of activities. Same tables, same bytes."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pipeline.analysis.tables import ReportTables
from pipeline.report.figure_calendar import draw_calendar
from pipeline.report.figure_heat_map import draw_heat_map
from pipeline.words import Words
from pipeline.workbooks.styles import INK


class Picture(NamedTuple):
    """What draws a picture, and the table without rows of which there is nothing to draw."""

    draw: Callable[[Figure, ReportTables, Words], None]
    table: str


FIGURES = {
    "fulfilment.png": Picture(draw_heat_map, "indicators"),
    "activities.png": Picture(draw_calendar, "occurrences"),
}
"""Name of each picture's file → the picture; a new one is a file in this folder and a line here."""
DPI = 160
LOOK: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def figures(tables: ReportTables, words: Words) -> dict[str, bytes]:
    """Name of each picture's file → its PNG; without those that have nothing to show."""
    with matplotlib.rc_context(LOOK):
        return {
            name: _png(picture.draw, tables, words)
            for name, picture in FIGURES.items()
            if len(getattr(tables, picture.table))
        }


def _png(draw: Callable[[Figure, ReportTables, Words], None], tables: ReportTables, words: Words) -> bytes:
    figure = Figure(dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    draw(figure, tables, words)
    content = BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})  # the version of matplotlib would change bytes
    return content.getvalue()
