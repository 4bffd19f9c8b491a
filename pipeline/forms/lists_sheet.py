"""The hidden sheet of lists: what validations offer, the words of the statuses, their limits."""

from xlsxwriter import Workbook

from pipeline.domain.status import SYMBOLS
from pipeline.forms.figures import NUMBERED
from pipeline.forms.form import Form
from pipeline.forms.layout import (
    CAUSES,
    IDENTITY_ROW,
    LISTS,
    LISTS_FIRST_ROW,
    STATES,
    THRESHOLDS,
    identity_text,
)
from pipeline.words import Words
from pipeline.workbooks.styles import Styles


def causes(words: Words) -> list[str]:
    """The causes of a deviation, as the list offers them."""
    return [words(f"forms.cause.{cause}") for cause in CAUSES]


def states(words: Words) -> list[str]:
    """The states of an activity."""
    return [words(f"forms.state.{state}") for state in STATES]


def statuses(words: Words) -> list[str]:
    """The statuses as the months show them, without «none»."""
    return [f"{SYMBOLS[status]} {words(f'forms.status.{status}')}" for status in NUMBERED[1:]]


def feeds(form: Form) -> list[str]:
    """The indicators that an activity beyond the plan may feed: «TRIP — Выезды»."""
    rows = {row.code: row.indicator for rows in form.months.values() for row in rows if row.entered}
    return [f"{code} — {indicator.name}" for code, indicator in rows.items()]


def write_lists(workbook: Workbook, styles: Styles, form: Form) -> None:
    """The sheet, hidden; its first row is the identity."""
    sheet = workbook.add_worksheet(form.words("forms.sheet.lists"))
    sheet.write_string(IDENTITY_ROW, 0, identity_text(form.identity, "lists"), styles("muted"))
    limits = form.settings.thresholds
    columns: dict[str, list[str] | list[float]] = {
        "causes": causes(form.words),
        "statuses": statuses(form.words),
        "thresholds": [getattr(limits, key) for key in THRESHOLDS],
        "states": states(form.words),
        "feeds": feeds(form),
    }
    for key, items in columns.items():
        sheet.write_string(LISTS_FIRST_ROW - 1, LISTS[key], form.words(f"forms.list.{key}"), styles("bold"))
        sheet.write_column(LISTS_FIRST_ROW, LISTS[key], items, styles("text"))
    sheet.set_column(0, len(LISTS) - 1, 30)
    sheet.protect()
    sheet.hide()
