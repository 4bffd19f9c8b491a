"""The program installs itself for its user: `python -m pipeline.cli.install PLACE` in the program's folder, by whatever
Python there is (run-report.cmd does it). Imports nothing that has to be installed first.

PLACE is an environment that is the user's own and not beside the program: that may lie in a network folder, where one
environment can't serve the Pythons of several computers, or too deep for Windows.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

from pipeline.console import adapt_streams
from pipeline.language import CONFIG, language_of
from pipeline.words import Words

ROOT = Path(__file__).parents[2]
STAMP = "installed.txt"
"""Which program is installed in the environment; absent until it is whole."""
PIP = ("-m", "pip", "install", "--disable-pip-version-check", ".[memo]")


def program_files(root: Path) -> dict[str, bytes]:
    """What the program is installed from, by its path in the program's folder."""
    code = (path for path in (root / "pipeline").rglob("*.*") if path.is_file() and path.suffix != ".pyc")
    paths = [*(root / name for name in ("pyproject.toml", "README.md", "LICENSE")), *sorted(code)]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def fingerprint(program: Mapping[str, bytes]) -> str:
    """Another one after an update."""
    digest = hashlib.sha256()
    for name, content in program.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_installed(place: Path, program: Mapping[str, bytes]) -> bool:
    """Whether this very program is there, and the Python that it was installed with still is."""
    stamp = place / STAMP
    return stamp.exists() and stamp.read_text() == fingerprint(program) and _runs(python_of(place))


def install(place: Path, program: Mapping[str, bytes], log: Path) -> bool:
    """Makes the environment, or renews the program in a whole one. It is built from a copy, since setuptools writes
    beside what it builds and the program may lie where its user can't write. pip's own words go to the log."""
    stamp = place / STAMP
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as told:
        try:
            if not (stamp.exists() and _runs(python_of(place))):
                venv.create(place, with_pip=True, clear=True)
            stamp.unlink(missing_ok=True)
            with tempfile.TemporaryDirectory() as copy:
                for name, content in program.items():
                    (Path(copy) / name).parent.mkdir(parents=True, exist_ok=True)
                    (Path(copy) / name).write_bytes(content)
                subprocess.run([python_of(place), *PIP], cwd=copy, stdout=told, stderr=subprocess.STDOUT, check=True)
            stamp.write_text(fingerprint(program))
        except (OSError, subprocess.CalledProcessError) as error:
            told.write(f"{error}\n")
            return False
    return True


def python_of(place: Path, system: str = os.name) -> Path:
    """The environment's Python; run-report.cmd names the same."""
    return place / ("Scripts/python.exe" if system == "nt" else "bin/python")


def _runs(python: Path) -> bool:
    try:
        return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def main() -> None:
    """Installs where it is needed; the exit code is 1 where it failed."""
    adapt_streams()
    words, place = Words(language_of(CONFIG)), Path(sys.argv[1])
    program, log = program_files(ROOT), place.with_name("install.log")
    if is_installed(place, program):
        return
    print(words("cli.install.begin"), flush=True)
    if not install(place, program, log):
        print(words("cli.install.failed", log=log), file=sys.stderr)
        sys.exit(1)
    print(words("cli.install.done"))


if __name__ == "__main__":
    main()
