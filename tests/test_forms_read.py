"""Filled forms read: what comes back, and what is said about what people do to them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.submissions import Entry, Submission
from pipeline.domain.units import Unit, Units
from pipeline.forms.layout import FIRST_ROW, HEADING_ROW
from pipeline.forms.read import FormReading, find_identity, read_form
from pipeline.forms.rows import form_identity, year_rows
from pipeline.forms.write import form_workbook
from pipeline.problems import message, shown
from pipeline.settings import Settings
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words
from tests.forms import changed, filled_form, read_bytes, row_of, with_sheet, written
from tests.plans import small_plan
from tests.two_readers import differences

PLAN = small_plan()
FILLED = filled_form(PLAN, "M1", 3)
BOOK = written(PLAN, "M1", FILLED)
TRIP, MOBILE, TOTAL, SEATS = (row_of(PLAN, "M1", 3, code) for code in ("TRIP", "VS.MO", "VS", "SEATS"))


def said(reading: FormReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def figures(submission: Submission | None, measure: str = "actual") -> dict[tuple[str, int], float]:
    assert submission is not None
    return {(entry.indicator, entry.month): entry.value for entry in submission.entries if entry.measure == measure}


def test_what_was_written_is_read() -> None:
    reading = read_form(BOOK, PLAN, "abc")
    assert reading.problems == ()
    submission = reading.submission
    assert submission is not None
    assert (submission.file, submission.sha256, submission.identity.unit) == ("M1.xlsx", "abc", "M1")
    assert figures(submission) == figures(FILLED)
    assert [said[:4] for said in submission.explanations] == [said[:4] for said in FILLED.explanations]
    assert [replace(mark, address=FILLED.marks[0].address) for mark in submission.marks] == list(FILLED.marks)
    assert [replace(extra, address=FILLED.extras[0].address) for extra in submission.extras] == list(FILLED.extras)


def test_a_form_with_the_former_headings_of_what_is_computed_is_read_alike() -> None:
    """«Задание на год» and «% задания» were called «План на год» and «% годового плана»."""
    former = BOOK
    for number in range(1, 13):
        former = changed(former, Words().month(number).capitalize(), D6="План на\u00a0год", L6="% годового плана")
    assert read_form(former, PLAN, "abc") == read_form(BOOK, PLAN, "abc")


def test_every_figure_has_its_address() -> None:
    entry = next(e for e in figures_of(BOOK) if (e.indicator, e.month, e.measure) == ("TRIP", 3, "actual"))
    assert (entry.sheet, entry.cell) == ("Март", f"G{TRIP}")


def figures_of(book: Book) -> tuple[Entry, ...]:
    submission = read_form(book, PLAN).submission
    assert submission is not None
    return submission.entries


SHORT = small_plan(units=Units((Unit("DEP", "Отдел"), Unit("M1", "Методист 1", "DEP", until=2))))
VALUES = {
    0: st.none() | st.integers(0, 10**9).map(float),
    1: st.none() | st.integers(0, 10**9).map(lambda tenths: tenths / 10),
}


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_any_figures_come_back_exactly(data: st.DataObject) -> None:
    entries = [
        Entry(row.code, month, measure, value, "", "")  # type: ignore[arg-type]
        for month, rows in year_rows(SHORT, "M1").items()
        for row in rows
        if row.entered
        for measure in ("planned", "actual")
        if (value := data.draw(VALUES[row.indicator.decimals])) is not None
    ]
    filled = Submission("", "", form_identity(SHORT, "M1"), tuple(entries), (), ())
    content = form_workbook(SHORT, "M1", Settings(), Words(), filled)
    assert differences(content) == []
    reading = read_form(read_bytes(content, "M1.xlsx"), SHORT)
    stated = {(e.indicator, e.month, e.measure): e.value for e in entries}
    prefilled = {
        (row.code, month, "planned"): row.phased
        for month, rows in year_rows(SHORT, "M1").items()
        for row in rows
        if row.entered
    }
    assert reading.submission is not None
    read = {(e.indicator, e.month, e.measure): e.value for e in reading.submission.entries}
    assert read == prefilled | stated
    assert reading.problems == ()


# What people do to sheets.


def test_names_and_order_of_sheets_do_not_matter() -> None:
    renamed = tuple(replace(sheet, name=f"Лист{n}") for n, sheet in enumerate(reversed(BOOK.sheets)))
    reading = read_form(Book("копия (2).xlsx", renamed), PLAN)
    assert reading.problems == ()
    assert figures(reading.submission) == figures(FILLED)


def march(*rows: list[Value], name: str = "Март") -> Sheet:
    return Sheet(BOOK.file, name, list(rows))


def march_rows() -> list[list[Value]]:
    sheet = BOOK.sheet("Март")
    assert sheet is not None
    return [list(row) for row in sheet.rows]


def test_rows_sorted_inserted_and_columns_moved_are_found() -> None:
    rows = march_rows()
    table = rows[FIRST_ROW:]
    rows = [*rows[: HEADING_ROW + 1], [""] * 29, *reversed(table)]
    moved = [[*row[7:], "примечание", *row[:7]] for row in rows]
    moved[0][0], moved[0][23] = rows[0][0], ""
    reading = read_form(with_sheet(BOOK, "Март", march(*moved)), PLAN)
    assert reading.problems == ()
    assert figures(reading.submission) == figures(FILLED)


def test_a_sheet_that_lost_its_mark_is_known_by_its_name() -> None:
    reading = read_form(changed(BOOK, "Март", A1=""), PLAN)
    assert said(reading) == ["forms.month_by_name"]
    assert figures(reading.submission) == figures(FILLED)


def test_a_missing_sheet_is_said() -> None:
    reading = read_form(with_sheet(BOOK, "Март"), PLAN)
    assert said(reading) == ["forms.month_missing"]
    assert reading.problems[0].month == 3
    assert ("TRIP", 3) not in figures(reading.submission)


def test_a_copied_sheet_counts_once_if_it_says_the_same() -> None:
    twin = march(*march_rows(), name="Март (2)")
    sheet = BOOK.sheet("Март")
    assert sheet is not None
    assert read_form(with_sheet(BOOK, "Март", sheet, twin), PLAN).problems == ()
    twin.rows[TRIP - 1][6] = 77.0
    reading = read_form(with_sheet(BOOK, "Март", sheet, twin), PLAN)
    assert said(reading) == ["forms.month_twice"]
    assert not [key for key in figures(reading.submission) if key[1] == 3]


def test_another_forms_sheet_is_not_counted() -> None:
    stranger = written(PLAN, "M2").sheet("Март")
    sheet = BOOK.sheet("Март")
    assert sheet is not None and stranger is not None
    reading = read_form(with_sheet(BOOK, "Март", sheet, replace(stranger, name="Март M2")), PLAN)
    assert said(reading) == ["forms.foreign_sheet"]
    assert figures(reading.submission) == figures(FILLED)


# What people type.


@pytest.mark.parametrize(
    ("value", "figure", "code"),
    [
        ("", None, None),
        ("-", None, "intake.text_blank"),
        ("н/д", None, "intake.text_blank"),
        (0.0, 0, None),
        ("12", 12, "intake.number_text"),
        ("12 ед.", 12, "intake.number_with_unit"),
        ("12 чел.", None, "intake.number_unreadable"),
        ("12 ед. + 3 ед.", None, "intake.number_unreadable"),
        ("5 ед/мес", None, "intake.number_unreadable"),
        ("12 единиц", 12, "intake.number_with_unit"),
        ("6-15", None, "intake.number_unreadable"),
        ("10\n250", None, "intake.number_several"),
        ("10\t250", None, "intake.number_several"),
        ("10 \r\n 250", None, "intake.number_several"),
        ("1  123", None, "intake.number_several"),
        ("12\nед.", 12, "intake.number_with_unit"),
        (" 1 123 \n", 1123, "intake.number_text"),
        ("9" * 400, None, "intake.number_too_large"),
        (1e300, None, "intake.number_too_large"),
        (float("-inf"), None, "intake.number_too_large"),
        (999_999_999_999_999.0, 999_999_999_999_999, None),
        (datetime(2013, 6, 15), None, "intake.number_is_date"),
        ("#REF!", None, "intake.cell_error"),
        (-3.0, None, "forms.negative"),
        (2.5, None, "forms.fraction"),
    ],
)
def test_cells(value: Value, figure: float | None, code: str | None) -> None:
    reading = read_form(changed(BOOK, "Март", **{f"G{MOBILE}": value}), PLAN)
    found = [problem for problem in reading.problems if problem.code != "forms.sum_typed"]
    assert figures(reading.submission).get(("VS.MO", 3)) == figure
    assert [problem.code for problem in found] == ([code] if code else [])
    if code:
        assert (found[0].address.sheet, found[0].address.cell) == ("Март", f"G{MOBILE}")
        assert (found[0].unit, found[0].month) == ("M1", 3)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-5", "forms.negative"),
        ("6.12", "forms.fraction"),
        ("12,5 экз.", "forms.fraction"),
        (False, "intake.number_is_boolean"),
        (float("nan"), "intake.number_unreadable"),
    ],
)
def test_of_a_figure_that_is_not_counted_nothing_else_is_said(value: Value, code: str) -> None:
    reading = read_form(changed(BOOK, "Март", **{f"G{SEATS - 1}": value}), PLAN)
    assert said(reading) == [code]


def with_formulas(name: str, cells: dict[str, Value], formulas: str) -> Book:
    """The form with these values in one sheet; in these of its cells stand formulas."""
    book = changed(BOOK, name, **cells)
    sheet = book.sheet(name)
    assert sheet is not None
    row = "".join(f'<c r="{cell}"><f>1</f><v>1</v></c>' for cell in formulas.split())
    xml = f"<worksheet><sheetData>{row}</sheetData></worksheet>".encode()
    return with_sheet(book, name, replace(sheet, xml=xml))


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (1.5, ["Дробное число там, где считают целыми: 1,5. Оно не учтено."]),
        (-1.0, ["Отрицательное число: −1. Оно не учтено."]),
        (True, ["В ячейке «истина» или «ложь», а не число. Не учтено."]),
        (1250.0, ["В ячейке формула. Учтено её значение: 1 250."]),
    ],
)
def test_a_formulas_value_is_said_to_count_where_it_does(value: Value, lines: list[str]) -> None:
    reading = read_form(with_formulas("Март", {f"G{SEATS - 1}": value}, f"G{SEATS - 1}"), PLAN)
    assert [message(one, Words()).replace("\u00a0", " ") for one in reading.problems] == lines


@pytest.mark.parametrize(
    ("cells", "formulas", "lines"),
    [
        ({"G10": "выполнено", "H10": date(2013, 4, 23)}, "H10", ["В ячейке формула. Учтено её значение: 23.04.2013."]),
        ({"G10": "сделано"}, "G10", ["Непонятное состояние мероприятия: «сделано». Отметка не учтена."]),
        ({"G10": "выполнено", "H10": "в среду"}, "H10", ["Не похоже на дату: «в среду»."]),
        ({"G10": "выполнено", "I10": True}, "I10", ["В ячейке формула. Учтено её значение: ИСТИНА."]),
    ],
)
def test_the_same_of_activities(cells: dict[str, Value], formulas: str, lines: list[str]) -> None:
    reading = read_form(with_formulas(ACTIVITY, cells, formulas), PLAN)
    assert [message(one, Words()).replace("\u00a0", " ") for one in reading.problems] == lines


def test_yes_no_and_a_duration_are_kept_as_they_are_shown() -> None:
    for value, text in ((False, "ЛОЖЬ"), (timedelta(hours=28, minutes=48), "28:48:00")):
        reading = read_form(changed(BOOK, "Март", **{f"O{TRIP}": value}), PLAN)
        assert reading.submission is not None
        assert text in [one.text for one in reading.submission.explanations]


def test_arithmetic_noise_is_no_fraction() -> None:
    reading = read_form(changed(BOOK, "Март", **{f"G{SEATS}": 0.1 + 0.2}), PLAN)
    assert figures(reading.submission)["SEATS", 3] == 0.3
    assert said(read_form(changed(BOOK, "Март", **{f"G{SEATS}": 0.25}), PLAN)) == ["forms.too_precise"]


def test_codes_doubled_unknown_and_missing() -> None:
    doubled = read_form(changed(BOOK, "Март", A60="TRIP", G60=4.0), PLAN)
    assert said(doubled) == ["forms.code_twice"]
    assert ("TRIP", 3) not in figures(doubled.submission)
    unknown = read_form(changed(BOOK, "Март", A60="TRAP", G60=4.0), PLAN)
    assert said(unknown) == ["forms.unknown_code"]
    assert "TRIP" in shown(unknown.problems[0], Words())
    lost = read_form(changed(BOOK, "Март", **{f"A{TRIP}": ""}), PLAN)
    assert said(lost) == ["forms.row_missing", "forms.code_missing"]
    assert said(read_form(changed(BOOK, "Март", G60=4.0), PLAN)) == ["forms.outside"]
    assert said(read_form(changed(BOOK, "Март", A60="Итого", G60=4.0), PLAN)) == ["forms.outside"]
    assert said(read_form(changed(BOOK, "Март", O60="Уточнить"), PLAN)) == ["forms.outside"]
    signed = changed(BOOK, "Март", A60="Исполнитель: Методист 1", O60="5 апреля")
    assert said(read_form(signed, PLAN)) == [], "a signature is no data"
    assert said(read_form(changed(BOOK, "Март", A60="ATT", G60=4.0), PLAN)) == ["forms.not_in_plan"]
    assert said(read_form(changed(BOOK, "Март", A60="Подпись"), PLAN)) == []


def test_a_lost_row_and_a_lost_column_are_said() -> None:
    lost = read_form(changed(BOOK, "Март", **{f"{letter}{TRIP}": "" for letter in "AFGNO"}), PLAN)
    assert said(lost) == ["forms.row_missing"]
    headless = read_form(changed(BOOK, "Март", G6="Сколько"), PLAN)
    assert said(headless) == ["forms.column_missing"]
    assert "ФАКТ" in shown(headless.problems[0], Words())
    twice = read_form(changed(BOOK, "Март", H6="Факт"), PLAN)
    assert said(twice) == ["forms.column_twice"]
    assert figures(twice.submission) == figures(FILLED)
    unclear = read_form(changed(BOOK, "Март", P6="Факт"), PLAN)
    assert said(unclear) == ["forms.column_unclear"]
    assert ("TRIP", 3) not in figures(unclear.submission)


def test_a_figure_typed_over_a_sum_is_seen() -> None:
    reading = read_form(changed(BOOK, "Март", **{f"G{TOTAL}": 500.0}), PLAN)
    assert said(reading) == ["forms.sum_typed"]
    assert "500" in shown(reading.problems[0], Words())


@pytest.mark.parametrize(
    ("total", "part", "other", "code"),
    [
        (77.0, "", "", "forms.sum_alone"),
        (77.0, "много", "", "forms.sum_alone"),
        (77.0, "10", 5.0, "forms.sum_typed"),
        (77.0, -3.0, 5.0, "forms.sum_typed"),
        (77.0, "", 5.0, "forms.sum_typed"),
        (1e300, 10.0, 5.0, "forms.sum_replaced"),
        (15.0, 10.0, 5.0, None),
        (5.0, "10", 5.0, None),  # as the formula shows it
        (15.0, "10", 5.0, None),  # as the parts are counted
        (2.0, -3.0, 5.0, None),
        (5.0, "", 5.0, None),
        (41445.0, date(2013, 6, 15), 5.0, None),
        (1e300, 1e300, 5.0, None),
        ("", "", "", None),
    ],
)
def test_what_is_typed_over_an_actual_sum(total: Value, part: Value, other: Value, code: str | None) -> None:
    cells = {f"G{TOTAL}": total, f"G{TOTAL + 1}": part, f"G{MOBILE}": other}
    found = said(read_form(changed(BOOK, "Март", **cells), PLAN))
    assert [one for one in found if "sum" in one] == ([code] if code else [])


@pytest.mark.parametrize(
    ("total", "part", "code"),
    [(77.0, "", "forms.sum_typed"), (5.0, "10 шт", None), (15.0, 10.0, None), (10.0, 10.0, "forms.sum_typed")],
)
def test_a_planned_sum_is_shown_only_of_all_its_parts(total: Value, part: Value, code: str | None) -> None:
    cells = {f"F{TOTAL}": total, f"F{TOTAL + 1}": part, f"F{MOBILE}": 5.0}
    found = said(read_form(changed(BOOK, "Март", **cells), PLAN))
    assert [one for one in found if "sum" in one] == ([code] if code else [])


def test_a_planned_sum_typed_instead_of_its_parts_is_seen() -> None:
    cells: dict[str, Value] = {f"F{TOTAL}": 77.0, f"F{TOTAL + 1}": "", f"F{MOBILE}": ""}
    assert said(read_form(changed(BOOK, "Март", **cells), PLAN)) == ["forms.sum_alone"]


@pytest.mark.parametrize(("cell", "codes"), [("<f>1-1</f><v>0</v>", []), ("<v>0</v>", ["forms.sum_alone"])])
def test_a_zero_is_typed_where_no_formula_is(cell: str, codes: list[str]) -> None:
    book = changed(BOOK, "Март", **{f"G{TOTAL}": 0.0, f"G{TOTAL + 1}": "", f"G{MOBILE}": ""})
    sheet = book.sheet("Март")
    assert sheet is not None
    xml = f'<worksheet><sheetData><c r="G{TOTAL}">{cell}</c></sheetData></worksheet>'.encode()
    assert said(read_form(with_sheet(book, "Март", replace(sheet, xml=xml)), PLAN)) == codes


def test_a_cause_of_ones_own_is_kept_and_said() -> None:
    reading = read_form(changed(BOOK, "Март", **{f"N{TRIP}": "Ремонт дороги"}), PLAN)
    assert said(reading) == ["forms.cause_unknown"]
    assert reading.submission is not None
    assert "Ремонт дороги" in [said.cause for said in reading.submission.explanations]


def test_a_cause_needs_no_words_beside_it() -> None:
    cause = Words()("forms.cause.staff")
    reading = read_form(changed(BOOK, "Март", **{f"N{TRIP}": cause, f"O{TRIP}": ""}), PLAN)
    assert said(reading) == []
    assert reading.submission is not None
    assert ("TRIP", 3, cause, "") in [said[:4] for said in reading.submission.explanations]


# Whose form it is.


def test_what_is_no_form() -> None:
    other = Book("x.xlsx", (Sheet("x.xlsx", "Лист1", [["Отчёт"]]),))
    assert find_identity(other) is None
    assert said(read_form(other, PLAN)) == ["forms.not_a_form"]
    assert said(read_form(Book("x.xlsx", ()), PLAN)) == ["forms.not_a_form"]


def test_the_form_of_another_year_unit_or_version() -> None:
    assert said(read_form(BOOK, small_plan(year=2014))) == ["forms.other_year"]
    gone = small_plan(units=Units((Unit("DEP", "Отдел"), Unit("M3", "Методист 3", "DEP"))))
    (problem,) = read_form(BOOK, gone).problems
    assert problem.code == "forms.unknown_unit"
    assert "M3" in shown(problem, Words())
    newer = tuple(
        replace(sheet, rows=[[str(cell).replace("form/1;", "form/9;") for cell in row] for row in sheet.rows])
        for sheet in BOOK.sheets
    )
    assert said(read_form(Book("M1.xlsx", newer), PLAN)) == ["forms.newer_version"]


@pytest.mark.parametrize("code", ["\u041c1", "m1"])  # the first a Cyrillic letter
def test_a_units_code_in_other_letters_is_the_same(code: str) -> None:
    units = Units((Unit("DEP", "Отдел"), Unit(code, "Методист 1", "DEP")))
    reading = read_form(BOOK, small_plan(units=units))
    assert reading.submission is not None
    assert reading.submission.identity.unit == code
    assert "forms.foreign_sheet" not in said(reading) and "forms.unknown_unit" not in said(reading)


def test_a_changed_plan_is_noted_and_the_figures_are_read() -> None:
    targets = (replace(PLAN.targets[0], value=210), *PLAN.targets[1:])
    reading = read_form(BOOK, small_plan(targets=targets))
    assert said(reading) == ["forms.plan_changed"]
    assert figures(reading.submission) == figures(FILLED)


# Activities.

ACTIVITY = "Мероприятия"
FIRST = FIRST_ROW + 2
"""The first activity's row: one under the first group's title."""
NEXT = FIRST + 1


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({f"G{NEXT}": "сделано"}, ["forms.state_unknown"]),
        ({f"G{NEXT}": "", f"I{NEXT}": "Проведено"}, ["forms.state_missing"]),
        ({f"G{NEXT}": "Выполнено", f"H{NEXT}": "в среду"}, ["forms.day_unreadable"]),
        ({f"G{NEXT}": "выполнено", f"H{NEXT}": date(2012, 4, 5)}, ["forms.day_other_year"]),
        ({"A80": "A99", "G80": "выполнено"}, ["forms.activity_unknown"]),
        ({"A80": "A1", "E80": 1.0, "G80": "отменено"}, ["forms.activity_twice"]),
        ({"A80": "+9", "I80": "20 участников"}, ["forms.extra_untitled"]),
        ({"A80": "+9", "G80": "отменено"}, ["forms.extra_untitled"]),
        ({"A80": "+9", "B80": "Круглый стол", "G80": "В работе"}, ["forms.extra_not_done"]),
        ({"A80": "+9", "B80": "Круглый стол", "G80": "сделано"}, ["forms.extra_not_done"]),
    ],
)
def test_marks_that_can_not_be_taken_as_they_are(cells: dict[str, Value], codes: list[str]) -> None:
    assert said(read_form(changed(BOOK, ACTIVITY, **cells), PLAN)) == codes


def test_a_number_far_too_large_is_no_day() -> None:
    reading = read_form(changed(BOOK, ACTIVITY, **{f"G{FIRST}": "выполнено", f"H{FIRST}": float("inf")}), PLAN)
    assert said(reading) == ["forms.day_unreadable"]


@pytest.mark.parametrize("day", [date(2013, 4, 30), datetime(2013, 4, 30), 41394.0, "30.04.2013", "2013-04-30"])
def test_days_however_they_are_kept(day: Value) -> None:
    reading = read_form(changed(BOOK, ACTIVITY, **{f"G{FIRST}": "перенесено", f"H{FIRST}": day}), PLAN)
    assert reading.submission is not None and reading.problems == ()
    assert (reading.submission.marks[0].state, reading.submission.marks[0].day) == ("moved", date(2013, 4, 30))


def extras(**cells: Value) -> list[tuple[str, str, date | None]]:
    """What the form says was done beyond the plan, with these values in rows below the table."""
    form = read_form(changed(BOOK, ACTIVITY, **cells), PLAN).submission
    assert form is not None
    return [(one.title, one.address.cell, one.day) for one in form.extras if one.address.cell in ("B80", "B81")]


def test_beyond_the_plan_only_what_is_done_counts() -> None:
    assert extras(A80="+9", B80="Семинар", G80="Выполнено") == [("Семинар", "B80", None)]
    assert extras(A80="+9", B80="Семинар", G80="") == [("Семинар", "B80", None)]
    assert extras(A80="+9", B80="Семинар", G80="отменено") == []


def test_a_copied_row_beyond_the_plan_counts_once() -> None:
    day = date(2013, 5, 6)
    twice: dict[str, Value] = {"B80": "Семинар", "B81": "Семинар", "H80": day, "H81": day}
    assert extras(A80="+9", A81="+9", **twice) == [("Семинар", "B80", day)]
    assert extras(A80="+9", A81="+10", **twice) == [("Семинар", "B80", day), ("Семинар", "B81", day)]
    assert len(extras(**{"A80": "+9", "A81": "+9", **twice, "H81": date(2013, 6, 7)})) == 2


@pytest.mark.parametrize(("title", "feeds"), [("-Семинар", ""), ("Семинар", "-TRIP")])
def test_a_title_that_is_no_formula_is_said(title: str, feeds: str) -> None:
    """In Excel «-Семинар» is a formula, and an error; its reader finds an empty cell."""
    at = "B80" if title.startswith("-") else "F80"
    book = changed(BOOK, ACTIVITY, A80="+9", B80=title.strip("-") if feeds else "", F80="")
    sheet = book.sheet(ACTIVITY)
    assert sheet is not None
    xml = f'<worksheet><sheetData><c r="{at}" t="e"><f>-x</f><v>#NAME?</v></c></sheetData></worksheet>'.encode()
    reading = read_form(with_sheet(book, ACTIVITY, replace(sheet, xml=xml)), PLAN)
    assert [(one.code, one.address.cell, one.found) for one in reading.problems] == [
        ("intake.cell_error", at, "#NAME?")
    ]


def test_a_lost_sheet_of_activities_is_said() -> None:
    assert said(read_form(with_sheet(BOOK, ACTIVITY), PLAN)) == ["forms.activities_missing"]


def test_rows_that_sorting_has_carried_above_the_headings_are_read() -> None:
    sheet = BOOK.sheet("Январь")
    assert sheet is not None
    at = next(number for number, row in enumerate(sheet.rows) if row[0] == "VS.ST")
    rows = [*sheet.rows[:4], sheet.rows[at], *sheet.rows[4:at], *sheet.rows[at + 1 :]]
    before, after = (
        {entry[:4] for entry in found.submission.entries}
        for found in (
            read_form(BOOK, PLAN),
            read_form(with_sheet(BOOK, "Январь", Sheet("M1.xlsx", "Январь", rows)), PLAN),
        )
        if found.submission
    )
    assert after == before
