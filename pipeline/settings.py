"""config.toml → Settings, each value checked by msgspec; mistakes come back as problems with the key that is wrong."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from msgspec import Meta, ValidationError, convert

from pipeline.config_syntax import syntax_problem
from pipeline.domain.addresses import Address
from pipeline.domain.due_days import due_days
from pipeline.domain.periods import PlanYear
from pipeline.domain.schedulers import SCHEDULER
from pipeline.domain.status import Thresholds
from pipeline.domain.working_days import Move, has_calendar
from pipeline.language import language_of
from pipeline.problems import Problem, problem
from pipeline.words import Language, Words

Percent = Annotated[float, Meta(ge=0, le=1000)]
Of = TypeVar("Of")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Institution:
    """Who reports: the names on the forms and on the report; `addressee`: to whom the memo goes, as it is to be
    written there («Директору …»)."""

    name: str = ""
    department: str = ""
    head: str = ""
    addressee: str = ""


@dataclass(frozen=True)
class Paths:
    """Folders and the ledger's file, relative to the config's own folder."""

    input: Path = Path("input")
    output: Path = Path("output")
    ledger: Path = Path("ledger.sqlite")
    archive: Path = Path("archive")
    store: Path = Path("store")


@dataclass(frozen=True)
class Year:
    """`starts`: the month of the calendar with which the year begins. The year is called after the calendar's year in
    which it begins: with 4, the plan of 2013 is of April 2013 … March 2014."""

    starts: Annotated[int, Meta(ge=1, le=12)] = 1


@dataclass(frozen=True)
class Forms:
    """`due_day`: the forms are handed in by this day of the next month."""

    due_day: Annotated[int, Meta(ge=1, le=28)] = 5


@dataclass(frozen=True)
class Status:
    """Limits of the statuses, in % and in units of the indicator (see domain/status.py)."""

    tolerance_percent: Percent = 5.0
    tolerance_absolute: Annotated[float, Meta(ge=0)] = 1.0
    behind_below: Percent = 80.0
    above_over: Percent = 120.0


@dataclass(frozen=True)
class Checks:
    """Limits of what is usual (docs/checks.md): how far, in %, the months' plans may add up to another figure than the
    year's target; how many times and by how many units a figure may be beyond the range of the last twelve months."""

    target_percent: Percent = 1.0
    jump_times: Annotated[float, Meta(ge=1)] = 2.0
    jump_least: Annotated[float, Meta(ge=0)] = 10.0


@dataclass(frozen=True)
class Assignment:
    """The state assignment's report: the code of its form."""

    form_code: str = "0506501"


@dataclass(frozen=True)
class Calendar:
    """The working calendar: the country («RU», as ISO 3166 has it), and what becomes of a deadline on a day off."""

    country: str = "RU"
    move_deadlines: Move = "none"


@dataclass(frozen=True)
class Limits:
    """What the reading of one file may take where it is read in a process of its own: seconds, and MiB of memory."""

    seconds_per_file: Annotated[float, Meta(ge=1)] = 20.0
    megabytes: Annotated[int, Meta(ge=128)] = 512


@dataclass(frozen=True)
class ReadBy:
    """Who reads the forms: the machines of the Dask cluster whose scheduler has this address; empty: this one alone."""

    workers: Annotated[str, Meta(pattern=rf"^$|{SCHEDULER}")] = ""


@dataclass(frozen=True)
class Settings:
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
        return Thresholds(**asdict(self.status))

    def due_days(self, year: PlanYear) -> dict[int, date]:
        """Month of the year → the day by which its forms are handed in."""
        return due_days(year, self.forms.due_day, self.calendar.country)


def words_of(settings: Settings | None, config: Path) -> Words:
    """The words that the settings ask for; where they can't be read, those of the language that they name."""
    return Words(settings.language, settings.year.starts) if settings else Words(language_of(config))


def read_settings(path: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings of a config.toml, or None with one problem for each mistake in it."""
    where = Address(str(path))
    if path.is_dir():
        return None, (problem("cli.config_folder", where),)
    try:
        text = f"{path.read_text(encoding='utf-8-sig')}\n"
        table = tomllib.loads(text)
    except FileNotFoundError:
        return None, (problem("cli.config_missing", where),)
    except tomllib.TOMLDecodeError as error:
        return None, (syntax_problem(where, text, error),)
    except UnicodeDecodeError:
        return None, (problem("cli.config_encoding", where),)
    except OSError as error:
        return None, (problem("cli.config_unreadable", where, found=error.strerror or error),)
    mistakes = tuple(_mistakes(path, Settings, table))
    return (None, mistakes) if mistakes else (replace(_understood(table, Settings), folder=path.parent), ())


def _mistakes(path: Path, kind: Any, table: Mapping[str, Any], above: str = "") -> Iterator[Problem]:
    """What is wrong with each value of a table; msgspec by itself stops at the first."""
    kinds = get_type_hints(kind, include_extras=True)
    for key, found in table.items():
        setting, wanted = f"{above}{key}", kinds.get(key)
        if wanted is None or setting == "folder":
            yield problem("cli.config_key_unknown", Address(str(path)), found=found, setting=setting)
        elif is_dataclass(wanted) and isinstance(found, dict):
            yield from _mistakes(path, wanted, found, f"{setting}.")
        elif wanted is Path and isinstance(found, str) and (escaped := _CONTROL.sub(_escaped, found)) != found:
            yield problem("cli.config_path", Address(str(path)), found=escaped, setting=setting)
        elif not _is_possible(setting, found, wanted):
            code, limit = _reason(found, wanted)
            shown = str(found).lower() if isinstance(found, bool) else found  # as it is written there
            yield problem(code, Address(str(path)), found=shown, setting=setting, limit=limit)


def _escaped(sign: re.Match[str]) -> str:
    """The sign as it is written between quotation marks."""
    return json.dumps(sign[0])[1:-1]


def _is_possible(setting: str, found: object, wanted: Any) -> bool:
    try:
        value = _understood(found, wanted)
    except ValidationError:
        return False
    return setting != "calendar.country" or has_calendar(value)


def _understood(found: object, wanted: type[Of]) -> Of:
    """The value as the kind that is wanted; a number in quotation marks is one too. Raises ValidationError."""
    return convert(found, wanted, strict=False, dec_hook=lambda kind, value: kind(value))  # paths are made of texts


def _reason(found: object, wanted: Any) -> tuple[str, object]:
    """The problem's code and the limit that the value is beyond, if it is a number."""
    limits = next((each for each in get_args(wanted) if isinstance(each, Meta)), None)
    if limits is not None and isinstance(found, int | float):
        if limits.ge is not None and found < limits.ge:
            return "cli.config_too_small", limits.ge
        if limits.le is not None and found > limits.le:
            return "cli.config_too_great", limits.le
    return "cli.config_value", ""
