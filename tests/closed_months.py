"""The months of a small institution, handed in, reported and closed as people do it. All figures are made up."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pipeline.domain.memory import Memory
from pipeline.domain.periods import Month, Period, parse_period
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Explanation, Submission
from pipeline.forms.write import form_workbook
from pipeline.history.record import stated_figures
from pipeline.plan.write import plan_workbook
from pipeline.problems import shown
from pipeline.run.inputs import Options, Read
from pipeline.run.memory import Chosen, accept_corrections, close
from pipeline.run.outcome import Outcome
from pipeline.run.report import make_report
from pipeline.run.report_files import REPORT
from pipeline.settings import Settings
from pipeline.words import Words
from tests.institution import steady
from tests.plans import YEAR, small_plan

PLAN = small_plan()
CONFIG = Path("config.toml")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day} 10:00")


def put_plan(here: Path, plan: Plan) -> None:
    """The plan is now this."""
    (here / f"input/{YEAR}/plan.xlsx").write_bytes(plan_workbook(plan, Words(), YEAR))


def put(here: Path, form: Submission, plan: Plan = PLAN) -> None:
    """The unit's form is now this."""
    content = form_workbook(plan, form.identity.unit, Settings(), Words(), form)
    (here / f"input/2013/{form.identity.unit}.xlsx").write_bytes(content)


def with_figures(
    unit: str,
    months: int,
    figures: Mapping[tuple[str, int], float | None] = MappingProxyType({}),
    plan: Plan = PLAN,
    explanations: Iterable[Explanation] = (),
) -> Submission:
    """As planned in the first months, save these actual figures; None: blank."""
    form = steady(plan, unit, months)
    entries = [
        entry._replace(value=figures.get((entry.indicator, entry.month), entry.value) or 0)
        for entry in form.entries
        if figures.get((entry.indicator, entry.month), 0) is not None
    ]
    return Submission("", "", form.identity, tuple(entries), tuple(explanations), ())


def run(day: str, period: str | None = None) -> Outcome:
    options = Options(CONFIG, period=parse_period(period) if period else None)
    return make_report(options, iter, lambda: at(day))


def closed(day: str, month: Month, anyway: str = "") -> Outcome:
    return close(CONFIG, month, anyway, iter, lambda: at(day))


def told(outcome: Outcome) -> list[str]:
    lines = [shown(problem, outcome.words) for problem in outcome.problems] + list(outcome.lines)
    return [line.replace("\u00a0", " ") for line in lines]


def accepted(day: str, chosen: Chosen = Chosen()) -> Outcome:  # noqa: B008  # an immutable value
    return accept_corrections(CONFIG, chosen, "Уточнено", iter, lambda: at(day))


def figure(unit: str, indicator: str, month: int) -> float | None:
    """The actual figure in the latest plain report."""
    lines = max(Path("output").rglob("report.xlsx")).read_text(encoding="utf-8").splitlines()
    start = f"{unit} {indicator} {month} actual "
    return next((float(line.removeprefix(start)) for line in lines if line.startswith(start)), None)


def plain_files(read: Read, period: Period, folder: Path, memory: Memory, draw: object) -> dict[Path, bytes]:
    """In place of the report a text of all that counts and of what is remembered."""
    figures = stated_figures(read.intake.submissions).items()
    lines = [f"{' '.join(map(str, key))} {figure.value}" for key, figure in figures]
    for form in read.intake.submissions:
        lines += map(repr, (*form.explanations, *form.marks, *form.extras))
    return {folder / REPORT: "\n".join([*lines, repr(memory), repr(read.problems)]).encode()}
