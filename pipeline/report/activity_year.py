"""The sheet «Календарь»: the year of the activities as a picture, on a page of its own."""

from pipeline.analysis.tables import ReportTables
from pipeline.report.book import Frame, ReportBook
from pipeline.report.calendar_rows import shown_activities

WIDTHS = (18.0,) * 10  # the picture is as wide as these columns
TOP = 3


def write_activity_year(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet; a plan without dated activities has none."""
    if tables.occurrences.empty:
        return
    words, year = book.words, tables.month.plan_year
    sheet = book.add_sheet("calendar", WIDTHS, pages_tall=1)
    dated, shown = tables.occurrences["activity"].nunique(), len(shown_activities(tables))
    about = words("report.calendar.cut", shown=shown, dated=dated) if shown < dated else words("report.calendar.about")
    book.heading(sheet, words("report.calendar.title", year=year), about)
    alt = words("report.calendar.alt", year=year)
    book.frames.append(Frame(sheet, TOP - 1, "activities.png", "", alt, WIDTHS))
