"""Numbers that formulas write, as LibreOffice computes them."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from pipeline.report.formulas import count_text, number_text, percent_text
from pipeline.words import LANGUAGES, Words
from tests.office import absent, office

COUNTS = (0, 5, 999, 1000, 1005, 40000, 999999)
NUMBERS = (0.0, -5.0, 999.0, 1000.0, 12_345_678.0, -1_000_007.0, 3_000_000_042.0)


@pytest.mark.skipif(bool(absent()), reason=absent() or "-")
def test_numbers_are_written_as_words_write_them(tmp_path: Path) -> None:
    path = tmp_path / "numbers.xlsx"
    expected: list[str] = []
    with Workbook(path) as book:
        sheet = book.add_worksheet("1")
        for words in map(Words, LANGUAGES):
            for write, say, values in (
                (count_text, words.number, COUNTS),
                (lambda cell, words: number_text(cell, "0", words), words.number, NUMBERS),
                (percent_text, words.percent, NUMBERS),
            ):
                for value in values:
                    row = len(expected)
                    sheet.write_number(row, 0, value)
                    sheet.write_formula(row, 1, f"={write(f'$A${row + 1}', words)}", None, say(value))
                    expected.append(say(value))
    (result,) = office(
        [{"open": str(path), "recalculate": True, "read": {"1": [f"B{row + 1}" for row in range(len(expected))]}}]
    )
    assert result["changed"] == []
    assert "40\u00a0000" in expected and result["formulas"] == len(expected)
