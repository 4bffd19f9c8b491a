"""A month's sheet: its head with the counters, its table, its page."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.addresses import cell_name, column_letters
from pipeline.domain.status import SYMBOLS
from pipeline.forms.figures import NUMBERED, counters
from pipeline.forms.form import Form
from pipeline.forms.formulas import counter_formulas, readiness_formula
from pipeline.forms.layout import (
    FIRST_ROW,
    HEADING_ROW,
    IDENTITY_ROW,
    LEGEND_ROW,
    MONTH,
    MONTH_COLUMNS,
    MONTH_INPUTS,
    NUMBERS_ROW,
    PLACE_ROW,
    TITLE_ROW,
    UNIT_ROW,
    identity_text,
    month_sheet_name,
    month_title,
)
from pipeline.forms.month_rules import add_rules
from pipeline.forms.month_table import last_row, table_rows, write_row
from pipeline.forms.page import set_page
from pipeline.forms.rows import FormRow
from pipeline.words import Words
from pipeline.workbooks.colours import BELOW, RULE, TILE, TITLE
from pipeline.workbooks.styles import Styles

TILES = {
    "filled": ("planned", "actual"),
    "causes": ("variance", "percent"),
    "errors": ("to_date", "year_percent"),
    "readiness": ("status", "text"),
}
"""Counter → first and last column of its tile."""


def counter_cell(key: str) -> str:
    """«F3»: where a counter stands on every month's sheet."""
    return cell_name(PLACE_ROW, MONTH[TILES[key][0]])


def write_month(workbook: Workbook, styles: Styles, form: Form, month: int) -> None:
    """The sheet of one month."""
    sheet = workbook.add_worksheet(month_sheet_name(month, form.words))
    last = last_row(form, month)
    _write_columns(sheet, styles, form.words)
    _write_top(sheet, styles, form, month)
    _write_counters(sheet, styles, form, month, last)
    for at, row in enumerate(table_rows(form, month), start=FIRST_ROW):
        if isinstance(row, FormRow):
            write_row(sheet, styles, form, month, row, at)
        else:
            sheet.write_string(at, 0, row, styles("section", font_size=11))
            for column in range(1, MONTH["text"] + 1):
                sheet.write_blank(at, column, None, styles("section"))
            sheet.set_row(at, 21)
    add_rules(sheet, styles, form, month)
    _write_signature(sheet, styles, form.words, last + 2)
    _set_page(sheet, form, month, last + 2)


def _write_columns(sheet: Worksheet, styles: Styles, words: Words) -> None:
    number = 0
    for index, column in enumerate(MONTH_COLUMNS):
        sheet.set_column(index, index, column.width, None, {"hidden": column.hidden})
        if column.hidden:
            sheet.write_string(HEADING_ROW, index, column.key, styles("muted", "small"))
            continue
        number += 1
        look = {"bg_color": TITLE, "font_color": "#FFFFFF"} if column.key in MONTH_INPUTS else {}
        side = {"align": "left", "indent": 0} if column.key in ("code", "title") else {}
        sheet.write_string(HEADING_ROW, index, words(f"forms.column.{column.key}"), styles("heading", **look, **side))
        sheet.write_number(
            NUMBERS_ROW, index, number, styles("muted", "centre", font_size=8, bottom=1, bottom_color=RULE)
        )
    sheet.set_row(HEADING_ROW, 42)
    sheet.set_row(NUMBERS_ROW, 12)
    sheet.freeze_panes(FIRST_ROW, MONTH["unit"])


def _write_top(sheet: Worksheet, styles: Styles, form: Form, month: int) -> None:
    words, institution = form.words, form.settings.institution
    sheet.write_string(IDENTITY_ROW, 0, identity_text(form.identity, f"{month:02d}"), styles("muted"))
    sheet.set_row(IDENTITY_ROW, None, None, {"hidden": True})
    sheet.set_row(TITLE_ROW, 26)
    sheet.set_row(PLACE_ROW, 18)
    sheet.set_row(UNIT_ROW, 18)
    sheet.set_row(LEGEND_ROW, 24)
    title = month_title(form.plan.calendar.month(month), words)
    sheet.write_string(TITLE_ROW, 0, title, styles("title"))
    place = " · ".join(filter(None, (institution.department, institution.name)))
    sheet.write_string(PLACE_ROW, 0, place, styles("subtitle"))
    due = words.day(form.due_day(month))
    sheet.write_string(UNIT_ROW, 0, words("forms.month.unit", unit=form.unit.title, due=due), styles("bold"))
    sheet.write_blank(LEGEND_ROW, 0, None, styles("input", locked=True))
    legend = styles("muted", "small", "padded")
    sheet.write_string(LEGEND_ROW, 1, words("forms.legend.input"), legend)
    if form.settings.example:
        sheet.write_string(LEGEND_ROW, MONTH["unit"], words("forms.example"), styles("bold", font_color=BELOW))
    limits = form.settings.thresholds
    norm, low, high = 100 - limits.tolerance_percent, limits.behind_below, limits.above_over
    sheet.write_string(
        LEGEND_ROW,
        MONTH["text"],
        words(
            "forms.legend.statuses",
            **{name: SYMBOLS[name] for name in NUMBERED[1:]},
            normal=words.percent(norm),
            low=words.percent(low),
            high=words.percent(high),
        ),
        styles("muted", "small", align="right"),
    )


def _write_counters(sheet: Worksheet, styles: Styles, form: Form, month: int, last: int) -> None:
    words = form.words
    counts = counters(form.months[month], form.fillings[month], form.figures[month])
    formulas = counter_formulas(last)
    values: dict[str, int | str] = {"filled": counts.filled, "causes": counts.causes, "errors": counts.errors}
    formulas["readiness"] = readiness_formula(
        counter_cell("filled"), counter_cell("causes"), counter_cell("errors"), counts.total, words
    )
    values["readiness"] = words(f"forms.readiness.{counts.readiness}")
    formats = {"filled": words("forms.format.filled", total=counts.total)}
    for key, (first, final) in TILES.items():
        label = styles("muted", "small", "centre", bg_color=TILE, top=1, left=1, right=1, border_color=RULE)
        value = styles(
            "centre", bold=True, font_size=14, bg_color=TILE, bottom=1, left=1, right=1, border_color=RULE,
            num_format=formats.get(key, "0"),
        )  # fmt: skip
        left, right = MONTH[first], MONTH[final]
        sheet.merge_range(TITLE_ROW, left, TITLE_ROW, right, words(f"forms.counter.{key}"), label)
        sheet.merge_range(PLACE_ROW, left, UNIT_ROW, right, "", value)
        sheet.write_formula(PLACE_ROW, left, formulas[key], value, values[key])


def _write_signature(sheet: Worksheet, styles: Styles, words: Words, at: int) -> None:
    sheet.set_row(at, 24)
    sheet.write_string(at, MONTH["code"], words("forms.sign.who"), styles("text"))
    sheet.write_string(at, MONTH["text"], words("forms.sign.day"), styles("text", align="right"))


def _set_page(sheet: Worksheet, form: Form, month: int, last: int) -> None:
    words = form.words
    set_page(sheet, last, MONTH["text"])
    table = f"A{FIRST_ROW + 1}:{column_letters(MONTH['text'])}{last + 1}"
    sheet.ignore_errors({"number_stored_as_text": table, "formula_differs": table, "formula_range": table})
    made_up = words("forms.example") if form.settings.example else ""
    year, _ = form.plan.calendar.month(month).calendar
    title = words("forms.month.footer", unit=form.unit.title, month=words.month(month), year=year)
    left, centre = (text.replace("&", "&&") for text in (title, made_up))
    sheet.set_footer(f"&L&8{left}&C&8{centre}&R&8{words('forms.page', page='&P', pages='&N')}")
