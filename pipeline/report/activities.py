"""The sheet «Мероприятия»: the plan's activities by section, what is overdue first, and the calendar of the year."""

from collections.abc import Hashable, Iterable
from itertools import groupby
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import Status
from pipeline.report.book import ReportBook
from pipeline.report.cells import day_format, height, write_day, write_text
from pipeline.report.pictures import add_picture
from pipeline.words import NO_BREAK, Words

Row = dict[Hashable, Any]

STATES: dict[str, tuple[str, Status]] = {
    "overdue": ("◆", "behind"),
    "due": ("▲", "risk"),
    "coming": ("○", "none"),
    "unread": ("?", "risk"),
    "standing": ("∞", "none"),
    "moved": ("→", "risk"),
    "done": ("●", "norm"),
    "cancelled": ("×", "none"),
}
"""State of an activity → its symbol and whose colours it has, in the order of the list."""
COLUMNS: dict[str, float] = {
    "code": 7,
    "title": 56,
    "group": 27,
    "due": 17,
    "due_date": 11,
    "done_date": 11,
    "state": 18,
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
    words, styles = book.words, book.styles
    book.heading(sheet, words("report.activities.title", month=words.month_year(tables.month)), _counts(tables, words))
    for key, column in AT.items():
        align = "center" if key in ("due_date", "done_date", "count") else "left"
        heading = words(f"report.activities.column.{key}")
        sheet.write_string(FIRST_ROW - 1, column, heading, styles("heading", align=align))
    sheet.set_row(FIRST_ROW - 1, 32)
    row = FIRST_ROW
    records = tables.activities.to_dict("records")
    for title, section in groupby(records, key=lambda activity: str(activity["section_title"])):
        row = _write_section(book, sheet, row, title, section)
    if records:
        sheet.autofilter(FIRST_ROW - 1, 0, row - 1, len(COLUMNS) - 1)
    sheet.outline_settings(symbols_below=False)
    sheet.freeze_panes(FIRST_ROW, AT["group"])
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.set_h_pagebreaks([row + 1])
    headline, alt = words("report.activities.picture"), words("report.activities.picture.alt", year=tables.month.year)
    add_picture(book, sheet, row + 2, "activities.png", headline, alt, list(COLUMNS.values()))


def state_text(state: str, words: Words) -> str:
    """«◆ просрочено»."""
    return f"{STATES[state][0]}{NO_BREAK}{words(f'report.activities.state.{state}')}"


def _counts(tables: ReportTables, words: Words) -> str:
    """«◆ просрочено 3 · ▲ срок в этом месяце 2 · …»; states that don't occur are left out."""
    counts = tables.activities["state"].value_counts()
    parts = [f"{state_text(state, words)}{NO_BREAK}— {counts[state]}" for state in STATES if state in counts]
    return " · ".join(parts) + "." if parts else words("report.activities.none")


def _write_section(book: ReportBook, sheet: Worksheet, row: int, title: str, section: Iterable[Row]) -> int:
    """A heading and the section's activities; returns the row after them."""
    style = book.styles("section")
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, title, style)
    for column in range(1, len(COLUMNS)):
        sheet.write_blank(row, column, None, style)
    order = list(STATES)
    activities = sorted(section, key=lambda each: order.index(each["state"]))
    for at, activity in enumerate(activities, start=row + 1):
        _write_activity(book, sheet, at, activity)
    return row + 1 + len(activities)


def _write_activity(book: ReportBook, sheet: Worksheet, row: int, activity: Row) -> None:
    styles, words, state = book.styles, book.words, activity["state"]
    note = ". ".join(activity[key].rstrip(".") for key in ("result", "explanation") if activity[key])
    texts = {key: activity[key] for key in ("code", "title", "group", "due", "responsible")} | {"note": note}
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
    sheet.set_row(row, height(*((text, room[key]) for key, text in texts.items())), None, {"level": 1})
