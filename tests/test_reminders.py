"""What is lacking, and the text that asks for it."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.analysis.consolidate import consolidate
from pipeline.analysis.lacking import lacking_table
from pipeline.analysis.tables import ReportTables
from pipeline.domain.due_days import due_days
from pipeline.domain.periods import PlanYear, parse_period
from pipeline.report.reminders import reminders
from pipeline.words import Words
from tests.report_tables import example_tables
from tests.test_analysis import forms_of, indicator, year

DUE = due_days(PlanYear(2013), 5, "RU")
REST = (
    "Пожалуйста, впишите недостающее и сдайте форму. "
    "Если работы не было, поставьте ноль: пустая ячейка означает «не сообщили»."
)


def test_what_is_lacking_is_told_by_unit_month_and_indicator() -> None:
    plan = year(
        [indicator("X", short_title="Визиты"), indicator("Y"), indicator("Z", until=7)],
        {(unit, code): 12 for unit in "AB" for code in "XYZ"},
    )
    done = {("A", "X"): [1.0] * 9, ("A", "Y"): [1.0] * 7 + [None, 1.0], ("A", "Z"): [1.0] * 7, ("B", "Y"): [0.0] * 7}
    table = lacking_table(consolidate(plan, forms_of(actual=done)), parse_period("2013-Q3"), DUE)
    assert list(table.itertuples(index=False, name=None)) == [
        ("A", "Библиотека А", 8, 2, date(2013, 9, 5), ("Y",)),
        ("B", "Библиотека Б", 7, 3, date(2013, 8, 5), ("X", "Z")),  # as the rows of the form are called
        ("B", "Библиотека Б", 8, 2, date(2013, 9, 5), ()),  # nothing of August: the whole form
        ("B", "Библиотека Б", 9, 2, date(2013, 10, 7), ()),  # the 5th is a Saturday
    ]


def test_december_is_due_in_january() -> None:
    plan = year([indicator("X")], {("C", "X"): 12})
    table = lacking_table(consolidate(plan, forms_of()), parse_period("2013-12"), DUE)
    assert table["due"].tolist() == [date(2014, 1, 9)], "after the holidays"


def test_the_reminders_read_well() -> None:
    said = dict(reminders(example_tables(), Words("ru")))
    assert said == {
        "Методист 3": "Методист 3, здравствуйте! "
        "Напоминаем: за сентябрь 2013 года не заполнен факт по 2\u00a0показателям: "
        "«Постоянные пользователи блога» и «Консультации индивидуальные» (срок сдачи — 7\u00a0октября 2013\u00a0года). "
        + REST,
        "Методист 4": "Методист 4, здравствуйте! Напоминаем: форма за сентябрь 2013 года ещё не заполнена "
        "(срок сдачи — 7\u00a0октября 2013\u00a0года). " + REST,
    }


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1\u00a0показателю:"), (2, "2\u00a0показателям:"), (21, "21\u00a0показателю:")]
)
def test_numbers_and_nouns_agree(number: int, words: str) -> None:
    tables: ReportTables = example_tables()
    names = tuple(f"П{each}" for each in range(number))
    one = tables.lacking.head(1).assign(indicators=[names])
    text = dict(reminders(replace(tables, lacking=one), Words("ru")))["Методист 3"]
    assert f"не заполнен факт по {words} «П0»" in text
