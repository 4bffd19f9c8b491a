"""The command that begins in a new folder: what its options don't say, it asks."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.cli.commands import command
from pipeline.cli.options import YEAR, Whole, config_option, finish, metavar, option
from pipeline.console import speak
from pipeline.words import LANGUAGES, Language, Words

DAY = Whole(1, 28)


class TextParameter(click.ParamType[str]):
    """A line of text, its spaces made single and plain. What a console of another encoding has garbled is refused."""

    name = "text"

    def __init__(self, words: Words) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = " ".join(str(value).split())
        if not text.isprintable():
            self.fail(self.words("cli.text_wrong"), param, ctx)
        return text


@command("init")
@option("institution", metavar=metavar("text"))
@option("department", metavar=metavar("text"))
@option("head", metavar=metavar("text"))
@option("year", type=YEAR, metavar=metavar("year"))
@option("due-day", type=DAY, metavar=metavar("day"))
@option("language", type=click.Choice(LANGUAGES), default="ru", metavar=metavar("language"))
@config_option
def init_command(
    institution: str | None,
    department: str | None,
    head: str | None,
    year: int | None,
    due_day: int | None,
    language: Language,
    config: Path,
) -> None:
    from pipeline.run.init import Answers, begin, refusal

    words, text = Words(language), TextParameter(Words(language))
    speak(language)
    refused = refusal(config, words)
    if refused:
        finish(refused, quiet=False)
    answers = Answers(
        language=language,
        institution=_asked(institution, words("cli.ask.institution"), text),
        department=_asked(department, words("cli.ask.department"), text, ""),
        head=_asked(head, words("cli.ask.head"), text, ""),
        year=_asked(year, words("cli.ask.year"), YEAR, date.today().year),
        due_day=_asked(due_day, words("cli.ask.due_day"), DAY, 5),
    )
    finish(begin(config, answers), quiet=False)


def _asked(said: Any, question: str, kind: click.ParamType[Any], usual: Any = None) -> Any:
    """What an option has said, otherwise what the person answers; `usual` where they only press Enter."""
    if said is not None:
        return kind(said)
    return click.prompt(question, usual, type=kind, show_default=bool(usual), err=True)
