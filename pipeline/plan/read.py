"""The plan's workbook → Plan and problems. A bad row is left out and named; the rest is read on.

The plan that comes back is sound in its structure (codes are unique and known, trees have no loops), so that
whatever is wrong in it, nothing that works with it can fail; whether it may be worked with, its problems say.
"""

from pipeline.domain.indicators import Indicators
from pipeline.domain.periods import PlanYear
from pipeline.domain.plan import Plan
from pipeline.domain.units import Units
from pipeline.plan.codes import Codes
from pipeline.plan.layout import SHEETS, item_spellings
from pipeline.plan.read_activities import read_activities
from pipeline.plan.read_figures import read_last_year, read_statements, read_targets
from pipeline.plan.read_trees import read_indicators, read_sections, read_units
from pipeline.plan.tables import Row, Table, find_tables
from pipeline.problems import Problem, problem
from pipeline.sheets.book import Book
from pipeline.sheets.headings import plain
from pipeline.sheets.values import tidy

YEARS = (1990, 2100)
_ANY_YEAR = 2001  # stands in for a year that can't be read, so that the rest still is


def read_plan(book: Book, starts: int = 1, folder: int | None = None) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of the year that begins in month `starts`, or None where its year or a sheet that it can't do without
    is missing, or where it lies in the folder of another year; and all problems found."""
    problems: list[Problem] = []
    tables = find_tables(book, problems)
    problems.extend(
        problem("plan.rows_missing", table.headings, table.sheet.name)
        for table in tables.values()
        if table.layout.needed and not any(True for _ in table)
    )
    items = _items(tables.get("plan"))
    known_year = _year(items, tables.get("plan"))
    misplaced = None not in (folder, known_year) and folder != known_year
    if misplaced:
        items["year"].wrong("plan.year_of_folder", "value", known_year, folder=folder)
    year = PlanYear(known_year or _ANY_YEAR, starts)

    units = read_units(tables.get("units"), year)
    sections = read_sections(tables.get("sections"))
    unit_codes = Codes(tables.get("units"), ((unit.code, (unit.title,)) for unit in units))
    section_codes = Codes(tables.get("sections"), ((section.code, (section.title,)) for section in sections))
    indicators = read_indicators(tables.get("indicators"), section_codes, year)
    indicator_codes = Codes(tables.get("indicators"), ((one.code, (one.title, one.short_title)) for one in indicators))
    targets = read_targets(tables.get("targets"), indicator_codes, unit_codes, year)
    activities = read_activities(tables.get("activities"), units, unit_codes, section_codes, indicator_codes, year)
    last_year = read_last_year(tables.get("last_year"), indicator_codes, unit_codes, year)
    statements = read_statements(tables.get("statements"))

    if known_year is None or misplaced or any(sheet.needed and sheet.key not in tables for sheet in SHEETS):
        return None, tuple(problems)
    plan = Plan(
        known_year,
        _item(items, "title"),
        Units(units, _item(items, "department")),
        sections,
        Indicators(indicators),
        targets,
        activities,
        last_year or None,
        statements,
        _item(items, "note"),
        starts,
    )
    return plan, tuple(problems)


def _items(table: Table | None) -> dict[str, Row]:
    """Rows of the sheet «План» by what they tell."""
    spellings = item_spellings()
    return {item: row for row in table or () if (item := spellings.get(plain(row.text("item")), ""))}


def _item(items: dict[str, Row], item: str) -> str:
    return items[item].text("value") if item in items else ""


def _year(items: dict[str, Row], table: Table | None) -> int | None:
    row = items.get("year")
    if row is None or tidy(row.value("value")) == "":
        if table:
            table.problems.append(problem("plan.year_missing", row.address("value") if row else table.headings))
        return None
    return row.whole("value", *YEARS, unreadable="plan.year_unreadable")
