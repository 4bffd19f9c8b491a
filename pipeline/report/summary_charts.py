"""The native charts of «Сводка» and «Показатели», drawn over the cells of «Расчёт» that follow the reader's choice.

Notation (IBCS): planned outlined, actual solid, forecast hatched, last year light. A month without a figure lies
below the axis (see calculation_formulas.NOTHING): LibreOffice leaves a gap for no value that a formula can give.
"""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.chart import Chart

from pipeline.report.book import ReportBook
from pipeline.report.calculation import Calculation
from pipeline.workbooks.colours import CHART, INK, LAST_YEAR
from pipeline.workbooks.styles import FONT

EDGE = {"color": CHART, "width": 1.25}
# in this order the planned column stands in the middle, over its month, with the others beside it
LOOKS = {
    "actual": {"fill": {"color": CHART}, "border": EDGE},
    "planned": {"fill": {"none": True}, "border": EDGE},
    "forecast": {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": CHART, "bg_color": "white"},
        "border": EDGE,
    },
}


def month_chart(book: ReportBook, made: Calculation) -> Chart:
    """Each month's planned, actual and forecast figures, and last year's where there are any."""
    chart = _of_chosen(book, made, "")
    if made.has("last_year"):
        light = {"type": "long_dash", "size": 9, "border": {"color": LAST_YEAR}, "fill": {"color": LAST_YEAR}}
        marks = book.workbook.add_chart({"type": "line"})
        series = _series(book, "last_year", made.chosen_months("label"), made.chosen_months("last_year"))
        marks.add_series(series | {"line": {"none": True}, "marker": light})
        chart.combine(marks)
    return chart


def to_date_chart(book: ReportBook, made: Calculation) -> Chart:
    """The same since January."""
    return _of_chosen(book, made, "_to_date")


def small_chart(book: ReportBook, made: Calculation, indicator: int) -> Chart:
    """The months of one of the main indicators, with their names only."""
    cells = {measure: made.months_of(measure, indicator) for measure in LOOKS}
    return _columns(book, made.month_names(), cells, letters=7)


def _of_chosen(book: ReportBook, made: Calculation, suffix: str) -> Chart:
    cells = {measure: made.chosen_months(f"{measure}{suffix}") for measure in LOOKS}
    return _columns(book, made.chosen_months(f"label{suffix}"), cells, letters=9)


def _columns(book: ReportBook, labels: str, cells: Mapping[str, str], letters: int) -> Chart:
    """Columns of the measures of LOOKS; `letters`: the size of the labels' type."""
    chart = book.workbook.add_chart({"type": "column"})
    for measure, look in LOOKS.items():
        chart.add_series(_series(book, measure, labels, cells[measure]) | look | {"overlap": 62, "gap": 45})
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_x_axis(
        {
            "num_font": {"name": FONT, "size": letters, "color": INK},
            "line": {"color": INK, "width": 1},
            "major_tick_mark": "none",
        }
    )
    # the figures stand under the columns or above the chart, so the axis needs none
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    return chart


def _series(book: ReportBook, measure: str, labels: str, values: str) -> dict[str, Any]:
    name = book.words(f"report.summary.calculation.{measure}")
    return {"name": name, "categories": f"={labels}", "values": f"={values}"}
