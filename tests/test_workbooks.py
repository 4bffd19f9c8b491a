"""What all workbooks that we write have in common."""

from collections.abc import Callable

import pytest

from pipeline.forms.write import form_workbook
from pipeline.plan.write import plan_workbook
from pipeline.report.workbook import report_workbook
from pipeline.settings import Settings
from pipeline.words import Words
from pipeline.workbooks import new
from tests.example.make_plan import example_plan
from tests.report_tables import example_tables

WORDS = Words()


@pytest.mark.parametrize(
    "written",
    [
        lambda: form_workbook(example_plan(), "M1", Settings(), WORDS),
        lambda: plan_workbook(example_plan(), WORDS, 2013),
        lambda: report_workbook(example_tables(), WORDS, dict),
    ],
    ids=["form", "plan", "report"],
)
def test_no_formula_needs_what_is_spared(written: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """xlsxwriter's own preparation of formulas makes the same files as ours."""
    spared = written()
    monkeypatch.delattr(new._Sheet, "_prepare_formula")
    assert written() == spared
