"""The sheet «Показатели»: a small chart of every main indicator on one page, following the choice on «Сводка»."""

import math

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.report.book import ReportBook
from pipeline.report.calculation import Calculation, calculate
from pipeline.report.cells import to_date, write_text
from pipeline.report.formulas import hole, joined
from pipeline.report.summary_cells import colour_statuses, show
from pipeline.report.summary_charts import small_chart
from pipeline.report.summary_texts import SEPARATOR, whose
from pipeline.workbooks.colours import TITLE

ACROSS = 4
CARD, AIR = 326, 20  # pixels: a chart's width, and what is between two
WIDTHS = tuple((pixels - 5) / 7 for pixels in (*(CARD, AIR) * (ACROSS - 1), CARD))
LAST = len(WIDTHS) - 1
PAGE_HEIGHT = 715.0  # points; as «Сводка»
TOP_HEIGHTS = (29.0, 17.0, 15.0, 8.0)  # title, context, notation, air
NAME, STATUS, FORECAST, GAP = 16.0, 16.0, 15.0, 9.0
LOWEST, HIGHEST = 62.0, 190.0  # points of a chart


def write_multiples(book: ReportBook, tables: ReportTables) -> None:
    """The whole sheet. Its formulas name the sheet of calculation_sheet.write_calculation."""
    made = calculate(book, tables)
    sheet = book.add_sheet("multiples", WIDTHS, pages_tall=1)
    _write_top(book, sheet, tables, made)
    rows = math.ceil(len(made.indicators) / ACROSS)
    room = (PAGE_HEIGHT - sum(TOP_HEIGHTS)) / rows - NAME - STATUS - FORECAST - GAP
    height = min(max(room, LOWEST), HIGHEST)
    for number in range(rows):
        top = len(TOP_HEIGHTS) + 5 * number
        for row, points in enumerate((NAME, STATUS, height, FORECAST, GAP), start=top):
            sheet.set_row(row, points)
    for number in range(len(made.indicators)):
        _write_card(book, sheet, made, number, height)
    bottom = len(TOP_HEIGHTS) + 5 * rows - 2
    colour_statuses(book, sheet, filled=(), lettered=((len(TOP_HEIGHTS), 0, bottom, LAST),))
    sheet.print_area(0, 0, bottom, LAST)


def _write_top(book: ReportBook, sheet: Worksheet, tables: ReportTables, made: Calculation) -> None:
    words, styles, year = book.words, book.styles, tables.month.plan_year
    for row, points in enumerate(TOP_HEIGHTS):
        sheet.set_row(row, points)
    write_text(sheet, 0, 0, words("report.multiples.title"), styles("title"))
    unit, month = (made.choice(what, number=True) for what in ("unit", "month"))
    chosen, period = f"INDEX({made.lookup('units', 1)},{unit})", f"INDEX({made.lookup('months', 1)},{month})"
    formula = joined(words("report.multiples.context", whose=hole(chosen), period=hole(period), year=year))
    reported = "".join(f"{who}{SEPARATOR}" for who in [whose(tables.institution, tables.unit_title)] if who)
    shown = words("report.multiples.context", whose=reported, period=to_date(tables.month, words), year=year)
    sheet.write_formula(1, 0, f"={formula}", styles("headline"), shown)
    notes = [words("report.summary.notation.columns"), words("report.multiples.note")]
    notes += [words("report.example")] if tables.example else []
    write_text(sheet, 2, 0, "   ".join(notes), styles("subtitle"))


def _write_card(book: ReportBook, sheet: Worksheet, made: Calculation, number: int, height: float) -> None:
    """From above: name, status, chart, forecast."""
    styles, indicator = book.styles, made.indicators[number]
    row, column = len(TOP_HEIGHTS) + 5 * (number // ACROSS), 2 * (number % ACROSS)
    name = str(indicator["title"])
    write_text(sheet, row, column, name, styles("bold", top=2, top_color=TITLE, shrink=True))
    status, forecast = (str(indicator[f"text_{text}"]) for text in ("tile_status", "tile_forecast"))
    show(sheet, row + 1, column, made.text("tile_status", number), status, styles("bold", shrink=True))
    chart = small_chart(book, made, number)
    chart.set_size({"width": CARD, "height": round(height * 4 / 3) - 2})
    alt = book.words("report.multiples.alt", name=name)
    sheet.insert_chart(row + 2, column, chart, {"object_position": 1, "description": alt})
    show(sheet, row + 3, column, made.text("tile_forecast", number), forecast, styles("small", "muted", shrink=True))
