"""Whole runs at the same time in one folder, closings and acceptances among them: they follow one another."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.domain.periods import Month, Period
from pipeline.forms.write import form_workbook
from pipeline.history.ledger import open_ledger
from pipeline.history.statements import statements
from pipeline.run.inputs import Options
from pipeline.run.report import make_report
from pipeline.settings import Settings
from pipeline.words import Words
from tests import tiny
from tests.institution import institution, steady
from tests.plans import small_plan

PLAN = small_plan()
SEPTEMBER = Month(2013, 9)
WELL = (0, 3)
RUN = ("--month", "2013-09")
ACCEPT = ("accept", "--all", "--reason", "Уточнено")
CLOSE = ("close", "2013-09", "--anyway", "Так решили")


def start(*arguments: str) -> subprocess.Popen[str]:
    script = "from pipeline.cli.main import main; main()"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stderr=subprocess.PIPE, text=True, env=environment, encoding="utf-8"
    )


def given(*arguments: str) -> int:
    """The exit code of the command alone."""
    command = start(*arguments)
    command.communicate()
    return command.returncode


def report() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("output/2013-09").rglob("*") if path.is_file()}


def decided() -> dict[str, list[tuple[object, ...]]]:
    """What the ledger holds, without the times and the numbers of events."""
    with open_ledger(tiny.LEDGER) as ledger:
        questions = {
            "closing": "SELECT year, month FROM closing WHERE reopened IS NULL",
            "correction": "SELECT unit, indicator, month, measure, old, new FROM correction WHERE void IS NULL",
            "handed_in": "SELECT year, month, unit, complete IS NULL, overdue IS NULL FROM handed_in",
        }
        held = {name: sorted(ledger.execute(question), key=repr) for name, question in questions.items()}
        said = [(one.unit, one.keys, one.cells, one.figures) for one in statements(ledger, 2013)]
    return held | {"statements": sorted(said, key=repr)}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """August is closed; September is filled, and one figure of August is another now."""
    forms = {unit: steady(PLAN, unit, 8) for unit in ("M1", "M2")}
    monkeypatch.chdir(institution(tmp_path / "race", forms, PLAN))
    assert given("close", "2013-08") == 0
    later = {"M1": steady(PLAN, "M1", 9), "M2": steady(PLAN, "M2", 9, VS_ST=8)}
    for unit, filled in later.items():
        content = form_workbook(PLAN, unit, Settings(), Words(), filled)
        Path(f"input/2013/{unit}.xlsx").write_bytes(content)
    return tmp_path


def alone(*commands: tuple[str, ...]) -> list[dict[str, bytes]]:
    """The report before and after each of these, given one after another with a run behind each."""
    found = []
    for arguments in ((), *commands):
        assert not arguments or given(*arguments) in WELL
        make_report(Options(Path("config.toml"), period=Period(SEPTEMBER, SEPTEMBER)), iter)
        found.append(report())
    return found


def test_whole_runs_racing_each_other_come_to_what_they_come_to_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three runs, a closing and an acceptance start at once. Each ends well or says that the ledger is in use; the
    report is one that they make alone, in one order or the other; and in the order in which the ledger has the closing
    and the acceptance, they come to the same ledger and, to the byte, the same report in a folder of their own."""
    for order in ("accepted", "closed"):
        shutil.copytree(here / "race", here / order)
    commands = (RUN, CLOSE, RUN, ACCEPT, RUN)
    racing = [start(*arguments) for arguments in commands]
    told = [one.communicate()[1] for one in racing]
    raced = report()
    for one, text, arguments in zip(racing, told, commands, strict=True):
        assert one.returncode in WELL or "занята" in text, text
        assert one.returncode in WELL or given(*arguments) in WELL
    assert given(*RUN) in WELL
    last, held, order = report(), decided(), kinds()
    assert tiny.rows(tiny.LEDGER) and tiny.rows(tiny.COPY)
    assert not [file for file in tiny.files() if file.endswith((".tmp", "-journal"))]
    monkeypatch.chdir(here / "accepted")
    made = {"accept": alone(ACCEPT, CLOSE)}
    ledgers = {kinds(): decided()}
    monkeypatch.chdir(here / "closed")
    made |= {"close": alone(CLOSE, ACCEPT)}
    ledgers[kinds()] = decided()
    assert raced in (*made["accept"], *made["close"])
    assert (last, held) == (made[order[1]][-1], ledgers[order])


def kinds() -> tuple[str, ...]:
    """The decisions, in their order."""
    with open_ledger(tiny.LEDGER) as ledger:
        return tuple(kind for (kind,) in ledger.execute("SELECT kind FROM event WHERE kind <> 'run' ORDER BY id"))
