"""The sheet «Методика»: what the words and marks mean, the limits in force, and what the report was made from."""

from importlib.metadata import version
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.forecast import LEAST, NEARLY
from pipeline.analysis.forecast_ranges import MANY
from pipeline.analysis.tables import ReportTables, records
from pipeline.domain.status import SYMBOLS
from pipeline.report.book import ReportBook
from pipeline.report.cells import height, period_text, status_text, write_text
from pipeline.report.links import write_link
from pipeline.words import Words

WIDTHS = (30.0, 20.0, 80.0)
BOLD = 0.92  # bold letters are wider
TERMS = (
    "planned",
    "actual",
    "variance",
    "fulfilment",
    "quarter",
    "to_date",
    "target",
    "forecast",
    "range",
    "pace",
    "last_year",
    "permitted",
    "origin",
    "blank",
    "partial",
    "tree",
    "ratio",
    "rounding",
    "small",
)
PACKAGES = ("plan-fact-report", "pandas", "xlsxwriter", "matplotlib")


class Line(NamedTuple):
    """What is explained, and the explanation."""

    term: str
    text: str


def write_method(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("method", WIDTHS, "portrait")
    words = book.words
    book.heading(sheet, words("report.method.title"), words("report.method.subtitle"))
    limits = {"least": LEAST, "many": MANY, "nearly": words.percent(NEARLY * 100)}
    terms = [Line(words(f"report.method.term.{term}"), words(f"report.method.text.{term}", **limits)) for term in TERMS]
    row = _write_lines(book, sheet, 3, words("report.method.terms"), terms)
    row = _write_statuses(book, sheet, row + 1, tables)
    row = _write_lines(book, sheet, row + 1, words("report.method.made"), _made(tables, words))
    _write_inputs(book, sheet, row + 1, tables)


def _write_lines(book: ReportBook, sheet: Worksheet, row: int, headline: str, lines: list[Line]) -> int:
    """A headline and the explanations below it; returns the row after them."""
    _write_headline(book, sheet, row, headline)
    for at, line in enumerate(lines, start=row + 1):
        write_text(sheet, at, 0, line.term, book.styles("row", "bold", text_wrap=True))
        _write_wide(book, sheet, at, line.text)
        sheet.set_row(at, height((line.term, WIDTHS[0] * BOLD), (line.text, WIDTHS[1] + WIDTHS[2])))
    return row + 1 + len(lines)


def _write_wide(book: ReportBook, sheet: Worksheet, row: int, text: str) -> None:
    """The text over the second and third columns."""
    style = book.styles("row", text_wrap=True)
    sheet.merge_range(row, 1, row, 2, "", style)
    write_text(sheet, row, 1, text, style)


def _write_headline(book: ReportBook, sheet: Worksheet, row: int, headline: str) -> None:
    sheet.set_row(row, 22)
    for column in range(len(WIDTHS)):
        sheet.write_blank(row, column, None, book.styles("section"))
    sheet.write_string(row, 0, headline, book.styles("section", font_size=12))


def _write_statuses(book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables) -> int:
    """The statuses in their colours with the limits in force; returns the row after them."""
    words, limits = book.words, tables.thresholds
    _write_headline(book, sheet, row, words("report.method.statuses"))
    values = {
        "norm": words.number(100 - limits.tolerance_percent),
        "behind": words.number(limits.behind_below),
        "above": words.number(limits.above_over),
        "units": limits.tolerance_absolute,
    }
    for at, status in enumerate(SYMBOLS, start=row + 1):
        text = words(f"report.method.status.{status}", **values)
        sheet.write_string(at, 0, status_text(status, words), book.styles("row", f"status_{status}", indent=1))
        _write_wide(book, sheet, at, text)
        sheet.set_row(at, height((text, WIDTHS[1] + WIDTHS[2])))
    return row + 1 + len(SYMBOLS)


def _made(tables: ReportTables, words: Words) -> list[Line]:
    """Who reports on whom and when, the versions and the fingerprint; no clock, so that the same inputs give the
    same bytes."""
    who = " · ".join(filter(None, (tables.institution, tables.department)))
    versions = " · ".join(f"{package} {version(package)}" for package in PACKAGES)
    return [
        Line(words("report.method.term.who"), who),
        Line(words("report.method.term.about"), f"{tables.unit_title}, {period_text(tables.period, words)}"),
        Line(words("report.method.term.versions"), versions),
        Line(words("report.method.term.fingerprint"), tables.fingerprint),
    ]


def _write_inputs(book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables) -> None:
    """The files read, as links, with their hashes."""
    words, styles = book.words, book.styles
    _write_headline(book, sheet, row, words("report.method.inputs"))
    titles = dict(zip(tables.units["code"], tables.units["title"], strict=True))
    for at, file in enumerate(records(tables.inputs), start=row + 1):
        write_link(book, sheet, at, 0, tables, file["file"], style=styles("row", "link", text_wrap=True))
        kind = words("report.method.input.plan") if file["kind"] == "plan" else titles.get(file["unit"], file["unit"])
        write_text(sheet, at, 1, kind, styles("row", text_wrap=True))
        write_text(sheet, at, 2, file["sha256"], styles("row", "small", font_name="Consolas", text_wrap=True))
        name = file["file"].rpartition("/")[2]
        sheet.set_row(at, height((name, WIDTHS[0]), (kind, WIDTHS[1])))
