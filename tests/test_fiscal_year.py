"""A year that begins in April: what months, periods, deadlines and days it has, and a whole run through it."""

import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pipeline.cli import main as cli
from pipeline.domain.activities import Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import EXAMPLES, read_deadline
from pipeline.domain.periods import MONTHS, Month, Period, PlanYear, parse_period
from pipeline.domain.working_days import working_calendar
from pipeline.forms.layout import FIRST_ROW, MONTH
from pipeline.forms.read import read_form
from pipeline.forms.write import form_workbook
from pipeline.history.next_year import next_plan
from pipeline.intake.checked import Checked
from pipeline.intake.feeding_checks import done_by
from pipeline.plan.months import read_month
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.report.cells import period_text
from pipeline.report.data_file import COLUMNS
from pipeline.run.drawing import draw_here
from pipeline.settings import Settings, Year
from pipeline.sheets.book import Book, Sheet, open_book
from pipeline.words import Words
from tests.made_texts import russian, texts
from tests.riverside import CONFIG, YEAR, filled, riverside_plan

APRIL = PlanYear(YEAR, 4)
WORDS = Words("en", 4)
FISCAL = f"{CONFIG}[year]\nstarts = 4\n"
MONTH_NAMES = [
    *("April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "January", "February", "March"),
]


def test_months_are_numbered_from_the_years_beginning_and_written_as_the_calendar_has_them() -> None:
    february = APRIL.month(11)
    assert (str(february), february.first_day, february.last_day) == ("2014-02", date(2014, 2, 1), date(2014, 2, 28))
    assert (str(february.following), APRIL.month(12).following) == ("2014-03", Month(2014, 1, 4))
    assert [APRIL.number(calendar) for calendar in (4, 12, 1, 3)] == [1, 9, 10, 12]
    assert (APRIL.first_day, APRIL.last_day) == (date(2013, 4, 1), date(2014, 3, 31))
    assert [WORDS.month(number) for number in MONTHS] == MONTH_NAMES
    assert WORDS.month_year(february) == "February\u00a02014"
    assert (str(APRIL), str(APRIL.previous), str(PlanYear(1999, 4))) == ("2013/14", "2012/13", "1999/00")


@pytest.mark.parametrize(
    ("typed", "months", "name"),
    [
        ("2013-04", (1, 1), "April 2013"),
        ("2014-02", (11, 11), "February 2014"),
        ("2013-Q4", (10, 12), "quarter IV of 2013/14"),
        ("2013-H1", (1, 6), "half-year I of 2013/14"),
        ("2013-9M", (1, 9), "April–December 2013/14"),
        ("2013", (1, 12), "2013/14"),
    ],
)
def test_a_typed_period_is_of_the_plan_year_to_which_it_belongs(typed: str, months: tuple[int, int], name: str) -> None:
    period = parse_period(typed).in_years_from(4)
    assert period == Period(APRIL.month(months[0]), APRIL.month(months[1]))
    assert str(period) == typed
    assert period_text(period, WORDS).replace("\u00a0", " ") == name


@given(st.integers(1990, 2100), st.sampled_from(MONTHS), st.sampled_from(MONTHS))
def test_every_month_is_found_again_by_what_is_written(year: int, starts: int, number: int) -> None:
    month = PlanYear(year, starts).month(number)
    assert parse_period(str(month)).in_years_from(starts) == Period(month, month)
    assert month.first_day in month.plan_year and month.last_day in month.plan_year
    assert month.plan_year.day(month.calendar[1], 1) == month.first_day


DEADLINES = [
    ("20 March", "2014-03-20"),
    ("1 April", "2013-04-01"),
    ("7 February; 17 October", "2013-10-17 2014-02-07"),
    ("20 March 2014", "2014-03-20"),
    ("20 March 2013", None),  # of the year before
    ("12.02.14", "2014-02-12"),
    ("2013-04-05", "2013-04-05"),
    ("март", "2014-03-01…2014-03-31"),
    ("декабрь–февраль", "2013-12-01…2014-02-28"),
    ("декабрь 2013 – февраль 2014", "2013-12-01…2014-02-28"),
    ("March–May", None),  # the year has May first
    ("весна", None),
    ("summer", "2013-06-01…2013-08-31"),
    ("I квартал", "2013-04-01…2013-06-30"),
    ("Q4", "2014-01-01…2014-03-31"),
    ("II полугодие", "2013-10-01…2014-03-31"),
    ("до 15 мая", "2013-04-01…2013-05-15"),
    ("by 15 February", "2013-04-01…2014-02-15"),
    ("в течение года", "2013-04-01…2014-03-31"),
    ("в 2013 году", "2013-04-01…2014-03-31"),
    ("последняя пятница марта", "2014-03-28"),
    ("2 раза в год (май, февраль)", "2013-05-01…2013-05-31 2014-02-01…2014-02-28"),
    ("ежеквартально", "2013-04-01…2013-06-30 2013-07-01…2013-09-30 2013-10-01…2013-12-31 2014-01-01…2014-03-31"),
]


@pytest.mark.parametrize(("text", "days"), DEADLINES)
def test_a_deadline_is_of_the_year_that_begins_in_april(text: str, days: str | None) -> None:
    deadline = read_deadline(text, YEAR, 4)
    found = (
        [due.start.isoformat() + f"…{due.end}" * (due.end > due.start) for due in deadline.occurrences]
        if deadline
        else []
    )
    assert (" ".join(found) if deadline else None) == days


@given(st.sampled_from(EXAMPLES), st.sampled_from(MONTHS))
def test_no_deadline_leaves_its_year_wherever_it_begins(text: str, starts: int) -> None:
    as_usual, deadline = read_deadline(text, YEAR), read_deadline(text, YEAR, starts)
    if deadline is None:
        # «Январь–март» or «с 28 февраля по 3 марта» may be cut in two by the year's beginning
        assert "–" in text or " по " in text
        return
    assert as_usual is not None and deadline.kind == as_usual.kind
    assert all(
        due.start in PlanYear(YEAR, starts) and due.end in PlanYear(YEAR, starts) for due in deadline.occurrences
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *((value, 4) for value in ("July", 7.0, "7", "07.2013", "июль", date(2013, 7, 1), datetime(2013, 7, 31))),
        *((value, 11) for value in ("February", 2.0, "02.2014", "февраль 2014 г")),
        *((value, None) for value in ("07.2014", "02.2013", date(2013, 3, 31), datetime(2014, 4, 1))),
    ],
)
def test_a_month_in_the_plan_is_the_calendars(value: str | float | date, number: int | None) -> None:
    assert read_month(value, APRIL) == number


def test_the_working_calendar_is_of_both_calendar_years() -> None:
    calendar = working_calendar("GB", YEAR, "next", 4)
    assert {date(2013, 5, 6), date(2013, 12, 25), date(2014, 1, 1)} <= calendar.days_off
    assert not {date(2013, 1, 1), date(2014, 4, 18)} & calendar.days_off  # Good Friday is of the next year


RUSSIAN_NAMES = [
    *("апрель", "май", "июнь", "июль", "август", "сентябрь"),
    *("октябрь", "ноябрь", "декабрь", "январь", "февраль", "март"),
]


@pytest.mark.parametrize(("words", "months"), [(WORDS, MONTH_NAMES), (Words("ru", 4), RUSSIAN_NAMES)])
def test_the_plans_workbook_comes_back_as_it_was(words: Words, months: list[str]) -> None:
    plan = riverside_plan(4)
    content = plan_workbook(plan, words, YEAR)
    sheet = open_book(content, "").sheet(words("plan.sheet.last_year"))
    assert sheet is not None
    assert [name.capitalize() for name in months] in [list(row[-12:]) for row in sheet.rows]
    again, problems = read_plan(open_book(content, "plan.xlsx"), 4)
    assert again is not None and problems == ()
    assert (again.calendar, again.last_year) == (APRIL, plan.last_year)
    assert again.units.by_code["W1"].until == 11
    assert [activity.deadline for activity in again.activities] == [one.deadline for one in plan.activities]
    revised = next(target for target in again.targets if target.reason)
    assert revised.since == 7  # October


def test_the_next_years_plan_is_of_the_next_april() -> None:
    following = next_plan(riverside_plan(4), ())
    assert (following.calendar, following.title) == (PlanYear(2014, 4), "Service plan 2014/15")
    display = next(activity for activity in following.activities if activity.due == "March")
    assert display.deadline is not None and display.deadline.occurrences[0].start == date(2015, 3, 1)


def form(plan_starts: int = 4, *done: date) -> Book:
    """E1's form; where days are given, only the summer school is marked as done, on those days."""
    plan = riverside_plan(plan_starts)
    words, settings = Words("en", plan_starts), Settings(year=Year(starts=plan_starts))
    stated = filled(plan, "E1", 11, words)
    if done:
        marks = tuple(Mark("E1", "A2", number, "done", day, "", NOWHERE) for number, day in enumerate(done, 1))
        stated = replace(stated, marks=marks, extras=())
    return open_book(form_workbook(plan, "E1", settings, words, stated), "2013/E1.xlsx")


def test_days_of_both_calendar_years_are_of_the_year_and_no_others() -> None:
    """What is done in February counts by the end of February; a day before April is another year's."""
    plan = riverside_plan(4)
    reading = read_form(form(4, date(2013, 10, 17), date(2014, 2, 7)), plan)
    assert reading.submission is not None and reading.problems == ()
    counts = []
    for month in (6, 7, 10, 11):
        checked = Checked(plan, (reading.submission,), month, Settings().thresholds)
        counts.append(done_by(checked, checked.units[0])["TRIP"])
    assert counts == [0, 1, 1, 2]
    for wrong in (date(2013, 3, 31), date(2014, 4, 1)):
        found = read_form(form(4, date(2013, 10, 17), wrong), plan).problems
        assert [problem.code for problem in found] == ["forms.day_other_year"]


def test_a_forms_sheets_follow_the_year_and_are_read_by_their_marks() -> None:
    book, plan = form(), riverside_plan(4)
    assert [sheet.name for sheet in book.sheets][1:13] == MONTH_NAMES
    titles = [next(cell for row in sheet.rows[1:4] for cell in row if cell) for sheet in book.sheets[1:13]]
    assert (titles[0], titles[10]) == ("Fulfilment of the plan, April 2013", "Fulfilment of the plan, February 2014")
    reading = read_form(book, plan)
    assert reading.submission is not None and reading.problems == ()
    assert {entry.sheet: entry.month for entry in reading.submission.entries} == dict(
        zip(MONTH_NAMES, MONTHS, strict=True)
    )
    assert reading.submission.marks[0].day == date(2013, 4, 26)


def test_a_sheet_that_has_lost_its_mark_is_known_by_its_name() -> None:
    plan = riverside_plan(4)
    unmarked = tuple(
        Sheet(sheet.file, sheet.name, [[""] * 30, *sheet.rows[1:]]) if sheet.name == "February" else sheet
        for sheet in form().sheets
    )
    reading = read_form(Book("2013/E1.xlsx", unmarked), plan)
    assert [problem.code for problem in reading.problems] == ["forms.month_by_name"]
    assert reading.submission is not None and {entry.month for entry in reading.submission.entries} == set(MONTHS)


@pytest.mark.parametrize(("made", "read"), [(1, 4), (4, 1)])
def test_a_form_of_a_year_that_began_otherwise_is_refused(made: int, read: int) -> None:
    """Its sheets would be taken for other months."""
    reading = read_form(form(made), riverside_plan(read))
    assert reading.submission is None
    assert [problem.code for problem in reading.problems] == ["forms.other_year"]


# The whole run.

UNITS = ("E1", "W1")


def actual(unit: str, row: int, month: str) -> int:
    """What is typed: made up, and different in every cell."""
    return 100 * (1 + UNITS.index(unit)) + 10 * row + MONTH_NAMES.index(month)


def fill(path: Path, months: list[str]) -> dict[tuple[str, str], int]:
    """Types figures into a form's input cells as its user does; (indicator, month) → the figure."""
    workbook: Workbook = load_workbook(path)
    typed: dict[tuple[str, str], int] = {}
    for name in months:
        sheet = workbook[name] if name in workbook.sheetnames else None
        for at in range(FIRST_ROW + 1, sheet.max_row + 1) if sheet else ():
            code, cell = sheet.cell(at, MONTH["code"] + 1).value, sheet.cell(at, MONTH["actual"] + 1)
            if code and not cell.protection.locked:
                cell.value = typed[str(code), name] = actual(path.stem.split()[0], at, name)
    workbook.save(path)
    return typed


FEBRUARY = ((), ("close", "2014-01", "--anyway", "Made up"), ("status",), ("--month", "2014-03"))
MARCH = (("--period", "2013-Q4"), ("compare", "2014-02", "2013-Q4"), ("year", "2014"))
"""What is done when the months up to February have been typed, and when March has."""


class Run:
    """What came of the year: `typed` (unit, indicator, month) → figure."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.typed = folder, dict[tuple[str, str, str], int]()
        self.said: dict[tuple[str, ...], str] = {}

    def tell(self, *arguments: str) -> str:
        done = CliRunner().invoke(cli.report, arguments, prog_name="run-report", catch_exceptions=False)
        self.said[arguments] = f"{done.exit_code}\n{done.output}".replace("\u00a0", " ")
        return self.said[arguments]

    def total(self, indicators: tuple[str, ...], months: list[str]) -> int:
        return sum(figure for (_, code, month), figure in self.typed.items() if code in indicators and month in months)

    def sheet(self, report: str, name: str) -> list[list[object]]:
        sheet = open_book(self.folder / "output" / report / "report.xlsx", "").sheet(name)
        assert sheet is not None
        return [list(row) for row in sheet.rows]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Plan → forms → figures of April to February → the month's report, then March → the quarter's."""
    run, here = Run(tmp_path_factory.mktemp("fiscal")), Path.cwd()
    forms = run.folder / "input" / str(YEAR)
    forms.mkdir(parents=True)
    (run.folder / "config.toml").write_text(FISCAL, encoding="utf-8")
    (forms / "plan.xlsx").write_bytes(plan_workbook(riverside_plan(4), WORDS, YEAR))
    os.chdir(run.folder)
    run.tell("forms")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipeline.run.drawing.begin_beside", lambda: draw_here)
        for months in (MONTH_NAMES[:11], MONTH_NAMES[11:]):
            for path in sorted(set(forms.glob("*.xlsx")) - {forms / "plan.xlsx"}):
                unit = path.stem.split()[0]
                run.typed |= {(unit, *key): figure for key, figure in fill(path, months).items()}
            for arguments in FEBRUARY if len(months) > 1 else MARCH:
                run.tell(*arguments)
    yield run
    os.chdir(here)


def test_the_latest_month_is_reported_under_its_calendar_name(year: Run) -> None:
    assert year.said["forms",].startswith("0\nMade 2 forms in input/2013.")
    assert "February 2014: 2 of 2 forms handed in." in year.said[()]
    assert year.said[()].splitlines()[-1] == "Report: output/2014-02/report.xlsx"


def test_the_months_of_the_report_stand_from_april_and_are_the_sums_of_what_was_typed(year: Run) -> None:
    rows = year.sheet("2014-02", "By month")
    _, at = (number for number, row in enumerate(rows) if row[0] == "Code")
    assert rows[at][2:14] == [name[:3] for name in MONTH_NAMES]
    visits = next(row for row in rows[at:] if row[0] == "VS.ST")
    assert visits[2:13] == [year.total(("VS.ST",), [month]) for month in MONTH_NAMES[:11]]
    assert visits[14] == year.total(("VS.ST",), MONTH_NAMES[:11])


def test_the_fourth_quarter_is_january_to_march(year: Run) -> None:
    assert "March 2014: 1 of 1 form handed in." in year.said["--period", "2013-Q4"]
    rows = year.sheet("2013-Q4", "Plan and actual")
    assert rows[0][0] == "Plan and actual: all indicators, quarter IV of 2013/14"
    visits = next(row for row in rows if row[0] == "VS")
    assert year.total(("VS.ST", "VS.MO"), MONTH_NAMES[9:]) in visits
    assert year.total(("VS.ST", "VS.MO"), MONTH_NAMES) in visits


def test_the_data_file_has_the_calendars_months(year: Run) -> None:
    text = (year.folder / "output/2014-02/data.csv").read_text(encoding="utf-8-sig")
    at = {key: number for number, key in enumerate(COLUMNS)}
    _, *rows = csv.reader(text.splitlines())
    told = {
        (row[at["unit"]], row[at["indicator"]], MONTH_NAMES[APRIL.number(int(row[at["month"]])) - 1]): float(
            row[at["value"]]
        )
        for row in rows
        if row[at["measure"]] == WORDS("report.data.measure.actual")
    }
    assert told == {key: figure for key, figure in year.typed.items() if key[2] != "March"}
    for_programs = pd.read_parquet(year.folder / "output/2014-02/data.parquet")
    assert for_programs["month"].astype(str).tolist() == [row[at["month"]] for row in rows]


def test_reminders_and_memo_name_the_calendars_months(year: Run) -> None:
    cells = " ".join(str(cell) for row in year.sheet("2014-03", "Units") for cell in row)
    assert "the form for March 2014 has not been filled in yet (due on 2014-04-07)" in cells.replace("\u00a0", " ")
    memo = (year.folder / "output/2014-02/memo.docx").read_bytes()
    text = " ".join(text for _, text in texts("memo.docx", memo)).replace("\u00a0", " ")
    assert "for April–February 2013/14" in text and "as of 2014-02-28" in text


def test_two_reports_of_a_year_are_compared(year: Run) -> None:
    """The later one knows March; what both cover has not changed."""
    assert year.said["compare", "2014-02", "2013-Q4"].startswith("0\n")


def test_closing_and_status_speak_of_the_calendars_months(year: Run) -> None:
    closed, status = year.said["close", "2014-01", "--anyway", "Made up"], year.said["status",]
    assert closed == "0\nJanuary 2014 is closed.\nClosed together with it: April–December.\n"
    assert "Closed: April–January" in status
    assert status.count("2014-03-05") == 2  # the day by which February is due


def test_activities_fall_due_in_the_plans_year(year: Run) -> None:
    events = (year.folder / "output/2014-02/activities.ics").read_text(encoding="utf-8")
    days = [line.rpartition(":")[2].strip() for line in events.splitlines() if line.startswith("DTSTART")]
    assert {"20130423", "20131017", "20140207"} <= set(days)
    assert all("20130401" <= day <= "20140331" for day in days)


def test_the_next_year_is_made_of_this_one(year: Run) -> None:
    plan, problems = read_plan(open_book(year.folder / "input/2014/plan.xlsx", "plan.xlsx"), 4)
    assert plan is not None and problems == ()
    assert plan.calendar == PlanYear(2014, 4)
    past = (plan.last_year or {})["E1", "VS.ST"]
    assert past == tuple(year.typed["E1", "VS.ST", month] for month in MONTH_NAMES)


def test_nothing_in_it_is_russian(year: Run) -> None:
    assert russian(year.folder) == []
