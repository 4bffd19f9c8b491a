"""A sheet with one row a unit, indicator, target …: input cells, lists to choose from, names looked up by code."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.addresses import column_letters
from pipeline.domain.periods import MONTHS
from pipeline.plan.layout import Column, SheetLayout, choice_key, layout_of
from pipeline.plan.page import HEADINGS, row_height, set_page, write_head
from pipeline.plan.records import Cell, Record
from pipeline.words import Words
from pipeline.workbooks.colours import MUTED, RULE, TITLE
from pipeline.workbooks.styles import Styles

FIRST = HEADINGS + 1
LAST = 999  # the row, counted from 0, down to which lists open and codes are looked up at least
SPARE = 20  # empty rows below the last one that look like input
Rows = Mapping[str, Sequence[Record]]
"""Sheet's key → its rows, of those that have any."""
NUMBER = "[>=1000]#,##0;General"  # thousands grouped; what is typed with decimals shows them


def write_table(
    workbook: Workbook, styles: Styles, words: Words, layout: SheetLayout, all_rows: Rows, note: str
) -> None:
    """The sheet with its rows and some empty ones."""
    rows = all_rows.get(layout.key, ())
    sheet = workbook.add_worksheet(words(layout.name))
    write_head(sheet, styles, words, layout, note)
    last = FIRST + len(rows) + SPARE - 1
    depths = _depths(rows)
    for row, record in enumerate(rows, FIRST):
        texts = ((record.get(column.key) or "", column.width) for column in layout.columns)
        sheet.set_row(row, row_height(texts))
    for at, column in enumerate(layout.columns):
        _validate(sheet, words, layout, column, at, all_rows)
        for row in range(FIRST, last + 1):
            record = rows[row - FIRST] if row - FIRST < len(rows) else {}
            value = record.get(column.key)
            if column.title_of:
                formula = _title_formula(words, layout, column, row, all_rows)
                sheet.write_formula(row, at, formula, styles("muted", "row", "wrap"), value or "")
            else:
                depth = depths.get(record.get("code"), 0) if column.key == "title" else 0
                sheet.write(row, at, None if value == "" else value, _input(styles, column, depth))
    if layout.columns[0].key == "code":
        doubled = {"type": "duplicate", "format": styles("status_behind")}
        sheet.conditional_format(FIRST, 0, _last(layout, all_rows), 0, doubled)
    sheet.freeze_panes(FIRST, layout.frozen)
    sheet.autofilter(HEADINGS, 0, last, len(layout.columns) - 1)
    sheet.repeat_rows(HEADINGS)
    if layout.pages_wide > 1:
        sheet.repeat_columns(0, layout.frozen - 1)
    filled = FIRST + len(rows) - 1 if rows else last
    tab = TITLE if layout.needed else MUTED
    set_page(sheet, words, layout.name, filled, len(layout.columns), layout.pages_wide, tab)


def _depths(rows: Sequence[Record]) -> dict[Cell, int]:
    """Code → how many rows stand above it in its tree."""
    parents = {record["code"]: record.get("parent") for record in rows if "parent" in record}
    depths: dict[Cell, int] = {}
    for code, above in parents.items():
        depths[code] = 0
        while above:
            depths[code] += 1
            above = parents[above]
    return depths


def _input(styles: Styles, column: Column, depth: int) -> Format:
    """The look of an input cell. Text is kept as text: «1.10» is no number, «20 марта» no date."""
    edges = {"border_color": RULE, "top": 0}  # the heading keeps its own rule
    if column.form == "number":
        return styles("input", "wrap", "number", num_format=NUMBER, indent=1, **edges)
    return styles("input", "wrap", "text", num_format="@", indent=2 * depth, **edges)


def _title_formula(words: Words, layout: SheetLayout, column: Column, row: int, all_rows: Rows) -> str:
    """The title that belongs to the code in the same row."""
    code = next(other for other in layout.columns if other.key == column.title_of)
    source = layout_of(code.codes_of)
    titles, codes = (_range(words, source, key, all_rows) for key in ("title", "code"))
    cell = f"${column_letters(layout.columns.index(code))}{row + 1}"
    return f'=IFERROR(INDEX({titles},MATCH({cell},{codes},0)),"")'


def _last(layout: SheetLayout, all_rows: Rows) -> int:
    """The row, counted from 0, down to which the sheet is made for input."""
    return max(LAST, FIRST + len(all_rows.get(layout.key, ())) + SPARE - 1)


def _range(words: Words, layout: SheetLayout, key: str, all_rows: Rows) -> str:
    """Excel's reference to a column of a sheet, its spare rows included."""
    letters = column_letters([column.key for column in layout.columns].index(key))
    return f"{quote_sheetname(words(layout.name))}!${letters}${FIRST + 1}:${letters}${_last(layout, all_rows) + 1}"


def _validate(sheet: Worksheet, words: Words, layout: SheetLayout, column: Column, at: int, all_rows: Rows) -> None:
    """The list to choose from or the kind of value, with the column's explanation beside the cell."""
    options: dict[str, Any] = {"validate": "any"}
    of_list = {"validate": "list", "error_title": words("plan.write.pick_title")}
    if column.choices:
        source = [words(choice_key(column.key, value)) for value, _ in column.choices]
        options = of_list | {"source": source, "error_message": words("plan.write.pick_error")}
    elif column.form == "month":
        source = [words.month(month) for month in MONTHS]
        options = of_list | {"source": source, "error_message": words("plan.write.pick_error")}
    elif column.codes_of:
        other = layout_of(column.codes_of)
        error = words("plan.write.code_error", sheet=words(other.name))
        options = of_list | {"source": f"={_range(words, other, 'code', all_rows)}", "error_message": error}
    elif column.form == "number":
        options = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_message": words("plan.write.number_error"),
        }
    if column.title_of or options["validate"] == "any":
        return
    prompt = {"input_title": column.heading(layout.key, words)[:32], "input_message": column.help(layout.key, words)}
    sheet.data_validation(FIRST, at, _last(layout, all_rows), at, options | prompt)
