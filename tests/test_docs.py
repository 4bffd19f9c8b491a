"""What the documents point at is there, and what is made by scripts is what they make today."""

import json
import re
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from pipeline.domain.deadlines import read_deadline
from pipeline.plan.layout import SHEETS
from pipeline.run.outcome import Exit
from pipeline.words import Words
from tests.example.make_pictures import PAGES as PICTURED
from tests.example.make_pictures import PICTURES, SOURCES, example_report, sources
from tests.guides import DOCS, PAGES
from tests.messages_page import PAGE, page

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LINKS = [
    (name, link)
    for name in PAGES
    for link in LINK.findall((DOCS / name).read_text(encoding="utf-8"))
    if not re.match(r"\w+:", link)
]
GUIDES = ("filling.md", "collecting.md", "reading.md", "planning.md")


@pytest.mark.parametrize(("name", "link"), LINKS)
def test_a_link_leads_somewhere(name: str, link: str) -> None:
    path, _, heading = link.partition("#")
    target = (DOCS / name).parent / unquote(path) if path else DOCS / name
    assert target.exists()
    if heading:
        assert unquote(heading) in headings(target)


def headings(path: Path) -> set[str]:
    """As GitHub names them: small letters, hyphens for spaces, no marks."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_picture_is_shown_and_small() -> None:
    shown = {Path(link).stem for _, link in LINKS if link.endswith(".png")}
    assert shown == set(PICTURED) == {path.stem for path in PICTURES.glob("*.png")}
    assert {path.name: path.stat().st_size for path in PICTURES.glob("*.png") if path.stat().st_size > 150_000} == {}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_report(tmp_path_factory.mktemp("example"))


def test_the_pictures_are_of_todays_workbooks(report: Path) -> None:
    """Where it fails, look at what has changed and run `python -m tests.example.make_pictures`."""
    assert json.loads(SOURCES.read_text(encoding="utf-8")) == sources(report)


def test_the_guide_to_the_report_names_every_sheet(report: Path) -> None:
    text = (DOCS / "reading.md").read_text(encoding="utf-8")
    with ZipFile(report) as package:
        sheets = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
    assert len(sheets) > 10
    assert [name for name in sheets if f"«{name}»" not in text] == []


def test_the_page_of_messages_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.messages_page"


def test_the_guide_to_collecting_has_every_exit_code() -> None:
    table = (DOCS / "collecting.md").read_text(encoding="utf-8").partition("| код | что значит |")[2]
    assert [int(code) for code in re.findall(r"^\| (\d) \|", table, re.MULTILINE)] == [each.value for each in Exit]


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_has_no_break_spaces_before_units_and_no_straight_quotes(name: str) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", (DOCS / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r'\d (?:%|чел\.|ед\.|экз\.|\d{3}\b)|"', text) == []


def test_the_guide_to_the_plan_names_every_column_and_what_is_needed() -> None:
    text, words = (DOCS / "planning.md").read_text(encoding="utf-8"), Words("ru")
    for sheet in SHEETS:
        if sheet.key not in ("units", "indicators", "activities"):
            assert f"## {words(f'plan.sheet.{sheet.key}')}\n" in text
            continue
        table = text.partition(f"## {words(f'plan.sheet.{sheet.key}')}\n")[2].partition("\n## ")[0]
        named = [
            cell for line in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for cell in re.split("[,;] ", line)
        ]
        for column in sheet.columns:
            title = words(f"plan.{sheet.key}.{column.key}").partition(":")[0]
            assert title.replace(", ", "|").partition("|")[0] + (" *" if column.needed else "") in named


def test_deadlines_of_the_guide_are_understood() -> None:
    table = (DOCS / "planning.md").read_text(encoding="utf-8").partition("| срок | как понимается |")[2]
    spelt = re.findall(r"`([^`]+)`", "".join(line for line in table.partition("\n\n")[0].splitlines() if "|" in line))
    assert len(spelt) > 12
    assert [text for text in spelt if read_deadline(text, 2026) is None] == []
