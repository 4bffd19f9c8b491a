"""Any sequence of filling, removing, closing, correcting, reopening and running, against a plain model of it.

One unit, one indicator, months 1…3 of the year; what counts is kept in the model as a dictionary.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pipeline.domain.addresses import Address
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.memory import Correction, FigureKey, Memory
from pipeline.domain.plan import Plan, Target
from pipeline.domain.submissions import Submission
from pipeline.domain.units import Unit, Units
from pipeline.history.closings import close_month, closed_until, reopen_month
from pipeline.history.corrections import accept
from pipeline.history.ledger import open_ledger
from pipeline.history.recall import Recalled, recall
from pipeline.history.record import PlanFile, Run, record_plan, record_statements, stated_figures, statements_at
from pipeline.history.remember import plan_sha256
from pipeline.history.snapshot import Basis, freeze, thaw
from pipeline.intake.collect import Input
from pipeline.plan.write import plan_workbook
from pipeline.problems import Key, MonthName, problem
from pipeline.settings import Settings
from pipeline.words import Words
from tests.intake import submission

PLAN = Plan(
    2013,
    "План",
    Units((Unit("M1", "Методист 1"),), "Отдел"),
    (Section("S1", "Обслуживание"),),
    Indicators((Indicator("VS", "Посещения", "S1", "ед."),)),
    (Target("VS", "M1", 100.0),),
)
FILE = PlanFile("2013/plan.xlsx", "plan", plan_workbook(PLAN, Words(), 2013))
MONTHS = st.integers(1, 3)
NOW = datetime(2013, 5, 5, 10)


class Ledger(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.sqlite"
        self.form: dict[int, int] = {}  # what the form states
        self.accepted: dict[int, int] = {}  # what counts of the closed months
        self.closed: list[int] = []
        self.reports: dict[int, dict[int, int]] = {}  # month closed → what its report shows

    def teardown(self) -> None:
        self.folder.cleanup()

    @property
    def until(self) -> int:
        return max(self.closed, default=0)

    @property
    def counting(self) -> dict[int, int]:
        return self.accepted | {month: value for month, value in self.form.items() if month > self.until}

    @property
    def waiting(self) -> dict[int, int]:
        return {m: v for m, v in self.form.items() if m <= self.until and self.accepted.get(m) != v}

    def live(self) -> Basis:
        text = "\n".join(f"{month} VS факт {value}" for month, value in self.form.items())
        inputs = (Input("2013/plan.xlsx", "plan", "", "plan"),)
        return Basis(Settings(), PLAN, (submission("M1", text),), (), inputs)

    def recalled(self, month: int) -> Recalled:
        with open_ledger(self.path) as ledger:
            return recall(ledger, self.live(), month)

    @rule(month=MONTHS, value=st.integers(0, 3))
    def fill(self, month: int, value: int) -> None:
        self.form[month] = value

    @rule(month=MONTHS)
    def clear(self, month: int) -> None:
        self.form.pop(month, None)

    @rule()
    def run(self) -> None:
        for _ in range(2):  # the second one adds nothing
            with open_ledger(self.path, writing=True) as ledger:
                run = Run(ledger, NOW)
                record_plan(run, 2013, FILE)
                record_statements(run, 2013, stated_figures(self.live().submissions))
                said = {key.month: value for key, value in statements_at(ledger, 2013) if value is not None}
                count = ledger.execute("SELECT count(*) FROM statement").fetchone()
            assert said == self.form
        with open_ledger(self.path) as ledger:
            assert ledger.execute("SELECT count(*) FROM statement").fetchone() == count

    @rule(month=MONTHS)
    def close(self, month: int) -> None:
        if month <= self.until:
            return
        self.run()
        basis = self.recalled(month).basis
        with open_ledger(self.path, writing=True) as ledger:
            close_month(ledger, 2013, month, plan_sha256(basis), freeze(basis), NOW)
        self.accepted = {m: v for m, v in self.counting.items() if m <= month}
        self.reports[month] = dict(self.accepted)
        self.closed.append(month)

    @precondition(lambda self: self.closed)
    @rule(month=MONTHS)
    def reopen(self, month: int) -> None:
        if month > self.until:
            return
        with open_ledger(self.path, writing=True) as ledger:
            opened = reopen_month(ledger, 2013, month, NOW, "Ошибка")
        before, self.closed = self.until, [each for each in self.closed if each < month]
        assert opened == range(self.until + 1, before + 1)
        self.accepted = {m: v for m, v in self.accepted.items() if m <= self.until}
        self.reports = {m: shown for m, shown in self.reports.items() if m < month}

    @rule(month=MONTHS)
    def correct(self, month: int) -> None:
        taken = [one for one in self.recalled(3).pending if one.key.month == month]
        if not taken:
            return
        with open_ledger(self.path, writing=True) as ledger:
            accept(ledger, 2013, taken, NOW, "Уточнено")
        self.accepted[month] = self.form[month]

    @invariant()
    def what_counts_is_what_the_model_counts(self) -> None:
        recalled = self.recalled(12)
        assert figures(recalled.basis.submissions) == self.counting
        assert {one.key.month: one.new for one in recalled.pending} == self.waiting
        assert recalled.closed == self.until

    @invariant()
    def reports_of_closed_months_stay(self) -> None:
        for month, shown in self.reports.items():
            found = figures(self.recalled(month).basis.submissions)
            assert {m: value for m, value in found.items() if m <= month} == shown
        with open_ledger(self.path) as ledger:
            assert closed_until(ledger, 2013) == self.until


def figures(submissions: tuple[Submission, ...]) -> dict[int, float]:
    return {key.month: figure.value for key, figure in stated_figures(submissions).items()}


Ledger.TestCase.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
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
