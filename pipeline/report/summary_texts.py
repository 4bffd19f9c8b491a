"""The sentences of the sheet «Сводка», built from the figures."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.analysis.main_indicators import Row, reaches_target, worst_first
from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import PARTIAL, SYMBOLS, Status, is_partial
from pipeline.report.cells import status_text, to_date
from pipeline.report.said import people, reasons
from pipeline.words import Words

LONGEST_DETAIL = 150  # characters that fit the two lines of a remark
LONGEST_HEAD = 66
MOST_PEOPLE = 3  # of those who explain, so that there is room for what they say
SEPARATOR = " · "


@dataclass(frozen=True)
class Remark:
    """One thing that needs attention: the line in its status's colour, and the lines below it."""

    head: str
    detail: str


def headline(tables: ReportTables, main: Sequence[Row], words: Words) -> str:
    """How the main indicators stand by the reported month, and how many fulfil the year."""
    own = [row for row in main if in_plan(row)]
    counts = Counter(row["to_date_status"] for row in own)
    parts = [words.count("report.summary.headline.good", len(own), good=counts["norm"] + counts["above"])]
    parts += [
        words(f"report.summary.headline.{status}", count=counts[status])
        for status in ("risk", "behind", "none")
        if counts[status]
    ]
    sentence = words("report.summary.headline", period=to_date(tables.month, words), parts=", ".join(parts))
    known = [row for row in own if not math.isnan(row["forecast_percent"])]
    if not known:
        return sentence
    key = "report.summary.headline.year" if tables.month.number == 12 else "report.summary.headline.forecast"
    reached = sum(reaches_target(row) for row in known)
    year = words.count(key, reached, of=len(known)) if reached else words(f"{key}.no_one")
    return f"{sentence} {year}"


def in_plan(row: Row) -> bool:
    """Whether the indicator is any of the unit's: it has a target, something planned or something done."""
    return not all(math.isnan(row[name]) for name in ("target", "to_date_planned", "to_date_actual"))


def context(tables: ReportTables, words: Words) -> str:
    """Whose report it is, how many forms were handed in, how many problems there are."""
    states = tables.units.loc[tables.units["reports"].astype(bool), f"m{tables.month.number}"]
    handed, missing = int(states.isin(["complete", "late", "partial"]).sum()), int(states.eq("missing").sum())
    month, due = words.month(tables.month.number), handed + missing
    forms = words("report.summary.forms", month=month, handed=words.number(handed), of=words.number(due))
    parts = (whose(tables.institution, tables.unit_title), forms, problems(tables, words))
    return SEPARATOR.join(filter(None, parts))


def whose(institution: str, unit: str) -> str:
    return SEPARATOR.join(filter(None, dict.fromkeys((institution, unit))))


def problems(tables: ReportTables, words: Words) -> str:
    """How many problems the data have, all files and months together."""
    grave = int(tables.problems["severity"].eq("error").sum())
    key = "report.summary.problems.grave" if grave else "report.summary.problems"
    return words(key, count=len(tables.problems), grave=grave)


def attention(tables: ReportTables, main: Sequence[Row], words: Words) -> tuple[Remark, ...]:
    """The main indicators behind, at risk or without data, worst first; then the overdue activities."""
    overdue = tables.activities[tables.activities["state"] == "overdue"].to_dict("records")
    return tuple(
        [_about_indicator(row, words) for row in worst_first(main)]
        + [_about_activity(activity, words) for activity in overdue]
    )


def _about_indicator(row: Row, words: Words) -> Remark:
    status = row["to_date_status"]
    found = words("report.status.none") if status == "none" else _of_plan(row, words)
    return Remark(_cut(f"{SYMBOLS[status]} {row['name']} — {found}", LONGEST_HEAD), _explained(row, words))


def _explained(row: Row, words: Words) -> str:
    """Why, and who says so; only the reasons are cut to what fits."""
    if not reasons(row):
        return "" if row["to_date_status"] == "none" else words("report.summary.attention.no_cause")
    who = people(row["who"], words, MOST_PEOPLE)
    room = LONGEST_DETAIL - len(who) - len(" .")
    return _sentence(" ".join(filter(None, (_cut(reasons(row), room), who))))


def _about_activity(row: Row, words: Words) -> Remark:
    head = words("report.summary.attention.overdue", symbol=SYMBOLS["behind"], title=row["title"])
    detail = " ".join(filter(None, (_sentence(f"{row['due']} · {row['responsible']}"), _sentence(row["explanation"]))))
    return Remark(_cut(head, LONGEST_HEAD), _cut(detail, LONGEST_DETAIL))


def activities(tables: ReportTables, words: Words) -> str:
    """How many activities are done, overdue, due and coming; empty where there are none."""
    counts = Counter(tables.activities["state"].replace("late", "done"))
    parts = [
        words(f"report.summary.activities.{state}", count=counts[state])
        for state in ("done", "overdue", "due", "coming")
        if counts[state]
    ]
    return words("report.summary.activities", parts="  ".join(parts)) if parts else ""


def month_title(row: Row, words: Words) -> str:
    """«Консультации, ед.: 81 % плана, нужно 86 в месяц»; the pace where there is something to catch up.
    «Жалобы, ед.: 45 без плана» where nothing was planned."""
    if math.isnan(row["to_date_percent"]):
        unplanned = row["to_date_planned"] == 0 and not math.isnan(row["to_date_actual"])
        if unplanned:
            return f"{with_unit(row)}: {_of_plan(row, words)}"
        return words("report.summary.chart.no_data", name=with_unit(row))
    values = {"name": with_unit(row), "percent": words.percent(row["to_date_percent"])}
    if row["pace"] <= 0 and row["direction"] == "more":
        return words("report.summary.chart.month.reached", **values)
    if math.isnan(row["pace"]) or row["direction"] == "less" or row["to_date_percent"] >= 100:
        return words("report.summary.chart.month", **values)
    return words("report.summary.chart.month.pace", **values, pace=words.number(row["pace"], row["decimals"]))


def to_date_title(row: Row, words: Words) -> str:
    """«Нарастающим итогом: прогноз года — 483 (445–530) из 600, 81 %»; without a range «483 из 600 (81 %)»."""
    if math.isnan(row["forecast_percent"]):
        return words("report.summary.chart.to_date")
    kind = "forecast" if math.isnan(row["forecast_low"]) else "range"
    return words(f"report.summary.chart.to_date.{kind}", **_forecast(row, words))


def tile_status(row: Row, words: Words) -> str:
    """«▲ 91 % плана», with the mark of incompleteness where there is one."""
    status: Status = row["to_date_status"]
    found = status_of(row, words) if math.isnan(row["to_date_percent"]) else _of_plan(row, words)
    symbol = "" if math.isnan(row["to_date_percent"]) else f"{SYMBOLS[status]} "
    return "  ".join(filter(None, (symbol + found, received(row, words))))


def status_of(row: Row, words: Words) -> str:
    """«● норма»; of an indicator that isn't the unit's, that it isn't."""
    return status_text(row["to_date_status"], words) if in_plan(row) else words("report.summary.not_in_plan")


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
        **forecast_range(row, words),
    }


def forecast_range(row: Row, words: Words) -> dict[str, str]:
    """The ends of the forecast's range; none where it has none."""
    if math.isnan(row["forecast_low"]):
        return {}
    return {end: words.number(row[f"forecast_{end}"], row["decimals"]) for end in ("low", "high")}


def _of_plan(row: Row, words: Words) -> str:
    if math.isnan(row["to_date_percent"]):
        return words("report.summary.not_planned", actual=words.number(row["to_date_actual"], row["decimals"]))
    return words("report.summary.of_plan", percent=words.percent(row["to_date_percent"]))


def with_unit(row: Row) -> str:
    """«Книговыдача, экз.»."""
    return ", ".join(filter(None, (row["name"], row["unit_of_measure"])))


def _sentence(text: str) -> str:
    """The text with a full stop at its end, if it has any."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _cut(text: str, longest: int) -> str:
    """The text, or as many of its first words as fit."""
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0].rstrip(' .,:;—')}…"
