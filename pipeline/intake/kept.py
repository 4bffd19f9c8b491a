"""What a file gave, as bytes that give it back: to be kept, and not read again."""

import json
import zlib
from array import array
from datetime import date
from functools import cache, lru_cache
from itertools import starmap
from sys import intern
from typing import Any, NewType

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import Address
from pipeline.domain.submissions import ALIKE, Entries, Explanation, Identity, Place, Submission
from pipeline.intake.reading import Input, Reading
from pipeline.problems import Key, MonthName, Problem

FrozenReading = NewType("FrozenReading", bytes)
QUICK = 1
"""How hard the packing tries: a quarter of the size is soon had, a fifth takes as long as reading the form."""

_place = cache(Place)
"""Each place once, however many forms have it."""


def freeze(reading: Reading) -> FrozenReading:
    """The reading as bytes."""
    problems, checked = (list(map(frozen_problem, said)) for said in (reading.problems, reading.checked))
    parts = [reading.input, _frozen_submission(reading.submission), problems, reading.month, checked]
    packed = zlib.compress(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(), QUICK)
    return FrozenReading(packed)


def thaw(content: bytes) -> Reading:
    """The reading that was frozen. Raises ValueError where the bytes are no reading."""
    try:
        source, submission, *said = json.loads(zlib.decompress(content))
        problems, month, checked = said
        return Reading(
            Input(*source),
            _thawed_submission(submission),
            tuple(map(thawed_problem, problems)),
            month,
            tuple(map(thawed_problem, checked)),
        )
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
        "entries": _frozen_entries(Entries.of(form.entries)),
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
        Entries(_places(parts["entries"]["places"]), array("d", parts["entries"]["values"])),
        tuple(starmap(_explanation, parts["explanations"])),
        tuple(Mark(**_dated(mark)) for mark in parts["marks"]),
        tuple(ExtraActivity(**_dated(extra)) for extra in parts["extras"]),
    )


def _frozen_entries(entries: Entries) -> dict[str, Any]:
    """The places are a text of their own, known again at once in forms that were issued and filled alike."""
    places = json.dumps(entries.places, ensure_ascii=False, separators=(",", ":"))
    return {"places": places, "values": entries.values.tolist()}


@lru_cache(ALIKE)
def _places(text: str) -> tuple[Place, ...]:
    return tuple(starmap(_place, json.loads(text)))


def _explanation(indicator: str, month: int, cause: str, text: str, sheet: str, cell: str) -> Explanation:
    """What repeats from form to form is there once."""
    return Explanation(intern(indicator), month, intern(cause), text, intern(sheet), intern(cell))


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
