"""Which occurrence a row of the sheet of activities is of, where the plan has changed since the form was made: rows are
numbered, and a date put before the others or taken away moves the numbers on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.domain.deadlines import Due, read_deadline
from pipeline.domain.periods import PlanYear
from pipeline.forms.due_text import due_spellings
from pipeline.forms.rows import ActivityRow


class Line(NamedTuple):
    """A row of the sheet: its index, its number if it has a whole one, and when it is to be done, as it says."""

    row: int
    number: int | None
    when: str


def by_dates(
    lines: Mapping[str, Sequence[Line]], asked: Mapping[str, Sequence[ActivityRow]], year: PlanYear
) -> dict[int, int | None]:
    """Row → the occurrence that it is of; None where the plan no longer has its date. There is nothing of activities
    whose rows show what the plan has under their numbers, as most do, and of rows without date and number. `lines`,
    `asked`: by activity."""
    found: dict[int, int | None] = {}
    for code, same in lines.items():
        spellings = [due_spellings(row, year) for row in asked[code]]
        if not all(_is_as_planned(line, spellings) for line in same):
            found |= _found(same, asked[code], spellings, year)
    return found


def _is_as_planned(line: Line, spellings: Sequence[frozenset[str]]) -> bool:
    number = line.number or 0
    return 0 < number <= len(spellings) and (not line.when or line.when in spellings[number - 1])


def _found(
    lines: Sequence[Line], asked: Sequence[ActivityRow], spellings: Sequence[frozenset[str]], year: PlanYear
) -> dict[int, int | None]:
    """An occurrence that no other row's date is of may still be the one of the row's number: where the row shows no
    date, or where the form has as many as the plan, and one was moved."""
    dated = _dated(lines, asked, spellings, year)
    as_many = len({line.number for line in lines}) == len(asked)
    said_by: dict[int, set[int | None]] = {}
    for (_, number), occurrence in dated.items():
        said_by.setdefault(occurrence, set()).add(number)
    found: dict[int, int | None] = {}
    for line in lines:
        number = line.number if line.number in range(1, len(asked) + 1) else None
        free = number is not None and said_by.get(number, set()) <= {number}
        if (line.when, line.number) in dated:
            found[line.row] = dated[line.when, line.number]
        elif free and (as_many or not _is_deadline(line.when, year)):
            found[line.row] = number
        elif number is not None or _is_deadline(line.when, year):
            found[line.row] = None
    return found


def _dated(
    lines: Sequence[Line], asked: Sequence[ActivityRow], spellings: Sequence[frozenset[str]], year: PlanYear
) -> dict[tuple[str, int | None], int]:
    """(date, number) of a row → the occurrence with the same date; of several, «2 раза в год», by their order."""
    numbers: dict[str, set[int | None]] = {}
    for line in lines:
        numbers.setdefault(line.when, set()).add(line.number)
    found: dict[tuple[str, int | None], int] = {}
    for when, several in numbers.items():
        occurrences = _with_date(when, asked, spellings, year)
        if len(several) == 1 or None not in several:
            in_order = sorted(several, key=lambda number: number or 0)
            found |= {(when, number): one for number, one in zip(in_order, occurrences, strict=False)}
    return found


def _with_date(
    when: str, asked: Sequence[ActivityRow], spellings: Sequence[frozenset[str]], year: PlanYear
) -> list[int]:
    """Occurrences that show this date, or mean it if somebody has written it otherwise."""
    same = [number for number, shown in enumerate(spellings, 1) if when in shown]
    return same or [row.number for row in asked if row.due is not None and (row.due,) == _meant(when, year)]


def _meant(when: str, year: PlanYear) -> tuple[Due, ...]:
    # «I квартал 2013/14» is a form's own spelling, not a plan's.
    deadline = read_deadline(when.removesuffix(f" {year}"), year.year, year.starts)
    return deadline.occurrences if deadline else ()


def _is_deadline(when: str, year: PlanYear) -> bool:
    return bool(_meant(when, year))
