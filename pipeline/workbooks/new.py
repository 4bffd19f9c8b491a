"""The workbooks that we write: what all of them have in common."""

from contextlib import closing
from io import BytesIO, StringIO, TextIOWrapper
from math import isfinite
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple, Worksheet

SHORT = 16_000
"""Letters of a text that is not longer than Excel allows, however they are counted."""


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter is not typed throughout
    """A sheet without what xlsxwriter does for others at every cell, and in vain for us: half of the time that a form
    takes and a quarter of a report's. The files are the same, and a test writes all of them both ways."""

    # places are always given as row and column, never as «A1»
    write_blank, write_formula, write_url = Worksheet._write_blank, Worksheet._write_formula, Worksheet._write_url

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[Any, Any] = {}
        self.texts: dict[Any, Any] = {}

    def write_number(self, row: int, col: int, number: float, cell_format: Format | None = None) -> Any:
        """The same number in the same style is one cell in memory, wherever it stands; 0.0 and -0.0 are the same."""
        cell = self.numbers.get((number, cell_format))
        if cell is None:
            if not isfinite(number):
                return self._write_number(row, col, number, cell_format)
            cell = self.numbers[number, cell_format] = CellNumberTuple(number + 0, cell_format)
        return self._put(row, col, cell)

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> Any:
        """So is the same text in the same style."""
        cell = self.texts.get((string, cell_format))
        if cell is None:
            if len(string) > SHORT or self._is_beyond(row, col):
                return self._write_string(row, col, string, cell_format)
            number = self.str_table._get_shared_string_index(string)
            cell = self.texts[string, cell_format] = CellStringTuple(number, cell_format)
        else:
            self.str_table.count += 1  # cells that have texts
        return self._put(row, col, cell)

    def _put(self, row: int, col: int, cell: Any) -> int:
        if self._is_beyond(row, col):
            return -1
        self.table[row][col] = cell
        return 0

    def _is_beyond(self, row: int, col: int) -> bool:
        """Whether Excel has no such cell; most stand between others that were written before."""
        above, below, left, right = self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax
        if above is not None and above <= row <= below and left is not None and left <= col <= right:
            return False
        return bool(self._check_dimensions(row, col))

    def _assemble_xml_file(self) -> None:
        """Written out, the cells make room for what is to come."""
        super()._assemble_xml_file()
        for cells in (self.table, self.numbers, self.texts):
            cells.clear()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Not searched for thirty functions that Excel wants marked as newer than its file format (XLOOKUP …): ours
        keep to what every office program knows."""
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        """The columns that each sixteen rows reach from and to."""
        if self.comments:  # they count as well
            super()._calculate_spans()
            return
        reach: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                first, last = reach.get(row // 16, (self.dim_colmax, self.dim_colmin))
                reach[row // 16] = min(first, *cells), max(last, *cells)
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in reach.items()}

    def _write_rows(self) -> None:
        """Most cells are numbers and texts in a style of their own, whose attributes hold nothing to be escaped."""
        self._calculate_spans()
        columns = [xl_col_to_name(col) for col in range(self.dim_colmax + 1)]
        write = self.fh.write
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, info, spans = self.table.get(row), self.row_info.get(row), self.row_spans.get(row // 16)
            if not cells:
                if info or row in self.comments:
                    self._write_empty_row(row, spans, info)
                continue
            self._write_row(row, spans, info)
            for col in sorted(cells):
                cell = cells[col]
                kind, style = type(cell), cell.format
                if style is None:
                    self._write_cell(row, col, cell)
                elif kind is CellNumberTuple:
                    write(f'<c r="{columns[col]}{row + 1}" s="{style._get_xf_index()}"><v>{cell.number:.16G}</v></c>')
                elif kind is CellStringTuple:
                    write(f'<c r="{columns[col]}{row + 1}" s="{style._get_xf_index()}" t="s"><v>{cell.string}</v></c>')
                elif kind is CellBlankTuple:
                    write(f'<c r="{columns[col]}{row + 1}" s="{style._get_xf_index()}"/>')
                else:
                    self._write_cell(row, col, cell)
            write("</row>")


class _Packager(Packager):  # type: ignore[misc]
    """Puts the parts into the archive as they are written, where xlsxwriter keeps all of them until the last is."""

    def __init__(self, archive: ZipFile) -> None:
        super().__init__()
        self.archive = archive
        self.part: _Part | None = None

    def _create_package(self) -> Any:
        super()._create_package()
        self.close()
        return self.filenames  # nothing is left for the workbook to put

    def _filename(self, xml_filename: str) -> "_Part":
        self.close()
        self.part = _Part(self.archive.open(_entry(xml_filename), "w"))
        return self.part

    def close(self) -> None:
        """Ends the part that is being written, and puts the images that have come since."""
        if self.part:
            self.part.text.close()
            self.part = None
        for image, name, _ in self.filenames:
            self.archive.writestr(_entry(name), image.getvalue())
        self.filenames.clear()


class _Part(StringIO):
    """Markup on its way into the archive; xlsxwriter writes to nothing but files and StringIO."""

    def __init__(self, part: IO[bytes]) -> None:
        super().__init__()
        self.text = TextIOWrapper(part, "utf-8", newline="")
        self.write = self.text.write  # type: ignore[method-assign]


def _entry(name: str) -> ZipInfo:
    """A part of the archive with the time that xlsxwriter gives them all."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Workbook(Workbook):  # type: ignore[misc]
    worksheet_class = _Sheet
    filename: BytesIO

    def _store_workbook(self) -> None:
        with ZipFile(self.filename, "w") as archive, closing(_Packager(archive)) as self.packager:
            self.filename = BytesIO()  # where xlsxwriter puts what is left: nothing
            super()._store_workbook()

    def _get_packager(self) -> Packager:
        return self.packager


def new_workbook(content: BytesIO) -> Workbook:
    """An empty one, written into `content` when it is closed. Texts stay texts, whatever they look like."""
    as_they_are = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return _Workbook(content, {"in_memory": True, **as_they_are})
