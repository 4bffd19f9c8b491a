"""Problems: what is wrong, where, what was found and what to do. Values, collected and never thrown.

A code is «area.name»; its words are in the area's catalogue: «area.problem.name» says what is wrong and
«area.problem.name.advice» what to do. Placeholders: {found}, {unit} and the problem's own values.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.domain.addresses import NOWHERE, Address
from pipeline.words import Words

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

CODES: dict[str, Severity] = {
    # settings
    "cli.config_missing": "error",
    "cli.config_unreadable": "error",
    "cli.config_folder": "error",
    "cli.config_encoding": "error",
    "cli.config_syntax": "error",
    "cli.config_backslash": "error",
    "cli.config_comma": "error",
    "cli.config_truth": "error",
    "cli.config_twice": "error",
    "cli.config_name": "error",
    "cli.config_path": "error",
    "cli.config_key_unknown": "error",
    "cli.config_value": "error",
    "cli.config_too_great": "error",
    "cli.config_too_small": "error",
    "cli.config_there": "error",
    # the command's own files
    "cli.input_missing": "error",
    "cli.unit_unknown": "error",
    "cli.example_in_the_way": "error",
    "cli.form_in_the_way": "error",
    "cli.plan_there": "error",
    "cli.file_locked": "error",
    "cli.unwritable": "error",
    # the plan's workbook
    "plan.sheet_missing": "error",
    "plan.sheet_renamed": "warning",
    "plan.sheet_unused": "note",
    "plan.headings_missing": "error",
    "plan.rows_missing": "error",
    "plan.column_missing": "error",
    "plan.column_misspelt": "warning",
    "plan.column_doubled": "warning",
    "plan.value_missing": "error",
    "plan.year_missing": "error",
    "plan.year_unreadable": "error",
    "plan.year_of_folder": "error",
    "plan.cell_error": "error",
    "plan.text_is_date": "error",
    "plan.number_text": "note",
    "plan.number_unreadable": "error",
    "plan.whole_unfit": "error",
    "plan.number_negative": "error",
    "plan.month_unreadable": "error",
    "plan.period_empty": "error",
    "plan.choice_unknown": "error",
    "plan.code_doubled": "error",
    "plan.code_unknown": "error",
    "plan.code_misspelt": "error",
    "plan.code_made": "note",
    "plan.person_unknown": "error",
    "plan.person_misspelt": "error",
    "plan.tree_loop": "error",
    "plan.profile_unreadable": "error",
    "plan.profile_length": "error",
    "plan.target_doubled": "error",
    "plan.last_year_doubled": "error",
    "plan.due_missing": "warning",
    "plan.due_unreadable": "warning",
    # the plan's own figures
    "plan.relation_without_parent": "error",
    "plan.parent_without_relation": "warning",
    "plan.part_unlike_parent": "warning",
    "plan.formula_missing": "error",
    "plan.formula_unreadable": "error",
    "plan.formula_code_unknown": "error",
    "plan.formula_of_ratio": "error",
    "plan.parts_differ": "error",
    "plan.of_which_exceeds": "error",
    "plan.ratio_targeted": "error",
    "plan.indicator_untargeted": "note",
    "plan.unit_untargeted": "warning",
    "plan.target_negative": "error",
    "plan.target_fraction": "error",
    "plan.revision_unexplained": "warning",
    "plan.entered_once": "warning",
    "plan.profile_missing": "warning",
    "plan.last_year_missing": "note",
    "plan.activities_differ": "note",
    "plan.statement_differs": "note",
    "plan.statement_without_value": "warning",
    "plan.statement_uncomputed": "note",
    "plan.remark": "note",
    # forms
    "forms.not_a_form": "error",
    "forms.newer_version": "error",
    "forms.other_year": "error",
    "forms.unknown_unit": "error",
    "forms.no_units": "error",
    "forms.plan_changed": "note",
    "forms.month_by_name": "warning",
    "forms.month_missing": "warning",
    "forms.month_twice": "error",
    "forms.foreign_sheet": "error",
    "forms.no_headings": "error",
    "forms.column_missing": "error",
    "forms.column_twice": "warning",
    "forms.unknown_code": "error",
    "forms.code_missing": "error",
    "forms.code_foreign": "error",
    "forms.not_in_plan": "error",
    "forms.code_twice": "error",
    "forms.row_missing": "warning",
    "forms.negative": "error",
    "forms.fraction": "error",
    "forms.too_precise": "error",
    "forms.sum_typed": "warning",
    "forms.sum_alone": "error",
    "forms.cause_unknown": "warning",
    "forms.activities_missing": "warning",
    "forms.activity_unknown": "error",
    "forms.activity_twice": "error",
    "forms.state_unknown": "error",
    "forms.state_missing": "warning",
    "forms.day_unreadable": "warning",
    "forms.day_other_year": "warning",
    "forms.extra_untitled": "warning",
    "forms.extra_not_done": "error",
    "forms.older_version": "note",
    "forms.identity_lost": "error",
    "forms.month_not_asked": "warning",
    "forms.sheet_misspelt": "error",
    "forms.sheet_unmarked": "error",
    "forms.column_unclear": "error",
    "forms.outside": "warning",
    "forms.sum_replaced": "warning",
    "forms.activities_twice": "error",
    "forms.activity_uncoded": "error",
    "forms.occurrence_unknown": "error",
    "forms.occurrence_gone": "error",
    # intake: files, cells, checks
    "intake.number_text": "note",
    "intake.number_with_unit": "warning",
    "intake.text_blank": "note",
    "intake.number_ambiguous": "error",
    "intake.number_several": "error",
    "intake.number_too_large": "error",
    "intake.number_unreadable": "error",
    "intake.number_is_date": "error",
    "intake.number_is_boolean": "error",
    "intake.cell_error": "error",
    "intake.plan_missing": "error",
    "intake.plan_doubled": "error",
    "intake.folder_unreadable": "error",
    "intake.file_open": "note",
    "intake.file_extension": "note",
    "intake.file_empty": "error",
    "intake.file_password": "error",
    "intake.file_damaged": "error",
    "intake.file_other": "error",
    "intake.file_forbidden": "error",
    "intake.file_misnamed": "note",
    "intake.file_opaque": "note",
    "intake.file_forged": "error",
    "intake.file_bomb": "error",
    "intake.file_too_large": "error",
    "intake.sheets_too_many": "error",
    "intake.sheet_too_large": "error",
    "intake.file_killed": "error",
    "intake.cluster_missing": "error",
    "intake.cluster_unreachable": "error",
    "intake.cluster_empty": "error",
    "intake.cluster_lost": "error",
    "intake.cluster_differs": "error",
    "intake.cluster_blind": "error",
    "intake.cluster_failed": "error",
    "intake.file_too_slow": "error",
    "intake.formula_in_input": "note",
    "intake.formula_uncomputed": "error",
    "intake.formula_zero": "error",
    "intake.form_copy": "note",
    "intake.form_twice": "warning",
    "intake.month_twice": "error",
    "intake.mark_twice": "error",
    "intake.extra_twice": "error",
    "intake.form_missing": "warning",
    "intake.month_missing": "warning",
    "intake.month_partial": "warning",
    "intake.parts_disagree": "error",
    "intake.of_which_exceeds": "error",
    "intake.cause_missing": "warning",
    "intake.planned_missing": "warning",
    "intake.month_ahead": "note",
    "intake.plan_off_target": "warning",
    "intake.cumulative_falls": "error",
    "intake.cumulative_in_monthly": "warning",
    "intake.monthly_in_cumulative": "warning",
    "intake.jump": "warning",
    "intake.activities_exceed": "note",
    "intake.activity_unexplained": "warning",
    "intake.activity_undated": "warning",
    "intake.extra_undated": "note",
    "intake.extra_unknown": "warning",
    # the ledger
    "history.damaged": "error",
    "history.lost": "error",
    "history.older": "error",
    "history.closing_not_saved": "error",
    "history.corrections_not_saved": "error",
    "history.corrections_void": "error",
    "history.rows_not_saved": "warning",
    "history.times_not_saved": "warning",
    "history.end_not_saved": "error",
    "history.nothing_saved": "error",
    "history.copy_differs": "warning",
    "history.newer": "error",
    "history.locked": "error",
    "history.unusable": "error",
    "history.plan_just_changed": "error",
    "history.form_just_changed": "error",
    "history.figure_differs": "warning",
    "history.figure_new": "warning",
    "history.figure_gone": "warning",
    "history.gone_from_plan": "error",
    "history.target_changed": "warning",
    "history.month_closed": "error",
    "history.month_open": "error",
    "history.month_with_errors": "error",
    "history.month_incomplete": "error",
    "history.nothing_to_accept": "error",
    "history.unit_unknown": "error",
    "history.indicator_unknown": "error",
    "history.no_report": "error",
    "history.no_form": "error",
    "history.form_unread": "error",
    "history.not_carried": "error",
    "history.year_there": "error",
}
"""Every code and how grave it is: an error keeps a figure out or makes the report doubtful, a warning was
read but wants a look, a note only tells."""


MOST_LISTED = 12
"""Of a longer list a message names so many, and how many more there are."""


_TRUTH = {"ИСТИНА": "TRUE", "ЛОЖЬ": "FALSE"}
_DAY = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")


class Key(str):
    """A placeholder's value that is itself a key of the catalogues («plan.sheet.units»), shown in its words."""


class MonthName(int):
    """A placeholder's value that is a month of the plan's year, 1 … 12, shown by its name: after «за»."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `unit` and `month` say whose it is, where that is known (month 0: not a month's)."""

    code: str
    address: Address = NOWHERE
    found: str = ""
    values: tuple[tuple[str, object], ...] = ()
    unit: str = ""
    month: int = 0

    @property
    def severity(self) -> Severity:
        return CODES[self.code]


def problem(
    code: str,
    address: Address = NOWHERE,
    found: object = "",
    unit: str = "",
    month: int = 0,
    **values: object,
) -> Problem:
    """A problem with its placeholders' values; the code must be in the catalogue. Of a tuple that was found its first
    members are named."""
    if code not in CODES:
        raise KeyError(code)
    if isinstance(found, tuple):
        found, values = "", values | {"found": found}
    return Problem(code, address, str(found), tuple(sorted(values.items())), unit, month)


def message(problem: Problem, words: Words) -> str:
    """What is wrong, in words."""
    return words(_key(problem.code), **_in_words(problem, words))


def advice(problem: Problem, words: Words) -> str:
    """What to do, in words."""
    return words(f"{_key(problem.code)}.advice", **_in_words(problem, words))


def _in_words(problem: Problem, words: Words) -> dict[str, object]:
    values = {"found": problem.found, "unit": problem.unit, **dict(problem.values)}
    return {name: _shown(value, words) for name, value in values.items()}


def _shown(value: object, words: Words) -> object:
    if isinstance(value, tuple):
        items = [str(_shown(item, words)) for item in value[:MOST_LISTED]]
        listed = ("; " if any("," in item for item in items) else ", ").join(items)
        rest = len(value) - MOST_LISTED
        return words("cli.list.more", listed=listed, rest=rest) if rest > 0 else listed
    if isinstance(value, Key):
        return words(value)
    if isinstance(value, MonthName):
        return words.month(value)
    return _quoted(value, words) if isinstance(value, str) else value


def _quoted(text: str, words: Words) -> str:
    """What a cell holds, dates and truth as the language writes them: they are found as Russian Excel shows them."""
    return text if words.language == "ru" else _TRUTH.get(text) or _DAY.sub(r"\3-\2-\1", text)


def _key(code: str) -> str:
    area, _, name = code.partition(".")
    return f"{area}.problem.{name}"


def place(problem: Problem) -> str:
    """«forms/M4.xlsx, лист Март, G9» with the parts that are known."""
    return " · ".join(part for part in problem.address if part)


def by_gravity(problem: Problem) -> tuple[object, ...]:
    """Sorts problems: gravest first, then by file, month and place."""
    address = problem.address
    return SEVERITIES.index(problem.severity), address.file, problem.month, address.sheet, address.cell, problem.code


def located(problem: Problem, words: Words) -> str:
    """The place first, then what is wrong."""
    where = place(problem)
    return f"{where + ': ' if where else ''}{message(problem, words)}"


def shown(problem: Problem, words: Words) -> str:
    """One line: the place first, then what is wrong and what to do."""
    return f"{located(problem, words)} {advice(problem, words)}"
