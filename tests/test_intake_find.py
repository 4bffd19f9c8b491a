"""Which files of a year's folder are forms, in which order, and what is said of the others."""

import os
import sys
from pathlib import Path

import pytest

from pipeline.intake.find import find_forms, find_plan, years


def make(folder: Path, *files: str) -> None:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_forms_are_found_wherever_they_lie_in_a_fixed_order(tmp_path: Path) -> None:
    make(tmp_path, "2013/Я.xlsx", "2013/plan.xlsx", "2013/сентябрь/копии/M4 (1).ods", "2013/a.XLS", "2013/b.xlsb")
    make(tmp_path, "2012/other.xlsx", "2013/сентябрь/M4.xlsm")
    forms, problems = find_forms(tmp_path, 2013)
    assert [found.file for found in forms] == [
        "2013/a.XLS",
        "2013/b.xlsb",
        "2013/Я.xlsx",
        "2013/сентябрь/M4.xlsm",
        "2013/сентябрь/копии/M4 (1).ods",
    ]
    assert all(found.path == tmp_path / found.file for found in forms)
    assert problems == ()


def test_a_plan_in_another_folder_is_no_plan(tmp_path: Path) -> None:
    make(tmp_path, "2013/plan.xlsx", "2013/старое/plan.xlsx")
    assert [found.file for found in find_forms(tmp_path, 2013)[0]] == ["2013/старое/plan.xlsx"]


def test_hidden_and_system_files_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "2013/.hidden.xlsx", "2013/.git/M1.xlsx", "2013/Thumbs.db", "2013/desktop.ini")
    assert find_forms(tmp_path, 2013) == ((), ())


def test_open_workbooks_are_mentioned_once_they_are_there(tmp_path: Path) -> None:
    make(tmp_path, "2013/~$M1.xlsx", "2013/M1.xlsx", "2013/х/.~lock.M2.ods#", "2013/х/M2.ods", "2013/~$gone.xlsx")
    forms, problems = find_forms(tmp_path, 2013)
    assert [found.file for found in forms] == ["2013/M1.xlsx", "2013/х/M2.ods"]
    assert [(found.code, found.address.file) for found in problems] == [
        ("intake.file_open", "2013/M1.xlsx"),
        ("intake.file_open", "2013/х/M2.ods"),
    ]


def test_other_files_are_mentioned(tmp_path: Path) -> None:
    make(tmp_path, "2013/M1.docx", "2013/без расширения")
    _, problems = find_forms(tmp_path, 2013)
    assert [(found.code, found.address.file, found.found) for found in problems] == [
        ("intake.file_extension", "2013/M1.docx", ".docx"),
        ("intake.file_extension", "2013/без расширения", "без расширения"),
    ]


def test_years_come_latest_first(tmp_path: Path) -> None:
    make(tmp_path, "2012/plan.xlsx", "2014/plan.xlsx", "архив/plan.xlsx", "2013")
    assert years(tmp_path) == (2014, 2012)
    assert years(tmp_path / "нет") == ()


@pytest.mark.parametrize("name", ["plan.xlsx", "Plan.ods", "plan.xls"])
def test_the_plan_is_found_in_any_format(tmp_path: Path, name: str) -> None:
    make(tmp_path, f"2013/{name}", "2013/M1.xlsx")
    found, problems = find_plan(tmp_path, 2013)
    assert (found and found.file, problems) == (f"2013/{name}", ())


def test_without_a_plan_its_place_is_named(tmp_path: Path) -> None:
    found, problems = find_plan(tmp_path, 2013)
    assert found is None
    assert [(one.code, one.address.file) for one in problems] == [("intake.plan_missing", "2013/plan.xlsx")]


def test_of_two_plans_none_is_chosen(tmp_path: Path) -> None:
    make(tmp_path, "2013/plan.xlsx", "2013/plan.ods")
    found, problems = find_plan(tmp_path, 2013)
    assert found is None
    assert [(one.code, one.found) for one in problems] == [("intake.plan_doubled", "plan.ods, plan.xlsx")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are always Unicode here")
def test_a_name_in_a_foreign_encoding_can_still_be_shown(tmp_path: Path) -> None:
    make(tmp_path, "2013/plan.xlsx")
    Path(os.fsdecode(os.fsencode(tmp_path) + "/2013/М4.xlsx".encode("cp1251"))).write_bytes(b"form")
    ((path, file),) = find_forms(tmp_path, 2013)[0]
    assert (file, path.read_bytes()) == ("2013/\ufffd4.xlsx", b"form")
