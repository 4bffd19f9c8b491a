"""The report's workbook while it is being written: its formats, words and pictures, and how every sheet is set up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.words import Words
from pipeline.workbooks.colours import MUTED
from pipeline.workbooks.styles import Styles

A4 = 9  # Excel's number of the paper


class Frame(NamedTuple):
    """The place of a picture: below a headline at the row, as wide as the columns of these widths. `alt` is for those
    who can't see it."""

    sheet: Worksheet
    row: int
    name: str
    headline: str
    alt: str
    widths: Sequence[float]


@dataclass(frozen=True, eq=False)
class ReportBook:
    """What the writers of the sheets share.

    identity: what the footer says of the report, so that
    a printed page can be told from another run's. example: the actual figures are made up, every page says so.
    frames: where pictures will be placed.
    """

    workbook: Workbook
    styles: Styles
    words: Words
    identity: str
    example: bool
    frames: list["Frame"] = field(default_factory=list)

    def name(self, key: str) -> str:
        """The sheet's name in the report's language."""
        return self.words(f"report.sheet.{key}")

    def add_sheet(
        self,
        key: str,
        widths: Sequence[float],
        orientation: Literal["landscape", "portrait"] = "landscape",
        pages_tall: int = 0,
    ) -> Worksheet:
        """A new last sheet, set up as add_titled_sheet says, under its name in the report's language."""
        return self.add_titled_sheet(self.name(key), widths, orientation, pages_tall)

    def add_titled_sheet(
        self,
        title: str,
        widths: Sequence[float],
        orientation: Literal["landscape", "portrait"] = "landscape",
        pages_tall: int = 0,
    ) -> Worksheet:
        """A new last sheet with columns of these widths (in characters), set up to print one A4 page wide;
        `pages_tall` 0 means as many as it takes."""
        sheet = self.workbook.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.styles())
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        if orientation == "landscape":
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, pages_tall)
        sheet.set_footer(self._footer(title))
        return sheet

    def heading(self, sheet: Worksheet, title: str, subtitle: str) -> None:
        """The sheet's title and subtitle in its first two rows, and in the example that its figures are made up."""
        note = self.words("report.example") if self.example else ""
        sheet.set_row(0, 27)
        sheet.write_string(0, 0, title, self.styles("title"))
        sheet.write_string(1, 0, " ".join(filter(None, (subtitle, note))), self.styles("subtitle"))

    def _footer(self, title: str) -> str:
        middle = title
        if self.example:
            middle += f" · {self.words('report.footer.example')}"
        parts = {"L": _literal(self.identity), "C": _literal(middle), "R": self.words("report.footer.page")}
        return "".join(f"&{side}&8&K{MUTED[1:]}{text}" for side, text in parts.items())


def _literal(text: str) -> str:
    """The text as a footer shows it: a single ampersand would begin a command."""
    return text.replace("&", "&&")
