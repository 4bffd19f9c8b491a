"""The whole memo as text: what the document shows, in its order. Everything a person reads is made here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.analysis.main_indicators import Row, main_indicators, score
from pipeline.analysis.tables import DrawnTables
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.memo import activities, indicators
from pipeline.memo.indicators import DECEMBER
from pipeline.memo.phrases import figure, measured, named, received, year_to_date
from pipeline.words import Words

MOST_ROWS = 16
"""As many indicators as the report's first sheet shows."""


@dataclass(frozen=True)
class Part:
    """A paragraph and the list below it."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Table:
    """`notes` stand below it; the first column is text, the others are figures and the status."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Caption:
    """What stands below a picture, and what is said to those who can't see it."""

    text: str
    alt: str


@dataclass(frozen=True)
class Memo:
    """`notice` stands on top of every page, if there is one. `captions` are of the pictures of charts.py, in their
    order; there are none where there is nothing to draw."""

    properties_title: str
    notice: str
    sender: tuple[str, ...]
    addressee: str
    title: str
    date_line: str
    subject: str
    done: Section
    table: Table | None
    captions: tuple[Caption, ...]
    behind: Section
    activities: Section
    forecast: Section
    signatory: str
    signature_captions: tuple[str, str]


def memo_text(tables: DrawnTables, addressee: str, words: Words) -> Memo:
    """`addressee` as the settings give it: «Директору …»; a line to fill in by hand where they don't."""
    main, period = main_indicators(tables.indicators), year_to_date(tables.month, words)
    kind = "year" if tables.month.number == DECEMBER else "forecast"
    return Memo(
        properties_title=words("memo.properties.title", period=period),
        notice=words("memo.example") if tables.example else "",
        sender=tuple(filter(None, (tables.institution, tables.department))),
        addressee=addressee.strip() or words("memo.addressee"),
        title=words("memo.title"),
        date_line=words("memo.date_line"),
        subject=_subject(tables, words),
        done=_section("done", words, *_done(tables, main, words)),
        table=_table(tables, main, words) if main else None,
        captions=_captions(tables, main, words),
        behind=_section("behind", words, Part(*indicators.behind(tables, main, words))),
        activities=_section(
            "activities",
            words,
            Part(activities.done(tables, words)),
            Part(*activities.overdue(tables, words)),
            Part(*activities.coming(tables, words)),
        ),
        forecast=_section(kind, words, Part(*indicators.forecast(tables, main, words))),
        signatory=tables.head,
        signature_captions=(words("memo.signature"), words("memo.signatory")),
    )


def _section(key: str, words: Words, *parts: Part) -> Section:
    return Section(words(f"memo.heading.{key}"), tuple(part for part in parts if part.text))


def _done(tables: DrawnTables, main: Sequence[Row], words: Words) -> tuple[Part, ...]:
    results = " ".join(filter(None, (indicators.overall(tables, main, words), indicators.best(main, words))))
    data = " ".join(filter(None, (indicators.handed_in(tables, words), indicators.errors(tables, words))))
    return Part(results), Part(data)


def _subject(tables: DrawnTables, words: Words) -> str:
    """What it is about; whose plan, where that is a part of the sender's."""
    day = words.long_day(tables.month.last_day)
    if tables.is_part:
        return words("memo.subject.part", day=day, unit=tables.unit_title)
    return words("memo.subject", day=day)


def _table(tables: DrawnTables, main: Sequence[Row], words: Words) -> Table:
    last = "year" if tables.month.number == DECEMBER else "forecast"
    keys = ("indicator", "planned", "actual", "percent", "status", "target", last)
    notes = []
    partial = [(row, received(row, words)) for row in main[:MOST_ROWS]]
    if names := [words("memo.table.partial.one", name=named(row, words), received=of) for row, of in partial if of]:
        notes.append(words("memo.table.partial", names=", ".join(names)))
    if len(main) > MOST_ROWS:
        sheet = words("report.sheet.plan_fact")
        notes.append(words.count("memo.table.rest", len(main), shown=MOST_ROWS, sheet=sheet))
    return Table(
        caption=words("memo.table.caption", period=year_to_date(tables.month, words)),
        headings=tuple(words(f"memo.table.{key}") for key in keys),
        rows=tuple(_table_row(row, words) for row in main[:MOST_ROWS]),
        notes=tuple(notes),
    )


def _table_row(row: Row, words: Words) -> tuple[str, ...]:
    percent, actual = row["to_date_percent"], figure(row, "to_date_actual", words)
    unplanned = row["to_date_status"] == "none" and not math.isnan(row["to_date_actual"])
    return (
        ", ".join(filter(None, (row["name"], row["unit_of_measure"]))),
        figure(row, "to_date_planned", words),
        f"{actual}*" if received(row, words) else actual,
        "—" if math.isnan(percent) else words.percent(percent),
        words("memo.table.not_planned") if unplanned else words(f"report.status.{row['to_date_status']}"),
        figure(row, "target", words),
        figure(row, "forecast", words),
    )


def drawn(main: Sequence[Row]) -> list[Row]:
    """The indicators whose variance is drawn, from the best to the worst; of too many both ends."""
    known = sorted((row for row in main if not math.isnan(row["to_date_percent"])), key=score, reverse=True)
    return known if len(known) <= MOST_ROWS else known[: MOST_ROWS // 2] + known[-MOST_ROWS // 2 :]


def _captions(tables: DrawnTables, main: Sequence[Row], words: Words) -> tuple[Caption, ...]:
    rows = drawn(main)
    return (_of_variances(rows, tables, main, words), _of_months(rows[-1], tables, words)) if rows else ()


def _of_variances(rows: Sequence[Row], tables: DrawnTables, main: Sequence[Row], words: Words) -> Caption:
    period = year_to_date(tables.month, words)
    text = words("memo.figure.variance", period=period)
    if len(main) > MOST_ROWS:
        text = f"{text} {words('memo.figure.variance.some', shown=len(rows), of=len(main))}"
    bars = [
        words("memo.figure.variance.alt.one", name=named(row, words), variance=variance(row, words)) for row in rows
    ]
    return Caption(text, words("memo.figure.variance.alt", period=period, parts=", ".join(bars)))


def _of_months(worst: Row, tables: DrawnTables, words: Words) -> Caption:
    months = tables.months[tables.months["code"].eq(worst["code"])].sort_values("month")
    coming = months["month"].gt(tables.month.number)
    past = [row | {"decimals": worst["decimals"]} for row in months[~coming].to_dict("records")]
    key = "memo.figure.months" if months.loc[coming, "forecast"].notna().any() else "memo.figure.months.past"
    unit = worst["unit_of_measure"]
    text = words(key, name=named(worst, words), unit=f", {unit}" if unit else "")
    if any(is_partial(row["received"], row["expected"]) for row in past):
        text = f"{text} {words('memo.figure.months.partial', mark=PARTIAL)}"
    columns = [
        words(
            "memo.figure.months.alt.one",
            month=words.month(int(row["month"])),
            planned=figure(row, "planned", words),
            actual=figure(row, "actual", words),
        )
        for row in past
    ]
    return Caption(text, words("memo.figure.months.alt", name=measured(worst, words), parts="; ".join(columns)))


def variance(row: Row, words: Words) -> str:
    """«−30 %»."""
    return words.percent(row["to_date_percent"] - 100, sign=True)
