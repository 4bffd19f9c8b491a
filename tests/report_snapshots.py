"""A sheet of the report as lines of text, to be compared with the kept ones in tests/snapshots/.

`python -m tests.report_snapshots` writes them anew; look at the difference before keeping it.
"""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell

from pipeline.report.figures import figures
from pipeline.report.workbook import report_workbook
from pipeline.words import Words
from tests.report_tables import example_tables

FOLDER = Path(__file__).parent / "snapshots"
KEYS = (
    *("plan_fact", "deviations", "by_month", "units", "activities", "activity_totals", "assignment"),
    *("assignment_short", "problems", "data", "method"),
)
MOST_LINES = 82


def snapshot(content: bytes, sheet: str) -> str:
    """The sheet's rows, «│» between the cells and «~» for no-break spaces; versions are left out."""
    rows = load_workbook(BytesIO(content))[sheet].iter_rows(max_row=MOST_LINES)
    lines = ["│".join(_shown(cell) for cell in row).rstrip("│") for row in rows]
    text = "\n".join(f"{number}: {line}" for number, line in enumerate(lines, start=1) if line)
    text = text.replace("\u00a0", "~")
    return re.sub(r"(pandas|xlsxwriter|matplotlib|plan-fact-report) [\d.]+", r"\1 …", text) + "\n"


def _shown(cell: Cell) -> str:
    """A text as it is; a number with what its format puts before and after it."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%d.%m.%Y}"
    if isinstance(cell.value, int | float):
        marks = re.match(r'(?:"([^"]*)")?[^"]*(?:"([^"]*)")?$', cell.number_format)
        before, after = (marks[1] or "", marks[2] or "") if marks else ("", "")
        return f"{before}{cell.value:g}{after}" if abs(cell.value) < 1e5 else f"{before}{cell.value:.0f}{after}"
    return str(cell.value)


if __name__ == "__main__":
    words = Words("ru")
    made = report_workbook(example_tables(), words, lambda: figures(example_tables(), words))
    FOLDER.mkdir(exist_ok=True)
    for key in KEYS:
        (FOLDER / f"report_{key}.txt").write_text(snapshot(made, words(f"report.sheet.{key}")), encoding="utf-8")
