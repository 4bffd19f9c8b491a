"""Texts, boxes and lines of a picture, all of a look at once: one by one, matplotlib takes ten times as long; and the
picture as PNG.

Places are inches from the left bottom corner of the figure, sizes of letters and widths of lines are points.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
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
Place = tuple[float, float]


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


def add_texts(figure: Figure, texts: Iterable[Text]) -> None:
    """Lines begin at whole pixels: the letters are sharper, and alike ones are alike to a packer."""
    vertices, codes = [], []
    for text in texts:
        size = text.size / POINTS
        for above, line in enumerate(reversed(text.text.splitlines())):
            letters = outline(line, text.weight)
            left = text.x - text.align * size * letters.width
            baseline = text.y + (above * LINE_SPACING - CAPITALS / 2) * size
            start = round(left * figure.dpi) / figure.dpi, round(baseline * figure.dpi) / figure.dpi
            vertices.append(letters.vertices * size + start)
            codes.append(letters.codes)
    if vertices:
        outlines = Path(np.concatenate(vertices), np.concatenate(codes))
        figure.add_artist(PathPatch(outlines, facecolor=INK, linewidth=0, transform=figure.dpi_scale_trans))


def text_width(text: str, size: float) -> float:
    """Width in inches of a text of one line."""
    return outline(text, "normal").width * size / POINTS


def add_boxes(figure: Figure, boxes: Sequence[Box], width: float = 0, **look: Any) -> None:
    """Boxes with outlines as wide as this, or without."""
    corners = [((a, b), (c, b), (c, d), (a, d)) for a, b, c, d, _ in boxes]
    look |= {"facecolors": [box.colour for box in boxes], "linewidths": width}
    figure.add_artist(PolyCollection(corners, transform=figure.dpi_scale_trans, **look))


def add_lines(figure: Figure, lines: Sequence[Sequence[Place]], colours: Any, width: float, **look: Any) -> None:
    """Lines of one colour, or of a colour each."""
    figure.add_artist(LineCollection(lines, colors=colours, linewidths=width, transform=figure.dpi_scale_trans, **look))


def png(figure: Figure) -> bytes:
    """The picture as it is drawn."""
    canvas, pixels, content = FigureCanvasAgg(figure), BytesIO(), BytesIO()
    figure.savefig(pixels, format="rgba")
    wide, tall = canvas.get_width_height()
    image = Image.frombuffer("RGBA", (wide, tall), pixels.getvalue(), "raw", "RGBA", 0, 1).convert("RGB")
    image.point(LEVELS * 3).save(content, "png", dpi=(figure.dpi, figure.dpi), compress_level=QUICK)
    return content.getvalue()
