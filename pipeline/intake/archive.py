"""A zipped workbook taken apart before any reader of workbooks sees it: checksums, sizes, honest XML.

The reader gets a new archive made of the verified parts only, so that it can't understand the file otherwise than
the checks did, and nothing is unpacked twice.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from pipeline.sheets.extent import CELLS_END, SHEET_END, pieces

MEMBERS = 2_000

_NEVER_READ = re.compile(
    r"(?!\[content_types\]|_rels/|xl/|content\.xml$|mimetype$|meta-inf/manifest\.xml$|styles\.xml$)"
    r"|xl/(media|drawings|charts|theme|embeddings|printersettings|activex|ctrlprops|persons)/|.*vbaproject|.*\.vml$",
    re.IGNORECASE,
)
_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s[^>]*?\?>\s*)?(?:<!--.*?-->\s*|<\?(?!xml\s).*?\?>\s*)*<[A-Za-z_]", re.DOTALL
)
_ENCODING = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_READABLE = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_FORMULA = re.compile(rb"<f(?: [^<>]*[^<>/])?>[^<]*+</f>")
_ERROR = re.compile(
    rb"""(\st=["']e["'][^<>]*>(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>)"""
    rb"""(?!\#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)<)[^<]*+"""
)
"""An error that the reader of workbooks doesn't know: it knows seven, and later Excels and LibreOffice have more."""
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Refused(NamedTuple):
    """Why a file isn't read: the problem's code, what was found, and where in the book."""

    code: str
    found: object = ""
    sheet: str = ""
    cell: str = ""


DAMAGED = Refused("intake.file_damaged")


def unpack(content: bytes, most: int) -> dict[str, bytes] | Refused:
    """The parts that are read of a zipped workbook, by their names, each with its checksum verified; `most`: bytes of
    all of them."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            refused = _refused(members, most)
            if refused:
                return refused
            parts = {one.filename: archive.read(one) for one in members if not _NEVER_READ.match(one.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return DAMAGED
    return next(filter(None, (_dishonest(name, part) for name, part in parts.items())), None) or parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """An archive of the parts, not compressed: it is read at once and thrown away."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return content.getvalue()


def keep_values(parts: dict[str, bytes]) -> None:
    """Leaves of the sheets only the cells' values: formulas, formats and validations would be parsed for nothing, and
    take longer than all the rest. One after another: a country's plan is 600 MB of text."""
    for name in parts:
        parts[name] = _bare(parts[name])


def with_known_errors(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts, each error of a cell that the reader of workbooks would stop at as one that it knows."""
    return {name: _ERROR.sub(rb"\1#VALUE!", part) for name, part in parts.items()}


def _bare(part: bytes) -> bytes:
    end = part.rfind(CELLS_END) if part.endswith(SHEET_END) else -1
    if end < 0:
        return part
    bare = BytesIO()
    for start, stop in pieces(part, 0, end + len(CELLS_END)):
        bare.write(_FORMULA.sub(b"", part[start:stop]))
    bare.write(SHEET_END)
    return bare.getvalue()


def _refused(members: list[zipfile.ZipInfo], most: int) -> Refused | None:
    if len(members) > MEMBERS:
        return Refused("intake.file_bomb")
    names = {member.filename.replace("\\", "/").casefold() for member in members}
    if len(names) < len(members):
        return Refused("intake.file_forged")
    wanted = [member for member in members if not _NEVER_READ.match(member.filename)]
    if any(member.flag_bits & _ENCRYPTED for member in wanted):
        return Refused("intake.file_password")
    if any(member.compress_type not in _METHODS for member in wanted):
        return DAMAGED
    unpacked = sum(member.file_size for member in wanted)
    return Refused("intake.file_too_large", round(unpacked / 2**20)) if unpacked > most else None


def _dishonest(name: str, part: bytes) -> Refused | None:
    """A part that calls itself XML must begin as XML in UTF-8 does: without a document type, which is where
    entities are declared."""
    if not name.lower().endswith((".xml", ".rels")):
        return None
    encoding = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    if encoding and encoding[1].lower() not in _READABLE:
        return Refused("intake.file_forged")
    if _PROLOG.match(part):
        return None
    return Refused("intake.file_forged") if b"<!DOCTYPE" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff") else DAMAGED
