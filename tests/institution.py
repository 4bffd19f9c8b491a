"""A small institution on disk: settings, the small plan's workbook and filled forms. All figures are made up."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entries, Entry, Submission
from pipeline.forms.rows import form_identity, year_rows
from pipeline.forms.write import form_workbook
from pipeline.plan.write import plan_workbook
from pipeline.settings import Settings
from pipeline.words import Words
from tests.plans import YEAR, small_plan

CONFIG = 'example = true\n[institution]\nname = "Библиотека"\n'


def institution(
    folder: Path, forms: Mapping[str, Submission] | None = None, plan: Plan | None = None, config: str = CONFIG
) -> Path:
    """config.toml, input/2013/plan.xlsx and input/2013/<name>.xlsx for each of the forms."""
    plan = plan or small_plan()
    year = folder / "input" / str(YEAR)
    year.mkdir(parents=True)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    (year / "plan.xlsx").write_bytes(plan_workbook(plan, Words(), YEAR))
    for name, filled in (forms or {}).items():
        content = form_workbook(plan, filled.identity.unit, Settings(), Words(), filled)
        (year / f"{name}.xlsx").write_bytes(content)
    return folder


def steady(plan: Plan, unit: str, months: int, **actual: float) -> Submission:
    """A form in which the first months' actual figures are what was planned, save the given ones."""
    entries = Entries.of(
        Entry(row.code, month, "actual", actual.get(row.code.replace(".", "_"), row.phased or 0), "", "")
        for month, rows in year_rows(plan, unit).items()
        for row in rows
        if row.entered and month <= months
    )
    return Submission("", "", form_identity(plan, unit), entries, (), ())
