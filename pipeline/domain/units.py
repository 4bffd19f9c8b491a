"""Units: who reports. They form a tree (person → department; library → district → region)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.codes import folded

ALL = "ALL"
"""Code of the root that stands above the top units where a plan has several of them."""


@dataclass(frozen=True)
class Unit:
    """Someone who reports. `kind` names the level («сотрудник», «библиотека», «район»); `group` is how plans
    call several at once («методисты» in «все методисты»). Months `since` and `until` bound the part of the
    year in which it is expected to report."""

    code: str
    title: str
    parent: str | None = None
    kind: str = ""
    group: str = ""
    since: int = 1
    until: int = 12
    address: Address = NOWHERE


@dataclass(frozen=True)
class Units:
    """The tree, in the plan's order. `root` is the one top unit, or a node above them all with the code ALL."""

    members: tuple[Unit, ...]
    title: str = ""

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.members} | {self.root.code: self.root}

    @cached_property
    def meant(self) -> dict[str, str]:
        """The code of each, as codes are compared → the code itself."""
        return {folded(code): code for code in self.by_code}

    @cached_property
    def root(self) -> Unit:
        known = {unit.code for unit in self.members}
        tops = [unit for unit in self.members if unit.parent not in known]
        return tops[0] if len(tops) == 1 else Unit(ALL, self.title)

    @cached_property
    def position(self) -> dict[str, int]:
        """Code of each member → its place in the plan's order."""
        return {unit.code: at for at, unit in enumerate(self.members)}

    @cached_property
    def children(self) -> dict[str, tuple[Unit, ...]]:
        """Code of each unit (the root too) → its children in the plan's order."""
        found: dict[str, list[Unit]] = {code: [] for code in self.by_code}
        for unit in self.members:
            above = self.root.code if unit.parent is None else unit.parent
            if unit.code != self.root.code and above in found:
                found[above].append(unit)
        return {code: tuple(below) for code, below in found.items()}

    def walk(self, code: str | None = None, depth: int = 0) -> Iterator[tuple[int, Unit]]:
        """(depth, unit) of the node and all below it, each before its children; from the root by default."""
        unit = self.root if code is None else self.by_code[code]
        yield depth, unit
        for child in self.children[unit.code]:
            yield from self.walk(child.code, depth + 1)

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the root down to the unit itself."""
        steps = [code]
        while steps[-1] != self.root.code:
            steps.append(self.by_code[steps[-1]].parent or self.root.code)
        return tuple(reversed(steps))

    def below(self, code: str) -> "Units":
        """The node with all below it."""
        if code == self.root.code:
            return self
        inside = {unit.code for _, unit in self.walk(code)}
        members = (replace(unit, parent=unit.parent or self.root.code) for unit in self.members if unit.code in inside)
        return Units(tuple(members), self.by_code[code].title)

    @property
    def is_part(self) -> bool:
        """Whether this is a part of a larger tree: then the root names its parent, which is not here."""
        return self.root.parent is not None
