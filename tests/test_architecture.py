"""The way of the data is one way: nothing earlier imports anything later, as docs/architecture.md says."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
ORDER = (
    *("domain", "words", "language", "problems", "settings", "deadline_text", "sheets", "workbooks"),
    *("plan", "forms", "intake", "history", "analysis", "report", "memo"),
    *("console", "run", "cli"),
)
"""Folders and files of the package, each before those that may import it."""
NEVER_PANDAS = ("domain", "sheets", "plan", "forms", "intake", "history")


def imports(path: Path) -> list[str]:
    """All modules that a file imports, wherever in it."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


def part(path: Path) -> str:
    steps = path.relative_to(PACKAGE).parts
    return steps[0] if len(steps) > 1 else path.stem


SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if part(path) != "__init__"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_earlier_imports_anything_later(path: Path) -> None:
    own = ORDER.index(part(path))
    used = {module.split(".")[1] for module in imports(path) if module.startswith("pipeline.")}
    assert {name for name in used if ORDER.index(name) > own} == set()


def test_pandas_starts_at_analysis() -> None:
    users = {part(path) for path in SOURCES if "pandas" in {module.split(".")[0] for module in imports(path)}}
    assert users.isdisjoint(NEVER_PANDAS)


def test_the_architectures_page_names_every_part() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in ORDER if f"{name}/" not in page and f"{name}.py" not in page] == []


def test_no_file_holds_two_ideas() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 350} == {}
