"""The report as a workbook: its sheets in their order, and the bytes that the same tables always give."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO

from pipeline.analysis.tables import ReportTables
from pipeline.report.activities import write_activities
from pipeline.report.activity_totals import write_activity_totals
from pipeline.report.activity_year import write_activity_year
from pipeline.report.assignment import write_assignment, write_short_assignment
from pipeline.report.book import ReportBook
from pipeline.report.by_month import write_by_month
from pipeline.report.calculation_sheet import write_calculation
from pipeline.report.cells import period_text
from pipeline.report.corrections import write_corrections
from pipeline.report.data import write_data
from pipeline.report.deviations import write_deviations
from pipeline.report.levels import write_levels
from pipeline.report.method import write_method
from pipeline.report.multiples import write_multiples
from pipeline.report.pictures import place_pictures
from pipeline.report.plan_fact import write_plan_fact
from pipeline.report.problems import write_problems
from pipeline.report.revisions import write_revisions
from pipeline.report.summary import write_summary
from pipeline.report.units import write_units
from pipeline.words import Words
from pipeline.workbooks.new import new_workbook
from pipeline.workbooks.styles import Styles

SHEETS: tuple[Callable[[ReportBook, ReportTables], None], ...] = (
    write_summary,
    write_multiples,
    write_plan_fact,
    write_deviations,
    write_by_month,
    write_units,
    write_levels,
    write_activities,
    write_activity_totals,
    write_activity_year,
    write_assignment,
    write_short_assignment,
    write_revisions,
    write_corrections,
    write_problems,
    write_data,
    write_method,
    write_calculation,
)
"""The sheets' writers in the order of the tabs; a new sheet is a file in this folder and a line here."""
SHOWN_MARK = 12  # letters of the fingerprint that a printed page shows


def report_workbook(tables: ReportTables, words: Words, pictures: Callable[[], Mapping[str, bytes]]) -> bytes:
    """The report's .xlsx; `pictures` are those of report/figures.py, asked for when all else is written. Nothing in it
    depends on the time or place of writing."""
    content = BytesIO()
    workbook = new_workbook(content)
    period = period_text(tables.period, words)
    workbook.set_properties(
        {
            "title": words("report.properties.title", period=period),
            "subject": tables.fingerprint,
            "author": tables.department,
            "company": tables.institution,
            # Excel wants a time of writing: the reported month's end says more than a clock would, and never changes
            "created": datetime.combine(tables.month.last_day, datetime.min.time()),
        }
    )
    identity = words("report.footer.identity", period=period, mark=tables.fingerprint[:SHOWN_MARK])
    book = ReportBook(workbook, Styles(workbook), words, identity, tables.example)
    for write in SHEETS:
        write(book, tables)
    place_pictures(book, pictures())
    workbook.close()
    return content.getvalue()
