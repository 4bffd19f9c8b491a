"""Questions to the ledger: who said what when; which figures counted at some time."""

import sqlite3
from datetime import datetime
from typing import Any

from pipeline.domain.memory import FigureKey
from pipeline.domain.periods import Period
from pipeline.domain.plan import Plan
from pipeline.history.answers import Answer, Cell
from pipeline.history.closings import closings
from pipeline.history.corrections import accepted_corrections
from pipeline.history.counted import Accepted
from pipeline.history.record import plan_file, plan_files
from pipeline.history.snapshot import plan_of, thaw
from pipeline.history.statements import statements, statements_at, units_stated
from pipeline.settings import Settings

COMPARED = ("unit", "indicator", "month", "measure", "first", "second", "difference")
TOLD = ("at", "unit", "indicator", "month", "measure", "value", "event", "file", "sheet", "cell", "reason")
_ACCEPTED = """
SELECT event.id, event.at, unit, indicator, month, measure, new, 'accept', file, sheet, cell, event.reason
FROM correction JOIN event ON event.id = correction.event
WHERE year = :year AND indicator = :indicator AND (:unit = '' OR unit = :unit) ORDER BY correction.id
"""


def history(ledger: sqlite3.Connection, year: int, indicator: str, unit: str = "") -> Answer:
    """All that was ever stated of the indicator, and what was accepted; of one unit or of all."""
    rows: list[tuple[Any, ...]] = [
        (said.event, said.at, said.unit, *key, figure, "form", said.file, *cell, "")
        for said in statements(ledger, year, unit)
        for key, cell, figure in zip(said.keys, said.cells, said.figures, strict=True)
        if key[0] == indicator
    ]
    rows += ledger.execute(_ACCEPTED, {"year": year, "indicator": indicator, "unit": unit})
    rows.sort(key=lambda row: (row[2], row[4], row[5], row[0]))
    return Answer(TOLD, tuple((datetime.fromisoformat(at), *rest) for _, at, *rest in rows))


def known_codes(ledger: sqlite3.Connection, what: str, year: int, starts: int) -> tuple[str, ...]:
    """Codes of units or of indicators that any plan of the year had, or of which anything was stated. `starts`: the
    month with which the year begins."""
    plans = [plan_of(file, starts) for file in plan_files(ledger, year)]
    if what == "unit":
        planned, stated = {code for plan in plans for code in plan.units.by_code}, set(units_stated(ledger, year))
    else:
        planned = {code for plan in plans for code in plan.indicators.by_code}
        stated = {code for said in statements(ledger, year) for code, *_ in said.keys}
    return tuple(sorted(planned | stated))


def last_year_known(ledger: sqlite3.Connection) -> int | None:
    """The latest year of which anything was stated."""
    each = "SELECT max(year) AS year FROM said UNION ALL SELECT max(year) FROM statement"
    found: int | None = ledger.execute(f"SELECT max(year) FROM ({each})").fetchone()[0]
    return found


def last_report(ledger: sqlite3.Connection, period: str) -> tuple[str, int] | None:
    """Of the latest report of the period: its plan's hash, and the event up to which it knows; None without one. A
    single node's report, which lies in a folder within the period's, is none."""
    row = ledger.execute(
        "SELECT plan, basis FROM report WHERE period = ? AND path NOT LIKE '%/%/%' ORDER BY id DESC LIMIT 1", (period,)
    ).fetchone()
    return (str(row[0]), int(row[1])) if row else None


def figures_at(ledger: sqlite3.Connection, year: int, event: int, settings: Settings) -> dict[FigureKey, float]:
    """The figures that counted when the event had passed."""
    found = closings(ledger, year, event)
    closed = found[-1].month if found else 0
    figures = {
        key: value
        for key, value in statements_at(ledger, year, event).items()
        if value is not None and key.month > closed
    }
    if found:
        frozen = thaw(found[-1].snapshot, found[-1].plan, settings).submissions
        accepted = Accepted(closed, frozen, accepted_corrections(ledger, year, event))
        figures |= {key: figure.value for key, figure in accepted.figures.items()}
    return figures


def compare(
    ledger: sqlite3.Connection,
    periods: tuple[Period, Period],
    reports: tuple[tuple[str, int], tuple[str, int]],
    settings: Settings,
) -> Answer:
    """What two reports of one year state differently: figures of the months that both cover, and year's targets."""
    year, until = periods[0].last.year, min(period.last.number for period in periods)
    plans = [plan_of(plan_file(ledger, plan), settings.year.starts) for plan, _ in reports]
    one, other = (
        _known_to(plan, figures_at(ledger, year, event, settings))
        for plan, (_, event) in zip(plans, reports, strict=True)
    )
    rows: list[tuple[Cell, ...]] = [
        (*key, *_difference(one.get(key), other.get(key)))
        for key in sorted(one.keys() | other.keys())
        if key.month <= until and one.get(key) != other.get(key)
    ]
    targets = [_targets(plan, period.last.number) for plan, period in zip(plans, periods, strict=True)]
    rows += [
        (*key, None, "target", *_difference(targets[0].get(key), targets[1].get(key)))
        for key in sorted(targets[0].keys() | targets[1].keys())
        if targets[0].get(key) != targets[1].get(key)
    ]
    return Answer(COMPARED, tuple(rows))


def _known_to(plan: Plan, figures: dict[FigureKey, float]) -> dict[FigureKey, float]:
    """Without those of units and indicators that the plan doesn't have: they don't count."""
    units, indicators = plan.units.by_code, plan.indicators.by_code
    return {key: value for key, value in figures.items() if key.unit in units and key.indicator in indicators}


def _difference(one: float | None, other: float | None) -> tuple[float | None, float | None, float | None]:
    return one, other, None if one is None or other is None else other - one


def _targets(plan: Plan, month: int) -> dict[tuple[str, str], float]:
    found = {(unit, code): plan.target(unit, code, month) for unit, code, _ in plan.all_revisions()}
    return {key: value for key, value in found.items() if value is not None}
