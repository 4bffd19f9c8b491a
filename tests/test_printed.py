"""The guide that is handed out on paper keeps to the two pages that it promises, and to letters that can be read."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from tests.guides import DOCS
from tests.printed import printed

A4 = (595, 842)
SMALLEST = 9.5
"""Points: no letter of the text is smaller. Those of the pictures are not text."""


def seen(page: PageObject) -> tuple[str, list[float], int]:
    """The page's text, the sizes of its letters in points, and how many pictures are drawn on it."""
    sizes: list[float] = []
    drawn: list[Any] = []

    def letters(text: str, now: list[float], line: list[float], _font: Any, size: float) -> None:
        if text.strip():
            sizes.append(round(size * line[3] * now[3], 1))

    def operators(operator: bytes, operands: Any, *_: Any) -> None:
        if operator == b"Do":
            drawn.append(operands)

    text = page.extract_text(visitor_text=letters, visitor_operand_before=operators)
    return text, sizes, len(drawn)


@pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not installed")
def test_the_guide_to_forms_is_two_pages_of_paper(tmp_path: Path) -> None:
    pages = PdfReader(printed(DOCS / "filling.md", tmp_path)).pages
    assert len(pages) == 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
    texts, sizes, pictures = zip(*map(seen, pages), strict=True)
    assert min(map(min, sizes)) >= SMALLEST
    assert sum(pictures) == 3
    assert texts[0].startswith("Заполняю форму") and texts[-1].rstrip().endswith("«Читаю отчёт».")
