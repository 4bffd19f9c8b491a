"""What is drawn besides the workbook, pictures, memo and calendars: by a second process while the first one writes it.

The second process begins with the run and imports what it needs while the forms are read. Where it is lost, the first
one draws by itself: the files are the same.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.intake.workers import be_quiet
from pipeline.words import Words

if TYPE_CHECKING:
    from pipeline.analysis.tables import ReportTables


MEMO = "memo.docx"


class Drawn(NamedTuple):
    """Names of files → what is in them: the PNG pictures, which the workbook shows too; the calendars, and the memo
    where python-docx, which is optional, is installed."""

    pictures: dict[str, bytes]
    files: dict[str, bytes]


Draw = Callable[["ReportTables", str, Words], Callable[[], Drawn]]
"""Begins to draw for a report whose memo goes to an addressee; what it gives waits for the end."""


def draw_here(tables: "ReportTables", addressee: str, words: Words) -> Callable[[], Drawn]:
    """Draws at once."""
    drawn = _draw(tables, addressee, words)
    return lambda: drawn


def begin_beside() -> Draw:
    """Starts the second process, where there is a second processor for it."""
    if (os.cpu_count() or 1) < 2:
        return draw_here
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    context.Process(target=_serve, args=(theirs,), daemon=True).start()
    theirs.close()

    def draw_beside(tables: "ReportTables", addressee: str, words: Words) -> Callable[[], Drawn]:
        lean = replace(tables, data=tables.data[:0])  # nothing of it is drawn, and there may be much
        try:
            ours.send((lean, addressee, words))
        except OSError:
            return draw_here(tables, addressee, words)

        @cache
        def drawn() -> Drawn:
            try:
                answer: Drawn = ours.recv()
            except (EOFError, OSError):
                return _draw(tables, addressee, words)
            return answer

        return drawn

    return draw_beside


def _draw(tables: "ReportTables", addressee: str, words: Words) -> Drawn:
    from pipeline.report.activity_calendar import calendars
    from pipeline.report.figures import figures

    pictures, files = figures(tables, words), calendars(tables, words)
    if find_spec("docx") is None:
        return Drawn(pictures, files)
    from pipeline.memo.document import memo_document

    return Drawn(pictures, files | {MEMO: memo_document(tables, addressee, words)})


def _serve(pipe: "Connection[Any, Any]") -> None:
    """The second process's life: one report. What fails here fails again, and is told, in the first process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told, and ends this one
    be_quiet()
    import pipeline.analysis.tables
    import pipeline.report.figures

    if find_spec("docx") is not None:
        import pipeline.memo.document  # noqa: F401
    try:
        pipe.send(_draw(*pipe.recv()))
    except (EOFError, OSError):
        return
