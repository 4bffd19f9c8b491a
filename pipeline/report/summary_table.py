"""The middle of «Сводка»: the table of the main indicators and, beside it, what needs attention."""

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.report import summary_layout as grid
from pipeline.report.book import ReportBook
from pipeline.report.calculation import Calculation
from pipeline.report.cells import percent_format, write_text
from pipeline.report.summary_cells import show, show_across
from pipeline.report.summary_texts import with_unit
from pipeline.workbooks.colours import ABOVE, BELOW, INK
from pipeline.workbooks.styles import number_format

HEADS = (
    (0, 1, "indicator", "left"),
    (2, 2, "planned", "right"),
    (3, 3, "actual", "right"),
    (4, 4, "received", "center"),
    (5, 6, "variance", "center"),
    (7, 7, "forecast", "right"),
    (8, 8, "status", "left"),
)
"""First and last column, key of the heading's words, alignment."""
BAR = 6  # the column of the variances' bars
BAR_LOOK = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_only": True,
    "bar_color": ABOVE,
    "bar_negative_color": BELOW,
    "bar_no_border": True,
    "bar_axis_position": "middle",
    "bar_axis_color": INK,
    "min_type": "num",
    "max_type": "num",
}
SHORTEST_SCALE, LONGEST_SCALE = 20.0, 100.0  # per cent at a bar's full length: small variances must look small


def write_table(book: ReportBook, sheet: Worksheet, made: Calculation, page: grid.Layout) -> None:
    """A row for each main indicator, since January."""
    for first, last, key, align in HEADS:
        style = book.styles("heading", font_size=9.5, align=align, indent=1 if align == "left" else 0)
        if last > first:
            sheet.merge_range(grid.TABLE_TOP, first, grid.TABLE_TOP, last, "", style)
        write_text(sheet, grid.TABLE_TOP, first, book.words(f"report.summary.table.{key}"), style)
    for number in range(len(made.indicators)):
        _write_indicator(book, sheet, made, number, page.body_top + number)
    scale = _scale(made)
    bottom = page.body_top + len(made.indicators) - 1
    sheet.conditional_format(page.body_top, BAR, bottom, BAR, BAR_LOOK | {"min_value": -scale, "max_value": scale})


def _scale(made: Calculation) -> float:
    """Per cent of a bar's full length: one scale for all that can be chosen, so that their bars can be compared."""
    largest = made.live.figures["to_date_percent"].sub(100).abs().max()
    return float(min(max(SHORTEST_SCALE, np.nan_to_num(largest)), LONGEST_SCALE))


def _write_indicator(book: ReportBook, sheet: Worksheet, made: Calculation, number: int, at: int) -> None:
    styles, row = book.styles, made.indicators[number]
    digits, percent = number_format(int(row["decimals"])), percent_format(book.words)
    name = styles("row", indent=1, shrink=True)
    sheet.merge_range(at, 0, at, 1, "", name)
    write_text(sheet, at, 0, with_unit(row), name)
    cells: tuple[tuple[int, str, Format], ...] = (
        (2, "to_date_planned", styles("row", "figure", num_format=digits)),
        (3, "to_date_actual", styles("row", "figure", "bold", num_format=digits)),
        (5, "variance", styles("row", "figure", num_format=f'+{percent};"−"{percent};{percent}')),
        (BAR, "variance", styles("row", num_format=";;;")),
        (7, "forecast_percent", styles("row", "figure", num_format=percent)),
    )
    for column, fact, style in cells:
        show(sheet, at, column, made.fact(fact, number), row[fact], style)
    texts = (
        (4, "received", styles("row", "centre", "muted", "small")),
        (grid.TABLE_LAST, "status", styles("row", indent=1)),
    )
    for column, text, style in texts:
        show(sheet, at, column, made.text(text, number), row[f"text_{text}"], style)


def write_attention(book: ReportBook, sheet: Worksheet, made: Calculation, page: grid.Layout) -> None:
    """As many remarks as fit, three rows each; how many there are besides; how the activities stand."""
    words, styles, first, last = book.words, book.styles, grid.ATTENTION_FIRST, grid.LAST
    edge = {"left": 5, "left_color": "white", "indent": 1}
    head = styles("heading", align="left", font_size=11, **edge)
    show_across(
        sheet, (grid.TABLE_TOP, first, grid.TABLE_TOP, last), made.line("attention"), made.lines["attention"], head
    )
    bold, small = styles("bold", **edge), styles("wrap", "small", "muted", "row", align="left", **edge)
    for number, remark in enumerate(made.remarks[: page.remarks]):
        row = page.body_top + 3 * number
        show_across(sheet, (row, first, row, last), made.remark(number, detail=False), remark.head, bold)
        show_across(sheet, (row + 1, first, row + 2, last), made.remark(number, detail=True), remark.detail, small)
    rest, line = len(made.remarks) - page.remarks, page.body_top + page.body - 2
    if not made.remarks:
        write_text(sheet, page.body_top, first, words("report.summary.attention.none"), styles(**edge))
    elif rest > 0:
        more = words("report.summary.attention.more", count=rest)
        write_text(sheet, line, first, more, styles("small", "muted", **edge))
    if made.lines["activities"]:
        counts = styles("bold", "small", **edge, shrink=True)
        area = (line + 1, first, line + 1, last)
        show_across(sheet, area, made.line("activities"), made.lines["activities"], counts)
