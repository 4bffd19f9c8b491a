"""Files opened safely: any format under any name, and the reason in words where one can't be opened."""

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from pipeline.intake import load as loading
from pipeline.intake.bounds import PLAN
from pipeline.intake.find import Found
from pipeline.intake.load import load
from tests.office import absent, office

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XLS_WITH_PASSWORD = OLE + bytes(504) + b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x36\x00"


def workbook() -> bytes:
    content = BytesIO()
    with Workbook(content) as book:
        sheet = book.add_worksheet("Март")
        sheet.write("C2", 53)
        book.add_chartsheet("Диаграмма").set_chart(_chart(book))
    return content.getvalue()


def _chart(book: Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Март'!$C$2:$C$2"})
    return chart


def archive(**parts: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, part in parts.items():
            target.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def with_broken_sheet(content: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name)[:150] if "sheet1.xml" in name else source.read(name))
    return target.getvalue()


def loaded(folder: Path, content: bytes, name: str = "M4.xlsx") -> loading.Loaded:
    path = folder / name
    path.write_bytes(content)
    return load(Found(path, f"2013/{name}"))


def test_a_sheet_that_is_too_large_for_a_form_may_be_a_plans(tmp_path: Path) -> None:
    content = BytesIO()
    with Workbook(content) as book:
        sheet = book.add_worksheet("Задания")
        sheet.write("A1", "Код")
        sheet.write("C700001", 12)  # 2.1 million cells, empty ones included
    (problem,) = loaded(tmp_path, content.getvalue()).problems
    assert (problem.code, problem.address.cell) == ("intake.sheet_too_large", "C700001")
    plan = load(Found(tmp_path / "M4.xlsx", "2013/plan.xlsx"), PLAN)
    assert plan.book is not None and plan.problems == ()
    assert plan.book.sheets[0].at(700_000, 2) == 12


def test_a_workbook_keeps_rows_and_columns_where_excel_shows_them(tmp_path: Path) -> None:
    book, sha256, problems = loaded(tmp_path, workbook())
    assert problems == ()
    assert sha256 == hashlib.sha256((tmp_path / "M4.xlsx").read_bytes()).hexdigest()
    assert book is not None and book.file == "2013/M4.xlsx"
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("Март", [["", "", ""], ["", "", 53.0]])]


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"", "file_empty", ""),
        (b"\0\0\0\r\n", "file_empty", ""),
        (workbook()[:3000], "file_damaged", ""),
        (workbook()[:-30], "file_damaged", ""),
        (with_broken_sheet(workbook()), "file_damaged", ""),
        (OLE + bytes(600), "file_damaged", ""),
        (bytes(range(256)), "file_damaged", ""),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "file_password", ""),
        (XLS_WITH_PASSWORD, "file_password", ""),
        (archive(mimetype=b"", **{"META-INF__manifest.xml": b"<x:encryption-data/>"}), "file_password", ""),
        (archive(**{"word__document.xml": b"<a/>"}), "file_other", "Word (.docx)"),
        (archive(photo=b"x"), "file_other", "ZIP"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "file_other", "Word (.doc)"),
        (b"%PDF-1.4 ...", "file_other", "PDF"),
        (b"Rar!\x1a\x07", "file_other", "RAR"),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table>", "file_other", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "file_other", "XML"),
        ("код;факт\r\nVS;53\r\n".encode("cp1251"), "file_other", "TXT"),
    ],
)
def test_people_are_told_why_a_file_cannot_be_opened(tmp_path: Path, content: bytes, code: str, found: str) -> None:
    book, sha256, problems = loaded(tmp_path, content)
    assert book is None
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert [(one.code, one.found, one.address.file) for one in problems] == [(f"intake.{code}", found, "2013/M4.xlsx")]


def test_a_file_that_cannot_be_read_at_all_is_a_problem(tmp_path: Path) -> None:
    (problem,) = load(Found(tmp_path / "нет.xlsx", "2013/нет.xlsx")).problems
    assert problem.code == "intake.file_forbidden"


class PanicException(BaseException):
    """What a panic of the reader looks like: pyo3's own class can't be imported."""


def test_a_panic_of_the_reader_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "open_book", _raising(PanicException("index out of bounds")))
    assert [one.code for one in loaded(tmp_path, workbook()).problems] == ["intake.file_damaged"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_person_who_stops_the_run_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    monkeypatch.setattr(loading, "open_book", _raising(stop()))
    with pytest.raises(stop):
        loaded(tmp_path, workbook())


def _raising(error: BaseException) -> object:
    def open_book(*_: object) -> None:
        raise error

    return open_book


def test_a_wrong_extension_is_told_and_the_content_read(tmp_path: Path) -> None:
    book, _, problems = loaded(tmp_path, workbook(), "M4.xls")
    assert book is not None
    assert [(one.code, one.found, dict(one.values)) for one in problems] == [
        ("intake.file_misnamed", ".xls", {"real": ".xlsx"})
    ]


@pytest.mark.parametrize(("extension", "told"), [("ods", []), ("xls", ["intake.file_opaque"])])
def test_other_formats_give_the_same_values_even_under_a_wrong_name(
    as_saved_by_office: Path, tmp_path: Path, extension: str, told: list[str]
) -> None:
    content = (as_saved_by_office / f"M4.{extension}").read_bytes()
    for name, codes in ((f"M4.{extension}", told), ("M4.xlsx", ["intake.file_misnamed", *told])):
        book, _, problems = loaded(tmp_path, content, name)
        assert [one.code for one in problems] == codes
        sheet = book and book.sheet("Март")
        assert sheet and sheet.at(1, 2) == 53


@pytest.fixture(scope="module")
def as_saved_by_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if absent():
        pytest.skip(absent())
    folder = tmp_path_factory.mktemp("office")
    (folder / "M4.xlsx").write_bytes(workbook())
    office([{"open": str(folder / "M4.xlsx"), "save": [str(folder / "M4.ods"), str(folder / "M4.xls")]}])
    return folder
