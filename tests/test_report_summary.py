"""«Сводка» and «Расчёт»: the sentences, the page's geometry, what the cells store, what LibreOffice makes of them."""

import math
import re
import warnings
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from pipeline.analysis.live_table import coming
from pipeline.analysis.main_indicators import Row
from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS, Month, Period
from pipeline.report import summary_layout as grid
from pipeline.report import summary_texts as texts
from pipeline.report.book import ReportBook
from pipeline.report.calculation import MEASURES, Calculation, calculate
from pipeline.report.calculation_formulas import NOTHING
from pipeline.report.calculation_sheet import write_calculation
from pipeline.report.multiples import write_multiples
from pipeline.report.summary import write_summary
from pipeline.report.summary_tiles import chosen_tiles
from pipeline.words import NO_BREAK, Language, Words
from pipeline.workbooks.styles import Styles
from tests.office import absent, office
from tests.report_tables import example_live, example_tables

WORDS = Words()


def row(name: str = "Выезды", status: str = "norm", percent: float = 100, **other: Any) -> Row:
    """An indicator with 80 planned to date and nothing remarkable about it."""
    usual: Row = {
        "name": name,
        "unit_of_measure": "ед.",
        "section": "S1",
        "direction": "more",
        "decimals": 0,
        "target": 100.0,
        "to_date_status": status,
        "to_date_percent": float(percent),
        "to_date_planned": 80.0,
        "to_date_actual": 0.8 * percent,
        "to_date_received": 9,
        "to_date_expected": 9,
        "forecast": float(percent),
        "forecast_low": math.nan,
        "forecast_high": math.nan,
        "forecast_percent": float(percent),
        "pace": (100 - 0.8 * percent) / 3,
        "cause": "",
        "explanation": "",
        "who": "",
    }
    return usual | other


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def tables_of(*codes: str, **other: Any) -> ReportTables:
    """The example's tables with these main indicators only."""
    return replace(example_tables(), live=example_live(*codes), **other)


def nothing_reported() -> ReportTables:
    """January, of which no form has come."""
    tables = example_tables()
    figures = tables.live.figures[tables.live.figures["month"] == 1]
    january = figures[figures["unit"] == "ALL"].set_index("indicator")
    planned, expected = (tables.indicators["code"].map(january[f"to_date_{name}"]) for name in ("planned", "expected"))
    gone = [
        "to_date_actual",
        "to_date_percent",
        *(f"forecast{end}" for end in ("", "_low", "_high", "_percent")),
        "pace",
    ]
    months = ["actual", "actual_to_date", "forecast", "forecast_to_date", "last_year"]
    unknown = [*gone, "actual", *(coming(name, month) for name in ("forecast", "forecast_to_date") for month in MONTHS)]
    figures = figures.assign(**dict.fromkeys(unknown, math.nan), to_date_status="none", received=0, to_date_received=0)
    return replace(
        tables,
        period=Period(Month(2013, 1), Month(2013, 1)),
        indicators=tables.indicators.assign(
            **dict.fromkeys(gone, math.nan),
            to_date_planned=planned,
            to_date_status="none",
            to_date_received=0,
            to_date_expected=expected,
            cause="",
            explanation="",
            who="",
        ),
        months=tables.months.assign(**dict.fromkeys(months, math.nan), received=0),
        activities=tables.activities.iloc[:0],
        live=replace(
            tables.live, figures=figures, last_year=tables.live.last_year.assign(**{f"m{m}": math.nan for m in MONTHS})
        ),
    )


def workbook_of(tables: ReportTables, language: Language = "ru") -> tuple[bytes, Calculation]:
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    book = ReportBook(workbook, Styles(workbook), Words(language), "", tables.example)
    write_summary(book, tables)
    write_multiples(book, tables)
    write_calculation(book, tables)
    workbook.close()
    return content.getvalue(), calculate(book, tables)


def sheets_of(content: bytes, formulas: bool = False) -> tuple[Worksheet, Worksheet]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)  # sparklines, data bars
        book = load_workbook(BytesIO(content), data_only=not formulas)
    return book.worksheets[0], book.worksheets[2]


@pytest.mark.parametrize(
    ("rows", "month", "expected"),
    [
        (
            [row(status="norm")] * 9 + [row(status="above", percent=130)] + [row(status="risk", percent=90)] * 2
            + [row(status="behind", percent=70)],
            9,
            "За январь–сентябрь по плану или выше — 10 из 13 показателей, риск — 2, отставание — 1. "
            "Годовое задание по прогнозу выполняют 10 из 13.",
        ),
        (
            [row()],
            1,
            "За январь по плану или выше — 1 из 1 показателя. Годовое задание по прогнозу выполняет 1 из 1.",
        ),
        (
            [row(status="behind", percent=70)] * 21,
            6,
            "За январь–июнь по плану или выше — 0 из 21 показателя, отставание — 21. "
            "Годовое задание по прогнозу не выполняет ни один показатель.",
        ),
        (
            [row(), row(status="risk", percent=90)],
            12,
            "За январь–декабрь по плану или выше — 1 из 2 показателей, риск — 1. Годовое задание выполнено по 1 из 2.",
        ),
        (
            [row("Должники", percent=90, direction="less"), row("Должники", percent=110, direction="less")],
            9,
            "За январь–сентябрь по плану или выше — 2 из 2 показателей. Годовое задание по прогнозу выполняет 1 из 2.",
        ),
        (
            [row(status="none", percent=math.nan)],
            3,
            "За январь–март по плану или выше — 0 из 1 показателя, нет данных — 1.",
        ),
    ],
)  # fmt: skip
def test_headline(rows: list[Row], month: int, expected: str) -> None:
    tables = replace(example_tables(), period=Period(Month(2013, month), Month(2013, month)))
    assert plain(texts.headline(tables, rows, WORDS)) == expected


def test_context_counts_expected_forms_and_problems() -> None:
    assert plain(texts.context(example_tables(), WORDS)) == (
        "Областная универсальная научная библиотека · Отдел координации деятельности библиотек области · "
        "формы за сентябрь сданы: 4 из 5 · замечаний к данным: 7, из них ошибок: 3"
    )


def test_thousands_of_forms_are_written_as_numbers_are() -> None:
    tables = example_tables()
    many = replace(tables, units=pd.concat([tables.units] * 400, ignore_index=True))
    assert "формы за сентябрь сданы: 1 600 из 2 000 ·" in plain(texts.context(many, WORDS))


def test_remarks_are_worst_first() -> None:
    rows = [
        row("Обзоры", "risk", 90),
        row("Выезды", "none", math.nan),
        row("Сообщения", "behind", 70, cause="Связь", explanation="Портал не работал", who="Методист 1; Методист 2"),
        row("Консультации", "norm", 99),
        row("Должники", "behind", 150, direction="less"),
        row("Читаемость", "none", math.nan, to_date_planned=math.nan),
    ]  # fmt: skip
    tables = replace(example_tables(), activities=example_tables().activities.iloc[:0])
    remarks = texts.attention(tables, rows, WORDS)
    assert [(plain(remark.head), plain(remark.detail)) for remark in remarks] == [
        ("◆ Должники — 150 % плана", "Причина не указана."),
        ("◆ Сообщения — 70 % плана", "Связь. Портал не работал (Методист 1; Методист 2)."),
        ("▲ Обзоры — 90 % плана", "Причина не указана."),
        ("○ Выезды — нет данных", ""),
    ]


def test_of_many_who_explain_the_first_are_named_and_a_long_cause_is_cut_before_them() -> None:
    who = "; ".join(f"Западная детская библиотека № {number}" for number in range(1, 7))
    said = row("Обзоры", "risk", 90, cause="Связь", explanation="Портал не работал. " * 20, who=who)
    (remark, *_) = texts.attention(example_tables(), [said], WORDS)
    named = "(Западная детская библиотека № 1; Западная детская библиотека № 2; ещё 4 исполнителя)."
    assert plain(remark.detail) == f"Связь. Портал не работал. Портал не работал. Портал не… {named}"
    assert len(remark.detail) <= texts.LONGEST_DETAIL


def test_overdue_activities_follow_the_indicators() -> None:
    remarks = texts.attention(example_tables(), [row("Обзоры", "risk", 90)], WORDS)
    assert plain(remarks[1].head).startswith("◆ Просрочено: Серия «Открыто и доступно")
    assert remarks[1].head.endswith("…")
    assert remarks[1].detail.startswith("30 мая · Методист 4; Методист 2. ")


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (row("Консультации", percent=81, pace=86.0), "Консультации, ед.: 81 % плана, нужно 86 в месяц"),
        (row("Консультации", percent=104, pace=5.0), "Консультации, ед.: 104 % плана"),
        (row("Консультации", percent=130, pace=0.0), "Консультации, ед.: 130 % плана, годовое задание уже выполнено"),
        (row("Консультации", percent=81, pace=math.nan), "Консультации, ед.: 81 % плана"),
        (row("Должники", percent=81, pace=0.0, direction="less"), "Должники, ед.: 81 % плана"),
        (row("Жалобы", percent=math.nan, to_date_planned=0.0, to_date_actual=45.0), "Жалобы, ед.: 45 без плана"),
        (row("Выезды", percent=math.nan), "Выезды, ед.: данных для сравнения с планом нет"),
    ],
)
def test_title_says_the_message(indicator: Row, expected: str) -> None:
    assert plain(texts.month_title(indicator, WORDS)) == expected


def test_title_since_january_and_tile() -> None:
    lending = row(percent=90, status="risk", forecast=1804.0, target=2000.0, to_date_received=88, to_date_expected=90)
    assert plain(texts.to_date_title(lending, WORDS)) == "Нарастающим итогом: прогноз года — 1 804 из 2 000 (90 %)"
    ranged = texts.to_date_title(lending | {"forecast_low": 1660.0, "forecast_high": 1890.0}, WORDS)
    assert plain(ranged) == "Нарастающим итогом: прогноз года — 1 804 (1 660–1 890) из 2 000, 90 %"
    assert plain(texts.tile_status(lending, WORDS)) == "▲ 90 % плана  ◐ 88 из 90"
    assert plain(texts.tile_forecast(lending, WORDS)) == "прогноз 1 804 из 2 000 (90 %)"


def test_an_indicator_without_figures_is_not_marked_as_partial() -> None:
    silent = row(status="none", percent=math.nan, to_date_received=0)
    assert plain(texts.tile_status(silent, WORDS)) == "○ нет данных"
    assert texts.tile_forecast(silent, WORDS) == ""


def test_tiles_give_each_section_its_turn() -> None:
    sections = ["S1"] * 6 + ["S2", "S3", "S3", "S3"]
    assert chosen_tiles([row(section=section) for section in sections]) == [0, 1, 2, 6, 7, 8]
    assert chosen_tiles([row()] * 2) == [0, 1]


@pytest.mark.parametrize("indicators", range(1, 17))
def test_page_keeps_its_proportions(indicators: int) -> None:
    page = grid.layout(indicators)
    assert sum(page.heights.values()) == pytest.approx(grid.PAGE_HEIGHT)
    assert sorted(page.heights) == list(range(page.footnote + 1))
    assert page.chart_height >= 130
    assert 3 * page.remarks + 2 <= page.body
    spans = grid.tile_spans(indicators)
    assert len(spans) == min(indicators, 6)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(spans))


def test_sheet_shows_the_tables() -> None:
    tables = example_tables()
    summary, _ = sheets_of(workbook_of(tables)[0])
    shown = {
        str(cells[0].value): [cell.value for cell in cells[2:9]]
        for cells in summary.iter_rows(min_row=grid.TABLE_TOP + 2, max_row=grid.TABLE_TOP + 14)
    }
    main = tables.indicators[tables.indicators["main"]]
    assert list(shown) == [f"{name}, {unit}" for name, unit in zip(main["name"], main["unit_of_measure"], strict=True)]
    assert shown["Книговыдача, экз."] == [
        1480,
        1335,
        f"◐{NO_BREAK}88{NO_BREAK}из{NO_BREAK}90",
        -10,
        -10,
        90,
        f"▲{NO_BREAK}риск",
    ]
    assert shown["Дни специалиста, ед."] == [3, 3, None, 0, 0, 100, f"●{NO_BREAK}норма"]


def test_missing_figures_are_dashes_never_zeros() -> None:
    content, made = workbook_of(nothing_reported())
    summary, calculation = sheets_of(content)
    cells = next(summary.iter_rows(min_row=grid.TABLE_TOP + 2, max_row=grid.TABLE_TOP + 2))
    assert [cell.value for cell in cells[3:9]] == ["—", None, "—", "—", "—", f"○{NO_BREAK}нет данных"]
    actual, label = (made.rows["chosen"] + MEASURES.index(measure) + 1 for measure in ("actual", "label"))
    assert [cell.value for cell in calculation[actual][1:13]] == [NOTHING] * 12
    labels = [cell.value for cell in calculation[label][1:13]]
    assert labels[0] == "янв\n○"
    assert labels[1] == "фев"


def test_months_are_marked_where_figures_are_missing() -> None:
    made = workbook_of(tables_of("VV"))[1]
    assert made.months["label"][0][5:10] == [
        f"июн\n29{NO_BREAK}528",
        f"июл{NO_BREAK}◐\n29{NO_BREAK}005",
        f"авг\n29{NO_BREAK}483",
        f"сен{NO_BREAK}◐\n26{NO_BREAK}914",
        f"окт\n28{NO_BREAK}989",
    ]
    # since July every sum lacks a figure
    assert ["◐" in str(label) for label in made.months["label_to_date"][0]] == [False] * 6 + [True] * 3 + [False] * 3


def test_every_reference_stores_what_it_refers_to() -> None:
    content, _ = workbook_of(example_tables())
    formulas, values = sheets_of(content, formulas=True)[0], sheets_of(content)
    checked = 0
    for cells in formulas.iter_rows():
        for cell in cells:
            if match := re.fullmatch(r'=IF\(Расчёт!\$(\w+)\$(\d+)="",".?",.*\)', str(cell.value)):
                source = values[1][f"{match[1]}{match[2]}"].value
                shown = values[0][cell.coordinate].value
                assert shown == source or (source is None and shown in ("—", None)), cell.coordinate
                checked += 1
    assert checked > 100


def test_indicators_with_one_name_can_both_be_chosen() -> None:
    made = workbook_of(tables_of("VS.ST.EV", "VS.MO.EV"))[1]
    assert [indicator["choice"] for indicator in made.indicators] == [
        "из них массовых мероприятий (VS.ST.EV)",
        "из них массовых мероприятий (VS.MO.EV)",
    ]


@pytest.mark.parametrize("example", [True, False])
def test_example_says_that_its_figures_are_made_up(example: bool) -> None:
    summary, _ = sheets_of(workbook_of(replace(example_tables(), example=example))[0])
    said = summary.cell(grid.EXAMPLE + 1, 1).value
    assert said == ("Пример: фактические данные вымышлены." if example else None)
    assert bool(summary.row_dimensions[grid.EXAMPLE + 1].hidden) is not example


def test_charts_draw_the_calculation_and_are_described() -> None:
    content, made = workbook_of(example_tables())
    with zipfile.ZipFile(BytesIO(content)) as parts:
        charts = [parts.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2, 3)]
        drawings = [parts.read(f"xl/drawings/drawing{number}.xml").decode() for number in (1, 2)]
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    drawn = [re.findall(r"<c:val><c:numRef><c:f>(.*?)</c:f>", chart) for chart in charts]
    chosen = ("actual", "planned", "forecast", "last_year"), ("actual_to_date", "planned_to_date", "forecast_to_date")
    small = [made.months_of(measure, 0) for measure in ("actual", "planned", "forecast")]
    assert drawn == [*([made.chosen_months(measure) for measure in measures] for measures in chosen), small]
    assert all("wdUpDiag" in chart for chart in charts)
    assert [drawing.count('descr="') for drawing in drawings] == [2, len(made.indicators)]
    assert '<pageSetUpPr fitToPage="1"/>' in sheet
    assert "fitToHeight" not in sheet  # one page is the format's default
    lists = re.findall(r"<formula1>(.*?)</formula1>", sheet)
    assert lists == ["choice_units", "choice_months", "choice_indicators"]


def test_only_what_there_is_can_be_chosen() -> None:
    tables = example_tables()
    one = tables.live.units["code"] == "ALL"
    live = replace(
        tables.live,
        units=tables.live.units[one],
        figures=tables.live.figures[tables.live.figures["unit"] == "ALL"],
        last_year=tables.live.last_year[tables.live.last_year["unit"] == "ALL"],
        forms=tables.live.forms.head(1),
    )
    content, made = workbook_of(replace(tables, live=live))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheet, book = (parts.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "workbook"))
    assert "choice_units" not in sheet  # one unit is no choice
    first = made.rows["months"] + 1
    months = re.search(r'<definedName name="choice_months">(.*?)</definedName>', book)
    assert months is not None
    assert months[1] == f"Расчёт!$A${first}:$A${first + 8}"  # up to September


def test_an_indicator_that_is_none_of_the_units_is_not_counted() -> None:
    foreign = row(status="none", percent=math.nan, target=math.nan, to_date_planned=math.nan, to_date_actual=math.nan)
    tables = example_tables()
    assert plain(texts.headline(tables, [row(), foreign], WORDS)).startswith(
        "За январь–сентябрь по плану или выше — 1 из 1 показателя."
    )
    assert plain(texts.tile_status(foreign | {"to_date_expected": 0, "to_date_received": 0}, WORDS)) == "нет в плане"


@pytest.mark.parametrize("tables", [example_tables(), nothing_reported(), tables_of("RDG"), tables_of("LN", "RDG")])
def test_both_languages_have_all_words(tables: ReportTables) -> None:
    summary, _ = sheets_of(workbook_of(tables, "en")[0])
    assert summary["A1"].value == "Fulfilment of the 2013 plan"
    assert summary.print_area == f"'Summary'!$A$1:$M${grid.layout(len(workbook_of(tables)[1].indicators)).footnote + 1}"


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """LibreOffice's results of workbooks as written."""
    if reason := absent():
        pytest.skip(reason)
    folder: Path = tmp_path_factory.mktemp("summary")
    jobs: dict[str, dict[str, Any]] = {}
    written = {"whole": example_tables(), "empty": nothing_reported(), "ratio": tables_of("LN", "RDG")}
    for name, tables in written.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(workbook_of(tables)[0])
        jobs[name] = {"open": str(path), "recalculate": True}
    return dict(zip(jobs, office(list(jobs.values())), strict=True))


@pytest.mark.parametrize("name", ["whole", "empty", "ratio"])
def test_hard_recalculation_changes_nothing(name: str, recalculated: dict[str, dict[str, Any]]) -> None:
    result = recalculated[name]
    assert result["formulas"] > 300
    assert result["changed"] == []
