"""What forms state: figures, explanations and marks, each with its address."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar, overload

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.periods import PlanYear

Measure = Literal["planned", "actual"]
Of = TypeVar("Of")

ALIKE = 1000
"""Layouts of forms (their places) that are worth remembering while many forms are gone through."""


class Entry(NamedTuple):
    """One figure of a form. The file and the unit are the form's (kept once there)."""

    indicator: str
    month: int
    measure: Measure
    value: float
    sheet: str
    cell: str


class Place(NamedTuple):
    """Of what a figure is, and where it stands in its form: an entry without its value."""

    indicator: str
    month: int
    measure: Measure
    sheet: str
    cell: str


@dataclass(frozen=True)
class Entries(Sequence[Entry]):
    """A form's entries kept small, for there may be thousands of forms: those that were issued alike share their
    places, and a value takes eight bytes."""

    places: tuple[Place, ...]
    values: "array[float]"

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Entries":
        """The entries kept small; those that are already as they are."""
        if isinstance(entries, Entries):
            return entries
        values: array[float] = array("d")
        places: list[Place] = []
        for indicator, month, measure, value, sheet, cell in entries:
            places.append(Place(indicator, month, measure, sheet, cell))
            values.append(value)
        return cls(tuple(places), values)

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Entry]:
        for (indicator, month, measure, sheet, cell), value in zip(self.places, self.values, strict=True):
            yield Entry(indicator, month, measure, value, sheet, cell)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> "Entries": ...
    def __getitem__(self, at: int | slice) -> "Entry | Entries":
        if isinstance(at, slice):
            return Entries(self.places[at], self.values[at])
        indicator, month, measure, sheet, cell = self.places[at]
        return Entry(indicator, month, measure, self.values[at], sheet, cell)


class Explanation(NamedTuple):
    """Cause (from the list) and explanation of one indicator's month."""

    indicator: str
    month: int
    cause: str
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Identity:
    """What a form says it is: the unit, the year, the version of the form's layout, the hash of the plan that
    it was made from, the month with which the year starts."""

    unit: str
    year: int
    version: int
    plan_hash: str = ""
    starts: int = 1

    @property
    def of(self) -> PlanYear:
        return PlanYear(self.year, self.starts)


@dataclass(frozen=True)
class Submission:
    """What was found in one form. `sha256` is the file's."""

    file: str
    sha256: str
    identity: Identity
    entries: Sequence[Entry]
    explanations: tuple[Explanation, ...]
    marks: tuple[Mark, ...]
    extras: tuple[ExtraActivity, ...] = ()


def by_layout(
    submissions: Iterable[Submission], of: Callable[[tuple[Place, ...]], Of]
) -> Iterator[tuple[Submission, Of]]:
    """Each form with what its places give: computed once for all forms that share them."""
    known: dict[int, tuple[tuple[Place, ...], Of]] = {}  # it holds the places, or others could get their id
    for form in submissions:
        places = Entries.of(form.entries).places
        if id(places) not in known:
            known[id(places)] = places, of(places)
        yield form, known[id(places)][1]


def by_unit(submissions: Iterable[Submission]) -> dict[str, list[Submission]]:
    """The forms of each unit: usually one."""
    found: dict[str, list[Submission]] = {}
    for form in submissions:
        found.setdefault(form.identity.unit, []).append(form)
    return found
