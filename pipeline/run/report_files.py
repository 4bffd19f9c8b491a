"""All files of a report: what is in them, and how they are put in their places."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from pipeline.domain.addresses import Address
from pipeline.domain.memory import Memory
from pipeline.domain.periods import Period
from pipeline.domain.units import Units
from pipeline.forms.layout import safe_name
from pipeline.intake.reading import Input
from pipeline.problems import problem
from pipeline.run.drawing import Content, Draw, Material, draw_here
from pipeline.run.inputs import Read
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.tell import shown_path, unwritable
from pipeline.workbooks.files import stay_within, write_beside

if TYPE_CHECKING:
    import pandas as pd

REPORT = "report.xlsx"
COPIES = 9
"""How many further names are tried for a file that is locked: «report (2).xlsx» …"""


def report_folder(output: Path, period: Period, units: Units) -> Path:
    """«output/2013-09»; within it a folder for each node whose own report was asked for."""
    folder = output / str(period)
    return folder / safe_name(units.root.code) if units.is_part else folder


def report_files(
    read: Read, period: Period, folder: Path, memory: Memory, draw: Draw = draw_here
) -> dict[Path, Content]:
    """All files of the report; the report itself comes last, so that it is the last to be replaced. Raises OSError
    where those of the data can't be made in the folder."""
    import pandas as pd

    from pipeline.analysis.data_tables import facts_parts
    from pipeline.analysis.report_tables import begin_tables
    from pipeline.report.workbook import report_workbook

    words, settings = read.words, read.settings
    inputs = pd.DataFrame(read.inputs, columns=list(Input._fields))
    said, computed = read.intake.submissions, Event()
    shown, rest = begin_tables(read.plan, said, read.problems, inputs, period, settings, words, memory)
    stay_within(folder.parent, folder / REPORT)

    def facts() -> "Iterator[pd.DataFrame]":
        computed.wait()  # a country's cubes and facts would take too much memory together
        return facts_parts(read.plan, said)

    drawn = draw(Material(shown, read.plan, settings.institution.addressee, folder, words), facts)
    tables = replace(rest(), input_link=_link(settings.input, folder))
    del rest  # and the cubes with it
    computed.set()
    report = report_workbook(tables, words, drawn.pictures)
    return {
        **{folder / "charts" / name: picture for name, picture in drawn.pictures().items()},
        **{folder / name: content for name, content in drawn.files().items()},
        folder / REPORT: report,
    }


def _link(target: Path, folder: Path) -> str:
    """The way from the report's folder to the input folder, with a slash at its end; absolute across drives."""
    try:
        return Path(os.path.relpath(target.resolve(), folder.resolve())).as_posix() + "/"
    except ValueError:
        return target.resolve().as_posix() + "/"


def write_report(files: Mapping[Path, Content], folder: Path, done: Outcome) -> Outcome:
    try:
        for path in files:
            stay_within(folder.parent, path)
        written = {path: _put(path, content) for path, content in files.items()}
    except OSError as error:
        return not_written(done, folder, error)
    finally:
        for made in made_beside(files):
            made.unlink(missing_ok=True)
    report = written[folder / REPORT]
    locked = tuple(
        problem("cli.file_locked", Address(shown_path(path)), found=real.name)
        for path, real in written.items()
        if path != real
    )
    exit = Exit.SAVED_UNDER_ANOTHER_NAME if locked else done.exit
    done = replace(done, exit=exit, problems=done.problems + locked, report=report, files=tuple(written.values()))
    return told_where(done, "cli.report.made", report)


def made_beside(files: Mapping[Path, Content]) -> list[Path]:
    """Those that are whole beside their places, and have still to be moved."""
    return [content for content in files.values() if isinstance(content, Path)]


def not_written(done: Outcome, folder: Path, error: OSError) -> Outcome:
    """The report can't be put into its folder."""
    return replace(done, exit=Exit.FAILED, problems=(unwritable(folder, error),), lines=())


def _put(path: Path, content: Content) -> Path:
    """Puts the file in its place; if that is open elsewhere, under the next name that is free to be written."""
    made = content if isinstance(content, Path) else write_beside(path, lambda file: file.write(content))
    *names, last = (path, *(path.with_stem(f"{path.stem} ({number})") for number in range(2, COPIES + 1)))
    try:
        for name in names:
            try:
                return made.replace(name)
            except PermissionError:
                if not name.exists():
                    raise  # it's the folder that can't be written
        return made.replace(last)
    finally:
        made.unlink(missing_ok=True)


def told_where(outcome: Outcome, key: str, path: Path) -> Outcome:
    return replace(outcome, lines=(*outcome.lines, outcome.words(key, path=shown_path(path))))
