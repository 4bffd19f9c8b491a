"""Input cells that hold an error or a formula instead of what was to be typed: named, and left out if
it is no figure.

An error, a formula that was never computed, and a formula whose stored value is 0 (which is what some programs store
for one that was never computed) are not reported figures.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from pipeline.domain.addresses import cell_name
from pipeline.problems import Problem
from pipeline.sheets.book import Sheet
from pipeline.sheets.formulas import Inside, look
from pipeline.sheets.values import TOO_LARGE, shown

Say = Callable[..., Problem]
"""`say(code, row, key, found)`: a problem of the cell in that row and column."""


class InputCells(NamedTuple):
    """The cells into which people type, row by row: their names; and of each its row, its column and that one's key."""

    names: tuple[str, ...]
    places: tuple[tuple[int, int, str], ...]


def input_cells(at: Mapping[str, int], inputs: Mapping[int, Collection[str]]) -> InputCells:
    """`inputs` are rows with the keys of those of their columns into which people type; the columns stand `at` these
    indices."""
    columns = sorted((column, key) for key, column in at.items())
    places = tuple((row, column, key) for row in sorted(inputs) for column, key in columns if key in inputs[row])
    return InputCells(tuple(cell_name(row, column) for row, column, _ in places), places)


def without_formulas(sheet: Sheet, cells: InputCells, say: Say) -> tuple[Sheet, list[Problem]]:
    """The sheet with those of its input cells empty that can't be taken, and what was found. A formula in a cell of
    text says what it says."""
    inside = look(sheet.xml, cells.names)
    if not inside:
        return sheet, []
    grid = [list(row) for row in sheet.rows]
    problems: list[Problem] = []
    for cell, (row, column, key) in zip(*cells, strict=True):
        if cell not in inside:
            continue
        code = _code(inside[cell])
        value = sheet.at(row, column)
        if code == "formula_in_input":
            taken = value if isinstance(value, float) and abs(value) < TOO_LARGE else shown(value)
            problems.append(say(f"intake.{code}", row, key, shown(value), value=taken))
        else:
            problems.append(say(f"intake.{code}", row, key, inside[cell].text))
        if code != "formula_in_input" and row < len(grid) and column < len(grid[row]):
            grid[row][column] = ""
    return replace(sheet, rows=grid), problems


def said_of_formulas(formulas: Iterable[Problem], uncounted: Collection[str]) -> list[Problem]:
    """What was found, without the notes that a value was counted of cells of which none was; why is said elsewhere."""
    return [one for one in formulas if one.code != "intake.formula_in_input" or one.address.cell not in uncounted]


def _code(inside: Inside) -> str:
    if inside.kind == "error":
        return "cell_error"
    if inside.kind == "uncomputed":
        return "formula_uncomputed"
    try:
        return "formula_in_input" if float(inside.text) else "formula_zero"
    except ValueError:
        return "formula_in_input"
