"""The audits of the plan: what contradicts what, with the cell that says it."""

import re
from pathlib import Path

from pipeline.problems import CODES
from tests.plan_tables import audited, found, said


def test_a_sound_plan_passes() -> None:
    assert [problem.code for problem in audited(Задания=ONE_EACH)] == []


ONE_EACH = """
    | Код показателя | Код исполнителя | Задание на год |
    | VS             | H               | 12             |
    | VS.ST          | M1              | 200            |
    | VS.MO          | M2              | 100            |
"""


# ── indicators ───────────────────────────────────────────────────────────────────────────────────────────────


def test_relation_and_parent_go_together() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. | Входит в | Связь  |
            | VS    | Посещения  | S1     | ед. |          | часть  |
            | VS.ST | Стационар  | S1     | ед. | VS       |        |
            | VS.MO | Кабинет    | S1     | ед. | VS       | из них |
        """,
        Задания=ONE_EACH,
    )
    assert found(problems) == [
        ("relation_without_parent", "Показатели!A2", "VS"),
        ("parent_without_relation", "Показатели!A3", "VS.ST"),
    ]


def test_parts_are_counted_like_the_whole() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед.  | Входит в | Связь | Итог по месяцам | Итог по исполнителям |
            | VS    | Посещения  | S1     | ед.  |          |       |                 |                      |
            | VS.ST | Стационар  | S1     | чел. | VS       | часть |                 | наибольшее           |
            | VS.MO | Кабинет    | S1     | ед.  | VS       | часть | среднее         |                      |
        """,
        Задания=ONE_EACH,
    )
    assert {problem.code for problem in problems} == {"plan.part_unlike_parent"}
    assert [said(problem) for problem in problems] == [
        "Часть VS.ST устроена не так, как целое VS: различается столбец «Единица измерения».",
        "Часть VS.ST устроена не так, как целое VS: различается столбец «Итог по исполнителям».",
        "Часть VS.MO устроена не так, как целое VS: различается столбец «Итог по месяцам».",
    ]


def test_formulas_of_ratios() -> None:
    problems = audited(
        Показатели="""
            | Код | Показатель    | Раздел | Ед. | Связь  | Формула       |
            | VS  | Посещения     | S1     | ед. |        |               |
            | R1  | Хороший       | S1     | ед. | расчёт | = VS / 2      |
            | R2  | Без формулы   | S1     | ед. | расчёт |               |
            | R3  | Незаконченный | S1     | ед. | расчёт | VS /          |
            | R4  | Неизвестный   | S1     | ед. | расчёт | XX / XX       |
            | R5  | От расчётного | S1     | ед. | расчёт | VS + R1       |
            | R6  | Сам от себя   | S1     | ед. | расчёт | R6 / VS       |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS             | H               | 12             |
            | VS             | M1              | 12             |
            | VS             | M2              | 12             |
        """,
    )
    assert found(problems) == [
        ("formula_missing", "Показатели!A4", "R2"),
        ("formula_unreadable", "Показатели!A5", "VS /"),
        ("formula_code_unknown", "Показатели!A6", "XX"),
        ("formula_of_ratio", "Показатели!A7", "R1"),
        ("formula_of_ratio", "Показатели!A8", "R6"),
    ]


def test_phasing_has_what_it_goes_by() -> None:
    problems = audited(
        **{
            "Показатели": """
                | Код   | Показатель | Раздел | Ед. | Распределение по месяцам |
                | VS    | Посещения  | S1     | ед. | по профилю               |
                | VS.ST | Стационар  | S1     | ед. | по прошлому году         |
                | VS.MO | Кабинет    | S1     | ед. | по прошлому году         |
            """,
            "Прошлый год": """
                | Код показателя | Код исполнителя | m1 | m2 | m3 | m4 | m5 | m6 | m7 | m8 | m9 | m10 | m11 | m12 |
                | VS.ST          | M1              | 1  | 1  | 1  | 1  | 1  | 1  | 1  | 1  | 0  | 0   | 0   | 0   |
                | VS.MO          | M1              | 1  | 1  | 1  | 1  | 1  | 1  | 1  | 1  | 0  | 0   | 0   |     |
            """,
        }
    )
    assert found(problems) == [
        ("profile_missing", "Показатели!A2", "VS"),
        ("last_year_missing", "Показатели!A4", ""),
    ]
    assert said(problems[1]) == (
        "Кабинет: распределить по прошлому году нельзя, есть не все двенадцать месяцев. Исполнители: M1, M2."
    )


# ── targets ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_parts_add_up_to_the_whole_in_every_month() -> None:
    problems = audited(
        Задания="""
            | Код показателя | Код исполнителя | Задание на год | Действует с месяца | Причина изменения | Документ |
            | VS             | M1              | 300            |                    |                   |          |
            | VS.ST          | M1              | 200            |                    |                   |          |
            | VS.MO          | M1              | 100            |                    |                   |          |
            | VS             | M1              | 350            | май                | рост              | Приказ   |
            | VS.ST          | M2              | 200            |                    |                   |          |
            | VS             | H               | 12             |                    |                   |          |
        """
    )
    assert found(problems) == [("parts_differ", "Задания!C5", "")]
    assert said(problems[0]) == "Посещения, исполнитель M1: задание 350, а части в сумме дают 300."


def test_parts_of_parts_add_up_to_the_whole() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. | Входит в | Связь |
            | VS    | Посещения  | S1     | ед. |          |       |
            | VS.ST | Стационар  | S1     | ед. | VS       | часть |
            | VS.MO | Взрослые   | S1     | ед. | VS.ST    | часть |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS             | M1              | 240            |
            | VS.MO          | M1              | 120            |
            | VS             | M2              | 12             |
            | VS.MO          | H               | 12             |
        """,
    )
    assert found(problems) == [("parts_differ", "Задания!C2", "")]
    assert said(problems[0]) == "Посещения, исполнитель M1: задание 240, а части в сумме дают 120."


def test_an_of_which_fits_into_its_whole() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. | Входит в | Связь  |
            | VS    | Посещения  | S1     | ед. |          |        |
            | VS.ST | Стационар  | S1     | ед. | VS       | часть  |
            | VS.MO | Кабинет    | S1     | ед. | VS.ST    | из них |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS.ST          | H               | 200            |
            | VS.MO          | H               | 200            |
            | VS.ST          | M1              | 200            |
            | VS.MO          | M1              | 201            |
            | VS.MO          | M2              | 500            |
        """,
    )
    assert found(problems) == [("of_which_exceeds", "Задания!C5", "")]
    assert said(problems[0]) == "Кабинет, исполнитель M1: задание 201 больше, чем «Стационар» (200)."


def test_a_ratio_has_no_target() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. | Связь  | Формула |
            | VS    | Посещения  | S1     | ед. |        |         |
            | VS.MO | Кабинет    | S1     | ед. |        |         |
            | VS.ST | Отношение  | S1     | ед. | расчёт | VS / 2  |
        """,
        Задания=ONE_EACH,
    )
    assert found(problems) == [("ratio_targeted", "Задания!C3", "")]
    assert said(problems[0]) == "Расчётному показателю Отношение дано задание."


def test_indicators_and_units_without_targets() -> None:
    problems = audited(
        Исполнители="""
            | Код | Исполнитель | Входит в |
            | D   | Отдел       |          |
            | M1  | Методист 1  | D        |
            | M2  | Методист 2  | D        |
        """,
        Показатели="""
            | Код   | Показатель | Краткое название | Раздел | Ед. | Входит в | Связь  |
            | VS    | Посещения  |                  | S1     | ед. |          |        |
            | VS.ST | Стационар  |                  | S1     | ед. | VS       | часть  |
            | EXH   | Выставки   | Книжные          | S1     | ед. |          |        |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS.ST          | M1              | 0              |
        """,
    )
    assert found(problems) == [
        ("indicator_untargeted", "Показатели!A4", "EXH"),
        ("unit_untargeted", "Исполнители!A4", "M2"),
    ]


def test_targets_negative_and_too_fine() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. | Знаков после запятой |
            | VS    | Посещения  | S1     | ед. |                      |
            | VS.ST | Стационар  | S1     | ед. | 1                    |
            | VS.MO | Кабинет    | S1     | ед. |                      |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год |
            | VS             | H               | -1             |
            | VS.ST          | M1              | 2.5            |
            | VS.MO          | M2              | 2.5            |
        """,
    )
    assert found(problems) == [("target_negative", "Задания!C2", ""), ("target_fraction", "Задания!C4", "")]
    assert said(problems[1]).startswith("Кабинет, исполнитель M2: задание 2,5 точнее")


def test_a_revision_has_its_reason_and_its_document() -> None:
    heading = (
        "| Код показателя | Код исполнителя | Задание на год | Действует с месяца | Причина изменения | Документ |"
    )
    problems = audited(
        Задания=f"""
            {heading}
            | VS    | H  | 10 |          |      |        |
            | VS    | H  | 20 | март     | рост | Приказ |
            | VS    | H  | 30 | май      | рост |        |
            | VS.ST | M1 | 10 | сентябрь |      |        |
            | VS.MO | M2 | 10 |          |      |        |
        """
    )
    assert found(problems) == [("revision_unexplained", "Задания!C4", "")]
    assert said(problems[0]).startswith("Посещения, исполнитель H: задание изменено (20 → 30)")
    assert "(20 → 30)" in said(problems[0])


def test_what_is_entered_once_has_one_unit() -> None:
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. | Итог по исполнителям |
            | VS    | Посещения  | S1     | ед. | не складывается      |
            | VS.ST | Стационар  | S1     | ед. |                      |
            | VS.MO | Кабинет    | S1     | ед. | не складывается      |
        """
    )
    assert found(problems) == [("entered_once", "Показатели!A4", "")]
    assert said(problems[0]) == "Кабинет по исполнителям не складывается, а задание дано нескольким: M1, M2."


# ── the document ─────────────────────────────────────────────────────────────────────────────────────────────


def test_activities_are_counted_against_the_target() -> None:
    heading = "| Код | Раздел | Мероприятие | Срок | Ответственные | Показатель |"
    problems = audited(
        Показатели="""
            | Код   | Показатель | Раздел | Ед. |
            | VS    | Выезды     | S1     | ед. |
            | VS.ST | Школы      | S1     | ед. |
            | VS.MO | Выставки   | S1     | ед. |
        """,
        Задания="""
            | Код показателя | Код исполнителя | Задание на год | Действует с месяца | Причина изменения | Документ |
            | VS             | H               | 16             |                    |                   |          |
            | VS.ST          | M1              | 3              |                    |                   |          |
            | VS.ST          | M1              | 9              | март               | рост              | Приказ   |
            | VS.MO          | M2              | 20             |                    |                   |          |
        """,
        Мероприятия=f"""
            {heading}
            | A1 | S1 | Выезд    | 23 апреля; 5 мая        | H  | VS    |
            | A2 | S1 | Выезд    | 20 августа              | H  | VS    |
            | A3 | S1 | Школа    | 7 февраля; 17 октября   | M1 | VS.ST |
            | A4 | S1 | Школа    | 12-13 февраля           | M1 | VS.ST |
            | A5 | S1 | Выставка | 20 марта                | M2 | VS.MO |
            | A6 | S1 | Выставка | Ежемесячно              | M2 | VS.MO |
        """,
    )
    assert found(problems) == [("activities_differ", "Показатели!A2", "")]
    assert said(problems[0]) == "Выезды: задание 16, сроков в мероприятиях — 3."


def test_statements_of_the_document() -> None:
    problems = audited(
        Сверка="""
            | Что сказано в документе | Формула       | Указано в документе | Место в документе |
            | Сходится                | VS            | 412                 | с. 1              |
            | Посещения               | VS.ST + VS.MO | 70400               | с. 2              |
            | Инициалы неверны        |               |                     | с. 3              |
            | Не закончено            | VS +          | 1                   | с. 4              |
            | Незнакомое              | XX            | 1                   | с. 5              |
            | Без числа               | VS            |                     | с. 6              |
            | На ноль                 | VS / (VS - VS) | 1                  | с. 7              |
        """
    )
    assert found(problems) == [
        ("statement_differs", "Сверка!A3", "Посещения"),
        ("remark", "Сверка!A4", "Инициалы неверны"),
        ("formula_unreadable", "Сверка!A5", "VS +"),
        ("formula_code_unknown", "Сверка!A6", "XX"),
        ("statement_without_value", "Сверка!A7", "Без числа"),
        ("statement_uncomputed", "Сверка!A8", "На ноль"),
    ]
    assert said(problems[0]) == ("«Посещения» (с. 2): в документе 70 400, по показателям (VS.ST + VS.MO) 400.")


def test_contradictions_of_the_document_are_notes() -> None:
    for name in ("statement_differs", "activities_differ", "remark"):
        assert CODES[f"plan.{name}"] == "note"


def test_every_code_of_the_plan_has_a_test() -> None:
    here = Path(__file__).parent
    tested = "".join((here / name).read_text(encoding="utf-8") for name in ("test_plan_read.py", "test_plan_audit.py"))
    named = set(re.findall(r'"(?:plan\.)?([a-z_]+)"', tested))
    assert {code for code in CODES if code.startswith("plan.")} <= {f"plan.{name}" for name in named}
