"""What a workbook would cost its reader, known before it is read: sheets, their extent, the length of their texts.

An archive of a few kilobytes can ask for hundreds of gigabytes: two cells at opposite corners, one long text named
by a million cells, one sheet listed ten thousand times. And a cell written twice, of which the reader would show one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree

from pipeline.intake.archive import DAMAGED, Refused
from pipeline.sheets.extent import area_at_most, is_ordinary, measure, pieces
from pipeline.sheets.package import Part

SHEETS = 200
_SHORTEST_CELL = 10  # bytes of XML: «<c><v>0</v></c>»


class Bounds(NamedTuple):
    """Of a workbook that is read.

    unpacked: bytes of its parts (pictures are not, and don't count). area: rows × columns of one sheet, empty cells
    between filled ones included, and the count of its cell elements; of the whole book twice as many. letters: bytes of
    all texts, each counted as often as cells name it. form: whether it is one, of which formulas are looked at too, and
    what is never read is left out.
    """

    unpacked: int
    area: int
    letters: int
    form: bool


FORM = Bounds(16 * 2**20, 2_000_000, 256 * 2**20, form=True)
"""Ten times a form's parts."""
PLAN = Bounds(2**30, 10 * 2**20, 2**30, form=False)
"""It has the targets of all units, in as many rows as Excel has."""


def beyond_bounds(sheets: Sequence[Part], parts: Mapping[str, bytes], bounds: Bounds = FORM) -> Refused | None:
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
        if quick is not None and quick <= bounds.area and area + quick <= 2 * bounds.area:
            area += quick
            continue
        extent = measure(sheet.xml, bounds.area)
        area += extent.rows * extent.columns
        if area > 2 * bounds.area or extent.rows * extent.columns > bounds.area:
            return Refused("intake.sheet_too_large", extent.far, sheet.name, extent.far)
        if extent.twice:
            return Refused("intake.file_forged", extent.twice, sheet.name, extent.twice)
    return _beyond_letters(sheets, parts, bounds.letters)


def _beyond_letters(sheets: Sequence[Part], parts: Mapping[str, bytes], most: int) -> Refused | None:
    """A quick bound first: the longest text in every cell there can be."""
    shared = next((part for name, part in parts.items() if name.casefold().endswith("/sharedstrings.xml")), b"")
    longest = max(map(len, shared.split(b"<si")))
    if longest * sum(len(sheet.xml) for sheet in sheets) <= most * _SHORTEST_CELL:
        return None
    lengths = [len(ElementTree.tostring(text)) for text in ElementTree.fromstring(shared)]
    named = sum(
        lengths[number] * times for sheet in sheets for number, times in _numbers(sheet.xml) if number < len(lengths)
    )
    return Refused("intake.file_bomb") if named > most else None


_VALUE = re.compile(rb"<v>([^<]*)</v>")
_PREFIXED_VALUE = re.compile(rb":v[\s/>]")


def _numbers(xml: bytes) -> Iterator[tuple[int, int]]:
    """All whole numbers that stand as values, those that name a shared text among them, and how many times each."""
    values: Counter[bytes] = Counter()
    for start, end in pieces(xml, 0, len(xml)):
        values.update(_VALUE.findall(xml, start, end))
    if values.total() < xml.count(b"<v") or b"&#" in xml or _PREFIXED_VALUE.search(xml):
        values = Counter(_parsed_values(xml))
    return ((int(value), times) for value, times in values.items() if value.strip().isdigit())


def _parsed_values(xml: bytes) -> Iterator[bytes]:
    for _, element in ElementTree.iterparse(BytesIO(xml)):
        name = element.tag.rpartition("}")[2]
        if name == "v":
            yield (element.text or "").encode()
        elif name == "row":
            element.clear()  # a plan has a hundred thousand of them
