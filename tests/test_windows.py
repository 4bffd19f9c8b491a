"""What Windows does otherwise, as far as it can be proved elsewhere: names of folders, files that are open, long paths,
drives, processes that are started anew. The rest is listed in docs/windows.md."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.domain.units import Unit
from pipeline.forms.layout import form_file_name
from pipeline.run import report_files
from pipeline.run.outcome import Exit
from pipeline.workbooks import files
from tests.institution import institution, steady
from tests.plans import small_plan
from tests.test_cli import run, told, tree


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An institution in a folder with all that Windows lets people put into a name."""
    plan = small_plan()
    place = tmp_path / "Отдел №\u00a02 (a & b)! ^%TEMP% 100%, 'май'"
    forms = {unit: steady(plan, unit, 9) for unit in ("M1", "M2")}
    monkeypatch.chdir(institution(place, forms))
    return place


def test_any_folder_has_its_report(named: Path) -> None:
    assert run().exit_code == Exit.MADE
    assert (named / "output/2013-09/report.xlsx").exists()


def lock(monkeypatch: pytest.MonkeyPatch, is_open: re.Pattern[str]) -> None:
    """Windows refuses to replace a file that is open: WinError 5 or 32, to Python a PermissionError."""
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if is_open.fullmatch(target.name) and target.exists():
            raise PermissionError(13, "The process cannot access the file", str(target))
        return replace(self, target)

    monkeypatch.setattr(files.Path, "replace", locked)


def test_report_memo_and_data_may_all_be_open(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    before = tree(named / "output/2013-09")
    lock(monkeypatch, re.compile(r"report\.xlsx|report \(2\)\.xlsx|memo\.docx|data\.csv"))
    assert run().exit_code == Exit.SAVED_UNDER_ANOTHER_NAME
    result = run()
    assert result.exit_code == Exit.SAVED_UNDER_ANOTHER_NAME
    after = tree(named / "output/2013-09")
    assert after.keys() - before.keys() == {"report (2).xlsx", "report (3).xlsx", "memo (2).docx", "data (2).csv"}
    assert {name: after[name] for name in before} == before
    assert sum("Файл открыт в другой программе" in line for line in told(result)) == 3
    assert told(result)[-1] == "Отчёт: output/2013-09/report (3).xlsx"


def test_when_every_name_is_open_it_is_told(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    for number in range(2, report_files.COPIES + 1):
        (named / f"output/2013-09/report ({number}).xlsx").touch()
    lock(monkeypatch, re.compile(r"report.*\.xlsx"))
    result = run()
    assert result.exit_code == Exit.FAILED
    assert "Записать не удалось" in told(result)[1]


def test_a_path_that_is_too_long_is_told(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows calls a path of over 260 characters one that isn't there."""

    def refused(*_: object, dir: Path, **__: object) -> None:
        raise FileNotFoundError(2, "The system cannot find the path specified", str(dir))

    monkeypatch.setattr(files.tempfile, "mkstemp", refused)
    result = run()
    assert result.exit_code == Exit.FAILED
    assert told(result)[1].startswith("  output/2013-09")
    assert "Записать не удалось (The system cannot find the path specified)" in told(result)[1]


def test_input_and_output_may_be_on_different_drives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is no way from one drive to another: os.path.relpath says so, and the links are whole ones."""

    def no_way(*_: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(report_files.os.path, "relpath", no_way)
    assert report_files._link(tmp_path / "input", Path("D:")) == f"{tmp_path.resolve().as_posix()}/input/"


@pytest.mark.parametrize("title", ['Отдел «№\u00a01»: "связь"', "a/b\\c|d?", "конец. ", "x" * 300])
def test_a_forms_name_is_one_that_windows_takes(title: str) -> None:
    name = form_file_name(Unit("M1", title))
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert len(name) <= 120 and not Path(name).stem.endswith((" ", "."))


def test_reading_in_processes_that_are_started_anew(named: Path) -> None:
    """Windows has no fork: each worker imports the program from its beginning, and must not run it again."""
    script = (
        "import multiprocessing, runpy, sys\n"
        "multiprocessing.get_all_start_methods = lambda: ['spawn']\n"
        "sys.argv = ['run-report', 'check']\n"
        "runpy.run_module('pipeline.cli', run_name='__main__', alter_sys=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        cwd=named,
        check=False,
    )
    assert done.returncode == Exit.MADE, done.stderr.decode("utf-8")
    assert "сдали 2 из 2 форм" in done.stderr.decode("utf-8").replace("\u00a0", " ")
