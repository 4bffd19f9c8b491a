"""Input cells that hold an error or a formula instead of what was to be typed: named, and left out if
it is no figure.

An error, a formula that was never computed, and a formula whose stored value is 0 (which is what some programs store
for one that was never computed) are not reported figures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from pipeline.domain.addresses import column_letters
from pipeline.problems import Problem
from pipeline.sheets.book import Sheet
from pipeline.sheets.formulas import Inside, look

Say = Callable[..., Problem]
"""`say(code, row, key, found)`: a problem of the cell in that row and column."""


def without_formulas(
    sheet: Sheet, at: Mapping[str, int], inputs: Mapping[int, Sequence[str]], say: Say
) -> tuple[Sheet, list[Problem]]:
    """The sheet with those of its input cells empty that can't be taken, and what was found; `inputs` are rows with
    the keys of those of their columns into which people type, the columns stand `at` these indices. A formula in a
    cell of text says what it says."""
    letters = [(column_letters(column), key) for key, column in sorted(at.items(), key=itemgetter(1))]
    cells = {f"{at}{row + 1}": (row, key) for row in sorted(inputs) for at, key in letters if key in inputs[row]}
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
