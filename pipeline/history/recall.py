"""What was read, in the light of what is remembered: the figures that count, and what waits to be decided."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.domain.addresses import Address
from pipeline.domain.memory import Correction, Memory
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.history.closings import Closing, closing_of, closings
from pipeline.history.corrections import accepted_corrections
from pipeline.history.counted import Accepted, Known, counted, known_to, pending_corrections, with_effect
from pipeline.history.handing_in import handed_in, late
from pipeline.history.ledger import last_event
from pipeline.history.record import stated_figures
from pipeline.history.snapshot import Basis, thaw
from pipeline.problems import Key, MonthName, Problem, problem


@dataclass(frozen=True)
class Recalled:
    """`basis`: what the report is made from; `submissions`: all that count now. `closed`: the last closed month of
    the year, 0 without any. `closing`: the one of the reported month, None while it is open. `pending`: corrections
    that wait. `event`: the last one of which the basis knows."""

    basis: Basis
    submissions: tuple[Submission, ...]
    closed: int
    closing: Closing | None
    pending: tuple[Correction, ...]
    event: int


def recall(ledger: sqlite3.Connection, live: Basis, month: int) -> Recalled:
    """What a report whose last month is `month` is made from: of a closed month what was frozen, otherwise the frozen
    figures of closed months with accepted corrections, and the live ones of the others."""
    year = live.plan.year
    found = closings(ledger, year)
    own = Memory(late=late(handed_in(ledger, year), live.settings.due_days(live.plan.calendar), month))
    if not found:
        basis = replace(live, memory=_marked(own, ""))
        return Recalled(basis, live.submissions, 0, None, (), last_event(ledger))
    latest = thaw(found[-1].snapshot, found[-1].plan, live.settings)
    accepted = Accepted(found[-1].month, latest.submissions, accepted_corrections(ledger, year))
    stated = stated_figures(live.submissions)
    pending = pending_corrections(accepted, stated, live.plan)
    counting = counted(accepted, live.submissions, stated, live.plan.calendar)
    known = known_to(live.plan, counting)
    submissions = known.submissions
    closing = closing_of(found, month)
    if closing is not None:
        frozen = thaw(closing.snapshot, closing.plan, live.settings)
        basis = frozen if month == closing.month else _of_month(frozen, month)
        return Recalled(basis, submissions, accepted.until, closing, pending, closing.event)
    corrections = _with_effects((*accepted.corrections, *pending), live.plan, submissions, month)
    waiting = tuple(_pending_problem(one, live.plan) for one in pending)
    changed = _targets_changed(latest.plan, live.plan, accepted.until)
    problems = (*live.problems, *waiting, *_gone(known), *changed)
    memory = _marked(replace(own, corrections=corrections), hashlib.sha256(found[-1].snapshot).hexdigest())
    basis = replace(live, submissions=submissions, problems=problems, memory=memory)
    return Recalled(basis, submissions, accepted.until, None, pending, last_event(ledger))


def _of_month(frozen: Basis, month: int) -> Basis:
    """What was frozen, for a month that was closed together with a later one."""
    corrections = _with_effects(frozen.memory.corrections, frozen.plan, frozen.submissions, month)
    return replace(
        frozen,
        problems=tuple(one for one in frozen.problems if one.month <= month),
        memory=replace(frozen.memory, corrections=corrections),
    )


def _with_effects(
    corrections: tuple[Correction, ...], plan: Plan, submissions: Iterable[Submission], month: int
) -> tuple[Correction, ...]:
    figures = stated_figures(submissions) if corrections else {}
    return tuple(with_effect(one, plan, figures, month) for one in corrections)


def pending_problems(recalled: Recalled, plan: Plan) -> tuple[Problem, ...]:
    """The corrections that wait, as warnings."""
    return tuple(_pending_problem(one, plan) for one in recalled.pending)


def _marked(memory: Memory, frozen: str) -> Memory:
    """With the mark; the same state gives the same one, and nothing remembered none."""
    if not (frozen or memory.corrections or memory.late):
        return memory
    text = repr((frozen, memory.corrections, sorted(memory.late)))
    return replace(memory, mark=hashlib.sha256(text.encode()).hexdigest())


def _pending_problem(one: Correction, plan: Plan) -> Problem:
    indicator = plan.indicators.by_code.get(one.key.indicator)
    name = "figure_gone" if one.new is None else "figure_new" if one.old is None else "figure_differs"
    values = {key: value for key, value in (("old", one.old), ("new", one.new)) if value is not None}
    return problem(
        f"history.{name}",
        one.address,
        unit=one.key.unit,
        month=one.key.month,
        indicator=indicator.name if indicator else one.key.indicator,
        name=MonthName(one.key.month),
        measure=Key(f"history.measure.{one.key.measure}"),
        **values,
    )


def _gone(known: Known) -> Iterator[Problem]:
    for unit in known.units_gone:
        yield problem("history.gone_from_plan", Address(), unit=unit, codes=(unit,))
    if known.indicators_gone:
        yield problem("history.gone_from_plan", Address(), codes=known.indicators_gone)


def _targets_changed(then: Plan, now: Plan, closed: int) -> Iterator[Problem]:
    """Year's figures that the plan now states otherwise for the closed months, without a revision of their own."""
    keys = {(unit, indicator) for plan in (then, now) for unit, indicator, _ in plan.all_revisions()}
    for unit, indicator in sorted(keys):
        before, after = then.target(unit, indicator, closed), now.target(unit, indicator, closed)
        if before != after:
            member = now.indicators.by_code.get(indicator) or then.indicators.by_code[indicator]
            places = [target.address for target in now.revisions(unit).get(indicator, ())]
            yield problem(
                "history.target_changed",
                places[0] if places else Address(),
                unit=unit,
                indicator=member.name,
                name=MonthName(closed),
                before="—" if before is None else before,
                after="—" if after is None else after,
            )
