"""The notebooks: stored without results, defining nothing, and run to their end as a reader would run them."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.forecast_evidence import DATA, ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LONGEST = 30
"""Seconds that a cell may take."""


def opened(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[NotebookNode]:
    return [cell for cell in opened(path).cells if cell.cell_type == "code"]


def run(path: Path) -> NotebookNode:
    """The notebook with its results, run in its own folder."""
    client = NotebookClient(opened(path), timeout=LONGEST, resources={"metadata": {"path": str(FOLDER)}})
    return client.execute()


def shown(notebook: NotebookNode) -> str:
    """The texts of all results."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(output["data"].get("text/plain", "") for output in outputs if "data" in output)


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["alike", "forecast", "year"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_results(path: Path) -> None:
    assert [cell.outputs for cell in code(path) if cell.outputs] == []
    assert {cell.execution_count for cell in code(path)} == {None}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_defines_nothing(path: Path) -> None:
    nodes = [node for cell in code(path) for node in ast.walk(ast.parse(cell.source))]
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert [ast.unparse(node) for node in nodes if isinstance(node, definitions)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_in_a_clean_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWCASTLE_DATA", raising=False)
    assert shown(run(path))


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the figures of Newcastle are not at {DATA}")
@pytest.mark.parametrize("name", ["alike", "forecast"])
def test_runs_on_real_figures(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWCASTLE_DATA", str(DATA))
    found = shown(run(FOLDER / f"{name}.ipynb"))
    assert {"alike": "Gosforth", "forecast": "посчитано заново"}[name] in found
