"""What the checks look at: the forms that were read, for one month, with the limits of what is usual."""

from dataclasses import dataclass
from functools import cached_property

from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Submission
from pipeline.intake.figures import UnitFigures, unit_figures
from pipeline.settings import Checks

LIMITS = Checks()


@dataclass(frozen=True)
class Rules:
    """What forms are read and checked by. `thresholds` are those of the statuses, `limits` those of the checks."""

    plan: Plan
    thresholds: Thresholds = Thresholds()  # noqa: RUF009  # an immutable value
    limits: Checks = LIMITS

    def checked(self, submissions: tuple[Submission, ...], month: int) -> "Checked":
        """These forms, to be checked for the month."""
        return Checked(self.plan, submissions, month, self.thresholds, self.limits)


@dataclass(frozen=True)
class Checked:
    """What is checked: the forms of a plan's year for the reported `month`. `thresholds` are those of the statuses,
    `limits` those of the checks."""

    plan: Plan
    submissions: tuple[Submission, ...]
    month: int
    thresholds: Thresholds
    limits: Checks = LIMITS

    @cached_property
    def units(self) -> tuple[UnitFigures, ...]:
        return unit_figures(self.plan, self.submissions)
