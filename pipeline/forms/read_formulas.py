"""Input cells that hold an error or a formula instead of what was to be typed: named, and left out if
it is no figure.

An error, a formula that was never computed, and a formula whose stored value is 0 (which is what some programs store
for one that was never computed) are not reported figures.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pipeline.domain.addresses import cell_name
from pipeline.problems import Problem
from pipeline.sheets.book import Sheet
from pipeline.sheets.formulas import Inside, look

Say = Callable[..., Problem]
"""`say(code, row, key, found)`: a problem of the cell in that row and column."""


def without_formulas(
    sheet: Sheet, at: Mapping[str, int], inputs: Iterable[tuple[int, str]], say: Say
) -> tuple[Sheet, list[Problem]]:
    """The sheet with those of its input cells empty that can't be taken, and what was found; `inputs` are the cells'
    rows and the keys of their columns, which stand `at` these indices. A formula in a cell of text says what it
    says."""
    known = ((row, at[key], key) for row, key in inputs if key in at)
    cells = {cell_name(row, column): (row, key) for row, column, key in sorted(known)}
    inside = look(sheet.xml, tuple(cells))
    if not inside:
        return sheet, []
    grid = [list(row) for row in sheet.rows]
    problems: list[Problem] = []
    for cell, (row, key) in cells.items():
        if cell not in inside:
            continue
        code = _code(inside[cell])
        problems.append(say(f"intake.{code}", row, key, inside[cell].text))
        if code != "formula_in_input" and row < len(grid) and at[key] < len(grid[row]):
            grid[row][at[key]] = ""
    return replace(sheet, rows=grid), problems


def _code(inside: Inside) -> str:
    if inside.kind == "error":
        return "cell_error"
    if inside.kind == "uncomputed":
        return "formula_uncomputed"
    try:
        return "formula_in_input" if float(inside.text) else "formula_zero"
    except ValueError:
        return "formula_in_input"
