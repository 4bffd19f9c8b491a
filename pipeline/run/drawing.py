"""What is made besides the workbook — pictures, data, calendars, memo — by a second process while the first writes it.

The second process begins with the run and imports what it needs while the forms are read. Where it is lost, the first
one draws by itself: the files are the same.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pipeline.intake.workers import be_quiet
from pipeline.words import Words
from pipeline.workbooks.files import write_beside

if TYPE_CHECKING:
    from pipeline.analysis.tables import ReportTables
    from pipeline.domain.plan import Plan
    from pipeline.domain.submissions import Submission

DATA, PARQUET, MEMO = "data.csv", "data.parquet", "memo.docx"
LATER = (
    "pipeline.analysis.data_tables",
    "pipeline.report.data_file",
    "pipeline.report.activity_calendar",
    "pipeline.memo.document",
)
"""What the second process imports before it is needed, as long as nothing waits for it."""

Content = bytes | Path
"""What is in a file: its bytes or, where they are too many to be held, the whole file made beside its place."""
Of = TypeVar("Of", bytes, Content)


class Material(NamedTuple):
    """What is drawn: the report's tables, and all figures (their forms' submissions) with the plan that names them.
    `addressee`: to whom the memo goes. `folder`: where the files of data will be."""

    tables: "ReportTables"
    plan: "Plan"
    submissions: "Sequence[Submission]"
    addressee: str
    folder: Path
    words: Words


class Drawn(NamedTuple):
    """What is being made, by the files' names; each waits for its end: the PNG pictures, which the workbook shows too;
    the files of data, the calendars, and the memo where python-docx, which is optional, is installed (raises
    OSError)."""

    pictures: Callable[[], dict[str, bytes]]
    files: Callable[[], dict[str, Content]]


Draw = Callable[[Material], Drawn]
"""Begins to draw."""


def draw_here(material: Material) -> Drawn:
    """Draws when asked."""
    return Drawn(cache(partial(_pictures, material)), cache(partial(_files, material)))


def begin_beside() -> Draw:
    """Starts the second process, where there is a second processor for it."""
    if (os.cpu_count() or 1) < 2:
        return draw_here
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    context.Process(target=_serve, args=(theirs,), daemon=True).start()
    theirs.close()

    def draw_beside(material: Material) -> Drawn:
        here = draw_here(material)
        Thread(target=_hand_over, args=(ours, material), daemon=True).start()
        pictures = cache(partial(_received, ours, here.pictures))

        def files() -> dict[str, Content]:
            pictures()  # they come first
            return _received(ours, here.files)

        return Drawn(pictures, cache(files))

    return draw_beside


def _hand_over(pipe: "Connection[Any, Any]", what: object) -> None:
    """Waits, beside the first process's work, until the second one has imported all and takes it; where it is lost,
    that is noticed when its files are asked for."""
    with suppress(OSError):
        pipe.send(what)


def _received(pipe: "Connection[Any, Any]", here: Callable[[], dict[str, Of]]) -> dict[str, Of]:
    try:
        files: dict[str, Of] = pipe.recv()
        return files
    except (EOFError, OSError):
        return here()


def _pictures(material: Material) -> dict[str, bytes]:
    from pipeline.report.figures import figures

    return figures(material.tables, material.words)


def _files(material: Material) -> dict[str, Content]:
    from pipeline.report.activity_calendar import calendars

    tables, words = material.tables, material.words
    files: dict[str, Content] = {**_data_files(material), **calendars(tables, words)}
    if find_spec("docx") is not None:
        from pipeline.memo.document import memo_document

        files[MEMO] = memo_document(tables, material.addressee, words)
    return files


def _data_files(material: Material) -> dict[str, Content]:
    """A country's have gigabytes: they are made part by part, where they will be."""
    from pipeline.analysis.data_tables import data_parts
    from pipeline.report.data_file import write_data_file, write_parquet

    parts = partial(data_parts, material.plan, material.submissions)
    made: dict[str, Content] = {}
    made[DATA] = write_beside(material.folder / DATA, lambda file: write_data_file(parts(), material.words, file))
    if find_spec("pyarrow") is not None:
        year = material.plan.calendar
        made[PARQUET] = write_beside(material.folder / PARQUET, lambda file: write_parquet(parts(), year, file))
    return made


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
        material = pipe.recv()
        pipe.send(_pictures(material))  # the workbook waits for them
        pipe.send(_files(material))
    except (EOFError, OSError):
        return
