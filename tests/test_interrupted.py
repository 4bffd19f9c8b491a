"""Ctrl+C, which a terminal sends to all processes of a command at once, whatever they are at: the command ends, and
nobody sees what goes on inside."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import main as cli
from pipeline.run.outcome import Exit
from tests.institution import institution, steady
from tests.plans import small_plan

PLAN = small_plan()
BEGIN = """
import signal
from pipeline.cli.__main__ import main
handle = signal.signal
handle(signal.SIGINT, signal.default_int_handler)
def told(*how):
    handle(*how)
    print("begun", flush=True)
signal.signal = told
main()
"""
"""Says when the program has begun to look after itself: what comes before is Python's own beginning."""
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="нет групп процессов: не Unix")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form, and a file that is looked into in a process of its own."""
    folder = institution(tmp_path_factory.mktemp("here"), {"M1": steady(PLAN, "M1", 9)})
    (folder / "input/2013/M2.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100)
    return folder


@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 0.9, 1.2])
def test_the_command_ends_without_a_traceback(here: Path, seconds: float) -> None:
    command = [sys.executable, "-c", BEGIN, "--fresh"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True, "text": True}
    with subprocess.Popen(command, cwd=here, **pipes) as running:  # type: ignore[call-overload]
        assert running.stdout.readline() == "begun\n"
        time.sleep(seconds)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate()
    assert not any(words in told for words in ("Traceback", "KeyboardInterrupt", "споткнулась")), told
    assert told.splitlines() in ([], ["", "Прервано."]) or running.returncode == Exit.MADE_WITH_ERRORS, told
    assert not (here / "run-report.log").exists()


def test_a_library_that_makes_another_error_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As pandas does while it is imported."""

    def interrupted(*_: object, **__: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise SystemError("returned a result with an exception set") from error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.run.report.make_report", interrupted)
    monkeypatch.setattr(sys, "argv", ["run-report"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert (stopped.value.code, capsys.readouterr().err) == (Exit.FAILED, "\nПрервано.\n")
    assert not list(tmp_path.iterdir())
