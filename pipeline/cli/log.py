"""The log of what went wrong in the program itself: `run-report.log` beside config.toml, in UTF-8, with what those who
mend it need. Sound runs and mistakes in the data leave nothing in it."""

import locale
import logging
import platform
import shlex
import sys
from collections.abc import Sequence
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pipeline import __version__

NAME = "run-report.log"
MOST_BYTES = 1_000_000
"""What the log may take; the one before it is kept as «run-report.log.1»."""
LONGEST = 100_000
"""Characters of one failure's account: of a longer traceback the end, which names the error, is kept."""


class _Strict(RotatingFileHandler):
    """logging tells of a failure to write on the console and goes on: here who asked has to know."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        raise


def log_failure(folder: Path, arguments: Sequence[str], traceback: str, now: datetime) -> Path | None:
    """Adds the failure to the log in `folder`; the log's path, or None where it can't be written."""
    path = folder / NAME
    try:
        account = f"{_circumstances(arguments, now)}\n{traceback[-LONGEST:]}"
        handler = _Strict(path, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace")
        try:
            handler.emit(logging.makeLogRecord({"msg": account}))
        finally:
            handler.close()
    except OSError:
        return None
    return path


def _circumstances(arguments: Sequence[str], now: datetime) -> str:
    """When, which program, called how and where."""
    return "\n".join(
        (
            f"=== {now.astimezone().isoformat(timespec='seconds')}",
            f"run-report {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"command: {shlex.join(('run-report', *arguments))}",
            f"folder: {Path.cwd()}",
            f"encodings: console {getattr(sys.stderr, 'encoding', None)}, system {locale.getpreferredencoding(False)}",
        )
    )
