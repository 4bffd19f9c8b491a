"""The example's year plan: plan_2013/*.csv → input/2013/plan.xlsx.

    python -m tests.example.make_plan

rewrites the workbook; with the same tables it comes out the same. The year's figures, the activities and their
deadlines are the real document's; how they are split, the revision and last year's figures are made up.
"""

import csv
import re
from pathlib import Path

from pipeline.domain.plan import Plan
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.problems import shown
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words
from pipeline.workbooks.files import write_whole

TABLES = Path(__file__).parent / "plan_2013"
PLAN = Path(__file__).parents[2] / "input" / "2013" / "plan.xlsx"


def plan_bytes() -> bytes:
    """The workbook as it is committed."""
    plan = example_plan()
    return plan_workbook(plan, Words("ru"), plan.year)


def example_plan() -> Plan:
    """The plan that the tables make."""
    plan, problems = read_plan(Book("plan_2013", tuple(_sheet(path) for path in sorted(TABLES.glob("*.csv")))))
    if plan is None or problems:
        raise ValueError("\n".join(shown(problem, Words()) for problem in problems))
    return plan


def _sheet(path: Path) -> Sheet:
    """A table as a sheet of the plan: its name and its headings are the keys of the layout."""
    with path.open(encoding="utf-8", newline="") as file:
        return Sheet(path.name, path.stem, [[_value(cell) for cell in row] for row in csv.reader(file)])


def _value(cell: str) -> Value:
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell


if __name__ == "__main__":
    write_whole(PLAN, plan_bytes())
    print(PLAN.name)
