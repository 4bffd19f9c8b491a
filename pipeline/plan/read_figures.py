"""Targets, last year's figures, and what the document says about its own figures."""

from collections.abc import Iterator

from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.domain.plan import Statement
from pipeline.domain.targets import Target, Targets
from pipeline.plan.codes import Codes
from pipeline.plan.tables import Row, Table


def read_targets(table: Table | None, indicators: Codes, units: Codes, year: PlanYear) -> Targets:
    """The targets; of two for the same indicator, unit and month the first is kept."""
    return Targets.of(_targets(table, indicators, units, year))


def _targets(table: Table | None, indicators: Codes, units: Codes, year: PlanYear) -> Iterator[Target]:
    first: dict[tuple[str, str, int], int] = {}
    for row in table or ():
        indicator, unit = indicators.needed(row, "indicator"), units.needed(row, "unit")
        since = row.month("since", year, 1)
        value = row.needed_number("value")
        reason, document = row.text("reason"), row.text("document")
        if value is None or not indicator or not unit:
            continue
        earlier = first.setdefault((indicator, unit, since), row.at)
        if earlier == row.at:
            yield Target(indicator, unit, value, since, reason, document, row.address("value"))
        else:
            row.wrong("plan.target_doubled", "value", value, first=row._replace(at=earlier).address("value").cell)


def read_last_year(
    table: Table | None, indicators: Codes, units: Codes, year: PlanYear
) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """(unit, indicator) → twelve actuals from the year's first month on, None where blank; the columns are known by the
    calendar's months."""
    first: dict[tuple[str, str], Row] = {}
    figures: dict[tuple[str, str], tuple[float | None, ...]] = {}
    for row in table or ():
        indicator, unit = indicators.needed(row, "indicator"), units.needed(row, "unit")
        values = tuple(row.number(f"m{year.month(number).calendar[1]}") for number in MONTHS)
        if not indicator or not unit:
            continue
        earlier = first.setdefault((unit, indicator), row)
        if earlier is row:
            figures[unit, indicator] = values
        else:
            row.wrong("plan.last_year_doubled", "indicator", indicator, first=earlier.address("indicator").cell)
    return figures


def read_statements(table: Table | None) -> tuple[Statement, ...]:
    """What the document says about its own figures, in its order."""
    return tuple(
        Statement(
            row.needed("text"),
            row.text("formula").lstrip("= "),
            row.number("value"),
            row.text("place"),
            row.address("text"),
        )
        for row in table or ()
    )
