"""Times `run-report` beside the baseline script, in turn, and prints medians and ratios.

    python -m tests.benchmarks.run [--runs 3] [--forms 60 500]

Whole processes, after one warm-up of each; memory is the largest single process as the system counts it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.generate import generate

HERE = Path(__file__).parent


class Run(NamedTuple):
    """One run of one process: wall seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


def timed(command: list[str], folder: Path) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def paired(label: str, ours: list[str], theirs: list[str], folder: Path, runs: int) -> None:
    """Runs the two in turn and prints a row."""
    timed(ours, folder), timed(theirs, folder)
    pairs = [(timed(ours, folder), timed(theirs, folder)) for _ in range(runs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    a, b = ([statistics.median(values) for values in zip(*side, strict=True)] for side in zip(*pairs, strict=True))
    print(f"| {label} | {a[0]:.2f} s | {b[0]:.2f} s | {ratio:.3f} | {a[1]:.0f} MiB | {b[1]:.0f} MiB |", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--forms", type=int, nargs="*", default=[60, 500])
    chosen = options.parse_args()
    report = str(Path(sys.executable).with_name("run-report"))
    python = sys.executable
    print("| work | ours | beside it | ratio | memory | beside it |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paired("`--help` / `import click`", [report, "--help"], [python, "-c", "import click"], folder, 9)
        for forms in chosen.forms:
            place = folder / str(forms)
            generate(place, forms)
            base = [python, str(HERE / "baseline.py"), "input", "baseline.xlsx"]
            paired(f"report of {forms} forms / script", [report], base, place, chosen.runs)
            paired(f"`check` of {forms} forms / script", [report, "check"], base, place, chosen.runs)


if __name__ == "__main__":
    main()
