"""What must be known of config.toml before the settings are read, or where they can't be: the language of help and of
mistakes in the options and in config.toml itself; the month with which years begin. Imports nothing heavy."""

import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.domain.periods import MONTHS
from pipeline.words import LANGUAGES, Language

CONFIG = Path("config.toml")
"""The settings where none are named: those of the current folder."""


def language_of(config: Path) -> Language:
    """What config.toml says about its language, whatever else is wrong with it; Russian where it says nothing that
    can be read."""
    return _known(_table(config).get("language")) or "ru"


def year_starts_of(config: Path) -> int:
    """The month with which plan years begin, as config.toml says: to know of which year the month is that an option
    names; January where it says nothing that can be read."""
    year = _table(config).get("year")
    starts = year.get("starts") if isinstance(year, dict) else None
    return starts if isinstance(starts, int) and starts in MONTHS else 1


def _table(config: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}


def config_of(arguments: Sequence[str]) -> Path:
    """The settings that the command line names, wherever in it; otherwise those of the current folder."""
    return Path(_said(arguments, "--config") or CONFIG)


def spoken(arguments: Sequence[str]) -> Language:
    """The language of the command line: the one that it asks for (init), otherwise that of its settings."""
    asked = _said(arguments, "--language")
    return _known(asked) or language_of(config_of(arguments))


def _known(said: object) -> Language | None:
    return next((language for language in LANGUAGES if language == said), None)


def _said(arguments: Sequence[str], option: str) -> str:
    """What the option is said to be, the last time; empty without it."""
    following = [value for name, value in pairwise(arguments) if name == option]
    joined = [one.removeprefix(f"{option}=") for one in arguments if one.startswith(f"{option}=")]
    return (["", *following, *joined])[-1]
