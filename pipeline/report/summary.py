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
from pipeline.workbooks.colours import STATUS_GROUND, STATUS_TEXT

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
    _write_notation(book, sheet, made, page)
    _write_choice(book, sheet, made, "indicator", str(made.indicators[made.chosen]["choice"]))
    _write_charts(book, sheet, made, page)
    note = book.styles("wrap", "muted", font_size=8.5)
    sheet.merge_range(page.footnote, 0, page.footnote, grid.LAST, "", note)
    write_text(sheet, page.footnote, 0, footnote(tables, book.words), note)
    sheet.print_area(0, 0, page.footnote, grid.LAST)
    sheet.set_zoom(ZOOM)


def _write_top(book: ReportBook, sheet: Worksheet, tables: ReportTables, made: Calculation) -> None:
    words, styles = book.words, book.styles
    title = words("report.summary.title", year=tables.month.plan_year)
    write_text(sheet, grid.TITLE, 0, title, styles("title", font_size=20))
    if made.several_units:
        _write_choice(book, sheet, made, "unit", made.units[0])
    _write_choice(book, sheet, made, "month", words.month(tables.month.number))
    show(sheet, grid.HEADLINE, 0, made.line("headline"), made.lines["headline"], styles("headline"))
    show(sheet, grid.CONTEXT, 0, made.line("context"), made.lines["context"], styles("subtitle"))
    if tables.example:
        note = styles("bold", font_color=STATUS_TEXT["risk"], bg_color=STATUS_GROUND["risk"], indent=1)
        sheet.merge_range(grid.EXAMPLE, 0, grid.EXAMPLE, grid.LAST, "", note)
        write_text(sheet, grid.EXAMPLE, 0, words("report.example"), note)


def _write_notation(book: ReportBook, sheet: Worksheet, made: Calculation, page: grid.Layout) -> None:
    notation = ("columns", "last_year", "variance") if made.has("last_year") else ("columns", "variance")
    legend = "   ".join(book.words(f"report.summary.notation.{key}") for key in notation)
    write_text(sheet, page.choice, 0, legend, book.styles("muted", font_size=9.5))


def _write_choice(book: ReportBook, sheet: Worksheet, made: Calculation, what: str, shown: str) -> None:
    """A cell in which the reader chooses from a list, with its name before it."""
    words, styles = book.words, book.styles
    row, first, last = grid.choice_place(what, len(made.indicators))
    label = f"{words(f'report.summary.choose.{what}')}{NO_BREAK}▸"
    write_text(sheet, row, first - 1, label, styles("muted", align="right"))
    style = styles("input", "bold", "centre", shrink=True)
    sheet.merge_range(row, first, row, last, "", style)
    write_text(sheet, row, first, shown, style)
    sheet.data_validation(row, first, row, last, _validation(what, words, made.live.left_out))


def _validation(what: str, words: Words, left_out: int) -> dict[str, Any]:
    key = f"report.summary.choose.{what}"
    prompt = words(f"{key}.prompt")
    if what == "unit" and left_out:
        prompt += f" {words.count('report.summary.choose.unit.left_out', left_out)}"
    return {
        "validate": "list",
        "source": f"={CHOICES[what]}",
        "input_title": words(key),
        "input_message": prompt,
        "error_title": words(key),
        "error_message": words(f"{key}.error"),
    }


def _write_charts(book: ReportBook, sheet: Worksheet, made: Calculation, page: grid.Layout) -> None:
    """Both charts; their titles are cells, since LibreOffice freezes a chart's own."""
    charts = {"month": month_chart(book, made), "to_date": to_date_chart(book, made)}
    for (key, chart), (first, last) in zip(charts.items(), grid.CHART_COLUMNS, strict=True):
        name, style = f"{key}_title", book.styles("bold", font_size=11)
        sheet.write_formula(page.chart_titles, first, f"={made.of_chosen(name)}", style, made.shown(name))
        chart.set_size(page.chart_size(first, last))
        alt = {"object_position": 1, "description": book.words(f"report.summary.chart.{key}.alt")}
        sheet.insert_chart(page.charts, first, chart, alt)
