"""What the libraries alone take of our times: nothing that is built on them can be quicker.

    python -m tests.benchmarks.floors FOLDER [FORMS]

FOLDER was made by generate.py and has a report. Of a form: to unpack it with its checksums (zlib), and to read its
cells (calamine), milliseconds of one processor. Of a report: to import pandas and xlsxwriter, and to write the
report's cells with xlsxwriter alone — no styles, links, formulas or charts —, seconds. Medians.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from pipeline.sheets.book import Value

RUNS = 5


def unpack(form: Path) -> None:
    with ZipFile(form) as archive:
        for name in archive.namelist():
            archive.read(name)


def read(form: Path) -> None:
    cells_of(form)


def cells_of(book: Path) -> list[list[list[Value]]]:
    """Of each sheet the rows with their values."""
    with CalamineWorkbook.from_path(str(book)) as workbook:
        return [workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names]


def write(sheets: list[list[list[Value]]]) -> None:
    with Workbook(BytesIO(), {"in_memory": True}) as workbook:
        for rows in sheets:
            sheet = workbook.add_worksheet()
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, str):
                        if value:
                            sheet.write_string(row, column, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(row, column, value)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def imported(modules: str) -> None:
    subprocess.run([sys.executable, "-c", f"import {modules}"], check=True)


def main(folder: str, forms: int = 100) -> None:
    """Prints a line each."""
    found = list(islice(sorted(Path(folder).glob("input/*/L*.xlsx")), forms))
    for label, work in (("unpack a form", unpack), ("read a form", read)):
        each = statistics.median(seconds(lambda form=form, work=work: work(form)) for form in found)  # type: ignore[misc]
        print(f"{label}: {each * 1000:.1f} ms")
    started = statistics.median(seconds(lambda: imported("pandas, xlsxwriter"), time.perf_counter) for _ in range(RUNS))
    print(f"import pandas and xlsxwriter: {started:.2f} s")
    cells = cells_of(max(Path(folder).glob("output/*/report.xlsx")))
    written = statistics.median(seconds(lambda: write(cells)) for _ in range(RUNS))
    print(f"write the report's cells: {written:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
