"""Help shows examples, and they are real; the shell completes what the command has."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import main as cli
from pipeline.run.outcome import Exit

COMMANDS = {"report": cli.report, **cli.report.commands}
ROOT = Path(__file__).parents[1]


def epilog(command: click.Command) -> str:
    return (command.epilog or "").partition("\n\n")[0].removeprefix("\b\n")


def examples() -> list[tuple[str, str]]:
    """Each example of the commands' help, with the name of its command."""
    return [
        (name, re.split(r"  +", line.strip())[0])
        for name, command in COMMANDS.items()
        for line in epilog(command).splitlines()[1:]
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_examples(name: str) -> None:
    lines = epilog(COMMANDS[name]).splitlines()
    assert lines[:1] == ["Примеры:"], "give the command its «cli.examples.…» and decorate it with @command"
    called = "run-report" if name == "report" else f"run-report {name}"
    for line in lines[1:]:
        command, _, told = line.strip().partition("  ")
        assert command.startswith(called) and told.strip(), line


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_stand_in_help_as_they_were_written(name: str) -> None:
    arguments = [] if name == "report" else [name]
    shown = CliRunner().invoke(cli.report, [*arguments, "--help"], prog_name="run-report").output
    for line in epilog(COMMANDS[name]).splitlines():
        assert f"  {line}\n" in shown
        assert len(line) <= 98, "a console of 100 columns shows it whole"


def test_the_month_whose_corrections_are_accepted_is_no_reported_one() -> None:
    shown = CliRunner().invoke(cli.report, ["accept", "--help"], prog_name="run-report").output
    assert "Закрытый месяц, исправления которого принять, например 2013-08." in " ".join(shown.split())


def test_a_range_is_told_in_words() -> None:
    shown = CliRunner().invoke(cli.report, ["plan", "--help"], prog_name="run-report").output
    assert "[от 1990 до 2100; " in shown


@pytest.mark.parametrize(("name", "example"), examples(), ids=[line for _, line in examples()])
def test_every_example_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, example: str) -> None:
    """In an empty folder nothing can be done, but what is asked for is clear."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.report, shlex.split(example)[1:], prog_name="run-report")
    assert isinstance(done.exception, SystemExit | None), example
    assert done.exit_code != Exit.USAGE, done.output


def completed(typed: str, shell: str = "bash") -> list[str]:
    """What is offered for the last word of what was typed, by click's own protocol."""
    words = typed.split(" ")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli"],
        capture_output=True,
        env=os.environ
        | {"_RUN_REPORT_COMPLETE": f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)},
        check=True,
    )
    return done.stdout.decode("utf-8").split()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("run-report ch", ["plain,check"]),
        ("run-report re", ["plain,reopen", "plain,restore"]),
        ("run-report check --mo", ["plain,--month"]),
        ("run-report status --format ", ["plain,table", "plain,csv", "plain,json"]),
        ("run-report init --language ", ["plain,ru", "plain,en"]),
        ("run-report check --config ", ["file,"]),
        ("run-report --output ", ["dir,"]),
    ],
)
def test_the_shell_completes_commands_options_and_choices(typed: str, offered: list[str]) -> None:
    assert completed(typed) == offered


def test_the_page_says_how_and_bash_takes_it() -> None:
    line = 'eval "$(_RUN_REPORT_COMPLETE=bash_source run-report)"'
    assert line in (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here")
    script = f'run-report() {{ "{sys.executable}" -m pipeline.cli "$@"; }}\n{line}\ncomplete -p run-report'
    done = subprocess.run([bash, "--norc", "-c", script], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.decode().strip() == "complete -o nosort -F _run_report_completion run-report"
