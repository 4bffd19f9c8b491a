"""A small British institution on disk: plan, settings and filled forms, all of it made up and all of it in English."""

from datetime import date, timedelta
from pathlib import Path

from pipeline.domain.activities import Activity, ExtraActivity, Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.periods import PlanYear
from pipeline.domain.plan import Plan, Statement
from pipeline.domain.submissions import Entry, Explanation, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.forms.rows import activity_rows, form_identity, year_rows
from pipeline.forms.write import form_workbook
from pipeline.plan.write import plan_workbook
from pipeline.settings import read_settings
from pipeline.words import Words

YEAR = 2013
CONFIG = """\
language = "en"
example = true
[institution]
name = "Riverside Libraries"
department = "Service planning"
head = "Head of service"
addressee = "To the Director of Culture"
[assignment]
form_code = "KPI-1"
[calendar]
country = "GB"
"""
SHARES = (1.0, 0.75, 1.3, 0.9, 1.1, 0.5)
"""Actual as a share of the planned figure, in turn: every status occurs."""


def riverside_plan(starts: int = 1) -> Plan:
    """A central library with two branches: every way in which indicators behave, and deadlines of most kinds."""
    deadlines = (
        ("Outreach", "Visits to village libraries", "23 April", "TRIP"),
        ("Outreach", "Summer reading school", "7 February; 17 October", "TRIP"),
        ("Management", "Managers' meetings", "Quarterly", ""),
        ("Management", "News bulletin", "Weekly", ""),
        ("Management", "Stock care", "Ongoing", ""),
        ("Management", "Staff survey", "by 15 May", ""),
        ("Management", "Budget bid", "second quarter", ""),
        ("Management", "Display", "March", ""),
    )
    return Plan(
        YEAR,
        f"Service plan {PlanYear(YEAR, starts)}",
        Units(
            (
                Unit("CEN", "Central Library", kind="library"),
                Unit("E1", "Eastgate Branch", "CEN", kind="branch", group="branches"),
                Unit("W1", "Westgate Branch", "CEN", kind="branch", group="branches", until=11),
            )
        ),
        (
            Section("S1", "Lending and visits", registry_number="R-1", content="Lending", conditions="On site"),
            Section("S2", "Outreach", "work"),
        ),
        Indicators(
            (
                Indicator("VS", "Visits", "S1", "visits", main=True, quantity="volume", source="Door counter"),
                Indicator("VS.ST", "Visits: on site", "S1", "visits", "VS", "part", profile=(3, 2, 2, *[1] * 9)),
                Indicator("VS.ST.EV", "of which at events", "S1", "visits", "VS.ST", "of_which"),
                Indicator("VS.MO", "Visits: mobile library", "S1", "visits", "VS", "part"),
                Indicator("UV", "Unique visitors", "S1", "people", over_months="last", entering="cumulative"),
                Indicator("FUND", "Stock", "S1", "items", over_months="last", okei="796"),
                Indicator("SEATS", "Computer use", "S1", "%", over_months="mean", over_units="mean", decimals=1),
                Indicator("PEAK", "Longest queue", "S1", "people", over_months="max", over_units="max"),
                Indicator("DEBT", "Overdue loans", "S1", "items", main=True, direction="less", tolerance_percent=10),
                Indicator("TRIP", "Trips", "S2", "trips", tolerance_absolute=0, since=3),
                Indicator("ATT", "Turnover", "S1", "visits", relation="ratio", formula="VS / FUND", quantity="quality"),
            )
        ),
        (
            Target("VS.ST", "E1", 2000.0),
            Target("VS.ST.EV", "E1", 1500.0),
            Target("VS.MO", "E1", 2050.0),
            Target("UV", "E1", 5000.0),
            Target("FUND", "E1", 1200.0),
            Target("SEATS", "E1", 7.5),
            Target("PEAK", "E1", 9.0),
            Target("DEBT", "E1", 40.0),
            Target("TRIP", "E1", 16.0),
            Target("TRIP", "E1", 20.0, since=7, reason="More villages asked", document="Order 7"),
            Target("VS.ST", "W1", 1000.0),
            Target("FUND", "W1", 800.0),
        ),
        tuple(
            Activity(f"A{number}", "S2", group, title, due, read_deadline(due, YEAR, starts), ("E1",), feeds)
            for number, (group, title, due, feeds) in enumerate(deadlines, start=1)
        ),
        {("E1", "VS.ST"): (150.0,) * 12},
        (Statement("Visits stand elsewhere as 6,000", "VS", 6000, "Page 3"), Statement("A remark", "", None, "Page 4")),
        "All figures are made up",
        starts,
    )


def filled(plan: Plan, unit: str, months: int, words: Words) -> Submission:
    """The unit's form filled for the first months: some figures missing, some causes told, activities of every state,
    the first month's figure far too great."""
    entries: list[Entry] = []
    explanations: list[Explanation] = []
    for month, rows in year_rows(plan, unit).items():
        for number, row in enumerate(row for row in rows if row.entered):
            turn = month * 5 + number
            if month > months or turn % 17 == 0:
                continue
            share = 40 if month == 2 and number == 1 else SHARES[turn % len(SHARES)]
            actual = round((row.phased or 0) * share, row.indicator.decimals)
            entries.append(Entry(row.code, month, "actual", actual, "", ""))
            if turn % 3 == 0:
                explanations.append(Explanation(row.code, month, words("forms.cause.staff"), "Holiday.", "", ""))
    states = ("done", "moved", "cancelled", "in_progress", "done")
    marks = tuple(
        Mark(unit, row.activity.code, row.number, state, _day(row.due and row.due.end, state), "A note", NOWHERE)
        for row, state in zip(activity_rows(plan, unit), states, strict=False)
    )
    extras = (ExtraActivity(unit, "Round table", "TRIP", marks[0].day, "20 people", NOWHERE),) if marks else ()
    return Submission("", "", form_identity(plan, unit), tuple(entries), tuple(explanations), marks, extras)


def _day(end: date | None, state: str) -> date | None:
    return end + timedelta(days=3) if end and state == "done" else None


def riverside(folder: Path, months: int, config: str = CONFIG) -> Path:
    """config.toml, the year's plan and a form of each branch filled for the first months."""
    place = folder / "input" / str(YEAR)
    place.mkdir(parents=True)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    settings, _ = read_settings(folder / "config.toml")
    assert settings is not None
    plan, words = riverside_plan(settings.year.starts), Words(settings.language, settings.year.starts)
    (place / "plan.xlsx").write_bytes(plan_workbook(plan, words, YEAR))
    for unit in ("E1", "W1"):
        content = form_workbook(plan, unit, settings, words, filled(plan, unit, months, words))
        (place / f"{unit}.xlsx").write_bytes(content)
    return folder
