"""run-report.cmd: by its text, and by the way that cmd.exe takes through it (cmd_flow.py). What only Windows can show
is listed in docs/windows.md."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.cli import install
from tests.cmd_flow import Cmd, Run

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "run-report.cmd"


def lines() -> list[str]:
    """The commands of run-report.cmd, without its remarks."""
    read = STARTER.read_text(encoding="ascii").splitlines()
    return [line for line in read if line and not line.startswith("rem ")]


def test_the_starter_is_ascii_with_the_line_ends_that_cmd_wants() -> None:
    content = STARTER.read_bytes()
    assert content.isascii() and b"\t" not in content
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert content.endswith(b"\r\n")
    assert "*.cmd text eol=crlf" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


def test_the_starter_that_init_leaves_is_the_same() -> None:
    assert (ROOT / "pipeline/run/run-report.cmd").read_bytes() == STARTER.read_bytes()


def test_every_label_that_is_gone_to_exists_once_and_every_one_is_reached() -> None:
    labels = [line[1:] for line in lines() if line.startswith(":")]
    gone_to = {name for line in lines() for name in re.findall(r"\bgoto (\w+)", line)}
    assert len(labels) == len(set(labels))
    assert set(labels) == gone_to


def test_no_message_is_run_into() -> None:
    """Before each message's label the way has ended or gone elsewhere."""
    for before, line in pairwise(lines()):
        if line.startswith(":no_"):
            assert before.startswith("goto "), line


def test_paths_are_always_within_quotes() -> None:
    """A folder may be called «Отдел №2 (a & b)!»: outside quotes, or in a block, cmd would break it up."""
    for line in lines():
        for path in ("%~dp0", "%PLACE%", "%PROGRAM%", "%LOCALAPPDATA%", "%~1"):
            for found in re.finditer(re.escape(path), line):
                assert line[: found.start()].count('"') % 2 == 1, line
        assert not line.rstrip().endswith("("), "no blocks"
        assert not re.match(r"echo\b.*[%&|<>^!]", line), "messages name no paths"
    assert "setlocal EnableExtensions DisableDelayedExpansion" in lines(), "or «!» would vanish from paths"
    assert not any(re.search(r'\.exe" .*"%~dp0"|%PYTHON% .*"%~dp0"', line) for line in lines()), (
        "its last \\ would eat a quote"
    )


def test_the_starter_does_what_it_has_to() -> None:
    text = "\n".join(lines())
    for wanted in (
        "chcp 65001 >nul",
        'set "PYTHONUTF8=1"',
        'pushd "%~dp0"',
        '"%PROGRAM%" -P -m pipeline.cli %BEGIN% %*',
        'set "CODE=%ERRORLEVEL%"',
        'if "%~1"=="" pause',
        "endlocal & exit /b %CODE%",
    ):
        assert wanted in text, wanted
    assert text.index("setlocal") < text.index("chcp 65001") < text.index("pushd") < text.index("-m pipeline.cli ")
    assert text.index("popd") < text.index("exit /b")
    assert not any(re.match(r"cd\b", line) for line in lines()), "cd can't enter a network folder"


def test_the_starter_starts_the_python_that_was_installed() -> None:
    beside = install.python_of(Path("%PLACE%"), "nt").as_posix().replace("/", "\\")
    assert f'set "PROGRAM={beside}"' in lines()
    assert '-m pipeline.cli.install "%PLACE%"' in "\n".join(lines())


def test_the_starter_wants_the_python_that_the_project_wants() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least = re.search(r'requires-python = ">=3\.(\d+)"', project)
    assert least
    text = "\n".join(lines())
    assert f"sys.version_info < (3, {least[1]})" in text and f"net Python 3.{least[1]} ili novee" in text
    condition = re.search(r'set "WANTED=(.*)"', text)
    assert condition and '"' not in condition[1]
    assert subprocess.run([sys.executable, "-c", condition[1]], check=False).returncode == 0


FOLDER = "\\\\сервер\\Отдел №\u00a02 (a & b)! 100%"
LOCAL = "C:\\Users\\Иванова (a & b)\\AppData\\Local"
PYTHON = f"{LOCAL}\\run-report\\program\\Scripts\\python.exe"
SOURCE = "pipeline\\cli\\install.py"
INSTALL = f'-m pipeline.cli.install "{LOCAL}\\run-report\\program"'


def started(*present: str, arguments: str = "", **answers: int) -> tuple[Run, list[str]]:
    """The starter's run in FOLDER, and the programs that it started. `answers` are the exit codes of py, python,
    install and the program; py and python are absent unless they have one."""
    asked, there = list[str](), {*present, f"{FOLDER}\\"}

    def program(line: str) -> int:
        asked.append(" ".join(line.partition(" -c ")[0].split()))
        if "pipeline.cli.install" in line:
            there.update({PYTHON} if answers.get("install") == 0 else ())
            return answers.get("install", 1)
        return answers.get("program", 0) if line.startswith(f'"{PYTHON}"') else answers.get(line.split()[0], 9009)

    text = STARTER.read_text(encoding="ascii").splitlines()
    return Cmd(text, FOLDER, arguments, there, program, {"LOCALAPPDATA": LOCAL}).start(), asked


def told_by(run: Run) -> str:
    return run.echoed[0] if run.echoed else ""


def test_a_double_click_in_the_programs_folder_installs_it_and_makes_the_report() -> None:
    run, asked = started(SOURCE, "config.toml", py=0, install=0)
    assert asked == ["py -3", f"py -3 {INSTALL}", f'"{PYTHON}" -P -m pipeline.cli']
    assert (run.exit, run.paused, run.echoed, run.pages) == (0, True, [], ["65001", "866"])


def test_python_without_its_launcher_will_do() -> None:
    _, asked = started(SOURCE, "config.toml", python=0, install=0)
    assert asked[1:3] == ["python", f"python {INSTALL}"]


@pytest.mark.parametrize("answers", [{}, {"py": 1, "python": 1}, {"python": 9009}], ids=["none", "old", "store"])
def test_no_python_that_will_do_is_told(answers: dict[str, int]) -> None:
    run, asked = started(SOURCE, "config.toml", **answers)
    assert (run.exit, run.paused, asked) == (1, True, ["py -3", "python"])
    assert told_by(run).startswith("Na etom kompyutere net Python")


def test_what_could_not_be_installed_is_not_started() -> None:
    run, asked = started(SOURCE, "config.toml", PYTHON, py=0, install=1)
    assert (run.exit, asked[-1]) == (1, f"py -3 {INSTALL}")


@pytest.mark.parametrize(("present", "does"), [([PYTHON], " init"), ([PYTHON, "config.toml"], "")])
def test_a_double_click_in_a_folder_of_ones_own_begins_there_or_reports(present: list[str], does: str) -> None:
    run, asked = started(*present, program=5)
    assert asked == [f'"{PYTHON}" -P -m pipeline.cli{does}']
    assert (run.exit, run.paused) == (5, True)


def test_a_command_is_passed_on_as_it_was_given_and_waits_for_no_key() -> None:
    arguments = 'check --config "Отдел (a & b)!\\config.toml"'
    run, asked = started(PYTHON, arguments=arguments, program=3)
    assert asked == [f'"{PYTHON}" -P -m pipeline.cli {arguments}']
    assert (run.exit, run.paused, run.pages) == (3, False, ["65001", "866"])


def test_a_folder_of_ones_own_where_nothing_is_installed_says_so() -> None:
    run, asked = started("config.toml", py=0)
    assert (run.exit, asked) == (1, [])
    assert told_by(run).startswith("Programma na etom kompyutere eshchyo ne ustanovlena")
