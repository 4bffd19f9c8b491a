"""What is known from before a run: corrections of closed months, and who handed in late."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.domain.addresses import Address
from pipeline.domain.submissions import Measure


class FigureKey(NamedTuple):
    """Which figure of a year: whose, of what, of which month, planned or actual."""

    unit: str
    indicator: str
    month: int
    measure: Measure


@dataclass(frozen=True)
class Correction:
    """A figure of a closed month that a form states otherwise than was accepted; None: it states none.

    address: the cell that says `new`. effect: by how much the unit's figure since January changes with it, None
    where there was no figure or there will be none. accepted: the day on which it was accepted, None while it
    only waits.
    """

    key: FigureKey
    old: float | None
    new: float | None
    address: Address
    effect: float | None = None
    accepted: date | None = None
    reason: str = ""

    @property
    def difference(self) -> float | None:
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True)
class Memory:
    """What a report is made from beside the files. `late`: (unit, month) of forms handed in after the day due.
    `mark` identifies all of it, and is empty where nothing is remembered that the report shows."""

    corrections: tuple[Correction, ...] = ()
    late: frozenset[tuple[str, int]] = frozenset()
    mark: str = ""
