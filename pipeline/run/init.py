"""The story of beginning: a folder gets its settings, an empty plan of the year and the file for a double click."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.addresses import Address
from pipeline.problems import problem
from pipeline.run.blanks import make_plan
from pipeline.run.config_text import config_text
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.tell import shown_path, unwritable
from pipeline.settings import read_settings
from pipeline.words import Language, Words
from pipeline.workbooks.files import write_whole

STARTER = "run-report.cmd"
_STARTER = Path(__file__).with_name(STARTER)


@dataclass(frozen=True)
class Answers:
    """What is asked. `head`: the position of who signs; `due_day`: forms are handed in by this day of the next
    month."""

    language: Language
    institution: str
    department: str
    head: str
    year: int
    due_day: int


def refusal(config: Path, words: Words) -> Outcome | None:
    """Why nothing can begin here: there are settings already."""
    if not config.exists():
        return None
    return Outcome(Exit.FAILED, words, (problem("cli.config_there", Address(shown_path(config))),))


def begin(config: Path, answers: Answers) -> Outcome:
    """Writes what a year begins with, never over anything that is there; where it can't, leaves nothing of it."""
    words = Words(answers.language)
    refused = refusal(config, words)
    if refused:
        return refused
    starter = config.with_name(STARTER)
    files = {config: _config(answers).encode()} | ({} if starter.exists() else {starter: _STARTER.read_bytes()})
    try:
        for path, content in files.items():
            write_whole(path, content)
    except OSError as error:
        done = Outcome(Exit.FAILED, words, (unwritable(path, error),))
    else:
        done = make_plan(config, answers.year)
    if done.exit == Exit.MADE:
        return Outcome(Exit.MADE, words, (), _told(config, answers.year, words))
    for path in files:
        with suppress(OSError):
            path.unlink()
    return done


def _config(answers: Answers) -> str:
    return config_text(
        answers.language,
        {
            "": {"language": answers.language},
            "institution": {"name": answers.institution, "department": answers.department, "head": answers.head},
            "forms": {"due_day": answers.due_day},
        },
    )


def _told(config: Path, year: int, words: Words) -> tuple[str, ...]:
    """What there is now, and what comes next."""
    settings, _ = read_settings(config)
    folder = (settings.input if settings else config.parent) / str(year)
    there = {"config": config, "plan": folder / "plan.xlsx", "starter": config.with_name(STARTER)}
    return (
        words("cli.init.made", **{name: shown_path(path) for name, path in there.items()}),
        words("cli.init.next"),
        words("cli.init.step.plan"),
        words("cli.init.step.forms", folder=shown_path(folder)),
        words("cli.init.step.check"),
        words("cli.init.step.report"),
        words("cli.init.settings"),
    )
