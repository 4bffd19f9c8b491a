"""The form's workbook: which forms are to be made, and one of them as bytes."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.forms.activity_sheet import write_activities
from pipeline.forms.form import prepare
from pipeline.forms.guide_sheet import write_guide
from pipeline.forms.layout import identity_text
from pipeline.forms.lists_sheet import write_lists
from pipeline.forms.month_sheet import write_month
from pipeline.forms.rows import activity_rows
from pipeline.settings import Settings
from pipeline.words import Words
from pipeline.workbooks.new import new_workbook
from pipeline.workbooks.styles import Styles


def missing_forms(plan: Plan, existing: Iterable[str]) -> tuple[str, ...]:
    """Codes of the units that have something to report and no form yet, in the plan's order."""
    there = set(existing)
    return tuple(
        unit.code
        for unit in plan.units.members
        if unit.code not in there and (plan.entered_by(unit.code) or activity_rows(plan, unit.code))
    )


def form_workbook(plan: Plan, unit: str, settings: Settings, words: Words, filled: Submission | None = None) -> bytes:
    """The unit's form; the same arguments give the same bytes. `filled` states figures, causes and marks that
    are to stand in it already."""
    form = prepare(plan, unit, settings, words, filled)
    content = BytesIO()
    workbook = new_workbook(content)
    workbook.set_size(26000, 15000)
    title = words("forms.title", unit=form.unit.title, year=plan.calendar)
    identity = identity_text(form.identity, "guide")
    workbook.set_properties(
        {
            "title": title,
            "subject": identity,
            "company": settings.institution.name,
            "created": datetime(plan.year, 1, 1),  # a fixed stamp: the same form is the same bytes
        }
    )
    workbook.set_custom_property("form", identity)
    styles = Styles(workbook)
    guide = workbook.add_worksheet(words("forms.sheet.guide"))
    for month in form.months:
        write_month(workbook, styles, form, month)
    if form.activities:
        write_activities(workbook, styles, form)
    write_lists(workbook, styles, form)
    write_guide(guide, styles, form)
    guide.activate()
    workbook.close()
    return content.getvalue()
