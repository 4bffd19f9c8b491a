"""One unit's form as a value: its rows, what stands in its inputs, and the figures that follow."""

from dataclasses import dataclass
from datetime import date

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Identity, Submission
from pipeline.domain.units import Unit
from pipeline.forms.figures import Filling, RowFigures, month_figures
from pipeline.forms.rows import ActivityRow, FormRow, activity_rows, form_identity, year_rows
from pipeline.settings import Settings
from pipeline.words import Words


@dataclass(frozen=True)
class Form:
    """All that the sheets of one form show. `months`, `fillings`, `figures`: by month, the latter two then by
    the indicator's code. `marks`: by the activity's code and the occurrence."""

    plan: Plan
    unit: Unit
    identity: Identity
    settings: Settings
    words: Words
    months: dict[int, tuple[FormRow, ...]]
    fillings: dict[int, dict[str, Filling]]
    figures: dict[int, dict[str, RowFigures]]
    activities: tuple[ActivityRow, ...]
    marks: dict[tuple[str, int], Mark]
    extras: tuple[ExtraActivity, ...]

    def due_day(self, month: int) -> date:
        """The day by which the month is to be handed in."""
        return self.settings.due_days(self.plan.calendar)[month]


def prepare(plan: Plan, unit: str, settings: Settings, words: Words, filled: Submission | None = None) -> Form:
    """The unit's form: planned figures phased from the targets, and whatever `filled` states over them."""
    months = year_rows(plan, unit)
    fillings = _fillings(months, filled)
    figures: dict[int, dict[str, RowFigures]] = {}
    for month, rows in months.items():
        figures[month] = month_figures(rows, fillings[month], figures.get(month - 1, {}), settings.thresholds)
    return Form(
        plan,
        plan.units.by_code[unit],
        form_identity(plan, unit),
        settings,
        words,
        months,
        fillings,
        figures,
        activity_rows(plan, unit),
        {(mark.activity, mark.occurrence): mark for mark in filled.marks} if filled else {},
        filled.extras if filled else (),
    )


def _with_figure(filling: Filling, entry: Entry) -> Filling:
    return filling._replace(planned=entry.value) if entry.measure == "planned" else filling._replace(actual=entry.value)


def _fillings(months: dict[int, tuple[FormRow, ...]], filled: Submission | None) -> dict[int, dict[str, Filling]]:
    fillings = {
        month: {row.code: Filling(planned=row.phased) if row.entered else Filling() for row in rows}
        for month, rows in months.items()
    }
    for entry in filled.entries if filled else ():
        of_month = fillings.get(entry.month, {})
        if entry.indicator in of_month:
            of_month[entry.indicator] = _with_figure(of_month[entry.indicator], entry)
    for said in filled.explanations if filled else ():
        of_month = fillings.get(said.month, {})
        if said.indicator in of_month:
            of_month[said.indicator] = of_month[said.indicator]._replace(cause=said.cause, text=said.text)
    return fillings
