"""What is made besides the workbook — pictures, data, calendars, memo — by a second process while the first writes it.

The second process begins with the run and imports what it needs while the forms are read. Where it is lost, the first
one draws by itself: the files are the same.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.intake.workers import be_quiet
from pipeline.words import Words

if TYPE_CHECKING:
    from pipeline.analysis.tables import ReportTables


MEMO = "memo.docx"


LATER = ("pipeline.report.data_file", "pipeline.report.activity_calendar", "pipeline.memo.document")
"""What the second process imports before it is needed, as long as nothing waits for it."""

Files = dict[str, bytes]
"""Names of files → what is in them."""


class Drawn(NamedTuple):
    """What is being made; each waits for its end: the PNG pictures, which the workbook shows too; the files of data,
    the calendars, and the memo where python-docx, which is optional, is installed."""

    pictures: Callable[[], Files]
    files: Callable[[], Files]


Draw = Callable[["ReportTables", str, Words], Drawn]
"""Begins to draw for a report whose memo goes to an addressee."""


def draw_here(tables: "ReportTables", addressee: str, words: Words) -> Drawn:
    """Draws when asked."""
    return Drawn(cache(partial(_pictures, tables, words)), cache(partial(_files, tables, addressee, words)))


def begin_beside() -> Draw:
    """Starts the second process, where there is a second processor for it."""
    if (os.cpu_count() or 1) < 2:
        return draw_here
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    context.Process(target=_serve, args=(theirs,), daemon=True).start()
    theirs.close()

    def draw_beside(tables: "ReportTables", addressee: str, words: Words) -> Drawn:
        here = draw_here(tables, addressee, words)
        Thread(target=_hand_over, args=(ours, (tables, addressee, words)), daemon=True).start()
        pictures = cache(partial(_received, ours, here.pictures))

        def files() -> Files:
            pictures()  # they come first
            return _received(ours, here.files)

        return Drawn(pictures, cache(files))

    return draw_beside


def _hand_over(pipe: "Connection[Any, Any]", what: object) -> None:
    """Waits, beside the first process's work, until the second one has imported all and takes it; where it is lost,
    that is noticed when its files are asked for."""
    with suppress(OSError):
        pipe.send(what)


def _received(pipe: "Connection[Any, Any]", here: Callable[[], Files]) -> Files:
    try:
        return {name: pipe.recv_bytes() for name in pipe.recv()}
    except (EOFError, OSError):
        return here()


def _send(pipe: "Connection[Any, Any]", files: Files) -> None:
    """Each by itself: a region's figures are 50 MB of text, which would be there thrice while all are received."""
    pipe.send(list(files))
    for content in files.values():
        pipe.send_bytes(content)


def _pictures(tables: "ReportTables", words: Words) -> Files:
    from pipeline.report.figures import figures

    return figures(tables, words)


def _files(tables: "ReportTables", addressee: str, words: Words) -> Files:
    from pipeline.report.activity_calendar import calendars
    from pipeline.report.data_file import data_file, parquet_file

    files = {"data.csv": data_file(tables, words)} | calendars(tables, words)
    if find_spec("pyarrow") is not None:
        files["data.parquet"] = parquet_file(tables)
    if find_spec("docx") is not None:
        from pipeline.memo.document import memo_document

        files[MEMO] = memo_document(tables, addressee, words)
    return files


def _serve(pipe: "Connection[Any, Any]") -> None:
    """The second process's life: one report. What fails here fails again, and is told, in the first process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told, and ends this one
    be_quiet()
    gc.disable()  # it ends with what it has made
    import pipeline.report.figures

    pipeline.report.figures.warm_up()
    try:
        for module in LATER:
            if not pipe.poll():
                with suppress(ModuleNotFoundError):  # python-docx is optional
                    import_module(module)
        tables, addressee, words = pipe.recv()
        _send(pipe, _pictures(tables, words))  # the workbook waits for them
        _send(pipe, _files(tables, addressee, words))
    except (EOFError, OSError):
        return
