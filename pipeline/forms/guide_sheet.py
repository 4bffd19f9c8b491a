"""The first sheet: how to fill the form, and how far each month has got."""

from xlsxwriter.worksheet import Worksheet

from pipeline.domain.addresses import column_letters
from pipeline.domain.status import Status
from pipeline.forms.figures import NUMBERED, counters
from pipeline.forms.form import Form
from pipeline.forms.layout import IDENTITY_ROW, identity_text, month_sheet_name
from pipeline.forms.lists_sheet import statuses
from pipeline.forms.month_rules import READINESS
from pipeline.forms.month_sheet import counter_cell
from pipeline.workbooks.colours import BELOW, STATUS_GROUND, STATUS_TEXT, TITLE
from pipeline.workbooks.styles import Styles

STEPS = ("month", "figures", "causes", "activities", "ready", "send")
RULES = ("blank", "whole", "locked", "rename", "paste")
WIDTHS = (4, 15, 46, 30, 3, 14, 13, 13, 26)
STEP, STEP_TEXT, MONTH, DUE, FILLED, READY = 0, 1, 5, 6, 7, 8


def write_guide(sheet: Worksheet, styles: Styles, form: Form) -> None:
    """The sheet: on the left what to do, on the right the months."""
    sheet.write_string(IDENTITY_ROW, 0, identity_text(form.identity, "guide"), styles("muted"))
    sheet.set_row(IDENTITY_ROW, None, None, {"hidden": True})
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    top = _write_head(sheet, styles, form)
    for row in range(top, top + 2 * (len(STEPS) + len(RULES)) + 3):
        sheet.set_row(row, 18)
    left = _write_steps(sheet, styles, form, top)
    right = _write_months(sheet, styles, form, top)
    bottom = max(left, right)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.45)
    sheet.center_horizontally()
    sheet.print_area(1, 0, bottom, len(WIDTHS) - 1)


def _write_head(sheet: Worksheet, styles: Styles, form: Form) -> int:
    words, institution = form.words, form.settings.institution
    sheet.set_row(1, 28)
    sheet.write_string(1, 0, words("forms.title", unit=form.unit.title, year=form.plan.calendar), styles("title"))
    place = " · ".join(filter(None, (institution.department, institution.name)))
    sheet.write_string(2, 0, place, styles("subtitle"))
    if form.settings.example:
        sheet.write_string(3, 0, words("forms.example.long"), styles("bold", font_color=BELOW))
    return 5


def _write_steps(sheet: Worksheet, styles: Styles, form: Form, at: int) -> int:
    """Steps of two rows each, so that six of them stand beside the twelve months; the rules beside the legend."""
    words = form.words
    _write_band(sheet, styles, at, STEP, words("forms.guide.steps"))
    for number, step in enumerate(STEPS):
        _write_pair(sheet, styles, at + 1 + 2 * number, number + 1, words(f"forms.guide.step.{step}"))
    at += 2 * len(STEPS) + 2
    _write_band(sheet, styles, at, STEP, words("forms.guide.rules"))
    for number, rule in enumerate(RULES):
        _write_pair(sheet, styles, at + 1 + 2 * number, "•", words(f"forms.guide.rule.{rule}"))
    return at + 2 * len(RULES)


def _write_band(sheet: Worksheet, styles: Styles, at: int, first: int, title: str) -> None:
    sheet.write_string(at, first, title, styles("section", font_size=12))
    for column in range(first + 1, first + 4):
        sheet.write_blank(at, column, None, styles("section"))


def _write_pair(sheet: Worksheet, styles: Styles, at: int, mark: int | str, text: str) -> None:
    sheet.merge_range(at, STEP, at + 1, STEP, mark, styles("centre", bold=True, font_size=12, font_color=TITLE))
    sheet.merge_range(at, STEP_TEXT, at + 1, STEP_TEXT + 2, text, styles("text", font_size=11, text_wrap=True))


def _write_months(sheet: Worksheet, styles: Styles, form: Form, top: int) -> int:
    words, at = form.words, top
    for column, key in ((MONTH, "month"), (DUE, "due"), (FILLED, "filled"), (READY, "readiness")):
        sheet.write_string(at, column, words(f"forms.guide.{key}"), styles("heading"))
    for month, rows in form.months.items():
        at += 1
        name = month_sheet_name(month, words)
        counts = counters(rows, form.fillings[month], form.figures[month])
        sheet.write_url(at, MONTH, f"internal:'{name}'!A1", styles("row", "link", font_size=11), name)
        sheet.write_string(at, DUE, words.day(form.due_day(month)), styles("row", "centre"))
        filled = styles("row", "centre", num_format=words("forms.format.filled", total=counts.total))
        sheet.write_formula(at, FILLED, f"='{name}'!{counter_cell('filled')}", filled, counts.filled)
        state = words(f"forms.readiness.{counts.readiness}")
        sheet.write_formula(
            at, READY, f"='{name}'!{counter_cell('readiness')}", styles("row", "text", "bold", indent=1), state
        )
    letters, first = column_letters(READY), at - len(form.months) + 2
    for state, status in READINESS.items():
        said = words(f"forms.readiness.{state}").replace('"', '""')
        look = styles.conditional(font_color=STATUS_TEXT[status], bg_color=STATUS_GROUND[status])
        sheet.conditional_format(
            first - 1, READY, at, READY,
            {"type": "formula", "criteria": f'=${letters}{first}="{said}"', "format": look},
        )  # fmt: skip
    return _write_legend(sheet, styles, form, top + 2 * len(STEPS) + 2)


def _write_legend(sheet: Worksheet, styles: Styles, form: Form, at: int) -> int:
    words, limits = form.words, form.settings.thresholds
    _write_band(sheet, styles, at, MONTH, words("forms.guide.legend"))
    at += 1
    sheet.write_blank(at, MONTH, None, styles("input", locked=True))
    sheet.write_string(at, DUE, words("forms.legend.input"), styles("text", "padded"))
    meanings: dict[Status, str] = {
        "norm": words("forms.guide.norm", limit=words.percent(100 - limits.tolerance_percent)),
        "risk": words("forms.guide.risk", limit=words.percent(limits.behind_below)),
        "behind": words("forms.guide.behind", limit=words.percent(limits.behind_below)),
        "above": words("forms.guide.above", limit=words.percent(limits.above_over)),
    }
    for name, label in zip(NUMBERED[1:], statuses(words), strict=True):
        at += 1
        sheet.write_string(at, MONTH, label, styles("text", f"status_{name}", indent=1))
        sheet.write_string(at, DUE, meanings[name], styles("text", "padded"))
    return at
