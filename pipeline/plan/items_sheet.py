"""The sheet «План»: what the plan is, one item a row, with what to write beside it."""

from xlsxwriter import Workbook

from pipeline.domain.plan import Plan
from pipeline.plan.layout import ITEMS, SheetLayout
from pipeline.plan.page import HEADINGS, row_height, set_page, write_head
from pipeline.words import Words
from pipeline.workbooks.colours import RULE, TITLE
from pipeline.workbooks.styles import Styles

EXPLANATION = 60  # width of the column of explanations


def write_items(
    workbook: Workbook, styles: Styles, words: Words, layout: SheetLayout, plan: Plan | None, year: int
) -> None:
    """Year, title, department and remark of the plan; only the year where there is no plan yet."""
    sheet = workbook.add_worksheet(words(layout.name))
    write_head(sheet, styles, words, layout, "")
    values = {
        "year": plan.year if plan else year,
        "title": plan.title if plan else "",
        "department": plan.units.title if plan else "",
        "note": plan.note if plan else "",
    }
    for row, item in enumerate(ITEMS, HEADINGS + 1):
        explanation = words(f"plan.item.{item}.help")
        sheet.set_row(row, row_height([(values[item], layout.columns[1].width), (explanation, EXPLANATION)]))
        sheet.write_string(row, 0, words(f"plan.item.{item}"), styles("bold", "row", "wrap"))
        sheet.write(row, 1, values[item] or None, styles("input", "wrap", "text", border_color=RULE, top=0))
        sheet.write_string(row, 2, explanation, styles("muted", "small", "wrap"))
    year_cell = (HEADINGS + 1 + ITEMS.index("year"), 1)
    sheet.data_validation(
        *year_cell,
        *year_cell,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1990,
            "maximum": 2100,
            "error_message": words("plan.item.year.help"),
        },
    )
    sheet.set_column(2, 2, EXPLANATION)
    set_page(sheet, words, layout.name, HEADINGS + len(ITEMS), columns=3, tab=TITLE)
