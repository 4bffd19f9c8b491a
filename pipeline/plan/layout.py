"""The sheets of the plan's workbook and their columns, once for the writer and the reader.

Words stand in the catalogue: the sheet's «plan.sheet.<sheet>», the heading «plan.<sheet>.<column>» with its
explanation «….help», the choice «plan.choice.<column>.<value>». Accepted are those of both languages, the keys
themselves and the further spellings here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from pipeline.domain.indicators import Direction, Entering, OverMonths, OverUnits, PhasingRule, Quantity, Relation
from pipeline.domain.periods import MONTHS
from pipeline.problems import Key
from pipeline.sheets.headings import Spellings, plain
from pipeline.words import LANGUAGES, Words

Choice = TypeVar("Choice", bound=str)
Choices = Sequence[tuple[Choice, Sequence[str]]]
"""What may be chosen, and its further accepted spellings."""

SECTION_KINDS: Choices[Literal["service", "work"]] = (("service", ("услуги",)), ("work", ("работы",)))
RELATIONS: Choices[Relation] = (
    ("part", ("слагаемое", "в том числе")),
    ("of_which", ("из него", "не больше")),
    ("ratio", ("отношение", "формула")),
)
YES_NO: Choices[Literal["yes", "no"]] = (
    ("yes", ("+", "v", "1", "истина", "true")),
    ("no", ("-", "0", "ложь", "false")),
)
OVER_MONTHS: Choices[OverMonths] = (
    ("sum", ("складывается", "суммируется")),
    ("last", ("последнее",)),
    ("max", ("максимум",)),
    ("mean", ()),
)
OVER_UNITS: Choices[OverUnits] = (
    ("sum", ("складывается", "суммируется")),
    ("max", ("максимум",)),
    ("mean", ()),
    ("none", ("нет", "не суммируется")),
)
ENTERING: Choices[Entering] = (("month", ("месяц",)), ("cumulative", ("нарастающим", "с начала года")))
DIRECTIONS: Choices[Direction] = (("more", ("больше",)), ("less", ("меньше",)))
PHASING: Choices[PhasingRule] = (("even", ("поровну",)), ("profile", ("профиль",)), ("last_year", ("прошлый год",)))
QUANTITIES: Choices[Quantity] = (("quality", ()), ("volume", ()))


@dataclass(frozen=True)
class Column:
    """One column. `width` is Excel's.

    needed: a row without it can't be read. form: how a cell is written and read. choices: the values that it
    takes. codes_of: the sheet whose codes it takes. title_of: the column of the same sheet whose code's title a
    formula shows here (for people only: never read).
    """

    key: str
    width: float
    needed: bool = False
    form: Literal["text", "number", "month"] = "text"
    choices: Choices[str] = ()
    codes_of: str = ""
    title_of: str = ""
    also: tuple[str, ...] = ()
    month: int = 0

    def heading(self, sheet: str, words: Words) -> str:
        return words.month(self.month).capitalize() if self.month else words(f"plan.{sheet}.{self.key}")

    def help(self, sheet: str, words: Words) -> str:
        return words("plan.last_year.month.help") if self.month else words(f"plan.{sheet}.{self.key}.help")


@dataclass(frozen=True)
class SheetLayout:
    """One sheet. `needed`: a plan can't be read without it; `frozen`: columns that stay in sight; `pages_wide`:
    how many pages it is printed across."""

    key: str
    columns: tuple[Column, ...]
    needed: bool = True
    frozen: int = 1
    pages_wide: int = 1

    @property
    def name(self) -> Key:
        return Key(f"plan.sheet.{self.key}")


SHEETS: tuple[SheetLayout, ...] = (
    SheetLayout(
        "plan",
        (
            Column("item", 26, needed=True),
            Column("value", 90, needed=True),
        ),
    ),
    SheetLayout(
        "units",
        (
            Column("code", 12, needed=True),
            Column("title", 44, needed=True, also=("Наименование", "Должность", "Библиотека", "Подразделение")),
            Column("parent", 14, codes_of="units", also=("Родитель", "Кому подчиняется")),
            Column("kind", 18, also=("Уровень",)),
            Column("group", 18),
            Column("since", 12, form="month"),
            Column("until", 12, form="month"),
        ),
    ),
    SheetLayout(
        "sections",
        (
            Column("code", 10, needed=True),
            Column("title", 70, needed=True, also=("Наименование", "Раздел", "Услуга или работа")),
            Column("kind", 12, choices=SECTION_KINDS),
            Column("registry_number", 26, also=("Номер реестровой записи",)),
            Column("content", 28),
            Column("conditions", 28),
        ),
    ),
    SheetLayout(
        "indicators",
        (
            Column("code", 11, needed=True),
            Column("title", 46, needed=True, also=("Наименование", "Показатель")),
            Column("short_title", 26),
            Column("section", 9, needed=True, codes_of="sections"),
            Column("unit_of_measure", 13, needed=True, also=("Ед.", "Ед. изм.")),
            Column("okei", 8, also=("ОКЕИ",)),
            Column("parent", 11, codes_of="indicators", also=("Родитель",)),
            Column("relation", 11, choices=RELATIONS),
            Column("main", 10, choices=YES_NO),
            Column("decimals", 9, form="number"),
            Column("over_months", 14, choices=OVER_MONTHS),
            Column("over_units", 16, choices=OVER_UNITS),
            Column("entering", 16, choices=ENTERING),
            Column("direction", 16, choices=DIRECTIONS),
            Column("tolerance_percent", 11, form="number"),
            Column("tolerance_absolute", 11, form="number"),
            Column("phasing", 17, choices=PHASING),
            Column("profile", 42),
            Column("formula", 20),
            Column("quantity", 11, choices=QUANTITIES),
            Column("source", 26),
            Column("since", 10, form="month"),
            Column("until", 10, form="month"),
        ),
        frozen=2,
        pages_wide=2,
    ),
    SheetLayout(
        "targets",
        (
            Column("indicator", 13, needed=True, codes_of="indicators", also=("Показатель", "Код")),
            Column("indicator_title", 46, title_of="indicator"),
            Column("unit", 13, needed=True, codes_of="units", also=("Исполнитель",)),
            Column("unit_title", 26, title_of="unit"),
            Column("value", 14, needed=True, form="number", also=("Задание", "План на год")),
            Column("since", 14, form="month"),
            Column("reason", 34),
            Column("document", 30),
        ),
        frozen=2,
    ),
    SheetLayout(
        "activities",
        (
            Column("code", 8),
            Column("section", 9, needed=True, codes_of="sections"),
            Column("group", 30),
            Column("title", 64, needed=True, also=("Наименование",)),
            Column("due", 24),
            Column("responsible", 26, needed=True, also=("Исполнители",)),
            Column("indicator", 13, codes_of="indicators"),
        ),
        needed=False,
    ),
    SheetLayout(
        "last_year",
        (
            Column("indicator", 13, needed=True, codes_of="indicators", also=("Показатель", "Код")),
            Column("indicator_title", 40, title_of="indicator"),
            Column("unit", 13, needed=True, codes_of="units", also=("Исполнитель",)),
            Column("unit_title", 22, title_of="unit"),
            *(Column(f"m{number}", 9.5, form="number", month=number) for number in MONTHS),
        ),
        needed=False,
        frozen=4,
    ),
    SheetLayout(
        "statements",
        (
            Column("text", 70, needed=True),
            Column("formula", 30),
            Column("value", 16, form="number"),
            Column("place", 44),
        ),
        needed=False,
    ),
)

ITEMS = ("year", "title", "department", "note")
"""Rows of the sheet «План»."""

GUIDE = Key("plan.sheet.guide")


def layout_of(key: str) -> SheetLayout:
    return next(layout for layout in SHEETS if layout.key == key)


@cache
def sheet_names(key: str) -> frozenset[str]:
    """Names of the sheet's tab, as headings.plain makes them."""
    return frozenset({plain(key)} | {plain(Words(language)(f"plan.sheet.{key}")) for language in LANGUAGES})


@cache
def heading_spellings(key: str) -> Spellings:
    """Column → accepted headings of the sheet."""
    return {
        column.key: (*(column.heading(key, Words(language)) for language in LANGUAGES), column.key, *column.also)
        for column in layout_of(key).columns
    }


@cache
def item_spellings() -> dict[str, str]:
    """Plain spelling → row of the sheet «План»."""
    return {
        plain(spelling): item
        for item in ITEMS
        for spelling in (item, *(Words(language)(f"plan.item.{item}") for language in LANGUAGES))
    }


@cache
def choice_spellings(column: str, choices: Choices[Choice]) -> dict[str, Choice]:
    """Spelling, as headings.plain makes it → value."""
    return {
        plain(spelling) or spelling: value
        for value, further in choices
        for spelling in (str(value), *(Words(language)(choice_key(column, value)) for language in LANGUAGES), *further)
    }


def choice_key(column: str, value: str) -> Key:
    return Key(f"plan.choice.{column}.{value}")
