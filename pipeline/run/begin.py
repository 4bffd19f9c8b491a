"""How every story begins: with the settings and the words in which it is told."""

from pathlib import Path

from pipeline.run.outcome import Exit, Outcome
from pipeline.settings import Settings, read_settings, words_of
from pipeline.words import Words


def begin(config: Path) -> tuple[Settings, Words] | Outcome:
    """The settings and the words, or the end of a story whose settings can't be read."""
    settings, problems = read_settings(config)
    words = words_of(settings, config)
    return Outcome(Exit.FAILED, words, problems) if settings is None else (settings, words)
