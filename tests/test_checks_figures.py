"""Checks of figures against the plan, the habit of entering, the unit's own history and its activities: what each
objects to, what it leaves alone, and the message as it is read. All figures are made up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.activities import Activity, ExtraActivity, Mark
from pipeline.domain.addresses import Address
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.intake import checks
from pipeline.intake.checked import LIMITS, Checked
from pipeline.intake.checks import CHECKS
from pipeline.intake.history_checks import Usual, is_jump, usual
from pipeline.problems import Problem
from pipeline.settings import Checks
from tests.intake import lines, submission
from tests.plans import YEAR, small_plan

PLAN = small_plan(
    units=Units((Unit("M1", "Методист 1"),)),
    indicators=Indicators(
        (
            Indicator("VS", "Посещения", "S1", "ед."),
            Indicator("UV", "Уникальные посетители", "S1", "чел.", over_months="last", entering="cumulative"),
            Indicator("FUND", "Фонд", "S1", "экз.", over_months="last"),
            Indicator("TRIP", "Выезды", "S4", "ед."),
        )
    ),
    targets=(Target("VS", "M1", 1200), Target("UV", "M1", 2400), Target("FUND", "M1", 500), Target("TRIP", "M1", 12)),
    activities=tuple(
        Activity(code, "S4", "", "Выезд", due, read_deadline(due, YEAR), who, "TRIP")
        for code, due, who in (
            ("A1", "23 апреля", ("M1",)),
            ("A2", "Еженедельно", ("M1",)),
            ("A3", "7 февраля; 17 октября", ("M1", "M2")),
        )
    ),
)


def found(
    one: Callable[[Checked], Iterator[Problem]],
    form: Submission,
    month: int,
    plan: Plan = PLAN,
    limits: Checks = LIMITS,
) -> list[str]:
    assert one in CHECKS
    return lines(tuple(one(Checked(plan, (form,), month, Thresholds(), limits))))


def monthly(
    code: str, actual: Sequence[float | None], planned: list[float] | None = None, causes: str = ""
) -> Submission:
    """A form with these figures from January on (None is a blank cell); planned ones up to December where none are
    given: 1/12 of 1200."""
    plans = planned if planned is not None else [100.0] * 12
    rows = [f"{month} {code} план {value}" for month, value in enumerate(plans, 1)]
    rows += [f"{month} {code} факт {value}" for month, value in enumerate(actual, 1) if value is not None]
    return submission("M1", "\n".join(rows), causes=causes)


# The plan by months against the target.


@pytest.mark.parametrize("december", [100, 101, 90, 112])
def test_a_plan_that_makes_up_the_target_within_a_percent(december: float) -> None:
    assert found(checks.plan_off_target, monthly("VS", [], [100.0] * 11 + [december]), 3) == []


def test_a_plan_that_does_not_make_up_the_target() -> None:
    assert found(checks.plan_off_target, monthly("VS", [], [100.0] * 11 + [0.0]), 3) == [
        "2013/M1.xlsx · 3 · F3: «Посещения»: план по месяцам даёт за год 1 100, а задание — 1 200. "
        "Разложите задание по месяцам заново. Если оно изменилось, сделайте форму заново: "
        "«run-report forms --reissue M1»."
    ]
    assert found(checks.plan_off_target, monthly("VS", [], [100.0] * 11), 3) == [], "December is blank: nothing to add"


def test_the_last_month_makes_the_year_of_a_stock_and_of_a_running_total() -> None:
    assert found(checks.plan_off_target, monthly("FUND", [], [480.0] * 11 + [500.0]), 3) == []
    assert len(found(checks.plan_off_target, monthly("FUND", [], [480.0] * 12), 3)) == 1
    running = [200.0 * month for month in range(1, 13)]
    assert found(checks.plan_off_target, monthly("UV", [], running), 3) == []


def test_a_form_from_before_a_revision_makes_up_the_former_target() -> None:
    revised = small_plan(
        units=PLAN.units,
        indicators=PLAN.indicators,
        targets=(Target("VS", "M1", 1200), Target("VS", "M1", 1500, since=7)),
        activities=(),
    )
    assert found(checks.plan_off_target, monthly("VS", []), 6, revised) == []
    (line,) = found(checks.plan_off_target, monthly("VS", []), 7, revised)
    assert "даёт за год 1 200, а задание — 1 500" in line


def test_the_percent_of_the_target_is_a_setting() -> None:
    form = monthly("VS", [], [100.0] * 11 + [0.0])
    assert found(checks.plan_off_target, form, 3, limits=Checks(target_percent=10)) == []


# The month's own figure, or the one since January.


def test_a_figure_since_january_among_the_months_own() -> None:
    assert found(checks.cumulative_in_monthly, monthly("VS", [90, 110, 95, 405]), 4) == [
        "2013/M1.xlsx · 4 · G16: «Посещения»: 405 похоже на число с начала года (за прежние месяцы — 295), а нужно "
        "за один месяц. Если это нарастающий итог, оставьте в каждом месяце только его собственное число."
    ]


def test_a_whole_form_entered_cumulatively_is_said_once() -> None:
    (line,) = found(checks.cumulative_in_monthly, monthly("VS", [90, 200, 295, 405, 500]), 5)
    assert "500 похоже на число с начала года" in line


@pytest.mark.parametrize(
    "months",
    [
        [90, 110, 95, 100],
        [80, 90, 100, 110],  # rises, and stays near the month's plan
        [10, 20, 130, 90],  # greater than all before it, and yet a month's by the plan
        [90, 405],  # two months look alike either way
        [0, 0, 0, 3],
    ],
)
def test_months_that_only_rise_are_left_alone(months: list[float]) -> None:
    assert found(checks.cumulative_in_monthly, monthly("VS", months), len(months)) == []


def test_figures_that_rise_four_months_in_a_row_look_like_running_totals() -> None:
    (line,) = found(checks.cumulative_in_monthly, monthly("VS", [100, 150, 200, 390]), 4)
    assert "390 похоже на число с начала года" in line


def test_small_counts_may_rise() -> None:
    assert found(checks.cumulative_in_monthly, monthly("TRIP", [1, 2, 3, 4], [1.0] * 12), 4) == []


def test_a_running_total_can_not_fall() -> None:
    running = [200.0 * month for month in range(1, 13)]
    assert found(checks.cumulative_falls, monthly("UV", [210, 400, 205], running), 3) == [
        "2013/M1.xlsx · 3 · G15: «Уникальные посетители»: с начала года 205, а в форме за февраль уже было 400. "
        "Нарастающий итог не может уменьшиться. Если 205 — это за один месяц, внесите число с начала года. "
        "Иначе проверьте оба месяца."
    ]
    assert found(checks.cumulative_falls, monthly("UV", [210, 400, 400], running), 3) == []
    assert found(checks.cumulative_falls, monthly("VS", [210, 100]), 2) == [], "the months' own figures may fall"


def test_a_months_own_figure_where_a_running_total_is_asked_for() -> None:
    running = [200.0 * month for month in range(1, 13)]
    assert found(checks.monthly_in_cumulative, monthly("UV", [190, 195, 200, 210], running), 4) == [
        "2013/M1.xlsx · 4 · G16: «Уникальные посетители»: 210 похоже на число за один месяц, а нужно с начала года. "
        "Если это так, внесите в каждый месяц число с начала года."
    ]
    assert found(checks.monthly_in_cumulative, monthly("UV", [100, 190, 260, 330], running), 4) == [], "only late"
    assert found(checks.monthly_in_cumulative, monthly("UV", [20, 40, 60, 80], running), 4) == [], (
        "far behind, but grows"
    )
    assert found(checks.monthly_in_cumulative, monthly("UV", [190, 195], running), 2) == [], "too early to tell"


# The unit's own history.

YEAR_BEFORE = replace(
    PLAN, last_year={("M1", "VS"): (90.0, 80.0, 100.0, 95.0, 70.0, 50.0, 40.0, 45.0, 80.0, 95.0, 99.0, 60.0)}
)


def test_a_figure_far_beyond_the_last_twelve_months() -> None:
    assert found(checks.jumps, monthly("VS", [90, 85, 1010]), 3, YEAR_BEFORE) == [
        "2013/M1.xlsx · 3 · G15: «Посещения»: за месяц 1 010, а за последний год было от 40 до 100. "
        "Проверьте, нет ли опечатки. Если число верно, напишите в пояснении почему: замечание исчезнет."
    ]
    assert len(found(checks.jumps, monthly("VS", [90, 85, 9]), 3, YEAR_BEFORE)) == 1
    assert len(found(checks.jumps, monthly("VS", [1010]), 1, YEAR_BEFORE)) == 1, "last year alone is a history"


@pytest.mark.parametrize("value", [41, 25, 150, 200])
def test_a_season_and_a_good_month_are_no_jumps(value: float) -> None:
    assert found(checks.jumps, monthly("VS", [90, 85, value]), 3, YEAR_BEFORE) == []


def test_a_jump_that_is_explained_is_taken_for_real() -> None:
    form = monthly("VS", [90, 85, 1010], causes="3 VS Выставка")
    assert found(checks.jumps, form, 3, YEAR_BEFORE) == []


def test_without_a_history_there_are_no_jumps() -> None:
    assert found(checks.jumps, monthly("VS", [90, 85, 95, 1010]), 4) == []
    (line,) = found(checks.jumps, monthly("VS", [90, 85, 95, 80, 1010]), 5)
    assert "от 80 до 95" in line, "four months of this year are enough"


def test_what_a_running_total_adds_is_what_is_compared() -> None:
    form = monthly("UV", [200, 400, 610, 800, 1000, 9000], [200.0 * month for month in range(1, 13)])
    (line,) = found(checks.jumps, form, 6)
    assert "за месяц 8 000, а за последний год было от 190 до 210" in line


def test_how_far_is_a_setting() -> None:
    form = monthly("VS", [90, 85, 450])
    assert len(found(checks.jumps, form, 3, YEAR_BEFORE)) == 1
    assert found(checks.jumps, form, 3, YEAR_BEFORE, Checks(jump_times=5)) == []
    assert found(checks.jumps, form, 3, YEAR_BEFORE, Checks(jump_least=400)) == []


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=12), st.integers(1, 12))
def test_no_figure_of_the_history_is_a_jump(months: list[int], month: int) -> None:
    past: tuple[float | None, ...] = (*map(float, months), *[None] * (12 - len(months)))
    known = usual(past, {}, month)
    assert known == Usual(min(months), max(months))
    assert not any(is_jump(value, known, Checks(jump_times=1, jump_least=0)) for value in months)


# Activities against the indicator that they feed.


def with_marks(form: Submission, *marks: tuple[str, int, date | None], extras: int = 0) -> Submission:
    place = Address("2013/M1.xlsx", "Мероприятия", "G9")
    extra = ExtraActivity("M1", "Поездка", "TRIP", date(YEAR, 2, 3), "", place)
    made = tuple(Mark("M1", code, number, "done", day, "", place) for code, number, day in marks)
    return replace(form, marks=made, extras=(extra,) * extras)


def test_more_activities_done_than_the_indicator_counts() -> None:
    form = with_marks(monthly("TRIP", [0, 1, 0, 0]), ("A1", 1, date(YEAR, 4, 23)), extras=1)
    assert found(checks.activities_exceed, form, 4) == [
        "2013/M1.xlsx · 4 · G16: «Выезды»: с начала года отмечено выполненных мероприятий: 2, а в показателе — 1. "
        "Проверьте отметки, их даты и факт по месяцам."
    ]


@pytest.mark.parametrize(
    "form",
    [
        with_marks(monthly("TRIP", [0, 1, 0, 1]), ("A1", 1, date(YEAR, 4, 23)), extras=1),
        with_marks(monthly("TRIP", [0, 9, 0, 0]), ("A1", 1, date(YEAR, 4, 23))),  # trips that no activity announces
        with_marks(monthly("TRIP", [0, 0, 0, 0]), ("A1", 1, date(YEAR, 5, 2))),  # done after the reported month
        with_marks(monthly("TRIP", [0, 0, 0, 0]), ("A1", 1, None)),  # another check asks for the day
        with_marks(monthly("TRIP", [0, 0, 0, 0]), ("A2", 1, date(YEAR, 4, 2))),  # a month's weeks in one mark
        with_marks(monthly("TRIP", [0, 0, 0, 0]), ("A3", 1, date(YEAR, 2, 7))),  # counted by the other unit, perhaps
        with_marks(monthly("TRIP", [0, 0, 0]), ("A1", 1, date(YEAR, 4, 23))),  # April isn't reported
        with_marks(monthly("TRIP", [0, 0, None, 0]), ("A1", 1, date(YEAR, 4, 23))),  # nor is March
    ],
)
def test_marks_that_the_indicator_does_not_contradict(form: Submission) -> None:
    assert found(checks.activities_exceed, form, 4) == []
