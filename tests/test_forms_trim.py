"""What is left out before a form is read changes nothing of what is read: each form is read both ways."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.forms.layout import FIRST_ROW, HEADING_ROW, MONTH, MONTH_COLUMNS, month_title
from pipeline.forms.read import FormReading, read_form
from pipeline.forms.trim import trimmed
from pipeline.forms.write import form_workbook
from pipeline.intake import load as loading
from pipeline.intake.archive import unpack
from pipeline.intake.find import Found
from pipeline.intake.load import load
from pipeline.settings import Settings
from pipeline.sheets.book import Book
from pipeline.words import Words
from tests.forms import filled_form, row_of
from tests.hostile import edited, swapped
from tests.plans import small_plan

PLAN = small_plan()
CONTENT = form_workbook(PLAN, "M1", Settings(), Words(), filled_form(PLAN, "M1", 5))
MARCH = "sheet4.xml"
FUND = row_of(PLAN, "M1", 3, "FUND")
FAR_BELOW = 200


def opened(folder: Path, content: bytes) -> Book | None:
    path = folder / "M1.xlsx"
    path.write_bytes(content)
    return load(Found(path, "2013/M1.xlsx")).book


def read(folder: Path, content: bytes) -> FormReading:
    book = opened(folder, content)
    assert book is not None
    return read_form(book, PLAN)


def read_whole(folder: Path, content: bytes) -> FormReading:
    with patch.object(loading, "trimmed", dict):
        return read(folder, content)


def test_only_what_is_read_is_left_of_a_months_table() -> None:
    parts = unpack(CONTENT, 2**24)
    assert isinstance(parts, dict)
    march = next(part for name, part in trimmed(parts).items() if name.endswith(MARCH))
    left = [letters for letters in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if f'r="{letters}{FUND}"'.encode() in march]
    assert left == ["A", "F", "G", "N", "O"]
    assert b'r="AD6"' in march and b'r="AD8"' not in march
    assert len(march) < len(next(part for name, part in parts.items() if name.endswith(MARCH))) / 4


def test_a_form_as_it_was_issued_is_read_as_the_whole_one(tmp_path: Path) -> None:
    book = opened(tmp_path, CONTENT)
    assert book is not None
    march = book.sheet("Март")
    assert march is not None and march.at(FIRST_ROW, MONTH["title"]) == ""
    assert read_form(book, PLAN) == read_whole(tmp_path, CONTENT)


PLANNED, ACTUAL = (f'<c r="{letter}{FUND}"'.encode() for letter in "FG")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PLANNED, b"<!-- " + PLANNED + b"><v>9</v></c> -->" + PLANNED),
        (PLANNED, PLANNED.replace(b'<c r="', b'<c t="n" r="')),
        (PLANNED, b"<c"),
        (ACTUAL, f'<c r="AE{FUND}"><v>9</v></c>'.encode() + ACTUAL),
        (b'<row r="8"', b'<row r="08"'),
        (b"</worksheet>", b"</worksheet>\n"),
    ],
    ids=["a comment", "another order", "no place of its own", "beside the table", "another number", "a line's end"],
)
def test_a_sheet_that_is_written_unusually_is_read_as_the_whole_one(tmp_path: Path, old: bytes, new: bytes) -> None:
    content = swapped(CONTENT, old, new, MARCH)
    assert read(tmp_path, content) == read_whole(tmp_path, content)


def test_a_sheet_without_its_mark_is_read_whole(tmp_path: Path) -> None:
    march, april = (month_title(PLAN.calendar.month(month), Words()) for month in (3, 4))
    content = CONTENT
    for old, new in (("sheet=03", ""), (march, ""), ("Посещения: стационар", april)):  # a title within the table
        content = swapped(content, old.encode(), new.encode(), "sharedStrings.xml")
    reading = read(tmp_path, content)
    assert reading == read_whole(tmp_path, content)
    assert reading.problems[0].code == "forms.sheet_misspelt"


def rewritten(change: Callable[[Worksheet], object]) -> bytes:
    """March changed, and stored as most programs store it."""
    book = openpyxl.load_workbook(BytesIO(CONTENT))
    change(book["Март"])
    content = BytesIO()
    book.save(content)
    return edited(content.getvalue(), ".xml", lambda part: part.replace(b"<v />", b"").replace(b"<v/>", b""))


@pytest.mark.parametrize(("by", "letters"), [(1, "GH"), (12, "RS")])
def test_columns_that_were_moved_are_read_where_they_stand_now(tmp_path: Path, by: int, letters: str) -> None:
    content = rewritten(lambda march: march.insert_cols(2, by))
    reading = read(tmp_path, content)
    assert reading == read_whole(tmp_path, content)
    assert reading.submission is not None
    assert {entry.cell[0] for entry in reading.submission.entries if entry.month == 3} == set(letters)


PLACES = st.tuples(
    st.sampled_from([1, 2, HEADING_ROW + 1, *range(FIRST_ROW, FIRST_ROW + 12), FAR_BELOW]),
    st.integers(1, len(MONTH_COLUMNS) + 2),
)
TYPED = st.sampled_from(
    [None, 7, -1, 0.5, "12 чел.", "н/д", "=5+7", "FUND", "Фонд", "Факт", "План", "Код", "Январь 2013", "+"]
)


@settings(max_examples=40)
@given(st.dictionaries(PLACES, TYPED, min_size=1, max_size=6))
def test_whatever_is_typed_into_a_form_is_read_as_from_the_whole_one(
    tmp_path_factory: pytest.TempPathFactory, typed: dict[tuple[int, int], object]
) -> None:
    folder = tmp_path_factory.mktemp("typed")

    def change(march: Worksheet) -> None:
        for (row, column), value in typed.items():
            cell = march.cell(row, column)
            if isinstance(cell, Cell):  # and not the rest of a merged one
                cell.value = value  # type: ignore[assignment]

    content = rewritten(change)
    assert read(folder, content) == read_whole(folder, content)
