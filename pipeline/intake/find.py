"""The workbook files of a year, wherever they lie in its folder, in an order that never changes."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.problems import Problem, problem

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
"""Extensions of the files that are opened as workbooks."""

PLAN = "plan"
"""The plan's file name in the year's folder, without its extension."""

_SYSTEM = {"thumbs.db", "desktop.ini"}


class Found(NamedTuple):
    """A file and its path relative to the input folder, with forward slashes."""

    path: Path
    file: str


def hash_of(found: Found) -> str:
    """The hash of the file's content; empty of a file that can't be opened."""
    try:
        with found.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def years(folder: Path) -> tuple[int, ...]:
    """The years that have a folder in the input folder, the latest first."""
    try:
        names = [entry.name for entry in folder.iterdir() if entry.is_dir()]
    except OSError:
        return ()
    return tuple(sorted((int(name) for name in names if len(name) == 4 and name.isdecimal()), reverse=True))


def find_plan(folder: Path, year: int) -> tuple[Found | None, tuple[Problem, ...]]:
    """The year's plan, «2013/plan.xlsx» or in another format; None where there is none or more than one."""
    expected = f"{year}/{PLAN}{WORKBOOKS[0]}"
    there = [found for found in _files(folder, folder / str(year), deep=False) if _is_plan(found, year)]
    if not there:
        return None, (problem("intake.plan_missing", Address(expected), year=year),)
    if len(there) > 1:
        names = ", ".join(found.path.name for found in there)
        return None, (problem("intake.plan_doubled", Address(there[0].file), found=names),)
    return there[0], ()


def find_forms(folder: Path, year: int) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """The workbooks under the year's folder save the plan, by relative path. Hidden files and folders are passed
    over; files that are no workbooks are mentioned, and so are workbooks that are open at the moment."""
    forms: list[Found] = []
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        place = Path(error.filename).relative_to(folder).as_posix()
        problems.append(problem("intake.folder_unreadable", Address(place), found=error.strerror))

    everything = list(_files(folder, folder / str(year), deep=True, onerror=unreadable))
    known = {found.file for found in everything}
    for found in everything:
        name = found.path.name
        opened = _opened(name)
        if opened:
            beside = found.file.removesuffix(name) + opened
            if beside in known:
                problems.append(problem("intake.file_open", Address(beside)))
        elif _is_plan(found, year) or name.startswith(".") or name.lower() in _SYSTEM:
            continue
        elif found.path.suffix.lower() in WORKBOOKS:
            forms.append(found)
        else:
            problems.append(problem("intake.file_extension", Address(found.file), found=found.path.suffix or name))
    return tuple(forms), tuple(problems)


def _files(folder: Path, within: Path, deep: bool, onerror: object = None) -> Iterator[Found]:
    """The files of a folder (and of those below it, hidden ones left out), sorted by their relative paths."""
    start = len(folder.as_posix()) + 1
    paths: list[str] = []
    for place, folders, names in os.walk(within, onerror=onerror):  # type: ignore[arg-type]
        folders[:] = [name for name in folders if deep and not name.startswith(".")]
        paths += [f"{Path(place).as_posix()}/{name}" for name in names]
    return (Found(Path(path), _displayable(path[start:])) for path in sorted(paths))


def _displayable(file: str) -> str:
    """A name in a foreign encoding (from an old archive, say) with marks for what can't be shown or written."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_plan(found: Found, year: int) -> bool:
    name = found.file.removeprefix(f"{year}/").lower()
    return name in {f"{PLAN}{extension}" for extension in WORKBOOKS}


def _opened(name: str) -> str:
    """The workbook of which this is the lock file of Excel («~$M4.xlsx») or LibreOffice («.~lock.M4.xlsx#»)."""
    if name.startswith("~$"):
        return name[2:]
    if name.startswith(".~lock.") and name.endswith("#"):
        return name[len(".~lock.") : -1]
    return ""
