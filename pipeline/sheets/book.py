"""A workbook as it was read: sheets of plain cell values (python-calamine reads .xlsx, .xls, .ods, .xlsb)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, SheetTypeEnum, load_workbook

from pipeline.domain.addresses import Address, cell_name
from pipeline.sheets.package import Part

Value = int | float | str | bool | date | datetime | time | timedelta
"""A cell's value as stored; an empty cell is the empty string."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]`, counted from 0 from the cell A1, so indices give addresses. `xml` is the sheet's own
    XML where it is known, for what values don't tell (see formulas.py)."""

    file: str
    name: str
    rows: list[list[Value]]
    xml: bytes = field(default=b"", repr=False, compare=False)

    def at(self, row: int, column: int) -> Value:
        """The value there; empty beyond what is filled."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def column(self, index: int) -> list[Value]:
        """The column's values from the first row to the last."""
        if index < min(map(len, self.rows), default=0):
            return [row[index] for row in self.rows]
        return [row[index] if index < len(row) else "" for row in self.rows]

    def address(self, row: int, column: int) -> Address:
        return Address(self.file, self.name, cell_name(row, column))


@dataclass(frozen=True)
class Book:
    """A workbook's sheets in their order. `file` is relative to the input folder."""

    file: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_book(source: Path | bytes, file: str, parts: Sequence[Part] = ()) -> Book:
    """The workbook at the path, or of these bytes; its format is known by the content, not by the name. `parts` are
    its sheets' XML where that is known, in the same order.

    Raises CalamineError or OSError where it can't be read.
    """
    with load_workbook(str(source) if isinstance(source, Path) else BytesIO(source)) as workbook:
        known = workbook.sheets_metadata
        if not known or (parts and len(parts) != len(known)):
            raise CalamineError("the workbook does not say which sheets it has")
        # skip_empty_area would shift the columns: rows and columns must stay where Excel shows them
        return Book(
            file,
            tuple(
                Sheet(
                    file,
                    sheet.name,
                    workbook.get_sheet_by_index(index).to_python(skip_empty_area=False),
                    parts[index].xml if parts else b"",
                )
                for index, sheet in enumerate(known)
                if sheet.typ == SheetTypeEnum.WorkSheet
            ),
        )


__all__ = ["Book", "CalamineError", "Sheet", "Value", "open_book"]
