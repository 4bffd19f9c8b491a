"""Nothing is timed in tests: a property may take as long as a busy machine needs. Where a change is accepted (CI) the
examples are the same each time; elsewhere they are new ones, and what they find becomes a test of its own."""

import os

import pytest
from hypothesis import settings

from pipeline.run.drawing import draw_here

settings.register_profile("new", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "new")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that a test calls draw here: a second process for each would import everything anew."""
    monkeypatch.setattr("pipeline.run.drawing.begin_beside", lambda: draw_here)
