"""The story of restoring the ledger: what a damaged one and its copy still have, and the forms for the rest. The new
ledger is made in memory and put in its place in one step, after what was damaged has been kept beside."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from pipeline.domain.addresses import Address
from pipeline.domain.periods import PlanYear
from pipeline.history.closings import closed_until
from pipeline.history.ledger import LedgerError, alone, copy_path, last_event, new_ledger, open_ledger
from pipeline.history.remember import read_plan_file, record_run
from pipeline.history.salvage import Salvaged, salvage
from pipeline.history.statements import statements
from pipeline.intake.collect import Track
from pipeline.intake.find import years
from pipeline.problems import Key, Problem, problem
from pipeline.run.begin import begin
from pipeline.run.inputs import Options, Read, live_basis, read_inputs
from pipeline.run.outcome import Exit, Outcome, has_errors
from pipeline.run.tell import months_text, shown_path
from pipeline.words import Words
from pipeline.workbooks.files import sweep, write_whole

SAVED = ("closing", "correction", "handed_in", "statement", "said", "report")
LOST = ("handed_in", "statement", "said", "report", "plan", "source", "event")
"""Of which rows that are lost are told by their number; closings and corrections are told for themselves."""


def restore(config: Path, track: Track, now: Callable[[], datetime] = datetime.now) -> Outcome:
    """Makes a ledger anew that is damaged, or gone and has left its copy, or older than its copy; any other is left as
    it is."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    path, moment = settings.ledger, now()
    try:
        with alone(path):
            wrong = _wrong(path)
            if not wrong:
                return Outcome(Exit.MADE, words, (), (words("history.restore.whole"),))
            options = [Options(config, year=year) for year in years(settings.input)]
            found = [read_inputs(each, track, latest_filled=False) for each in options]
            reads = [read for read in found if isinstance(read, Read)]
            unread = tuple(one for read in found if isinstance(read, Outcome) for one in read.problems)
            with closing(new_ledger()) as ledger:
                newer, older = path, copy_path(path)
                if wrong == "history.older":
                    newer, older = older, newer
                saved, again = _filled(ledger, _content(newer), _content(older), reads, moment, words)
                lines = (*_told_closed(ledger, words), *_told_saved(saved, again, words))
                kept = _put_in_place(path, ledger.serialize())
    except LedgerError as error:
        return Outcome(Exit.FAILED, words, (error.problem,))
    lines += tuple(words("history.restore.kept", path=shown_path(each)) for each in kept)
    lost = (*_not_saved(saved, Address(path.name), words), *unread)
    exit = Exit.MADE_WITH_ERRORS if has_errors(lost) else Exit.MADE
    return Outcome(exit, words, lost, (words("history.restore.made"), *lines))


def _wrong(path: Path) -> str:
    """Why the ledger can't be used and is to be made anew; empty where it can, or where there has never been one."""
    try:
        with open_ledger(path):
            return ""
    except LedgerError as error:
        if error.problem.code in ("history.damaged", "history.lost", "history.older"):
            return error.problem.code
        raise


def _filled(
    ledger: Connection, newer: bytes, older: bytes, reads: list[Read], now: datetime, words: Words
) -> tuple[Salvaged, int]:
    """Fills the empty ledger; what was saved, and how many figures the forms state otherwise than that."""
    plans = [read_plan_file(live_basis(read)) for read in reads]
    reason = words("history.restore.reason")
    saved = salvage(ledger, newer, older, plans, now, reason)
    last, again = last_event(ledger), 0
    for read in reads:
        record_run(ledger, live_basis(read), now)
        again += sum(len(said.figures) for said in statements(ledger, read.plan.year) if said.event > last)
    return saved, again


def _put_in_place(path: Path, content: bytes) -> tuple[Path, ...]:
    """Puts the new ledger where it belongs, after its copy; what stood there is kept under names that are the same if
    this is killed and done again. A journal goes before: beside the new ledger it would be taken for its own."""
    journal = path.with_name(f"{path.name}-journal")
    kept = tuple(aside for old in (path, copy_path(path), journal) if (aside := _set_aside(old, content)))
    journal.unlink(missing_ok=True)
    write_whole(copy_path(path), content)
    write_whole(path, content)
    return kept


def _set_aside(old: Path, new: bytes) -> Path | None:
    there = _content(old)
    if there in (b"", new):
        return None
    aside = old.with_stem(f"{old.stem}.before-{hashlib.sha256(there).hexdigest()[:8]}")
    sweep([aside])
    write_whole(aside, there)
    return aside


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _told_closed(ledger: Connection, words: Words) -> tuple[str, ...]:
    """Which months are closed, by year."""
    found = [year for (year,) in ledger.execute("SELECT DISTINCT year FROM closing ORDER BY year").fetchall()]
    closed = [(year, until) for year in found if (until := closed_until(ledger, year))]
    told = [(PlanYear(year, words.starts), months_text(range(1, until + 1), words)) for year, until in closed]
    lines = [words("history.restore.closed", year=year, months=months) for year, months in told]
    return tuple(lines) or (words("history.none_closed"),)


def _told_saved(saved: Salvaged, again: int, words: Words) -> tuple[str, ...]:
    counts = ((table, saved.saved[table]) for table in SAVED)
    parts = [words.count(f"history.restore.saved.{table}", count) for table, count in counts if count]
    lines = [words("history.restore.saved", what=", ".join(parts))] if parts else []
    lines += [words.count("history.restore.again", again)] if again else []
    return tuple(lines)


def _not_saved(saved: Salvaged, file: Address, words: Words) -> Iterator[Problem]:
    """All that is lost or may be, by name."""
    if not any(saved.saved.values()):
        yield problem("history.nothing_saved", file)
        return
    for at in saved.closings:
        yield problem("history.closing_not_saved", file, day=words.day(datetime.fromisoformat(at)))
    if saved.lost["correction"]:
        yield problem("history.corrections_not_saved", file, count=saved.lost["correction"])
    if saved.voided:
        yield problem("history.corrections_void", file, count=saved.voided)
    if not saved.ended:
        last = datetime.fromisoformat(saved.until) if saved.until else None
        when = f"{words.day(last)} {last:%H:%M}" if last else "—"
        yield problem("history.end_not_saved", file, when=when)
    for table in LOST:
        if saved.lost[table]:
            what, effect = (Key(f"history.restore.{kind}.{table}") for kind in ("lost", "effect"))
            yield problem("history.rows_not_saved", file, what=what, effect=effect, count=saved.lost[table])
    if saved.undated:
        yield problem("history.times_not_saved", file, count=saved.undated)
    if saved.foreign:
        yield problem("history.copy_differs", Address(copy_path(Path(file.file)).name), count=saved.foreign)
