"""Texts, boxes, lines and marks of a picture, and the picture as PNG.

They go straight onto matplotlib's Agg canvas, the letters of all texts as one outline: its figures of artists take a
tenth of a second longer to import and ten times as long to draw. What is added later covers what was there before.

Places are inches from the left bottom corner of the picture, sizes of letters and widths of lines are points.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from pipeline.report.figure_letters import Weight, outline
from pipeline.report.figure_rows import POINTS
from pipeline.workbooks.colours import INK

CAPITALS = 0.73  # height of its capitals and digits, of the letters' size
LINE_SPACING = 1.15
QUICK = 1
"""How hard the packing tries: harder takes three times as long for a tenth of the size."""
LEVELS = [3 * round(level / 3) for level in range(256)]
"""Every third level of a colour: no eye can tell, and the files are smaller by a seventh."""
MARK_EDGE, HATCH = 1.2, 0.7  # points: of the lines around a mark, and of a pattern
Place = tuple[float, float]


class Drawing(NamedTuple):
    """A picture being drawn: its height in inches, its pixels an inch, and the RendererAgg on which it is."""

    height: float
    dpi: int
    canvas: Any  # matplotlib gives it no types

    @property
    def inches(self) -> Affine2D:
        """From inches to pixels."""
        return Affine2D().scale(self.dpi)


def blank(width: float, height: float, dpi: int) -> Drawing:
    """A white picture of this size."""
    drawing = Drawing(height, dpi, RendererAgg(width * dpi, height * dpi, dpi))  # type: ignore[no-untyped-call]
    add_boxes(drawing, [Box(0, 0, width, height, "white")])
    return drawing


class Text(NamedTuple):
    """A text of a line or more. x: its left end, its middle where `align` is 0.5, its right end where it is 1; y: the
    middle of the last line."""

    x: float
    y: float
    text: str
    size: float
    align: float = 0.0
    weight: Weight = "normal"


class Box(NamedTuple):
    """A rectangle; `colour` is anything that matplotlib takes for one."""

    left: float
    bottom: float
    right: float
    top: float
    colour: Any


def add_texts(drawing: Drawing, texts: Iterable[Text]) -> None:
    """Lines begin at whole pixels: the letters are sharper, and alike ones are alike to a packer."""
    vertices, codes = [], []
    for text in texts:
        size = text.size / POINTS
        for above, line in enumerate(reversed(text.text.splitlines())):
            letters = outline(line, text.weight)
            left = text.x - text.align * size * letters.width
            baseline = text.y + (above * LINE_SPACING - CAPITALS / 2) * size
            start = round(left * drawing.dpi) / drawing.dpi, round(baseline * drawing.dpi) / drawing.dpi
            vertices.append(letters.vertices * size + start)
            codes.append(letters.codes)
    if vertices:
        outlines = Path(np.concatenate(vertices), np.concatenate(codes))
        drawing.canvas.draw_path(_pen(drawing, INK, 0), outlines, drawing.inches, to_rgba(INK))


def text_width(text: str, size: float) -> float:
    """Width in inches of a text of one line."""
    return outline(text, "normal").width * size / POINTS


def add_boxes(drawing: Drawing, boxes: Iterable[Box], edge: Any = INK, width: float = 0, hatch: str = "") -> None:
    """Boxes with outlines as wide as this, or without; `hatch`: matplotlib's signs of a pattern on them."""
    pen, inches = _pen(drawing, edge, width), drawing.inches
    if hatch:
        pen.set_hatch(hatch)
        pen.set_hatch_color(to_rgba(edge))
        pen.set_hatch_linewidth(HATCH)
    for left, bottom, right, top, colour in boxes:
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        drawing.canvas.draw_path(pen, Path(corners, closed=True), inches, to_rgba(colour))


def add_lines(
    drawing: Drawing, lines: Iterable[Sequence[Place]], colour: Any, width: float, dashes: Sequence[float] = ()
) -> None:
    """Lines of several places each; `dashes`: how long strokes and gaps are, of the width."""
    pen, inches = _pen(drawing, colour, width), drawing.inches
    if dashes:
        pen.set_dashes(0, [length * width for length in dashes])
    for line in lines:
        drawing.canvas.draw_path(pen, Path(line), inches)


def add_marks(drawing: Drawing, mark: str, places: Sequence[Place], size: float, edge: Any, colour: Any) -> None:
    """Marks of a kind (matplotlib's «o», «s», «x» …) around these places."""
    style, pen = MarkerStyle(mark), _pen(drawing, edge, MARK_EDGE)
    pixels, least = size * drawing.dpi / POINTS, style.get_snap_threshold()
    pen.set_joinstyle(style.get_joinstyle())
    pen.set_snap(least is not None and pixels >= least)
    shape = style.get_transform() + Affine2D().scale(pixels)
    drawing.canvas.draw_markers(pen, style.get_path(), shape, Path(places), drawing.inches, to_rgba(colour))


def _pen(drawing: Drawing, colour: Any, width: float) -> GraphicsContextBase:
    pen: GraphicsContextBase = drawing.canvas.new_gc()
    pen.set_foreground(colour)
    pen.set_linewidth(width)
    return pen


def png(drawing: Drawing) -> bytes:
    """The picture as it is drawn."""
    pixels, content = np.asarray(drawing.canvas.buffer_rgba()), BytesIO()
    image = Image.fromarray(pixels).convert("RGB")
    image.point(LEVELS * 3).save(content, "png", dpi=(drawing.dpi, drawing.dpi), compress_level=QUICK)
    return content.getvalue()
