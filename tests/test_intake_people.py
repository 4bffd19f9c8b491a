"""What docs/intake.md and docs/checks.md say is what the program does: every typed value of the tables is read so, and
every code stands there with its gravity."""

import re
from pathlib import Path

import pytest

from pipeline.problems import CODES, Severity
from pipeline.sheets.values import read_number

DOCS = Path(__file__).parents[1] / "docs"
GRAVITY: dict[str, Severity] = {"ошибка": "error", "предупреждение": "warning", "заметка": "note"}


def table_rows(page: str) -> list[list[str]]:
    """The cells of every row of the page's tables."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return [[cell.strip(" ") for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]


TYPED = [row for row in table_rows("intake.md") if re.fullmatch(r"`\w+`", row[-1])]
CODE = re.compile(r"`((?:forms|intake)\.\w+)`")
SAID = {
    code: [GRAVITY[cell] for cell in row if cell in GRAVITY]
    for page in ("intake.md", "checks.md")
    for row in table_rows(page)
    for code in CODE.findall(" ".join(row))
}


@pytest.mark.parametrize(("typed", "unit", "value", "code"), TYPED)
def test_a_typed_value_is_read_as_the_page_says(typed: str, unit: str, value: str, code: str) -> None:
    text = re.search("`(.+)`", typed)
    assert text is not None
    reading = read_number(text[1], unit)
    assert (reading.value, reading.code) == (None if value == "—" else float(value), code.strip("`"))


def test_the_table_of_typed_values_is_there() -> None:
    assert len(TYPED) > 15


def test_every_code_stands_on_the_pages_with_its_gravity() -> None:
    ours = {code: [gravity] for code, gravity in CODES.items() if code.startswith(("forms.", "intake."))}
    assert ours == SAID
