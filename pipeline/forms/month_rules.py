"""What guards and colours a month's table: validations of the inputs, conditional formats."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.addresses import cell_name
from pipeline.domain.status import Status
from pipeline.forms.figures import NUMBERED
from pipeline.forms.form import Form
from pipeline.forms.layout import CAUSES, FIRST_ROW, MONTH, PLACE_ROW, list_range, month_cell
from pipeline.forms.month_table import decimals_to_date, last_row, table_rows
from pipeline.forms.rows import FormRow
from pipeline.words import Words
from pipeline.workbooks.colours import BELOW, STATUS_GROUND, STATUS_TEXT
from pipeline.workbooks.styles import Styles, number_format

READINESS: dict[str, Status] = {"ready": "norm", "errors": "behind", "partial": "risk", "causes": "risk"}


def add_rules(sheet: Worksheet, styles: Styles, form: Form, month: int) -> None:
    """Validations and conditional formats of one month's sheet; those that are alike are one for all their cells: with
    one for each row they were two fifths of the sheet."""
    rows = {at: row for at, row in enumerate(table_rows(form, month), start=FIRST_ROW) if isinstance(row, FormRow)}
    _guard_figures(sheet, form.words, month, rows)
    _guard_causes(sheet, form.words, tuple(rows))
    last = last_row(form, month)
    _colour_statuses(sheet, styles, last)
    _colour_inputs(sheet, styles, last)
    _mark_partial(sheet, styles, rows)
    _colour_readiness(sheet, styles, form)


def _guard_figures(sheet: Worksheet, words: Words, month: int, rows: dict[int, FormRow]) -> None:
    alike: dict[tuple[str, str], list[int]] = {}
    for at, row in rows.items():
        if row.entered:
            kind = "whole" if row.indicator.decimals == 0 else "decimal"
            prompt = words(f"forms.prompt.{row.indicator.entering}.{kind}", unit=row.indicator.unit_of_measure)
            alike.setdefault((kind, prompt), []).append(at)
    for (kind, prompt), same in alike.items():
        for measure in ("planned", "actual"):
            rule = {
                "validate": kind,
                "criteria": ">=",
                "value": 0,
                "input_title": words(f"forms.prompt.{measure}.title", month=words.month(month)),
                "input_message": prompt,
                "error_title": words("forms.refused.title"),
                "error_message": words(f"forms.refused.{kind}"),
            }
            _validate(sheet, measure, same, rule)


def _guard_causes(sheet: Worksheet, words: Words, rows: Sequence[int]) -> None:
    rule = {
        "validate": "list",
        "source": f"={list_range('causes', len(CAUSES), words)}",
        "input_title": words("forms.prompt.cause.title"),
        "input_message": words("forms.prompt.cause"),
        "error_title": words("forms.refused.title"),
        "error_message": words("forms.refused.cause"),
    }
    _validate(sheet, "cause", rows, rule)


def _validate(sheet: Worksheet, key: str, rows: Sequence[int], rule: dict[str, Any]) -> None:
    column = MONTH[key]
    sheet.data_validation(rows[0], column, rows[-1], column, rule | {"multi_range": _cells(key, rows)})


def _cells(key: str, rows: Sequence[int]) -> str:
    """«G10:G14 G16»: the column's cells in ascending rows, neighbours as one range."""
    runs = [[at for _, at in run] for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0])]
    return " ".join(xl_range(run[0], MONTH[key], run[-1], MONTH[key]) for run in runs)


def _ground(styles: Styles, status: Status, **extra: Any) -> Any:
    return styles.conditional(font_color=STATUS_TEXT[status], bg_color=STATUS_GROUND[status], **extra)


def _when(sheet: Worksheet, first: str, final: str, last: int, formula: str, look: Any) -> None:
    sheet.conditional_format(
        FIRST_ROW, MONTH[first], last, MONTH[final], {"type": "formula", "criteria": formula, "format": look}
    )


def _colour_statuses(sheet: Worksheet, styles: Styles, last: int) -> None:
    for number, status in enumerate(NUMBERED):
        if number:
            formula = f"={month_cell('status_number', FIRST_ROW)}={number}"
            _when(sheet, "status", "status", last, formula, _ground(styles, status, bold=status == "behind"))


def _colour_inputs(sheet: Worksheet, styles: Styles, last: int) -> None:
    """A figure that is none or can't be, and a cause that is missing."""
    wrong = styles.conditional(bg_color=STATUS_GROUND["behind"], font_color=BELOW)
    for key in ("planned", "actual"):
        cell = month_cell(key, FIRST_ROW)
        adds_to = month_cell("adds_to", FIRST_ROW)
        _when(sheet, key, key, last, f'=AND({adds_to}<>"",NOT(ISBLANK({cell})),NOT(ISNUMBER({cell})))', wrong)
    errors = month_cell("errors", FIRST_ROW)
    _when(sheet, "actual", "actual", last, f"=AND(ISNUMBER({errors}),{errors}>0)", wrong)
    missing = styles.conditional(bg_color=STATUS_GROUND["behind"])
    needs = month_cell("needs_cause", FIRST_ROW)
    _when(sheet, "cause", "cause", last, f"={needs}=1", missing)


def _mark_partial(sheet: Worksheet, styles: Styles, rows: dict[int, FormRow]) -> None:
    """An asterisk after a figure that lacks something: a part of this month, or a month before."""
    summed = {at: row.indicator.decimals for at, row in rows.items() if not row.entered}
    over_months = {at: decimals_to_date(row) for at, row in rows.items() if row.rule != "last"}
    for key, shown, formula in (
        ("actual", summed, "={complete}=0"),
        ("to_date", over_months, "={months}<{expected}"),
        ("before", over_months, "={months}-{complete}<{expected}-1"),
    ):
        for decimals in sorted(set(shown.values())):
            starred = styles.conditional(num_format=number_format(decimals) + '"*"')
            _star(sheet, key, [at for at, own in shown.items() if own == decimals], formula, starred)


def _star(sheet: Worksheet, key: str, rows: Sequence[int], formula: str, look: Any) -> None:
    """The formula names cells of the first row; office programs move it on to the others."""
    first, last, column = rows[0], rows[-1], MONTH[key]
    cells = {name: month_cell(name, first) for name in ("complete", "months", "expected")}
    rule = {"type": "formula", "criteria": formula.format(**cells), "format": look}
    sheet.conditional_format(first, column, last, column, rule | {"multi_range": _cells(key, rows)})


def _colour_readiness(sheet: Worksheet, styles: Styles, form: Form) -> None:
    cell = cell_name(PLACE_ROW, MONTH["status"])
    for state, status in READINESS.items():
        said = form.words(f"forms.readiness.{state}").replace('"', '""')
        sheet.conditional_format(
            cell, {"type": "formula", "criteria": f'=${cell[0]}${cell[1:]}="{said}"', "format": _ground(styles, status)}
        )
