"""Times `run-report` beside the baseline script, in turn, and prints medians, their spread and the median ratio.

    python -m tests.benchmarks.run [--runs 3] [--forms 60 500]

Whole processes, after one warm-up of each; memory is the largest single process as the system counts it. A full report
is made with --fresh; a rerun finds what was kept.
"""

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

from pipeline.forms.layout import form_file_name
from pipeline.forms.write import form_workbook
from pipeline.settings import Settings
from pipeline.words import Words
from tests.benchmarks.generate import filled, generate, plan_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LONG = 200
"""Forms with which the script takes minutes."""


class Run(NamedTuple):
    """One run of one process: wall seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


def timed(command: list[str], folder: Path) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def paired(
    label: str,
    ours: list[str],
    theirs: list[str],
    folder: Path,
    runs: int,
    before: Callable[[], None] = lambda: None,
) -> None:
    """Runs the two in turn, `before` ahead of each of ours, and prints a row."""
    timed(ours, folder), timed(theirs, folder)
    pairs: list[tuple[Run, Run]] = []
    for _ in range(runs):
        before()
        pairs.append((timed(ours, folder), timed(theirs, folder)))
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    shown = [f"{_seconds([run.seconds for run in side])}" for side in zip(*pairs, strict=True)]
    memory = [f"{max(run.mebibytes for run in side):.0f} MiB" for side in zip(*pairs, strict=True)]
    print(f"| {label} | {' | '.join(shown)} | {ratio:.3f} | {' | '.join(memory)} |", flush=True)


def _seconds(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} s ({min(values):.2f}–{max(values):.2f})"


def change_one(place: Path, forms: int) -> Callable[[], None]:
    """What makes the first form state another figure each time."""
    more = count(1)

    def change() -> None:
        with ProcessPoolExecutor(1) as elsewhere:  # its memory would be counted as that of the commands begun here
            elsewhere.submit(write_changed, place, forms, next(more)).result()
        time.sleep(2.5)  # a file so new that it might change once more is not trusted

    return change


def write_changed(place: Path, forms: int, more: int) -> None:
    """The first form anew, its first figure greater by so much."""
    plan, unit = plan_of(forms), "L00001"
    said = filled(plan, unit)
    first, *others = said.entries
    entries = (first._replace(value=first.value + more), *others)
    content = form_workbook(plan, unit, Settings(), Words(), replace(said, entries=entries))
    (place / "input" / str(plan.year) / form_file_name(plan.units.by_code[unit])).write_bytes(content)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--forms", type=int, nargs="*", default=[60, 500])
    options.add_argument("--made", type=Path, help="a folder of forms made before, instead of new ones")
    chosen = options.parse_args()
    compileall.compile_dir(ROOT / "pipeline", quiet=1)  # as installing does, also where Python is told to keep nothing
    report = str(Path(sys.executable).with_name("run-report"))
    click = [sys.executable, "-c", "import click"]
    libraries = [sys.executable, "-c", "import pandas, xlsxwriter, matplotlib.backends.backend_agg"]
    print("| work | ours | beside it | ratio | memory | beside it |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paired("`--help` / `import click`", [report, "--help"], click, folder, 9)
        example = folder / "example"
        shutil.copytree(ROOT / "input", example / "input")
        shutil.copy(ROOT / "config.toml", example)
        paired("example / importing the libraries", [report, "--fresh"], libraries, example, 7)
        for forms in chosen.forms:
            place = chosen.made or folder / str(forms)
            if not chosen.made:
                generate(place, forms)
            base = [sys.executable, str(HERE / "baseline.py"), "input", "baseline.xlsx"]
            full = [report, "--fresh"]
            paired(f"report of {forms} forms / script", full, base, place, chosen.runs)
            if forms < LONG:
                paired(f"`check` of {forms} forms / script", [report, "check", "--fresh"], base, place, chosen.runs)
            paired(
                f"rerun of {forms}, one changed / full", [report], full, place, chosen.runs, change_one(place, forms)
            )
            time.sleep(2.5)
            paired(f"rerun of {forms}, nothing changed / `import click`", [report], click, place, 9)


if __name__ == "__main__":
    main()
