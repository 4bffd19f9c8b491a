"""memo.docx as Word and LibreOffice take it: whole, two pages at most, editable, described, the same bytes."""

import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document
from PIL import Image

from pipeline.memo.charts import LONGEST_NAME, charts
from pipeline.memo.document import memo_document
from pipeline.memo.text import memo_text
from pipeline.run import drawing
from pipeline.words import Words
from tests.memo_lines import ADDRESSEE, memo_lines
from tests.plans import small_plan
from tests.report_tables import example_tables

WORDS = Words("ru")


@pytest.fixture(scope="module")
def made() -> bytes:
    return memo_document(example_tables(), ADDRESSEE, WORDS)


def xml(content: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return parts.read(name).decode()


def test_the_same_tables_give_the_same_bytes(made: bytes) -> None:
    assert memo_document(example_tables(), ADDRESSEE, WORDS) == made
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_tell_nothing_of_the_clock_or_of_the_template(made: bytes) -> None:
    properties = Document(BytesIO(made)).core_properties
    assert properties.created == properties.modified
    assert properties.created and properties.created.replace(tzinfo=None) == datetime(2013, 9, 30)
    assert (properties.author, properties.comments, properties.language) == (
        "Отдел координации деятельности библиотек области",
        "",
        "ru-RU",
    )


def test_all_of_the_text_is_in_the_document(made: bytes) -> None:
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    shown = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", "~")
    notice, *lines = memo_lines(memo_text(example_tables(), ADDRESSEE, WORDS)).splitlines()
    for line in lines:
        for part in line.removeprefix("• ").split("│"):
            assert part in shown or part.upper() in shown or part.startswith("["), part
    section = document.sections[0]
    assert section.first_page_header.paragraphs[0].text == notice
    assert section.header.paragraphs[0].text.endswith(notice)


def test_a_real_memo_has_no_notice() -> None:
    document = Document(BytesIO(memo_document(replace(example_tables(), example=False), ADDRESSEE, WORDS)))
    assert document.sections[0].first_page_header.paragraphs[0].text == ""


def test_paragraphs_are_styled_for_whoever_edits_them(made: bytes) -> None:
    styles = {paragraph.style.name for paragraph in Document(BytesIO(made)).paragraphs if paragraph.style}
    assert {"Heading 1", "Body Text", "List Bullet", "Caption"} <= styles
    faces = set(re.findall(r'w:ascii="([^"]+)"', xml(made, "word/styles.xml").split("<w:latentStyles")[1]))
    assert "Times New Roman" in faces
    assert 'w:lang w:val="ru-RU"' in xml(made, "word/styles.xml")


def test_pictures_are_described(made: bytes) -> None:
    described = re.findall(r'<wp:docPr id="(\d+)" name="[^"]*" descr="([^"]+)"', xml(made))
    assert [number for number, _ in described] == ["1", "2"]
    assert described[0][1].startswith("Полосы отклонений от плана")
    assert "«Сообщения» −30" in described[0][1]


def test_a_row_is_not_broken_and_the_heading_is_repeated(made: bytes) -> None:
    rows = 1 + 13 + 1  # the heading, the indicators, the pictures
    assert (xml(made).count("<w:cantSplit"), xml(made).count("<w:tblHeader")) == (rows, 1)


def test_nothing_to_draw_draws_nothing() -> None:
    tables = example_tables()
    silent = replace(
        tables, indicators=tables.indicators.assign(to_date_percent=float("nan"), forecast_percent=float("nan"))
    )
    assert charts(silent, WORDS) == ()
    assert "<pic:pic" not in xml(memo_document(silent, "", WORDS))


@pytest.mark.parametrize("main", [1, 16, 35])
def test_pictures_hold_few_and_many_indicators(main: int) -> None:
    tables = example_tables()
    some = tables.indicators.assign(main=[number < main for number in range(len(tables.indicators))])
    few = replace(tables, indicators=some)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pictures = charts(few, WORDS)
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"] * 2
    assert charts(few, WORDS) == pictures


def test_the_widest_letters_of_a_name_stay_within_the_picture() -> None:
    tables = example_tables()
    wide = replace(tables, indicators=tables.indicators.assign(name="Щ" * LONGEST_NAME))
    picture = np.asarray(Image.open(BytesIO(charts(wide, WORDS)[0])))
    inked = np.nonzero((picture < 128).any(axis=(0, 2)))[0]
    assert 0 < inked[0] < 20


def test_rows_with_names_of_several_lines_are_higher() -> None:
    tables = example_tables()
    heights = []
    for name in ("Слово", "Слово " * 8, "Слово " * 200):
        named = replace(tables, indicators=tables.indicators.assign(name=name))
        heights.append(Image.open(BytesIO(charts(named, WORDS)[0])).height)
    assert heights[0] < heights[1] < heights[2] == 8 * 220, "a page of the memo has room for 8 inches"


def test_without_python_docx_there_is_no_memo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    material = drawing.Material(example_tables(), small_plan(), "", tmp_path, WORDS)
    assert "memo.docx" in drawing.draw_here(material, lambda: iter(())).files()
    monkeypatch.setattr(drawing, "find_spec", lambda name: None)
    assert "memo.docx" not in drawing.draw_here(material, lambda: iter(())).files()


def _lacks_times() -> bool:
    """Without a face as wide as Times New Roman's the pages end elsewhere."""
    if shutil.which("fc-match") is None:
        return False
    face = subprocess.run(["fc-match", "Times New Roman"], capture_output=True, text=True, check=True).stdout
    return not any(name in face for name in ("Times New Roman", "Liberation Serif", "Tinos"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.skipif(_lacks_times(), reason="no face as wide as Times New Roman's: fonts-liberation is not installed")
def test_libreoffice_prints_two_pages_at_most(tmp_path: Path) -> None:
    tables = example_tables()
    late = tables.occurrences["end"].le(pd.Timestamp(2013, 9, 30))
    crowded = replace(tables, occurrences=tables.occurrences.assign(state=late.map({True: "overdue", False: "coming"})))
    for name, one in (("example", tables), ("crowded", crowded)):
        (tmp_path / f"{name}.docx").write_bytes(memo_document(one, ADDRESSEE, WORDS))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / f"{name}.docx") for name in ("example", "crowded")]
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(convert, check=True, capture_output=True, timeout=200)
    pages = {path.stem: len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) for path in tmp_path.glob("*.pdf")}
    assert pages == {"example": 2, "crowded": 2}
