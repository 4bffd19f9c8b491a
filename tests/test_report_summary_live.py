"""What a reader chooses on «Сводка»: LibreOffice's results of every choice are what the analysis says of that month."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from pipeline.analysis.consolidate import consolidate, nodes
from pipeline.analysis.indicator_tables import indicators_table
from pipeline.analysis.month_tables import months_table
from pipeline.analysis.report_tables import begin_tables
from pipeline.analysis.tables import ReportTables
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.periods import Month, Period
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.submissions import Entry, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Units
from pipeline.forms.rows import form_identity
from pipeline.intake.checked import Rules
from pipeline.intake.collect import collect
from pipeline.report import summary_layout as grid
from pipeline.report.book import ReportBook
from pipeline.report.calculation import MEASURES, Calculation, calculate
from pipeline.report.calculation_formulas import NOTHING
from pipeline.report.calculation_sheet import write_calculation
from pipeline.report.multiples import write_multiples
from pipeline.report.summary import write_summary
from pipeline.settings import Settings
from pipeline.words import Words
from pipeline.workbooks.styles import Styles
from tests.example.make_forms import FOLDER
from tests.example.make_plan import example_plan
from tests.office import absent, office
from tests.plans import small_plan

WORDS = Words()
SUMMARY, MULTIPLES, CALCULATION = (WORDS(f"report.sheet.{key}") for key in ("summary", "multiples", "calculation"))
Rows = list[list[Any]]


@dataclass(frozen=True)
class Case:
    """A plan with its forms; the units and indicators that are chosen in turn, for each month up to the last."""

    plan: Plan
    submissions: tuple[Submission, ...]
    months: int
    units: tuple[str, ...]
    indicators: tuple[str, ...]

    def tables(self, month: int, unit: str) -> ReportTables:
        """The report of one unit for the month, as if there were no other."""
        reported = Month(self.plan.year, month)
        whole = _report(self, month)
        plan = self.plan.as_of(month)
        data = consolidate(plan, self.submissions)
        below = {one.code for _, one in plan.units.walk(unit)}
        return replace(
            whole,
            unit_title=plan.units.by_code[unit].title,
            indicators=indicators_table(nodes(data, [unit]), Period(reported, reported), whole.thresholds, ()),
            months=months_table(nodes(data, [unit]), month, whole.thresholds),
            units=whole.units[whole.units["code"].isin(below)],
        )


def _report(case: Case, month: int) -> ReportTables:
    reported = Month(case.plan.year, month)
    inputs = pd.DataFrame(columns=["file", "kind", "unit", "sha256"])
    period = Period(reported, reported)
    _, rest = begin_tables(case.plan, case.submissions, (), inputs, period, Settings(), WORDS)
    return rest()


@cache
def example() -> Case:
    """The example: nine months, figures missing, a target revised in July."""
    plan = example_plan()
    submissions = collect(FOLDER.parent, Rules(plan)).submissions
    return Case(plan, tuple(submissions), 9, (plan.units.root.code, "M2"), ("LN", "UV.SITE", "MSG"))


@cache
def every_kind() -> Case:
    """A whole year of every kind of indicator: summed, last, mean, biggest, cumulative, less is better, a ratio, one
    with decimals, one of which none are planned, one that is over in August, one entered cumulatively by a unit that
    joins in May; the plan of the trips is revised in July, and no planned figure is entered."""
    plan = small_plan()
    more = (
        Indicator("CMP", "Жалобы", "S1", "ед.", direction="less"),
        Indicator("SMR", "Летняя программа", "S1", "ед.", since=4, until=8),
        Indicator("SITE", "Просмотры сайта", "S1", "ед.", entering="cumulative"),
    )
    plan = replace(
        plan,
        units=Units(tuple(replace(one, since=5 if one.code == "M2" else 1) for one in plan.units.members)),
        indicators=Indicators(tuple(replace(one, main=True) for one in (*plan.indicators.members, *more))),
        targets=(
            *plan.targets,
            *(Target("CMP", unit, 0) for unit in ("M1", "M2")),
            Target("SMR", "M1", 1000),
            *(Target("SITE", unit, 1200) for unit in ("M1", "M2")),
        ),
    )
    chance = random.Random(2013)
    forms = tuple(
        Submission("", "", form_identity(plan, unit), tuple(_entries(plan, unit, chance)), (), ())
        for unit in ("M1", "M2")
    )
    return Case(plan, forms, 12, ("DEP", "M2"), ("VS", "SEATS", "DEBT", "CMP", "SMR", "SITE"))


def _entries(plan: Plan, unit: str, chance: random.Random) -> Iterator[Entry]:
    for indicator in plan.entered_by(unit):
        for month, planned in enumerate(planned_months(plan, unit, indicator) or (), 1):
            asked = max(indicator.since, plan.units.by_code[unit].since) <= month <= indicator.until
            if asked and chance.random() > 0.1:
                share = 0.9 if indicator.code == "SITE" else chance.uniform(0.6, 1.3)  # what runs on never falls
                value = round((planned or 3) * share, indicator.decimals)
                yield Entry(indicator.code, month, "actual", value, "", "")


def written(tables: ReportTables) -> tuple[bytes, Calculation]:
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    book = ReportBook(workbook, Styles(workbook), WORDS, "", tables.example)
    write_summary(book, tables)
    write_multiples(book, tables)
    write_calculation(book, tables)
    workbook.close()
    return content.getvalue(), calculate(book, tables)


def stored(content: bytes, sheet: str) -> Rows:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def cells_of(rows: Rows, size: tuple[int, int]) -> Rows:
    """The rows and columns of an area of this size, empty cells as empty texts."""
    height, width = size
    padded = [[*row, *[""] * width][:width] for row in rows] + [[""] * width] * height
    return padded[:height]


def same(one: Any, other: Any) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return bool(abs(one - other) < 1e-9 if numbers else one == other)


CASES = {"example": example, "every kind": every_kind}


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Rows]]]:
    """Of each case and each choice (unit, month, indicator) the rows of the sheets, typed and recalculated."""
    if reason := absent():
        pytest.skip(reason)
    folder: Path = tmp_path_factory.mktemp("live")
    jobs = []
    for name, make in CASES.items():
        case = make()
        content, made = written(_report(case, case.months))
        path = folder / f"{name}.xlsx"
        path.write_bytes(content)
        jobs.append({"open": str(path), "recalculate": True, "states": list(_states(case, made))})
    results = office(jobs)
    assert [result["changed"] for result in results] == [[]] * len(CASES)
    return {name: result["states"] for name, result in zip(CASES, results, strict=True)}


def _choices(case: Case) -> Sequence[tuple[str, int, str]]:
    """Every month of the whole, and each quarter's last of the other unit."""
    whole, part = case.units
    months = range(1, case.months + 1)
    return (*product([whole], months, case.indicators), *product([part], months[2::3], case.indicators))


def _states(case: Case, made: Calculation) -> Iterator[dict[str, Any]]:
    count = len(made.indicators)
    cell = {what: grid.choice_cell(what, count).replace("$", "") for what in ("unit", "month", "indicator")}
    titles = dict(zip(made.live.units["code"], made.units, strict=True))
    names = {row["code"]: row["choice"] for row in made.indicators}
    first = made.rows["chosen"]
    area = {
        SUMMARY: f"A1:M{grid.layout(count).footnote + 1}",
        MULTIPLES: "A1:G40",
        CALCULATION: f"B{first + 1}:M{first + len(MEASURES)}",
    }
    for unit, month, indicator in _choices(case):
        typed = {cell["unit"]: titles[unit], cell["month"]: WORDS.month(month), cell["indicator"]: names[indicator]}
        yield {"type": {SUMMARY: typed}, "area": area}


@pytest.mark.parametrize("name", CASES)
def test_every_choice_shows_what_the_analysis_says(name: str, chosen: dict[str, list[dict[str, Rows]]]) -> None:
    case, compared, differences = CASES[name](), 0, []
    expected = {}
    for choice, state in zip(_choices(case), chosen[name], strict=True):
        unit, month, indicator = choice
        if (unit, month) not in expected:
            content, made = written(case.tables(month, unit))
            expected[unit, month] = made, {sheet: stored(content, sheet) for sheet in (SUMMARY, MULTIPLES)}
        made, sheets = expected[unit, month]
        for sheet, wanted in (*sheets.items(), (CALCULATION, _charts(made, indicator))):
            shown = state[sheet]
            size = len(shown), len(shown[0])
            for row, (ours, theirs) in enumerate(zip(cells_of(wanted, size), shown, strict=True)):
                for column, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                    if sheet == SUMMARY:
                        if _only_of_the_report(made, row, column):
                            continue
                        one = _title(made, indicator, row, column) or one
                    compared += 1
                    if not same(one, other):
                        differences.append((choice, sheet, row, column, one, other))
    assert differences == []
    assert compared > 15_000


def _only_of_the_report(made: Calculation, row: int, column: int) -> bool:
    """The cells of the choices, and what is known of the reported month and of the whole only."""
    page = grid.layout(len(made.indicators))
    choices = [grid.choice_place(what, len(made.indicators))[:2] for what in ("unit", "month", "indicator")]
    attention = grid.TABLE_TOP <= row < page.choice - 1 and column >= grid.ATTENTION_FIRST
    return (row, column) in choices or attention


def _title(made: Calculation, indicator: str, row: int, column: int) -> str:
    """The title of a chart, which in the month's own report is that of another indicator."""
    if row != grid.layout(len(made.indicators)).chart_titles:
        return ""
    place = made.live.indicators.index(indicator)
    titles = {grid.CHART_COLUMNS[0][0]: "text_month_title", grid.CHART_COLUMNS[1][0]: "text_to_date_title"}
    return str(made.indicators[place][titles[column]]) if column in titles else ""


def _charts(made: Calculation, indicator: str) -> Rows:
    """What the charts of the indicator draw."""
    place = made.live.indicators.index(indicator)
    return [[NOTHING if value != value else value for value in made.months[measure][place]] for measure in MEASURES]


def test_what_is_known_of_the_reported_month_only_says_so(chosen: dict[str, list[dict[str, Rows]]]) -> None:
    case = example()
    headings = {
        choice: state[SUMMARY][grid.TABLE_TOP][grid.ATTENTION_FIRST]
        for choice, state in zip(_choices(case), chosen["example"], strict=True)
    }
    assert headings["ALL", 9, "LN"] == "Требуют внимания"
    assert headings["ALL", 8, "LN"] == headings["M2", 9, "LN"] == "Требуют внимания в целом за сентябрь"
