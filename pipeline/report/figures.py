"""The report's pictures as PNG: a heat map of fulfilment and a calendar of activities. Same tables, same bytes."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pipeline.analysis.tables import ReportTables
from pipeline.report.figure_calendar import draw_calendar
from pipeline.report.figure_heat_map import draw_heat_map
from pipeline.words import Words
from pipeline.workbooks.styles import INK

FIGURES: dict[str, Callable[[Figure, ReportTables, Words], None]] = {
    "fulfilment.png": draw_heat_map,
    "activities.png": draw_calendar,
}
"""Name of each picture's file → what draws it; a new picture is a file in this folder and a line here."""
DPI = 160
LOOK: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def figures(tables: ReportTables, words: Words) -> dict[str, bytes]:
    """Name of each picture's file → its PNG."""
    with matplotlib.rc_context(LOOK):
        return {name: _png(draw, tables, words) for name, draw in FIGURES.items()}


def _png(draw: Callable[[Figure, ReportTables, Words], None], tables: ReportTables, words: Words) -> bytes:
    figure = Figure(dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    draw(figure, tables, words)
    content = BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})  # the version of matplotlib would change bytes
    return content.getvalue()
