"""The whole intake: forms, strangers and broken files in one folder; every figure keeps its address."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from pipeline.intake.checked import Rules
from pipeline.intake.checks import check, forms_missing
from pipeline.intake.collect import collect
from pipeline.intake.reading import Input
from tests.institution import institution, steady
from tests.plans import small_plan

PLAN = small_plan()


def test_forms_are_known_by_their_identity_and_nothing_stops_the_reading(tmp_path: Path) -> None:
    forms = {"прислали в среду": steady(PLAN, "M2", 8), "М1 (копия)": steady(PLAN, "M1", 9)}
    folder = institution(tmp_path, forms) / "input"
    (folder / "2013/a.xlsx").write_bytes(b"%PDF-1.4")
    (folder / "2013/b.xlsx").write_bytes((folder / "2013/plan.xlsx").read_bytes())
    intake = collect(folder, Rules(PLAN))

    assert intake.month == 9
    assert [(form.identity.unit, form.file) for form in intake.submissions] == [
        ("M1", "2013/М1 (копия).xlsx"),
        ("M2", "2013/прислали в среду.xlsx"),
    ]
    assert [(one.code, one.address.file) for one in intake.problems if one.severity == "error"] == [
        ("intake.file_other", "2013/a.xlsx"),
        ("forms.not_a_form", "2013/b.xlsx"),
    ]
    assert ("intake.month_missing", "M2") in {(one.code, one.unit) for one in intake.problems}
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "2013").iterdir()}
    assert intake.inputs == (
        Input("2013/a.xlsx", "other", "", hashes["a.xlsx"]),
        Input("2013/b.xlsx", "other", "", hashes["b.xlsx"]),
        Input("2013/М1 (копия).xlsx", "form", "M1", hashes["М1 (копия).xlsx"]),
        Input("2013/прислали в среду.xlsx", "form", "M2", hashes["прислали в среду.xlsx"]),
    )


def test_every_figure_keeps_its_address(tmp_path: Path) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 3, VS_ST=77)}) / "input"
    (form,) = collect(folder, Rules(PLAN)).submissions
    places = [(entry.sheet, entry.cell) for entry in form.entries if entry.value == 77]
    assert places == [("Январь", "G10"), ("Февраль", "G10"), ("Март", "G10")]


def test_without_any_figure_no_month_is_reported_or_checked(tmp_path: Path) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 0)}) / "input"
    for month in (None, 9):
        intake = collect(folder, Rules(PLAN), month)
        assert (intake.month, intake.problems) == (None, ())


def test_the_month_asked_for_is_checked_even_where_it_is_not_the_latest(tmp_path: Path) -> None:
    folder = institution(tmp_path, {unit: steady(PLAN, unit, 4) for unit in ("M1", "M2")}) / "input"
    intake = collect(folder, Rules(PLAN), 3)
    assert intake.month == 3
    assert [(one.code, one.unit, one.month) for one in intake.problems] == [
        ("intake.month_ahead", "M1", 4),
        ("intake.month_ahead", "M2", 4),
    ]


def test_two_forms_that_differ_still_say_which_month_is_the_latest(tmp_path: Path) -> None:
    forms = {"M1": steady(PLAN, "M1", 9, TRIP=1), "M1 (1)": steady(PLAN, "M1", 9, TRIP=2)}
    intake = collect(institution(tmp_path, forms) / "input", Rules(PLAN))
    assert intake.month == 9
    counted = {entry.month for form in intake.submissions for entry in form.entries if entry.measure == "actual"}
    assert counted == {1, 2}, "trips count from March on, and there the forms differ"


def test_a_month_that_an_error_keeps_out_is_not_said_to_be_empty(tmp_path: Path) -> None:
    """Who is told to type zeros there loses the figures of both forms."""
    forms = {"M1": steady(PLAN, "M1", 3), "M1 (1)": steady(PLAN, "M1", 3, VS_ST=77), "M2": steady(PLAN, "M2", 2)}
    intake = collect(institution(tmp_path, forms) / "input", Rules(PLAN))
    said = {(one.code, one.unit) for one in intake.problems if one.month == 3}
    assert said == {("intake.month_twice", "M1"), ("intake.month_missing", "M2")}


@pytest.mark.parametrize("month", [None, 2, 3, 4, 9])
def test_forms_checked_where_they_are_read_say_what_all_of_them_say_together(tmp_path: Path, month: int | None) -> None:
    """M1's only form is filled for longer than M2's, of which there are two."""
    forms = {
        "M1": steady(PLAN, "M1", 9, VS_ST=500),
        "M2": steady(PLAN, "M2", 4, VS_ST=0),
        "M2 (1)": steady(PLAN, "M2", 3, VS_ST=0),
    }
    rules = Rules(PLAN)
    intake = collect(institution(tmp_path, forms) / "input", rules, month)
    assert intake.month == (month or 9)
    together = Counter(check(rules.checked(intake.submissions, intake.month)))
    together += Counter(forms_missing(PLAN, intake.submissions, intake.month))
    assert len(together) > 1
    assert together == Counter(one for one in intake.problems if one.code != "intake.form_twice")
