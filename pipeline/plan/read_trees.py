"""Units, sections and indicators: the rows that others name by their codes, and the two trees among them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.domain.indicators import Indicator, Section
from pipeline.domain.periods import PlanYear
from pipeline.domain.units import Unit
from pipeline.plan import layout
from pipeline.plan.codes import Codes, own_code
from pipeline.plan.tables import Row, Table

Member = TypeVar("Member", Unit, Indicator)


def read_units(table: Table | None, year: PlanYear) -> tuple[Unit, ...]:
    """The units in the plan's order."""
    seen: dict[str, Row] = {}
    rows = [(row, code) for row in table or () if (code := own_code(row, seen))]
    units = [_unit(row, code, year) for row, code in rows]
    codes = Codes(table, ((unit.code, (unit.title,)) for unit in units))
    return _tree(units, [row for row, _ in rows], codes)


def _unit(row: Row, code: str, year: PlanYear) -> Unit:
    since, until = row.period(year)
    return Unit(
        code,
        row.needed("title") or code,
        kind=row.text("kind"),
        group=row.text("group"),
        since=since,
        until=until,
        address=row.address("code"),
    )


def read_sections(table: Table | None) -> tuple[Section, ...]:
    """The services and works in the plan's order."""
    seen: dict[str, Row] = {}
    return tuple(
        Section(
            code,
            row.needed("title") or code,
            row.choice("kind", layout.SECTION_KINDS, "service"),
            row.text("registry_number"),
            row.text("content"),
            row.text("conditions"),
            row.address("code"),
        )
        for row in table or ()
        if (code := own_code(row, seen))
    )


def read_indicators(table: Table | None, sections: Codes, year: PlanYear) -> tuple[Indicator, ...]:
    """The indicators in the plan's order, save that a parent comes before its children."""
    seen: dict[str, Row] = {}
    rows = [(row, code) for row in table or () if (code := own_code(row, seen))]
    indicators = [_indicator(row, code, sections, year) for row, code in rows]
    codes = Codes(table, ((one.code, (one.title, one.short_title)) for one in indicators))
    return _parents_first(_tree(indicators, [row for row, _ in rows], codes))


def _indicator(row: Row, code: str, sections: Codes, year: PlanYear) -> Indicator:
    since, until = row.period(year)
    return Indicator(
        code,
        row.needed("title") or code,
        sections.needed(row, "section"),
        row.needed("unit_of_measure"),
        relation=row.choice("relation", layout.RELATIONS, ""),
        short_title=row.text("short_title"),
        main=row.choice("main", layout.YES_NO, "no") == "yes",
        okei=row.text("okei"),
        decimals=row.whole("decimals", 0, 6) or 0,
        over_months=row.choice("over_months", layout.OVER_MONTHS, "sum"),
        over_units=row.choice("over_units", layout.OVER_UNITS, "sum"),
        entering=row.choice("entering", layout.ENTERING, "month"),
        direction=row.choice("direction", layout.DIRECTIONS, "more"),
        tolerance_percent=row.amount("tolerance_percent", "%"),
        tolerance_absolute=row.amount("tolerance_absolute"),
        phasing=row.choice("phasing", layout.PHASING, "even"),
        profile=_profile(row),
        formula=row.text("formula").lstrip("= "),
        quantity=row.choice("quantity", layout.QUANTITIES, ""),
        source=row.text("source"),
        since=since,
        until=until,
        address=row.address("code"),
    )


def _profile(row: Row) -> tuple[float, ...]:
    """Twelve weights, separated by semicolons or spaces; none where they can't be used."""
    weights: list[float] = []
    for word in re.split(r"[;\s%]+", row.text("profile").strip("; %")):
        try:
            weights.append(float(word.replace(",", ".")))
        except ValueError:
            if word:
                row.wrong("plan.profile_unreadable", "profile", word)
            return ()
    if len(weights) != 12 or min(weights) < 0 or not any(weights):
        row.wrong("plan.profile_length", "profile", row.text("profile"), number=len(weights))
        return ()
    return tuple(weights)


def _tree(members: Sequence[Member], rows: Sequence[Row], codes: Codes) -> tuple[Member, ...]:
    """The members with their parents; where parents make a loop, its last link is left out and named."""
    parents = {member.code: codes.of(row, "parent") for member, row in zip(members, rows, strict=True)}
    for member, row in zip(members, rows, strict=True):
        if loop := _loop(member.code, parents):
            row.wrong("plan.tree_loop", "parent", " → ".join(loop))
            parents[member.code] = ""
    return tuple(replace(member, parent=parents[member.code] or None) for member in members)


def _loop(code: str, parents: dict[str, str]) -> list[str]:
    """The way up from the code if it comes back to it; empty if it doesn't."""
    way = [code]
    while (above := parents.get(way[-1], "")) and above not in way:
        way.append(above)
    return [*way, code] if above == code else []


def _parents_first(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The same order, save that a parent that stands below a child of its is moved to just above it."""
    by_code = {indicator.code: indicator for indicator in indicators}
    placed: dict[str, Indicator] = {}

    def place(indicator: Indicator) -> None:
        if indicator.parent is not None and indicator.parent not in placed:
            place(by_code[indicator.parent])
        placed.setdefault(indicator.code, indicator)

    for indicator in by_code.values():
        place(indicator)
    return tuple(placed.values())
