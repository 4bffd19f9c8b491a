"""What the memo says of the main indicators: how they stand, what is behind and why, where the year is heading."""

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.analysis.main_indicators import Row, reaches_target, score, worst_first
from pipeline.analysis.tables import DrawnTables
from pipeline.memo.phrases import (
    MOST_ITEMS,
    figure,
    in_brackets,
    measured,
    named,
    quotable,
    received,
    reported,
    some,
    year_to_date,
)
from pipeline.report.said import shortened
from pipeline.words import Words

BEST = 3
DECEMBER = 12


def overall(tables: DrawnTables, main: Sequence[Row], words: Words) -> str:
    """How many main indicators stand how since January."""
    if not main:
        return words("memo.done.nothing")
    counts = Counter(row["to_date_status"] for row in main)
    period = year_to_date(tables.month, words)
    parts = [words.count("memo.done.overall", len(main), period=period, good=counts["norm"] + counts["above"])]
    parts += [
        words(f"memo.done.overall.{status}", count=counts[status])
        for status in ("risk", "behind", "none")
        if counts[status]
    ]
    return ", ".join(parts) + "."


def best(main: Sequence[Row], words: Words) -> str:
    """The indicators furthest above plan, and those exactly at it; empty where there are none."""
    above = sorted((row for row in main if math.inf > score(row) > 100), key=score, reverse=True)[:BEST]
    exact = [_warned(row, words) for row in main if score(row) == 100]
    sentences = []
    if above:
        sentences.append(words("memo.done.best", parts=", ".join(_best(row, words) for row in above)))
    if exact:
        sentences.append(words.count("memo.done.exact", len(exact), names=some(exact, words)))
    return " ".join(sentences)


def _best(row: Row, words: Words) -> str:
    key = "memo.done.best.more" if row["direction"] == "more" else "memo.done.best.less"
    return words(key, name=_warned(row, words), percent=words.percent(row["to_date_percent"]))


def _warned(row: Row, words: Words) -> str:
    """The name, with a warning where figures are missing; how many, the table tells."""
    name = named(row, words)
    return words("memo.partial.brackets", name=name) if received(row, words) else name


def handed_in(tables: DrawnTables, words: Words) -> str:
    """Whose forms of the last month are there, and whose are not or not whole; empty where none was expected."""
    units = tables.units[tables.units["reports"].astype(bool)]
    states = units[f"m{tables.month.number}"]
    who = {state: units.loc[states.eq(state), "title"].tolist() for state in ("complete", "late", "partial", "missing")}
    of = sum(map(len, who.values()))
    if not of:
        return ""
    handed = words.number(of - len(who["missing"]))
    parts = [words("memo.forms", month=words.month(tables.month.number), handed=handed, of=words.number(of))]
    parts += [
        words.count(f"memo.forms.{state}", len(who[state]), who=some(who[state], words))
        for state in ("partial", "missing")
        if who[state]
    ]
    return "; ".join(parts) + "."


def errors(tables: DrawnTables, words: Words) -> str:
    """How many errors the data still have; empty where there are none."""
    count = int(tables.problems["severity"].eq("error").sum())
    return words.count("memo.errors", count, sheet=words("report.sheet.problems")) if count else ""


def behind(tables: DrawnTables, main: Sequence[Row], words: Words) -> tuple[str, tuple[str, ...]]:
    """(introduction, a sentence or two of each indicator that needs attention, worst first)."""
    rows = worst_first(main)
    if not rows:
        return words("memo.behind.nothing"), ()
    items = [_behind(row, tables, words) for row in rows[:MOST_ITEMS]]
    if rest := rows[MOST_ITEMS:]:
        names = ", ".join(_rest(row, "to_date_percent", words) for row in rest)
        items.append(words("memo.behind.rest", names=names))
    explained = any(row["cause"] or row["explanation"] for row in rows[:MOST_ITEMS])
    key = "memo.behind.intro" if explained else "memo.behind.intro.no_causes"
    return words(key, period=reported(tables.period, words)), tuple(items)


def _behind(row: Row, tables: DrawnTables, words: Words) -> str:
    sentences = [_standing(row, words)]
    if share := received(row, words):
        sentences.append(words("memo.partial", received=share))
    if not math.isnan(row["last_year"]):
        before = figure(row, "last_year", words)
        sentences.append(words("memo.behind.last_year", year=tables.month.plan_year.previous, actual=before))
    if reason := _reason(row, words):
        sentences.append(reason)
    return " ".join(sentences)


def _standing(row: Row, words: Words) -> str:
    status, values = (
        row["to_date_status"],
        {"name": measured(row, words), "planned": figure(row, "to_date_planned", words)},
    )
    if status == "none":
        return words("memo.behind.none", **values)
    difference = words("memo.above" if row["to_date_variance"] > 0 else "memo.below", number=_difference(row, words))
    if not math.isnan(row["to_date_percent"]):
        difference = words("memo.behind.percent", percent=words.percent(row["to_date_percent"]), difference=difference)
    actual = figure(row, "to_date_actual", words)
    return words(f"memo.behind.{status}", **values, actual=actual, difference=difference)


def _difference(row: Row, words: Words) -> str:
    return words.number(abs(row["to_date_variance"]), row["decimals"])


def _reason(row: Row, words: Words) -> str:
    """The cause and the explanation as the units gave them, and who did; what is not there is said."""
    cause, text = (quotable(shortened(row[key], words), words) for key in ("cause", "explanation"))
    if not (cause or text):
        return "" if row["to_date_status"] == "none" else words("memo.reason.nothing")
    key = "memo.reason.both" if cause and text else "memo.reason.cause" if cause else "memo.reason.text"
    return words(key, cause=cause, text=text, who=in_brackets(row["who"], words))


def _rest(row: Row, percent: str, words: Words) -> str:
    if math.isnan(row[percent]):
        return named(row, words)
    return words("memo.percent", name=named(row, words), percent=words.percent(row[percent]))


def forecast(tables: DrawnTables, main: Sequence[Row], words: Words) -> tuple[str, tuple[str, ...]]:
    """(how many indicators fulfil the year, a sentence of each that does not and is behind or at
    risk, worst first, and one of the others); in December the year."""
    known = [row for row in main if not math.isnan(row["forecast_percent"])]
    kind = "year" if tables.month.number == DECEMBER else "forecast"
    if not known:
        return words(f"memo.{kind}.nothing"), ()
    reached = sum(map(reaches_target, known))
    sentences = [words.count(f"memo.{kind}", len(known), reached=reached)]
    if len(known) < len(main):
        sentences.append(words.count(f"memo.{kind}.unknown", len(main) - len(known)))
    if any(received(row, words) for row in known):
        sentences.append(words(f"memo.{kind}.partial"))
    short = sorted((row for row in known if not reaches_target(row)), key=lambda row: score(row, "forecast_percent"))
    stated = [row for row in short if row["to_date_status"] in ("behind", "risk")][:MOST_ITEMS]
    items = [_forecast(row, kind, words) for row in stated]
    if rest := [row for row in short if row not in stated]:
        names = ", ".join(_rest(row, "forecast_percent", words) for row in rest)
        items.append(words(f"memo.{kind}.rest", names=names))
    return " ".join(sentences), tuple(items)


def _forecast(row: Row, kind: str, words: Words) -> str:
    values = {
        "name": measured(row, words),
        "target": figure(row, "target", words),
        "forecast": figure(row, "forecast", words),
        "percent": words.percent(row["forecast_percent"]),
        "range": _range(row, words),
    }
    if kind == "year" or math.isnan(row["pace"]) or row["direction"] == "less":
        return words(f"memo.{kind}.item", **values)
    return words("memo.forecast.pace", **values, pace=figure(row, "pace", words))


def _range(row: Row, words: Words) -> str:
    """«, в 8 случаях из 10 — от 445 до 530», where the forecast has a range."""
    if math.isnan(row["forecast_low"]):
        return ""
    ends = {end: figure(row, f"forecast_{end}", words) for end in ("low", "high")}
    return words("memo.forecast.range", **ends)
