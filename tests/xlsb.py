"""A minimal .xlsb: the few binary records of [MS-XLSB] that carry numbers, texts and where they stand."""

import struct
import zipfile
from io import BytesIO

from pipeline.sheets.book import Book, Sheet, Value

ROW, REAL, TEXT = 0, 5, 6  # BrtRowHdr, BrtCellReal, BrtCellSt
BEGIN_SHEET, END_SHEET, BEGIN_DATA, END_DATA, EXTENT = 129, 130, 145, 146, 148
BEGIN_BOOK, END_BOOK, BEGIN_SHEETS, END_SHEETS, SHEET = 131, 132, 143, 144, 156

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb_of(book: Book) -> bytes:
    """The book's numbers and texts; days are to be numbers already (there are no styles)."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{NAMESPACE}content-types"/>')
        archive.writestr("_rels/.rels", _relations("officeDocument", ["xl/workbook.bin"]))
        sheets = [f"worksheets/sheet{number}.bin" for number in range(1, len(book.sheets) + 1)]
        archive.writestr("xl/_rels/workbook.bin.rels", _relations("worksheet", sheets))
        archive.writestr("xl/workbook.bin", _workbook([sheet.name for sheet in book.sheets]))
        for part, sheet in zip(sheets, book.sheets, strict=True):
            archive.writestr(f"xl/{part}", _worksheet(sheet))
    return content.getvalue()


def _relations(kind: str, targets: list[str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{NAMESPACE}relationships">{inside}</Relationships>'


def _workbook(names: list[str]) -> bytes:
    sheets = b"".join(
        _record(SHEET, struct.pack("<LL", 0, number) + _text(f"rId{number}") + _text(name))
        for number, name in enumerate(names, start=1)
    )
    return _record(BEGIN_BOOK) + _record(BEGIN_SHEETS) + sheets + _record(END_SHEETS) + _record(END_BOOK)


def _worksheet(sheet: Sheet) -> bytes:
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    extent = struct.pack("<LLLL", 0, max(height - 1, 0), 0, max(width - 1, 0))
    rows = b"".join(
        _record(ROW, struct.pack("<LLHBBBL", number, 0, 300, 0, 0, 0, 0))
        + b"".join(_cell(column, value) for column, value in enumerate(row) if value != "")
        for number, row in enumerate(sheet.rows)
    )
    inside = _record(EXTENT, extent) + _record(BEGIN_DATA) + rows + _record(END_DATA)
    return _record(BEGIN_SHEET) + inside + _record(END_SHEET)


def _cell(column: int, value: Value) -> bytes:
    place = struct.pack("<LL", column, 0)
    if isinstance(value, str):
        return _record(TEXT, place + _text(value))
    assert isinstance(value, int | float)
    return _record(REAL, place + struct.pack("<d", value))


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<L", len(encoded) // 2) + encoded


def _record(kind: int, data: bytes = b"") -> bytes:
    """The kind in one byte or two, the length in as many as it needs, seven bits in each."""
    return _in_sevens(kind) + _in_sevens(len(data)) + data


def _in_sevens(number: int) -> bytes:
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*octets, number])
