"""What a file gave, as bytes that give it back: to be kept, and not read again."""

import zlib
from array import array
from functools import cache, lru_cache
from itertools import starmap
from sys import intern
from typing import Any, NamedTuple, NewType

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, Encoder

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


class _Form(NamedTuple):
    """A submission in parts. The places of its entries are frozen by themselves: they are known again at once in forms
    that were issued and filled alike."""

    file: str
    sha256: str
    identity: Identity
    places: bytes
    values: list[float]
    explanations: list[Explanation]
    marks: tuple[Mark, ...]
    extras: tuple[ExtraActivity, ...]


class _Parts(NamedTuple):
    """A reading in parts."""

    input: Input
    form: _Form | None
    problems: list[dict[str, Any]]
    month: int
    checked: list[dict[str, Any]]


_encode = Encoder().encode
_parts, _of_places = Decoder(_Parts), Decoder(list[Place])


def freeze(reading: Reading) -> FrozenReading:
    """The reading as bytes."""
    problems, checked = (list(map(frozen_problem, said)) for said in (reading.problems, reading.checked))
    parts = _Parts(reading.input, _frozen_form(reading.submission), problems, reading.month, checked)
    return FrozenReading(zlib.compress(_encode(parts), QUICK))


def thaw(content: bytes) -> Reading:
    """The reading that was frozen. Raises ValueError where the bytes are no reading."""
    try:
        parts = _parts.decode(zlib.decompress(content))
        problems, checked = (tuple(map(thawed_problem, said)) for said in (parts.problems, parts.checked))
        return Reading(parts.input, _thawed_form(parts.form), problems, parts.month, checked)
    except (zlib.error, MsgspecError, TypeError, LookupError) as error:
        raise ValueError(str(error)) from error


def frozen_problem(one: Problem) -> dict[str, Any]:
    """The problem as JSON has it."""
    values = [(name, _frozen(value)) for name, value in one.values]
    return {**vars(one), "address": list(one.address), "values": values}


def thawed_problem(parts: dict[str, Any]) -> Problem:
    """The problem that was frozen."""
    values = tuple((name, _thawed(value)) for name, value in parts["values"])
    return Problem(**parts | {"values": values, "address": Address(*parts["address"])})


def _frozen_form(form: Submission | None) -> _Form | None:
    if form is None:
        return None
    entries = Entries.of(form.entries)
    values, explanations = entries.values.tolist(), list(form.explanations)
    places = _frozen_places(entries.places)
    return _Form(form.file, form.sha256, form.identity, places, values, explanations, form.marks, form.extras)


def _thawed_form(parts: _Form | None) -> Submission | None:
    if parts is None:
        return None
    file, sha256, identity, places, values, explanations, marks, extras = parts
    entries = Entries(_thawed_places(places), array("d", values))
    return Submission(file, sha256, identity, entries, tuple(starmap(_explanation, explanations)), marks, extras)


@lru_cache(ALIKE)
def _frozen_places(places: tuple[Place, ...]) -> bytes:
    return _encode(places)


@lru_cache(ALIKE)
def _thawed_places(content: bytes) -> tuple[Place, ...]:
    return tuple(starmap(_place, _of_places.decode(content)))


def _explanation(indicator: str, month: int, cause: str, text: str, sheet: str, cell: str) -> Explanation:
    """What repeats from form to form is there once."""
    return Explanation(intern(indicator), month, intern(cause), text, intern(sheet), intern(cell))


def _frozen(value: object) -> object:
    """A placeholder's value in plain values: a key of the catalogues stays told apart from a text, a month from a
    number, and whole numbers may be longer than 64 bits."""
    if isinstance(value, Key):
        return {"key": str(value)}
    if isinstance(value, MonthName):
        return {"month": int(value)}
    if isinstance(value, tuple):
        return [_frozen(item) for item in value]
    if isinstance(value, int) and value.bit_length() > 63:
        return {"whole": str(value)}
    return value if isinstance(value, int | float) else str(value)


def _thawed(value: object) -> object:
    match value:
        case {"key": key}:
            return Key(key)
        case {"month": month}:
            return MonthName(month)
        case {"whole": digits}:
            return int(digits)
        case list():
            return tuple(map(_thawed, value))
        case _:
            return value
