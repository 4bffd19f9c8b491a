"""The whole way in English, and beside it in Russian: no word of ours is Russian where the settings say «en»."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main as cli
from pipeline.report import figure_drawing
from pipeline.run.drawing import draw_here
from tests.made_texts import RUSSIAN, russian
from tests.riverside import CONFIG, riverside

STORY: tuple[tuple[str, ...], ...] = (
    ("check",),
    (),
    ("--period", "2013-Q3"),
    ("close", "2013-08"),
    ("close", "2013-08", "--anyway", "Some are late"),
    ("--month", "2013-08"),
    ("--month", "2013-09"),
    ("status",),
    ("status", "--month", "2013-08", "--format", "csv"),
    ("history", "VS.ST", "--unit", "E1"),
    ("history", "VS"),
    ("compare", "2013-08", "2013-09"),
    ("compare", "2013-08", "2013-07"),
    ("accept", "--all", "--reason", "None are there"),
    ("reopen", "2013-08", "--reason", "A mistake"),
    ("forms", "--reissue", "E1"),
    ("forms",),
    ("year", "2014"),
    ("plan", "--year", "2015"),
    ("plan", "--year", "2015"),
    ("--period", "2013"),
)
"""What an institution does in a year, refusals among it."""


SPEAKING = (".xlsx", ".docx", ".ics", ".csv")


class Told:
    """What one institution has seen: the console's lines and the pictures' texts; its files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.console, self.drawn = folder, list[str](), list[str]()


@pytest.fixture(scope="module", params=["en", "ru"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The story lived through in the language, with data that are English."""
    said = Told(tmp_path_factory.mktemp(request.param))
    riverside(said.folder, 9, CONFIG.replace('"en"', f'"{request.param}"'))
    outline, here = figure_drawing.outline, Path.cwd()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            figure_drawing, "outline", lambda line, weight: (said.drawn.append(line), outline(line, weight))[1]
        )
        patched.setattr("pipeline.run.drawing.begin_beside", lambda: draw_here)  # where what is drawn is seen
        os.chdir(said.folder)
        for arguments in STORY:
            done = CliRunner().invoke(cli.report, arguments, prog_name="run-report", catch_exceptions=False)
            said.console += done.output.replace("\u00a0", " ").splitlines()
    os.chdir(here)
    yield said


@pytest.mark.parametrize("told", ["en"], indirect=True)
def test_nothing_in_english_has_a_russian_letter_quotation_mark_or_date(told: Told) -> None:
    assert russian(told.folder) == []
    assert [line for line in told.console + told.drawn if RUSSIAN.search(line)] == []


@pytest.mark.parametrize("told", ["en"], indirect=True)
def test_english_speaks_of_what_was_done(told: Told) -> None:
    console = "\n".join(told.console)
    for words in ("September 2013: 2 of 2 forms handed in", "August 2013 is closed.", "2013-10-07", "Errors:"):
        assert words in console
    assert {"Visits", "Sep"} <= set(told.drawn)


@pytest.mark.parametrize("told", ["ru"], indirect=True)
def test_the_same_in_russian_is_russian_in_every_file_and_picture(told: Told) -> None:
    """So the search above looks where words are."""
    files = [path.relative_to(told.folder).as_posix() for path in told.folder.rglob("*.*") if path.suffix in SPEAKING]
    places = [where for where, _ in russian(told.folder)]
    assert [file for file in files if not any(where.startswith(file) for where in places)] == []
    assert len(files) > 20
    assert "сен" in told.drawn and any("Сентябрь 2013" in line for line in told.console)


def spoken(folder: Path, *arguments: str) -> str:
    """What the command says in a process of its own, in which the language is not yet decided."""
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli.main import main; main()", *arguments],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        cwd=folder,
        check=False,
    )
    return (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        *([*command, "--help"] for command in ([], *([name] for name in sorted(cli.report.commands)))),
        ["--month", "September"],
        ["check", "--period", "2013-Q5"],
        ["check", "--mnth"],
        ["report"],
        ["plan"],
        ["--dry-run", "forms"],
        ["accept", "--reason", "x"],
        ["compare", "2013", "2014"],
    ],
    ids=" ".join,
)
def test_help_and_mistakes_in_the_options_are_in_the_folders_language(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "config.toml").write_text('language = "en"\n', encoding="utf-8")
    text = spoken(tmp_path, *arguments)
    assert "Usage: run-report" in text
    assert not RUSSIAN.search(text), text


def test_help_is_in_the_language_of_the_settings_that_are_named(tmp_path: Path) -> None:
    (tmp_path / "abroad").mkdir()
    (tmp_path / "abroad" / "config.toml").write_text('language = "en"\n', encoding="utf-8")
    assert spoken(tmp_path, "--help").startswith("Вызов:")
    for named in (["--config", "abroad/config.toml"], ["--config=abroad/config.toml"]):
        assert spoken(tmp_path, "check", *named, "--help").startswith("Usage:")


def test_an_english_beginning_is_english(tmp_path: Path) -> None:
    assert spoken(tmp_path, "init", "--language", "en", "--help").startswith("Usage:")
    answers = ("--institution", "Riverside", "--department", "D", "--head", "H", "--year", "2013", "--due-day", "5")
    text = spoken(tmp_path, "init", "--language=en", *answers)
    assert "run-report forms" in text and not RUSSIAN.search(text), text
    assert russian(tmp_path) == []
    config = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert 'language = "en"' in config and not re.search("[а-яё]", config, re.IGNORECASE)


@pytest.mark.parametrize("mistake", ["[forms]\ndue_dai = 4", "[forms]\ndue_day = 40"])
def test_a_mistake_in_english_settings_is_told_in_english(tmp_path: Path, mistake: str) -> None:
    (tmp_path / "config.toml").write_text(f'language = "en"\n{mistake}\n', encoding="utf-8")
    text = spoken(tmp_path, "check")
    assert text.startswith("Errors:") and not RUSSIAN.search(text)
