"""The sentences of the sheet «Сводка», built from the figures."""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import STATUSES, SYMBOLS, Status
from pipeline.report.cells import PARTIAL, is_partial, status_text, to_date
from pipeline.words import NO_BREAK, Words

NEED_ATTENTION: tuple[Status, ...] = ("behind", "risk", "none")
LONGEST_DETAIL = 150  # characters that fit the two lines of a remark
LONGEST_HEAD = 66
Row = dict[Hashable, Any]
"""An indicator of the tables, by their columns."""


@dataclass(frozen=True)
class Remark:
    """One thing that needs attention: the line in its status's colour, and the lines below it."""

    head: str
    detail: str


def headline(tables: ReportTables, main: Sequence[Row], words: Words) -> str:
    """How the main indicators stand by the reported month, and how many fulfil the year."""
    counts = Counter(row["to_date_status"] for row in main)
    parts = [words.count("report.summary.headline.good", len(main), good=counts["norm"] + counts["above"])]
    parts += [
        words(f"report.summary.headline.{status}", count=counts[status])
        for status in ("risk", "behind", "none")
        if counts[status]
    ]
    sentence = words("report.summary.headline", period=to_date(tables.month, words), parts=", ".join(parts))
    known = [row for row in main if not math.isnan(row["forecast_percent"])]
    if not known:
        return sentence
    key = "report.summary.headline.year" if tables.month.number == 12 else "report.summary.headline.forecast"
    reached = sum(_reaches_target(row) for row in known)
    year = words.count(key, reached, of=len(known)) if reached else words(f"{key}.no_one")
    return f"{sentence} {year}"


def _reaches_target(row: Row) -> bool:
    percent = row["forecast_percent"]
    return bool(percent >= 100 if row["direction"] == "more" else percent <= 100)


def context(tables: ReportTables, words: Words) -> str:
    """Whose report it is, how many forms were handed in, how many problems there are."""
    states = tables.units.loc[tables.units["reports"].astype(bool), f"m{tables.month.number}"]
    handed, missing = int(states.isin(["complete", "partial"]).sum()), int(states.eq("missing").sum())
    grave = int(tables.problems["severity"].eq("error").sum())
    parts = [*dict.fromkeys((tables.institution, tables.unit_title))]
    parts.append(
        words("report.summary.forms", month=words.month(tables.month.number), handed=handed, of=handed + missing)
    )
    key = "report.summary.problems.grave" if grave else "report.summary.problems"
    parts.append(words(key, count=len(tables.problems), grave=grave))
    return " · ".join(filter(None, parts))


def attention(tables: ReportTables, main: Sequence[Row], words: Words) -> tuple[Remark, ...]:
    """The main indicators behind, at risk or without data, worst first; then the overdue activities."""
    overdue = tables.activities[tables.activities["state"] == "overdue"].to_dict("records")
    return tuple(
        [_about_indicator(row, words) for row in worst_first(main)]
        + [_about_activity(activity, words) for activity in overdue]
    )


def worst_first(main: Sequence[Row]) -> list[Row]:
    """The rows that need attention. An indicator without a plan has no status, which is no one's fault."""
    rows = [row for row in main if row["to_date_status"] in NEED_ATTENTION and not math.isnan(row["to_date_planned"])]
    return sorted(rows, key=lambda row: (STATUSES.index(row["to_date_status"]), _score(row)))


def _score(row: Row) -> float:
    """The percent as it is judged, mirrored where less is better; the lowest where nothing was planned."""
    percent = float(row["to_date_percent"])
    if math.isnan(percent):
        return -math.inf
    return percent if row["direction"] == "more" else 200 - percent


def _about_indicator(row: Row, words: Words) -> Remark:
    status, reasons = row["to_date_status"], [_sentence(row["cause"]), _sentence(row["explanation"])]
    found = words("report.status.none") if status == "none" else _of_plan(row, words)
    explained = " ".join(filter(None, reasons)) or (
        "" if status == "none" else words("report.summary.attention.no_cause")
    )
    detail = " ".join(filter(None, (explained, _in_brackets(row["who"]))))
    return Remark(_cut(f"{SYMBOLS[status]} {row['name']} — {found}", LONGEST_HEAD), _cut(detail, LONGEST_DETAIL))


def _about_activity(row: Row, words: Words) -> Remark:
    head = words("report.summary.attention.overdue", symbol=SYMBOLS["behind"], title=row["title"])
    detail = " ".join(filter(None, (_sentence(f"{row['due']} · {row['responsible']}"), _sentence(row["explanation"]))))
    return Remark(_cut(head, LONGEST_HEAD), _cut(detail, LONGEST_DETAIL))


def activities(tables: ReportTables, words: Words) -> str:
    """How many activities are done, overdue, due and coming; empty where there are none."""
    counts = Counter(tables.activities["state"])
    parts = [
        words(f"report.summary.activities.{state}", count=counts[state])
        for state in ("done", "overdue", "due", "coming")
        if counts[state]
    ]
    return words("report.summary.activities", parts="  ".join(parts)) if parts else ""


def month_title(row: Row, words: Words) -> str:
    """«Консультации, ед.: 81 % плана, нужно 86 в месяц»; the pace where there is something to catch up."""
    if math.isnan(row["to_date_percent"]):
        return words("report.summary.chart.no_data", name=with_unit(row))
    values = {"name": with_unit(row), "percent": words.percent(row["to_date_percent"])}
    if row["pace"] <= 0 and row["direction"] == "more":
        return words("report.summary.chart.month.reached", **values)
    if math.isnan(row["pace"]) or row["direction"] == "less" or row["to_date_percent"] >= 100:
        return words("report.summary.chart.month", **values)
    return words("report.summary.chart.month.pace", **values, pace=words.number(row["pace"], row["decimals"]))


def to_date_title(row: Row, words: Words) -> str:
    """«Нарастающим итогом: прогноз года — 483 из 600 (81 %)»."""
    if math.isnan(row["forecast_percent"]):
        return words("report.summary.chart.to_date")
    return words("report.summary.chart.to_date.forecast", **_forecast(row, words))


def tile_status(row: Row, words: Words) -> str:
    """«▲ 91 % плана», with the mark of incompleteness where there is one."""
    status: Status = row["to_date_status"]
    found = status_text(status, words) if math.isnan(row["to_date_percent"]) else _of_plan(row, words)
    symbol = "" if math.isnan(row["to_date_percent"]) else f"{SYMBOLS[status]} "
    return "  ".join(filter(None, (symbol + found, received(row, words))))


def tile_forecast(row: Row, words: Words) -> str:
    """«прогноз 113 из 114 (99 %)»; of an indicator without a forecast nothing."""
    if math.isnan(row["forecast_percent"]):
        return ""
    return words("report.summary.tile.forecast", **_forecast(row, words))


def received(row: Row, words: Words) -> str:
    """«◐ 40 из 45» where some of the figures have come and some not, otherwise nothing."""
    if not is_partial(row["to_date_received"], row["to_date_expected"]):
        return ""
    return words(
        "report.summary.received", mark=PARTIAL, received=row["to_date_received"], expected=row["to_date_expected"]
    )


def footnote(tables: ReportTables, words: Words) -> str:
    """How to read the sheet: the forecast, the limits of the statuses, the marks."""
    limits = tables.thresholds
    return words(
        "report.summary.footnote",
        norm=words.percent(100 - limits.tolerance_percent),
        behind=words.percent(limits.behind_below),
        above=words.percent(limits.above_over),
        least=limits.tolerance_absolute,
    )


def _forecast(row: Row, words: Words) -> dict[str, str]:
    return {
        "forecast": words.number(row["forecast"], row["decimals"]),
        "target": words.number(row["target"], row["decimals"]),
        "percent": words.percent(row["forecast_percent"]),
    }


def _of_plan(row: Row, words: Words) -> str:
    if math.isnan(row["to_date_percent"]):
        return words("report.summary.not_planned", actual=words.number(row["to_date_actual"], row["decimals"]))
    return words("report.summary.of_plan", percent=words.percent(row["to_date_percent"]))


def with_unit(row: Row) -> str:
    """«Книговыдача, экз.»."""
    return ", ".join(filter(None, (row["name"], row["unit_of_measure"])))


def _in_brackets(who: str) -> str:
    """«(Методист 2; Методист 4)», broken into lines only between the people."""
    return f"({who.replace(' ', NO_BREAK).replace(f';{NO_BREAK}', '; ')})" if who else ""


def _sentence(text: str) -> str:
    """The text with a full stop at its end, if it has any."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _cut(text: str, longest: int) -> str:
    """The text, or as many of its first words as fit."""
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0].rstrip(' .,:;—')}…"
