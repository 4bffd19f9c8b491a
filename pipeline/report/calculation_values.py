"""The values that the formulas of «Расчёт» have for what is chosen at first, by the same words as everywhere."""

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.analysis.main_indicators import Row, reaches_target
from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import PARTIAL, STATUSES, SYMBOLS
from pipeline.report import summary_texts as texts
from pipeline.words import NO_BREAK, Words

Cell = float | str


def told_apart(row: Row, among: Sequence[Row], name: str) -> str:
    """The row's name, with its code where several have the same one."""
    alike = [other[name] for other in among].count(row[name]) > 1
    return f"{row[name]} ({row['code']})" if alike else str(row[name])


def indicator_values(row: Row, main: Sequence[Row], words: Words) -> Row:
    """The row with its name to choose it by, its facts and, by «text_» + name, its texts."""
    decimals = int(row["decimals"])
    numbers = {
        "to_date_percent": None,
        "forecast": decimals,
        "forecast_low": decimals,
        "forecast_high": decimals,
        "target": decimals,
        "forecast_percent": None,
        "pace": decimals,
    }
    known = not math.isnan(row["forecast_percent"])
    return row | {
        "choice": told_apart(row, main, "name"),
        "title": texts.with_unit(row),
        "more": int(row["direction"] == "more"),
        "adds_up": int(row["over_months"] != "last"),
        "to_date_status": STATUSES.index(row["to_date_status"]) + 1 if texts.in_plan(row) else 0,
        "variance": row["to_date_percent"] - 100,
        "reached": float(reaches_target(row)) if known else math.nan,
        **{f"text_{name}": _number(row[name], places, words) for name, places in numbers.items()},
        "text_status": texts.status_of(row, words),
        "text_received": texts.received(row, words),
        "text_tile_status": texts.tile_status(row, words),
        "text_tile_forecast": texts.tile_forecast(row, words),
        "text_month_title": texts.month_title(row, words),
        "text_to_date_title": texts.to_date_title(row, words),
    }


def _number(value: float, decimals: int | None, words: Words) -> str:
    if math.isnan(value):
        return ""
    return words.percent(value) if decimals is None else words.number(value, decimals)


def counts(indicators: Sequence[Row]) -> dict[str, int]:
    """How many indicators are the unit's, of each status, of a known forecast, and how many of them fulfil it."""
    by_status = Counter(row["to_date_status"] for row in indicators)
    at = {status: by_status[number] for number, status in enumerate(STATUSES, 1)}
    reached = [row["reached"] for row in indicators if not math.isnan(row["reached"])]
    return {
        "total": len(indicators) - by_status[0],
        "good": at["norm"] + at["above"],
        "risk": at["risk"],
        "behind": at["behind"],
        "none": at["none"],
        "known": len(reached),
        "reached": int(sum(reached)),
    }


def sentences(tables: ReportTables, main: Sequence[Row], words: Words) -> dict[str, str]:
    """The sentences of the whole sheet."""
    return {
        "headline": texts.headline(tables, main, words),
        "context": texts.context(tables, words),
        "attention": words("report.summary.attention"),
        "activities": texts.activities(tables, words),
    }


def month_values(tables: ReportTables, words: Words) -> dict[str, list[list[Cell]]]:
    """Measure → a row an indicator of twelve values. Forecasts are of the months to come only: what was achieved is
    drawn apart. lacking: figures that are missing in the month's, or in those of the year to date."""
    indicators, reported, months = tables.indicators.set_index("code"), tables.month.number, tables.months
    coming = months["month"].gt(reported)
    lacking = months["expected"].sub(months["received"]).where(~coming, 0)
    adds_up = months["code"].map(indicators["over_months"]).ne("last")
    so_far = lacking.groupby(months["code"]).cumsum().where(adds_up & ~coming, lacking)
    months = months.assign(
        forecast=months["forecast"].where(coming),
        forecast_to_date=months["forecast_to_date"].where(coming),
        achieved=months["actual"],
        lacking=lacking,
        lacking_to_date=so_far,
    )
    decimals = {code: int(places) for code, places in indicators["decimals"].items()}
    for suffix in ("", "_to_date"):
        shown = months[f"forecast{suffix}"].where(coming, months[f"actual{suffix}"])
        rows = zip(months["code"], months["month"], shown, months[f"lacking{suffix}"], strict=True)
        months[f"label{suffix}"] = [
            label(words.month(month, "short"), value, bool(gap), decimals[code], words)
            for code, month, value, gap in rows
        ]
    months = months.sort_values("month", kind="stable")
    places = months.groupby("code").indices
    columns = {measure: months[measure].tolist() for measure in months.columns[2:]}
    return {
        measure: [[column[place] for place in places[code]] for code in tables.live.indicators]
        for measure, column in columns.items()
    }


def label(name: str, value: float, incomplete: bool, decimals: int, words: Words) -> str:
    """What stands under a month's columns: its name, and below it what was achieved or is forecast, marked where
    figures are missing. Labels over columns would be crossed by the outlines of the planned ones."""
    if math.isnan(value):
        return f"{name}\n{SYMBOLS['none']}" if incomplete else name
    mark = f"{NO_BREAK}{PARTIAL}" if incomplete else ""
    return f"{name}{mark}\n{words.number(value, decimals)}"
