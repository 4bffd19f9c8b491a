"""A form without the cells that nobody reads: four fifths of its text are the arithmetic of its months' sheets.

A sheet that is written in an unusual way stays as it is, and a book with a month's sheet that isn't as it was issued
is to be read whole.
"""

import re
from collections.abc import Mapping

from pipeline.domain.addresses import cell_name, column_letters
from pipeline.forms.layout import FIRST_ROW, HEADING_ROW, MONTH_COLUMNS, MONTH_READ
from pipeline.forms.read_columns import own_columns
from pipeline.forms.read_sheets import sheet_identity
from pipeline.sheets.book import Book
from pipeline.sheets.extent import CELLS_END, SHEET_END

_UNREAD = [column_letters(at).encode() for at, column in enumerate(MONTH_COLUMNS) if column.key not in MONTH_READ]
_CELL = re.compile(
    rb'<c r="(?:[%s]|%s)[0-9]++"[^<>]*+>(?:(?:<f[^<>]*+>(?:[^<]*+</f>|(?<=/>)))?+(?:<v>[^<]*+</v>)?+</c>|(?<=/>))'
    % (b"".join(one for one in _UNREAD if len(one) == 1), b"|".join(one for one in _UNREAD if len(one) > 1))
)
_LAST_HEADING = b'<c r="%s"' % cell_name(HEADING_ROW, len(MONTH_COLUMNS) - 1).encode()
_FIRST_ROW = b'<row r="%d"' % (FIRST_ROW + 1)
_UNUSUAL = re.compile(rb'<(?!/|v>|f[ >]|is>|t[ >]|c r="[A-Z]++[0-9]++"|row r="[0-9]++")')
"""A comment, or a cell that has no place of its own: what is left out would move it."""


def trimmed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of an .xlsx, the tables of the months' sheets without the cells of columns that aren't read."""
    return {name: _trimmed(part) if _is_wide(part) else part for name, part in parts.items()}


def is_as_issued(book: Book) -> bool:
    """Whether nothing is missing in the trimmed book: the months' sheets have their marks, and all columns stand where
    the writer has put them."""
    return all(
        sheet_identity(sheet) is not None and own_columns(sheet, "month") is not None
        for sheet in book.sheets
        if _is_wide(sheet.xml)
    )


def _is_wide(xml: bytes) -> bool:
    """Whether this may be a month's sheet: its headings go as far."""
    return _LAST_HEADING in xml


def _trimmed(xml: bytes) -> bytes:
    start, end = xml.find(_FIRST_ROW), xml.rfind(CELLS_END)
    if not 0 <= start < end or not xml.endswith(SHEET_END):
        return xml
    rows = _CELL.sub(b"", memoryview(xml)[start:end])
    return xml if _UNUSUAL.search(rows) else xml[:start] + rows + CELLS_END + SHEET_END
