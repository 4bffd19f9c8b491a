"""The stories of the commands about what is remembered: closing, corrections, questions. See report.py."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.domain.memory import FigureKey
from pipeline.domain.periods import MONTHS, Month, Period
from pipeline.history import ask
from pipeline.history.answers import Answer, Cell
from pipeline.history.closings import close_month, closed_until, closings, reopen_month, years_closed
from pipeline.history.corrections import accept
from pipeline.history.handing_in import HandedIn, handed_in, months_complete
from pipeline.history.ledger import LedgerError, keep_copy, open_ledger
from pipeline.history.recall import Recalled, pending_problems, recall
from pipeline.history.record import stated_figures
from pipeline.history.remember import plan_sha256, record_run
from pipeline.history.snapshot import freeze
from pipeline.intake.collect import Track
from pipeline.intake.figures import expected
from pipeline.problems import Problem, problem
from pipeline.run.begin import begin
from pipeline.run.inputs import Options, Read, checked, live_basis, read_inputs
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.tell import months_text
from pipeline.sheets.headings import nearest
from pipeline.words import Words

Now = Callable[[], datetime]
STATUS = ("unit", "title", "month", "state", "received", "expected", "due", "complete", "in_time", "missing")


@dataclass(frozen=True)
class Told:
    """An outcome with the table that answers the question, where there is an answer."""

    outcome: Outcome
    answer: Answer | None = None


@dataclass(frozen=True)
class Chosen:
    """Which corrections are meant; what is None may be any."""

    month: Month | None = None
    unit: str | None = None
    indicator: str | None = None

    def __contains__(self, key: FigureKey) -> bool:
        return (
            (self.month is None or key.month == self.month.number)
            and self.unit in (None, key.unit)
            and self.indicator in (None, key.indicator)
        )


def close(config: Path, month: Month, anyway: str, track: Track, now: Now = datetime.now) -> Outcome:
    """Closes the month with those before it; refused while errors stand or forms are missing, unless `anyway` says
    why."""
    read = read_inputs(Options(config, period=Period(month, month)), track)
    if isinstance(read, Outcome):
        return read
    if read.intake.month is None:
        return checked(read)
    path, words, name = read.settings.ledger, read.words, read.words.month_year(month).capitalize()
    try:
        with open_ledger(path, writing=True) as ledger:
            record_run(ledger, live_basis(read), now())
            recalled = recall(ledger, live_basis(read), month.number)
            if recalled.closing is not None:
                return Outcome(Exit.FAILED, words, (problem("history.month_closed", period=name),))
            complaints = () if anyway else tuple(_complaints(recalled, month, words))
            if complaints:
                return Outcome(Exit.FAILED, words, complaints)
            plan = plan_sha256(recalled.basis)
            close_month(ledger, month.year, month.number, plan, freeze(recalled.basis), now(), anyway)
            keep_copy(ledger, path)
    except LedgerError as error:
        return _failed(words, error)
    together = range(recalled.closed + 1, month.number)
    lines = [words("history.closed", month=name)]
    if together:
        lines.append(words.count("history.closed_together", len(together), months=months_text(together, words)))
    return Outcome(Exit.MADE, words, (), tuple(lines))


def reopen(config: Path, month: Month, reason: str, now: Now = datetime.now) -> Outcome:
    """Opens the month again, and those closed with it or later."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    name = words.month_year(month).capitalize()
    try:
        with open_ledger(settings.ledger) as ledger:
            closed = closed_until(ledger, month.year)
        if month.number > closed:
            return Outcome(Exit.FAILED, words, (problem("history.month_open", period=name),))
        with open_ledger(settings.ledger, writing=True) as ledger:
            opened = reopen_month(ledger, month.year, month.number, now(), reason)
            keep_copy(ledger, settings.ledger)
    except LedgerError as error:
        return _failed(words, error)
    reopened = words.count("history.reopened", len(opened), months=months_text(opened, words))
    return Outcome(Exit.MADE, words, (), (reopened,))


def accept_corrections(config: Path, chosen: Chosen, reason: str, track: Track, now: Now = datetime.now) -> Outcome:
    """Makes the chosen corrections of closed months count from now on: those of the latest year that has any."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    try:
        with open_ledger(settings.ledger) as ledger:
            years = (chosen.month.year,) if chosen.month else years_closed(ledger)
        for year in years:
            read = read_inputs(Options(config, year=year), track)
            done = read if isinstance(read, Outcome) else _accept(read, chosen, reason, now)
            if done is not None:
                return done
    except LedgerError as error:
        return _failed(words, error)
    return Outcome(Exit.FAILED, words, (problem("history.nothing_to_accept"),))


def _accept(read: Read, chosen: Chosen, reason: str, now: Now) -> Outcome | None:
    """None where the year has no such corrections."""
    path, words = read.settings.ledger, read.words
    with open_ledger(path, writing=True) as ledger:
        record_run(ledger, live_basis(read), now())
        recalled = recall(ledger, live_basis(read), read.intake.month or 1)
        taken = [one for one in recalled.pending if one.key in chosen]
        if not taken:
            return None
        accept(ledger, read.plan.year, taken, now(), reason)
        keep_copy(ledger, path)
    lines = [words.count("history.accepted", len(taken))]
    if recalled.closed == MONTHS[-1]:
        last = read.plan.calendar.month(recalled.closed)
        lines = [words.count("history.accepted_last", len(taken)), words("history.accepted_reopen", month=last)]
    if waiting := len(recalled.pending) - len(taken):
        lines.append(words.count("history.pending", waiting))
    return Outcome(Exit.MADE, words, (), tuple(lines))


def status(config: Path, month: Month | None, track: Track) -> Told:
    """Who has handed in the month (by default the latest filled), what is missing and since when it is complete; what
    is closed; which corrections wait. Writes nothing."""
    read = read_inputs(Options(config, period=Period(month, month) if month else None), track)
    if isinstance(read, Outcome):
        return Told(read)
    if read.intake.month is None:
        return Told(checked(read))
    number, words, year = read.intake.month, read.words, read.plan.year
    try:
        with open_ledger(read.settings.ledger) as ledger:
            recalled = recall(ledger, live_basis(read), number)
            known, found = handed_in(ledger, year), closings(ledger, year)
    except LedgerError as error:
        return Told(_failed(words, error))
    lines = [words("history.none_closed")]
    if found:
        months, day = months_text(range(1, recalled.closed + 1), words), words.day(found[-1].day)
        lines = [words("history.closed_until", months=months, day=day)]
        reasons = [(words.month(closing.month).capitalize(), closing.reason) for closing in found if closing.reason]
        lines += [words("history.closed_anyway", month=name, reason=reason) for name, reason in reasons]
    if recalled.pending:
        lines.append(words.count("history.pending", len(recalled.pending)))
    outcome = Outcome(Exit.MADE, words, pending_problems(recalled, read.plan), tuple(lines))
    return Told(outcome, Answer(STATUS, tuple(_status_rows(read, number, known))))


def history(config: Path, indicator: str, unit: str, year: int | None) -> Told:
    """Who stated what about the indicator, when, and in which cell. Writes nothing."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return Told(begun)
    settings, words = begun
    try:
        with open_ledger(settings.ledger) as ledger:
            year = year or ask.last_year_known(ledger) or 0
            answer = ask.history(ledger, year, indicator, unit)
            doubtful = () if answer.rows else (("indicator", indicator), ("unit", unit))
            for what, code in doubtful:
                codes = ask.known_codes(ledger, what, year, settings.year.starts)
                if code and codes and code not in codes:
                    near = nearest(code, codes, cutoff=0.0)
                    return Told(
                        Outcome(Exit.FAILED, words, (problem(f"history.{what}_unknown", found=code, nearest=near),))
                    )
    except LedgerError as error:
        return Told(_failed(words, error))
    return Told(Outcome(Exit.MADE, words, (), () if answer.rows else (words("history.nothing_told"),)), answer)


def compare(config: Path, one: Period, other: Period) -> Told:
    """What the latest reports of two periods of a year state differently. Writes nothing."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return Told(begun)
    settings, words = begun
    try:
        with open_ledger(settings.ledger) as ledger:
            first, second = (ask.last_report(ledger, str(period)) for period in (one, other))
            if first is None or second is None:
                found = one if first is None else other
                return Told(Outcome(Exit.FAILED, words, (problem("history.no_report", found=found),)))
            answer = ask.compare(ledger, (one, other), (first, second), settings)
    except LedgerError as error:
        return Told(_failed(words, error))
    return Told(Outcome(Exit.MADE, words, (), () if answer.rows else (words("history.no_difference"),)), answer)


def _complaints(recalled: Recalled, month: Month, words: Words) -> Iterable[Problem]:
    """What stands in the way of closing."""
    basis = recalled.basis
    errors = [one for one in basis.problems if one.severity == "error" and one.month <= month.number]
    yield from errors
    if errors:
        yield problem("history.month_with_errors", count=len(errors), period=month)
    complete = months_complete(basis.plan, basis.submissions)
    months = range(recalled.closed + 1, month.number + 1)
    lacking: dict[str, list[int]] = {}
    for (unit, number), whole in complete.items():
        if not whole and number in months:
            lacking.setdefault(basis.plan.units.by_code[unit].title, []).append(number)
    if lacking:
        who = tuple(f"{title} ({months_text(numbers, words)})" for title, numbers in lacking.items())
        yield problem("history.month_incomplete", who=who, period=month)


def _status_rows(read: Read, month: int, known: Mapping[tuple[str, int], HandedIn]) -> Iterable[tuple[Cell, ...]]:
    stated = stated_figures(read.intake.submissions)
    due = read.settings.due_days(read.plan.calendar)[month]
    for unit in read.plan.units.members:
        wanted = expected(read.plan, unit, month)
        if not wanted:
            continue
        blank = [one.name for one in wanted if FigureKey(unit.code, one.code, month, "actual") not in stated]
        seen = known.get((unit.code, month), HandedIn())
        state = "missing" if len(blank) == len(wanted) else "partial" if blank else "complete"
        names = "" if state == "missing" else "; ".join(blank)
        yield (
            unit.code,
            unit.title,
            month,
            state,
            len(wanted) - len(blank),
            len(wanted),
            due,
            seen.complete,
            seen.in_time(due),
            names,
        )


def _failed(words: Words, error: LedgerError) -> Outcome:
    return Outcome(Exit.FAILED, words, (error.problem,))
