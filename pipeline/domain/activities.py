"""Activities: dated or standing tasks with people responsible, and what staff mark about them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.deadlines import Deadline

MarkedState = Literal["done", "in_progress", "moved", "cancelled"]


@dataclass(frozen=True)
class Activity:
    """A task of the plan. `due` is the deadline in the plan's words and `deadline` what they mean (None where
    they can't be read); `responsible` are units' codes; `indicator` is the one that it feeds, or empty."""

    code: str
    section: str
    group: str
    title: str
    due: str
    deadline: Deadline | None
    responsible: tuple[str, ...]
    indicator: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True)
class Mark:
    """What a unit's form says about one activity (of its occurrence number `occurrence`, from 1)."""

    unit: str
    activity: str
    occurrence: int
    state: MarkedState
    day: date | None
    result: str
    address: Address
