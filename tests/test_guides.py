"""The guides, followed word by word in a clean folder: every command runs and says what the guide says. What a person
does between the commands, by hand, is done here under the guide's heading."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main as cli
from pipeline.domain.targets import Target
from pipeline.forms.layout import form_file_name
from pipeline.forms.write import form_workbook
from pipeline.history.record import PlanFile
from pipeline.history.snapshot import plan_of
from pipeline.plan.write import plan_workbook
from pipeline.run.outcome import Exit
from pipeline.settings import read_settings
from pipeline.words import Words
from tests.example.make_plan import example_plan
from tests.guides import DOCS, PAGES, commands_named, messages_quoted, patterns, says, steps
from tests.institution import steady

ANSWERS = "Районная библиотека\nМетодический отдел\n\n2026\n5\n"
"""To the questions of `run-report init`."""
YEAR = Path("input/2026")
WITHOUT_FORMS = {"За 2026 год ни одна форма не заполнена: отчёт делать не из чего."}


def fill_plan() -> None:
    """The example's plan, as if of 2026."""
    plan = replace(example_plan(), year=2026)
    (YEAR / "plan.xlsx").write_bytes(plan_workbook(plan, Words("ru"), 2026))


def fill_forms(months: int, late: str = "", **actual: float) -> None:
    """Everybody's form states what was planned; the late one's is still empty, M1's states the given figures."""
    plan = plan_of(PlanFile("2026/plan.xlsx", "", (YEAR / "plan.xlsx").read_bytes()))
    settings, _ = read_settings(Path("config.toml"))
    assert settings is not None
    for unit in plan.units.members:
        told = actual if unit.code == "M1" else {}
        form = steady(plan, unit.code, 0 if unit.code == late else months, **told)
        content = form_workbook(plan, unit.code, settings, Words("ru"), form)
        (YEAR / form_file_name(unit)).write_bytes(content)


def revise_plan() -> None:
    """A new target for M1 from March on."""
    path = YEAR / "plan.xlsx"
    plan = plan_of(PlanFile("2026/plan.xlsx", "", path.read_bytes()))
    revised = replace(plan, targets=(*plan.targets, Target("CONS.IND", "M1", 150.0, 3, "Приказ", "№ 5")))
    path.write_bytes(plan_workbook(revised, Words("ru"), 2026))


def begin() -> None:
    Path("config.toml").write_text("", encoding="utf-8")


HANDS: dict[str, dict[str, Callable[[], None]]] = {
    "collecting.md": {
        "Заполнить план": fill_plan,
        "Каждый месяц: принять и проверить": lambda: fill_forms(1, late="M3"),
        "Каждый месяц: сделать отчёт": lambda: fill_forms(1),
        "Если закрытый месяц исправили": lambda: fill_forms(2, CONS_IND=12),
        "Если изменился план": revise_plan,
    },
    "planning.md": {"Составляю план на год": begin, "Проверить": fill_plan},
    "overview-en.md": {},
}
"""Page → heading → what a person does before its first command."""


@pytest.mark.parametrize("page", HANDS)
def test_a_guide_followed_word_by_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.chdir(tmp_path)
    followed, heading = steps(DOCS / page), ""
    assert followed and set(HANDS[page]) <= {step.heading for step in followed}, "a heading was renamed"
    for step in followed:
        if step.heading != heading:
            heading = step.heading
            HANDS[page].get(heading, lambda: None)()
        result = CliRunner().invoke(cli.report, shlex.split(step.command)[1:], input=ANSWERS, prog_name="run-report")
        assert isinstance(result.exception, SystemExit | None), step
        assert [line for line in step.answer if not says(result.output, line)] == [], result.output
        expected = Exit.NOTHING_TO_READ if WITHOUT_FORMS & set(step.answer) else Exit.MADE
        assert result.exit_code == expected, (step, result.output)


COMMANDS = sorted({(page, command) for page in PAGES for command in commands_named(page)})


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_command_that_a_page_names_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, command: str
) -> None:
    """In an empty folder nothing can be done, but what is asked for is clear."""
    monkeypatch.chdir(tmp_path)
    if command.removeprefix("run-report ") in cli.report.commands:
        return
    done = CliRunner().invoke(cli.report, shlex.split(command)[1:], input=ANSWERS, prog_name="run-report")
    assert isinstance(done.exception, SystemExit | None), command
    assert done.exit_code != Exit.USAGE, done.output


@pytest.mark.parametrize("page", ["collecting.md", "planning.md"])
def test_messages_that_a_guide_quotes_are_the_programs(page: str) -> None:
    quoted = messages_quoted(page)
    assert len(quoted) > 3
    known = [pattern for area in ("cli", "plan", "forms", "intake", "history") for pattern in patterns(area)]
    assert [message for message in quoted if not any(pattern.fullmatch(message) for pattern in known)] == []
