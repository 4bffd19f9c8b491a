"""Each check of activities: the mark that it objects to, and the message as it is read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.activities import ExtraActivity, Mark, MarkedState
from pipeline.domain.addresses import Address
from pipeline.domain.status import Thresholds
from pipeline.intake import activity_checks as checks
from pipeline.intake.checks import CHECKS, Checked
from pipeline.problems import Problem
from tests.intake import lines, submission
from tests.plans import small_plan

PLACE = Address("2013/M1.xlsx", "Мероприятия", "G9")
DAY = date(2013, 4, 23)
WHERE = "2013/M1.xlsx · Мероприятия · G9: "


def found(one: Callable[[Checked], Iterator[Problem]], *said: Mark | ExtraActivity) -> list[str]:
    assert one in CHECKS
    marks = tuple(each for each in said if isinstance(each, Mark))
    extras = tuple(each for each in said if isinstance(each, ExtraActivity))
    form = replace(submission("M1", ""), marks=marks, extras=extras)
    return lines(tuple(one(Checked(small_plan(), (form,), 9, Thresholds()))))


def mark(state: MarkedState, day: date | None = DAY, result: str = "", activity: str = "A1") -> Mark:
    return Mark("M1", activity, 1, state, day, result, PLACE)


def extra(indicator: str = "", day: date | None = DAY) -> ExtraActivity:
    return ExtraActivity("M1", "Выезд по просьбе", indicator, day, "", PLACE)


@pytest.mark.parametrize("state", ["moved", "cancelled"])
def test_a_moved_or_cancelled_one_without_a_reason(state: MarkedState) -> None:
    assert found(checks.activities_unexplained, mark(state)) == [
        f"{WHERE}Мероприятие A1 перенесено или отменено, а причина не указана. "
        "Напишите причину в той же строке, в столбце «Результат»; для перенесённого укажите новый срок."
    ]
    assert found(checks.activities_unexplained, mark(state, result="Нет транспорта"), mark("done")) == []


def test_done_nobody_knows_when() -> None:
    assert found(checks.activities_undated, mark("done", None)) == [
        f"{WHERE}Мероприятие A1 отмечено выполненным без даты: неизвестно, в срок ли. "
        "Впишите дату выполнения в той же строке."
    ]
    standing = mark("done", None, activity="A5")
    assert found(checks.activities_undated, mark("done"), mark("in_progress", None), standing) == []


def test_beyond_the_plan_without_a_day() -> None:
    assert found(checks.extras_undated, extra(day=None), extra()) == [
        f"{WHERE}Мероприятие сверх плана «Выезд по просьбе» записано без даты. Оно учтено в отчёте за любой месяц. "
        "Впишите дату, когда оно состоялось."
    ]


def test_beyond_the_plan_for_an_unknown_indicator() -> None:
    assert found(checks.extras_unknown, extra("Выезды"), extra("TRIP"), extra()) == [
        f"{WHERE}Мероприятие сверх плана «Выезд по просьбе» отнесено к показателю «Выезды», которого в плане нет. "
        "К показателям оно не отнесено. Выберите показатель из списка в этой ячейке или оставьте её пустой."
    ]
