"""What a reader of values can't tell of a cell: an error, a formula, a formula that was never computed.

The reader gives an error as an empty cell and a formula as its stored value; here a second look is taken at the
sheet's own XML, at the few cells that matter. Excel's XML is searched as it is; what is written in an unusual way, and
OpenDocument, is parsed whole.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from xml.etree import ElementTree

from pipeline.domain.addresses import cell_name
from pipeline.sheets.extent import is_ordinary

_MERE_VALUE = re.compile(rb'<c r="([A-Z]++[0-9]++)"(?: [st]="(?!e")[^"]*+")*+(?:/>|><v>[^<]*+</v></c>)')
"""An empty cell, or one that holds nothing but a value: nearly every cell into which people type."""
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_SLASH = ord("/")
_MAIN = re.compile(r"\{[^}]*\}")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_REPEATED = 2_000
"""Repeated rows and cells of OpenDocument are followed no farther: they are the empty rest of the sheet."""


class Inside(NamedTuple):
    """An error with its name («#REF!»), a formula with its stored value, or one that has none."""

    kind: Literal["error", "formula", "uncomputed"]
    text: str = ""


def look(xml: bytes, cells: Sequence[str]) -> dict[str, Inside]:
    """What stands in those of the cells that hold an error or a formula; quickest where the cells are asked for row by
    row. Nothing of a sheet whose XML isn't known (.xls, .xlsb)."""
    if not xml:
        return {}
    if b"<table:table " in xml[:100_000]:
        return _parsed(_open_document(xml), cells)
    others = {cell.encode() for cell in cells}.difference(_MERE_VALUE.findall(xml))
    found: dict[str, Inside] = {}
    position, all_there = 0, True
    for cell in cells if others else ():
        if cell.encode() not in others:
            continue
        start = f'<c r="{cell}"'.encode()
        at = xml.find(start, position)
        at = at if at >= 0 else xml.find(start, 0, position)
        if at >= 0:
            position = at
            inside = _inside(xml, at)
            if inside:
                found[cell] = inside
        else:
            all_there = False
    return found if all_there or is_ordinary(xml) else _parsed(_spreadsheet(xml), cells)


def _inside(xml: bytes, at: int) -> Inside | None:
    """The cell whose element begins there."""
    opened = xml.find(b">", at)
    if xml[opened - 1] == _SLASH:
        return None
    closed = xml.find(b"</c>", opened)
    formula = xml.find(b"<f", opened, closed) >= 0
    error = _ERROR.search(xml, at, opened) is not None
    if not formula and not error:
        return None
    value = _VALUE.search(xml, opened, closed)
    return _judged(error, formula, value[1].decode("utf-8", "replace") if value else "")


def _judged(error: bool, formula: bool, value: str) -> Inside | None:
    if error:
        return Inside("error", value)
    if not formula:
        return None
    return Inside("formula", value) if value else Inside("uncomputed")


def _parsed(read: Iterator[tuple[str, Inside | None]], cells: Sequence[str]) -> dict[str, Inside]:
    wanted = set(cells)
    return {cell: inside for cell, inside in read if inside and cell in wanted}


def _spreadsheet(xml: bytes) -> Iterator[tuple[str, Inside | None]]:
    """The cells of an Excel sheet, however it is written."""
    row = column = 0
    for element in ElementTree.fromstring(xml).iter():
        name = _local(element)
        if name == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif name == "c":
            column += 1
            parts = {_local(part): part.text or "" for part in element}
            inside = _judged(element.get("t") == "e", "f" in parts, parts.get("v", ""))
            yield element.get("r", cell_name(row - 1, column - 1)).upper(), inside


def _local(element: ElementTree.Element) -> str:
    return _MAIN.sub("", element.tag)


def _open_document(xml: bytes) -> Iterator[tuple[str, Inside | None]]:
    """The cells of a table of OpenDocument."""
    above = 0
    for row in ElementTree.fromstring(xml).iter(f"{_TABLE}table-row"):
        rows, before = int(row.get(f"{_TABLE}number-rows-repeated", 1)), 0
        for cell in row:
            columns = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            error = cell.get(f"{_CALC}value-type") == "error"
            shown = "".join(cell.itertext())
            value = shown if error else cell.get(f"{_OFFICE}value", shown)
            inside = _judged(error, f"{_TABLE}formula" in cell.attrib, value)
            if inside:
                for number in range(above, above + min(rows, _REPEATED)):
                    for index in range(before, before + min(columns, _REPEATED)):
                        yield cell_name(number, index), inside
            before += columns
        above += rows
