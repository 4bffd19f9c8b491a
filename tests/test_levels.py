"""The units of each level ranked, and the sheets that show them."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from pipeline.analysis.consolidate import consolidate, nodes
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.indicator_tables import indicators_table, unit_indicators_table
from pipeline.analysis.standings import COLUMNS, standings_table
from pipeline.analysis.tables import ReportTables
from pipeline.domain.indicators import Indicator
from pipeline.domain.periods import MONTHS, parse_period
from pipeline.domain.status import Thresholds
from pipeline.domain.units import ALL
from pipeline.report.levels import IN_SIGHT, sheet_title
from pipeline.report.workbook import report_workbook
from pipeline.words import Words
from tests.report_tables import example_tables
from tests.test_analysis import Figures, forms_of, indicator, year

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported and will be removed:UserWarning")


def ranked(indicators: list[Indicator], planned: Figures, actual: Figures) -> pd.DataFrame:
    """The standings at the end of January."""
    plan = year(indicators, dict.fromkeys(planned, 1200))
    data = consolidate(plan, forms_of(planned=planned, actual=actual))
    main, limits = [one.code for one in indicators if one.main], Thresholds()
    january = parse_period("2013-01")
    table = indicators_table(nodes(data, [ALL]), january, limits, ())
    return standings_table(
        data, unit_indicators_table(data, ALL, main, 1, limits), table, units_table(data, january, {})
    )


def test_each_level_is_ranked_by_itself_and_no_surplus_hides_a_lag() -> None:
    main = [indicator("X", main=True), indicator("Y", main=True), indicator("Z")]
    units = {
        ("A", "X"): 300.0,
        ("A", "Y"): 50.0,
        ("B", "X"): 90.0,
        ("B", "Y"): 90.0,
        ("C", "X"): 100.0,
        ("C", "Z"): 1.0,
    }
    planned: Figures = {key: [100.0] for key in units}
    table = ranked(main, planned, {key: [value] for key, value in units.items()})
    rows = list(table[["depth", "unit", "rank", "score", "norm", "of"]].itertuples(index=False, name=None))
    assert rows == [(1, "C", 1, 100, 1, 1), (1, "D", 2, 85, 1, 2), (2, "B", 1, 90, 0, 2), (2, "A", 2, 75, 1, 2)]
    assert table["parent_title"].tolist() == ["", "", "Район", "Район"]


def test_equals_share_a_rank_and_who_reported_nothing_has_none() -> None:
    planned: Figures = {("A", "X"): [100.0], ("B", "X"): [100.0], ("C", "X"): [100.0]}
    table = ranked([indicator("X", main=True)], planned, {("A", "X"): [80.0], ("B", "X"): [80.0]})
    ranks = table.set_index("unit")["rank"].to_dict()
    assert ranks == {"D": 1, "C": 0, "A": 1, "B": 1}
    assert table["unit"].tolist() == ["D", "C", "A", "B"]


def test_where_less_is_better_the_per_cent_is_mirrored() -> None:
    planned: Figures = {("A", "X"): [100.0], ("B", "X"): [100.0]}
    actual: Figures = {("A", "X"): [120.0], ("B", "X"): [90.0]}
    table = ranked([indicator("X", main=True, direction="less")], planned, actual)
    assert table.set_index("unit")["score"][["A", "B"]].tolist() == [80, 100]


def test_the_score_is_rounded_half_up() -> None:
    """100, 100, 100 and 89 make 97.25."""
    codes = "WXYZ"
    planned: Figures = {("A", code): [100.0] for code in codes}
    actual: Figures = {("A", code): [89.0 if code == "Z" else 100.0] for code in codes}
    table = ranked([indicator(code, main=True) for code in codes], planned, actual)
    assert table.set_index("unit")["score"]["A"] == 97.3


def of_libraries(number: int) -> ReportTables:
    tables = example_tables()
    rows = [
        (2, "библиотека", f"L{at}", f"Библиотека {at}", "Район 1", 100.0 - at, at, 1, 2, 9, 9, 1, 1)
        for at in range(1, number)
    ]
    rows.append((2, "библиотека", "L0", "Библиотека без данных", "Район 1", float("nan"), 0, 0, 0, 0, 9, 0, 1))
    figures = tables.unit_indicators.head(0)
    return replace(tables, standings=pd.DataFrame(rows, columns=COLUMNS), unit_indicators=figures)


def written(tables: ReportTables) -> Workbook:
    return load_workbook(BytesIO(report_workbook(tables, Words("ru"), dict)))


def test_the_tail_is_folded_and_the_ends_are_named() -> None:
    sheet = written(of_libraries(40))["Библиотеки"]
    assert sheet["A1"].value == "Библиотеки: выполнение плана, январь–сентябрь 2013 года"
    assert sheet["A3"].value == (
        "Выше всех: Библиотека 1 (99,0\u00a0%), Библиотека 2 (98,0\u00a0%), Библиотека 3 (97,0\u00a0%). "
        "Ниже всех: Библиотека 39 (61,0\u00a0%), Библиотека 38 (62,0\u00a0%), Библиотека 37 (63,0\u00a0%). "
        "Без данных — 1."
    )
    first, half = 6, IN_SIGHT // 2
    hidden = [row for row in range(first, first + 41) if sheet.row_dimensions[row].hidden]
    assert hidden == list(range(first + half, first + half + 10))
    fold = first + half + 10
    assert sheet.row_dimensions[fold].collapsed
    assert sheet[f"B{fold}"].value == (
        "Ещё 10\u00a0строк свёрнуто (от 84,0\u00a0% до 75,0\u00a0%): раскройте их знаком «+» слева."
    )
    shown = [sheet[f"B{row}"].value for row in range(first, first + 41) if row not in hidden]
    assert (len(shown), shown[half - 1], shown[half + 1]) == (31, "Библиотека 15", "Библиотека 26")
    assert (sheet["A46"].value, sheet["B46"].value, sheet["F46"].value) == (
        "○",
        "Библиотека без данных",
        "◐\u00a00 из\u00a09",
    )


def test_a_node_above_others_shows_how_many_of_their_forms_are_in() -> None:
    tables = example_tables()
    rows = [
        (1, "район", "D1", "Район 1", "Область", 90.0, 1, 1, 2, 412, 438, 3, 4),
        (1, "район", "D2", "Район 2", "Область", 80.0, 2, 1, 2, 438, 438, 4, 4),
    ]
    sheet = written(replace(tables, standings=pd.DataFrame(rows, columns=COLUMNS)))["Районы"]
    cells = [[cell.value for cell in row[:6]] for row in sheet["A5:F7"]]
    assert cells == [
        ["Место", "Подразделение", "В среднем, % плана", "В норме или выше", "Сдано цифр", "Сдано форм"],
        [1, "Район 1", 90, "1 из\u00a02", "◐\u00a0412 из\u00a0438", "◐\u00a03 из\u00a04"],
        [2, "Район 2", 80, "1 из\u00a02", "438 из\u00a0438", "4 из\u00a04"],
    ]


def test_of_many_units_those_that_owe_something_stay_in_sight() -> None:
    tables = example_tables()
    blank = {f"m{month}": "complete" for month in MONTHS} | {"kind": "", "file": "", "received": 1, "expected": 1}
    counts = {f"{letter}{month}": 1 for letter in "hd" for month in MONTHS}
    rows = [blank | counts | {"code": "D", "title": "Район", "depth": 1, "reports": False, "state": "partial"}]
    states = {5: "missing", 6: "partial", 7: "late", 8: "absent"}
    for at in range(70):
        unit = {"code": f"L{at}", "title": f"Библиотека {at}", "depth": 2, "reports": True}
        rows.append(blank | counts | unit | {"state": states.get(at, "complete")})
    units = pd.DataFrame(rows).assign(handed=68, due=70)
    sheet = written(replace(tables, units=units, standings=pd.DataFrame([], columns=COLUMNS)))["Исполнители"]
    assert sheet["A4"].value == "Свёрнуто строк, где всё сдано: 67. Раскройте их знаком «+» слева."
    rows_of = {sheet[f"A{row}"].value: sheet.row_dimensions[row] for row in range(6, 77)}
    shown = [title for title, row in rows_of.items() if not row.hidden]
    assert shown == ["Район", "Библиотека 5", "Библиотека 6", "Библиотека 7"]
    assert sheet["N6"].value == "сдали 68 из\u00a070"
    # each run of folded rows is a group of its own, with its sign on the row above it
    assert [title for title, row in rows_of.items() if row.collapsed] == ["Район", "Библиотека 7"]
    assert {row.outlineLevel for title, row in rows_of.items() if title in shown} == {0}
    assert {row.outlineLevel for title, row in rows_of.items() if title not in shown} == {1}


def test_a_place_that_many_share_names_none_of_them() -> None:
    tables = of_libraries(40)
    standings = tables.standings.assign(score=tables.standings["score"].clip(upper=90.0))
    sheet = written(replace(tables, standings=standings))["Библиотеки"]
    assert str(sheet["A3"].value).startswith("Выше всех: 10\u00a0подразделений (90,0\u00a0%). Ниже всех: Библиотека 39")


def test_a_department_on_one_level_has_no_such_sheet() -> None:
    assert not {"Сотрудники", "Уровень 1"} & set(written(example_tables()).sheetnames)
    planned: Figures = {("C", "X"): [1.0]}
    assert len(ranked([indicator("X")], planned, planned))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("район", "Районы"),
        ("Библиотека", "Библиотеки"),
        ("централизованная система", "Централизованная система"),
        ("", "Уровень 2"),
        ("район/город", "Уровень 2"),
        ("очень-очень длинное название вида подразделения", "Уровень 2"),
        ("данные", "Уровень 2"),  # another sheet is called so
    ],
)
def test_a_level_is_called_by_the_kind_of_its_units(kind: str, name: str) -> None:
    assert sheet_title(kind, 2, {"данные"}, Words("ru")) == name
