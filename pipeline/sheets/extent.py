"""How far a sheet's cells reach, known before a reader makes room for all that lies between them; and whether a cell
is written twice, of which a reader would show one.

Nearly every sheet is proved harmless by a quick search; only a sheet that fails it is measured exactly.
"""

import re
import string
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from pipeline.domain.addresses import cell_name

_PIECE = 2**20
"""Bytes of a piece of a sheet that is longer: all its cells at once would take ten times as many."""
_PLACED = re.compile(rb'<c(?: r="([AB]?[A-Z][0-9]{1,3}+)")?+')
"""A cell; its place is empty where that is beyond BZ999, or not written as all programs write it."""
_PLACED_FAR = re.compile(rb'<c(?: r="([A-Z]{1,3}+[0-9]{1,7}+)")?+')
"""The same, wherever it stands."""
_LETTERS, _DIGITS = string.ascii_uppercase.encode(), string.digits.encode()
_CELLS, CELLS_END, SHEET_END = b"<sheetData>", b"</sheetData>", b"</worksheet>"
_PREFIXED = re.compile(rb":c[\s/>]")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Extent(NamedTuple):
    """Rows and columns up to the last filled ones; `far` is the filled cell that reached farthest, `twice` the first
    cell that is written a second time."""

    rows: int
    columns: int
    far: str
    twice: str


def is_ordinary(xml: bytes) -> bool:
    """Every cell stands within BZ999 and is written `<c r="G9"`…, none is written twice."""
    within = _plain(xml) if len(xml) <= _PIECE else None
    places = _PLACED.findall(xml, *within) if within else [b""]
    once = set(places)
    return len(once) == len(places) and b"" not in once


def area_at_most(xml: bytes) -> int | None:
    """Rows × columns up to the last cells, empty ones too, of a large sheet whose cells are written `<c r="G9"`… from
    row to row, none of them twice; None of any other."""
    within = _plain(xml)
    columns: set[bytes] = set()
    last = 0
    for start, end in pieces(xml, *within) if within else ():
        places = _PLACED_FAR.findall(xml, start, end)
        once = set(places)
        if len(once) < len(places) or b"" in once:
            return None
        told = b" ".join(places)
        rows = set(map(int, set(told.translate(None, _LETTERS).split())))
        if rows and min(rows) <= last:
            return None
        last = max(rows, default=last)
        columns.update(told.translate(None, _DIGITS).split())
    return last * max((_column(letters.decode()) for letters in columns), default=0) or None


def pieces(xml: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the pieces of a long sheet begin and end: whole rows each."""
    while start < end:
        following = xml.find(b"<row", start + _PIECE, end)
        yield start, end if following < 0 else following
        start = end if following < 0 else following


def _plain(xml: bytes) -> tuple[int, int] | None:
    """Where the cells begin and end; None where they are not written as all programs write them."""
    start, end = xml.find(_CELLS), xml.find(CELLS_END)
    if start < 0 or end != xml.rfind(CELLS_END) or b":sheetData" in xml[:start] or _PREFIXED.search(xml, start, end):
        return None
    return start, end


def measure(xml: bytes, area: int) -> Extent:
    """The exact extent; of a sheet beyond the area it ends at the cell that is too far. Where a cell and its row
    contradict each other, the farther counts. Raises ValueError where the XML is not well-formed."""
    measuring = _Measuring(area)
    parser = expat.ParserCreate()
    parser.StartElementHandler = measuring.start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    except _TooFarError:
        pass
    return Extent(measuring.rows, measuring.columns, measuring.far, measuring.twice)


class _TooFarError(Exception):
    """Stops the parser."""


class _Measuring:
    """Where the parser is (counted from 1) and how far it has come."""

    def __init__(self, area: int) -> None:
        self.area = area
        self.above = self.row = self.column = self.cells = 0
        self.rows = self.columns = 0
        self.far = self.twice = ""
        self.places: set[tuple[int, int]] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                number = attributes.get("r", "")
                self.above, self.column = int(number) if number.isdecimal() else self.above + 1, 0
            case "c":
                self.cells += 1
                self.row, self.column = self.above, self.column + 1
                said = _REFERENCE.fullmatch(attributes.get("r", ""))
                if said:
                    self.placed(int(said[2]), _column(said[1]))
                    self.row, self.column = max(self.row, int(said[2])), max(self.column, _column(said[1]))
                else:
                    self.placed(self.row, self.column)
                if self.cells > self.area:
                    self.filled()
                    raise _TooFarError
            case "v" | "is":
                self.filled()

    def placed(self, row: int, column: int) -> None:
        if (row, column) in self.places:
            self.twice = self.twice or cell_name(max(row, 1) - 1, max(column, 1) - 1)
        self.places.add((row, column))

    def filled(self) -> None:
        if self.row > self.rows or self.column > self.columns:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            self.far = cell_name(max(self.row, 1) - 1, max(self.column, 1) - 1)
            if self.rows * self.columns > self.area:
                raise _TooFarError


def _column(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
