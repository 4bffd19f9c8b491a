"""What is made besides the workbook — pictures, data, calendars, memo — by a second process while the first writes it.

The second process begins with the run and imports what it needs while the forms are read. Where it is lost, the first
one draws by itself: the files are the same.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar

from pipeline.domain.targets import Targets
from pipeline.intake.workers import be_quiet, out_of_reach
from pipeline.words import Words
from pipeline.workbooks.files import write_beside

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.analysis.tables import DrawnTables
    from pipeline.domain.plan import Plan

DATA, PARQUET, MEMO = "data.csv", "data.parquet", "memo.docx"
LATER = (
    "pipeline.report.activity_calendar",
    "pipeline.memo.document",
    "pipeline.analysis.data_tables",
    "pipeline.report.data_file",
)
"""What the second process imports before it is needed, as long as nothing waits for it, in the order of need."""

Content = bytes | Path
"""What is in a file: its bytes or, where they are too many to be held, the whole file made beside its place."""
Of = TypeVar("Of", bytes, Content)


class Material(NamedTuple):
    """What is drawn: its tables, and the plan that names the facts. `addressee`: to whom the memo goes.
    `folder`: where the files of data will be."""

    tables: "DrawnTables"
    plan: "Plan"
    addressee: str
    folder: Path
    words: Words


class Drawn(NamedTuple):
    """What is being made, by the files' names; each waits for its end: the PNG pictures, which the workbook shows too;
    the files of data, the calendars, and the memo where python-docx, which is optional, is installed (raises
    OSError)."""

    pictures: Callable[[], dict[str, bytes]]
    files: Callable[[], dict[str, Content]]


Facts = Callable[[], "Iterator[pd.DataFrame]"]
"""All figures, part by part (see analysis/data_tables.py)."""
Draw = Callable[[Material, Facts], Drawn]
"""Begins to draw."""


def draw_here(material: Material, facts: Facts) -> Drawn:
    """Draws when asked."""
    return Drawn(cache(partial(_pictures, material)), cache(partial(_files, material, facts)))


def begin_beside() -> Draw:
    """Starts the second process, where there is a second processor for it."""
    if (os.cpu_count() or 1) < 2:
        return draw_here
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    second = context.Process(target=_serve, args=(theirs,), daemon=True)
    with out_of_reach():
        second.start()
    theirs.close()

    def draw_beside(material: Material, facts: Facts) -> Drawn:
        here = draw_here(material, facts)
        Thread(target=_hand_over, args=(second, ours, material, facts), daemon=True).start()
        pictures = cache(partial(_received, ours, here.pictures))

        def files() -> dict[str, Content]:
            pictures()  # they come first
            return _received(ours, here.files)

        return Drawn(pictures, cache(files))

    return draw_beside


def _hand_over(second: SpawnProcess, pipe: "Connection[Any, Any]", material: Material, facts: Facts) -> None:
    """Waits, beside the first process's work, until the second one has imported all and takes it. The facts follow,
    once for each file of data: all at once would take as much memory there as here. What fails here
    fails again, and is told, where the first process draws by itself."""
    try:
        names = replace(material.plan, targets=Targets.of(()), last_year=None)
        pipe.send(material._replace(plan=names))
        for _ in _data_names():
            for part in facts():
                pipe.send(part)
            pipe.send(None)
    except Exception:
        second.kill()


def _handed_over(pipe: "Connection[Any, Any]") -> "Iterator[pd.DataFrame]":
    while (part := pipe.recv()) is not None:
        yield part


def _received(pipe: "Connection[Any, Any]", here: Callable[[], dict[str, Of]]) -> dict[str, Of]:
    try:
        files: dict[str, Of] = pipe.recv()
        return files
    except (EOFError, OSError):
        return here()


def _pictures(material: Material) -> dict[str, bytes]:
    from pipeline.report.figures import figures

    return figures(material.tables, material.words)


def _files(material: Material, facts: Facts) -> dict[str, Content]:
    from pipeline.report.activity_calendar import calendars

    tables, words = material.tables, material.words
    files: dict[str, Content] = {**calendars(tables, words)}
    if find_spec("docx") is not None:
        from pipeline.memo.document import memo_document

        files[MEMO] = memo_document(tables, material.addressee, words)
    return files | _data_files(material, facts)  # the facts come last


def _data_files(material: Material, facts: Facts) -> dict[str, Content]:
    """A country's have gigabytes: they are made part by part, where they will be."""
    from pipeline.analysis.data_tables import data_table
    from pipeline.report.data_file import write_data_file, write_parquet

    def write(name: str, file: BinaryIO) -> None:
        parts = (data_table(material.plan, part) for part in facts())
        if name == DATA:
            write_data_file(parts, material.words, file)
        else:
            write_parquet(parts, material.plan.calendar, file)

    return {name: write_beside(material.folder / name, partial(write, name)) for name in _data_names()}


def _data_names() -> tuple[str, ...]:
    """pyarrow, which writes Parquet, is optional."""
    return (DATA, PARQUET) if find_spec("pyarrow") is not None else (DATA,)


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
        pipe.send(_files(material, partial(_handed_over, pipe)))
    except (EOFError, OSError):
        return
    os._exit(0)  # the first process has all, and no need to wait until this one is taken apart
