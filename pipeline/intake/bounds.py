"""What a workbook would cost its reader, known before it is read: sheets, their extent, the length of their texts.

An archive of a few kilobytes can ask for hundreds of gigabytes: two cells at opposite corners, one long text named
by a million cells, one sheet listed ten thousand times. And a cell written twice, of which the reader would show one.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.etree import ElementTree

from pipeline.intake.archive import DAMAGED, Refused
from pipeline.sheets.extent import AREA, area_at_most, is_ordinary, measure
from pipeline.sheets.package import Part

SHEETS = 200
AREA_OF_BOOK = 2 * AREA
LETTERS = 256 * 2**20
"""Bytes of all texts, each counted as often as cells name it."""
_SHORTEST_CELL = 10  # bytes of XML: «<c><v>0</v></c>»


def beyond_bounds(sheets: Sequence[Part], parts: Mapping[str, bytes]) -> Refused | None:
    """Why the book is not to be read, or None; `sheets` are those of an .xlsx, `parts` all parts of its archive.
    Raises ValueError where the XML is not well-formed."""
    if len(sheets) > SHEETS:
        return Refused("intake.sheets_too_many", len(sheets))
    if not sheets or len({id(sheet.xml) for sheet in sheets if sheet.xml}) < len(sheets):
        return DAMAGED
    area = 0
    for sheet in sheets:
        if is_ordinary(sheet.xml):
            continue
        quick = area_at_most(sheet.xml)
        if quick is not None and quick <= AREA and area + quick <= AREA_OF_BOOK:
            area += quick
            continue
        extent = measure(sheet.xml)
        area += extent.rows * extent.columns
        if area > AREA_OF_BOOK or extent.rows * extent.columns > AREA:
            return Refused("intake.sheet_too_large", extent.far, sheet.name, extent.far)
        if extent.twice:
            return Refused("intake.file_forged", extent.twice, sheet.name, extent.twice)
    return _beyond_letters(sheets, parts)


def _beyond_letters(sheets: Sequence[Part], parts: Mapping[str, bytes]) -> Refused | None:
    """A quick bound first: the longest text in every cell there can be."""
    shared = next((part for name, part in parts.items() if name.casefold().endswith("/sharedstrings.xml")), b"")
    longest = max(map(len, shared.split(b"<si")))
    if longest * sum(len(sheet.xml) for sheet in sheets) <= LETTERS * _SHORTEST_CELL:
        return None
    lengths = [len(ElementTree.tostring(text)) for text in ElementTree.fromstring(shared)]
    named = sum(lengths[number] for sheet in sheets for number in _numbers(sheet.xml) if number < len(lengths))
    return Refused("intake.file_bomb") if named > LETTERS else None


def _numbers(xml: bytes) -> list[int]:
    """All whole numbers that stand as values, those that name a shared text among them."""
    values: list[str] = []
    for _, element in ElementTree.iterparse(BytesIO(xml)):
        name = element.tag.rpartition("}")[2]
        if name == "v":
            values.append(element.text or "")
        elif name == "row":
            element.clear()  # a plan has a hundred thousand of them
    return [int(value) for value in values if value.strip().isdecimal()]
