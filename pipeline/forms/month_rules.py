"""What guards and colours a month's table: validations of the inputs, conditional formats."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.domain.addresses import cell_name
from pipeline.domain.status import Status
from pipeline.forms.figures import NUMBERED
from pipeline.forms.form import Form
from pipeline.forms.layout import CAUSES, FIRST_ROW, MONTH, PLACE_ROW, list_range, month_cell
from pipeline.forms.month_table import last_row, table_rows
from pipeline.forms.rows import FormRow
from pipeline.workbooks.colours import BELOW, STATUS_GROUND, STATUS_TEXT
from pipeline.workbooks.styles import Styles, number_format

READINESS: dict[str, Status] = {"ready": "norm", "errors": "behind", "partial": "risk", "causes": "risk"}


def add_rules(sheet: Worksheet, styles: Styles, form: Form, month: int) -> None:
    """Validations and conditional formats of one month's sheet."""
    rows = {at: row for at, row in enumerate(table_rows(form, month), start=FIRST_ROW) if isinstance(row, FormRow)}
    for at, row in rows.items():
        _add_validations(sheet, form, month, row, at)
    last = last_row(form, month)
    _colour_statuses(sheet, styles, last)
    _colour_inputs(sheet, styles, last)
    _mark_partial(sheet, styles, rows)
    _colour_readiness(sheet, styles, form)


def _add_validations(sheet: Worksheet, form: Form, month: int, row: FormRow, at: int) -> None:
    words, indicator = form.words, row.indicator
    kind = "whole" if indicator.decimals == 0 else "decimal"
    for measure in ("planned", "actual") if row.entered else ():
        column = MONTH[measure]
        sheet.data_validation(
            at,
            column,
            at,
            column,
            {
                "validate": kind,
                "criteria": ">=",
                "value": 0,
                "input_title": words(f"forms.prompt.{measure}.title", month=words.month(month)),
                "input_message": words(f"forms.prompt.{indicator.entering}.{kind}", unit=indicator.unit_of_measure),
                "error_title": words("forms.refused.title"),
                "error_message": words(f"forms.refused.{kind}"),
            },
        )
    sheet.data_validation(
        at,
        MONTH["cause"],
        at,
        MONTH["cause"],
        {
            "validate": "list",
            "source": f"={list_range('causes', len(CAUSES), words)}",
            "input_title": words("forms.prompt.cause.title"),
            "input_message": words("forms.prompt.cause"),
            "error_title": words("forms.refused.title"),
            "error_message": words("forms.refused.cause"),
        },
    )


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
    for at, row in rows.items():
        starred = styles.conditional(num_format=number_format(row.indicator.decimals) + '"*"')
        complete, months, expected = (month_cell(key, at) for key in ("complete", "months", "expected"))
        if not row.entered:
            _star(sheet, at, "actual", f"={complete}=0", starred)
        if row.rule != "last":
            _star(sheet, at, "to_date", f"={months}<{expected}", starred)
            _star(sheet, at, "before", f"={months}-{complete}<{expected}-1", starred)


def _star(sheet: Worksheet, at: int, key: str, formula: str, look: Any) -> None:
    sheet.conditional_format(at, MONTH[key], at, MONTH[key], {"type": "formula", "criteria": formula, "format": look})


def _colour_readiness(sheet: Worksheet, styles: Styles, form: Form) -> None:
    cell = cell_name(PLACE_ROW, MONTH["status"])
    for state, status in READINESS.items():
        said = form.words(f"forms.readiness.{state}").replace('"', '""')
        sheet.conditional_format(
            cell, {"type": "formula", "criteria": f'=${cell[0]}${cell[1:]}="{said}"', "format": _ground(styles, status)}
        )
