"""The workbooks that we write: what all of them have in common."""

from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter is not typed throughout
    """A sheet whose formulas are written as they are. xlsxwriter searches each for thirty functions that Excel wants
    marked as newer than its file format (XLOOKUP …): half of the time that a form takes. Ours keep to functions that
    every office program knows, and a test writes all of them both ways."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Workbook(Workbook):  # type: ignore[misc]
    worksheet_class = _Sheet


def new_workbook(content: BytesIO) -> Workbook:
    """An empty one, written into `content` when it is closed. Texts stay texts, whatever they look like."""
    as_they_are = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return _Workbook(content, {"in_memory": True, **as_they_are})
