"""What a command says at its end: a few calm lines, and the gravest problems."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.domain.addresses import Address
from pipeline.domain.submissions import Place, by_layout
from pipeline.history.recall import Recalled
from pipeline.intake.collect import Intake
from pipeline.intake.figures import expected
from pipeline.problems import SEVERITIES, Problem, by_gravity, located, problem, shown
from pipeline.run.outcome import Outcome
from pipeline.words import Words

MOST_PROBLEMS = 10


def intake_lines(intake: Intake, problems: Sequence[Problem], words: Words) -> tuple[str, ...]:
    """Who has handed in the reported month, and how many problems there are of which kind."""
    plan, month = intake.plan, intake.month or 0

    def stated(places: Iterable[Place]) -> list[str]:
        return [place.indicator for place in places if (place.month, place.measure) == (month, "actual")]

    there = {
        (form.identity.unit, indicator)
        for form, indicators in by_layout(intake.submissions, stated)
        for indicator in indicators
    }
    wanted = {unit.code: expected(plan, unit, month) for unit in plan.units.members}
    states = Counter(
        _state([(unit, one.code) in there for one in indicators]) for unit, indicators in wanted.items() if indicators
    )
    handed_in = states["complete"] + states["partial"]
    name = words.month_year(plan.calendar.month(month)).capitalize()
    line = words.count("cli.handed_in", states.total(), month=name, handed_in=words.number(handed_in))
    if states["partial"]:
        line += words("cli.handed_in.partial", count=words.number(states["partial"]))
    return f"{line}.", _count_line(problems, words)


def remembered_lines(recalled: Recalled, words: Words) -> tuple[str, ...]:
    """Whether the report is one of a closed month, and how many corrections wait."""
    closing, waiting = recalled.closing, len(recalled.pending)
    lines = [words("history.report_closed", day=words.day(closing.day))] if closing else []
    lines += [words.count("history.pending", waiting)] if waiting else []
    return tuple(lines)


def _state(there: list[bool]) -> str:
    return "complete" if all(there) else "partial" if any(there) else "missing"


def _count_line(problems: Sequence[Problem], words: Words) -> str:
    count = Counter(one.severity for one in problems)
    if not problems:
        return words("cli.count.none")
    parts = [words(f"cli.count.{kind}", count=count[kind]) for kind in SEVERITIES if count[kind]]
    line = ", ".join(parts)
    return line[0].upper() + line[1:] + "."


def problem_lines(outcome: Outcome, only_errors: bool = False) -> Iterator[str]:
    """The problems by gravity, the place of each before what is wrong. Where a report was made it has them all,
    with what to do: then only the first errors and warnings are told here, and shortly."""
    words, made = outcome.words, outcome.report is not None
    silent = {"note", "warning"} if only_errors else {"note"} if made else set()
    told = sorted((one for one in outcome.problems if one.severity not in silent), key=by_gravity)
    most = MOST_PROBLEMS if made else len(told)
    for severity, group in groupby(told[:most], key=lambda one: one.severity):
        yield words(f"cli.problems.{severity}")
        for one in group:
            yield f"  {located(one, words) if made else shown(one, words)}"
    if len(told) > most:
        yield words.count("cli.problems.more", len(told) - most)


def forms_lines(written: Sequence[Path], there: int, folder: Path, words: Words) -> tuple[str, ...]:
    """How many forms were made, and how many were there already."""
    made = words.count("cli.forms.made", len(written), folder=shown_path(folder)) if written else words("cli.forms.all")
    return (made, words.count("cli.forms.there", there)) if there else (made,)


def months_text(months: Sequence[int], words: Words) -> str:
    """«январь–март, май», of months in their order."""
    runs = [[month for _, month in run] for _, run in groupby(enumerate(months), lambda each: each[1] - each[0])]
    return ", ".join("–".join(words.month(month) for month in sorted({run[0], run[-1]})) for run in runs)


def shown_path(path: Path) -> str:
    """The path as a person looks for it: from the current folder where it lies below it."""
    here = Path.cwd()
    full = path.resolve()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else str(full)


def unwritable(path: Path, error: OSError) -> Problem:
    """Why a file couldn't be written, as a problem."""
    return problem("cli.unwritable", Address(shown_path(path)), found=error.strerror or error)
