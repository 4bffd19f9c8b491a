"""Damage and malice: every file is counted whole or named, quickly, and harms no other (docs/damage.md)."""

import os
import re
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.intake.checked import Rules
from pipeline.intake.collect import LIMITS, collect
from pipeline.intake.find import Found, find_forms
from pipeline.intake.load import load
from pipeline.intake.workers import Limits, Lost, map_apart
from pipeline.sheets.book import Book
from pipeline.sheets.formulas import Inside, look
from tests.forms import row_of
from tests.hostile import DAMAGED, HOSTILE, book, edited, ods_of, swapped, with_rows
from tests.institution import institution, steady
from tests.intake import read_all
from tests.plans import small_plan

PLAN = small_plan()


def read(folder: Path, content: bytes) -> tuple[Book | None, list[str]]:
    path = folder / "M4.xlsx"
    path.write_bytes(content)
    loaded = load(Found(path, "2013/M4.xlsx"))
    return loaded.book, [one.code.removeprefix("intake.") for one in loaded.problems]


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_told_and_nothing_is_read(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, DAMAGED[name]()) == (None, ["file_damaged"])


@pytest.mark.parametrize("name", HOSTILE)
def test_malice_is_refused_at_once(tmp_path: Path, name: str) -> None:
    make, code = HOSTILE[name]
    content = make()
    start = time.process_time()
    assert read(tmp_path, content) == (None, [code])
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (swapped(book(), b'ref="A1:C2"', b'ref="A1:XFD1048576"'), 53),
        (swapped(book(), b'<c r="C2"', b"<c  s='0'  r='C2'"), 53),
        (swapped(book(), b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'), 53),
        (with_rows(b'<row r="2"><c/><c/><c><v>53</v></c></row>'), 53),
        (edited(book(), "theme1.xml", lambda _: b"\0" * 99), 53),
    ],
    ids=["a false dimension", "unusual quotes", "a format far away", "no references", "a theme that isn't read"],
)
def test_what_is_only_unusual_is_read(tmp_path: Path, content: bytes, cell: float) -> None:
    opened, codes = read(tmp_path, content)
    assert codes == []
    assert opened is not None and opened.sheets[0].at(1, 2) == cell


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="2"><c r="C2"><v>53</v></c><c r="C2"><v>99</v></c></row>',
        b'<row r="2"><c r="C2"><v>53</v></c></row><row r="2"><c r="C2" s="1"><v>99</v></c></row>',
        b'<row r="2"><c r="C2"><v>53</v></c></row><row r="3"><c r="C2"><v>99</v></c></row>',
        b"<row r='2'><c r='C2'><v>53</v></c><x:c r='c2'><v>99</v></x:c></row>",
        b'<row r="2"><c/><c/><c><v>53</v></c><c r="C2"><v>99</v></c></row>',
        b'<row r="2"><c r="C2"><v>53</v></c></row><!--</sheetData>--><row r="2"><c r="C2"><v>99</v></c></row>',
    ],
    ids=["in a row", "in two rows of a number", "in another's row", "unusually", "without a reference", "a comment"],
)
def test_a_cell_that_is_written_twice_is_named(tmp_path: Path, rows: bytes) -> None:
    path = tmp_path / "M4.xlsx"
    path.write_bytes(with_rows(rows))
    loaded = load(Found(path, "2013/M4.xlsx"))
    assert loaded.book is None
    assert [(one.code, one.address) for one in loaded.problems] == [
        ("intake.file_forged", ("2013/M4.xlsx", "Март", "C2"))
    ]


def test_strict_workbooks_are_read(tmp_path: Path) -> None:
    content = edited(
        book(),
        ".xml",
        lambda part: part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )
    opened, _ = read(tmp_path, content)
    assert opened is not None and opened.sheets[0].at(1, 2) == 53


CELLS = (
    b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><f>A9</f></c>'
    b'<c r="D1"><v>5</v></c><c r="E1"/><c r="F1" t="str"><f>A9</f><v></v></c><c r="G1"><f>A9</f><v>0</v></c></row>'
)
FOUND = {
    "A1": Inside("formula", "2"),
    "B1": Inside("error", "#DIV/0!"),
    "C1": Inside("uncomputed"),
    "F1": Inside("uncomputed"),
    "G1": Inside("formula", "0"),
}


@pytest.mark.parametrize(
    "written",
    [CELLS, CELLS.replace(b'"', b"'"), CELLS.replace(b"<c r", b"<c\n r"), CELLS.replace(b"<c ", b'<c s="1" ')],
    ids=["as Excel", "apostrophes", "line breaks", "other order"],
)
def test_formulas_and_errors_are_seen_however_they_are_written(written: bytes) -> None:
    xml = b'<worksheet xmlns="m"><sheetData>' + written + b"</sheetData></worksheet>"
    assert look(xml, [f"{letter}1" for letter in "ABCDEFGHI"]) == FOUND


def test_a_cell_that_holds_no_typed_figure_is_named_and_a_computed_one_counted(tmp_path: Path) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 9)}) / "input"
    path = folder / "2013/M1.xlsx"
    row = row_of(PLAN, "M1", 3, "VS.ST")

    def with_cell(cell: str) -> list[tuple[str, str, str]]:
        def put(part: bytes) -> bytes:
            at = part.index(b'<c r="G%d"' % row)
            end = part.index(b"</c>", at) + 4
            return part[:at] + cell.format(at=f'r="G{row}"').encode() + part[end:]

        path.write_bytes(edited(good, "worksheets/sheet4.xml", put))
        intake = collect(folder, Rules(PLAN), 3)
        counted = [
            entry for form in intake.submissions for entry in form.entries if entry[:3] == ("VS.ST", 3, "actual")
        ]
        told = [one for one in intake.problems if one.address[1:] == ("Март", f"G{row}")]
        return [(one.code, one.found, str([entry.value for entry in counted])) for one in told]

    good = path.read_bytes()
    assert with_cell('<c {at} t="e"><f>1/0</f><v>#REF!</v></c>') == [("intake.cell_error", "#REF!", "[]")]
    assert with_cell("<c {at}><f>F9</f></c>") == [("intake.formula_uncomputed", "", "[]")]
    assert with_cell("<c {at}><f>F9</f><v>0</v></c>") == [("intake.formula_zero", "0", "[]")]
    assert ("intake.formula_in_input", "12", "[12.0]") in with_cell("<c {at}><f>5+7</f><v>12</v></c>")


@pytest.mark.parametrize("error", ["#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "Err:502"])
@pytest.mark.parametrize("formula", ["", "<f>A1</f>", '<f t="shared" si="1"/>'])
def test_an_error_that_few_programs_know_costs_only_its_cell(tmp_path: Path, error: str, formula: str) -> None:
    form = steady(PLAN, "M1", 9)
    folder = institution(tmp_path, {"M1": form}) / "input"
    path = folder / "2013/M1.xlsx"
    row = row_of(PLAN, "M1", 3, "VS.ST")
    put = f'<c r="G{row}" s="1" t="e">{formula}<v>{error}</v></c>'.encode()
    cell = re.compile(rb'<c r="G%d".*?</c>' % row)
    path.write_bytes(edited(path.read_bytes(), "worksheets/sheet4.xml", lambda part: cell.sub(put, part)))
    intake = collect(folder, Rules(PLAN), 3)
    read = {entry[:3] for entry in intake.submissions[0].entries}
    assert {entry[:3] for entry in form.entries} - read == {("VS.ST", 3, "actual")}
    told = [(one.code, one.found) for one in intake.problems if one.address[1:] == ("Март", f"G{row}")]
    assert told == [("intake.cell_error", error)]


def test_one_bad_file_among_fifty_costs_only_itself(tmp_path: Path) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 9)}) / "input"
    for number in range(1, 50):
        (folder / f"2013/M1 ({number}).xlsx").write_bytes((folder / "2013/M1.xlsx").read_bytes())
    (folder / "2013/M1 (7 б).xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(5000))
    (folder / "2013/M1 (8 б).ods").write_bytes(ods_of(5_000))
    files, _ = find_forms(folder, PLAN.year)
    readings = read_all(files, PLAN)
    assert [one.input.file for one in readings] == [found.file for found in files]
    lost = {one.input.file: one.problems[0].code for one in readings if one.submission is None}
    assert lost == {"2013/M1 (7 б).xls": "intake.file_damaged", "2013/M1 (8 б).ods": "intake.file_killed"}
    assert all(one.input.sha256 for one in readings)


def test_few_files_and_many_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = institution(tmp_path, {unit: steady(PLAN, unit, 9) for unit in ("M1", "M2")}) / "input"
    (folder / "2013/b.xlsx").write_bytes(HOSTILE["10 000 sheets"][0]())
    files, _ = find_forms(folder, PLAN.year)
    here = read_all(files, PLAN)
    monkeypatch.setattr("pipeline.intake.collect.FEW", 0)
    assert read_all(files, PLAN) == here


def act(what: str) -> str:
    """What a worker may be up against."""
    if what == "abort":
        os.abort()
    if what == "sleep":
        time.sleep(60)
    if what == "memory":
        return "x" * 2**31
    return what.upper()


def test_a_dead_or_slow_worker_is_replaced_and_the_rest_goes_on() -> None:
    work = ["a", "abort", "b", "sleep", "c", "memory", "d", "abort", "e"]
    assert list(map_apart(act, work, Limits(1.5, 512))) == [
        "A", Lost.KILLED, "B", Lost.SLOW, "C", Lost.KILLED, "D", Lost.KILLED, "E",
    ]  # fmt: skip


def test_our_own_mistakes_are_not_taken_for_damage() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(map_apart(partial(int, base=10), ["1", "x"], LIMITS))
