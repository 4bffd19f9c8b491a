"""The sheet of the unit's activities: a row for each occurrence, and free rows for what was not planned."""

import math
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.activities import Mark
from pipeline.domain.addresses import column_letters
from pipeline.domain.status import Status
from pipeline.forms.due_text import due_text
from pipeline.forms.form import Form
from pipeline.forms.layout import (
    ACTIVITY,
    ACTIVITY_COLUMNS,
    EXTRA_ROWS,
    FIRST_ROW,
    HEADING_ROW,
    IDENTITY_ROW,
    LEGEND_ROW,
    NUMBERS_ROW,
    PLACE_ROW,
    STATES,
    TITLE_ROW,
    UNIT_ROW,
    identity_text,
    list_range,
)
from pipeline.forms.lists_sheet import feeds
from pipeline.forms.page import set_page
from pipeline.forms.rows import ActivityRow
from pipeline.words import Words
from pipeline.workbooks.colours import BELOW, RULE, STATUS_GROUND, STATUS_TEXT, TITLE
from pipeline.workbooks.styles import Styles, day_format

INPUTS = ("state", "day", "result")
STATE_COLOURS: dict[str, Status] = {"done": "norm", "in_progress": "above", "moved": "risk", "cancelled": "none"}


def write_activities(workbook: Workbook, styles: Styles, form: Form) -> None:
    """The sheet."""
    sheet = workbook.add_worksheet(form.words("forms.sheet.activities"))
    _write_top(sheet, styles, form)
    at, group = FIRST_ROW, ""
    for row in form.activities:
        if row.activity.group != group:
            group = row.activity.group
            _write_band(sheet, styles, at, group)
            at += 1
        _write_row(sheet, styles, form, row, at)
        at += 1
    _write_band(sheet, styles, at, form.words("forms.activities.extra"))
    for number in range(max(EXTRA_ROWS, len(form.extras) + 2)):
        at += 1
        _write_extra(sheet, styles, form, number, at)
    _add_rules(sheet, styles, form, at)
    _set_page(sheet, form, at)


def _write_top(sheet: Worksheet, styles: Styles, form: Form) -> None:
    words = form.words
    sheet.write_string(IDENTITY_ROW, 0, identity_text(form.identity, "activities"), styles("muted"))
    sheet.set_row(IDENTITY_ROW, None, None, {"hidden": True})
    sheet.set_row(TITLE_ROW, 26)
    sheet.write_string(TITLE_ROW, 0, words("forms.activities.title", year=form.plan.calendar), styles("title"))
    sheet.write_string(PLACE_ROW, 0, words("forms.activities.unit", unit=form.unit.title), styles("bold"))
    sheet.write_string(UNIT_ROW, 0, words("forms.activities.about"), styles("subtitle"))
    if form.settings.example:
        sheet.write_string(LEGEND_ROW, 0, words("forms.example"), styles("bold", font_color=BELOW))
    for index, column in enumerate(ACTIVITY_COLUMNS):
        sheet.set_column(index, index, column.width)
        look = {"bg_color": TITLE, "font_color": "#FFFFFF"} if column.key in INPUTS else {}
        side = {"align": "left"} if column.key in ("code", "activity") else {}
        sheet.write_string(HEADING_ROW, index, words(f"forms.column.{column.key}"), styles("heading", **look, **side))
        sheet.write_number(
            NUMBERS_ROW, index, index + 1, styles("muted", "centre", font_size=8, bottom=1, bottom_color=RULE)
        )
    sheet.set_row(HEADING_ROW, 32)
    sheet.set_row(NUMBERS_ROW, 12)
    sheet.freeze_panes(FIRST_ROW, ACTIVITY["due"])


def _write_band(sheet: Worksheet, styles: Styles, at: int, title: str) -> None:
    sheet.write_string(at, 0, title, styles("section", font_size=11))
    for column in range(1, len(ACTIVITY_COLUMNS)):
        sheet.write_blank(at, column, None, styles("section"))
    sheet.set_row(at, 21)


def _write_row(sheet: Worksheet, styles: Styles, form: Form, row: ActivityRow, at: int) -> None:
    activity, words, again = row.activity, form.words, row.number > 1
    by_code = form.plan.indicators.by_code
    feeds_name = by_code[activity.indicator].name if activity.indicator in by_code else ""
    given = {
        "code": (activity.code, styles("row", "muted", "small")),
        "activity": (activity.title, styles("row", "muted") if again else styles("row", "text", text_wrap=True)),
        "due": (activity.due, styles("row", "text", font_size=9, text_wrap=True)),
        "when": (due_text(row, form.plan.calendar, words), styles("row", "text", font_size=9, text_wrap=True)),
        "feeds": (feeds_name, styles("row", "muted", "small", text_wrap=True)),
    }
    for key, (text, look) in given.items():
        sheet.write_string(at, ACTIVITY[key], text, look)
    sheet.write_number(at, ACTIVITY["number"], row.number, styles("row", "centre", "muted", num_format=_of(row, words)))
    mark = form.marks.get((activity.code, row.number))
    _write_inputs(sheet, styles, form.words, mark, at)
    result = mark.result if mark else ""
    sheet.set_row(
        at,
        15.0 * _lines(activity="" if again else activity.title, due=activity.due, feeds=feeds_name, result=result)
        + 1.5,
    )


def _of(row: ActivityRow, words: Words) -> str:
    """«2 из 4» where there are several, as a number's format."""
    return words("forms.format.of", of=row.of) if row.of > 1 else '""'


def _write_inputs(sheet: Worksheet, styles: Styles, words: Words, mark: Mark | None, at: int) -> None:
    sheet.write(
        at,
        ACTIVITY["state"],
        words(f"forms.state.{mark.state}") if mark else None,
        styles("input", "text", "padded", border_color=RULE),
    )
    _write_day(sheet, styles, words, mark.day if mark else None, at)
    sheet.write(at, ACTIVITY["result"], mark.result if mark else None, _text(styles))


def _text(styles: Styles) -> Any:
    return styles("input", "text", "padded", font_size=9, text_wrap=True, border_color=RULE)


def _write_day(sheet: Worksheet, styles: Styles, words: Words, day: date | None, at: int) -> None:
    look = styles("input", "centre", num_format=day_format(words), border_color=RULE)
    if day is None:
        sheet.write_blank(at, ACTIVITY["day"], None, look)
    else:
        sheet.write_datetime(at, ACTIVITY["day"], datetime(day.year, day.month, day.day), look)


def _write_extra(sheet: Worksheet, styles: Styles, form: Form, number: int, at: int) -> None:
    """A free row: title, what it feeds, date, result; being written down, it is done."""
    extra = form.extras[number] if number < len(form.extras) else None
    named = {item.partition(" — ")[0]: item for item in feeds(form)}
    sheet.write_string(at, ACTIVITY["code"], f"+{number + 1}", styles("row", "muted", "small"))
    sheet.write(
        at,
        ACTIVITY["activity"],
        extra.title if extra else None,
        styles("input", "text", "padded", text_wrap=True, border_color=RULE),
    )
    for key in ("due", "when", "number"):
        sheet.write_blank(at, ACTIVITY[key], None, styles("row"))
    sheet.write(at, ACTIVITY["feeds"], named.get(extra.indicator, extra.indicator) if extra else None, _text(styles))
    sheet.write_string(at, ACTIVITY["state"], form.words("forms.state.done"), styles("row", "muted", indent=1))
    _write_day(sheet, styles, form.words, extra.day if extra else None, at)
    sheet.write(at, ACTIVITY["result"], extra.result if extra else None, _text(styles))
    sheet.set_row(at, 18)


def _add_rules(sheet: Worksheet, styles: Styles, form: Form, last: int) -> None:
    words = form.words
    extra_from = last - max(EXTRA_ROWS, len(form.extras) + 2) + 1
    year = form.plan.calendar
    first_day, last_day = (datetime(day.year, day.month, day.day) for day in (year.first_day, year.last_day))
    march = words.day(year.day(3, 20))
    refused = {"error_title": words("forms.refused.title")}
    sheet.data_validation(
        FIRST_ROW,
        ACTIVITY["state"],
        extra_from - 2,
        ACTIVITY["state"],
        {
            "validate": "list",
            "source": f"={list_range('states', len(STATES), words)}",
            "input_title": words("forms.prompt.state.title"),
            "input_message": words("forms.prompt.state"),
            "error_message": words("forms.refused.state"),
            **refused,
        },
    )
    sheet.data_validation(
        FIRST_ROW,
        ACTIVITY["day"],
        last,
        ACTIVITY["day"],
        {
            "validate": "date",
            "criteria": "between",
            "minimum": first_day,
            "maximum": last_day,
            "input_title": words("forms.prompt.day.title"),
            "input_message": words("forms.prompt.day", day=march),
            "error_message": words("forms.refused.day", year=year, day=march),
            **refused,
        },
    )
    if feeds(form):
        sheet.data_validation(
            extra_from,
            ACTIVITY["feeds"],
            last,
            ACTIVITY["feeds"],
            {
                "validate": "list",
                "source": f"={list_range('feeds', len(feeds(form)), words)}",
                "input_title": words("forms.prompt.feeds.title"),
                "input_message": words("forms.prompt.feeds"),
                "error_message": words("forms.refused.feeds"),
                **refused,
            },
        )
    state, day = (f"${column_letters(ACTIVITY[key])}{FIRST_ROW + 1}" for key in ("state", "day"))
    for key, status in STATE_COLOURS.items():
        sheet.conditional_format(
            FIRST_ROW,
            ACTIVITY["state"],
            extra_from - 2,
            ACTIVITY["state"],
            {
                "type": "formula",
                "criteria": f'={state}="{words(f"forms.state.{key}")}"',
                "format": styles.conditional(font_color=STATUS_TEXT[status], bg_color=STATUS_GROUND[status]),
            },
        )
    sheet.conditional_format(
        FIRST_ROW,
        ACTIVITY["day"],
        extra_from - 2,
        ACTIVITY["day"],
        {
            "type": "formula",
            "criteria": f'=AND({state}="{words("forms.state.done")}",ISBLANK({day}))',
            "format": styles.conditional(bg_color=STATUS_GROUND["behind"]),
        },
    )


def _set_page(sheet: Worksheet, form: Form, last: int) -> None:
    words = form.words
    set_page(sheet, last, len(ACTIVITY_COLUMNS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW + 1}:A{last + 1}"})
    made_up = words("forms.example") if form.settings.example else ""
    left = words("forms.activities.footer", unit=form.unit.title, year=form.plan.calendar)
    left, centre = (text.replace("&", "&&") for text in (left, made_up))
    sheet.set_footer(f"&L&8{left}&C&8{centre}&R&8{words('forms.page', page='&P', pages='&N')}")


def _lines(**texts: str) -> int:
    """Lines that the tallest of the texts takes in its column, roughly."""
    widths = {column.key: column.width for column in ACTIVITY_COLUMNS}
    return max(1, *(math.ceil(len(text) / (widths[key] * 1.05)) for key, text in texts.items()))
