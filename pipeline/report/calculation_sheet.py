"""The sheet «Расчёт»: what «Сводка» refers to, and the formulas that pick the chosen indicator for its charts.

What the reader's choice decides is picked by INDEX from blocks that hold the figures of every main indicator:
that works in every program, and the value stored with each formula is the one it gives.
"""

import math
from collections.abc import Sequence

from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.report.book import ReportBook
from pipeline.report.calculation import (
    CHOICE_ROW,
    CHOICES,
    CHOSEN_ROW,
    FACTS,
    FACTS_ROW,
    MEASURES,
    NUMBER_ROW,
    TEXTS,
    Calculation,
    Cell,
    calculate,
)
from pipeline.report.cells import LINE_HEIGHT, write_number, write_text
from pipeline.report.summary_layout import choice_cell
from pipeline.workbooks.styles import number_format

WIDTHS = (34.0, *(13.0,) * 12)
NOTHING = -1  # lies below the charts' axes, which begin at 0, and so outside the plot; shown as a dash here


def write_calculation(book: ReportBook, tables: ReportTables) -> None:
    """The whole sheet."""
    words, made = book.words, calculate(book, tables)
    sheet = book.add_sheet("calculation", WIDTHS)
    book.heading(sheet, words("report.summary.calculation.title"), words("report.summary.calculation.note"))
    _write_choice(book, sheet, made)
    _write_facts(book, sheet, made)
    for name in TEXTS:
        row = made.rows[name]
        _write_heading(book, sheet, row - 1, words(f"report.summary.calculation.{name}"))
        for number, indicator in enumerate(made.indicators):
            _write_row(book, sheet, row + number, indicator["choice"], [indicator[name]])
    for measure in MEASURES:
        row = made.rows[measure]
        _write_heading(book, sheet, row - 1, words(f"report.summary.calculation.{measure}"), _months(book))
        for number, indicator in enumerate(made.indicators):
            values = made.months[measure][number]
            _write_row(book, sheet, row + number, indicator["choice"], values, int(indicator["decimals"]))
    _write_sentences(book, sheet, made)
    book.workbook.define_name(CHOICES, f"={made.choices()}")


def _write_choice(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    words, row_style = book.words, book.styles("row")
    write_text(sheet, CHOICE_ROW, 0, words("report.summary.choose"), row_style)
    source = f"={quote_sheetname(book.name('summary'))}!{choice_cell(len(made.indicators))}"
    sheet.write_formula(CHOICE_ROW, 1, source, book.styles("row", "bold"), made.shown("choice"))
    write_text(sheet, NUMBER_ROW, 0, words("report.summary.calculation.number"), row_style)
    number = f"=IFERROR(MATCH({xl_rowcol_to_cell(CHOICE_ROW, 1)},{made.choices()},0),1)"
    sheet.write_formula(NUMBER_ROW, 1, number, book.styles("row", "number"), made.chosen + 1)
    _write_heading(book, sheet, CHOSEN_ROW - 1, words("report.summary.calculation.chosen"), _months(book))
    chosen = xl_rowcol_to_cell(NUMBER_ROW, 1, row_abs=True, col_abs=True)
    style = book.styles("row", "number", num_format=f'{number_format(made.decimals)};"—"', text_wrap=True)
    for number_of_row, measure in enumerate(MEASURES):
        row, first = CHOSEN_ROW + number_of_row, made.rows[measure]
        _make_room(sheet, row, made.months[measure][made.chosen])
        write_text(sheet, row, 0, words(f"report.summary.calculation.{measure}"), row_style)
        for column, value in enumerate(made.months[measure][made.chosen], start=1):
            cell = f"INDEX({xl_range(first, column, first + len(made.indicators) - 1, column)},{chosen})"
            stored = NOTHING if isinstance(value, float) and math.isnan(value) else value
            sheet.write_formula(row, column, f'=IF({cell}="",{NOTHING},{cell})', style, stored)


def _write_facts(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    facts = [book.words(f"report.summary.calculation.{name}") for name in FACTS]
    _write_heading(book, sheet, FACTS_ROW, book.words("report.summary.calculation.facts"), facts)
    for number, row in enumerate(made.indicators):
        values = [row[name] for name in FACTS]
        _write_row(book, sheet, made.rows["facts"] + number, row["choice"], values, int(row["decimals"]))


def _write_sentences(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    _write_heading(book, sheet, made.rows["lines"] - 1, book.words("report.summary.calculation.lines"))
    for number, (key, text) in enumerate(made.lines.items()):
        _write_row(book, sheet, made.rows["lines"] + number, book.words(f"report.summary.calculation.{key}"), [text])
    _write_heading(book, sheet, made.rows["remarks"] - 1, book.words("report.summary.attention"))
    for number, remark in enumerate(made.remarks):
        _write_row(book, sheet, made.rows["remarks"] + 2 * number, str(number + 1), [remark.head])
        _write_row(book, sheet, made.rows["remarks"] + 2 * number + 1, "", [remark.detail])


def _write_heading(book: ReportBook, sheet: Worksheet, row: int, title: str, columns: Sequence[str] = ()) -> None:
    texts = [title, *columns]
    for column in range(len(WIDTHS)):
        text = texts[column] if column < len(texts) else ""
        write_text(sheet, row, column, text, book.styles("heading", align="right" if column else "left"))


def _write_row(
    book: ReportBook, sheet: Worksheet, row: int, title: str, values: Sequence[Cell], decimals: int = 0
) -> None:
    """A title and its values; the empty cells after them let a long sentence run on."""
    _make_room(sheet, row, values)
    write_text(sheet, row, 0, title, book.styles("row"))
    number = book.styles("row", "number", num_format=number_format(decimals))
    text = book.styles("row", align="right", text_wrap=True) if len(values) > 1 else book.styles("row", "text")
    for column in range(1, len(WIDTHS)):
        value = values[column - 1] if column <= len(values) else ""
        if isinstance(value, str):
            write_text(sheet, row, column, value, text)
        else:
            write_number(sheet, row, column, float(value), number)


def _make_room(sheet: Worksheet, row: int, values: Sequence[Cell]) -> None:
    """The months' labels are of two lines, as on the charts."""
    if any(isinstance(value, str) and "\n" in value for value in values):
        sheet.set_row(row, 2 * LINE_HEIGHT)


def _months(book: ReportBook) -> list[str]:
    return [book.words.month(month, "short") for month in MONTHS]
