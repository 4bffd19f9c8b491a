"""Every actual figure leads to its rows on «Данные», and each of those to its cell in a form."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from pipeline.analysis.data_tables import data_table
from pipeline.analysis.facts import facts_frame
from pipeline.analysis.side_by_side import side_by_side
from pipeline.domain.indicators import Indicators
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Identity, Submission
from pipeline.domain.units import Unit, Units
from pipeline.report.workbook import report_workbook
from pipeline.words import Words
from tests.report_tables import example_tables
from tests.test_analysis import indicator

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported and will be removed:UserWarning")


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(report_workbook(example_tables(), Words("ru"), dict)))


def row_of(book: Workbook, sheet: str, code: str, which: int = 0) -> int:
    return [row[0].row for row in book[sheet].iter_rows() if row[0].value == code][which]


def column_of(book: Workbook, sheet: str, row: int, heading: str, which: int) -> int:
    return [cell.column for cell in book[sheet][row] if cell.value == heading][which]


@pytest.mark.parametrize("which", [0, 1, 2])  # the month, its quarter, the year to date
@pytest.mark.parametrize("code", ["RDR", "VS", "VS.ST", "VS.ST.EV", "EXH", "TRIP"])
def test_an_actual_figure_selects_the_rows_that_it_is_made_of(book: Workbook, code: str, which: int) -> None:
    """Its own and those of its parts; rows «of which» only where they stand between, and the tip says so."""
    row, column = row_of(book, "План-факт", code), column_of(book, "План-факт", 5, "Факт", which)
    link = book["План-факт"].cell(row, column).hyperlink
    left, top, right, bottom = range_boundaries(link.location.partition("!")[2])
    rows = [[cell.value for cell in each] for each in book["Данные"].iter_rows(top, bottom, left, right)]
    tables = example_tables()
    parts = {
        one
        for one, relation in zip(tables.indicators["code"], tables.indicators["relation"], strict=True)
        if one == code or (one.startswith(f"{code}.") and relation == "part")
    }
    made_of = [each for each in tables.side_by_side["indicator"] if each in parts]
    assert [each[3] for each in rows if each[3] in parts] == made_of
    assert rows[0][3] in parts and rows[-1][3] in parts
    assert link.tooltip.startswith(f"Откуда это: {Words('ru').number(len(made_of))}\u00a0стро")
    assert ("в цифру они не входят" in link.tooltip) == (len(rows) > len(made_of))


def test_the_rows_of_a_leaf_add_up_to_the_figure_that_leads_to_them(book: Workbook) -> None:
    row, column = row_of(book, "План-факт", "VS.ST"), column_of(book, "План-факт", 5, "Факт", 2)
    cell = book["План-факт"].cell(row, column)
    _, top, _, bottom = range_boundaries(cell.hyperlink.location.partition("!")[2])
    rows = [[each.value for each in line] for line in book["Данные"].iter_rows(top, bottom)]
    assert sum(line[8] or 0 for line in rows if line[3] == "VS.ST") == cell.value


def test_a_ratio_leads_to_what_it_is_computed_from(book: Workbook) -> None:
    row, column = row_of(book, "План-факт", "RDG"), column_of(book, "План-факт", 5, "Факт", 2)
    link = book["План-факт"].cell(row, column).hyperlink
    assert link.location.endswith(f"!{get_column_letter(column)}{row_of(book, 'План-факт', 'LN')}")
    assert "по формуле LN / RDR" in link.tooltip


def test_figures_keep_their_look_and_stay_numbers(book: Workbook) -> None:
    cell = book["План-факт"].cell(row_of(book, "План-факт", "CONS"), column_of(book, "План-факт", 5, "Факт", 2))
    assert (cell.value, cell.number_format, cell.font.u) == (350, '"◐\u00a0"#,##0', None)


def test_months_lead_there_too_and_empty_ones_lead_nowhere(book: Workbook) -> None:
    row = row_of(book, "По месяцам", "VV.BLOG", 1)
    linked = [bool(cell.hyperlink) for cell in book["По месяцам"][row][2:15]]
    assert linked == [True] * 8 + [False] * 4 + [True]  # September isn't in, the rest is to come; then the total


def test_each_row_of_the_data_opens_its_cell(book: Workbook) -> None:
    first = example_tables().side_by_side.iloc[0]
    link = book["Данные"]["L5"].hyperlink
    assert link.target.endswith(first["file"].replace("/", "\\").replace(" ", "%20"))
    assert link.location == f"'{first['sheet']}'!{first['actual_cell']}"
    assert book["Данные"]["L5"].value == f"{first['planned_cell']}, {first['actual_cell']}" != ", "
    assert all(row[11].hyperlink for row in book["Данные"].iter_rows(min_row=5))


def test_what_the_sheet_does_not_show_is_not_led_to() -> None:
    tables = example_tables()
    few = replace(tables, data=tables.data.head(20))
    cut = load_workbook(BytesIO(report_workbook(few, Words("ru"), dict)))
    column = column_of(cut, "План-факт", 5, "Факт", 2)
    rdr, trip = (cut["План-факт"].cell(row_of(cut, "План-факт", code), column) for code in ("RDR", "TRIP"))
    assert rdr.hyperlink.location == "Данные!$A$5:$L$14"
    assert trip.hyperlink is None and trip.value is not None


def test_the_data_stand_by_branch_unit_and_month() -> None:
    tree = (indicator("P"), indicator("Q"), indicator("P.1", parent="P", relation="part"))
    plan = Plan(2013, "", Units((Unit("B", "Б"), Unit("A", "А"))), (), Indicators(tree), ())
    forms = [Submission(f"{unit}.xlsx", "", Identity(unit, 2013, 1), entries(unit), (), ()) for unit in ("A", "B")]
    table = data_table(plan, facts_frame(forms))
    places = list(table[["indicator", "unit", "month"]].itertuples(index=False, name=None))
    assert places == [(code, unit, month) for code in ("P", "P.1", "Q") for unit in ("B", "A") for month in (1, 2)]


def test_planned_and_actual_stand_side_by_side_where_they_stand_so_in_the_form() -> None:
    """As after an accepted correction: February's actual figure is another file's."""
    plan = Plan(2013, "", Units((Unit("A", "А"),)), (), Indicators((indicator("P"),)), ())
    own = [Entry("P", month, "planned", 10.0 + month, f"{month}", f"F{month}") for month in (1, 2, 3)]
    own += [Entry("P", 1, "actual", 1.0, "1", "G1"), Entry("P", 4, "actual", 4.0, "4", "G4")]
    other = (Entry("P", 2, "actual", 2.0, "2", "G2"),)
    forms = [
        Submission(file, "", Identity("A", 2013, 1), tuple(said), (), ())
        for file, said in (("a.xlsx", own), ("b.xlsx", other))
    ]
    shown = side_by_side(data_table(plan, facts_frame(forms)))
    columns = ["month", "file", "planned", "actual", "planned_cell", "actual_cell"]
    assert shown[columns].fillna(-1).to_numpy().tolist() == [
        [1, "a.xlsx", 11.0, 1.0, "F1", "G1"],
        [2, "b.xlsx", -1.0, 2.0, "", "G2"],
        [2, "a.xlsx", 12.0, -1.0, "F2", ""],
        [3, "a.xlsx", 13.0, -1.0, "F3", ""],
        [4, "a.xlsx", -1.0, 4.0, "", "G4"],
    ]


def entries(unit: str) -> tuple[Entry, ...]:
    return tuple(Entry(code, month, "actual", 1.0, "Март", "G9") for month in (2, 1) for code in ("Q", "P.1", "P"))
