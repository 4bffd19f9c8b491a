"""What a file gave, as bytes that give it back: to be kept, and not read again."""

import json
import zlib
from datetime import date
from sys import intern
from typing import Any, NewType

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import Address
from pipeline.domain.submissions import Entry, Explanation, Identity, Measure, Submission
from pipeline.intake.reading import Input, Reading
from pipeline.problems import Key, MonthName, Problem

FrozenReading = NewType("FrozenReading", bytes)
QUICK = 1
"""How hard the packing tries: a quarter of the size is soon had, a fifth takes as long as reading the form."""


def freeze(reading: Reading) -> FrozenReading:
    """The reading as bytes."""
    parts = [reading.input, _frozen_submission(reading.submission), [frozen_problem(one) for one in reading.problems]]
    packed = zlib.compress(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(), QUICK)
    return FrozenReading(packed)


def thaw(content: bytes) -> Reading:
    """The reading that was frozen. Raises ValueError where the bytes are no reading."""
    try:
        source, submission, problems = json.loads(zlib.decompress(content))
        return Reading(Input(*source), _thawed_submission(submission), tuple(map(thawed_problem, problems)))
    except (zlib.error, TypeError, LookupError) as error:
        raise ValueError(str(error)) from error


def frozen_problem(one: Problem) -> dict[str, Any]:
    """The problem as JSON has it."""
    values = [(name, _frozen(value)) for name, value in one.values]
    return {**vars(one), "address": list(one.address), "values": values}


def thawed_problem(parts: dict[str, Any]) -> Problem:
    """The problem that was frozen."""
    values = tuple((name, _thawed(value)) for name, value in parts["values"])
    return Problem(**parts | {"values": values, "address": Address(*parts["address"])})


def _frozen_submission(form: Submission | None) -> dict[str, Any] | None:
    if form is None:
        return None
    return {
        **vars(form),
        "identity": vars(form.identity),
        "marks": [vars(mark) | {"day": _iso(mark.day)} for mark in form.marks],
        "extras": [vars(extra) | {"day": _iso(extra.day)} for extra in form.extras],
    }


def _thawed_submission(parts: dict[str, Any] | None) -> Submission | None:
    if parts is None:
        return None
    return Submission(
        parts["file"],
        parts["sha256"],
        Identity(**parts["identity"]),
        tuple([_thawed_entry(*row) for row in parts["entries"]]),
        tuple([Explanation(*row) for row in parts["explanations"]]),
        tuple(Mark(**_dated(mark)) for mark in parts["marks"]),
        tuple(ExtraActivity(**_dated(extra)) for extra in parts["extras"]),
    )


def _thawed_entry(indicator: str, month: int, measure: Measure, value: float, sheet: str, cell: str) -> Entry:
    """The figure; thousands of forms have the same few texts, each of which is there once."""
    return Entry(intern(indicator), month, measure, value, intern(sheet), intern(cell))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _dated(parts: dict[str, Any]) -> dict[str, Any]:
    day = parts["day"]
    return parts | {"day": day and date.fromisoformat(day), "address": Address(*parts["address"])}


def _frozen(value: object) -> object:
    """A placeholder's value for JSON: a key of the catalogues stays told apart from a text, a month from a number."""
    if isinstance(value, Key):
        return {"key": str(value)}
    if isinstance(value, MonthName):
        return {"month": int(value)}
    if isinstance(value, tuple):
        return [_frozen(item) for item in value]
    return value if isinstance(value, int | float) else str(value)


def _thawed(value: object) -> object:
    if isinstance(value, dict):
        return Key(value["key"]) if "key" in value else MonthName(value["month"])
    return tuple(map(_thawed, value)) if isinstance(value, list) else value
