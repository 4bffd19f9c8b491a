"""The smallest institution: one unit, one indicator, one form that is a text file of lines «month figure», reports
that are texts. Its commands are the real ones and take milliseconds; what they read and draw is tested elsewhere."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.memory import Memory
from pipeline.domain.periods import Month, Period
from pipeline.domain.plan import Plan
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.history.ledger import copy_path
from pipeline.history.record import stated_figures
from pipeline.history.salvage import TABLES
from pipeline.intake.collect import Intake
from pipeline.intake.reading import Input
from pipeline.plan.write import plan_workbook
from pipeline.run import memory, report, restore
from pipeline.run.inputs import Options, Read
from pipeline.run.outcome import Outcome
from pipeline.settings import read_settings
from pipeline.words import Words
from tests.intake import submission

PLAN = Plan(
    2013,
    "План",
    Units((Unit("M1", "Методист 1"),), "Отдел"),
    (Section("S1", "Обслуживание"),),
    Indicators((Indicator("VS", "Посещения", "S1", "ед."),)),
    (Target("VS", "M1", 100.0),),
)
CONFIG, FORM = Path("config.toml"), Path("input/2013/M1.txt")
LEDGER = Path("ledger.sqlite")
COPY = copy_path(LEDGER)
WORKBOOK = plan_workbook(PLAN, Words(), 2013)
NOW = datetime(2013, 5, 6, 10)


def tiny(folder: Path) -> Path:
    """The institution on disk, its form filled for January."""
    (folder / "input/2013").mkdir(parents=True)
    (folder / CONFIG).write_text("", encoding="utf-8")
    (folder / "input/2013/plan.xlsx").write_bytes(WORKBOOK)
    (folder / FORM).write_text("1 10")
    return folder


def stand_in(patch: Callable[[object, str, object], None], weight: int = 3) -> None:
    """Lets the commands read the form's text file and write reports as texts, some 200 bytes by `weight` long. `patch`
    is setattr or monkeypatch's."""
    for story in (report, memory, restore):
        patch(story, "read_inputs", _read)
    patch(report, "report_files", partial(_files, weight))


def fill(month: int, figure: int) -> None:
    """The form states this figure of the month; what it stated of others stays."""
    lines = dict(line.split() for line in FORM.read_text().splitlines()) | {str(month): str(figure)}
    FORM.write_text("\n".join(f"{each} {lines[each]}" for each in sorted(lines)))


def make_report() -> Outcome:
    return report.make_report(Options(CONFIG, period=Period(Month(2013, 3), Month(2013, 3))), iter, lambda: NOW)


def close(month: int) -> Outcome:
    return memory.close(CONFIG, Month(2013, month), "Так решили", iter, lambda: NOW)


def reopen(month: int) -> Outcome:
    return memory.reopen(CONFIG, Month(2013, month), "Ошибка", lambda: NOW)


def accept() -> Outcome:
    return memory.accept_corrections(CONFIG, memory.Chosen(), "Уточнено", iter, lambda: NOW)


def restored() -> Outcome:
    return restore.restore(CONFIG, iter, lambda: NOW)


def spoil() -> None:
    """Damages the ledger's first page."""
    if LEDGER.exists():
        LEDGER.write_bytes(b"\xff" * 512 + LEDGER.read_bytes()[512:])


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a ledger holds, once it is found whole; nothing where there is none."""
    if not path.exists() or not path.stat().st_size:
        return {}
    with closing(sqlite3.connect(path)) as ledger:
        found = ledger.execute("PRAGMA integrity_check").fetchall()
        assert found == [("ok",)], found
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
        there = {name for (name,) in ledger.execute("SELECT name FROM sqlite_master")}
        held = {
            table: ledger.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()
            for table, columns in TABLES.items()
            if table in there
        }
    return {table: lines for table, lines in held.items() if lines}


def reports() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("output").rglob("*.*") if path.suffix != ".tmp"}


def files() -> set[str]:
    """What lies in the current folder."""
    return {str(path) for path in Path().rglob("*") if path.is_file()}


def _read(options: Options, track: object, latest_filled: bool = True) -> Read:
    settings, _ = read_settings(options.config)
    assert settings is not None
    lines = "\n".join("{} VS факт {}".format(*line.split()) for line in FORM.read_text().splitlines())
    inputs = (Input("2013/plan.xlsx", "plan", "", hashlib.sha256(WORKBOOK).hexdigest()),)
    forms = (submission("M1", lines, "2013/M1.txt"),)
    month = options.period.last.number if options.period else 3
    return Read(settings, Words(), PLAN, Intake(PLAN, month, forms, (), ()), (), inputs)


def _files(weight: int, read: Read, period: Period, folder: Path, memory: Memory, draw: object) -> dict[Path, bytes]:
    figures: Iterable[str] = (
        f"{key} {figure.value}" for key, figure in stated_figures(read.intake.submissions).items()
    )
    text = "\n".join([*figures, repr(memory)])
    whole = f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}".encode()
    return {
        folder / "charts" / "one.png": whole * 20,
        folder / "data.csv": whole,
        folder / "report.xlsx": whole * weight,
    }
