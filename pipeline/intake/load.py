"""A file opened safely: its workbook, or the problem in words that people understand; always its hash.

The one place where strangers' bytes meet the reader of workbooks: what isolates it and limits it belongs here.
"""

import hashlib
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.intake.content import format_of, why_unreadable
from pipeline.intake.find import Found
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Book, CalamineError, open_book


class Loaded(NamedTuple):
    """A file's workbook (None where it can't be read), the hash of its bytes (empty where it can't even be
    opened) and what is wrong."""

    book: Book | None
    sha256: str = ""
    problems: tuple[Problem, ...] = ()


def load(found: Found) -> Loaded:
    """The workbook in the file, read once, whatever its extension says."""
    where = Address(found.file)
    try:
        content = found.path.read_bytes()
    except OSError as error:
        return Loaded(None, "", (problem("intake.file_forbidden", where, found=error.strerror or error),))
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        book = open_book(content, found.file)
    except CalamineError:
        code, what = why_unreadable(content)
        return Loaded(None, sha256, (problem(code, where, found=what),))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the reader's own panics are no Exception
        return Loaded(None, sha256, (problem("intake.file_damaged", where),))
    return Loaded(book, sha256, _misnamed(found, content))


def _misnamed(found: Found, content: bytes) -> tuple[Problem, ...]:
    said, real = found.path.suffix.lower(), format_of(content)
    if not real or real == said or (said, real) == (".xlsm", ".xlsx"):
        return ()
    return (problem("intake.file_misnamed", Address(found.file), found=said, real=real),)
