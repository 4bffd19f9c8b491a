"""Fresh forms with all that was entered, and the next year's plan."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicators
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Explanation, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.forms.read import read_form
from pipeline.forms.write import form_workbook
from pipeline.history.next_year import blank_months, next_plan
from pipeline.history.record import PlanFile
from pipeline.history.reissue import entered, lost
from pipeline.history.snapshot import plan_of
from pipeline.intake.find import find_plan
from pipeline.intake.load import load
from pipeline.plan.audit import audit
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.problems import shown
from pipeline.run.inputs import Options
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.renewal import next_year, reissue
from pipeline.run.report import make_report
from pipeline.settings import Settings
from pipeline.words import Words
from tests.forms import filled_form, read_bytes
from tests.institution import institution, steady
from tests.plans import small_plan

PLAN = plan_of(PlanFile("2013/plan.xlsx", "", plan_workbook(small_plan(), Words(), 2013)))
"""As it is read: a form knows its plan by what the workbook says."""
NOW = datetime(2013, 9, 10, 9, 30)
REVISED = replace(PLAN, targets=(*PLAN.targets, Target("VS.ST", "M2", 148.0, 9, "Приказ", "№ 5")))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """M1 has filled eight months with causes, marks and an activity beyond the plan, M2 as planned."""
    forms = {"M1": filled_form(PLAN, "M1", 8), "M2": steady(PLAN, "M2", 8)}
    monkeypatch.chdir(institution(tmp_path, forms, PLAN))
    return tmp_path


def reissued(*units: str) -> Outcome:
    return reissue(Path("config.toml"), units, None, iter, lambda: NOW)


def told(outcome: Outcome) -> str:
    lines = [shown(problem, outcome.words) for problem in outcome.problems] + list(outcome.lines)
    return "\n".join(lines).replace("\u00a0", " ")


def form(path: Path, plan: Plan = PLAN) -> Submission:
    found = read_form(read_bytes(path.read_bytes(), path.name), plan).submission
    assert found is not None
    return found


def test_everything_entered_stands_in_the_fresh_form_and_the_old_one_is_kept(here: Path) -> None:
    path = here / "input/2013/M1.xlsx"
    old, before = path.read_bytes(), form(path)
    outcome = reissued("M1")
    assert (outcome.exit, told(outcome)) == (
        Exit.MADE,
        "Новая форма: input/2013/M1.xlsx. Прежняя отложена: archive/2013/M1 2013-09-10 09-30-00.xlsx.",
    )
    assert (here / "archive/2013/M1 2013-09-10 09-30-00.xlsx").read_bytes() == old
    after = form(path)
    assert after == replace(before, entries=after.entries)
    assert set(before.entries) == set(after.entries) and before.explanations and before.marks and before.extras


def test_a_revised_plan_comes_into_the_months_to_come_only(here: Path) -> None:
    make_report(Options(Path("config.toml")), iter, lambda: NOW)  # the ledger keeps the plan that then stood
    (here / "input/2013/plan.xlsx").write_bytes(plan_workbook(REVISED, Words(), 2013))
    assert reissued("M2").exit == Exit.MADE
    entries = {
        (entry.month, entry.measure): entry.value for entry in form(here / "input/2013/M2.xlsx", REVISED).entries
    }
    planned = [entries[month, "planned"] for month in range(1, 13)]
    assert planned == [8, 9, 8, 8, 9, 8, 8, 9, 20, 21, 20, 20]
    assert sum(planned) == 148
    assert [entries[month, "actual"] for month in range(1, 9)] == planned[:8]


def test_a_planned_figure_that_was_typed_is_carried_over_a_revision() -> None:
    typed = Entry("VS.ST", 11, "planned", 30, "", "")
    old = replace(steady(PLAN, "M2", 8), entries=(*steady(PLAN, "M2", 8).entries, typed))
    book = read_bytes(form_workbook(PLAN, "M2", Settings(), Words(), old), "M2.xlsx")
    read = read_form(book, PLAN).submission
    assert read is not None
    kept = entered(read, REVISED, ())
    planned = {entry.month: entry.value for entry in kept.entries if entry.measure == "planned"}
    assert planned == {1: 8, 2: 9, 3: 8, 4: 8, 5: 9, 6: 8, 7: 8, 8: 9, 11: 30}


def test_nothing_is_replaced_where_something_cannot_be_carried(here: Path) -> None:
    path = here / "input/2013/M1.xlsx"
    old = path.read_bytes()
    without = tuple(one for one in PLAN.activities if one.code != "A1")
    assert any(mark.activity == "A1" for mark in form(path).marks)
    changed = replace(PLAN, activities=without)
    (here / "input/2013/plan.xlsx").write_bytes(plan_workbook(changed, Words(), 2013))
    outcome = reissued("M1")
    assert outcome.exit == Exit.FAILED
    assert "форма не заменена, потому что прочитана не вся" in told(outcome)
    assert path.read_bytes() == old
    assert not (here / "archive").exists()


def with_a2_due(due: str) -> Plan:
    activities = [
        replace(one, due=due, deadline=read_deadline(due, 2013)) if one.code == "A2" else one for one in PLAN.activities
    ]
    return replace(PLAN, activities=tuple(activities))


def a2_marks(path: Path, plan: Plan) -> list[int]:
    return [mark.occurrence for mark in form(path, plan).marks if mark.activity == "A2"]


def test_marks_stay_with_their_dates_where_the_plan_has_got_another_before_them(here: Path) -> None:
    path = here / "input/2013/M1.xlsx"
    assert a2_marks(path, PLAN) == [1, 2]  # of 7 February and 17 October
    changed = with_a2_due("7 февраля; 17 октября; 10 января")
    (here / "input/2013/plan.xlsx").write_bytes(plan_workbook(changed, Words(), 2013))
    assert reissued("M1").exit == Exit.MADE
    assert a2_marks(path, changed) == [2, 3]


def test_a_form_with_a_mark_of_a_date_that_the_plan_has_lost_is_not_replaced(here: Path) -> None:
    path = here / "input/2013/M1.xlsx"
    old = path.read_bytes()
    (here / "input/2013/plan.xlsx").write_bytes(plan_workbook(with_a2_due("17 октября"), Words(), 2013))
    outcome = reissued("M1")
    assert [problem.code for problem in outcome.problems if problem.severity == "error"] == [
        "forms.occurrence_gone",
        "history.form_unread",
    ]
    assert path.read_bytes() == old


def test_a_form_with_errors_is_not_replaced(here: Path) -> None:
    path = here / "input/2013/M2.xlsx"
    broken = replace(steady(PLAN, "M2", 8), entries=(Entry("VS.ST", 3, "actual", 5.5, "", ""),))
    path.write_bytes(form_workbook(PLAN, "M2", Settings(), Words(), broken))
    old = path.read_bytes()
    outcome = reissued("M2")
    assert [problem.code for problem in outcome.problems] == ["forms.fraction", "history.form_unread"]
    assert path.read_bytes() == old


def test_a_form_that_is_saved_while_it_is_carried_over_is_not_replaced(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here / "input/2013/M2.xlsx"
    saved = form_workbook(PLAN, "M2", Settings(), Words(), steady(PLAN, "M2", 9))

    def save_and_write(*arguments: Any) -> bytes:
        path.write_bytes(saved)
        return form_workbook(*arguments)

    monkeypatch.setattr("pipeline.run.renewal.form_workbook", save_and_write)
    outcome = reissued("M2")
    assert outcome.exit == Exit.FAILED
    assert "Методист 2: форма изменилась, пока программа её читала. Она не заменена." in told(outcome)
    assert path.read_bytes() == saved and not (here / "archive").exists()


def test_two_files_of_one_unit_become_one_form(here: Path) -> None:
    second = here / "input/2013/M2 (1).xlsx"
    second.write_bytes(form_workbook(PLAN, "M2", Settings(), Words(), steady(PLAN, "M2", 8)))
    assert reissued("M2").exit == Exit.MADE
    assert sorted(path.name for path in (here / "input/2013").iterdir()) == ["M1.xlsx", "M2 (1).xlsx", "plan.xlsx"]
    assert len(list((here / "archive/2013").iterdir())) == 2


def test_two_files_of_one_name_are_both_kept(here: Path) -> None:
    first, second = here / "input/2013/M2.xlsx", here / "input/2013/ещё/M2.xlsx"
    second.parent.mkdir()
    second.write_bytes(first.read_bytes() + b" ")  # the same figures, another content
    contents = {first.read_bytes(), second.read_bytes()}
    assert reissued("M2").exit == Exit.MADE
    assert {path.read_bytes() for path in (here / "archive/2013").iterdir()} == contents


def test_what_a_killed_reissue_has_left_lying_is_cleared_by_the_next(here: Path) -> None:
    reissued("M1")
    for stray in ("input/2013/.M1-x1_.tmp", "archive/2013/.M1 2013-09-01 08-00-00-x2_.tmp"):
        (here / stray).write_bytes(b"half")
    assert reissued("M1").exit == Exit.MADE
    assert not list(here.rglob("*.tmp"))


def test_a_full_disk_leaves_the_form(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = here / "input/2013/M2.xlsx"
    old = path.read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("pipeline.workbooks.files.Path.replace", full)
    outcome = reissued("M2")
    assert outcome.exit == Exit.FAILED and "Записать не удалось" in told(outcome)
    assert path.read_bytes() == old
    assert [each.name for each in (here / "archive/2013").iterdir()] == []


@pytest.mark.parametrize(
    ("unit", "line"),
    [("M3", "Нет исполнителя с кодом «M3»."), ("DEP", "Отдел: формы ещё нет, заменять нечего.")],
)
def test_a_unit_without_a_form(here: Path, unit: str, line: str) -> None:
    assert told(reissued(unit)).startswith(line)


def base() -> Submission:
    day = date(2013, 4, 5)
    return Submission(
        "M1.xlsx",
        "",
        steady(PLAN, "M1", 0).identity,
        (Entry("VS.ST", 3, "actual", 5, "Март", "G9"),),
        (Explanation("VS.ST", 3, "Отпуск", "", "Март", "N9"),),
        (Mark("M1", "A1", 1, "done", day, "Проведено", NOWHERE),),
        (ExtraActivity("M1", "Круглый стол", "TRIP", day, "", NOWHERE),),
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"entries": ()}, ("VS.ST (03)",)),
        ({"entries": (Entry("VS.ST", 3, "actual", 6, "", ""),)}, ("VS.ST (03)",)),
        ({"entries": (*base().entries, Entry("VS.ST", 4, "actual", 0, "", ""))}, ("VS.ST (04)",)),
        ({"entries": (*base().entries, Entry("VS.ST", 4, "planned", 9, "", ""))}, ()),  # pre-filled
        ({"explanations": ()}, ("VS.ST (03)",)),
        ({"marks": ()}, ("A1 (1)",)),
        ({"extras": ()}, ("«Круглый стол»",)),
        ({}, ()),
    ],
)
def test_what_is_lost_is_named(change: dict[str, tuple[object, ...]], what: tuple[str, ...]) -> None:
    assert lost(base(), replace(base(), **change)) == what  # type: ignore[arg-type]


def test_the_next_years_plan_carries_december_and_last_years_figures(here: Path) -> None:
    outcome = next_year(Path("config.toml"), 2014, iter)
    assert told(outcome).splitlines() == [
        "План на 2014 год: input/2014/plan.xlsx. Проверьте в нём задания, мероприятия и сроки, потом сделайте формы: "
        "«run-report forms».",
        "Факт прошлого года перенесён не весь: не хватает 42 из 120 месячных значений.",
    ]
    found, _ = find_plan(here / "input", 2014)
    assert found is not None
    book = load(found).book
    assert book is not None
    plan, problems = read_plan(book)
    assert plan is not None and not [one for one in (*problems, *audit(plan)) if one.severity == "error"]
    assert {(one.unit, one.indicator): one.value for one in plan.targets}["M1", "TRIP"] == 20  # as revised
    assert all(target.since == 1 for target in plan.targets)
    assert (plan.last_year or {})["M2", "VS.ST"] == (8, 9, 8, 8, 9, 8, 8, 9, None, None, None, None)
    again = next_year(Path("config.toml"), 2014, iter)
    assert again.exit == Exit.FAILED and "План этого года уже есть" in told(again)


def test_who_and_what_ended_in_the_year_stays_behind() -> None:
    units = tuple(replace(one, until=6) if one.code == "M2" else one for one in PLAN.units.members)
    members = tuple(
        replace(one, until=9) if one.code == "VS.MO" else replace(one, since=3) if one.code == "DEBT" else one
        for one in PLAN.indicators.members
    )
    plan = next_plan(replace(PLAN, units=Units(units), indicators=Indicators(members)), [steady(PLAN, "M2", 6)])
    assert [unit.code for unit in plan.units.members] == ["DEP", "M1"]
    assert "VS.MO" not in plan.indicators.by_code and plan.indicators.by_code["DEBT"].since == 1
    assert {target.unit for target in plan.targets} == {"M1"} and plan.last_year is None
    assert blank_months(plan) == (8 * 12, 8 * 12)
    assert plan.activities[0].deadline is not None and plan.activities[0].deadline.occurrences[0].end.year == 2014


@pytest.mark.parametrize(
    ("unit", "changes", "left"),
    [
        ("M2", {"units": Units((Unit("M1", "Методист 1"), Unit("M2", "Методист 2", since=3)))}, "Январь"),
        ("M1", {"indicators": Indicators(tuple(one for one in PLAN.indicators.members if one.code != "PEAK"))}, "F16"),
    ],
)
def test_figures_that_have_no_place_in_the_new_plan_are_not_dropped(
    here: Path, unit: str, changes: dict[str, Any], left: str
) -> None:
    changed = replace(PLAN, **changes)
    changed = replace(
        changed, targets=tuple(one for one in PLAN.targets if one.indicator in changed.indicators.by_code)
    )
    (here / "input/2013/plan.xlsx").write_bytes(plan_workbook(changed, Words(), 2013))
    path = here / f"input/2013/{unit}.xlsx"
    old = path.read_bytes()
    outcome = reissued(unit)
    assert outcome.exit == Exit.FAILED
    assert left in told(outcome) and "форма не заменена, потому что прочитана не вся" in told(outcome)
    assert path.read_bytes() == old
    (here / "input/2013/plan.xlsx").write_bytes(plan_workbook(PLAN, Words(), 2013))
    before = form(path)
    assert reissued(unit).exit == Exit.MADE
    assert set(form(path).entries) == set(before.entries)


@pytest.mark.parametrize("typed", [40, "сорок"])
def test_a_total_typed_over_its_formula_is_not_dropped(here: Path, typed: object) -> None:
    """Nobody has filled its parts in September."""
    path = here / "input/2013/M1.xlsx"
    book = openpyxl.load_workbook(path)
    book["Сентябрь"]["G9"] = typed
    book.save(path)
    old = path.read_bytes()
    outcome = reissued("M1")
    assert outcome.exit == Exit.FAILED
    assert "Сентябрь · G9" in told(outcome)
    assert path.read_bytes() == old
