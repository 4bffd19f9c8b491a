"""The program installs itself: when it does, into what, and what becomes of a failure. pip is played by the test."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.cli import install

ROOT = Path(__file__).parents[1]
PROGRAM = {"pyproject.toml": b"[project]", "pipeline/words.py": "слова".encode()}


def test_installing_needs_nothing_that_is_installed() -> None:
    """-S: without site-packages, as a fresh Python is."""
    script = "import pipeline.cli.install, pipeline.words; print(pipeline.words.Words('ru')('cli.install.done'))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.decode("utf-8").strip() == "Установлено."


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What installing asks for, in order, instead of doing it: environments and pip."""
    asked = list[str]()

    def create(place: Path, with_pip: bool, clear: bool) -> None:
        assert with_pip and clear
        asked.append("environment")
        place.mkdir(parents=True, exist_ok=True)

    def pip(command: list[object], cwd: str, **_: object) -> None:
        there = {path.relative_to(cwd).as_posix(): path.read_bytes() for path in Path(cwd).rglob("*") if path.is_file()}
        assert there == PROGRAM, "pip is given a copy of the program"
        assert tuple(command[1:]) == install.PIP
        asked.append("pip")

    monkeypatch.setattr(install.venv, "create", create)
    monkeypatch.setattr(install.subprocess, "run", pip)
    monkeypatch.setattr(install, "_runs", lambda python: True)
    return asked


def test_the_program_is_installed_once(tmp_path: Path, calls: list[str]) -> None:
    place = tmp_path / "Иванова (a & b)" / "program"
    assert not install.is_installed(place, PROGRAM)
    assert install.install(place, PROGRAM, place.with_name("install.log"))
    assert calls == ["environment", "pip"]
    assert install.is_installed(place, PROGRAM)


def test_an_update_is_installed_into_the_same_environment(tmp_path: Path, calls: list[str]) -> None:
    (tmp_path / install.STAMP).write_text(install.fingerprint({**PROGRAM, "pyproject.toml": b"older"}))
    assert not install.is_installed(tmp_path, PROGRAM)
    install.install(tmp_path, PROGRAM, tmp_path / "log")
    assert calls == ["pip"]
    assert install.is_installed(tmp_path, PROGRAM)


def test_an_environment_whose_python_is_gone_is_made_anew(
    tmp_path: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install.install(tmp_path, PROGRAM, tmp_path / "log")
    monkeypatch.setattr(install, "_runs", lambda python: False)
    assert not install.is_installed(tmp_path, PROGRAM)
    install.install(tmp_path, PROGRAM, tmp_path / "log")
    assert calls == ["environment", "pip"] * 2


def test_a_python_that_is_not_there_does_not_run(tmp_path: Path) -> None:
    assert install._runs(Path(sys.executable)) and not install._runs(tmp_path / "python.exe")


@pytest.mark.parametrize("failure", [OSError("no space"), subprocess.CalledProcessError(1, "pip")])
def test_installing_that_fails_is_told_and_tried_again(
    tmp_path: Path,
    calls: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: Exception,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(install.subprocess, "run", fails)
    monkeypatch.setattr(sys, "argv", ["install", str(tmp_path / "program")])
    with pytest.raises(SystemExit) as stopped:
        install.main()
    told = capsys.readouterr()
    assert stopped.value.code == 1
    assert told.out.startswith("Программа устанавливает себя на этот компьютер.")
    assert told.err.startswith("Установить не удалось.") and str(tmp_path / "install.log") in told.err
    assert str(failure) in (tmp_path / "install.log").read_text(encoding="utf-8")
    assert not install.is_installed(tmp_path / "program", install.program_files(ROOT))


def test_what_is_installed_is_the_whole_program() -> None:
    names = install.program_files(ROOT).keys()
    for wanted in ("pyproject.toml", "pipeline/locale/ru/config.toml", "pipeline/run/run-report.cmd"):
        assert wanted in names
    assert not any("__pycache__" in name or name.startswith(("input", "tests", "ledger")) for name in names)


def test_all_that_is_no_code_is_in_the_package_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["pipeline"]
    data = {path for pattern in patterns for path in (ROOT / "pipeline").glob(pattern)}
    code = {path for path in (ROOT / "pipeline").rglob("*.*") if path.suffix not in (".py", ".pyc") and path.is_file()}
    assert code - data == set()
