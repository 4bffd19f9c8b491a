"""The one style sheet: fonts and named formats of every sheet of every workbook that we write."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipeline.words import Words
from pipeline.workbooks.colours import GROUND, INK, INPUT, INPUT_EDGE, MUTED, RULE, STATUS_GROUND, STATUS_TEXT, TITLE

FONT = "Calibri"

NAMED: dict[str, dict[str, Any]] = {
    "text": {"align": "left"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "number": {"align": "right"},
    "figure": {"align": "right", "shrink": True},  # smaller letters rather than ###
    "centre": {"align": "center"},
    "padded": {"indent": 1},
    "bold": {"bold": True},
    "muted": {"font_color": MUTED},
    "small": {"font_size": 9},
    "title": {"font_size": 18, "bold": True, "font_color": TITLE},
    "subtitle": {"font_color": MUTED},
    "headline": {"font_size": 12, "bold": True},
    "heading": {
        "bold": True,
        "bg_color": GROUND,
        "text_wrap": True,
        "align": "center",
        "bottom": 1,
        "bottom_color": INK,
    },
    "section": {"bold": True, "font_color": TITLE, "bottom": 1, "bottom_color": TITLE},
    "row": {"bottom": 1, "bottom_color": RULE},
    "link": {"font_color": "#0B5394", "underline": 1},
    "input": {"bg_color": INPUT, "border": 1, "border_color": INPUT_EDGE, "locked": False},
    **{
        f"status_{status}": {"font_color": STATUS_TEXT[status], "bg_color": STATUS_GROUND[status]}
        for status in STATUS_TEXT
    },
}


class Styles:
    """Formats of one workbook by the names of the style sheet: `styles("row", "number", num_format="#,##0")`."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[object, ...], Format] = {}

    def __call__(self, *names: str, **extra: Any) -> Format:
        """The format that the named styles make together, later ones over earlier ones, `extra` over all."""
        asked = names, *extra.items()
        if asked not in self._made:
            properties: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
            for name in names:
                properties |= NAMED[name]
            self._made[asked] = self._workbook.add_format(properties | extra)
        return self._made[asked]

    def conditional(self, **properties: Any) -> Format:
        """What a conditional format changes, and nothing else."""
        asked = "conditional", *properties.items()
        if asked not in self._made:
            self._made[asked] = self._workbook.add_format(properties)
        return self._made[asked]


def number_format(decimals: int, sign: bool = False) -> str:
    """Excel's number format with grouped thousands; `sign` shows + and a true minus."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'+{digits};"−"{digits};0' if sign else digits


def day_format(words: Words) -> str:
    """Number format of dates; fixed, since Excel's own default follows the reader's country."""
    return "dd.mm.yyyy" if words.language == "ru" else "yyyy-mm-dd"
