"""Reading the plan's workbook: whatever people do to it, all problems at once, each with its cell."""

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations

import pytest

from pipeline.domain.deadlines import read_deadline
from pipeline.domain.periods import PlanYear
from pipeline.plan.months import read_month
from pipeline.plan.read import read_plan
from pipeline.words import Words
from tests.plan_tables import SOUND, found, plan_book, read, said


def test_a_sound_plan_has_no_problems() -> None:
    plan, problems = read()
    assert problems == []
    assert plan is not None
    assert (plan.year, plan.title, plan.units.title) == (2013, "План", "Отдел")
    assert [unit.code for unit in plan.units.members] == ["H", "M1", "M2"]
    assert [one.code for one in plan.indicators.parts["VS"]] == ["VS.ST", "VS.MO"]
    assert plan.target("M1", "VS.ST", 1) == 200
    assert plan.targets[1].address == ("plan.xlsx", "Задания", "C3")


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_sheets_are_all_named_and_no_plan_comes_back() -> None:
    plan, problems = read(Разделы=None, Задания=None)
    assert plan is None
    assert [problem.code for problem in problems] == ["plan.sheet_missing", "plan.sheet_missing"]
    assert said(problems[0]) == "В книге плана нет листа «Разделы»."


def test_a_renamed_sheet_is_known_by_its_headings() -> None:
    plan, problems = read(**{"Задания": None, "План-график": SOUND["Задания"]})
    assert plan is not None and len(plan.targets) == 4
    assert found(problems) == [("sheet_renamed", "План-график!A1", "План-график")]


def test_sheets_may_stand_in_any_order() -> None:
    expected, _ = read()
    for order in list(permutations(SOUND))[::17]:
        book = plan_book()
        sheets = tuple(sheet for name in order for sheet in book.sheets if sheet.name == name)
        assert read_plan(type(book)(book.file, sheets)) == (expected, ())


def test_a_sheet_of_notes_is_passed_over() -> None:
    _, problems = read(Заметки="| позвонить |")
    assert found(problems) == [("sheet_unused", "Заметки!A1", "Заметки")]


def test_a_sheet_without_headings() -> None:
    _, problems = read(Разделы="| S1 | Услуга |")
    assert found(problems)[0] == ("headings_missing", "Разделы!A1", "Разделы")


def test_the_empty_workbook_says_what_to_fill_in() -> None:
    plan, problems = read(
        План="""
            | Сведения | Значение |
            | Год      |          |
        """,
        Задания="| Код показателя | Код исполнителя | Задание на год |",
    )
    assert plan is None
    assert found(problems) == [("rows_missing", "Задания!A1", "Задания"), ("year_missing", "План!B2", "")]


@pytest.mark.parametrize(
    ("year", "code"), [("13", "whole_unfit"), ("скоро", "year_unreadable"), ("2013 г.", "year_unreadable")]
)
def test_a_year_that_cannot_be(year: str, code: str) -> None:
    plan, problems = read(
        План=f"""
            | Сведения | Значение |
            | Год      | {year}   |
        """
    )
    assert plan is None
    assert found(problems) == [(code, "План!B2", year)]


def test_the_folder_must_be_that_of_the_plans_year() -> None:
    assert read_plan(plan_book(), folder=2013)[0] is not None
    plan, problems = read_plan(plan_book(), folder=2014)
    assert plan is None
    assert found(list(problems)) == [("year_of_folder", "План!B2", "2013")]


def test_a_plan_sheet_without_the_year_row() -> None:
    _, problems = read(
        План="""
            | Сведения       | Значение |
            | Название плана | План     |
        """
    )
    assert found(problems) == [("year_missing", "План!A1", "")]


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_in_another_order_under_a_title_with_english_headings() -> None:
    plan, problems = read(
        Разделы="""
            | Разделы нашей библиотеки |         |
            |                          |         |
            | Service or work          | Code    |
            | Услуга                   | S1      |
        """
    )
    assert problems == []
    assert plan is not None and plan.sections[0].address.cell == "B4"


def test_columns_missing_misspelt_and_doubled() -> None:
    _, problems = read(
        Разделы="""
            | Код | Услуга или работа | Код | Показатель услоий |
            | S1  | Услуга            | X   | дистанционно      |
        """,
        Задания="""
            | Код показателя | Код исполнителя |
            | VS             | H               |
        """,
    )
    assert found(problems) == [
        ("column_doubled", "Разделы!C1", "Код"),
        ("column_misspelt", "Разделы!D1", "Показатель услоий"),
        ("column_missing", "Задания!A1", "Задания"),
    ]
    assert "«Задание на год»" in said(problems[2])


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_wrong_is_found_in_one_go() -> None:
    plan, problems = read(
        Показатели="""
            | Код | Показатель | Раздел | Ед. | Связь | Знаков после запятой | Допуск, % | С месяца | По месяц |
            | A   | Один       | S1     | ед. | родня | 7                    | -5        | май      | 3        |
            | B   | Два        | S9     |     |       | 1.5                  | 10 %      | 13       |          |
            |     | Три        | S1     | ед. |       |                      |           |          |          |
            | а   | Четыре     | S1     | ед. |       |                      |           |          |          |
            | C   | Пять       | S1     | #Н/Д |       | #REF!                | мало      |          |          |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | A              | M1              | 1 200          |
            | A              | H               | -              |
            | B              | 2013-05-01      | 1              |
        """,
    )
    assert plan is not None
    assert found(problems) == [
        ("value_missing", "Показатели!A4", ""),
        ("code_doubled", "Показатели!A5", "а"),  # a Cyrillic «а» is the Latin A to the eye
        ("period_empty", "Показатели!H2", "май"),
        ("choice_unknown", "Показатели!E2", "родня"),
        ("whole_unfit", "Показатели!F2", "7"),
        ("number_negative", "Показатели!G2", "-5"),
        ("month_unreadable", "Показатели!H3", "13"),
        ("code_unknown", "Показатели!C3", "S9"),
        ("value_missing", "Показатели!D3", ""),
        ("whole_unfit", "Показатели!F3", "1.5"),
        ("number_text", "Показатели!G3", "10 %"),
        ("cell_error", "Показатели!D6", "#Н/Д"),
        ("cell_error", "Показатели!F6", "#REF!"),
        ("number_unreadable", "Показатели!G6", "мало"),
        ("number_text", "Задания!C2", "1 200"),
        ("value_missing", "Задания!C3", ""),
        ("text_is_date", "Задания!B4", "01.05.2013"),
    ]
    assert [one.code for one in plan.indicators.members] == ["A", "B", "C"]
    assert [(target.indicator, target.value) for target in plan.targets] == [("A", 1200)]


@pytest.mark.parametrize(
    ("column", "spellings", "field", "value"),
    [
        ("Связь", ("часть", "Слагаемое", "part"), "relation", "part"),
        ("Итог по месяцам", ("Последнее значение", "последнее", "last"), "over_months", "last"),
        ("Итог по исполнителям", ("не складывается", "none", "not added"), "over_units", "none"),
        ("Как вводится", ("нарастающим итогом", "с начала года", "cumulative"), "entering", "cumulative"),
        ("Что лучше", ("меньше — лучше", "меньше, лучше", "less"), "direction", "less"),
        ("Распределение по месяцам", ("по прошлому году", "last_year"), "phasing", "last_year"),
        ("Отчёт о задании", ("объём", "Объем", "volume"), "quantity", "volume"),
        ("Главный", ("да", "+", "yes", "1"), "main", True),
    ],
)
def test_choices_are_read_in_every_accepted_spelling(
    column: str, spellings: tuple[str, ...], field: str, value: object
) -> None:
    for spelling in spellings:
        plan, problems = read(
            Показатели=f"""
                | Код   | Показатель | Раздел | Ед. | Входит в | {column}   |
                | VS    | Посещения  | S1     | ед. |          |            |
                | VS.ST | Стационар  | S1     | ед. | VS       | {spelling} |
                | VS.MO | Кабинет    | S1     | ед. |          |            |
            """
        )
        assert problems == []
        assert plan is not None
        assert getattr(plan.indicators.by_code["VS.ST"], field) == value, spelling


@pytest.mark.parametrize(
    ("value", "month"),
    [
        *((value, 7) for value in (7.0, "7", "07.2013", "июль", "Июля", "июл.", "июль 2013 г", "July")),
        *((value, None) for value in ("07.2012", "лето", 13.0, 0.0, 7.5, True)),
    ],
)
def test_months_as_people_write_them(value: float | str | bool, month: int | None) -> None:
    assert read_month(value, PlanYear(2013)) == month


def test_a_profile_is_twelve_weights() -> None:
    heading = "| Код | Показатель | Раздел | Единица измерения | Профиль: веса двенадцати месяцев |"
    plan, problems = read(
        Показатели=f"""
            {heading}
            | VS | Хороший   | S1 | ед. | 18; 12; 10; 8; 7; 5; 4; 5; 9,5; 8,5; 7; 6 |
            | B  | Проценты  | S1 | ед. | 10% 10% 10% 10% 10% 10% 10% 10% 10% 10% 0% 0% |
            | C  | Короткий  | S1 | ед. | 10; 20; 30 |
            | D  | Словами   | S1 | ед. | 10; много; 30 |
            | E  | С минусом | S1 | ед. | 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; -1 |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS             | H               | 1              |
        """,
    )
    assert found(problems) == [
        ("profile_length", "Показатели!E4", "10; 20; 30"),
        ("profile_unreadable", "Показатели!E5", "много"),
        ("profile_length", "Показатели!E6", "1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; -1"),
    ]
    assert plan is not None
    assert [sum(one.profile) for one in plan.indicators.members] == [100, 100, 0, 0, 0]


# ── trees and codes ──────────────────────────────────────────────────────────────────────────────────────────


def test_loops_in_both_trees_are_broken_and_named() -> None:
    plan, problems = read(
        Исполнители="""
            | Код | Исполнитель | Входит в |
            | H   | Заведующий  | M2       |
            | M1  | Методист 1  | H        |
            | M2  | Методист 2  | M1       |
        """,
        Показатели="""
            | Код   | Показатель | Раздел | Единица измерения | Входит в | Связь |
            | VS    | Посещения  | S1     | ед.               | VS       | часть |
            | VS.ST | Стационар  | S1     | ед.               | VS       | часть |
            | VS.MO | Кабинет    | S1     | ед.               | VS       | часть |
        """,
    )
    assert found(problems) == [
        ("tree_loop", "Исполнители!C2", "H → M2 → M1 → H"),
        ("tree_loop", "Показатели!E2", "VS → VS"),
    ]
    assert plan is not None
    assert plan.units.path("M2") == ("H", "M1", "M2")


def test_a_parent_is_moved_before_its_children() -> None:
    plan, _ = read(
        Показатели="""
            | Код   | Показатель | Раздел | Единица измерения | Входит в | Связь |
            | VS.ST | Стационар  | S1     | ед.               | VS       | часть |
            | VS.MO | Кабинет    | S1     | ед.               | VS       | часть |
            | VS    | Посещения  | S1     | ед.               |          |       |
        """
    )
    assert plan is not None
    assert [one.code for one in plan.indicators.members] == ["VS", "VS.ST", "VS.MO"]


def test_unknown_codes_are_told_with_the_nearest_one() -> None:
    plan, problems = read(
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS.SТ          | m1              | 1              |
            | Кабинет        | Методист 2      | 1              |
            | VS.STT         | M1              | 1              |
            | Прочее         | M1              | 1              |
        """
    )
    assert plan is not None
    assert [(target.indicator, target.unit) for target in plan.targets] == [("VS.ST", "M1"), ("VS.MO", "M2")]
    assert found(problems) == [("code_misspelt", "Задания!A4", "VS.STT"), ("code_unknown", "Задания!A5", "Прочее")]
    assert said(problems[0]) == "Кода «VS.STT» на листе «Показатели» нет; похож «VS.ST»."


def test_the_same_target_twice_and_its_revision() -> None:
    plan, problems = read(
        Задания="""
            | Код показателя | Код исполнителя | Задание на год | Действует с месяца | Причина изменения | Документ |
            | VS             | H               | 10             |                    |                   |          |
            | VS             | H               | 20             | июль               | мало              | Приказ   |
            | VS             | H               | 30             | 7                  |                   |          |
        """
    )
    assert found(problems) == [("target_doubled", "Задания!C4", "30.0")]
    assert dict(problems[0].values)["first"] == "C3"
    assert plan is not None
    assert [plan.target("H", "VS", month) for month in (6, 7)] == [10, 20]


def test_last_year_blank_is_not_zero() -> None:
    heading = "| Код показателя | Код исполнителя | Январь | Февраль | Март |"
    plan, problems = read(
        **{
            "Прошлый год": f"""
                {heading}
                | VS | H  | 0 | 5 |   |
                | VS | H  | 1 |   |   |
                | VS | M9 | 1 |   |   |
            """
        }
    )
    assert found(problems) == [
        ("last_year_doubled", "Прошлый год!A3", "VS"),
        ("code_unknown", "Прошлый год!B4", "M9"),
    ]
    assert plan is not None
    assert plan.last_year == {("H", "VS"): (0, 5, *[None] * 10)}


# ── activities ───────────────────────────────────────────────────────────────────────────────────────────────

ACTIVITY = "| Код | Раздел | Мероприятие | Срок | Ответственные | Показатель |"


def test_responsible_by_code_title_and_group() -> None:
    plan, problems = read(
        Мероприятия=f"""
            {ACTIVITY}
            | A1 | S1 | Код           | 20 марта | m2; H                       | VS |
            | A2 | S1 | Название      | 20 марта | методист 1, Заведующий      |    |
            | A3 | S1 | Группа        | 20 марта | Методист 2; все методисты   |    |
            | A4 | S1 | Другой падеж  | 20 марта | Всё ещё никто; всем         |    |
            | A5 | S1 | Строками      | 20 марта | Методист 1\\nМетодист 2    |    |
            | A6 | S1 | Группа, число | 20 марта | Все методистов              |    |
            | A7 | S1 | Опечатка      | 20 марта | Завидующий; Все библиографы |    |
            | A8 | S1 | Никого        | 20 марта |                             |    |
            | A9 | S1 | Дательный     | 20 марта | Всем методистам             |    |
            | A0 | S1 | Группа с опечаткой | 20 марта | Все методсты           |    |
        """
    )
    assert plan is not None
    assert {one.code: one.responsible for one in plan.activities} == {
        "A1": ("M2", "H"),
        "A2": ("M1", "H"),
        "A3": ("M2", "M1"),
        "A4": (),
        "A5": ("M1", "M2"),
        "A6": ("M1", "M2"),
        "A7": (),
        "A8": (),
        "A9": ("M1", "M2"),
        "A0": (),
    }
    assert found(problems) == [
        ("person_unknown", "Мероприятия!E5", "Всё ещё никто"),
        ("person_unknown", "Мероприятия!E5", "всем"),
        ("person_misspelt", "Мероприятия!E8", "Завидующий"),
        ("person_unknown", "Мероприятия!E8", "Все библиографы"),
        ("value_missing", "Мероприятия!E9", ""),
        ("person_misspelt", "Мероприятия!E11", "Все методсты"),
    ]
    assert said(problems[2]) == "Исполнителя «Завидующий» нет; похож «Заведующий»."
    assert said(problems[5]) == "Исполнителя «Все методсты» нет; похож «Все методисты»."


def test_deadlines_are_the_plans_words() -> None:
    plan, problems = read(
        Мероприятия=f"""
            {ACTIVITY}
            | A1 | S1 | Дата Excel | 2026-03-20            | H |  |
            | A2 | S1 | Строками   | 28 января\\nфевраль | H |  |
            | A3 | S1 | Загадка    | когда-нибудь          | H |  |
            | A4 | S1 | Пусто      |                       | H |  |
        """
    )
    assert plan is not None
    assert [one.due for one in plan.activities] == ["20 марта", "28 января\nфевраль", "когда-нибудь", ""]
    first, second, *rest = (one.deadline for one in plan.activities)
    assert first == read_deadline("20 марта", 2013)
    assert second == read_deadline("28 января; февраль", 2013)
    assert rest == [None, None]
    assert found(problems) == [
        ("due_unreadable", "Мероприятия!D4", "когда-нибудь"),
        ("due_missing", "Мероприятия!D5", ""),
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("key", ["plan.problem.due_unreadable.advice", "plan.activities.due.help"])
def test_examples_of_deadlines_in_the_words_can_be_read(language: str, key: str) -> None:
    examples = re.findall(r"[«“]([^»”]+)[»”]", Words("ru" if language == "ru" else "en")(key))
    assert len(examples) >= 5
    assert [example for example in examples if read_deadline(example, 2013) is None] == []


@pytest.mark.parametrize(
    ("typed", "starts", "due"),
    [
        (date(2012, 3, 20), 1, "20 марта"),
        (datetime(2013, 3, 20), 1, "20 марта"),
        (date(2013, 12, 31), 1, "31 декабря"),
        (date(2014, 1, 20), 1, None),  # the yearly report's
        (datetime(2014, 12, 31), 1, None),
        (date(2015, 1, 1), 1, "1 января"),
        (date(2013, 1, 20), 4, "20 января"),
        (date(2014, 3, 31), 4, "31 марта"),
        (date(2014, 4, 20), 4, None),
    ],
)
def test_a_date_of_the_following_year_is_not_taken_for_the_plans(typed: date, starts: int, due: str | None) -> None:
    book = plan_book(Мероприятия=f"{ACTIVITY}\n| A1 | S1 | Отчёт | срок | H |  |")
    sheets = tuple(
        replace(sheet, rows=[[typed if cell == "срок" else cell for cell in row] for row in sheet.rows])
        for sheet in book.sheets
    )
    plan, problems = read_plan(replace(book, sheets=sheets), starts)
    assert plan is not None
    shown = f"{typed:%d.%m.%Y}"
    assert plan.activities[0].due == (due or shown)
    assert (plan.activities[0].deadline is None) == (due is None)
    assert found(list(problems)) == ([] if due else [("due_unreadable", "Мероприятия!D2", shown)])


def test_codes_are_made_where_there_are_none() -> None:
    plan, problems = read(
        Мероприятия=f"""
            {ACTIVITY}
            |     | S1 | Первое    | Постоянно | H |  |
            | A01 | S1 | Второе    | Постоянно | H |  |
            |     | S1 | Третье    | Постоянно | H |  |
            | A01 | S1 | Четвёртое | Постоянно | H |  |
        """
    )
    assert plan is not None
    assert [(one.code, one.title) for one in plan.activities] == [
        ("A02", "Первое"),
        ("A01", "Второе"),
        ("A03", "Третье"),
    ]
    assert found(problems) == [("code_made", "Мероприятия!A1", ""), ("code_doubled", "Мероприятия!A5", "A01")]
