"""The way of the data is one way: nothing earlier imports anything later, as docs/architecture.md says."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
ORDER = (
    *("domain", "words", "language", "problems", "config_syntax", "settings", "sheets", "workbooks"),
    *("plan", "forms", "intake", "history", "analysis", "report", "memo"),
    *("console", "run", "cli"),
)
"""Folders and files of the package, each before those that may import it."""
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
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


def ours(path: Path) -> list[str]:
    return [module for module in imports(path) if module.startswith("pipeline.")]


def part(path: Path) -> str:
    steps = path.relative_to(PACKAGE).parts
    return steps[0] if len(steps) > 1 else path.stem


SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if part(path) != "__init__"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_earlier_imports_anything_later(path: Path) -> None:
    own = ORDER.index(part(path))
    used = {module.split(".")[1] for module in ours(path)}
    assert {name for name in used if ORDER.index(name) > own} == set()


def test_pandas_starts_at_analysis() -> None:
    users = {part(path) for path in SOURCES if "pandas" in {module.split(".")[0] for module in imports(path)}}
    assert users.isdisjoint(NEVER_PANDAS)


def test_the_architectures_page_names_every_part_in_this_order() -> None:
    rows = re.findall(r"^\| `pipeline/(\w+)(?:/|\.py)`", PAGE, re.MULTILINE)
    assert tuple(rows) == ORDER


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("forms", {"plan"}),
        ("intake", {"plan"}),
        ("analysis", {"sheets", "workbooks", "plan", "forms", "intake", "history"}),
        ("report", {"intake", "history"}),
        ("memo", {"intake", "history"}),
    ],
)
def test_some_may_not_even_import_what_is_earlier(later: str, earlier: set[str]) -> None:
    used = {module.split(".")[1] for path in SOURCES if part(path) == later for module in ours(path)}
    assert used.isdisjoint(earlier)


def test_files_and_functions_that_the_page_names_are_there() -> None:
    named = re.findall(r"`((?:[\w/]+/)?\w+\.(?:py|md|toml))`", PAGE)
    known = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    known |= {path.name for folder in (PACKAGE, ROOT, ROOT / "docs") for path in folder.rglob("*.*")}
    assert len(named) > 20
    lost = [name for name in named if name not in known and name.removeprefix("pipeline/") not in known]
    assert [name for name in lost if not (ROOT / name).exists()] == []


def test_no_file_holds_two_ideas() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 350} == {}
