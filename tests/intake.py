"""Submissions for tests of the intake, made of plain lines."""

from collections.abc import Sequence

from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entries, Entry, Explanation, Identity, Measure, Submission
from pipeline.intake.checked import Rules
from pipeline.intake.collect import LIMITS, read_frozen
from pipeline.intake.find import Found
from pipeline.intake.kept import FrozenReading, thaw
from pipeline.intake.reading import Reading
from pipeline.problems import Problem, shown
from pipeline.words import Words
from tests.plans import YEAR

MEASURES: dict[str, Measure] = {"план": "planned", "факт": "actual"}


def submission(unit: str, text: str, file: str = "", causes: str = "") -> Submission:
    """«9 VS.ST план 10 факт 12» a line: the month, the indicator and its figures; in `causes` «9 VS.ST Отпуск».
    Figures stand on sheet «9» in row 1, 2, … and column F (planned) or G (actual)."""
    entries: list[Entry] = []
    for row, line in enumerate(text.strip().splitlines(), start=1):
        month, code, *figures = line.split()
        for name, value in zip(figures[::2], figures[1::2], strict=True):
            cell = f"{'F' if name == 'план' else 'G'}{row}"
            entries.append(Entry(code, int(month), MEASURES[name], float(value), month, cell))
    explanations = []
    for line in causes.strip().splitlines():
        month, code, cause = line.split(maxsplit=2)
        explanations.append(Explanation(code, int(month), cause, "", month, "M1"))
    where = file or f"2013/{unit}.xlsx"
    return Submission(where, "", Identity(unit, YEAR, 1), Entries.of(entries), tuple(explanations), ())


def lines(problems: tuple[Problem, ...]) -> list[str]:
    """The problems as people see them, no-break spaces as plain ones."""
    words = Words()
    return [shown(problem, words).replace("\u00a0", " ") for problem in problems]


def read_all(files: Sequence[Found], plan: Plan) -> list[Reading]:
    """What each file gives, read by this machine."""
    return [thawed(one) for one in read_frozen(files, Rules(plan), LIMITS)]


def thawed(one: FrozenReading | Reading) -> Reading:
    return one if isinstance(one, Reading) else thaw(one)
