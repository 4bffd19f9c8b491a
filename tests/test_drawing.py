"""The second process draws what the first one would have drawn, and is not missed where it is lost."""

import os
import signal
from collections.abc import Mapping
from multiprocessing import active_children
from pathlib import Path

import pytest

from pipeline.run.drawing import Content, Draw, Material, begin_beside, draw_here
from pipeline.words import Words
from tests.institution import steady
from tests.plans import small_plan
from tests.report_tables import example_tables

WORDS = Words("ru")
ADDRESSEE = "Директору"


@pytest.fixture
def material(tmp_path: Path) -> Material:
    plan = small_plan()
    forms = [steady(plan, unit, 3) for unit in ("M1", "M2")]
    return Material(example_tables(), plan, forms, ADDRESSEE, tmp_path, WORDS)


def contents(files: Mapping[str, Content]) -> dict[str, bytes]:
    return {name: one.read_bytes() if isinstance(one, Path) else one for name, one in files.items()}


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Draw:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return begin_beside()


def test_both_draw_the_same(beside: Draw, material: Material) -> None:
    drawn, here = beside(material), draw_here(material)
    assert sorted(drawn.pictures()) == ["activities.png", "fulfilment.png"]
    assert {"activities.ics", "memo.docx"} <= drawn.files().keys()
    assert (drawn.pictures(), contents(drawn.files())) == (here.pictures(), contents(here.files()))


def test_either_may_be_asked_for_first(beside: Draw, material: Material) -> None:
    drawn = beside(material)
    assert "memo.docx" in drawn.files() and "fulfilment.png" in drawn.pictures()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="нет SIGKILL: не Unix")
@pytest.mark.parametrize("asked_first", [False, True])
def test_a_lost_process_is_not_missed(beside: Draw, material: Material, asked_first: bool) -> None:
    waiting = beside(material) if asked_first else None
    for process in active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    drawn, here = waiting or beside(material), draw_here(material)
    assert (drawn.pictures(), contents(drawn.files())) == (here.pictures(), contents(here.files()))


def test_one_processor_draws_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert begin_beside() is draw_here


def test_the_first_process_never_needs_matplotlib() -> None:
    """What the workbook's writers import is imported without it: that is what the second process is for."""
    import subprocess
    import sys

    code = "import sys, pipeline.report.workbook, pipeline.run.report; print('matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert said.stdout.strip() == "False"
