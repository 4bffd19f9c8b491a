"""Outlines of the pictures' texts, of letters of size 1. Each letter is outlined once: asked for a line, matplotlib
outlines every letter anew, which takes ten times as long."""

from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags
from matplotlib.path import Path

from pipeline.report.figure_rows import POINTS

FONT = "DejaVu Sans"
SCALE = 100  # the size in which the font is asked
SIXTY_FOURTHS = 64 * SCALE  # FreeType's unit
Weight = Literal["normal", "bold"]


class Outline(NamedTuple):
    """Vertices, matplotlib's codes of them, and width."""

    vertices: Any
    codes: Any
    width: float


class _Letter(NamedTuple):
    """Vertices, their codes, the letter's number in the font, and how far the next one is."""

    vertices: Any
    codes: Any
    index: Any
    advance: float


@lru_cache(4096)
def outline(line: str, weight: Weight) -> Outline:
    """The letters of a line side by side."""
    font, at = _font(weight), 0.0
    before: _Letter | None = None
    placed, kinds = [np.empty((0, 2))], [np.empty(0, np.uint8)]
    for letter in (_letter(character, weight) for character in line):
        if before is not None:
            at += font.get_kerning(before.index, letter.index, Kerning.UNFITTED) / SIXTY_FOURTHS
        placed.append(letter.vertices + np.array((at, 0)))
        kinds.append(letter.codes)
        at, before = at + letter.advance, letter
    vertices, codes = np.concatenate(placed), np.concatenate(kinds)
    drawn = vertices[codes != Path.CLOSEPOLY, 0]
    # what is empty before the first letter is as wide after the last one: so a text in the middle looks to be there
    return Outline(vertices, codes, float(drawn.min() + drawn.max()) if len(drawn) else 0.0)


@cache
def _letter(character: str, weight: Weight) -> _Letter:
    font, code = _font(weight), ord(character)
    advance = font.load_char(code, LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / SCALE
    vertices, codes = font.get_path()
    return _Letter(vertices / SCALE, codes, font.get_char_index(code), advance)


@cache
def _font(weight: Weight) -> FT2Font:
    font = FT2Font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(SCALE, POINTS)
    return font
