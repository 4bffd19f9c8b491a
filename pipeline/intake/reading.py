"""What one file gave."""

import hashlib
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.domain.submissions import Submission
from pipeline.problems import Problem


class Input(NamedTuple):
    """A file that was read: `file` relative to the input folder; `unit` of a form, else empty."""

    file: str
    kind: Literal["plan", "form", "other"]
    unit: str
    sha256: str


def content_of(read: Input, folder: Path) -> bytes | None:
    """What is in the file, which lies below the input folder, if that is still what was read; otherwise None."""
    try:
        content = (folder / read.file).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == read.sha256 else None


class Reading(NamedTuple):
    """What one file gave; `submission` is None where it is no form that can be read. `checked`: what the checks say of
    the form by itself for the `month`, the latest that it states; 0: it was not checked."""

    input: Input
    submission: Submission | None
    problems: tuple[Problem, ...]
    month: int = 0
    checked: tuple[Problem, ...] = ()
