"""The tree of units: every node's figures by each indicator's rule, and the report of one node."""

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import fmean

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.analysis.consolidate import Consolidated, consolidate, nodes
from pipeline.analysis.forecast import forecast
from pipeline.analysis.handing_in import units_table
from pipeline.analysis.indicator_tables import indicators_table, unit_indicators_table
from pipeline.analysis.live_table import live_table
from pipeline.analysis.standings import standings_table
from pipeline.cli.main import report
from pipeline.domain.activities import Mark
from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.memory import Correction, FigureKey, Memory
from pipeline.domain.periods import parse_period
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Entry, Identity, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import ALL, Unit, Units
from pipeline.history.ledger import open_ledger
from pipeline.history.snapshot import Basis
from pipeline.intake.reading import Input
from pipeline.problems import problem
from pipeline.report.workbook import report_workbook
from pipeline.run.node import UnknownUnitError, basis_below, find_unit
from pipeline.settings import Settings
from pipeline.words import Words
from tests.institution import institution, steady
from tests.plans import small_plan
from tests.report_tables import example_tables
from tests.test_analysis import forms_of

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported and will be removed:UserWarning")

RULES = ("sum", "max", "mean", "none")
MONTH = 2


def indicators() -> Indicators:
    """One of each rule over units, one made of parts, one ratio."""
    plain = [Indicator(rule, rule, "S", "ед.", over_units=rule) for rule in RULES]
    whole = Indicator("W", "W", "S", "ед.")
    parts = [Indicator(f"W.{one}", one, "S", "ед.", "W", "part") for one in "AB"]
    ratio = Indicator("Q", "Q", "S", "%", relation="ratio", formula="sum / W * 100")
    return Indicators((*plain, whole, *parts, ratio))


ENTERED = (*RULES, "W.A", "W.B")


@st.composite
def years(draw: st.DrawFn) -> tuple[Plan, list[Submission]]:
    """A random tree of units, each with some of the indicators, and some of their figures of two months."""
    count = draw(st.integers(1, 9))
    parents = [draw(st.integers(-1, at - 1)) for at in range(count)]
    units = Units(tuple(Unit(f"U{at}", f"U{at}", f"U{up}" if up >= 0 else None) for at, up in enumerate(parents)))
    targets, forms = [], []
    for unit in units.members:
        own = draw(st.lists(st.sampled_from(ENTERED), unique=True))
        targets += [Target(code, unit.code, 12) for code in own]
        entries = tuple(
            Entry(code, month, "actual", float(value), "", "")
            for code in own
            for month in (1, MONTH)
            if (value := draw(st.none() | st.integers(0, 50))) is not None
        )
        forms.append(Submission(f"{unit.code}.xlsx", "", Identity(unit.code, 2013, 1), entries, (), ()))
    return Plan(2013, "План", units, (), indicators(), tuple(targets)), forms


def stated(forms: list[Submission]) -> dict[tuple[str, str, int], float]:
    return {(form.identity.unit, one.indicator, one.month): one.value for form in forms for one in form.entries}


def plain_figures(
    plan: Plan, forms: list[Submission], node: str, month: int
) -> dict[str, tuple[float | None, int, int]]:
    """The recursive model — code → figure of the month, number of figures received, of those expected."""
    known, reporting = stated(forms), {(target.unit, target.indicator) for target in plan.targets}

    def below(code: str) -> Iterator[str]:
        yield code
        for child in plan.units.children[code]:
            yield from below(child.code)

    def of(code: str) -> tuple[float | None, int, int]:
        if code == "W":
            parts = [of(part) for part in ("W.A", "W.B")]
            values = [value for value, _, _ in parts if value is not None]
            return (sum(values) if values else None), sum(part[1] for part in parts), sum(part[2] for part in parts)
        own = [known.get((unit, code, month)) for unit in below(node)]
        values = [value for value in own if value is not None]
        expected = sum((unit, code) in reporting for unit in below(node))
        return _added(code, values), len(values), expected

    def _added(code: str, values: list[float]) -> float | None:
        if not values:
            return None
        if code == "none":
            ever = {unit for unit in below(node) if any((unit, code, one) in known for one in (1, MONTH))}
            mine = known.get((node, code, month))
            return mine if mine is not None else values[0] if len(ever) == 1 else None
        return {"max": max, "mean": fmean}.get(code, sum)(values)

    found = {code: of(code) for code in (*ENTERED, "W")}
    (top, *first), (bottom, *second) = found["sum"], found["W"]
    ratio = top / bottom * 100 if top is not None and bottom else None
    return found | {"Q": (ratio, first[0] + second[0], first[1] + second[1])}


def node_figures(data: Consolidated, node: str, month: int) -> dict[str, tuple[float | None, int, int]]:
    at, now = data.axes.unit_at[node], month - 1
    values = data.month.actual[at, :, now].tolist()
    counts = zip(data.month.received[at, :, now].tolist(), data.month.expected[at, :, now].tolist(), strict=True)
    members = data.axes.indicator_at
    return {
        code: (None if math.isnan(value) else value, *count)
        for code, value, count in zip(members, values, counts, strict=True)
    }


@given(years())
def test_every_node_is_what_a_plain_recursion_over_the_tree_gives(year: tuple[Plan, list[Submission]]) -> None:
    plan, forms = year
    data = consolidate(plan, forms)
    for node in plan.units.by_code:
        for month in (1, MONTH):
            found, model = node_figures(data, node, month), plain_figures(plan, forms, node, month)
            assert {code: found[code][1:] for code in model} == {code: count[1:] for code, count in model.items()}
            assert {code: found[code][0] for code in model} == pytest.approx(
                {code: count[0] for code, count in model.items()}
            )


@given(years(), st.randoms(use_true_random=False))
def test_a_part_of_the_tree_by_itself_has_the_figures_that_it_has_within_the_whole(
    year: tuple[Plan, list[Submission]], chance: random.Random
) -> None:
    plan, forms = year
    node = chance.choice(sorted(plan.units.by_code))
    part = basis_below(Basis(Settings(), plan, tuple(forms), (), ()), node)
    alone = consolidate(part.plan, part.submissions)
    whole = consolidate(plan, forms)
    assert part.plan.units.root.code == node
    for below in part.plan.units.by_code:
        found, expected = node_figures(alone, below, MONTH), node_figures(whole, below, MONTH)
        assert found == {code: expected[code] for code in found}
        assert all(expected[code] == (None, 0, 0) for code in expected.keys() - found.keys() - {"Q"})
    assert [unit.code for _, unit in part.plan.units.walk()] == [unit.code for _, unit in plan.units.walk(node)]


# Two districts with two libraries each, on disk

TREE = Units(
    (
        Unit("R", "Область", kind="область"),
        *(Unit(f"D{at}", f"Район {at}", "R", "район") for at in (1, 2)),
        *(Unit(f"L{at}", f"Библиотека {at}", f"D{(at + 1) // 2}", "библиотека") for at in (1, 2, 3, 4)),
    )
)


def region() -> Plan:
    """Each library with visits and a stock, one of the second district with trips too, the region with what is
    entered once."""
    small = small_plan()
    once = Indicator("POLL", "Довольны обслуживанием", "S1", "%", over_months="last", over_units="none")
    libraries = [f"L{at}" for at in (1, 2, 3, 4)]
    return replace(
        small,
        units=TREE,
        indicators=Indicators((*small.indicators.members, once)),
        targets=(
            *(Target(code, unit, 120) for unit in libraries for code in ("VS.ST", "FUND")),
            Target("TRIP", "L3", 12),
            Target("POLL", "R", 90),
        ),
        activities=tuple(
            replace(small.activities[0], code=code, responsible=units)
            for code, units in (("A1", ("L1", "L3")), ("A2", ("L4",)))
        ),
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All handed in January and February as planned, save L2, which has no form; a file that can't be read."""
    plan = region()
    forms = {f"{unit} {plan.units.by_code[unit].title}": steady(plan, unit, 2) for unit in ("R", "L1", "L3", "L4")}
    monkeypatch.chdir(institution(tmp_path, forms, plan))
    (tmp_path / "input/2013/L4 Библиотека 4 (копия).xlsx").write_text("не книга")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(report, arguments, catch_exceptions=False)
    return done.exit_code, done.output


def cells(path: Path, sheet: str) -> set[object]:
    rows = load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return {cell for row in rows for cell in row if cell is not None}


def test_a_districts_report_is_of_its_own_units_alone(here: Path) -> None:
    code, told = run("--unit", "D1")
    assert code == 0, told  # the damaged file is the other district's
    assert "сдали 1 из 2" in told
    path = here / "output/2013-02/D1/report.xlsx"
    assert not (here / "output/2013-02/report.xlsx").exists()
    units = cells(path, "Исполнители")
    assert {"Библиотека 1", "Библиотека 2"} <= units and not {"Библиотека 3", "Область"} & units
    assert not any("Библиотека 4" in str(cell) for cell in cells(path, "Замечания"))
    figures = cells(path, "План-факт")
    assert {"VS.ST", "FUND", "ATT"} <= figures and not {"TRIP", "POLL"} & figures
    ranking = load_workbook(path)["Библиотеки"]
    assert [ranking[f"B{row}"].value for row in (6, 7)] == ["Библиотека 1", "Библиотека 2"]
    assert any("Библиотека · Район 1" in str(cell) for cell in cells(path, "Сводка"))


def test_the_ledger_records_each_nodes_report_apart_from_the_whole_one(here: Path) -> None:
    assert [run(*arguments)[0] for arguments in ((), ("--unit", "D1"), ("--unit", "D1"))] == [3, 0, 0]
    with open_ledger(here / "ledger.sqlite") as ledger:
        known = ledger.execute("SELECT period, path FROM report ORDER BY id").fetchall()
    assert [tuple(row) for row in known] == [("2013-02", "2013-02/report.xlsx"), ("2013-02", "2013-02/D1/report.xlsx")]


def test_a_nodes_report_is_not_taken_for_the_periods_own(here: Path) -> None:
    for month in ("2013-01", "2013-02"):
        assert run("--unit", "D1", "--month", month)[0] == 0
    code, told = run("compare", "2013-01", "2013-02")
    assert (code, "2013-01" in told) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [(["--month", "2013-01"], "2013-01"), (["--period", "2013-Q1"], "2013-Q1"), (["--output", "elsewhere"], "2013-02")],
)
def test_a_nodes_report_is_made_of_any_month_and_period(here: Path, arguments: list[str], folder: str) -> None:
    assert run("--unit", "d2", *arguments)[0] == 3
    output = here / ("elsewhere" if "--output" in arguments else "output")
    assert (output / folder / "D2" / "report.xlsx").exists()


def test_of_a_closed_month_a_node_has_what_was_frozen(here: Path) -> None:
    (here / "input/2013/L4 Библиотека 4 (копия).xlsx").unlink()
    assert run("close", "2013-01", "--anyway", "нет L2")[0] == 0
    for path in (here / "input/2013").glob("L*.xlsx"):
        path.unlink()
    code, told = run("--unit", "D2", "--month", "2013-01")
    assert (code, "сдали 2 из 2" in told) == (0, True), told


def test_one_library_may_be_the_whole_of_a_report_and_the_root_is_the_whole_itself(here: Path) -> None:
    assert run("--unit", "библиотека 1")[0] == 0
    assert (here / "output/2013-02/L1/report.xlsx").exists()
    assert run("--unit", "R")[0] == 3
    assert (here / "output/2013-02/report.xlsx").exists()


def test_an_unknown_unit_is_named_with_the_nearest(here: Path) -> None:
    code, told = run("--unit", "Райн 2")
    assert (code, "«Райн 2»" in told, "«Район 2»" in told) == (2, True, True)
    assert not (here / "output").exists() and not (here / "ledger.sqlite").exists()


def test_a_title_that_two_units_have_names_neither() -> None:
    units = Units((Unit("A", "Филиал"), Unit("B", "филиал"), Unit("М1", "Центр")))
    assert (find_unit(units, "b"), find_unit(units, "M1"), find_unit(units, "центр")) == ("B", "М1", "М1")
    with pytest.raises(UnknownUnitError):
        find_unit(units, "Филиал")


def basis(**fields: object) -> Basis:
    known = {"settings": Settings(), "plan": region(), "submissions": (), "problems": (), "inputs": ()}
    return Basis(**(known | fields))  # type: ignore[arg-type]


def test_problems_are_those_of_the_nodes_files_and_of_files_that_may_be_its_own() -> None:
    plan, own, other, unknown = "2013/plan.xlsx", "2013/1.xlsx", "2013/3.xlsx", "2013/?.xlsx"
    named = "2013/L3 Библиотека 3 новая.xlsx"
    inputs = (
        Input(plan, "plan", "", ""),
        Input(own, "form", "L1", ""),
        Input(other, "form", "L3", ""),
        Input(unknown, "other", "", ""),
        Input(named, "other", "", ""),
    )
    found = (
        *(problem("intake.file_damaged", Address(file)) for file in (own, other, unknown, named)),
        problem("plan.remark", Address(plan), "о целом", place="с. 1"),
        problem("plan.formula_unreadable", Address(plan), "A /"),
        *(problem("plan.target_negative", Address(plan), unit=unit) for unit in ("L2", "L4")),
    )
    below = basis_below(basis(problems=found, inputs=inputs), "D1")
    assert [(one.code, one.address.file, one.unit) for one in below.problems] == [
        ("intake.file_damaged", own, ""),
        ("intake.file_damaged", unknown, ""),
        ("plan.formula_unreadable", plan, ""),
        ("plan.target_negative", plan, "L2"),
    ]
    assert [one.file for one in below.inputs] == [plan, own, unknown]


@pytest.mark.parametrize("node", ["D1", "D2"])
def test_a_nodes_forecast_is_the_one_it_has_in_the_whole_report(node: str) -> None:
    """Both districts bring 1000 a month; last year one of them slowed down in autumn, and the other gained."""
    past = {("D1", "V"): (1200.0,) * 9 + (400.0,) * 3, ("D2", "V"): (800.0,) * 9 + (1600.0,) * 3}
    units = Units((Unit("R", "Область"), Unit("D1", "Район 1", "R"), Unit("D2", "Район 2", "R")))
    visits, targets = Indicator("V", "Посещения", "S", "ед."), (Target("V", "D1", 12000), Target("V", "D2", 12000))
    plan = Plan(2013, "План", units, (), Indicators((visits,)), targets, last_year=past)
    whole = basis(plan=plan, submissions=tuple(forms_of(actual={(code, "V"): [1000.0] * 9 for code in ("D1", "D2")})))
    part = basis_below(whole, node)
    found = [consolidate(one.plan, one.submissions) for one in (whole, part)]
    assert [float(forecast(data, 9)[data.axes.unit_at[node], 0]) for data in found] == [12000, 12000]
    assert part.plan.last_year == {(node, "V"): past[node, "V"]}, "what else is known of last year is its own"


def test_a_shared_activity_is_done_whoever_of_the_responsible_says_so() -> None:
    plan = region()
    marks = tuple(Mark("L3", code, 1, "done", date(2013, 4, 23), "", NOWHERE) for code in ("A1", "A2"))
    form = replace(steady(plan, "L3", 2), marks=marks)
    below = basis_below(basis(plan=plan, submissions=(form,)), "D1")
    assert [(one.code, one.responsible) for one in below.plan.activities] == [("A1", ("L1",))]
    (kept,) = below.submissions
    assert ([mark.activity for mark in kept.marks], kept.entries) == (["A1"], ())


def test_what_is_remembered_of_other_units_is_not_the_nodes() -> None:
    corrections = tuple(Correction(FigureKey(unit, "FUND", 1, "actual"), 1, 2, NOWHERE) for unit in ("L1", "L3"))
    memory = Memory(corrections, frozenset({("L2", 1), ("L4", 1)}), "знак")
    below = basis_below(basis(memory=memory), "D1").memory
    assert ([one.key.unit for one in below.corrections], below.late) == (["L1"], {("L2", 1)})


def test_below_a_root_that_stands_for_several_tops_a_district_is_a_part_too() -> None:
    units = Units((Unit("D1", "Район 1"), Unit("L1", "Библиотека", "D1"), Unit("D2", "Район 2")), "Все")
    part = units.below("D1")
    assert (units.is_part, part.is_part, part.root.code, part.root.parent) == (False, True, "D1", ALL)
    assert units.below(ALL) is units


def flat(count: int) -> tuple[Plan, list[Submission]]:
    """So many libraries without districts, and the forms of a year in which all did in January what was planned."""
    units = Units(tuple(Unit(f"L{at:02}", f"Библиотека {at}") for at in range(count)), "Область")
    visits = Indicator("VS", "Посещения", "S", "ед.", main=True)
    targets = tuple(Target("VS", unit.code, 120) for unit in units.members)
    forms = [
        Submission("", "", Identity(t.unit, 2013, 1), (Entry("VS", 1, "actual", 10, "", ""),), (), ()) for t in targets
    ]
    return Plan(2013, "План", units, (), Indicators((visits,)), targets), forms


@pytest.mark.parametrize(("count", "ranked", "left_out"), [(30, 0, 10), (31, 31, 11)])
def test_many_units_on_one_level_are_ranked_and_those_who_cannot_be_chosen_are_counted(
    count: int, ranked: int, left_out: int
) -> None:
    plan, forms = flat(count)
    data, january, limits = consolidate(plan, forms), parse_period("2013-01"), Thresholds()
    states = units_table(data, january, {})
    main = indicators_table(nodes(data, [ALL]), january, limits, ())
    table = standings_table(data, unit_indicators_table(data, ALL, ["VS"], 1, limits), main, states)
    live = live_table(consolidate(plan, forms), ALL, ["VS"], 1, limits, states)
    assert (len(table), live.left_out, len(live.units)) == (ranked, left_out, 21)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (1, "Ещё 1\u00a0подразделение не вошло в список:"),
        (22, "Ещё 22\u00a0подразделения не вошли в список:"),
        (380, "Ещё 380\u00a0подразделений не вошло в список:"),
    ],
)
def test_the_list_to_choose_from_says_how_many_are_not_in_it(left_out: int, said: str) -> None:
    tables = example_tables()
    cut = replace(tables, live=replace(tables.live, left_out=left_out))
    sheet = load_workbook(BytesIO(report_workbook(cut, Words("ru"), dict)))["Сводка"]
    prompts = [str(one.prompt) for one in sheet.data_validations.dataValidation]
    assert sum(said in prompt for prompt in prompts) == 1
    assert max(map(len, prompts)) <= 255  # Excel's own limit


@pytest.mark.parametrize("formula", ["", "VS / ", "VS / NOPE"])
def test_a_ratio_that_cannot_be_computed_is_named_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formula: str
) -> None:
    plan = small_plan()
    members = tuple(replace(one, formula=formula) if one.code == "ATT" else one for one in plan.indicators.members)
    plan = replace(plan, indicators=Indicators(members))
    monkeypatch.chdir(institution(tmp_path, {"M1": steady(plan, "M1", 2)}, plan))
    for arguments in ((), ("--unit", "M1")):
        code, told = run(*arguments)
        assert (code, "Показатели" in told) == (3, True), told
    assert plan.indicators.only(["VS"]).by_code.keys() == {"VS"}
