"""How far a sheet reaches: the quick look never says less than the exact one."""

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.addresses import cell_name
from pipeline.intake.archive import keep_values
from pipeline.sheets import extent
from pipeline.sheets.extent import area_at_most, is_ordinary, measure

AREA = 2_000_000

PLACES = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 90)), min_size=1, max_size=30)


def sheet(names: list[str], filled: str = "<v>1</v>") -> bytes:
    """Each cell in a row of its own, which has the number that the cell's name says."""
    rows = [(name.lstrip(ascii_letters) or "1", name) for name in names]
    cells = "".join(f'<row r="{row}"><c r="{name}">{filled}</c></row>' for row, name in rows)
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()


@given(PLACES)
def test_of_cells_that_stand_once_it_is_exact(places: list[tuple[int, int]]) -> None:
    xml = sheet([cell_name(*place) for place in dict.fromkeys(places)])
    rows, columns, _, twice = measure(xml, AREA)
    assert (area_at_most(xml), twice) == (rows * columns, "")


@given(PLACES)
def test_a_cell_that_stands_twice_is_never_overlooked(places: list[tuple[int, int]]) -> None:
    xml = sheet([cell_name(*place) for place in (*dict.fromkeys(places), places[0])])
    assert area_at_most(xml) is None and not is_ordinary(xml)
    assert measure(xml, AREA).twice == cell_name(*places[0])


def test_cells_that_are_written_otherwise_are_measured() -> None:
    for name in ("", "g9", "G", "9", "G12345678", "GGGG1"):
        assert area_at_most(sheet(["A1", name])) is None


def test_empty_cells_count_here_but_not_exactly() -> None:
    xml = sheet(["A1", "C2000"], filled="")
    assert area_at_most(xml) == 6000
    assert measure(xml, AREA)[:2] == (0, 0)


def test_a_long_sheet_is_looked_at_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "_PIECE", 64)
    names = [cell_name(row, row % 3) for row in range(200)]
    assert area_at_most(sheet(names)) == 600
    assert area_at_most(sheet([*names, "A1"])) is None


def test_a_long_sheet_loses_its_formulas_as_a_short_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>SUM(B{n}:C{n})</f><v>{n}</v></c></row>' for n in range(1, 40))
    long = {"sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData><other/></worksheet>".encode()}
    short = dict(long)
    keep_values(short)
    monkeypatch.setattr(extent, "_PIECE", 64)
    keep_values(long)
    assert long == short
    assert b"<f>" not in long["sheet1.xml"] and long["sheet1.xml"].count(b"<v>") == 39
