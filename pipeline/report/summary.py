"""The sheet «Сводка»: the page that the head of the department opens. It shows what stands on «Расчёт»."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.report import summary_layout as grid
from pipeline.report.book import ReportBook
from pipeline.report.calculation import CHOICES, Calculation, calculate
from pipeline.report.cells import write_text
from pipeline.report.summary_cells import colour_statuses, show
from pipeline.report.summary_charts import month_chart, to_date_chart
from pipeline.report.summary_table import write_attention, write_table
from pipeline.report.summary_texts import footnote
from pipeline.report.summary_tiles import write_tiles
from pipeline.words import NO_BREAK, Words
from pipeline.workbooks.styles import STATUS_GROUND, STATUS_TEXT, TITLE

ZOOM = 90  # per cent: the page's whole width on an office screen


def write_summary(book: ReportBook, tables: ReportTables) -> None:
    """The whole sheet. Its formulas name the sheet of calculation_sheet.write_calculation."""
    made = calculate(book, tables)
    page = grid.layout(len(made.indicators))
    sheet = book.add_sheet("summary", grid.WIDTHS, pages_tall=1)
    for row, height in page.heights.items():
        sheet.set_row(row, height, None, {"hidden": row == grid.EXAMPLE and not tables.example})
    _write_top(book, sheet, tables, made)
    write_tiles(book, sheet, made)
    write_table(book, sheet, made, page)
    write_attention(book, sheet, made, page)
    bottom = page.body_top + page.body - 2
    statuses = (page.body_top, grid.TABLE_LAST, bottom + 1, grid.TABLE_LAST)
    tiles = (grid.TILES_TOP + 2, 0, grid.TILES_TOP + 2, grid.LAST)
    remarks = (page.body_top, grid.ATTENTION_FIRST, bottom, grid.LAST)
    colour_statuses(book, sheet, filled=(tiles, statuses), lettered=(remarks,))
    _write_choice(book, sheet, made, page)
    _write_charts(book, sheet, made, page)
    note = book.styles("wrap", "muted", font_size=8.5)
    sheet.merge_range(page.footnote, 0, page.footnote, grid.LAST, "", note)
    write_text(sheet, page.footnote, 0, footnote(tables, book.words), note)
    sheet.print_area(0, 0, page.footnote, grid.LAST)
    sheet.set_zoom(ZOOM)


def _write_top(book: ReportBook, sheet: Worksheet, tables: ReportTables, made: Calculation) -> None:
    words, styles = book.words, book.styles
    title = words("report.summary.title", year=tables.month.year)
    write_text(sheet, grid.TITLE, 0, title, styles("title", font_size=20))
    month = words("report.summary.month", month=words.month_year(tables.month))
    write_text(sheet, grid.TITLE, grid.LAST, month, styles("headline", align="right", font_color=TITLE))
    show(sheet, grid.HEADLINE, 0, made.line("headline"), made.lines["headline"], styles("headline"))
    show(sheet, grid.CONTEXT, 0, made.line("context"), made.lines["context"], styles("subtitle"))
    if tables.example:
        note = styles("bold", font_color=STATUS_TEXT["risk"], bg_color=STATUS_GROUND["risk"], indent=1)
        sheet.merge_range(grid.EXAMPLE, 0, grid.EXAMPLE, grid.LAST, "", note)
        write_text(sheet, grid.EXAMPLE, 0, words("report.example"), note)


def _write_choice(book: ReportBook, sheet: Worksheet, made: Calculation, page: grid.Layout) -> None:
    """The notation of the page, and the cell in which the charts' indicator is chosen."""
    words, styles = book.words, book.styles
    notation = ("columns", "last_year", "variance") if made.has("last_year") else ("columns", "variance")
    legend = "   ".join(words(f"report.summary.notation.{key}") for key in notation)
    write_text(sheet, page.choice, 0, legend, styles("muted", font_size=9.5))
    first, last = grid.TILE_COLUMNS[-1]
    label = f"{words('report.summary.choose')}{NO_BREAK}▸"
    write_text(sheet, page.choice, first - 1, label, styles("muted", align="right"))
    choice = styles("input", "bold", "centre", shrink=True)
    sheet.merge_range(page.choice, first, page.choice, last, "", choice)
    write_text(sheet, page.choice, first, made.shown("choice"), choice)
    sheet.data_validation(page.choice, first, page.choice, last, _validation(words))


def _validation(words: Words) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": f"={CHOICES}",
        "input_title": words("report.summary.choose"),
        "input_message": words("report.summary.choose.prompt"),
        "error_title": words("report.summary.choose"),
        "error_message": words("report.summary.choose.error"),
    }


def _write_charts(book: ReportBook, sheet: Worksheet, made: Calculation, page: grid.Layout) -> None:
    """Both charts; their titles are cells, since LibreOffice freezes a chart's own."""
    charts = {"month": month_chart(book, made), "to_date": to_date_chart(book, made)}
    for (key, chart), (first, last) in zip(charts.items(), grid.CHART_COLUMNS, strict=True):
        name, style = f"{key}_title", book.styles("bold", font_size=11)
        sheet.write_formula(page.chart_titles, first, made.chosen_text(name), style, made.shown(name))
        chart.set_size(page.chart_size(first, last))
        alt = {"object_position": 1, "description": book.words(f"report.summary.chart.{key}.alt")}
        sheet.insert_chart(page.charts, first, chart, alt)
