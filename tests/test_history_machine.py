"""Any sequence of filling, removing, closing, correcting, reopening, revising the plan, reissuing the form and running,
against a plain model of it.

One unit, one indicator, months 1…3 of the year; what counts is kept in the model as a dictionary.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pipeline.domain.addresses import Address
from pipeline.domain.memory import Correction, FigureKey, Memory
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.submissions import Measure, Submission
from pipeline.domain.targets import Target
from pipeline.forms.read import read_form
from pipeline.forms.rows import form_identity
from pipeline.forms.write import form_workbook
from pipeline.history.closings import close_month, closed_until, reopen_month
from pipeline.history.corrections import accept
from pipeline.history.ledger import open_ledger
from pipeline.history.recall import Recalled, recall
from pipeline.history.record import (
    PlanFile,
    Run,
    plan_files,
    record_plan,
    record_statements,
    stated_figures,
)
from pipeline.history.reissue import entered, joined, lost, unread
from pipeline.history.remember import plan_sha256
from pipeline.history.snapshot import Basis, freeze, plan_of, thaw
from pipeline.history.statements import statements, statements_at
from pipeline.intake.reading import Input
from pipeline.plan.write import plan_workbook
from pipeline.problems import Key, MonthName, problem
from pipeline.settings import Settings
from pipeline.sheets.book import open_book
from pipeline.words import Words
from tests.intake import submission
from tests.tiny import PLAN

MONTHS = st.integers(1, 3)
NOW = datetime(2013, 5, 5, 10)
Figures = dict[tuple[int, Measure], float]
"""(month, measure) → what the form states."""


@cache
def planned_as(targets: tuple[tuple[int, int], ...]) -> tuple[Plan, PlanFile]:
    """The plan with these targets (month from which → the year's figure), as it is read, and its file."""
    first, *later = (Target("VS", "M1", value, since) for since, value in targets)
    revised = (first, *(replace(target, reason="Приказ", document="№ 5") for target in later))
    content = plan_workbook(replace(PLAN, targets=revised), Words(), 2013)
    file = PlanFile("2013/plan.xlsx", hashlib.sha256(content).hexdigest(), content)
    return plan_of(file), file


FILE = planned_as(((1, 100),))[1]


def phased(plan: Plan) -> Figures:
    """What a fresh form is pre-filled with."""
    months = planned_months(plan, "M1", plan.indicators.by_code["VS"]) or ()
    return {(month, "planned"): figure for month, figure in enumerate(months, start=1)}


class Ledger(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.sqlite"
        self.targets = {1: 100}  # month from which it is in force → the year's figure
        self.issued = self.plan  # the plan of which the form is
        self.form: Figures = phased(self.plan)
        self.recorded: dict[str, Plan] = {}  # plans that runs have seen
        self.accepted: Figures = {}  # what counts of the closed months
        self.closed: dict[int, float | None] = {}  # month closed → the target that then stood for it
        self.reports: dict[int, Figures] = {}  # month closed → what its report shows

    def teardown(self) -> None:
        self.folder.cleanup()

    @property
    def plan(self) -> Plan:
        return planned_as(tuple(sorted(self.targets.items())))[0]

    @property
    def file(self) -> PlanFile:
        return planned_as(tuple(sorted(self.targets.items())))[1]

    @property
    def until(self) -> int:
        return max(self.closed, default=0)

    @property
    def counting(self) -> Figures:
        return self.accepted | {key: value for key, value in self.form.items() if key[0] > self.until}

    @property
    def waiting(self) -> Figures:
        """A month in which the form has no actual figure says nothing."""
        return {
            key: value
            for key, value in self.form.items()
            if key[0] <= self.until and (key[0], "actual") in self.form and self.accepted.get(key) != value
        }

    def live(self) -> Basis:
        names = {"planned": "план", "actual": "факт"}
        text = "\n".join(f"{month} VS {names[measure]} {value}" for (month, measure), value in self.form.items())
        form = replace(submission("M1", text), identity=form_identity(self.issued, "M1"))
        return Basis(Settings(), self.plan, (form,), (), (Input("2013/plan.xlsx", "plan", "", self.file.sha256),))

    def recalled(self, month: int) -> Recalled:
        with open_ledger(self.path) as ledger:
            return recall(ledger, self.live(), month)

    @rule(month=MONTHS, value=st.integers(0, 3), measure=st.sampled_from(("actual", "actual", "planned")))
    def fill(self, month: int, value: int, measure: Measure) -> None:
        self.form[month, measure] = value

    @rule(month=MONTHS)
    def clear(self, month: int) -> None:
        self.form.pop((month, "actual"), None)

    @rule(since=st.integers(1, 4), value=st.integers(90, 95))
    def revise(self, since: int, value: int) -> None:
        self.targets[since] = value

    @rule()
    def reissue(self) -> None:
        """As the command does it: by the forms' own writer and reader. Planned figures of months without an actual one
        come from the current plan where they were still as the plan of then had them, if that is known."""
        with open_ledger(self.path) as ledger:
            kept = [plan_of(file) for file in plan_files(ledger, 2013)]
        mark = form_identity(self.issued, "M1").plan_hash
        known = [*self.recorded.values(), *(self.plan.as_of(month) for month in range(1, 13))]
        if mark != form_identity(self.plan, "M1").plan_hash and mark in [
            form_identity(p, "M1").plan_hash for p in known
        ]:
            fresh = {
                key: value
                for key, value in phased(self.plan).items()
                if (key[0], "actual") not in self.form and self.form[key] == phased(self.issued)[key]
            }
        else:
            fresh = {}
        old = form_workbook(self.issued, "M1", Settings(), Words(), self.live().submissions[0])
        read = read_form(open_book(old, "M1.xlsx"), self.plan)
        assert read.submission is not None and unread(read.problems) == ()
        carried = entered(joined([read.submission]), self.plan, kept)
        content = form_workbook(self.plan, "M1", Settings(), Words(), carried)
        again = read_form(open_book(content, "M1.xlsx"), self.plan).submission
        assert again is not None and lost(carried, again) == ()
        self.form, self.issued = self.form | fresh, self.plan
        assert figures((again,)) == self.form
        assert again.identity.plan_hash == form_identity(self.plan, "M1").plan_hash

    @rule()
    def run(self) -> None:
        for _ in range(2):  # the second one adds nothing
            with open_ledger(self.path, writing=True) as ledger:
                run = Run(ledger, NOW)
                record_plan(run, 2013, self.file)
                record_statements(run, 2013, self.live().submissions)
                said = {
                    (key.month, key.measure): value
                    for key, value in statements_at(ledger, 2013).items()
                    if value is not None
                }
                count = len(list(statements(ledger, 2013)))
            assert said == self.form
        self.recorded[self.file.sha256] = self.plan
        with open_ledger(self.path) as ledger:
            assert len(list(statements(ledger, 2013))) == count
            assert {file.sha256 for file in plan_files(ledger, 2013)} == self.recorded.keys()

    @rule(month=MONTHS)
    def close(self, month: int) -> None:
        if month <= self.until:
            return
        self.run()
        basis = self.recalled(month).basis
        with open_ledger(self.path, writing=True) as ledger:
            close_month(ledger, 2013, month, plan_sha256(basis), freeze(basis), NOW)
        self.accepted = {key: value for key, value in self.counting.items() if key[0] <= month}
        self.reports[month] = dict(self.accepted)
        self.closed[month] = self.target(month)

    def target(self, month: int) -> int:
        """The latest that is in force."""
        return self.targets[max(since for since in self.targets if since <= month)]

    @precondition(lambda self: self.closed)
    @rule(month=MONTHS)
    def reopen(self, month: int) -> None:
        if month > self.until:
            return
        with open_ledger(self.path, writing=True) as ledger:
            opened = reopen_month(ledger, 2013, month, NOW, "Ошибка")
        before, self.closed = self.until, {each: target for each, target in self.closed.items() if each < month}
        assert opened == range(self.until + 1, before + 1)
        self.accepted = {key: value for key, value in self.accepted.items() if key[0] <= self.until}
        self.reports = {m: shown for m, shown in self.reports.items() if m < month}

    @rule(month=MONTHS)
    def correct(self, month: int) -> None:
        taken = [one for one in self.recalled(3).pending if one.key.month == month]
        if not taken:
            return
        with open_ledger(self.path, writing=True) as ledger:
            accept(ledger, 2013, taken, NOW, "Уточнено")
        self.accepted |= {key: value for key, value in self.waiting.items() if key[0] == month}

    @invariant()
    def what_counts_is_what_the_model_counts(self) -> None:
        recalled = self.recalled(12)
        assert figures(recalled.basis.submissions) == self.counting
        assert {(one.key.month, one.key.measure): one.new for one in recalled.pending} == self.waiting
        assert recalled.closed == self.until
        assert recalled.basis.plan == self.plan

    @invariant()
    def a_target_changed_behind_a_closing_is_said(self) -> None:
        said = [one.code for one in self.recalled(12).basis.problems].count("history.target_changed")
        changed = bool(self.closed) and self.target(self.until) != self.closed[self.until]
        assert said == int(changed)

    @invariant()
    def reports_of_closed_months_stay(self) -> None:
        for month, shown in self.reports.items():
            basis = self.recalled(month).basis
            found = figures(basis.submissions)
            assert {key: value for key, value in found.items() if key[0] <= month} == shown
            assert basis.plan.target("M1", "VS", month) == self.closed[month]
        with open_ledger(self.path) as ledger:
            assert closed_until(ledger, 2013) == self.until


def figures(submissions: tuple[Submission, ...]) -> Figures:
    return {(key.month, key.measure): figure.value for key, figure in stated_figures(submissions).items()}


Ledger.TestCase.settings = settings(
    max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLedger = Ledger.TestCase


def test_a_frozen_basis_comes_back_as_it_was() -> None:

    form = submission("M1", "3 VS план 5 факт 7.5", causes="3 VS Отпуск")
    key = FigureKey("M1", "VS", 3, "actual")
    remembered = Memory((Correction(key, None, 4.0, Address("a", "b", "C1")),), frozenset({("M1", 3)}), "mark")
    kept = {"title": "Т", "name": MonthName(3), "measure": Key("history.measure.actual")}
    wrong = problem("intake.month_missing", Address("2013/M1.xlsx"), "x", "M1", 3, **kept)
    listed = problem("plan.entered_once", indicator="VS", units=("M1", "M2"), value=2.5)
    inputs = (Input("2013/plan.xlsx", "plan", "", "plan"),)
    basis = Basis(Settings(example=True), PLAN, (form,), (wrong, listed), inputs, remembered)
    thawed = thaw(freeze(basis), FILE, Settings(folder=Path("here")))
    assert replace(thawed, plan=PLAN, settings=basis.settings) == basis
    assert {name: type(value) for name, value in thawed.problems[0].values} == {
        name: type(value) for name, value in wrong.values
    }
    assert thawed.settings == Settings(example=True, folder=Path("here"))
    assert freeze(thawed) == freeze(basis)
