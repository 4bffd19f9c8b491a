"""The form's geometry, once for the writer and the reader: sheets, columns, headings, identity, file name."""

import re
from functools import cache
from typing import NamedTuple, get_args

from pipeline.domain.activities import MarkedState
from pipeline.domain.addresses import column_letters
from pipeline.domain.periods import Month
from pipeline.domain.submissions import Identity
from pipeline.domain.units import Unit
from pipeline.sheets.headings import Spellings
from pipeline.words import LANGUAGES, Words

VERSION = 1

IDENTITY_ROW = 0
TITLE_ROW = 1
PLACE_ROW = 2
UNIT_ROW = 3
LEGEND_ROW = 4
HEADING_ROW = 5
NUMBERS_ROW = 6
FIRST_ROW = 7


class Column(NamedTuple):
    """A column of a sheet. Hidden ones hold the arithmetic; the others have a heading in the catalogue."""

    key: str
    width: float
    hidden: bool = False


MONTH_COLUMNS = (
    Column("code", 9),
    Column("title", 47),
    Column("unit", 8),
    Column("target", 9.5),
    Column("before", 10.5),
    Column("planned", 9.5),
    Column("actual", 9.5),
    Column("guard", 2, hidden=True),  # bounds a range around the two inputs: see formulas.py
    Column("variance", 9),
    Column("percent", 9),
    Column("to_date", 10.5),
    Column("year_percent", 9.5),
    Column("status", 14),
    Column("cause", 27),
    Column("text", 42),
    Column("typed_planned", 9, hidden=True),
    Column("typed_actual", 9, hidden=True),
    Column("adds_to", 9, hidden=True),
    Column("tolerance_percent", 9, hidden=True),
    Column("tolerance_absolute", 9, hidden=True),
    Column("planned_value", 9, hidden=True),
    Column("actual_value", 9, hidden=True),
    Column("complete", 9, hidden=True),
    Column("months", 9, hidden=True),
    Column("expected", 9, hidden=True),
    Column("total", 9, hidden=True),
    Column("carried", 9, hidden=True),
    Column("status_number", 9, hidden=True),
    Column("needs_cause", 9, hidden=True),
    Column("errors", 9, hidden=True),
)
MONTH = {column.key: index for index, column in enumerate(MONTH_COLUMNS)}
MONTH_INPUTS = ("planned", "actual", "cause", "text")
MONTH_READ = ("code", *MONTH_INPUTS)
"""What the reader needs of a month's sheet; everything else is computed and recomputed."""

ACTIVITY_COLUMNS = (
    Column("code", 9),
    Column("activity", 60),
    Column("due", 19),
    Column("when", 21),
    Column("number", 9),
    Column("feeds", 30),
    Column("state", 16),
    Column("day", 12),
    Column("result", 48),
)
ACTIVITY = {column.key: index for index, column in enumerate(ACTIVITY_COLUMNS)}
ACTIVITY_READ = ("code", "activity", "when", "number", "feeds", "state", "day", "result")
SPARED = ("when",)
"""Columns that are read to be surer of the others: nothing is said of one that is lost or unclear."""
EXTRA_ROWS = 8
EXTRA = re.compile(r"\+\s*\d+")
"""The code of a free row for an activity beyond the plan: «+1»."""

CAUSES = (
    "season",
    "demand",
    "event_moved",
    "staff",
    "travel",
    "technical",
    "premises",
    "funding",
    "partners",
    "late_data",
    "extra_event",
    "plan_error",
    "other",
)
"""What the list of causes offers; the words are in the catalogue."""
STATES: tuple[MarkedState, ...] = get_args(MarkedState)

# Where the hidden sheet of lists keeps what formulas and validations name; rows and columns from 0.
LISTS_FIRST_ROW = 2
LISTS = {key: column for column, key in enumerate(("causes", "statuses", "thresholds", "states", "feeds"))}
THRESHOLDS = ("behind_below", "above_over")


def month_cell(key: str, row: int) -> str:
    """«$G9»: the column's cell in a row counted from 0; the column is fixed."""
    return f"${column_letters(MONTH[key])}{row + 1}"


def month_range(key: str, last_row: int) -> str:
    """«$G$8:$G$40»: all rows of a month's table."""
    letters = column_letters(MONTH[key])
    return f"${letters}${FIRST_ROW + 1}:${letters}${last_row + 1}"


def list_range(key: str, length: int, words: Words) -> str:
    """Where a list of `length` items stands: «'Списки'!$A$3:$A$15»."""
    letters = column_letters(LISTS[key])
    return f"'{words('forms.sheet.lists')}'!${letters}${LISTS_FIRST_ROW + 1}:${letters}${LISTS_FIRST_ROW + length}"


def threshold_cell(key: str, words: Words) -> str:
    """Where a limit of the statuses stands."""
    row = LISTS_FIRST_ROW + 1 + THRESHOLDS.index(key)
    return f"'{words('forms.sheet.lists')}'!${column_letters(LISTS['thresholds'])}${row}"


def month_sheet_name(month: int, words: Words) -> str:
    """«Март»."""
    return words.month(month).capitalize()


def month_title(month: Month, words: Words) -> str:
    """What stands above the month's table."""
    year, number = month.calendar
    return words("forms.month.title", month=words.calendar_month(number), year=year)


@cache
def spellings(sheet: str) -> Spellings:
    """Accepted headings of the columns that are read, in every language; `sheet` is «month» or «activities»."""
    found: dict[str, tuple[str, ...]] = {}
    for key in MONTH_READ if sheet == "month" else ACTIVITY_READ:
        accepted: list[str] = []
        for words in map(Words, LANGUAGES):
            accepted.append(words(f"forms.column.{key}"))
            accepted += words(f"forms.column.{key}.accepted").split("|")
        found[key] = tuple(accepted)
    return found


class SheetIdentity(NamedTuple):
    """What the hidden first row of a sheet says: the form's identity and which of its sheets this is
    («03», «activities», «lists», «guide»)."""

    form: Identity
    sheet: str

    @property
    def month(self) -> int:
        """The month of a month's sheet, otherwise 0."""
        return int(self.sheet) if re.fullmatch("0[1-9]|1[0-2]", self.sheet) else 0


_IDENTITY = re.compile(r"plan-fact-form/(\d+);year=(\d{4})(?:-(\d\d))?;sheet=(\w+);plan=(\w*);unit=(.+)", re.DOTALL)


def identity_text(identity: Identity, sheet: str) -> str:
    """The identity as it is written into sheets and properties: plain text survives every format. The year is followed
    by the month with which it begins, where that is not January."""
    begins = f"-{identity.starts:02d}" if identity.starts > 1 else ""
    return (
        f"plan-fact-form/{identity.version};year={identity.year:04d}{begins};sheet={sheet};"
        f"plan={identity.plan_hash};unit={identity.unit}"
    )


def read_identity(text: object) -> SheetIdentity | None:
    """The identity that a cell holds, or None."""
    match = _IDENTITY.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        return None
    version, year, starts, sheet, plan_hash, unit = match.groups()
    return SheetIdentity(Identity(unit, int(year), int(version), plan_hash, int(starts or 1)), sheet)


_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def form_file_name(unit: Unit) -> str:
    """«M1 Методист 1.xlsx»."""
    return f"{safe_name(f'{unit.code} {unit.title}')}.xlsx"


def safe_name(text: str) -> str:
    """The text with nothing that Windows refuses in the name of a file or a folder."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", text)
    name = " ".join(name.split())[:100].rstrip(" .")
    return f"{'_' if _RESERVED.fullmatch(name) else ''}{name}"
