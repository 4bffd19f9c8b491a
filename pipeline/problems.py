"""Problems: what is wrong, where, what was found and what to do. Values, collected and never thrown.

A code is «area.name»; its words are in the area's catalogue: «area.problem.name» says what is wrong and
«area.problem.name.advice» what to do. Placeholders: {found} and the problem's own values.
"""

from dataclasses import dataclass
from typing import Literal

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.words import Words

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

CODES: dict[str, Severity] = {
    # settings
    "cli.config_missing": "error",
    "cli.config_unreadable": "error",
    "cli.config_value": "error",
    # the plan's workbook
    # forms
    # intake: files, cells, checks
    "intake.number_text": "note",
    "intake.number_with_unit": "warning",
    "intake.text_blank": "note",
    "intake.number_ambiguous": "error",
    "intake.number_unreadable": "error",
    "intake.number_is_date": "error",
    "intake.number_is_boolean": "error",
    "intake.cell_error": "error",
}
"""Every code and how grave it is: an error keeps a figure out or makes the report doubtful, a warning was
read but wants a look, a note only tells."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `unit` and `month` say whose it is, where that is known (month 0: not a month's)."""

    code: str
    address: Address = NOWHERE
    found: str = ""
    values: tuple[tuple[str, object], ...] = ()
    unit: str = ""
    month: int = 0

    @property
    def severity(self) -> Severity:
        return CODES[self.code]


def problem(
    code: str,
    address: Address = NOWHERE,
    found: object = "",
    unit: str = "",
    month: int = 0,
    **values: object,
) -> Problem:
    """A problem with its placeholders' values; the code must be in the catalogue."""
    if code not in CODES:
        raise KeyError(code)
    return Problem(code, address, str(found), tuple(sorted(values.items())), unit, month)


def message(problem: Problem, words: Words) -> str:
    """What is wrong, in words."""
    return words(_key(problem.code), found=problem.found, **dict(problem.values))


def advice(problem: Problem, words: Words) -> str:
    """What to do, in words."""
    return words(f"{_key(problem.code)}.advice", found=problem.found, **dict(problem.values))


def _key(code: str) -> str:
    area, _, name = code.partition(".")
    return f"{area}.problem.{name}"


def place(problem: Problem) -> str:
    """«forms/M4.xlsx, лист Март, G9» with the parts that are known."""
    return " · ".join(part for part in problem.address if part)


def shown(problem: Problem, words: Words) -> str:
    """One line: the place first, then what is wrong and what to do."""
    where = place(problem)
    return f"{where + ': ' if where else ''}{message(problem, words)} {advice(problem, words)}".strip()
