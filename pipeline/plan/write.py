"""Plan → workbook: sheets with headings, lists to choose from and explanations; without a plan, an empty one.

The same plan always gives the same bytes. Nothing is locked: rows and columns may be inserted.
"""

from datetime import datetime
from io import BytesIO

from pipeline.domain.periods import PlanYear
from pipeline.domain.plan import Plan
from pipeline.plan.guide import write_guide
from pipeline.plan.items_sheet import write_items
from pipeline.plan.layout import SHEETS
from pipeline.plan.records import Record, records
from pipeline.plan.table_sheet import write_table
from pipeline.words import Words
from pipeline.workbooks.new import new_workbook
from pipeline.workbooks.styles import Styles


def plan_workbook(plan: Plan | None, words: Words, year: int) -> bytes:
    """The workbook of `plan`, or an empty one for `year`."""
    subject = words("plan.write.subject", year=PlanYear(year, words.starts))
    content = BytesIO()
    workbook = new_workbook(content)
    workbook.set_properties(
        {"title": plan.title if plan and plan.title else subject, "subject": subject, "created": datetime(year, 1, 1)}
    )
    styles = Styles(workbook)
    rows: dict[str, list[Record]] = records(plan, words) if plan else {}
    note = plan.note if plan else ""
    write_guide(workbook, styles, words)
    for layout in SHEETS:
        if layout.key == "plan":
            write_items(workbook, styles, words, layout, plan, year)
        else:
            write_table(workbook, styles, words, layout, rows, note)
    workbook.close()
    return content.getvalue()
