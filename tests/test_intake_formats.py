"""Forms in other formats than .xlsx, through the whole intake: every figure is counted as it was entered, or named."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.domain.submissions import Submission
from pipeline.forms.write import form_workbook
from pipeline.intake.checked import Rules
from pipeline.intake.collect import Intake, collect
from pipeline.settings import Settings
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words
from tests.forms import filled_form, read_bytes, row_of
from tests.hostile import edited as with_part
from tests.institution import institution, steady
from tests.office import absent, office
from tests.plans import small_plan
from tests.xlsb import xlsb_of

PLAN = small_plan()


def figures(forms: tuple[Submission, ...]) -> dict[str, list[tuple[object, ...]]]:
    """By unit, each figure with its sheet and cell."""
    return {form.identity.unit: [tuple(entry) for entry in form.entries] for form in forms}


def told(intake: Intake, file: str) -> list[str]:
    return [one.code for one in intake.problems if one.address.file == file and one.severity == "error"]


def plain(book: Book) -> Book:
    """The book as a program that knows no days shows it: days as Excel's numbers."""

    def number(value: Value) -> Value:
        day = value.date() if isinstance(value, datetime) else value
        return (day - date(1899, 12, 30)).days if isinstance(day, date) else value

    return Book(
        book.file,
        tuple(
            Sheet(book.file, sheet.name, [[number(value) for value in row] for row in sheet.rows])
            for sheet in book.sheets
        ),
    )


def xlsb_form(unit: str, months: int) -> bytes:
    content = form_workbook(PLAN, unit, Settings(), Words(), filled_form(PLAN, unit, months))
    return xlsb_of(plain(read_bytes(content, "")))


def test_a_form_saved_as_xlsb_gives_exactly_its_figures(tmp_path: Path) -> None:
    forms = {unit: filled_form(PLAN, unit, 9) for unit in ("M1", "M2")}
    folder = institution(tmp_path, forms) / "input"
    as_xlsx = collect(folder, Rules(PLAN), 9)
    for unit in forms:
        (folder / f"2013/{unit}.xlsx").unlink()
        (folder / f"2013/{unit}.xlsb").write_bytes(xlsb_form(unit, 9))
    as_xlsb = collect(folder, Rules(PLAN), 9)

    assert figures(as_xlsb.submissions) == figures(as_xlsx.submissions)
    assert sum(len(form.entries) for form in as_xlsb.submissions) > 100
    assert [one.address.file for one in as_xlsb.problems if one.code == "intake.file_opaque"] == [
        "2013/M1.xlsb",
        "2013/M2.xlsb",
    ]
    marks, expected = ([[(mark.activity, mark.day) for mark in form.marks] for form in intake.submissions]
                       for intake in (as_xlsb, as_xlsx))  # fmt: skip
    assert marks == expected


def test_a_damaged_xlsb_is_named_and_stops_no_other(tmp_path: Path) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 9)}) / "input"
    alone = figures(collect(folder, Rules(PLAN), 9).submissions)
    good = xlsb_form("M2", 9)
    sheet = read_bytes(good, "").sheets[3]
    half = Book("", (Sheet("", sheet.name, sheet.rows[:9]),))
    damaged = {
        "обрезан": good[: len(good) // 2],
        "байт": good[:5000] + bytes([good[5000] ^ 255]) + good[5001:],
        "внутри": with_part(xlsb_of(half), "sheet1.bin", lambda part: part[: len(part) // 2]),
        "записи": with_part(xlsb_of(half), "sheet1.bin", lambda part: part[:200] + b"\xff" * 40),
    }
    for name, content in damaged.items():
        (folder / f"2013/{name}.xlsb").write_bytes(content)
    intake = collect(folder, Rules(PLAN), 9)

    assert figures(intake.submissions) == alone
    assert {name: told(intake, f"2013/{name}.xlsb") for name in damaged} == {
        name: ["intake.file_damaged"] for name in damaged
    }


def test_formulas_in_ods_are_judged_as_in_xlsx(tmp_path: Path) -> None:
    """Typed in LibreOffice and saved as .ods: a sum, an error, a zero that may be one that was never computed."""
    if absent():
        pytest.skip(absent())
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 9)}) / "input"
    rows = {code: row_of(PLAN, "M1", 3, code) for code in ("VS.ST", "VS.MO", "FUND", "PEAK")}
    typed = dict(zip((f"G{row}" for row in rows.values()), ("=5+7", "=1/0", "=1-1", "#Н/Д"), strict=True))
    path = folder / "2013/M1.xlsx"
    office([{"open": str(path), "type": {"Март": typed}, "save": [str(path.with_suffix(".ods"))]}])
    path.unlink()
    intake = collect(folder, Rules(PLAN), 3)

    assert [form.file for form in intake.submissions] == ["2013/M1.ods"]
    entries = {(entry.indicator, entry.cell): entry.value for entry in intake.submissions[0].entries
               if entry.month == 3 and entry.measure == "actual" and entry.indicator in rows}  # fmt: skip
    assert entries == {("VS.ST", f"G{rows['VS.ST']}"): 12}
    said = {one.address.cell: one.code for one in intake.problems
            if one.address.sheet == "Март" and one.address.cell in typed and one.code in OF_A_CELL}  # fmt: skip
    assert list(map(said.get, typed)) == [
        "intake.formula_in_input", "intake.cell_error", "intake.formula_zero", "intake.cell_error",
    ]  # fmt: skip


OF_A_CELL = {"intake.formula_in_input", "intake.cell_error", "intake.formula_zero", "intake.formula_uncomputed"}


def test_merged_input_cells_hold_the_upper_figure_and_what_other_programs_left_below(tmp_path: Path) -> None:
    """Excel empties the cells below the upper one on merging; LibreOffice can leave what they held."""
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 3)}) / "input"
    path = folder / "2013/M1.xlsx"
    top = row_of(PLAN, "M1", 3, "VS.ST")
    area = f"G{top}:G{top + 2}"

    def march() -> dict[str, float | None]:
        (form,) = collect(folder, Rules(PLAN), 3).submissions
        return {entry.cell: entry.value for entry in form.entries if entry.month == 3 and entry.measure == "actual"}

    before = march()
    assert {f"G{top}", f"G{top + 1}", f"G{top + 2}"} <= set(before)

    good = path.read_bytes()
    book = load_workbook(BytesIO(good))
    book["Март"].merge_cells(area)
    book.save(path)
    assert march() == {cell: value for cell, value in before.items() if cell not in (f"G{top + 1}", f"G{top + 2}")}

    path.write_bytes(with_part(good, "worksheets/sheet4.xml", lambda part: merging(part, area)))
    assert march() == before


def merging(part: bytes, area: str) -> bytes:
    """The sheet with one more merged area; what stands below it stays."""
    assert b"<mergeCells " in part
    return part.replace(b"</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>'.encode())
