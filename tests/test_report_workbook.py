import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from pipeline.analysis.tables import ReportTables
from pipeline.report import activities, calendar_rows, problems, units
from pipeline.report.activity_states import STATES as ACTIVITY_STATES
from pipeline.report.by_month import ABOVE_GROUND, BELOW_GROUND
from pipeline.report.figures import figures
from pipeline.report.workbook import report_workbook
from pipeline.words import Words
from pipeline.workbooks.colours import INK, MUTED, STATUS_GROUND, STATUS_TEXT
from tests.report_snapshots import FOLDER, KEYS, snapshot
from tests.report_tables import example_tables

# openpyxl reads no sparklines and says so
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported and will be removed:UserWarning")
RU = Words("ru")
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    return figures(example_tables(), RU)


@pytest.fixture(scope="module")
def report(pictures: dict[str, bytes]) -> bytes:
    return report_workbook(example_tables(), RU, lambda: pictures)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def parts(content: bytes, pattern: str) -> dict[str, ElementTree.Element]:
    """Name of each part of the file that matches → its XML."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist() if re.search(pattern, name)}


def written(tables: ReportTables) -> Workbook:
    return opened(report_workbook(tables, RU, dict))


@pytest.mark.parametrize("key", KEYS)
def test_each_sheet_says_what_it_said(report: bytes, key: str) -> None:
    kept = (FOLDER / f"report_{key}.txt").read_text(encoding="utf-8")
    assert snapshot(report, RU(f"report.sheet.{key}")) == kept


def test_same_tables_give_the_same_bytes(report: bytes, pictures: dict[str, bytes]) -> None:
    assert figures(example_tables(), RU) == pictures
    assert report_workbook(example_tables(), RU, lambda: pictures) == report


def test_it_opens_on_the_summary_and_has_its_sheets_in_order(report: bytes) -> None:
    book = opened(report)
    assert book.active.title == "Сводка"
    assert book.sheetnames == [
        "Сводка",
        "Показатели",
        "План-факт",
        "Отклонения",
        "По месяцам",
        "Исполнители",
        "Мероприятия",
        "Итоги мероприятий",
        "Календарь",
        "Госзадание",
        "Госзадание, кратко",
        "Замечания",
        "Данные",
        "Методика",
        "Расчёт",
    ]


def test_it_is_written_in_english_as_well() -> None:
    book = opened(report_workbook(example_tables(), Words("en"), dict))
    assert book["Plan and actual"]["A1"].value == "Plan and actual: all indicators, September\u00a02013"


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 911", "-5", "@SUM(A1)", "\t=1", "\r=1", "http://x.example", "mailto:a@b.ru"]
)
def test_text_from_forms_stays_text(text: str) -> None:
    tables = example_tables()
    changed = replace(
        tables,
        unit_title=text,
        indicators=tables.indicators.assign(title=text, cause=text, explanation="", who=""),
        units=tables.units.assign(title=text),
        activities=tables.activities.assign(title=text, responsible=text, due=text, result=text, explanation=""),
        problems=tables.problems.assign(message=text, advice=text, sheet=text, file=""),
        data=tables.data.head(3).assign(unit_title=text, file=text, sheet=text),
        inputs=tables.inputs.assign(file=""),
    )
    content = report_workbook(changed, RU, dict)
    shown = {"План-факт": "B7", "Исполнители": "A6", "Мероприятия": "B7", "Замечания": "G5", "Данные": "B5"}
    book = opened(content)
    for sheet, cell in shown.items():
        found = book[sheet][cell]
        assert (found.data_type, found.value.replace("_x000D_", "\r")) == ("s", text), sheet
        assert not [cell for row in book[sheet] for cell in row if cell.data_type == "f"], sheet
    links = parts(content, r"worksheets/_rels/.*\.rels$").values()
    targets = [rel.get("Target", "") for part in links for rel in part if rel.get("TargetMode") == "External"]
    assert all(target.startswith("..\\..\\input\\") for target in targets)


def test_every_status_is_told_by_symbol_and_word(report: bytes) -> None:
    book = opened(report)
    columns = {
        "План-факт": ("P", 7, r"[●▲◆★○]\u00a0(норма|риск|отставание|сверх плана|нет данных)"),
        "Исполнители": ("N", 6, r"[●◐◆·–]\u00a0(не )?(сдана( не)? полностью|сдана|ожидается|срок впереди)"),
        "Мероприятия": (
            "G",
            7,
            r"[◆▲○?→–∞■●×]\u00a0(выполнено( позже срока)?|просрочено|срок .*|впереди|перенесено|отметок нет|ведётся"
            r"|отменено)|Состояние",
        ),
        "Замечания": ("A", 5, r"[◆▲○]\u00a0(ошибка|предупреждение|заметка)"),
    }
    for sheet, (column, first, pattern) in columns.items():
        last = first + 4 if sheet == "Исполнители" else book[sheet].max_row
        found = [book[sheet][f"{column}{row}"].value for row in range(first, last + 1)]
        told = [text for text in found if text]
        assert len(told) >= 5, sheet
        assert [text for text in told if not re.fullmatch(pattern, text)] == [], sheet


@pytest.mark.parametrize("states", [units.STATES, activities.STATES, problems.STATES])
def test_symbols_alone_tell_the_states_apart(states: dict[str, tuple[str, str]]) -> None:
    assert len({symbol for symbol, _ in states.values()}) == len(states)


def test_a_partial_figure_is_marked() -> None:
    book = written(example_tables())
    row = next(row for row in book["План-факт"].iter_rows() if row[0].value == "CONS")
    actual, completeness = row[12], row[16]
    assert actual.value == 350 and actual.number_format == '"◐\u00a0"#,##0' and actual.font.i
    assert completeness.value == "◐\u00a078 из\u00a081"


def test_a_month_without_a_figure_is_no_zero() -> None:
    sheet = written(example_tables())["По месяцам"]
    rows = [row for row in sheet.iter_rows() if row[0].value == "VV.BLOG"]
    percent, figure = rows[0][10], rows[1][10]
    assert (percent.value, figure.value) == ("○", None)


@pytest.mark.parametrize(("status", "mark"), [("behind", "◆"), ("above", "★"), ("norm", "●")])
def test_a_month_without_a_plan_has_its_own_status(status: str, mark: str) -> None:
    """Five complaints where none were planned are no feat."""
    months = example_tables().months.copy()
    august = (months["code"] == "VV.BLOG") & (months["month"] == 8)
    months.loc[august, ["planned", "actual", "percent", "status"]] = [0.0, 5.0, np.nan, status]
    sheet = written(replace(example_tables(), months=months))["По месяцам"]
    assert next(row[9].value for row in sheet.iter_rows() if row[0].value == "VV.BLOG") == mark


@pytest.mark.parametrize("tab", ["План-факт", "По месяцам", "Отклонения", "Госзадание", "Данные"])
def test_a_figure_that_is_too_long_gets_smaller(report: bytes, tab: str) -> None:
    """Of a region: 123 456 789 of a year. Narrow columns would show ### instead."""
    cells = [cell for row in opened(report)[tab].iter_rows(min_row=5) for cell in row if "#,##0" in cell.number_format]
    assert cells and all(cell.alignment.shrink_to_fit for cell in cells)


def test_every_sheet_prints_one_page_wide_with_its_number(report: bytes) -> None:
    sheets = parts(report, r"worksheets/sheet\d+\.xml$")
    assert len(sheets) >= 8
    for name, sheet in sheets.items():
        fit = sheet.find(f"{SHEETS}sheetPr/{SHEETS}pageSetUpPr")
        assert fit is not None and fit.get("fitToPage") == "1", name
        setup = sheet.find(f"{SHEETS}pageSetup")
        assert setup is not None and setup.get("fitToWidth", "1") == "1" and setup.get("paperSize") == "9", name
        footer = sheet.findtext(f"{SHEETS}headerFooter/{SHEETS}oddFooter") or ""
        assert "Стр.\u00a0&P из &N" in footer and "данные вымышлены" in footer, name


def test_the_real_report_says_nothing_of_an_example() -> None:
    content = report_workbook(replace(example_tables(), example=False), RU, dict)
    with zipfile.ZipFile(BytesIO(content)) as file:
        everything = "".join(file.read(name).decode() for name in file.namelist())
    assert "вымышлен" not in everything


def test_every_picture_and_chart_has_a_text(report: bytes) -> None:
    found = [
        shape.get("descr")
        for part in parts(report, r"drawings/drawing\d+\.xml$").values()
        for shape in part.iter(f"{DRAWING}cNvPr")
    ]
    assert len(found) >= 2
    assert all(text and len(text) > 20 for text in found)


def test_headings_stay_in_sight(report: bytes) -> None:
    book = opened(report)
    frozen = {sheet.title: sheet.freeze_panes for sheet in book.worksheets if sheet.freeze_panes}
    assert frozen["План-факт"] == "C6" and frozen["Данные"] == "A5" and frozen["Замечания"] == "A5"
    assert book["Данные"].auto_filter.ref and book["Замечания"].auto_filter.ref and book["Мероприятия"].auto_filter.ref


@pytest.mark.parametrize(
    ("file", "sheet", "cell", "target", "location"),
    [
        ("2013/M3 Методист 3.xlsx", "Март", "G9", "..\\..\\input\\2013\\M3%20Методист%203.xlsx", "'Март'!G9"),
        ("2013/план #2.xlsx", "Март", "G9", "..\\..\\input\\2013\\план%20%232.xlsx", "'Март'!G9"),
        ("2013/100%.xlsx", "Март", "G9", "..\\..\\input\\2013\\100%25.xlsx", "'Март'!G9"),
        ("2013/a.xlsx", "it's", "B2", "..\\..\\input\\2013\\a.xlsx", "'it''s'!B2"),
        ("2013/a.xlsx", "", "", "..\\..\\input\\2013\\a.xlsx", None),
    ],
)
def test_a_problem_links_to_its_cell(file: str, sheet: str, cell: str, target: str, location: str | None) -> None:
    tables = example_tables()
    one = tables.problems.head(1).assign(file=file, sheet=sheet, cell=cell)
    book = written(replace(tables, problems=one))
    linked = [each for each in book["Замечания"][5] if each.hyperlink]
    assert len(linked) == 1
    assert (linked[0].hyperlink.target, linked[0].hyperlink.location) == (target, location)
    assert linked[0].value == (cell or file.rpartition("/")[2])


def test_without_problems_and_activities_it_says_so() -> None:
    tables = example_tables()
    book = written(
        replace(
            tables,
            problems=tables.problems.head(0),
            activities=tables.activities.head(0),
            occurrences=tables.occurrences.head(0),
            data=tables.data.head(0),
            figures={},
            example=False,
        )
    )
    assert book["Замечания"]["A2"].value == "Замечаний нет."
    assert book["Мероприятия"]["A2"].value == "В плане нет мероприятий."


def test_more_figures_than_a_sheet_should_hold_are_cut_and_counted() -> None:
    tables = example_tables()
    sheet = written(replace(tables, data=tables.data[tables.data["month"] == 9].head(18)))["Данные"]
    assert sheet.max_row == 14
    assert sheet["A2"].value.startswith("1\u00a0334\u00a0цифры")
    cut = "На листе — сентябрь; цифры всех месяцев — в файле data.csv. Показаны первые 10\u00a0строк."
    assert cut in sheet["A2"].value


def test_months_that_are_on_the_sheet_are_named_where_not_all_are() -> None:
    tables = example_tables()
    said = written(replace(tables, data=tables.data[tables.data["month"].isin([8, 9])]))["Данные"]["A2"].value
    assert "На листе — август–сентябрь; цифры всех месяцев — в файле data.csv." in said and "первые" not in said


def test_overdue_activities_come_first_in_their_section() -> None:
    sheet = written(example_tables())["Мероприятия"]
    bands = {sheet[f"A{row}"].value: row for row in range(6, sheet.max_row)}
    first = bands["Все мероприятия плана по разделам"]
    states = [sheet[f"G{row}"].value for row in range(first + 2, sheet.max_row + 1)]
    order = [
        text for _, text in sorted((number, symbol) for number, (symbol, _) in enumerate(ACTIVITY_STATES.values()))
    ]
    for section in " ".join(text[0] if text else "/" for text in states).split("/"):
        symbols = section.split()
        assert symbols == sorted(symbols, key=order.index)


def test_a_section_stands_once_wherever_its_activities_stand_in_the_plan() -> None:
    tables = example_tables()
    activities = tables.activities.head(3).assign(section_title=["Выставки", "Выезды", "Выставки"], state="coming")
    sheet = written(replace(tables, activities=activities, extras=tables.extras.head(0)))["Мероприятия"]
    assert [sheet[f"A{row}"].value for row in range(sheet.max_row - 4, sheet.max_row + 1)] == [
        "Выставки",
        *activities["code"].iloc[[0, 2]],
        "Выезды",
        activities["code"].iloc[1],
    ]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_every_text_can_be_read_on_its_ground() -> None:
    pairs = [(STATUS_TEXT[status], STATUS_GROUND[status]) for status in STATUS_TEXT]
    pairs += [(INK, BELOW_GROUND), (INK, ABOVE_GROUND), (MUTED, "#FFFFFF"), (MUTED, STATUS_GROUND["none"])]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice, poppler")
def test_nothing_is_too_narrow_for_its_column(report: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(report)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.xlsx")], check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "План-факт: все показатели" in text and "###" not in text


def test_long_plans_keep_the_pictures_on_one_page() -> None:
    tables = example_tables()
    many = pd.concat([tables.activities] * 3, ignore_index=True)
    wide = replace(tables, activities=many, indicators=pd.concat([tables.indicators] * 2, ignore_index=True))
    for picture in figures(wide, RU).values():
        width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
        assert height / width < 0.62
        assert b"Software" not in picture and b"tIME" not in picture


def activity_blocks() -> dict[str, list[list[object]]]:
    """Heading of each block of the sheet «Мероприятия» → its rows: code, last day, day when done, state, note."""
    found: dict[str, list[list[object]]] = {}
    for row in written(example_tables())["Мероприятия"].iter_rows(min_row=6, values_only=True):
        if row[0] and not row[1]:
            found[str(row[0])] = rows = []
        elif row[1] and row[0] != "Код":
            rows.append([row[0], *(day and f"{day:%d.%m}" for day in (row[4], row[5])), row[6], row[9]])
    return found


def test_what_is_overdue_and_what_the_next_month_brings_stand_apart() -> None:
    blocks = activity_blocks()
    assert list(blocks)[:4] == [
        "Просрочено\u00a0(3)",
        "Срок в следующем месяце, октябрь\u00a02013\u00a0(4)",
        "Сверх плана\u00a0(1)",
        "Все мероприятия плана по разделам",
    ]
    overdue, coming, extra, *_ = blocks.values()
    assert [row[:2] for row in overdue] == [["A44", "16.05"], ["A14", "30.05"], ["A53", "20.08"]]
    assert coming[0] == ["A43", "17.10", None, "○\u00a0впереди", None]  # the first, in February, is told elsewhere
    assert extra == [[None, None, "14.06", "●\u00a0выполнено", "Показатель: Выезды. Пример"]]


def test_a_note_tells_of_days_off_and_of_several_overdue_days() -> None:
    tables = example_tables()
    days = (date(2013, 3, 31), date(2013, 6, 30))
    two = tables.activities.head(2).assign(overdue_days=[days, days[:1]], day_off=[pd.NaT, datetime(2013, 6, 30)])
    sheet = written(replace(tables, activities=two.assign(result="", next_date=pd.NaT)))["Мероприятия"]
    notes = [row[9] for row in sheet.iter_rows(min_row=7, values_only=True) if str(row[0]) in ("A02", "A03")]
    assert notes == ["Просрочены сроки: 31.03.2013, 30.06.2013", "По плану 30.06.2013 — выходной день"]


def test_a_calendar_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_rows, "MOST_ROWS", 5)
    about = written(example_tables())["Календарь"]["A2"].value
    assert about.startswith("На странице помещается мероприятий: 5 из 39, показаны самые срочные.")


def test_the_totals_say_what_follows_from_marks_and_figures(report: bytes) -> None:
    rows = opened(report)["Итоги мероприятий"].iter_rows(values_only=True)
    found = {row[0]: [*row[1:6], row[6]] for row in rows if row[0] in ("Издания", "Обучающие мероприятия", "Выезды")}
    assert found == {
        "Издания": [12, 12, 9, 0, 9, "Отметки и отчёт сходятся."],
        "Обучающие мероприятия": [20, 17, 9, 0, 8, "Отчитались на 1 меньше, чем отмечено выполненным. "
                                  "В мероприятиях плана нет 3 из 20."],
        "Выезды": [16, 5, 3, 1, 6, "Отчитались на 2 больше, чем отмечено выполненным. "
                   "В мероприятиях плана нет 11 из 16."],
    }  # fmt: skip
