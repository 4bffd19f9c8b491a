"""The rows of a month's table: what is given, what is typed, what is computed."""

import math
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.domain.indicators import Indicator
from pipeline.forms.figures import Filling, RowFigures
from pipeline.forms.form import Form
from pipeline.forms.formulas import row_formulas
from pipeline.forms.layout import FIRST_ROW, MONTH, MONTH_COLUMNS, MONTH_INPUTS, month_sheet_name
from pipeline.forms.lists_sheet import statuses
from pipeline.forms.rows import FormRow
from pipeline.words import Words
from pipeline.workbooks.colours import GROUND, INPUT_EDGE, RULE
from pipeline.workbooks.styles import Styles, number_format

FIGURES = ("planned", "actual")
SHOWN = tuple(column.key for column in MONTH_COLUMNS if not column.hidden)
_WIDTH = {column.key: column.width for column in MONTH_COLUMNS}


def table_rows(form: Form, month: int) -> list[str | FormRow]:
    """The table's rows from the first to the last: a section's title before its indicators."""
    titles = {section.code: section.title for section in form.plan.sections}
    found: list[str | FormRow] = []
    section = None
    for row in form.months[month]:
        if row.indicator.section != section:
            section = row.indicator.section
            found.append(titles.get(section, section))
        found.append(row)
    return found


def last_row(form: Form, month: int) -> int:
    """The table's last row, counted from 0."""
    return FIRST_ROW + len(table_rows(form, month)) - 1


def write_row(sheet: Worksheet, styles: Styles, form: Form, month: int, row: FormRow, at: int) -> None:
    """One indicator: constants and inputs first, then every formula with its stored value."""
    filling = form.fillings[month][row.code]
    title, text = row_title(row, form.words), filling.text
    look = {key: _look(styles, form.words, row, key) for key in SHOWN}
    sheet.set_row(at, 15.0 * max(1, _lines(title, "title", row.depth), _lines(text, "text", 0)) + 1.5)
    sheet.write_string(at, MONTH["code"], row.code, look["code"])
    sheet.write_string(at, MONTH["title"], title, look["title"])
    sheet.write_string(at, MONTH["unit"], row.indicator.unit_of_measure, look["unit"])
    given: dict[str, float | str | None] = {
        "target": row.target, "before": None, "planned": filling.planned, "actual": filling.actual,
        "cause": filling.cause, "text": text,
    }  # fmt: skip
    for key, value in given.items():
        sheet.write(at, MONTH[key], value, look[key])
    hidden: dict[str, float | str] = {
        "tolerance_percent": form.settings.thresholds.percent_of(row.indicator),
        "tolerance_absolute": form.settings.thresholds.absolute_of(row.indicator),
        "expected": row.expected,
        "adds_to": f"|{'|'.join(row.adds_to)}|" if row.entered else "",
    }
    for key, value in hidden.items():
        sheet.write(at, MONTH[key], value, styles())
    earlier = (month_sheet_name(month - 1, form.words), last_row(form, month - 1)) if month - 1 in form.months else None
    stored = stored_values(filling, form.figures[month][row.code], form.words)
    for key, formula in row_formulas(row, at, last_row(form, month), earlier, form.words).items():
        sheet.write_formula(at, MONTH[key], formula, look.get(key, styles()), stored[key])


def stored_values(filling: Filling, figures: RowFigures, words: Words) -> dict[str, float | str]:
    """Column key → the value stored with the column's formula."""
    found: dict[str, float | str | None] = {
        "typed_planned": filling.planned,
        "typed_actual": filling.actual,
        "planned": figures.planned,
        "actual": figures.actual,
        "planned_value": figures.planned,
        "actual_value": figures.actual,
        "complete": int(figures.complete),
        "months": figures.months,
        "total": figures.total,
        "before": figures.before,
        "carried": figures.carried,
        "variance": figures.variance,
        "percent": figures.percent,
        "to_date": figures.to_date,
        "year_percent": figures.year_percent,
        "status_number": figures.status,
        "status": statuses(words)[figures.status - 1] if figures.status else "",
        "needs_cause": figures.needs_cause,
        "errors": figures.errors,
    }
    return {key: "" if value is None else value for key, value in found.items()}


def row_title(row: FormRow, words: Words) -> str:
    """The indicator's title, with what is unusual about its figures."""
    said = _habit(row.indicator, words)
    return f"{row.indicator.title} ({said})" if said and row.entered else row.indicator.title


def _habit(indicator: Indicator, words: Words) -> str:
    if indicator.entering == "cumulative":
        return words("forms.habit.cumulative")
    return "" if indicator.over_months == "sum" else words(f"forms.habit.{indicator.over_months}")


def decimals_to_date(row: FormRow) -> int:
    """Decimals of the row's figures since January: a mean of whole ones has one."""
    return max(1, row.indicator.decimals) if row.rule == "mean" else row.indicator.decimals


def _look(styles: Styles, words: Words, row: FormRow, key: str) -> Any:
    """The format of one visible cell of the row."""
    strong = {"bold": True} if row.depth == 0 else {}
    slanted = {"italic": True} if row.indicator.relation == "of_which" else {}
    number = ("row", "number", "padded")
    digits = number_format(row.indicator.decimals)
    if key in MONTH_INPUTS and (row.entered or key not in FIGURES):
        edge = INPUT_EDGE if key == "actual" else RULE
        if key in FIGURES:
            return styles("input", *number[1:], num_format=digits, bold=key == "actual", border_color=edge)
        return styles("input", "text", "padded", font_size=9, text_wrap=True, border_color=edge)
    match key:
        case "planned" | "actual":
            return styles(*number, num_format=digits, bg_color=GROUND, **strong)
        case "code":
            return styles("row", "muted", "small")
        case "title":
            return styles("row", "text", indent=2 * row.depth, text_wrap=True, **strong, **slanted)
        case "unit":
            return styles("row", "muted", "small", "centre")
        case "status":
            return styles("row", "text", "padded")
        case "variance":
            return styles(*number, num_format=number_format(row.indicator.decimals, sign=True))
        case "percent" | "year_percent":
            return styles(*number, num_format=words("forms.format.percent"))
    if key in ("to_date", "before"):
        digits = number_format(decimals_to_date(row))
    if key == "before":
        return styles(*number, "muted", num_format=digits)
    return styles(*number, num_format=digits, **strong)


def _lines(text: str, key: str, depth: int) -> int:
    """Lines that the text takes in its column, roughly: nobody fits the heights when a form is opened."""
    return math.ceil(len(text) / (_WIDTH[key] * 1.05 - 3 * depth))
