"""The stories of renewal: a fresh form with what was entered in the old one; the next year's plan from this one's."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.domain.addresses import Address
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Submission
from pipeline.domain.units import Unit
from pipeline.forms.layout import form_file_name
from pipeline.forms.read import read_form
from pipeline.forms.write import form_workbook
from pipeline.history.ledger import LedgerError, open_ledger
from pipeline.history.next_year import blank_months, next_plan
from pipeline.history.recall import recall
from pipeline.history.record import plan_files
from pipeline.history.reissue import entered, joined, lost, unread
from pipeline.history.snapshot import plan_of
from pipeline.intake.collect import Track, read_file
from pipeline.intake.find import PLAN, WORKBOOKS, Found
from pipeline.intake.reading import content_of
from pipeline.intake.twice import settle
from pipeline.plan.write import plan_workbook
from pipeline.problems import Problem, problem
from pipeline.run.begin import begin
from pipeline.run.inputs import Options, Read, live_basis, read_inputs
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.tell import shown_path, unwritable
from pipeline.sheets.book import open_book
from pipeline.sheets.headings import nearest
from pipeline.workbooks.files import sweep, write_whole

Now = Callable[[], datetime]
XLSX = ".xlsx"


def reissue(config: Path, units: Sequence[str], year: int | None, track: Track, now: Now = datetime.now) -> Outcome:
    """Replaces each unit's form by a fresh one of the current plan with all that was entered; the old files go to the
    archive. A form of which anything can't be carried over stays as it is."""
    read = read_inputs(Options(config, year=year), track, latest_filled=False)
    if isinstance(read, Outcome):
        return read
    words, problems, lines = read.words, list[Problem](), list[str]()
    try:
        with open_ledger(read.settings.ledger, writing=True) as ledger:  # one reissue at a time
            plans = [plan_of(file, read.plan.starts) for file in plan_files(ledger, read.plan.year)]
            for code in units:
                unit = next((one for one in read.plan.units.members if one.code == code), None)
                if unit is None:
                    near = nearest(code, [one.code for one in read.plan.units.members], cutoff=0.0)
                    problems.append(problem("history.unit_unknown", found=code, nearest=near))
                    continue
                done = _reissue_one(read, unit, plans, now())
                if isinstance(done, str):
                    lines.append(done)
                else:
                    problems += done
    except LedgerError as error:
        return Outcome(Exit.FAILED, words, (*problems, error.problem), tuple(lines))
    return Outcome(Exit.FAILED if problems else Exit.MADE, words, tuple(problems), tuple(lines))


def _reissue_one(read: Read, unit: Unit, plans: Sequence[Plan], now: datetime) -> str | tuple[Problem, ...]:
    """What was done, in words; or why nothing was."""
    files = [one.file for one in read.inputs if one.kind == "form" and one.unit == unit.code]
    readings = [read_file(Found(read.settings.input / file, file), read.plan) for file in files]
    forms, differing = settle(reading.submission for reading in readings if reading.submission)
    if not forms:
        return (problem("history.no_form", unit=unit.code, title=unit.title),)
    wrong = unread((*(found for reading in readings for found in reading.problems), *differing))
    if wrong:
        return (*wrong, problem("history.form_unread", Address(forms[0].file), unit=unit.code, title=unit.title))
    carried = entered(joined(forms), read.plan, plans)
    content = form_workbook(read.plan, unit.code, read.settings, read.words, carried)
    missing = _lost(content, read, carried)
    if missing:
        address = Address(forms[0].file)
        return (problem("history.not_carried", address, unit=unit.code, title=unit.title, what=missing),)
    old = [read.settings.input / file for file in files]
    target = old[0] if old[0].suffix.lower() == XLSX else old[0].with_name(form_file_name(unit))
    archive = read.settings.archive / str(read.plan.year)
    kept: dict[Path, bytes] = {}
    for path, reading in zip(old, readings, strict=True):
        former = content_of(reading.input, read.settings.input)
        if former is None:
            changed = Address(reading.input.file)
            return (problem("history.form_just_changed", changed, unit=unit.code, title=unit.title),)
        place = archive / f"{path.stem} {now:%Y-%m-%d %H-%M-%S}{path.suffix}"
        kept[place.with_stem(f"{place.stem} ({len(kept) + 1})") if place in kept else place] = former
    try:
        sweep((target, *old, *(archive / path.name for path in old)))
        for place, former in kept.items():
            write_whole(place, former)
        write_whole(target, content)
        for path in old:
            if path != target:
                path.unlink()
    except OSError as error:
        return (unwritable(target, error),)
    return read.words("history.reissued", path=shown_path(target), archive=", ".join(map(shown_path, kept)))


def _lost(content: bytes, read: Read, carried: Submission) -> tuple[str, ...]:
    """What the written form, read back, does not state as it was."""
    fresh = read_form(open_book(content, carried.file), read.plan).submission
    if fresh is None:
        return (carried.identity.unit,)
    return lost(carried, fresh)


def next_year(config: Path, year: int, track: Track) -> Outcome:
    """Writes the year's plan, made from the plan and the figures of the year before; never over one that is there."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    folder = settings.input / str(year)
    there = next((path for path in (folder / f"{PLAN}{kind}" for kind in WORKBOOKS) if path.exists()), None)
    if there is not None:
        return Outcome(Exit.FAILED, words, (problem("history.year_there", Address(shown_path(there))),))
    read = read_inputs(Options(config, year=year - 1), track, latest_filled=False)
    if isinstance(read, Outcome):
        return read
    try:
        with open_ledger(settings.ledger) as ledger:
            counted = recall(ledger, live_basis(read), 12).submissions
    except LedgerError as error:
        return Outcome(Exit.FAILED, words, (error.problem,))
    plan = next_plan(read.plan, counted)
    path = folder / f"{PLAN}{WORKBOOKS[0]}"
    try:
        sweep([path])
        write_whole(path, plan_workbook(plan, words, year))
    except OSError as error:
        return Outcome(Exit.FAILED, words, (unwritable(path, error),))
    lines = [words("history.year.made", year=plan.calendar, path=shown_path(path))]
    blank, all_months = blank_months(plan)
    if blank:
        lines.append(words("history.year.blank", blank=words.number(blank), all=words.number(all_months)))
    return Outcome(Exit.MADE, words, (), tuple(lines))
