"""What forms state: figures, explanations and marks, each with its address."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.periods import PlanYear

Measure = Literal["planned", "actual"]


class Entry(NamedTuple):
    """One figure of a form. The file and the unit are the form's (kept once there)."""

    indicator: str
    month: int
    measure: Measure
    value: float
    sheet: str
    cell: str


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
    entries: tuple[Entry, ...]
    explanations: tuple[Explanation, ...]
    marks: tuple[Mark, ...]
    extras: tuple[ExtraActivity, ...] = ()
