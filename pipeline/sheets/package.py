"""The parts of an archive and the sheets they hold: of an .xlsx, workbook.xml names the sheets and its relations name
their parts; of an .ods, all stand in content.xml."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

_WORKBOOK = "xl/workbook.xml"


class Part(NamedTuple):
    """A sheet's name and its XML (empty where the part is missing)."""

    name: str
    xml: bytes


def sheet_parts(parts: Mapping[str, bytes]) -> tuple[Part, ...]:
    """The book's sheets in their order, chart sheets too; none of an .xlsb. Raises ValueError where what names them
    can't be read."""
    if "content.xml" in parts:
        return tuple(_tables(parts["content.xml"]))
    by_name = {name.replace("\\", "/").casefold(): part for name, part in parts.items()}
    relations = {
        found.get("Id", ""): found.get("Target", "")
        for found in _elements(by_name.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
    }
    return tuple(
        Part(found.get("name", ""), by_name.get(_path(relations.get(_relation(found), "")), b""))
        for found in _elements(by_name.get(_WORKBOOK, b""), "sheet")
    )


def _relation(sheet: Mapping[str, str]) -> str:
    """The value of r:id, whatever the prefix is called."""
    return next((value for name, value in sheet.items() if name.rpartition(":")[2] == "id"), "")


def _path(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold()


def _tables(content: bytes) -> Iterator[Part]:
    """The tables of an OpenDocument's content, each made a document by itself."""
    root = re.search(rb"<([\w.-]+:document-content)\b[^>]*>", content)
    if root is None:
        raise ValueError("no content")
    for table in re.finditer(rb"<table:table .*?</table:table>", content, re.DOTALL):
        yield Part("", root[0] + table[0] + b"</%s>" % root[1])


def _elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of each element of that local name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return found
