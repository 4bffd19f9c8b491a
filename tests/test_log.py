"""The log of the program's own failures: what is in it, how large it may grow, and that it never hides the failure."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli import log
from pipeline.cli import main as cli
from pipeline.cli.log import NAME, log_failure
from pipeline.run.outcome import Exit
from tests.test_cli import HEAVY

NOW = datetime(2013, 10, 4, 12, 30, tzinfo=UTC)


def failing(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """The command's run, in which our own code fails at a text that is not ASCII."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("показатель «Посещения»")

    monkeypatch.setattr("pipeline.run.report.make_report", broken)
    monkeypatch.setattr(sys, "argv", ["run-report", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == Exit.FAILED


def test_the_console_gets_one_line_and_the_log_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    failing(monkeypatch, "--month", "2013-09", "--output", "отчёты №\u00a01")
    assert capsys.readouterr().err.splitlines() == [
        "Программа споткнулась (ZeroDivisionError): это её ошибка, а не ваша. Записанное раньше цело. "
        "Подробности — в файле run-report.log: пришлите его разработчикам."
    ]
    told = (tmp_path / NAME).read_text(encoding="utf-8")
    assert f"run-report {__version__}, Python 3." in told
    assert "command: run-report --month 2013-09 --output 'отчёты №\u00a01'\n" in told
    assert f"folder: {tmp_path}\n" in told
    assert "Traceback (most recent call last):" in told
    assert told.endswith("ZeroDivisionError: показатель «Посещения»\n\n")


def test_the_log_lies_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "отдел").mkdir()
    failing(monkeypatch, "--config", "отдел/config.toml")
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.log")] == ["отдел/run-report.log"]


@pytest.mark.parametrize("config", ["нет такой папки/config.toml", "занято/config.toml"])
def test_a_log_that_cannot_be_written_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], config: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "занято" / NAME).mkdir(parents=True)
    failing(monkeypatch, "--config", config)
    lines = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError: показатель «Посещения»" in lines
    assert lines[-1].endswith("Журнал run-report.log записать не удалось: пришлите разработчикам строки выше.")


def test_a_full_disk_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    (tmp_path / NAME).symlink_to("/dev/full")
    assert log_failure(tmp_path, [], "Traceback", NOW) is None


def test_failures_are_added_and_dated(tmp_path: Path) -> None:
    log_failure(tmp_path, ["check"], "first\n", NOW)
    log_failure(tmp_path, ["forms"], "second\n", NOW)
    told = (tmp_path / NAME).read_text(encoding="utf-8")
    assert told.index("command: run-report check") < told.index("first") < told.index("command: run-report forms")
    assert told.count(f"=== {NOW.astimezone().isoformat()}\n") == 2


def test_the_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_BYTES", 3000)
    for number in range(20):
        log_failure(tmp_path, [], f"failure {number} {'х' * 400}\n", NOW)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sizes.keys() == {NAME, f"{NAME}.1"}
    assert max(sizes.values()) < 2 * 3000  # the bound counts letters, and the last account may be half a log long
    assert "failure 19 " in (tmp_path / NAME).read_text(encoding="utf-8")


def test_of_an_endless_traceback_the_end_is_kept(tmp_path: Path) -> None:
    log_failure(tmp_path, [], "x" * 10_000_000 + "\nRecursionError: at last\n", NOW)
    told = (tmp_path / NAME).read_text(encoding="utf-8")
    assert len(told) < log.LONGEST + 1000 and told.endswith("RecursionError: at last\n\n")


def test_what_no_encoding_has_is_logged_all_the_same(tmp_path: Path) -> None:
    log_failure(tmp_path, ["--config", "\udcc1"], "ValueError: \udce8\n", NOW)
    assert "ValueError: \\udce8" in (tmp_path / NAME).read_text(encoding="utf-8")


def test_sound_runs_and_mistakes_of_people_leave_no_log(tmp_path: Path) -> None:
    """Nor do they import what the log needs."""
    script = (
        "import sys; from pipeline.cli.main import main\n"
        "try: main()\n"
        f"finally: print(*(name for name in {(*HEAVY, 'logging.handlers')!r} if name in sys.modules))"
    )
    for arguments in (["--version"], ["--mnth"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            cwd=tmp_path,
            check=False,
        )
        assert done.stdout.splitlines()[-1] == b"", done.stdout
    assert list(tmp_path.iterdir()) == []
