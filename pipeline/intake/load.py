"""A file opened safely: its workbook, or the problem in words that people understand; always its hash.

The one place where strangers' bytes meet the reader of workbooks. An archive is taken apart and measured before the
reader sees it; what can't be looked into beforehand (see `is_verifiable`) is to be read in a process of its own.
"""

import hashlib
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.forms.trim import is_as_issued, trimmed
from pipeline.intake.archive import DAMAGED, Refused, keep_values, pack, unpack, with_known_errors
from pipeline.intake.bounds import FORM, Bounds, beyond_bounds
from pipeline.intake.content import format_of, is_zip, why_unreadable
from pipeline.intake.find import Found
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Book, CalamineError, open_book
from pipeline.sheets.package import sheet_parts

LARGEST = 64 * 2**20
"""Bytes of a file that is opened at all; a form has some 200 KB."""

bytes(24 * 2**20)  # glibc gives memory back to the system after every file unless it has once seen a block so large


class Loaded(NamedTuple):
    """A file's workbook (None where it can't be read), the hash of its bytes (empty where it can't even be
    opened) and what is wrong."""

    book: Book | None
    sha256: str = ""
    problems: tuple[Problem, ...] = ()


def load(found: Found, bounds: Bounds = FORM) -> Loaded:
    """The workbook in the file, read once, whatever its extension says, if it is within the bounds."""
    where = Address(found.file)
    try:
        size = found.path.stat().st_size
        if size > LARGEST:
            return Loaded(None, "", (problem("intake.file_too_large", where, found=round(size / 2**20)),))
        content = found.path.read_bytes()
    except OSError as error:
        return Loaded(None, "", (problem("intake.file_forbidden", where, found=error.strerror or error),))
    sha256 = hashlib.sha256(content).hexdigest()
    kind = format_of(content)
    book = _book(content, kind, found.file, bounds)
    if isinstance(book, Refused):
        place = Address(found.file, book.sheet, book.cell)
        code, what = why_unreadable(content) if book == DAMAGED else (book.code, book.found)
        return Loaded(None, sha256, (problem(code, place, found=what),))
    return Loaded(book, sha256, _told(found, kind))


def is_verifiable(found: Found) -> bool:
    """Whether all that could harm the reader of this file is found before it reads it: an .xlsx, whatever its name."""
    try:
        return found.path.stat().st_size <= LARGEST and format_of(found.path.read_bytes()) == ".xlsx"
    except OSError:
        return True  # there is nothing to read


def _book(content: bytes, kind: str, file: str, bounds: Bounds) -> Book | Refused:
    try:
        if not is_zip(content):
            return open_book(content, file)
        parts = unpack(content, bounds.unpacked) if kind else DAMAGED
        if isinstance(parts, Refused):
            return parts
        if kind == ".xlsx" and bounds.form:
            quick = _opened(trimmed(parts), kind, file, bounds)
            if isinstance(quick, Book) and is_as_issued(quick):
                return quick
        return _opened(parts, kind, file, bounds)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # the reader's panics are no Exception; whatever fails here, the file can't be read
        return DAMAGED


def _opened(parts: dict[str, bytes], kind: str, file: str, bounds: Bounds) -> Book | Refused:
    """The book of these parts, which are used up. Raises what the reader of workbooks does."""
    sheets = sheet_parts(parts) if bounds.form and kind != ".xlsb" else ()
    if kind == ".xlsx":
        keep_values(parts)  # and these are what is measured and what is read
        refused = beyond_bounds(sheet_parts(parts), parts, bounds)
        if refused:
            return refused
    content = pack(parts)
    parts.clear()
    try:
        return open_book(content, file, sheets)
    except CalamineError:
        again = unpack(content, bounds.unpacked) if sheets else DAMAGED  # what the errors are called, their XML tells
        if isinstance(again, Refused) or kind != ".xlsx":
            raise
        return open_book(pack(with_known_errors(again)), file, sheets)


def _told(found: Found, kind: str) -> tuple[Problem, ...]:
    """Of a file that was read: its name says another format; its format can't be looked into."""
    where, said = Address(found.file), found.path.suffix.lower()
    problems: list[Problem] = []
    if kind and kind != said and (said, kind) != (".xlsm", ".xlsx"):
        problems.append(problem("intake.file_misnamed", where, found=said, real=kind))
    if kind in (".xls", ".xlsb"):
        problems.append(problem("intake.file_opaque", where, found=kind))
    return tuple(problems)
