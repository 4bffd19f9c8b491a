"""What a person does who follows a guide word by word: the commands of its code blocks, and between them the hands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.messages_page import templates

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = ("../README.md", "../CONTRIBUTING.md", *sorted(path.name for path in DOCS.glob("*.md")))
FENCE = re.compile(r"```(\w*)\n(.*?)```|^#+ ([^\n]+)$", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    """Under which heading a command stands, and the lines that the guide says come of it."""

    heading: str
    command: str
    answer: tuple[str, ...] = ()


def steps(page: Path) -> list[Step]:
    """The page's commands in their order. A block without a language holds commands, a block «text» after it what the
    last of them says, «…» for what differs from day to day; blocks of other languages are not run."""
    found: list[Step] = []
    heading = ""
    for language, block, title in _blocks(page):
        if title:
            heading = title
        elif language == "" and block.startswith("run-report"):
            found += [Step(heading, line.partition("  #")[0].strip()) for line in block.splitlines() if line]
        elif language == "text":
            found[-1].answer = tuple(line.rstrip() for line in block.splitlines() if line.strip())
    return found


def _blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        yield match[1] or "", match[2] or "", match[3] or ""


def says(told: str, line: str) -> bool:
    """Whether what was told has the line, spaces aside."""
    parts = [re.escape(part) for part in re.split(r"\s+", line.replace("\u00a0", " ").strip())]
    return re.search(r"\s+".join(parts).replace("…", ".*?"), told.replace("\u00a0", " ")) is not None


def commands_named(page: str) -> list[str]:
    """The commands in the page's running text, whole ones: not those with «…» or a placeholder in capitals."""
    text = re.sub(r"```.*?```", "", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    named = re.findall(r"`(run-report(?: [^`]+)?)`", text)
    return [one for one in named if not re.search(r"…|\b[А-ЯЁ]{3,}\b|\b(?:YEAR|UNIT|NAME|FOLDER)\b", one)]


def messages_quoted(page: str) -> list[str]:
    """The first cells of the tables whose rows say what is seen and what to do about it."""
    found: list[str] = []
    inside = False
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip(" ") for cell in line.strip("|").split("|")]
        if line.startswith(("| замечание |", "| что видно |")):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            found.append(cells[0].replace("\u00a0", " "))
    return found


def patterns(area: str) -> list[re.Pattern[str]]:
    """The area's messages, anything in their placeholders."""
    texts = (text.replace("\u00a0", " ") for text in templates(area).values())
    return [re.compile(".+?".join(re.escape(part) for part in re.split(r"\{\w+\}", text))) for text in texts]
