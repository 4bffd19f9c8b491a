"""The tiles of «Сводка»: six main indicators at a glance."""

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.main_indicators import Row
from pipeline.report import summary_layout as grid
from pipeline.report.book import ReportBook
from pipeline.report.calculation import Calculation
from pipeline.report.cells import write_text
from pipeline.report.summary_cells import show, show_across
from pipeline.report.summary_texts import with_unit
from pipeline.words import NO_BREAK
from pipeline.workbooks.colours import CHART, TILE, TITLE
from pipeline.workbooks.styles import number_format


def write_tiles(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    """All of them, side by side."""
    for number, columns in zip(chosen_tiles(made.indicators), grid.tile_spans(len(made.indicators)), strict=True):
        _write_tile(book, sheet, made, number, columns)


def chosen_tiles(indicators: Sequence[Row]) -> list[int]:
    """The rows shown as tiles: each section's first indicator, then its second and so on; in the plan's order."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int]] = []
    for number, row in enumerate(indicators):
        ranked.append((seen[row["section"]], number))
        seen[row["section"]] += 1
    return sorted(number for _, number in sorted(ranked)[: grid.TILES])


def _write_tile(book: ReportBook, sheet: Worksheet, made: Calculation, number: int, columns: tuple[int, int]) -> None:
    """From above: name, figure, status, the months as columns beside the plan, forecast."""
    styles, row, (first, last) = book.styles, made.indicators[number], columns
    digits = number_format(int(row["decimals"]))
    name, figure, status, months, forecast = (grid.TILES_TOP + line for line in range(len(grid.TILE_HEIGHTS)))
    edge = {"bg_color": TILE, "right": 5, "right_color": "white"}

    style = styles("muted", **edge, indent=1, top=5, top_color=TITLE, shrink=True)
    sheet.merge_range(name, first, name, last, "", style)
    write_text(sheet, name, first, with_unit(row), style)

    style = styles("bold", **edge, indent=1, align="left", font_size=22, num_format=digits, shrink=True)
    area = (figure, first, figure, last)
    show_across(sheet, area, made.fact("to_date_actual", number), row["to_date_actual"], style)

    style = styles("bold", **edge, indent=1)
    area = (status, first, status, last)
    show_across(sheet, area, made.text("tile_status", number), row["text_tile_status"], style)

    sheet.write_blank(months, first, None, styles(bg_color=TILE))
    columns_of_months = {"range": made.months_of("achieved", number), "type": "column", "series_color": CHART, "min": 0}
    sheet.add_sparkline(months, first, columns_of_months)
    # a space in the format, not an indent: LibreOffice prints some right indents and some not
    plan_format = book.words("report.summary.tile.plan", number=digits) + f'"{NO_BREAK * 2}"'
    style = styles("small", "muted", **edge, align="right", valign="bottom", num_format=plan_format, shrink=True)
    if last > first + 1:
        sheet.merge_range(months, first + 1, months, last, "", style)
    show(sheet, months, first + 1, made.fact("to_date_planned", number), row["to_date_planned"], style)

    style = styles("small", "muted", **edge, indent=1, shrink=True)
    area = (forecast, first, forecast, last)
    show_across(sheet, area, made.text("tile_forecast", number), row["text_tile_forecast"], style)
