"""Damaged and malicious workbooks, each made in a few lines from a good one."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

from xlsxwriter import Workbook

SHEET = "xl/worksheets/sheet1.xml"
Edit = Callable[[bytes], bytes | None]


def book(cells: dict[str, float | str] | None = None, sheets: int = 1) -> bytes:
    """A workbook with the sheet «Март» and these cells; texts that begin with «=» are formulas that store 0."""
    content = BytesIO()
    with Workbook(content) as target:
        for number in range(sheets):
            sheet = target.add_worksheet("Март" if not number else f"Л{number}")
            for cell, value in (cells or {"C2": 53, "A1": "Код"}).items():
                sheet.write(cell, value)
    return content.getvalue()


def edited(content: bytes, name: str, edit: Edit, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive with the parts whose names end so changed, or left out where the edit gives None."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w", method) as copy:
        for part in source.namelist():
            changed = edit(source.read(part)) if part.endswith(name) else source.read(part)
            if changed is not None:
                copy.writestr(part, changed)
    return target.getvalue()


def with_rows(xml: bytes, content: bytes | None = None) -> bytes:
    """A workbook whose sheet has these rows."""
    return edited(
        content or book(),
        "sheet1.xml",
        lambda part: part.partition(b"<sheetData>")[0] + b"<sheetData>" + xml + b"</sheetData></worksheet>",
    )


def swapped(content: bytes, old: bytes, new: bytes, name: str = "sheet1.xml") -> bytes:
    def swap(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new)

    return edited(content, name, swap)


def flipped_bit() -> bytes:
    """One bit of the sheet's stored data is another: 53 has become 52."""
    content = edited(book(), "", lambda part: part, zipfile.ZIP_STORED)
    at = content.index(b"<v>53</v>") + 4
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def with_entity(encoding: str = "utf-8") -> bytes:
    """The sheet declares an entity that names ten others, and so on: the «billion laughs»."""
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "ха">{names}]>'

    def declare(part: bytes) -> bytes:
        head, mark, rest = part.decode().partition("?>")
        return (head.replace("UTF-8", encoding.upper()) + mark + doctype + rest).encode(encoding)

    return edited(book(), "sheet1.xml", declare)


def external_entity() -> bytes:
    """The texts want a file of this machine and an address of the network."""
    wanted = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1:9/">]>'
    return edited(book(), "sharedStrings.xml", lambda part: part.replace(b"?>", b"?>" + wanted, 1))


def bomb() -> bytes:
    """60 MB of blanks in 60 KB."""
    return edited(book(), "sheet1.xml", lambda part: part + b" " * (60 * 2**20))


def doubled_member() -> bytes:
    """Two parts of one name: one for the checker, one for the reader."""
    content = BytesIO(book())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(SHEET.upper(), archive.read(SHEET).replace(b">53<", b">99<"))
    return content.getvalue()


def many_members() -> bytes:
    content = BytesIO(book())
    with zipfile.ZipFile(content, "a") as archive:
        for number in range(5_000):
            archive.writestr(f"xl/media/{number}", b"")
    return content.getvalue()


def lying_size() -> bytes:
    """The directory says that the sheet unpacks to ten bytes."""
    content = book()
    at = content.index(b"PK\x01\x02")
    while SHEET.encode() != content[at + 46 : at + 46 + len(SHEET)]:
        at = content.index(b"PK\x01\x02", at + 4)
    return content[: at + 24] + struct.pack("<L", 10) + content[at + 28 :]


def far_cells() -> bytes:
    return with_rows(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_cells_written_unusually() -> bytes:
    """The same corner under a prefix, with other quotes, in rows that contradict their cells."""
    return with_rows(b"<x:row r='1048576'><x:c r = 'A1'/><x:c r='XFD1'><x:v>1</x:v></x:c></x:row>")


def cells_without_an_end() -> bytes:
    """A month's sheet of half a million cells, none of which is closed."""
    cells = b'<row r="6"><c r="AD6"><v>1</v></c></row><row r="8">' + b'<c r="B8" ' * 500_000
    return with_rows(cells)


def long_text_everywhere() -> bytes:
    """A megabyte of text, and thousands of cells that name it."""
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ") + "</row>"
        for row in range(1, 900)
    )
    content = edited(book(), "sharedStrings.xml", lambda part: part.replace(b"<t>", b"<t>" + b"x" * 2**20, 1))
    return with_rows(rows.encode(), content)


def one_sheet_many_times(times: int = 10_000) -> bytes:
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, times + 1))
    return edited(
        book(),
        "workbook.xml",
        lambda part: part.partition(b"<sheets>")[0] + b"<sheets>" + sheets + b"</sheets></workbook>",
    )


def ods_of(repeated: int) -> bytes:
    """An OpenDocument whose one value is repeated over rows and columns."""
    content = BytesIO()
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    xml = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" '
        f'xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table table:name="Март">'
        f'<table:table-row table:number-rows-repeated="{repeated}"><table:table-cell office:value-type="float" '
        f'office:value="1" table:number-columns-repeated="{repeated}"><text:p>1</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", xml)
    return content.getvalue()


DAMAGED: dict[str, Callable[[], bytes]] = {
    "flipped bit": flipped_bit,
    "no workbook.xml": lambda: edited(book(), "xl/workbook.xml", lambda _: None),
    "no sheet": lambda: edited(book(), "sheet1.xml", lambda _: None),
    "no content types, no relations": lambda: edited(book(), ".rels", lambda _: None),
    "half a sheet": lambda: edited(book(), "sheet1.xml", lambda part: part[:-150]),
    "empty sheet": lambda: edited(book(), "sheet1.xml", lambda _: b""),
    "two formats in one": lambda: edited(book(), "", lambda part: part).replace(
        b"docProps/app.xml", b"xl/workbook.bin\0"
    ),
    "the same sheet twice": lambda: one_sheet_many_times(2),
    "a size that lies": lying_size,
}
"""What is told to be damaged."""

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (with_entity, "file_forged"),
    "billion laughs in UTF-16": (lambda: with_entity("utf-16"), "file_forged"),
    "entities of files and addresses": (external_entity, "file_forged"),
    "two parts of one name": (doubled_member, "file_forged"),
    "5 000 parts": (many_members, "file_bomb"),
    "60 MB in 60 KB": (bomb, "file_too_large"),
    "corner to corner": (far_cells, "sheet_too_large"),
    "corner to corner, written unusually": (far_cells_written_unusually, "sheet_too_large"),
    "a megabyte of text in 9 000 cells": (long_text_everywhere, "file_bomb"),
    "cells without an end": (cells_without_an_end, "file_damaged"),
    "10 000 sheets": (one_sheet_many_times, "sheets_too_many"),
}
"""What is refused, and as what."""
