"""Every text of the files that the program makes, wherever in them a person or a screen reader meets it."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

RUSSIAN = re.compile(r"[А-Яа-яЁё«»]|\b\d\d\.\d\d\.\d{4}\b|dd\.mm", re.IGNORECASE)


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """(where, text): the file's own name, of a workbook or a document all its parts' texts and attributes (cells,
    lists, prompts, notes, headers, names, charts, alternative texts, properties), of the rest their lines."""
    yield name, name
    if name.endswith((".xlsx", ".docx")):
        with ZipFile(BytesIO(content)) as package:
            for part in package.namelist():
                if part.endswith((".xml", ".rels", ".vml")):
                    yield from _of_xml(f"{name}/{part}", package.read(part))
    elif name.endswith((".ics", ".csv")):
        unfolded = content.decode("utf-8-sig").replace("\r\n ", "")
        yield from ((f"{name}:{number}", line) for number, line in enumerate(unfolded.splitlines(), 1))


def _of_xml(where: str, content: bytes) -> Iterator[tuple[str, str]]:
    for element in ElementTree.fromstring(content).iter():
        for text in (element.text, element.tail, *element.attrib.values()):
            if text:
                yield where, text


def russian(folder: Path) -> list[tuple[str, str]]:
    """The texts in the folder's files that have a Russian letter."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    found = (one for name, path in files.items() for one in texts(name, path.read_bytes()))
    return [(where, text) for where, text in found if RUSSIAN.search(text)]
