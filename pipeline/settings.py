"""config.toml → Settings, checked by pydantic; mistakes come back as problems with the key that is wrong."""

import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from pipeline.domain.addresses import Address
from pipeline.domain.status import Thresholds
from pipeline.domain.working_days import Move, has_calendar
from pipeline.language import language_of
from pipeline.problems import Problem, problem
from pipeline.words import Language, Words

Percent = Annotated[float, Field(ge=0, le=1000)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Institution(_Table):
    """Who reports: the names on the forms and on the report; `addressee`: to whom the memo goes, as it is to be
    written there («Директору …»)."""

    name: str = ""
    department: str = ""
    head: str = ""
    addressee: str = ""


class Paths(_Table):
    """Folders and the ledger's file, relative to the config's own folder."""

    input: Path = Path("input")
    output: Path = Path("output")
    ledger: Path = Path("ledger.sqlite")
    archive: Path = Path("archive")
    store: Path = Path("store")


class Year(_Table):
    """`starts`: the month of the calendar with which the year begins. The year is called after the calendar's year in
    which it begins: with 4, the plan of 2013 is of April 2013 … March 2014."""

    starts: Annotated[int, Field(ge=1, le=12)] = 1


class Forms(_Table):
    """`due_day`: the forms are handed in by this day of the next month."""

    due_day: Annotated[int, Field(ge=1, le=28)] = 5


class Status(_Table):
    """Limits of the statuses, in % and in units of the indicator (see domain/status.py)."""

    tolerance_percent: Percent = 5
    tolerance_absolute: Annotated[float, Field(ge=0)] = 1
    behind_below: Percent = 80
    above_over: Percent = 120


class Checks(_Table):
    """Limits of what is usual (docs/checks.md): how far, in %, the months' plans may add up to another figure than the
    year's target; how many times and by how many units a figure may be beyond the range of the last twelve months."""

    target_percent: Percent = 1
    jump_times: Annotated[float, Field(ge=1)] = 2
    jump_least: Annotated[float, Field(ge=0)] = 10


class Assignment(_Table):
    """The state assignment's report: the code of its form."""

    form_code: str = "0506501"


class Calendar(_Table):
    """The working calendar: the country («RU», as ISO 3166 has it), and what becomes of a deadline on a day off."""

    country: str = "RU"
    move_deadlines: Move = "none"

    @field_validator("country")
    @classmethod
    def _known(cls, country: str) -> str:
        if not has_calendar(country):
            raise ValueError(country)
        return country


class Limits(_Table):
    """What the reading of one file may take where it is read in a process of its own: seconds, and MiB of memory."""

    seconds_per_file: Annotated[float, Field(ge=1)] = 20
    megabytes: Annotated[int, Field(ge=128)] = 512


class ReadBy(_Table):
    """Who reads the forms: the machines of the Dask cluster whose scheduler has this address; empty: this one alone."""

    workers: str = ""


class Settings(_Table):
    """All settings. `folder` is where config.toml lies; the other paths are taken from it."""

    language: Language = "ru"
    example: bool = False
    institution: Institution = Institution()
    paths: Paths = Paths()
    year: Year = Year()
    forms: Forms = Forms()
    status: Status = Status()
    checks: Checks = Checks()
    assignment: Assignment = Assignment()
    calendar: Calendar = Calendar()
    reading: ReadBy = ReadBy()
    limits: Limits = Limits()
    folder: Path = Path()

    @property
    def input(self) -> Path:
        return self.folder / self.paths.input

    @property
    def output(self) -> Path:
        return self.folder / self.paths.output

    @property
    def ledger(self) -> Path:
        return self.folder / self.paths.ledger

    @property
    def store(self) -> Path:
        return self.folder / self.paths.store / "readings.sqlite"

    @property
    def archive(self) -> Path:
        return self.folder / self.paths.archive

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(**self.status.model_dump())


def words_of(settings: Settings | None, config: Path) -> Words:
    """The words that the settings ask for; where they can't be read, those of the language that they name."""
    return Words(settings.language, settings.year.starts) if settings else Words(language_of(config))


def read_settings(path: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings of a config.toml, or None with one problem for each mistake in it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None, (problem("cli.config_missing", Address(str(path))),)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return None, (problem("cli.config_syntax", Address(str(path)), line=line[1] if line else "—"),)
    except (UnicodeDecodeError, OSError) as error:
        return None, (problem("cli.config_unreadable", Address(str(path)), found=error),)
    try:
        return Settings(**(table | {"folder": path.parent})), ()
    except ValidationError as errors:
        return None, tuple(_mistake(path, error) for error in errors.errors())


_MISTAKES = {
    "extra_forbidden": "cli.config_key_unknown",
    "less_than_equal": "cli.config_too_great",
    "greater_than_equal": "cli.config_too_small",
}


def _mistake(path: Path, error: ErrorDetails) -> Problem:
    """pydantic's own words are English: its codes and limits are shown in ours."""
    limits = error.get("ctx", {})
    return problem(
        _MISTAKES.get(error["type"], "cli.config_value"),
        Address(str(path)),
        found=error["input"],
        setting=".".join(str(step) for step in error["loc"]),
        limit=limits.get("le", limits.get("ge", "")),
    )
