"""What counts of closed months, and what is told of them, when forms, plan and decisions change afterwards."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.activities import Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.periods import Month, parse_period
from pipeline.domain.submissions import Explanation
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.forms.write import form_workbook
from pipeline.history.record import PlanFile
from pipeline.history.snapshot import plan_of
from pipeline.plan.write import plan_workbook
from pipeline.run.inputs import Options
from pipeline.run.memory import compare, history, reopen, status
from pipeline.run.outcome import Exit
from pipeline.run.renewal import next_year
from pipeline.run.report import make_report
from pipeline.run.report_files import REPORT
from pipeline.settings import Settings
from pipeline.words import Words
from tests.closed_months import (
    CONFIG,
    PLAN,
    accepted,
    at,
    closed,
    figure,
    plain_files,
    put,
    put_plan,
    run,
    told,
    with_figures,
)
from tests.institution import institution, steady
from tests.plans import small_plan

JANUARY, FEBRUARY, MARCH = (Month(2013, number) for number in (1, 2, 3))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two units that handed in January, exactly as planned; reports are plain texts."""
    monkeypatch.chdir(institution(tmp_path, {unit: steady(PLAN, unit, 1) for unit in ("M1", "M2")}))
    monkeypatch.setattr("pipeline.run.report.report_files", plain_files)
    return tmp_path


def latest() -> str:
    return max(Path("output").rglob(REPORT)).read_text(encoding="utf-8")


def explained(month: int, text: str) -> Explanation:
    return Explanation("VS.ST", month, "", text, "", "")


@pytest.mark.parametrize("closings", [(), (JANUARY,), (JANUARY, FEBRUARY), (FEBRUARY,), (JANUARY, FEBRUARY, MARCH)])
def test_an_explanation_stays_however_many_months_are_closed_after_it(here: Path, closings: tuple[Month, ...]) -> None:
    for month in (JANUARY, FEBRUARY, MARCH):
        put(here, with_figures("M1", month.number, {("VS.ST", 1): 2}, explanations=[explained(1, "Ремонт кровли")]))
        put(here, with_figures("M2", month.number))
        if month in closings:
            assert closed(f"2013-0{month.number + 1}-05", month, "пора").exit == Exit.MADE
    run("2013-04-06", "2013-Q1")
    assert latest().count("Ремонт кровли") == 1


def test_an_accepted_figure_is_explained_as_its_form_does(here: Path) -> None:
    (here / "input/2013/M2.xlsx").unlink()
    closed("2013-02-05", JANUARY, "M2 болеет")
    put(here, with_figures("M1", 2))
    put(here, with_figures("M2", 2, {("VS.ST", 1): 1}, explanations=[explained(1, "Ремонт кровли")]))
    run("2013-02-06", "2013-02")
    assert "Ремонт кровли" not in latest()
    accepted("2013-02-07")
    run("2013-02-08", "2013-02")
    assert figure("M2", "VS.ST", 1) == 1 and "Ремонт кровли" in latest()


def test_an_accepted_figure_counts_though_its_form_can_no_longer_be_read(here: Path) -> None:
    form = here / "input/2013/M2.xlsx"
    form.unlink()
    closed("2013-02-05", JANUARY, "M2 болеет")
    put(here, with_figures("M2", 1))
    accepted("2013-02-06")
    put(here, with_figures("M1", 2))
    form.write_bytes(form.read_bytes()[:3000])
    run("2013-03-05")
    assert figure("M2", "VS.ST", 1) == 8
    form.unlink()
    run("2013-03-06")
    assert figure("M2", "VS.ST", 1) == 8


def test_what_a_unit_did_before_it_left_stays_done(here: Path) -> None:
    until_march = replace(PLAN, units=Units((Unit("M1", "Методист 1", until=3), Unit("M2", "Методист 2"))))
    put_plan(here, until_march)
    done = Mark("M1", "A2", 1, "done", date(2013, 2, 7), "Проведено", NOWHERE)
    put(here, replace(with_figures("M1", 3, plan=until_march), marks=(done,)), until_march)
    put(here, with_figures("M2", 3, plan=until_march), until_march)
    closed("2013-04-05", MARCH, "пора")
    (here / "input/2013/M1.xlsx").unlink()
    put(here, with_figures("M2", 4, plan=until_march), until_march)
    for day, month in (("2013-05-05", "2013-04"), ("2013-06-05", "2013-05")):
        run(day, month)
        assert latest().count("Проведено") == 1
        closed(day, Month(2013, int(month[-2:])), "пора")


def test_what_the_plan_no_longer_asks_is_no_blank_cell(here: Path) -> None:
    closed("2013-02-05", JANUARY)
    without = tuple(one for one in PLAN.targets if (one.unit, one.indicator) != ("M1", "DEBT"))
    put_plan(here, replace(PLAN, targets=without))
    for unit in ("M1", "M2"):
        put(here, with_figures(unit, 2))
    assert not [line for line in told(run("2013-03-02")) if "Задолжники" in line and "в форме теперь пусто" in line]
    assert accepted("2013-03-03").exit == Exit.FAILED
    put_plan(here, PLAN)
    run("2013-03-04")
    assert figure("M1", "DEBT", 1) == 3


def test_a_closed_figure_is_traced_to_where_it_stands_now(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(here)
    put(here, with_figures("M1", 1, {("VS.MO", 1): 11}))
    closed("2013-02-05", JANUARY)
    members = list(PLAN.indicators.members)
    members.insert([one.code for one in members].index("VS.MO"), Indicator("NEW", "Новый показатель", "S1", "ед."))
    longer = replace(PLAN, indicators=Indicators(tuple(members)), targets=(*PLAN.targets, Target("NEW", "M1", 120)))
    put_plan(here, longer)
    put(here, with_figures("M1", 2, {("VS.MO", 1): 11, ("NEW", 1): None}, longer), longer)
    (here / "input/2013/M1.xlsx").rename(here / "input/2013/Методист.xlsx")
    run("2013-03-05")
    with Path("output/2013-02/data.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if row[3] == "VS.MO" and row[6:8] == ["1", "факт"]]
    assert [row[8:] for row in rows] == [["11", "2013/Методист.xlsx", "Январь", "G13"]]


def test_a_month_closed_together_with_a_later_one_shows_nothing_of_that(here: Path) -> None:
    put(here, with_figures("M1", 3, {("VS.ST.EV", 3): 99}))
    put(here, with_figures("M2", 3, {("VS.ST", 3): None}))
    closed("2013-04-05", MARCH, "пора")
    assert not [line for line in told(run("2013-04-06", "2013-01")) if "Март" in line]
    assert [line for line in told(run("2013-04-06", "2013-03")) if "Март" in line]


def test_what_a_correction_does_is_told_for_the_month_reported(here: Path) -> None:
    """The stock is what was stated last: in February nothing, so January's correction is 10; in March it is 30."""
    put(here, with_figures("M1", 1, {("FUND", 1): 10}))
    closed("2013-02-05", JANUARY)
    put(here, with_figures("M1", 3, {("FUND", 1): 20, ("FUND", 2): None, ("FUND", 3): 30}))
    put(here, with_figures("M2", 3))
    closed("2013-04-05", MARCH, "пора")
    for month, effect in (("2013-02", "effect=10.0"), ("2013-03", "effect=0.0")):
        run("2013-04-06", month)
        assert effect in Path("output", month, REPORT).read_text(encoding="utf-8")


def test_next_years_plan_takes_what_was_accepted_after_the_last_month_was_closed(here: Path) -> None:
    for unit in ("M1", "M2"):
        put(here, with_figures(unit, 12))
    closed("2014-01-10", Month(2013, 12))
    put(here, with_figures("M2", 12, {("VS.ST", 11): 800}))
    assert told(accepted("2014-01-12")) == [
        "Принято 1 исправление. Год закрыт, его отчёты остаются прежними. В план следующего года исправление войдёт.",
        "Чтобы это вошло и в отчёт за год, снова откройте последний месяц: "
        "«run-report reopen 2013-12 --reason ПРИЧИНА».",
    ]
    assert next_year(CONFIG, 2014, iter).exit == Exit.MADE
    plan = plan_of(PlanFile("", "", (here / "input/2014/plan.xlsx").read_bytes()))
    assert plan.last_year["M2", "VS.ST"][9:] == (8, 800, 8)
    assert reopen(CONFIG, Month(2013, 12), "Уточнено", lambda: at("2014-01-13")).exit == Exit.MADE
    run("2014-01-14", "2013")
    assert figure("M2", "VS.ST", 11) == 800


def test_a_correction_of_last_year_is_accepted_when_the_new_one_has_begun(here: Path) -> None:
    closed("2013-02-05", JANUARY)
    put(here, with_figures("M2", 1, {("VS.ST", 1): 80}))
    (here / "input/2014").mkdir()
    later = small_plan(year=2014)
    (here / "input/2014/plan.xlsx").write_bytes(plan_workbook(later, Words(), 2014))
    content = form_workbook(later, "M1", Settings(), Words(), steady(later, "M1", 1))
    (here / "input/2014/M1.xlsx").write_bytes(content)
    assert told(accepted("2014-02-02")) == ["Принято 1 исправление. Итоги с начала года — с его учётом."]


def test_who_stands_in_the_way_of_closing_is_told_with_months_by_name(here: Path) -> None:
    put(here, with_figures("M1", 5, {("FUND", 2): None, ("FUND", 4): None}))
    refused = told(closed("2013-06-05", Month(2013, 5)))
    assert "Методист 1 (февраль, апрель); Методист 2 (февраль–май)." in refused[-1]


def test_reasons_are_told_with_their_months(here: Path) -> None:
    closed("2013-02-05", JANUARY, "Так решили")
    put(here, with_figures("M1", 2))
    closed("2013-03-05", FEBRUARY, "M2 болеет")
    lines = told(status(CONFIG, None, iter).outcome)
    assert "Январь — закрыто с оговоркой: Так решили" in lines
    assert "Февраль — закрыто с оговоркой: M2 болеет" in lines


def test_what_the_plan_knows_and_nobody_has_stated_is_no_unknown_code(here: Path) -> None:
    (here / "input/2013/M2.xlsx").unlink()
    run("2013-02-05")
    for indicator, unit in (("VS", ""), ("VS.ST", "M2")):
        answer = history(CONFIG, indicator, unit, None)
        assert told(answer.outcome) == ["Об этом никто ничего не сообщал."]


def test_compare_tells_what_no_longer_counts_as_its_unit_has_left_the_plan(here: Path) -> None:
    run("2013-02-04")
    closed("2013-02-05", JANUARY)
    alone = Units((Unit("DEP", "Отдел"), Unit("M1", "Методист 1", "DEP")))
    targets = tuple(one for one in PLAN.targets if one.unit == "M1")
    put_plan(here, replace(PLAN, units=alone, targets=targets))
    put(here, with_figures("M1", 2))
    outcome = run("2013-03-05", "2013-02")
    assert "В плане больше нет кодов, по которым есть данные закрытых месяцев: M2" in "".join(told(outcome))
    answer = compare(CONFIG, parse_period("2013-01"), parse_period("2013-02")).answer
    assert answer is not None
    assert ("M2", "VS.ST", 1, "actual", 8.0, None, None) in answer.rows


def test_a_unit_that_has_left_the_plan_is_no_matter_of_another_ones_report(here: Path) -> None:
    closed("2013-02-05", JANUARY)
    alone = Units((Unit("DEP", "Отдел"), Unit("M1", "Методист 1", "DEP")))
    put_plan(here, replace(PLAN, units=alone, targets=tuple(one for one in PLAN.targets if one.unit == "M1")))
    (here / "input/2013/M2.xlsx").unlink()
    put(here, with_figures("M1", 2))
    own = make_report(Options(CONFIG, period=parse_period("2013-02"), unit="M1"), iter, lambda: at("2013-03-05"))
    assert "В плане больше нет кодов" not in "".join(told(own))
