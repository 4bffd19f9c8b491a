"""The workbooks that we write: what all of them have in common."""

from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter is not typed throughout
    """A sheet without what xlsxwriter does for others at every cell, and in vain for us: half of the time that a form
    takes and a quarter of a report's. The files are the same, and a test writes all of them both ways."""

    # places are always given as row and column, never as «A1»
    write_number = Worksheet._write_number
    write_string = Worksheet._write_string
    write_blank = Worksheet._write_blank

    def _assemble_xml_file(self) -> None:
        """Written out, the cells make room for the other sheets' markup."""
        super()._assemble_xml_file()
        self.table.clear()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Not searched for thirty functions that Excel wants marked as newer than its file format (XLOOKUP …): ours
        keep to what every office program knows."""
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Most cells are numbers and texts in a style of their own, whose attributes hold nothing to be escaped."""
        kind = type(cell).__name__
        if cell.format is None or kind not in ("Number", "String"):
            super()._write_cell(row, col, cell)
            return
        place = f'r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        if kind == "Number":
            self.fh.write(f"<c {place}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f'<c {place} t="s"><v>{cell.string}</v></c>')


class _Workbook(Workbook):  # type: ignore[misc]
    worksheet_class = _Sheet


def new_workbook(content: BytesIO) -> Workbook:
    """An empty one, written into `content` when it is closed. Texts stay texts, whatever they look like."""
    as_they_are = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return _Workbook(content, {"in_memory": True, **as_they_are})
