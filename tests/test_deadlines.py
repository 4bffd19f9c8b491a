"""Deadlines as plans write them: each phrase beside its dates in 2013, for a person to check."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.domain.deadline_date_rows import DATES
from pipeline.domain.deadline_grammar import CLASSES, Row, readings
from pipeline.domain.deadline_rhythm_rows import DEADLINES, RHYTHMS
from pipeline.domain.deadline_tokens import DASHES, tokens_of
from pipeline.domain.deadline_values import in_order, rhythm_deadline
from pipeline.domain.deadline_words import BY_PHRASE, PHRASES, WORDS, all_words, declined_forms
from pipeline.domain.deadlines import EXAMPLES, GRAMMAR, LAST, Deadline, Due, Every, Rhythm, read_deadline
from pipeline.domain.periods import PlanYear
from tests.deadline_text import deadline_text

Language = Literal["ru", "en"]

# 1 January 2013 was a Tuesday, 28 February the last day of its month.
YEAR = 2013


def shown(deadline: Deadline | None) -> str:
    """The occurrences as «20.03» and «01.02-28.02»; the kind where there is none."""
    if deadline is None:
        return "unreadable"
    return " ".join(_day_or_period(due) for due in deadline.occurrences) or deadline.kind


def _day_or_period(due: Due) -> str:
    days = [f"{day:%d.%m}" for day in (due.start, due.end)]
    return days[0] if days[0] == days[1] else "-".join(days)


def _rhythm(deadline: Deadline | None) -> Rhythm:
    assert deadline is not None
    assert deadline.rhythm is not None
    return deadline.rhythm


# The dates.

MONTHS = (
    "01.01-31.01 01.02-28.02 01.03-31.03 01.04-30.04 01.05-31.05 01.06-30.06 "
    "01.07-31.07 01.08-31.08 01.09-30.09 01.10-31.10 01.11-30.11 01.12-31.12"
)
QUARTERS = "01.01-31.03 01.04-30.06 01.07-30.09 01.10-31.12"
HALVES = "01.01-30.06 01.07-31.12"
WHOLE = "01.01-31.12"
MONDAYS = [date(YEAR, 1, 7) + timedelta(weeks=number) for number in range(51)]
FULL_WEEKS = " ".join(f"{monday:%d.%m}-{monday + timedelta(6):%d.%m}" for monday in MONDAYS)
WEEKS = f"01.01-06.01 {FULL_WEEKS} 30.12-31.12"
BY_THE_5TH = " ".join(f"01.{month:02}-05.{month:02}" for month in range(1, 13))
BY_THE_10TH_AFTER = "01.01-10.01 01.04-10.04 01.07-10.07 01.10-10.10"
THIRD_DECADES = MONTHS.replace("01.", "21.", 1).replace(" 01.", " 21.")
FIRST_MONDAYS = "07.01 04.02 04.03 01.04 06.05 03.06 01.07 05.08 02.09 07.10 04.11 02.12"
LAST_FRIDAYS = "25.01 22.02 29.03 26.04 31.05 28.06 26.07 30.08 27.09 25.10 29.11 27.12"

DATED = [
    # days
    ("20 марта", "20.03"),
    ("20-е марта", "20.03"),
    ("20 мар.", "20.03"),
    ("20 марта 2013 г.", "20.03"),
    ("20 марта 2013 года", "20.03"),
    ("20 марта с.г.", "20.03"),
    ("25 декабря текущего года", "25.12"),
    ("01.03", "01.03"),
    ("12.02.2013", "12.02"),
    ("12.02.13", "12.02"),
    ("2013-05-15", "15.05"),
    ("2013-05-15 00:00:00", "15.05"),
    ("20 March", "20.03"),
    ("March 20", "20.03"),
    ("March 20th, 2013", "20.03"),
    ("on the 1st of September", "01.09"),
    ("последняя пятница марта", "29.03"),
    ("2-я среда октября", "09.10"),
    ("the last Sunday of November", "24.11"),
    # ranges of days
    ("12-13 февраля", "12.02-13.02"),
    ("12–13.02", "12.02-13.02"),
    ("12.02-13.02", "12.02-13.02"),
    ("12 – 13 февраля 2013 г.", "12.02-13.02"),
    ("с 1 по 15 июня", "01.06-15.06"),
    ("с 1 до 15 июня", "01.06-15.06"),
    ("в период с 1 по 15 июня", "01.06-15.06"),
    ("с 28 февраля по 3 марта", "28.02-03.03"),
    ("28 января – 3 февраля", "28.01-03.02"),
    ("12–13 February", "12.02-13.02"),
    ("February 12–13, 2013", "12.02-13.02"),
    ("from 1 to 15 June", "01.06-15.06"),
    # months and their parts
    ("Май", "01.05-31.05"),
    ("в марте", "01.03-31.03"),
    ("март месяц", "01.03-31.03"),
    ("в течение сентября", "01.09-30.09"),
    ("дек.", "01.12-31.12"),
    ("Январь-март", "01.01-31.03"),
    ("с сентября по ноябрь", "01.09-30.11"),
    ("начало мая", "01.05-10.05"),
    ("середина мая", "11.05-20.05"),
    ("в конце мая", "21.05-31.05"),
    ("вторая декада мая", "11.05-20.05"),
    ("третья декада февраля", "21.02-28.02"),
    ("I-я декада марта", "01.03-10.03"),
    ("май, 2 декада", "11.05-20.05"),
    ("май (2-я декада)", "11.05-20.05"),
    ("май (конец)", "21.05-31.05"),
    ("первая половина мая", "01.05-15.05"),
    ("июнь – начало июля", "01.06-10.07"),
    ("конец мая – начало июня", "21.05-10.06"),
    ("late May", "21.05-31.05"),
    ("mid-May", "11.05-20.05"),
    # parts of the year
    ("1 полугодие", "01.01-30.06"),
    ("1-е полугодие", "01.01-30.06"),
    ("I-е полугодие", "01.01-30.06"),
    ("первое полугодие", "01.01-30.06"),
    ("во II полугодии", "01.07-31.12"),
    ("2 п/г", "01.07-31.12"),
    ("II квартал", "01.04-30.06"),
    ("II кв. 2013 г.", "01.04-30.06"),
    ("2 кв.", "01.04-30.06"),
    ("2 кварт.", "01.04-30.06"),
    ("II-й квартал", "01.04-30.06"),
    ("II-ой квартал", "01.04-30.06"),
    ("I-II кварталы", "01.01-30.06"),
    ("ІІІ квартал", "01.07-30.09"),
    ("П квартал", "01.04-30.06"),
    ("IУ квартал", "01.10-31.12"),
    ("Ⅲ квартал", "01.07-30.09"),
    ("II–III кварталы", "01.04-30.09"),
    ("Q2", "01.04-30.06"),
    ("2nd quarter", "01.04-30.06"),
    ("first half-year", "01.01-30.06"),
    ("осень", "01.09-30.11"),
    ("в летний период", "01.06-31.08"),
    ("весна – лето", "01.03-31.08"),
    ("в течение года", WHOLE),
    ("в течении всего года", WHOLE),
    ("в течение 2013 года", WHOLE),
    ("2013 год", WHOLE),
    ("ежегодно", WHOLE),
    ("1 раз в год", WHOLE),
    ("throughout the year", WHOLE),
    # by a day
    ("до 15 мая", "01.01-15.05"),
    ("не позднее 15 мая", "01.01-15.05"),
    ("к 1 сентября", "01.01-01.09"),
    ("до 01.07", "01.01-01.07"),
    ("до 15 мая включительно", "01.01-15.05"),
    ("в срок до 15 мая", "01.01-15.05"),
    ("до конца июня", "01.01-30.06"),
    ("к концу мая", "01.01-31.05"),
    ("не позднее мая", "01.01-31.05"),
    ("до конца III квартала", "01.01-30.09"),
    ("до конца года", WHOLE),
    ("с 1 сентября до конца года", "01.09-31.12"),
    ("by 15 May", "01.01-15.05"),
    ("by the end of May", "01.01-31.05"),
    ("no later than 1 July", "01.01-01.07"),
    # lists
    ("28 января; февраль", "28.01 01.02-28.02"),
    ("31 августа; ноябрь", "31.08 01.11-30.11"),
    ("ноябрь; 31 августа", "31.08 01.11-30.11"),
    ("26 апреля; 23 мая", "26.04 23.05"),
    ("26 апреля / 23 мая", "26.04 23.05"),
    ("26 апреля\n23 мая", "26.04 23.05"),
    ("26 апреля,\r\n23 мая;", "26.04 23.05"),
    ("март, сентябрь", "01.03-31.03 01.09-30.09"),
    ("в марте и сентябре", "01.03-31.03 01.09-30.09"),
    ("12 и 20 марта", "12.03 20.03"),
    ("12, 14-15 и 20 марта", "12.03 14.03-15.03 20.03"),
    ("12, 20.03", "12.03 20.03"),
    ("20.03, 28.01", "28.01 20.03"),
    ("20 марта; 11.10", "20.03 11.10"),
    ("I, III кварталы", "01.01-31.03 01.07-30.09"),
    ("первая и третья декада мая", "01.05-10.05 21.05-31.05"),
    ("первая и третья среда мая", "01.05 15.05"),
    ("до 15 мая и 15 октября", "01.01-15.05 01.01-15.10"),
    ("до 15 мая; 15 октября", "01.01-15.05 15.10"),
    ("20 мая, до 15 мая", "01.01-15.05 20.05"),
    # A month alone in the genitive has lost its day, any other is the whole month.
    ("25 марта, июня, сентября", "25.03 25.06 25.09"),
    ("25 марта и июня", "25.03 25.06"),
    ("20 апреля; октября", "20.04 20.10"),
    ("1-5 марта, июня", "01.03-05.03 01.06-05.06"),
    ("с 1 по 10 марта, июня", "01.03-10.03 01.06-10.06"),
    ("25 марта, июня месяца", "25.03 25.06"),
    ("10 и 20 марта, апреля, мая", "10.03 20.03 10.04 20.04 10.05 20.05"),
    ("5 февраля, 10 и 20 марта, мая", "05.02 10.03 20.03 10.05 20.05"),
    ("25 марта 2013 г., июня 2013 г.", "25.03 25.06"),
    ("ежеквартально: 15 марта, июня, сентября, декабря", "15.03 15.06 15.09 15.12"),
    ("2 раза в год (15 июня, декабря)", "15.06 15.12"),
    ("28 января, февраль", "28.01 01.02-28.02"),
    ("25 марта, в июне", "25.03 01.06-30.06"),
    ("марта, июня", "01.03-31.03 01.06-30.06"),
    ("March 12, June", "12.03 01.06-30.06"),
    ("28 January; February", "28.01 01.02-28.02"),
    ("March, September", "01.03-31.03 01.09-30.09"),
    ("March 12 and 20, 2013", "12.03 20.03"),
    ("2 раза в год (март, сентябрь)", "01.03-31.03 01.09-30.09"),
    ("2 раза в год: апрель, 15 октября", "01.04-30.04 15.10"),
    ("ежегодно в марте", "01.03-31.03"),
    ("Ежеквартально (март, июнь, сентябрь, декабрь)", "01.03-31.03 01.06-30.06 01.09-30.09 01.12-31.12"),
    (
        "ежеквартально, до 20 марта, 20 июня, 20 сентября и 20 декабря",
        "01.01-20.03 01.04-20.06 01.07-20.09 01.10-20.12",
    ),
    # a line that is only wrapped
    ("12-13\nфевраля", "12.02-13.02"),
    ("до\n15 мая", "01.01-15.05"),
    ("март\n2013 г.", "01.03-31.03"),
    # a word broken at the line's end
    ("в тече-\nние года", WHOLE),
    ("28 янва-\r\nря\nфевраль", "28.01 01.02-28.02"),
    ("I-\nII квартал", "01.01-30.06"),
]


@pytest.mark.parametrize(("text", "dates"), DATED)
def test_dated(text: str, dates: str) -> None:
    deadline = read_deadline(text, YEAR)
    assert shown(deadline) == dates
    assert deadline is not None
    assert (deadline.kind, deadline.rhythm) == ("dated", None)


TWICE_A_WEEK = Rhythm("week", weekdays=(1, 3), months=(2,))
RECURRING = [
    ("Ежемесячно", MONTHS, Rhythm("month")),
    ("каждый месяц", MONTHS, Rhythm("month")),
    ("не реже 1 раза в месяц", MONTHS, Rhythm("month")),
    ("не реже раза в месяц", MONTHS, Rhythm("month")),
    ("ежемесячно, в течение года", MONTHS, Rhythm("month")),
    ("ежемесячно до конца месяца", MONTHS, Rhythm("month")),
    ("monthly", MONTHS, Rhythm("month")),
    ("once a month", MONTHS, Rhythm("month")),
    ("Ежеквартально", QUARTERS, Rhythm("quarter")),
    ("ежекварт.", QUARTERS, Rhythm("quarter")),
    ("1 раз в квартал", QUARTERS, Rhythm("quarter")),
    ("ежеквартально, в конце квартала", QUARTERS, Rhythm("quarter")),
    ("ежеквартально, до 31 марта, 30 июня, 30 сентября, 31 декабря", QUARTERS, Rhythm("quarter")),
    ("quarterly", QUARTERS, Rhythm("quarter")),
    ("раз в полугодие", HALVES, Rhythm("half_year")),
    ("раз в полгода", HALVES, Rhythm("half_year")),
    ("half-yearly", HALVES, Rhythm("half_year")),
    ("раз в 4 месяца", "01.01-30.04 01.05-31.08 01.09-31.12", Rhythm("four_months")),
    ("не позднее 5 числа ежемесячно", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("ежемесячно до 5 числа", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("до 5-го числа каждого месяца", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("Ежемесячно\nдо 5 числа", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("до 5 числа месяца, следующего за отчётным", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("до 5-го числа следующего месяца", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("ежемесячно, до 5 числа текущего месяца", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("ежемесячно, до 5 числа следующего за отчётным месяца", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("ежемесячно, до 5 числа месяца, следующего за отчётным периодом", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("monthly, by the 5th", BY_THE_5TH, Rhythm("month", days=((1, 5),))),
    ("ежемес., 3 декада", THIRD_DECADES, Rhythm("month", days=((21, 31),))),
    ("третья декада месяца", THIRD_DECADES, Rhythm("month", days=((21, 31),))),
    (
        "до 10 числа месяца, следующего за отчётным кварталом",
        BY_THE_10TH_AFTER,
        Rhythm("quarter", days=((1, 10),)),
    ),
    (
        "ежеквартально, до 10 числа следующего за отчётным месяца",
        BY_THE_10TH_AFTER,
        Rhythm("quarter", days=((1, 10),)),
    ),
    (
        "ежеквартально, до 10 числа месяца, следующего за отчётным периодом",
        BY_THE_10TH_AFTER,
        Rhythm("quarter", days=((1, 10),)),
    ),
    ("каждый первый понедельник месяца", FIRST_MONDAYS, Rhythm("month", weekdays=(0,), weeks=(1,))),
    ("последняя пятница месяца", LAST_FRIDAYS, Rhythm("month", weekdays=(4,), weeks=(LAST,))),
    ("last Friday of the month", LAST_FRIDAYS, Rhythm("month", weekdays=(4,), weeks=(LAST,))),
    (
        "ежемесячно, с мая по июль",
        "01.05-31.05 01.06-30.06 01.07-31.07",
        Rhythm("month", months=(5, 6, 7)),
    ),
    (
        "ежемесячно (январь-май, сентябрь-декабрь)",
        " ".join(MONTHS.split()[:5] + MONTHS.split()[8:]),
        Rhythm("month", months=(1, 2, 3, 4, 5, 9, 10, 11, 12)),
    ),
    (
        "ежемесячно 15 числа, кроме лета и октября–декабря",
        "15.01 15.02 15.03 15.04 15.05 15.09",
        Rhythm("month", days=((15, 15),), months=(1, 2, 3, 4, 5, 9)),
    ),
    ("2 раза в неделю, вт. и чт., февраль", "05.02 07.02 12.02 14.02 19.02 21.02 26.02 28.02", TWICE_A_WEEK),
    ("по вторникам в феврале", "05.02 12.02 19.02 26.02", Rhythm("week", weekdays=(1,), months=(2,))),
    (
        "еженедельно, февраль",
        "01.02-03.02 04.02-10.02 11.02-17.02 18.02-24.02 25.02-28.02",
        Rhythm("week", months=(2,)),
    ),
]


@pytest.mark.parametrize(("text", "dates", "rhythm"), RECURRING)
def test_recurring(text: str, dates: str, rhythm: Rhythm) -> None:
    deadline = read_deadline(text, YEAR)
    assert shown(deadline) == dates
    assert deadline is not None
    assert (deadline.kind, deadline.rhythm) == ("recurring", rhythm)


def test_by_a_day_that_the_shortest_month_lacks() -> None:
    assert shown(read_deadline("ежемесячно до 30 числа", YEAR)).split()[1] == "01.02-28.02"
    assert shown(read_deadline("ежемесячно в последний день месяца", YEAR)).split()[:2] == ["31.01", "28.02"]


@pytest.mark.parametrize("text", ["Еженедельно", "еженед.", "каждую неделю", "1 раз в неделю", "weekly"])
def test_weeks_run_from_monday_and_are_cut_at_the_ends_of_the_year(text: str) -> None:
    deadline = read_deadline(text, YEAR)
    assert shown(deadline) == WEEKS
    assert _rhythm(deadline) == Rhythm("week")


TUESDAYS = ["еженедельно по вторникам", "по вторникам", "каждый вторник", "еженедельно, вт.", "on Tuesdays"]


@pytest.mark.parametrize("text", TUESDAYS)
def test_each_tuesday(text: str) -> None:
    deadline = read_deadline(text, YEAR)
    assert _rhythm(deadline) == Rhythm("week", weekdays=(1,))
    tuesdays = shown(deadline).split()
    assert (tuesdays[:2], tuesdays[-1], len(tuesdays)) == (["01.01", "08.01"], "31.12", 53)


TIMES = [
    ("2 раза в год", [WHOLE] * 2),
    ("дважды в год", [WHOLE] * 2),
    ("два раза в год", [WHOLE] * 2),
    ("2 раза в 2013 году", [WHOLE] * 2),
    ("не реже двух раз в год", [WHOLE] * 2),
    ("twice a year", [WHOLE] * 2),
    ("4 раза в год", [WHOLE] * 4),
    ("4 раза в течение года", [WHOLE] * 4),
    ("не реже 4-х раз в год", [WHOLE] * 4),
    ("2 раза в квартал", [quarter for quarter in QUARTERS.split() for _ in range(2)]),
    ("2 раза в месяц", [month for month in MONTHS.split() for _ in range(2)]),
    ("3 times per half-year", [half for half in HALVES.split() for _ in range(3)]),
]


@pytest.mark.parametrize(("text", "dates"), TIMES)
def test_times(text: str, dates: list[str]) -> None:
    deadline = read_deadline(text, YEAR)
    assert shown(deadline).split() == dates
    assert deadline is not None
    assert deadline.kind == "times"


UNDATED = [
    ("Постоянно", "standing"),
    ("постоянно, в течение года", "standing"),
    ("ежедневно", "standing"),
    ("ongoing", "standing"),
    ("По мере необходимости", "as_needed"),
    ("По мере\nнеобходимости", "as_needed"),
    ("при необходимости", "as_needed"),
    ("по запросам", "as_needed"),
    ("по мере поступления литературы", "as_needed"),
    ("по мере поступления документов", "as_needed"),
    ("as needed", "as_needed"),
    ("По графику", "by_schedule"),
    ("(по отдельному графику)", "by_schedule"),
    ("в соответствии с утверждённым планом", "by_schedule"),
    ("по плану работы", "by_schedule"),
    ("в течение года по графику", "by_schedule"),
    ("on schedule", "by_schedule"),
]


@pytest.mark.parametrize(("text", "kind"), UNDATED)
def test_undated(text: str, kind: str) -> None:
    assert shown(read_deadline(text, YEAR)) == kind


UNREADABLE = [
    # impossible
    "31 июня",
    "31.06",
    "29 февраля",
    "12.13",
    "0 мая",
    "5 квартал",
    "3 полугодие",
    "15-12 февраля",
    "декабрь – январь",
    "с 15 мая по 1 мая",
    "5-я пятница месяца",
    "30 числа каждого месяца",
    "0 раз в год",
    # another year
    "20 марта 2012 г.",
    "12.02.2014",
    "2012-05-15",
    "в течение 2014 года",
    "28 декабря 2012 – 10 января 2013",
    # would have to be guessed
    "каникулы",
    "зима",
    "до мая",
    "by May",
    "с 15 мая",
    "after 15 May",
    "в конце года",
    "вторник",
    "последняя пятница",
    "каждая вторая среда",
    "до 5 числа",
    "до конца месяца",
    "ежемесячно, 2",
    "ежемесячно до 5",
    "до 2 раз в месяц",
    "раза в год",
    "раз в месяца",
    "2-я октября",
    "3 раза в неделю по вторникам и четвергам",
    "лето – II квартал",
    "с марта до 15 марта",
    "1.5",
    "6-15",
    "12/03",
    "начало марта, сентябрь",
    "в течение марта и апреля",
    "до 15 мая и октября",
    "до 15 мая; октября",
    "конец марта; июня",
    "I–II декада мая, июня",
    "25 марта, июнь, сентября",
    "30 января, февраля",
    "25 марта, марта",
    "25 мар., июн.",
    "25 March, June",
    "июнь, декабрь, 2 декада",
    "до 10 числа месяца, следующего за отчётным периодом",
    "до 25 числа текущего месяца",
    "ежемесячно, январь, январь-май",
    "4-й раз в год",
    "II-\nI квартал",
    "12 и 20 марта – 3 апреля",
    "I, II квартал – ноябрь",
    "раз в 2 недели",
    "20 марта, 11.10",
    # words left over
    "20 марта в 14 часов",
    "20 марта (среда)",
    "около 20 марта",
    "март или апрель",
    "ежемесячно, кроме понедельника",
    "до 1 марта года, следующего за отчётным",
    "постоянно, ежемесячно",
    "2 раза в год (март)",
    "2 раза в год (март, март)",
    "март, март",
    "2013, март",
    "ежеквартально (январь, февраль, март, апрель)",
    "Май!",
    "20 марта²",
    "2² марта",
    "март и",
    "; март",
    "- март",
    "март (апрель) май",
    "20",
    "-",
    ".",
    "",
    " \n ",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_unreadable(text: str) -> None:
    assert shown(read_deadline(text, YEAR)) == "unreadable"


def test_leap_year() -> None:
    assert shown(read_deadline("29 февраля", 2024)) == "29.02"
    assert shown(read_deadline("конец февраля", 2024)) == "21.02-29.02"


# The reference plan.

# The 70 deadlines of the department's plan for 2013, in its order.
PLAN_2013 = [
    ("Ежемесячно", MONTHS),
    ("Постоянно", "standing"),
    ("20 марта", "20.03"),
    ("28 января; февраль", "28.01 01.02-28.02"),
    ("Май", "01.05-31.05"),
    ("31 августа; ноябрь", "31.08 01.11-30.11"),
    ("10 сентября; октябрь", "10.09 01.10-31.10"),
    ("26 апреля; 23 мая", "26.04 23.05"),
    ("18 февраля; 17 декабря", "18.02 17.12"),
    ("5 марта", "05.03"),
    ("28 января", "28.01"),
    ("30 апреля", "30.04"),
    ("15 мая", "15.05"),
    ("30 мая", "30.05"),
    ("10 июня", "10.06"),
    ("30 октября", "30.10"),
    ("27 июля", "27.07"),
    ("31 августа", "31.08"),
    ("10 сентября", "10.09"),
    ("25 сентября", "25.09"),
    ("25 июля", "25.07"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("По графику", "by_schedule"),
    ("Январь-март", "01.01-31.03"),
    ("Ежеквартально", QUARTERS),
    ("2 раза в год", f"{WHOLE} {WHOLE}"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("12-13 февраля", "12.02-13.02"),
    ("24-25 октября", "24.10-25.10"),
    ("10-11 декабря", "10.12-11.12"),
    ("16-17 апреля", "16.04-17.04"),
    ("19-20 ноября", "19.11-20.11"),
    ("7 февраля; 17 октября", "07.02 17.10"),
    ("21 февраля; 16 мая", "21.02 16.05"),
    ("14 марта; 6 ноября", "14.03 06.11"),
    ("28 марта; 26 сентября", "28.03 26.09"),
    ("20 марта", "20.03"),
    ("22 января", "22.01"),
    ("17 декабря", "17.12"),
    ("26 марта", "26.03"),
    ("23 апреля", "23.04"),
    ("29 апреля", "29.04"),
    ("20 августа", "20.08"),
    ("4 сентября", "04.09"),
    ("26 ноября", "26.11"),
    ("Еженедельно", WEEKS),
    ("Постоянно", "standing"),
    ("По мере необходимости", "as_needed"),
    ("Постоянно", "standing"),
    ("Ежеквартально", QUARTERS),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Ежемесячно", MONTHS),
    ("Ежемесячно", MONTHS),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Постоянно", "standing"),
    ("Ежемесячно", MONTHS),
]


def test_the_plan_has_70_deadlines() -> None:
    assert len(PLAN_2013) == 70


@pytest.mark.parametrize(("text", "dates"), dict.fromkeys(PLAN_2013))
def test_deadlines_of_the_reference_plan(text: str, dates: str) -> None:
    assert shown(read_deadline(text, YEAR)) == dates


# The tables.


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_can_be_read(text: str) -> None:
    assert read_deadline(text, YEAR) is not None


ROWS = [(part, row) for part, rows in GRAMMAR.items() for row in rows]


@pytest.mark.parametrize(("part", "row"), ROWS, ids=[f"{part}: {row.pattern}" for part, row in ROWS])
def test_the_example_of_each_row_is_read_by_that_row(part: str, row: Row) -> None:
    tokens = tokens_of(row.example, PlanYear(YEAR))
    assert tokens is not None
    first, _ = next(readings(GRAMMAR, part, tokens, PlanYear(YEAR)))
    assert first == row


def test_parts_of_the_grammar_are_named_once() -> None:
    assert len(GRAMMAR) == len(DATES) + len(RHYTHMS) + len(DEADLINES)


def test_every_pattern_names_known_kinds() -> None:
    from_figures_and_marks = {"num", "nth", "rank", "roman", "plan_year", "-", "open", "semi", "sep"}
    from_words = {word.kind for word in (*WORDS.values(), *BY_PHRASE.values())}
    kinds = from_words | from_figures_and_marks | set(CLASSES) | set(GRAMMAR)
    named = {name for _, row in ROWS for part in row.pattern.split() for name in part.rstrip("?+").split("|")}
    assert named - kinds == set()


def test_no_word_means_two_things() -> None:
    spellings = list(all_words())
    assert len(spellings) == len(WORDS)
    assert len(BY_PHRASE) == sum(map(len, PHRASES.values()))


def test_every_case_of_a_month_is_read() -> None:
    for form in declined_forms("сентябр", "ь я ю ем е"):
        assert shown(read_deadline(form, YEAR)) == "01.09-30.09"


# Properties.

GENITIVE = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
DAYS_2013 = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
LANGUAGES: tuple[Language, ...] = ("ru", "en")


def _said(day: date) -> str:
    return f"{day.day} {GENITIVE[day.month - 1]}"


def _due(days: tuple[date, date]) -> Due:
    return Due(min(days), max(days))


def _span(days: tuple[int, int]) -> tuple[int, int]:
    return days[0], max(days)


DUES = st.one_of(DAYS_2013.map(lambda day: Due(day, day)), st.tuples(DAYS_2013, DAYS_2013).map(_due))
SOME_MONTHS = st.sets(st.integers(1, 12), min_size=2, max_size=11).map(lambda months: tuple(sorted(months)))
MONTHS_OR_ALL = st.one_of(st.just(()), SOME_MONTHS)


FIRST_DAYS = st.integers(1, 28)
LAST_DAYS = st.integers(1, 30)
LONG: list[Every] = ["two_months", "quarter", "four_months", "half_year", "year", "day"]


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """Any rhythm that can be said."""
    shapes = ["plain", "long", "times", "weekdays", "nth", "by", "days", "last", "after"]
    shape = draw(st.sampled_from(shapes))
    months = draw(MONTHS_OR_ALL)
    short: Every = draw(st.sampled_from(["week", "month"]))
    match shape:
        case "plain":
            return Rhythm(short, months=months)
        case "long":
            return Rhythm(draw(st.sampled_from(LONG)))
        case "times":
            every: Every = draw(st.sampled_from(["week", "month", "quarter", "half_year", "year"]))
            times = draw(st.integers(2, 99))
            return Rhythm(every, times, months=months if every in ("week", "month") else ())
        case "weekdays":
            weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
            return Rhythm("week", weekdays=tuple(sorted(weekdays)), months=months)
        case "nth":
            weeks = tuple(sorted(draw(st.sets(st.integers(1, 4))))) or (LAST,)
            return Rhythm("month", weekdays=(draw(st.integers(0, 6)),), weeks=weeks, months=months)
        case "by":
            return Rhythm("month", days=((1, draw(st.integers(1, 30))),), months=months)
        case "days":
            days = draw(st.sets(st.tuples(FIRST_DAYS, LAST_DAYS).map(_span), min_size=1, max_size=4))
            return Rhythm("month", days=tuple(sorted(days)), months=months)
        case "last":
            return Rhythm("month", days=((LAST, LAST),), months=months)
    after = draw(st.one_of(st.just((LAST, LAST)), LAST_DAYS.map(lambda day: (1, day)), st.just((15, 15))))
    return Rhythm("quarter", days=(after,))


@given(st.sets(DUES, min_size=1, max_size=6), st.sampled_from(LANGUAGES))
def test_dates_said_are_read_back(dues: set[Due], language: Language) -> None:
    deadline = Deadline("dated", in_order(tuple(dues)))
    assert read_deadline(deadline_text(deadline, language), YEAR) == deadline


@given(rhythms(), st.integers(2000, 2060), st.sampled_from(LANGUAGES))
def test_rhythms_said_are_read_back(rhythm: Rhythm, year: int, language: Language) -> None:
    deadline = rhythm_deadline(rhythm, PlanYear(year))
    assert read_deadline(deadline_text(deadline, language), year) == deadline


# Pieces of deadlines in no order: most are garbage, some can be read.
PIECES = st.sampled_from(
    [
        *WORDS,
        *map(" ".join, BY_PHRASE),
        *["-", "–", ",", ";", "/", ":", "(", ")", "\n", "1", "2", "5", "12", "31", "I", "II", "Ⅲ", "Q3"],
        *["5-го", "2nd", "2013", "2012", "12.02", "01.03.2013", "2013-05-15", "с.г.", "п/г", "и"],
    ]
)
READABLE = [str(text) for text, *_ in (*DATED, *RECURRING, *TIMES, *UNDATED)]


def _check(text: str) -> None:
    """Whatever is read lies within the year, is in order, and is read back as said."""
    deadline = read_deadline(text, YEAR)
    if deadline is None:
        return
    assert all(date(YEAR, 1, 1) <= due.start <= due.end <= date(YEAR, 12, 31) for due in deadline.occurrences)
    assert all(one.end <= other.end for one, other in pairwise(deadline.occurrences))
    for language in LANGUAGES:
        assert read_deadline(deadline_text(deadline, language), YEAR) == deadline


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_pieces_in_any_order_never_raise(text: str) -> None:
    _check(text)


@given(st.sampled_from(READABLE), PIECES, st.sampled_from(READABLE))
def test_two_deadlines_joined_by_anything_never_raise(one: str, joint: str, other: str) -> None:
    _check(f"{one} {joint} {other}")


@given(st.text())
def test_garbage_never_raises(text: str) -> None:
    _check(text)


ENDLESS = [
    *("март, " * 5000, "1, " * 5000 + "марта", "ежемесячно, " + "1 и " * 5000, "I-" * 5000),
    *("1, " * 5000 + "1 марта" + ", июня" * 5000, "тече-" + "\n" * 30000),
]


@pytest.mark.parametrize("text", ENDLESS, ids=range(len(ENDLESS)))
def test_endless_text_never_raises(text: str) -> None:
    assert read_deadline(text, YEAR) is None


@pytest.mark.parametrize("text", READABLE)
def test_whatever_can_be_read_can_be_said_and_read_back(text: str) -> None:
    assert read_deadline(text, YEAR) is not None
    _check(text)


RANGES = ["{} – {}", "с {} по {}", "{}-{}", "с {} до {}", "from {} to {}"]


@given(DAYS_2013, DAYS_2013, st.sampled_from(RANGES))
def test_a_range_holds_the_days_between(first: date, last: date, pattern: str) -> None:
    assume(first <= last)
    deadline = read_deadline(pattern.format(_said(first), _said(last)), YEAR)
    assert deadline == Deadline("dated", (Due(first, last),))


@given(st.integers(1, 28), st.sampled_from(GENITIVE), st.sampled_from(GENITIVE), st.sampled_from([", ", " и ", "; "]))
def test_a_month_in_the_genitive_repeats_the_day(day: int, one: str, other: str, joint: str) -> None:
    assume(one != other)
    assert read_deadline(f"{day} {one}{joint}{other}", YEAR) == read_deadline(f"{day} {one}; {day} {other}", YEAR)


@given(DAYS_2013, st.sampled_from(["начало", "середина", "конец"]))
def test_a_part_of_a_month_lies_in_its_month(day: date, part: str) -> None:
    deadline = read_deadline(f"{part} {GENITIVE[day.month - 1]}", YEAR)
    assert deadline is not None
    (due,) = deadline.occurrences
    assert {due.start.month, due.end.month} == {day.month}
    assert due.end - due.start <= timedelta(10)


@given(st.lists(st.sampled_from(GENITIVE), min_size=1, max_size=12, unique=True), st.randoms())
def test_order_of_a_list_does_not_matter(items: list[str], random: Random) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert read_deadline("; ".join(items), YEAR) == read_deadline("; ".join(shuffled), YEAR)


SPACES = [" ", "  ", "\u00a0", "\u202f", "\u2009", "\t"]
CASES: list[Callable[[str], str]] = [str.upper, str.lower, str.title, str.swapcase]
# Not those whose hyphens («2013-05-15») or line breaks have a meaning.
ONE_LINE = [text for text in READABLE if "\n" not in text and "-05-" not in text]


@given(
    st.sampled_from(ONE_LINE),
    st.sampled_from(CASES),
    st.sampled_from([*DASHES, "-"]),
    st.sampled_from(["", " ", "  ", "\u00a0"]),
    st.sampled_from(SPACES),
)
def test_case_dashes_and_spaces_do_not_matter(
    text: str, case: Callable[[str], str], dash: str, around: str, space: str
) -> None:
    joined = case(text).replace(" – ", "-").replace("–", "-").replace("-", f"{around}{dash}{around}")
    assert read_deadline(joined.replace(" ", space), YEAR) == read_deadline(text, YEAR)


@given(st.sampled_from(READABLE))
def test_yo_does_not_matter(text: str) -> None:
    assert read_deadline(text.replace("ё", "е"), YEAR) == read_deadline(text, YEAR)


# Saying.


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("20.03", "20 марта", "20 March"),
        ("Февраль; 28.01", "28 января; февраль", "28 January; February"),
        ("с 12 по 13.02", "12–13 февраля", "12–13 February"),
        ("28.02-03.03", "28 февраля – 3 марта", "28 February – 3 March"),
        ("к 15 мая", "до 15 мая", "by 15 May"),
        ("январь-март", "I квартал", "first quarter"),
        ("2 п/г", "II полугодие", "second half-year"),
        ("апрель – август", "апрель–август", "April–August"),
        ("ежегодно", "в течение года", "throughout the year"),
        ("ежемесячно", "ежемесячно", "monthly"),
        (
            "1 раз в квартал",
            "ежеквартально, до 31 марта, 30 июня, 30 сентября и 31 декабря",
            "quarterly, by 31 March, 30 June, 30 September and 31 December",
        ),
        ("ежемесячно до 5-го", "ежемесячно, до 5 числа", "monthly, by the 5th"),
        ("1, 22 числа ежемесячно", "ежемесячно, 1 и 22 числа", "monthly, on the 1st and the 22nd"),
        ("ежемесячно 20-25 числа", "ежемесячно, с 20 по 25 число", "monthly, from the 20th to the 25th"),
        ("по ср.", "unreadable", "unreadable"),
        ("еженедельно ср., пт.", "еженедельно по средам и пятницам", "weekly on Wednesdays and Fridays"),
        ("2-я среда месяца", "вторая среда каждого месяца", "second Wednesday of each month"),
        ("дважды в месяц", "2 раза в месяц", "2 times a month"),
        ("5 раз в год", "5 раз в год", "5 times a year"),
        ("ежемесячно летом", "ежемесячно, июнь–август", "monthly, June–August"),
        ("ежемесячно, кроме июля", "ежемесячно, кроме июля", "monthly, except July"),
        ("каждый день", "ежедневно", "daily"),
        ("постоянно", "постоянно", "ongoing"),
        ("при необходимости", "по мере необходимости", "as needed"),
        ("по отдельному плану", "по графику", "on schedule"),
    ],
)
def test_said_plainly(text: str, russian: str, english: str) -> None:
    deadline = read_deadline(text, YEAR)
    said = [deadline_text(deadline, language) if deadline else "unreadable" for language in LANGUAGES]
    assert said == [russian, english]
