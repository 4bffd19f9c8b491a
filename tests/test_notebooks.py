"""The notebooks: stored without results, defining nothing, and true on real figures too. That each runs to its end in a
clean copy is nbmake's to see: pytest collects the notebooks themselves (pyproject.toml)."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.forecast_evidence import DATA, ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def opened(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[NotebookNode]:
    return [cell for cell in opened(path).cells if cell.cell_type == "code"]


def shown(path: Path) -> str:
    """The texts of all results of the notebook, run in its own folder."""
    client = NotebookClient(opened(path), timeout=30, resources={"metadata": {"path": str(FOLDER)}})
    outputs = [output for cell in client.execute().cells for output in cell.get("outputs", ())]
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


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the figures of Newcastle are not at {DATA}")
@pytest.mark.parametrize("name", ["alike", "forecast"])
def test_runs_on_real_figures(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWCASTLE_DATA", str(DATA))
    found = shown(FOLDER / f"{name}.ipynb")
    assert {"alike": "Gosforth", "forecast": "посчитано заново"}[name] in found
