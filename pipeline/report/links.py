"""Links from the report to a place in a form: relative, so that they work wherever the folders are copied."""

from copy import copy
from functools import cache

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.report.book import ReportBook
from pipeline.report.cells import write_text

_ESCAPED = '%#" <>[]^`{}'
LONGEST = 255  # characters of a target that every Excel accepts


def write_link(
    book: ReportBook,
    sheet: Worksheet,
    row: int,
    column: int,
    tables: ReportTables,
    file: str,
    place: str = "",
    text: str = "",
    style: Format | None = None,
) -> None:
    """A cell that opens the file (at `place`, «'Март'!G9») and shows `text`, or the file's name by default; plain
    text where there is no file or the target is too long for Excel."""
    shown = text or file.rpartition("/")[2]
    target = tables.input_link + _escaped(file) + (f"#{place}" if place else "")
    if not file or len(target) > LONGEST:
        write_text(sheet, row, column, shown, style or book.styles("row"))
        return
    link = copy(_link(tables.input_link + _escaped(file), book.words("report.link.tip")))
    link._anchor, link.text = place, shown
    sheet.write_url(row, column, link, style or book.styles("row", "link"))


def place(sheet: str, cell: str) -> str:
    """The place as links name it: («Март», «G9») → «'Март'!G9», apostrophes doubled; empty without a cell."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'!{cell}" if sheet and cell else ""


@cache
def _link(target: str, tip: str) -> Url:
    """The link to the file itself: xlsxwriter takes longer to make one than to write ten cells, and there are many to
    each file."""
    link = Url(f"external:{target}")
    link.tip = tip
    return link


@cache
def _escaped(file: str) -> str:
    """The file's name as Excel writes it into a link: «#» would begin the place, «%41» be read as a letter."""
    return "".join(f"%{ord(letter):02x}" if letter in _ESCAPED else letter for letter in file)
