"""Reading alone, form by form in turn, in one process: this package (verify, open, read, name problems) against the
office's script (pandas.read_excel with openpyxl).

    python -m tests.benchmarks.reading FOLDER [FORMS]
"""

import statistics
import sys
import time
from itertools import islice
from pathlib import Path

import pandas as pd

from pipeline.intake.collect import read_file
from pipeline.intake.find import find_forms
from pipeline.plan.read import read_plan
from pipeline.sheets.book import open_book


def main(folder: str, forms: int = 20) -> None:
    """Prints milliseconds a form, medians, and the median ratio."""
    place = Path(folder) / "input"
    plan, _ = read_plan(open_book(next(place.glob("*/plan.xlsx")), "plan.xlsx"))
    assert plan is not None
    found, _ = find_forms(place, plan.year)
    pairs: list[tuple[float, float]] = []
    for form in islice(found, forms):
        start = time.process_time()
        read_file(form, plan)
        middle = time.process_time()
        pd.read_excel(form.path, sheet_name=None, header=None, engine="openpyxl")
        pairs.append((middle - start, time.process_time() - middle))
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    print(f"{len(pairs)} forms: {ours:.1f} ms a form, the script {theirs:.1f} ms, {ratio:.1f} times as fast")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
