"""The two native charts of «Сводка», drawn over the cells of «Расчёт» that follow the reader's choice.

Notation (IBCS): planned outlined, actual solid, forecast hatched, last year light. A month without a figure lies
below the axis (see calculation_sheet.NOTHING): LibreOffice leaves a gap for no value that a formula can give.
"""

from typing import Any

from xlsxwriter.chart import Chart

from pipeline.report.book import ReportBook
from pipeline.report.calculation import Calculation
from pipeline.workbooks.styles import CHART, FONT, INK, LAST_YEAR

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
    chart = _columns(book, made, "")
    if made.has("last_year"):
        light = {"type": "long_dash", "size": 9, "border": {"color": LAST_YEAR}, "fill": {"color": LAST_YEAR}}
        marks = book.workbook.add_chart({"type": "line"})
        marks.add_series(_series(book, made, "last_year", "label") | {"line": {"none": True}, "marker": light})
        chart.combine(marks)
    return chart


def to_date_chart(book: ReportBook, made: Calculation) -> Chart:
    """The same since January."""
    return _columns(book, made, "_to_date")


def _columns(book: ReportBook, made: Calculation, suffix: str) -> Chart:
    chart = book.workbook.add_chart({"type": "column"})
    for measure, look in LOOKS.items():
        series = _series(book, made, f"{measure}{suffix}", f"label{suffix}")
        chart.add_series(series | look | {"overlap": 62, "gap": 45})
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_x_axis(
        {
            "num_font": {"name": FONT, "size": 9, "color": INK},
            "line": {"color": INK, "width": 1},
            "major_tick_mark": "none",
        }
    )
    # the figures stand under the columns, so the axis needs none
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    return chart


def _series(book: ReportBook, made: Calculation, measure: str, label: str) -> dict[str, Any]:
    return {
        "name": book.words(f"report.summary.calculation.{measure}"),
        "categories": made.chosen_months(label),
        "values": made.chosen_months(measure),
    }
