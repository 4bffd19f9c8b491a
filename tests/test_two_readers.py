"""Every kind of form that the tests make, and the example's, is read alike by two independent readers."""

from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from pipeline.forms.write import form_workbook
from pipeline.settings import Settings
from pipeline.words import Words
from tests import two_readers
from tests.forms import changed, filled_form, read_bytes
from tests.plans import small_plan
from tests.two_readers import differences

PLAN = small_plan()
EXAMPLE = sorted((Path(__file__).parents[1] / "input" / "2013").glob("*.xlsx"))


@pytest.mark.parametrize(
    ("unit", "months", "gaps"), [("M1", 0, False), ("M1", 7, True), ("M1", 12, False), ("M2", 3, False)]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_forms(unit: str, months: int, gaps: bool, language: str) -> None:
    filled = filled_form(PLAN, unit, months, gaps)
    assert differences(form_workbook(PLAN, unit, Settings(), Words(language), filled)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: path.stem)
def test_the_example(path: Path) -> None:
    assert differences(path.read_bytes()) == []


def test_a_difference_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("Март")
        sheet.write_formula("G9", "=1+1", None, "")
        sheet.write("G10", 5)
    assert differences(stream.getvalue()) == []
    monkeypatch.setattr(
        two_readers, "read_bytes", lambda content, file: changed(read_bytes(content, file), "Март", G10=6.0)
    )
    assert differences(stream.getvalue()) == ["Март!G10: 6.0, 5"]
