"""Where a figure comes from: a click on it selects its rows on «Данные», and each of those opens its form."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.formulas import codes, parse_formula
from pipeline.report.book import ReportBook
from pipeline.report.cells import write_number
from pipeline.report.data import COLUMNS, FIRST_ROW

LONGEST_TIP = 255  # characters; Excel's


class Source(NamedTuple):
    """What a link selects («'Данные'!$A$5:$L$90»), and the tip that is shown over the cell."""

    target: str
    tip: str


def sources(
    book: ReportBook, tables: ReportTables, sheet: str, places: Mapping[str, tuple[int, int]]
) -> dict[str, Source]:
    """Code of each indicator whose figures come from somewhere → its source: the rows of «Данные» with its figures
    and those of its parts; of a ratio the place of the first indicator of its formula, on the sheet itself (`places`:
    code → row and column there)."""
    words, found = book.words, dict(_blocks(book, tables))
    for code, formula in zip(tables.indicators["code"], tables.indicators["formula"], strict=True):
        operands = [each for each in codes(parse_formula(formula)) if each in places] if formula else []
        if operands and code not in found:
            cell = xl_rowcol_to_cell(*places[operands[0]])
            tip = words("report.origin.ratio", formula=formula)
            found[code] = Source(f"{quote_sheetname(book.name(sheet))}!{cell}", tip[:LONGEST_TIP])
    return found


def _blocks(book: ReportBook, tables: ReportTables) -> Iterator[tuple[str, Source]]:
    """The data stand by indicator, each followed by those below it: a figure's own rows and those of its parts are one
    block, in which rows «of which» may stand between them."""
    found: dict[str, tuple[int, int, int]] = {}  # the first row, the last one, how many of them the figure is made of
    for row, code in enumerate(tables.side_by_side["indicator"].tolist()):
        first, _, count = found.get(code, (row, row, 0))
        found[code] = first, row, count + 1
    tree = zip(*(tables.indicators[name].tolist() for name in ("code", "parent", "relation")), strict=True)
    for code, above, relation in reversed(list(tree)):
        if code in found and relation == "part":
            first, last, count = found[code]
            begin, end, own = found.get(above, (first, last, 0))
            found[above] = min(begin, first), max(end, last), own + count
    words, sheet = book.words, book.name("data")
    for code, (first, last, count) in found.items():
        rows = xl_range_abs(FIRST_ROW + first, 0, FIRST_ROW + last, len(COLUMNS) - 1)
        tip = words.count("report.origin.rows", count, sheet=sheet)
        if last - first + 1 > count:
            tip += f" {words('report.origin.between')}"
        yield code, Source(f"{quote_sheetname(sheet)}!{rows}", tip[:LONGEST_TIP])


def write_figure(sheet: Worksheet, row: int, column: int, value: float, style: Format, source: Source | None) -> None:
    """The number as write_number writes it; a click on it shows where it comes from."""
    if source is not None and value == value:
        sheet.write_url(row, column, f"internal:{source.target}", style, tip=source.tip)
    write_number(sheet, row, column, value, style)
