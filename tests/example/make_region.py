"""The second example's figures: targets.csv, last_year.csv, figures.csv, causes.csv and marks.csv of a made-up network
of libraries, beside the tables that are written by hand.

    python -m tests.example.make_region

rewrites them; they come out the same. They have the life of real ones: a library is late, one has forgotten a cell,
one closes in June and one opens in April, a flood stops another, and some causes are missing.
"""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from io import StringIO

from pipeline.domain.activities import reported_occurrences
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.rounding import round_half_up
from pipeline.domain.status import Thresholds, status
from pipeline.domain.units import Unit
from pipeline.plan.read import read_plan
from pipeline.run.example import FOLDER, table_sheets
from pipeline.sheets.book import Book

REGION = FOLDER / "region"
REPORTED = 9
LATE = "W4"
FORGOTTEN = ("S3", "DEBT", 8)
FLOODED, FLOOD = "Z2", (4, 5)
Rows = Iterable[Sequence[object]]

READERS = {"центральные": 4200, "детские": 2600, "сельские": 620}
"""Readers of a library of each group in a year."""
PER_READER = {"VIS.IN": 7.5, "VIS.EV": 1.6, "LOAN.P": 17.0, "FUND": 8.5, "NEW": 0.22, "EVENT": 0.09, "DEBT": 0.03}
DIGITAL = {"VIS.WEB": 2.5, "LOAN.E": 1.1}
"""What only central libraries have, per reader."""
SEASON = (10, 9, 9, 9, 8, 6, 5, 6, 9, 10, 10, 9)
STATIONARY = ("FUND", "COMP", "DEBT")
CAUSES = {
    "VIS": ("season", "Школьников было меньше обычного"),
    "VIS.WEB": ("technical", "Сайт открывался с перебоями"),
    "LOAN": ("demand", "Читатели уходят в электронные книги"),
    "LOAN.E": ("technical", "Электронная библиотека открывалась с перебоями"),
    "READ": ("demand", "Перерегистрация идёт медленнее"),
    "NEW": ("funding", "Средства на комплектование поступят в IV квартале"),
    "EVENT": ("event_moved", "Часть мероприятий перенесена"),
    "FUND": ("other", "Списаны ветхие издания"),
    "SEAT": ("season", "Школьников было меньше обычного"),
    "BUS": ("travel", "Библиобус был в ремонте"),
    "DEBT": ("staff", "Некому обзванивать должников"),
}
"""Code of an indicator, or the first part of its code → why a month came out otherwise than planned."""


def units_by_size(plan: Plan) -> dict[str, float]:
    """Library → its readers of the year."""
    return {
        unit.code: READERS[unit.group] * random.Random(unit.code).uniform(0.75, 1.3)
        for unit in plan.units.members
        if unit.group
    }


def targets(plan: Plan) -> list[tuple[object, ...]]:
    """indicator, unit, value, since, reason, document."""
    rows: list[tuple[object, ...]] = [("POLL", "R", 92, "", "", "")]
    for unit, readers in units_by_size(plan).items():
        rows += [(code, unit, value, "", "", "") for code, value in _of_library(plan.units.by_code[unit], readers)]
    rows.append(("BUS", "W1", 60, "июль", "Библиобус передан на полгода другому району", "Приказ № 14 (пример)"))
    return rows


def _of_library(unit: Unit, readers: float) -> list[tuple[str, float]]:
    months = (unit.until - unit.since + 1) / 12
    found = {"READ": readers * months}
    found |= {code: readers * each * (1 if code in STATIONARY else months) for code, each in PER_READER.items()}
    if unit.group != "центральные":
        found["READ.CH"] = readers * months * (0.9 if unit.group == "детские" else 0.3)
        found["EVENT.CH"] = found["EVENT"] * 0.6
    else:
        found |= {code: readers * each * months for code, each in DIGITAL.items()}
        found |= {"COMP": 12, "PEAK": readers / 14, "SEAT": 55}
    if unit.code in ("S1", "W1"):
        found["BUS"] = 96
    if unit.until < 12:  # its stock is counted with the library that takes it over
        found = {code: value for code, value in found.items() if code not in STATIONARY}
    return [(code, max(1, round(value))) for code, value in found.items()]


def last_year(plan: Plan) -> list[tuple[object, ...]]:
    """indicator, unit, m1 … m12: the season's figures, of libraries that were there."""
    rows: list[tuple[object, ...]] = []
    for unit, code, (target, *_) in plan.all_revisions():
        who, indicator = plan.units.by_code[unit], plan.indicators.by_code[code]
        if indicator.phasing == "last_year" and (who.since, who.until) == (1, 12):
            # «из них» had its whole's year: no month's plan of it is more than the whole's
            chance = random.Random(f"{unit} {indicator.parent if indicator.relation == 'of_which' else code} past")
            year = [target.value * share / sum(SEASON) * chance.uniform(0.9, 1.08) for share in SEASON]
            rows.append((code, unit, *(round(figure) for figure in year)))
    return rows


def figures(plan: Plan) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """unit, indicator, m1 … m9 (blank: not reported), and the causes: unit, indicator, month, cause, text."""
    rows: list[tuple[object, ...]] = []
    causes: list[tuple[object, ...]] = []
    for unit in plan.units.members:
        done: dict[str, list[float]] = {}
        for indicator in plan.entered_by(unit.code):
            planned = planned_months(plan, unit.code, indicator) or ()
            done[indicator.code] = actual = _actual(unit, indicator, planned, done)
            shown = [
                figure if _reported(unit, indicator.code, month) else None for month, figure in enumerate(actual, 1)
            ]
            rows.append((unit.code, indicator.code, *("" if one is None else f"{one:g}" for one in shown)))
            for month, one in enumerate(shown, 1):
                if one is not None:
                    causes += _cause(unit, indicator, month, planned[month - 1], one)
    return rows, causes


def _reported(unit: Unit, code: str, month: int) -> bool:
    if not unit.since <= month <= min(unit.until, REPORTED) or (unit.code, code, month) == FORGOTTEN:
        return False
    return not (unit.code == LATE and month == REPORTED)


def _actual(unit: Unit, indicator: Indicator, planned: Sequence[float], done: dict[str, list[float]]) -> list[float]:
    chance = random.Random(f"{unit.code} {indicator.code}")
    pace = random.Random(unit.parent or unit.code).uniform(0.9, 1.06) * chance.uniform(0.92, 1.06)
    if indicator.code == "FUND":
        return [round_half_up(planned[0] * chance.uniform(0.97, 1.01) + 9 * month) for month in range(REPORTED)]
    if indicator.code == "POLL":
        return [90.0, 90.0, 91.0, 91.0, 91.0, 93.0, 93.0, 93.0, 92.0]
    if indicator.code == "COMP":
        return [planned[0] - (unit.code == "Z1")] * REPORTED
    if indicator.entering == "cumulative":
        return [round_half_up(figure * min(1.0, pace)) for figure in planned[:REPORTED]]
    steady = indicator.over_months != "sum"
    spread = 0.08 if steady else 0.12
    values = [figure * pace * chance.uniform(1 - spread, 1 + spread) for figure in planned[:REPORTED]]
    if unit.code == FLOODED and not steady:
        values = [value * 0.25 if month in FLOOD else value for month, value in enumerate(values, 1)]
    values = [round_half_up(value, indicator.decimals) for value in values]
    if indicator.relation == "of_which":
        values = [min(pair) for pair in zip(values, done[str(indicator.parent)], strict=True)]
    return values


def _cause(unit: Unit, indicator: Indicator, month: int, planned: float, actual: float) -> Rows:
    limits = Thresholds(5, 2, 85, 115)
    mark = status(planned, actual, limits.percent_of(indicator), limits.absolute_of(indicator), limits)
    if mark in ("norm", "none") or random.Random(f"{unit.code} {indicator.code} {month}").random() < 0.06:
        return []
    if unit.code == FLOODED and month in FLOOD:
        return [(unit.code, indicator.code, month, "premises", "Паводок: библиотека закрыта до осушения подвала")]
    known = CAUSES.get(indicator.code) or CAUSES.get(indicator.code.partition(".")[0])
    cause, text = known or ("other", "Уточняется")
    if actual > planned and indicator.direction == "more":
        cause, text = "demand", "Спрос выше ожидаемого"
    return [(unit.code, indicator.code, month, cause, text)]


def marks(plan: Plan) -> list[tuple[object, ...]]:
    """unit, activity, number, day, result: the first responsible marks, most of it done in time."""
    rows: list[tuple[object, ...]] = []
    for activity in plan.activities:
        for number, due in enumerate(reported_occurrences(activity.deadline), 1):
            if due is None or due.end.month > REPORTED:
                continue
            luck = random.Random(f"{activity.code} {number}").random()
            day = due.end - timedelta(days=2) if luck < 0.8 else due.end + timedelta(days=4)
            if luck < 0.93 and day.month <= REPORTED:
                rows.append((activity.responsible[0], activity.code, number, day.isoformat(), "Пример"))
    return rows


def plan_with(tables: dict[str, str]) -> Plan:
    """The plan that the tables of the folder make, with these in the place of its own."""
    plan, _ = read_plan(Book("region", table_sheets(REGION, tables)))
    assert plan is not None
    return plan


def tables() -> dict[str, str]:
    """Name of each table → its text."""
    bare = plan_with({"targets.csv": "indicator,unit,value\n", "last_year.csv": "indicator,unit,m1\n"})
    found = {"targets.csv": _csv("indicator unit value since reason document", targets(bare))}
    months = [f"m{month}" for month in range(1, 13)]
    past = plan_with(found | {"last_year.csv": "indicator,unit,m1\n"})
    found["last_year.csv"] = _csv(f"indicator unit {' '.join(months)}", last_year(past))
    plan = plan_with(found)
    rows, causes = figures(plan)
    found["figures.csv"] = _csv(f"unit indicator {' '.join(months[:REPORTED])}", rows)
    found["causes.csv"] = _csv("unit indicator month cause text", causes)
    found["marks.csv"] = _csv("unit activity number day result", marks(plan))
    return found


def _csv(heading: str, rows: Rows) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([heading.split(), *rows])
    return text.getvalue()


if __name__ == "__main__":
    for name, text in tables().items():
        (REGION / name).write_text(text, encoding="utf-8")
        print(name)
