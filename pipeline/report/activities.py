"""The sheet «Мероприятия»: what is overdue, what the next month brings, what was done beyond the plan, then all
activities of the plan by section."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.report.activity_states import STATES, state_text
from pipeline.report.book import ReportBook
from pipeline.report.cells import LEGEND_GAP, height, write_day, write_text
from pipeline.words import NO_BREAK, Words
from pipeline.workbooks.styles import day_format

Row = dict[Hashable, Any]

COLUMNS: dict[str, float] = {
    "code": 7,
    "title": 56,
    "group": 27,
    "due": 17,
    "due_date": 11,
    "done_date": 11,
    "state": 22,
    "count": 9,
    "responsible": 26,
    "note": 38,
}
SMALL = 1.1  # letters of 9 pt are narrower
AT = {key: number for number, key in enumerate(COLUMNS)}
FIRST_ROW = 5


def write_activities(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet("activities", list(COLUMNS.values()))
    words = book.words
    book.heading(sheet, words("report.activities.title", month=words.month_year(tables.month)), _counts(tables, words))
    _write_headings(book, sheet, FIRST_ROW - 1)
    row = FIRST_ROW
    for title, block in _blocks(tables, words):
        _write_band(book, sheet, row, f"{title}{NO_BREAK}({len(block)})")
        row = _write_rows(book, sheet, row + 1, block) + 1
    if len(tables.activities):
        _write_all(book, sheet, row, tables)
    sheet.outline_settings(symbols_below=False)
    sheet.freeze_panes(FIRST_ROW, AT["group"])
    sheet.repeat_rows(FIRST_ROW - 1)


def _counts(tables: ReportTables, words: Words) -> str:
    """«◆ просрочено — 3   ▲ срок идёт — 2   …»; states that don't occur are left out."""
    counts = tables.activities["state"].value_counts()
    parts = [f"{state_text(state, words)}{NO_BREAK}— {counts[state]}" for state in STATES if state in counts]
    return LEGEND_GAP.join(parts) + "." if parts else words("report.activities.none")


def _blocks(tables: ReportTables, words: Words) -> list[tuple[str, list[Row]]]:
    """(title, rows) of what a reader wants before all else; blocks without rows are left out."""
    activities = tables.activities
    overdue = activities[activities["state"] == "overdue"].sort_values("due_date", kind="stable")
    coming = activities[activities["next_date"].notna()].sort_values("next_date", kind="stable")
    following = words.month_year(tables.month.following)
    blocks = {
        words("report.activities.block.overdue"): [_noted(row, words) for row in overdue.to_dict("records")],
        words("report.activities.block.next", month=following): [
            _noted(_ahead(row), words) for row in coming.to_dict("records")
        ],
        words("report.activities.block.extra"): [_extra(row, words) for row in tables.extras.to_dict("records")],
    }
    return [(title, rows) for title, rows in blocks.items() if rows]


def _ahead(row: Row) -> Row:
    """The row of the occurrence that the next month brings: nothing that is told of earlier ones."""
    state = row["next_state"]
    explanation = row["explanation"] if state == "moved" else ""
    own = {"due_date": row["next_date"], "state": state, "explanation": explanation}
    return row | own | {"done_date": pd.NaT, "overdue_days": (), "day_off": pd.NaT, "result": ""}


def _noted(row: Row, words: Words) -> Row:
    """The row with its note: the days that are overdue where there are several, a day off, what the staff say."""
    overdue, day_off = row["overdue_days"], row["day_off"]
    days = ", ".join(words.day(day) for day in overdue)
    parts = (
        words("report.activities.overdue_days", days=days) if len(overdue) > 1 else "",
        words("report.activities.day_off", day=words.day(day_off)) if pd.notna(day_off) else "",
        row["result"],
        row["explanation"],
    )
    return row | {"note": _sentences(parts)}


def _extra(row: Row, words: Words) -> Row:
    """What was done beyond the plan, as a row of the list: being written down, it is done."""
    feeds = words("report.activities.feeds", indicator=row["indicator"]) if row["indicator"] else ""
    blank = dict.fromkeys(("code", "group", "due"), "") | {"due_date": pd.NaT, "total": 1, "done": 1}
    return row | blank | {"state": "done", "note": _sentences((feeds, row["result"]))}


def _sentences(parts: Iterable[str]) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _write_headings(book: ReportBook, sheet: Worksheet, row: int) -> None:
    for key, column in AT.items():
        align = "center" if key in ("due_date", "done_date", "count") else "left"
        heading = book.words(f"report.activities.column.{key}")
        sheet.write_string(row, column, heading, book.styles("heading", align=align))
    sheet.set_row(row, 32)


def _write_all(book: ReportBook, sheet: Worksheet, row: int, tables: ReportTables) -> None:
    """The whole plan by section, with a heading of its own to filter by."""
    order, words = list(STATES), book.words
    if row > FIRST_ROW:
        sheet.write_string(row, 0, words("report.activities.all"), book.styles("headline"))
        sheet.set_row(row, 24)
        _write_headings(book, sheet, row + 1)
        row += 2
    heading = row - 1
    for title, section in tables.activities.groupby("section_title", sort=False):
        _write_band(book, sheet, row, str(title))
        rows = sorted(section.to_dict("records"), key=lambda each: order.index(each["state"]))
        row = _write_rows(book, sheet, row + 1, [_noted(each, words) for each in rows])
    sheet.autofilter(heading, 0, row - 1, len(COLUMNS) - 1)


def _write_band(book: ReportBook, sheet: Worksheet, row: int, title: str) -> None:
    style = book.styles("section")
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, title, style)
    for column in range(1, len(COLUMNS)):
        sheet.write_blank(row, column, None, style)


def _write_rows(book: ReportBook, sheet: Worksheet, row: int, activities: Sequence[Row]) -> int:
    """The activities from this row on; returns the row after them."""
    for at, activity in enumerate(activities, start=row):
        _write_activity(book, sheet, at, activity)
    return row + len(activities)


def _write_activity(book: ReportBook, sheet: Worksheet, row: int, activity: Row) -> None:
    styles, words, state = book.styles, book.words, activity["state"]
    texts = {key: activity[key] for key in ("code", "title", "group", "due", "responsible", "note")}
    for key, text in texts.items():
        muted = ("muted", "small") if key in ("code", "group") else ("small",) if key == "note" else ()
        write_text(sheet, row, AT[key], text, styles("row", *muted, text_wrap=True))
    day = styles("row", "centre", num_format=day_format(words))
    for key in ("due_date", "done_date"):
        write_day(sheet, row, AT[key], activity[key], day)
    colour = styles("row", f"status_{STATES[state][1]}", bold=state == "overdue", text_wrap=True)
    sheet.write_string(row, AT["state"], state_text(state, words), colour)
    several = activity["total"] > 1
    count = words("report.of", part=activity["done"], whole=activity["total"]) if several else ""
    write_text(sheet, row, AT["count"], count, styles("row", "centre"))
    room = {key: width * (SMALL if key in ("group", "note") else 1) for key, width in COLUMNS.items()}
    heights = [(text, room[key]) for key, text in texts.items()]
    sheet.set_row(row, height(*heights, (state_text(state, words), room["state"])), None, {"level": 1})
