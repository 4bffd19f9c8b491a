"""The second process draws what the first one would have drawn, and is not missed where it is lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from multiprocessing import active_children
from pathlib import Path
from typing import NoReturn

import pandas as pd
import pytest

from pipeline.analysis.facts import facts_frame
from pipeline.run import drawing
from pipeline.run.drawing import Content, Draw, Material, begin_beside, draw_here
from pipeline.words import Words
from tests.institution import steady
from tests.plans import small_plan
from tests.report_tables import example_tables

WORDS = Words("ru")
ADDRESSEE = "Директору"
PLAN = small_plan()


@pytest.fixture
def material(tmp_path: Path) -> Material:
    return Material(example_tables(), PLAN, ADDRESSEE, tmp_path, WORDS)


def facts() -> Iterator[pd.DataFrame]:
    """In two parts."""
    return (facts_frame([steady(PLAN, unit, 3)]) for unit in ("M1", "M2"))


def contents(files: Mapping[str, Content]) -> dict[str, bytes]:
    return {name: one.read_bytes() if isinstance(one, Path) else one for name, one in files.items()}


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Draw:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return begin_beside()


def test_both_draw_the_same(beside: Draw, material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    here = draw_here(material, facts)
    with monkeypatch.context() as only_beside:
        for name in ("_pictures", "_files"):
            only_beside.setattr(drawing, name, never)
        drawn = beside(material, facts)
        assert sorted(drawn.pictures()) == ["activities.png", "fulfilment.png"]
        assert {"activities.ics", "memo.docx"} <= drawn.files().keys()
    assert (drawn.pictures(), contents(drawn.files())) == (here.pictures(), contents(here.files()))


def never(*_: object) -> NoReturn:
    raise AssertionError("the first process draws")


def test_either_may_be_asked_for_first(beside: Draw, material: Material) -> None:
    drawn = beside(material, facts)
    assert "memo.docx" in drawn.files() and "fulfilment.png" in drawn.pictures()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="нет SIGKILL: не Unix")
@pytest.mark.parametrize("asked_first", [False, True])
def test_a_lost_process_is_not_missed(beside: Draw, material: Material, asked_first: bool) -> None:
    waiting = beside(material, facts) if asked_first else None
    for process in active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    drawn, here = waiting or beside(material, facts), draw_here(material, facts)
    assert (drawn.pictures(), contents(drawn.files())) == (here.pictures(), contents(here.files()))


def test_facts_that_cannot_be_handed_over_are_told(beside: Draw, material: Material) -> None:
    """Neither process waits for the other."""

    def broken() -> Iterator[pd.DataFrame]:
        yield facts_frame([steady(PLAN, "M1", 3)])
        raise ZeroDivisionError

    drawn = beside(material, broken)
    assert "fulfilment.png" in drawn.pictures()
    with pytest.raises(ZeroDivisionError):
        drawn.files()
    assert not list(material.folder.iterdir())


def test_one_processor_draws_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert begin_beside() is draw_here


@pytest.mark.parametrize(
    ("begun", "spared"),
    [
        ("import pipeline.report.workbook, pipeline.run.report", "matplotlib"),  # the second process is there for that
        ("import pipeline.cli.__main__", "click"),  # what the other processes begin with
        ("import pipeline.memo.charts, pipeline.report.figures as figures; figures.warm_up()", "matplotlib.figure"),
    ],
)
def test_a_process_imports_what_it_needs(begun: str, spared: str) -> None:
    code = f"import sys; {begun}; print({spared!r} in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert said.stdout.strip() == "False"
