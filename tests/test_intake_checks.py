"""Each check: the figures that it objects to, and the message as it is read."""

from collections.abc import Callable, Iterator

import pytest

from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.plan import Plan
from pipeline.domain.status import Thresholds
from pipeline.domain.submissions import Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.intake import checks
from pipeline.intake.checks import CHECKS, Checked, check
from pipeline.problems import Problem
from tests.intake import lines, submission
from tests.plans import small_plan

PLAN = small_plan(
    units=Units((Unit("M1", "Методист 1"), Unit("M2", "Методист 2"))),
    indicators=Indicators(
        (
            Indicator("VS", "Посещения", "S1", "ед."),
            Indicator("VS.ST", "Посещения: стационар", "S1", "ед.", "VS", "part"),
            Indicator("VS.EV", "Массовые мероприятия", "S1", "ед.", "VS", "of_which"),
            Indicator("VS.MO", "Посещения: вне стен", "S1", "ед.", "VS", "part"),
            Indicator("DEBT", "Задолжники", "S1", "чел.", direction="less"),
            Indicator("TRIP", "Выезды", "S4", "ед.", tolerance_absolute=0, since=4),
        )
    ),
    targets=(
        *(Target(code, "M1", 120) for code in ("VS.ST", "VS.EV", "VS.MO", "DEBT", "TRIP")),
        Target("VS.ST", "M2", 60),
    ),
    activities=(),
)
WHOLE = """
    3 VS.ST план 10 факт 10
    3 VS.EV план 10 факт 10
    3 VS.MO план 10 факт 10
    3 DEBT  план 10 факт 10"""
M2 = submission("M2", "3 VS.ST план 5 факт 5")


def found(
    one: Callable[[Checked], Iterator[Problem]], *forms: Submission, month: int = 3, plan: Plan = PLAN
) -> list[str]:
    assert one in CHECKS
    return lines(tuple(one(Checked(plan, forms, month, Thresholds()))))


def missing(*forms: Submission, month: int = 3, plan: Plan = PLAN) -> list[str]:
    return lines(tuple(checks.forms_missing(plan, forms, month)))


def test_whole_forms_give_no_problem() -> None:
    assert check(Checked(PLAN, (submission("M1", WHOLE), M2), 3, Thresholds())) == ()


def test_a_unit_without_a_form() -> None:
    assert missing(M2) == [
        "Нет формы: Методист 1. За март этих данных в отчёте не будет. Попросите прислать форму. "
        "Если её ещё не выдавали, сделайте: «run-report forms»."
    ]


def test_a_unit_that_reports_only_later_lacks_no_form() -> None:
    later = small_plan(
        units=Units((Unit("M1", "Методист 1", since=4),)), targets=(Target("VS.ST", "M1", 9),), activities=()
    )
    assert missing(plan=later) == []
    assert len(missing(plan=later, month=4)) == 1


def test_a_month_without_actual_figures() -> None:
    assert found(checks.months_incomplete, submission("M1", "3 VS.ST план 10"), M2) == [
        "2013/M1.xlsx · 3: Не заполнен факт за март: Методист 1. Попросите заполнить месяц. "
        "Если ничего не было, пусть поставят нули."
    ]


def test_a_month_filled_in_part_is_one_problem() -> None:
    form = submission("M1", "3 VS.ST план 10 факт 0\n3 DEBT план 10 факт 10")
    assert found(checks.months_incomplete, form, M2) == [
        "2013/M1.xlsx · 3: За март нет факта, показателей: 2 из 4. Это: Массовые мероприятия, Посещения: вне стен. "
        "Попросите дописать. Пустая ячейка значит «не сообщено», ноль — «не было»."
    ]


def test_an_indicator_is_expected_only_while_it_is_in_force() -> None:
    april = WHOLE.replace("3 ", "4 ")
    (line,) = found(checks.months_incomplete, submission("M1", april), submission("M2", "4 VS.ST факт 1"), month=4)
    assert "За апрель нет факта, показателей: 1 из 5. Это: Выезды." in line


def test_what_is_blank_is_named_as_the_forms_rows_are_and_the_rest_counted() -> None:
    indicators = tuple(
        Indicator(f"X{number}", f"Показатель {number}, полностью", "S1", "ед.", short_title=f"П{number}")
        for number in range(1, 16)
    )
    plan = small_plan(
        units=Units((Unit("M1", "Методист 1"),)),
        indicators=Indicators(indicators),
        targets=tuple(Target(one.code, "M1", 12) for one in indicators),
        activities=(),
    )
    (line,) = found(checks.months_incomplete, submission("M1", "3 X1 факт 1"), plan=plan)
    named = "; ".join(f"Показатель {number}, полностью" for number in range(2, 14))
    assert f"За март нет факта, показателей: 14 из 15. Это: {named} и ещё 2. Попросите" in line


def test_a_parent_that_its_parts_do_not_make() -> None:
    form = submission("M1", f"{WHOLE}\n3 VS план 20 факт 21")
    assert found(checks.parts_disagree, form) == [
        "2013/M1.xlsx · 3 · G5: «Посещения»: введено 21, а части дают 20. Исправьте итог или части."
    ]


def test_a_parent_beside_a_blank_part_is_not_compared() -> None:
    assert found(checks.parts_disagree, submission("M1", "3 VS факт 21\n3 VS.ST факт 10")) == []


def test_decimals_that_add_up_are_equal() -> None:
    form = submission("M1", "3 VS факт 0.3\n3 VS.ST факт 0.1\n3 VS.MO факт 0.2")
    assert found(checks.parts_disagree, form) == []


def test_a_part_greater_than_the_whole_that_the_parts_make() -> None:
    form = submission("M1", WHOLE.replace("VS.EV план 10 факт 10", "VS.EV план 10 факт 21"))
    assert found(checks.of_which_exceeds, form) == [
        "2013/M1.xlsx · 3 · G2: «Массовые мероприятия»: 21 — больше, чем «Посещения» (20), хотя это «из них». "
        "Проверьте обе цифры: часть не может быть больше целого."
    ]


@pytest.mark.parametrize("text", ["3 VS.EV факт 21\n3 VS.ST факт 10", "3 VS.EV факт 21\n4 VS факт 10"])
def test_a_whole_that_is_not_known_for_the_month_is_not_compared(text: str) -> None:
    assert found(checks.of_which_exceeds, submission("M1", text)) == []


def test_a_deviation_without_a_cause() -> None:
    form = submission("M1", WHOLE.replace("MO план 10 факт 10", "MO план 10 факт 8"))
    assert found(checks.causes_missing, form) == [
        "2013/M1.xlsx · 3 · G3: «Посещения: вне стен»: план 10, факт 8, причина отклонения не указана. "
        "Выберите причину из списка в той же строке."
    ]


@pytest.mark.parametrize(
    ("figures", "needed"),
    [
        ("VS.ST план 10 факт 9", False),  # one unit is no deviation, whatever its percent
        ("VS.ST план 0 факт 5", True),
        ("DEBT план 10 факт 8", False),
        ("DEBT план 10 факт 7", True),  # 130 % where less is better: above the plan
        ("DEBT план 10 факт 13", True),
    ],
)
def test_a_cause_is_needed_where_the_status_says_so(figures: str, needed: bool) -> None:
    assert bool(found(checks.causes_missing, submission("M1", f"3 {figures}"))) == needed


def test_a_cause_once_given_is_enough_and_other_months_are_not_asked_for() -> None:
    text = "3 VS.MO план 10 факт 2\n2 VS.MO план 10 факт 2"
    assert found(checks.causes_missing, submission("M1", text, causes="3 VS.MO Отпуск")) == []


def test_an_actual_without_a_plan() -> None:
    form = submission("M1", "2 VS.ST факт 7\n4 VS.ST факт 7")
    assert found(checks.actual_without_planned, form) == [
        "2013/M1.xlsx · 2 · G1: «Посещения: стационар»: факт 7 есть, а плана на месяц нет. "
        "Впишите план месяца; если ничего не планировали, ноль."
    ]


def test_a_month_filled_ahead() -> None:
    form = submission("M1", "3 VS.ST факт 7\n4 VS.ST факт 7\n4 DEBT факт 1\n5 VS.ST план 7")
    assert found(checks.months_ahead, form) == [
        "2013/M1.xlsx · 4 · G2: Факт внесён за апрель — месяц после отчётного. Показателей: 2. "
        "Проверьте, тот ли это лист. В этот отчёт они не входят."
    ]
