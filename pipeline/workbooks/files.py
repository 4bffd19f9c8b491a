"""Files written beside their place and moved in whole: a failed run leaves the old one."""

import errno
import glob
import os
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

SUFFIX = ".tmp"


def write_whole(path: Path, content: bytes) -> None:
    """Puts `content` at `path` in one step, making its folder. Raises OSError; then nothing has changed."""
    made = write_beside(path, lambda file: file.write(content))
    try:
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def write_beside(path: Path, write: Callable[[BinaryIO], object]) -> Path:
    """A new file beside `path`, whole, to be moved there; makes the folder. Raises OSError; then there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=SUFFIX, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path.with_name(Path(name).name)


def stay_within(folder: Path, path: Path) -> None:
    """Raises OSError where writing to `path` would leave the folder by a link or by «..»; the folder itself may be a
    link."""
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def sweep(paths: Iterable[Path], but: Collection[Path] = ()) -> None:
    """Removes what a killed run has left beside these files and beside those whose names begin with theirs («report
    (2)»), `but` what is still to be moved; what can't be removed now, the next one will. Only for whom nobody else
    can be writing them."""
    for path in paths:
        for left in path.parent.glob(f"{glob.escape(_prefix(path).removesuffix('-'))}*{SUFFIX}"):
            if left not in but:
                with suppress(PermissionError):
                    left.unlink(missing_ok=True)


def stray(path: Path, name: str) -> Path:
    """A file for a while beside `path`, which is swept with what killed runs leave."""
    return path.with_name(f"{_prefix(path)}{name}{SUFFIX}")


def _prefix(path: Path) -> str:
    return f".{path.stem[:40]}-"
