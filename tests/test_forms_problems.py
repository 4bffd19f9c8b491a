"""Each problem of a form as a person reads it. Every code has a form here that draws it."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.activities import Activity
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.plan import Plan
from pipeline.domain.units import Unit, Units
from pipeline.forms.read import read_form
from pipeline.problems import CODES, shown
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words
from tests.forms import changed, filled_form, row_of, with_sheet, written
from tests.plans import small_plan

PLAN = small_plan()
BOOK = written(PLAN, "M1", filled_form(PLAN, "M1", 3))
TRIP, MOBILE, TOTAL, SEATS = (row_of(PLAN, "M1", 3, code) for code in ("TRIP", "VS.MO", "VS", "SEATS"))
MARCH = BOOK.sheets[3]
ACTIVITIES = BOOK.sheets[-2]


def march(**cells: Value) -> Book:
    """The form with other values in some cells of March."""
    return changed(BOOK, "Март", **cells)


def done(**cells: Value) -> Book:
    """The form with other values in some cells of the activities: A1 stands in row 9, A2 below it."""
    return changed(BOOK, "Мероприятия", **cells)


def of_version(version: int) -> Book:
    rows = [[f"plan-fact-form/{version};year=2013;sheet=03;plan=;unit=M1"]]
    return Book("M1.xlsx", (Sheet("M1.xlsx", "Март", list(rows)),))


def in_autumn(activity: Activity) -> Activity:
    """The activity without the first of its two dates, which A2 has."""
    return replace(activity, due="17 октября", deadline=read_deadline("17 октября", 2013))


BOOKS: dict[str, Book] = {
    "not_a_form": Book("x.xlsx", (Sheet("x.xlsx", "Лист1", [["Отчёт"]]),)),
    "newer_version": of_version(9),
    "older_version": of_version(0),
    "identity_lost": Book("2013/M1 Методист 1 (2).xlsx", (march(A1="").sheets[3],)),
    "sheet_misspelt": with_sheet(BOOK, "Март", replace(march(A1="").sheets[3], name="Мрат")),
    "sheet_unmarked": with_sheet(BOOK, "Март", MARCH, replace(march(A1="").sheets[3], name="Март (2)")),
    "month_by_name": march(A1=""),
    "month_missing": with_sheet(BOOK, "Март"),
    "month_twice": with_sheet(
        BOOK, "Март", MARCH, replace(changed(BOOK, "Март", **{f"G{TRIP}": 77.0}).sheets[3], name="Март (2)")
    ),
    "foreign_sheet": with_sheet(BOOK, "Март", MARCH, replace(written(PLAN, "M2").sheets[3], name="Март M2")),
    "no_headings": with_sheet(BOOK, "Март", replace(MARCH, rows=MARCH.rows[:1])),
    "column_missing": march(G6="Сколько"),
    "column_twice": march(H6="Факт"),
    "column_unclear": march(P6="Факт"),
    "unknown_code": march(A60="TRAP", G60=4.0),
    "code_missing": march(**{f"A{TRIP}": "", f"G{TRIP}": 4.0}),
    "code_foreign": march(**{f"A{TRIP}": "Поездки", f"G{TRIP}": 4.0}),
    "outside": march(F60=3.0, G60=4.0),
    "not_in_plan": march(A60="ATT", G60=4.0),
    "code_twice": march(A60="TRIP", G60=4.0),
    "row_missing": march(**{f"A{TRIP}": "", f"F{TRIP}": "", f"G{TRIP}": ""}),
    "negative": march(**{f"G{MOBILE}": -3.0}),
    "fraction": march(**{f"G{MOBILE}": 2.5}),
    "too_precise": march(**{f"G{SEATS}": 0.25}),
    "sum_typed": march(**{f"G{TOTAL}": 1500.5}),
    "sum_alone": march(**{f"G{TOTAL}": 77.0, f"G{TOTAL + 1}": "", f"G{MOBILE}": ""}),
    "sum_replaced": march(**{f"G{TOTAL}": "#REF!"}),
    "cause_unknown": march(**{f"N{TRIP}": "Ремонт дороги"}),
    "activities_missing": with_sheet(BOOK, "Мероприятия"),
    "activities_twice": with_sheet(
        BOOK, "Мероприятия", ACTIVITIES, replace(done(G10="отменено").sheets[-2], name="Мероприятия (2)")
    ),
    "activity_uncoded": done(B80="Круглый стол"),
    "occurrence_unknown": done(E9=5.0),
    "occurrence_gone": done(G10="выполнено"),
    "activity_unknown": done(A80="A99", G80="выполнено"),
    "activity_twice": done(A80="A1", E80=1.0, G80="отменено"),
    "state_unknown": done(G10="сделано"),
    "state_missing": done(G10="", I10="Проведено"),
    "day_unreadable": done(G10="Выполнено", H10="в среду"),
    "day_other_year": done(G10="выполнено", H10=date(2012, 4, 5)),
    "extra_not_done": done(A80="+9", B80="Круглый стол", G80="отменено"),
    "extra_untitled": done(A80="+9", I80="20 участников"),
}
PLANS: dict[str, Plan] = {
    "month_not_asked": small_plan(units=Units((Unit("DEP", "Отдел"), Unit("M1", "Методист 1", "DEP", until=2)))),
    "other_year": small_plan(year=2014),
    "unknown_unit": small_plan(units=Units((Unit("DEP", "Отдел"), Unit("M3", "Методист 3", "DEP")))),
    "occurrence_gone": small_plan(activities=(PLAN.activities[0], in_autumn(PLAN.activities[1]))),
    "no_units": small_plan(units=Units(())),
    "plan_changed": small_plan(targets=(replace(PLAN.targets[0], value=210), *PLAN.targets[1:])),
}
RENDERED: dict[str, str] = {
    "not_a_form": (
        "x.xlsx: Это не форма: в книге нет отметки, по которой она узнаётся. Если это форма, перенесите "
        "данные в новый экземпляр: «run-report forms». Если нет, уберите файл из папки."
    ),
    "newer_version": "M1.xlsx: Форма сделана более новой версией программы: 9. Обновите программу.",
    "other_year": (
        "M1.xlsx: Форма составлена на 2013 год, а план — на 2014 год. Положите форму в папку её года или "
        "заполните форму на 2014 год."
    ),
    "unknown_unit": (
        "M1.xlsx: Исполнителя с кодом «M1» нет в плане. Проверьте коды на листе плана «Исполнители». "
        "Ближайший из известных: «M3»."
    ),
    "no_units": (
        "M1.xlsx: Исполнителя с кодом «M1» нет в плане: в нём нет ни одного. "
        "Впишите исполнителей на лист плана «Исполнители»."
    ),
    "plan_changed": (
        "M1.xlsx: После выдачи формы план исполнителя изменился. Данные приняты. Чтобы в форме стоял "
        "новый план, сделайте её заново: «run-report forms --reissue M1». Внесённое сохранится."
    ),
    "month_by_name": (
        "M1.xlsx · Март: На листе нет внутренней отметки; месяц определён по названию листа. Проверьте, "
        "что это данные именно за март."
    ),
    "month_missing": (
        "M1.xlsx: В форме нет листа за март. Верните лист из копии формы или сделайте форму заново: "
        "«run-report forms --reissue M1»."
    ),
    "month_twice": (
        "M1.xlsx · Март (2): Два листа с данными за март: «Март» и «Март (2)». Данные на них разные, "
        "не учтены ни те, ни другие. Оставьте один лист за март, другой удалите."
    ),
    "foreign_sheet": (
        "M1.xlsx · Март M2: Лист взят из другой формы: M2, 2013. Он не учтён. Перенесите значения "
        "на лист этой формы, чужой лист удалите."
    ),
    "no_headings": (
        "M1.xlsx · Март: На листе не найдена строка заголовков. Верните заголовки столбцов, как "
        "в исходной форме: «План на месяц», «ФАКТ за месяц» и остальные."
    ),
    "column_missing": "M1.xlsx · Март · A6: Нет столбца «ФАКТ за месяц». Верните столбец или его заголовок.",
    "column_twice": (
        "M1.xlsx · Март · H6: Столбец «ФАКТ за месяц» встречается дважды; взят первый. Удалите лишний "
        "столбец или исправьте его заголовок."
    ),
    "unknown_code": (
        "M1.xlsx · Март · A60: В строке с данными неизвестный код показателя: «TRAP». Данные не учтены. "
        "Исправьте код. Ближайший из известных: «TRIP»."
    ),
    "code_missing": (
        "M1.xlsx · Март · A19: В строке есть данные (2; 4; Кадры: отпуск, болезнь, вакансия; Отпуск.), но"
        " нет кода показателя. Они не учтены. Впишите код показателя или перенесите данные в строку этого"
        " показателя."
    ),
    "code_foreign": (
        "M1.xlsx · Март · A19: В строке с данными (2; 4; Кадры: отпуск, болезнь, вакансия; Отпуск.) вместо кода"
        " показателя — «Поездки». Данные не учтены. Впишите код показателя или перенесите данные в строку этого"
        " показателя."
    ),
    "not_in_plan": (
        "M1.xlsx · Март · A60: Показатель «ATT» исполнителю на этот месяц не запланирован. Данные "
        "не учтены. Если показатель нужен, добавьте задание в план и сделайте форму заново: "
        "«run-report forms --reissue M1»."
    ),
    "code_twice": (
        "M1.xlsx · Март · A60: Показатель «TRIP» стоит в двух строках: A19 и A60. Ни одна не учтена. "
        "Оставьте одну строку с этим кодом."
    ),
    "row_missing": (
        "M1.xlsx · Март: Нет строки показателя «TRIP» (Выезды). Верните строку с кодом «TRIP» или сделайте форму "
        "заново: «run-report forms --reissue M1»."
    ),
    "negative": "M1.xlsx · Март · G12: Отрицательное число: −3. Оно не учтено. Введите число не меньше нуля.",
    "fraction": (
        "M1.xlsx · Март · G12: Дробное число там, где считают целыми: 2,5. Оно не учтено. Введите целое число (ед.)."
    ),
    "too_precise": (
        "M1.xlsx · Март · G15: Слишком много знаков после запятой: 0,25. Число не учтено. После запятой "
        "оставьте не больше знаков, чем 1."
    ),
    "sum_typed": (
        "M1.xlsx · Март · G9: В строке итога стоит 1 500,5, а части дают 36. Учтены части. Если верно "
        "1 500,5, исправьте части; формулу итога верните из другого месяца."
    ),
    "sum_alone": (
        "M1.xlsx · Март · G9: В строке итога стоит 77, а в строках частей нет ни одного учтённого числа. "
        "Итог не учтён. Внесите числа в строки частей: итог сложится сам; его формулу верните из другого месяца."
    ),
    "cause_unknown": (
        "M1.xlsx · Март · N19: Причины «Ремонт дороги» нет в списке. Выберите причину из списка, "
        "а подробности перенесите в пояснение."
    ),
    "activities_missing": (
        "M1.xlsx: В форме нет листа мероприятий. Верните лист из копии формы или сделайте форму заново: "
        "«run-report forms --reissue M1»."
    ),
    "activity_unknown": (
        "M1.xlsx · Мероприятия · A80: Мероприятия «A99» нет среди мероприятий исполнителя. Отметка "
        "не учтена. Исправьте код; новое мероприятие впишите в раздел «Сверх плана»."
    ),
    "activity_twice": (
        "M1.xlsx · Мероприятия · G80: Мероприятие «A1» отмечено дважды и по-разному: G9 и G80. Не учтена "
        "ни одна отметка. Оставьте верную отметку, другую удалите."
    ),
    "state_unknown": (
        "M1.xlsx · Мероприятия · G10: Непонятное состояние мероприятия: «сделано». Отметка не учтена. "
        "Выберите из списка: выполнено, в работе, перенесено, отменено."
    ),
    "state_missing": (
        "M1.xlsx · Мероприятия · G10: Есть дата или результат, но не выбрано состояние мероприятия. "
        "Выберите состояние из списка."
    ),
    "day_unreadable": "M1.xlsx · Мероприятия · H10: Не похоже на дату: «в среду». Введите дату так: 20.03.2013.",
    "day_other_year": "M1.xlsx · Мероприятия · H10: Дата не 2013 года: 05.04.2012. Проверьте год.",
    "extra_not_done": (
        "M1.xlsx · Мероприятия · G80: Мероприятие сверх плана «Круглый стол» отмечено так: «отменено». "
        "Оно не учтено: сверх плана учитывается выполненное. "
        "Если мероприятие проведено, впишите «выполнено»; если нет, очистите строку."
    ),
    "extra_untitled": (
        "M1.xlsx · Мероприятия · B80: Строка сверх плана без названия мероприятия. Она не учтена. "
        "Впишите название мероприятия."
    ),
    "older_version": (
        "M1.xlsx: Форма прежнего образца (версия 0). Прочитана. Ничего делать не нужно; при случае "
        "сделайте её заново: «run-report forms --reissue M1». Внесённое сохранится."
    ),
    "identity_lost": (
        "2013/M1 Методист 1 (2).xlsx: Похоже на форму, но внутренней отметки нет ни на одном листе. Форма"
        " не прочитана. Судя по имени файла, исполнитель — Методист 1. Сделайте ему новую форму («run-"
        "report forms») и перенесите в неё данные."
    ),
    "sheet_misspelt": (
        "M1.xlsx · Мрат: На листе таблица формы, но внутренней отметки нет, и по названию неясно, какой "
        "это месяц. Данные листа не учтены. Если это март, назовите лист «Март»."
    ),
    "sheet_unmarked": (
        "M1.xlsx · Март (2): На листе таблица формы, но внутренней отметки нет, и к какому месяцу она "
        "относится, неизвестно. Данные листа не учтены. Если данные нужны, перенесите их на лист своего "
        "месяца. Лишний лист удалите."
    ),
    "column_unclear": (
        "M1.xlsx · Март · P6: Столбец «ФАКТ за месяц» встречается дважды, и данные в столбцах разные. "
        "Не учтён ни один. Оставьте столбец с верными данными, другой удалите."
    ),
    "outside": (
        "M1.xlsx · Март · F60: Вне таблицы: 3; 4. Это не учтено. Если это данные, внесите их в строку "
        "показателя. Если заметка, можно оставить."
    ),
    "sum_replaced": (
        "M1.xlsx · Март · G9: В строке итога вместо суммы стоит «#REF!». Учтены части. Верните формулу "
        "итога: скопируйте её из этой же строки другого месяца."
    ),
    "activities_twice": (
        "M1.xlsx · Мероприятия (2): Два листа мероприятий: «Мероприятия» и «Мероприятия (2)». Отметки "
        "на них разные, не учтены ни те, ни другие. Оставьте один лист мероприятий, другой удалите."
    ),
    "activity_uncoded": (
        "M1.xlsx · Мероприятия · A80: В строке без кода мероприятия есть запись: Круглый стол. Она "
        "не учтена. Впишите код мероприятия; если оно сверх плана, впишите код «+» с номером, например "
        "«+9»."
    ),
    "occurrence_unknown": (
        "M1.xlsx · Мероприятия · E9: Номера «5» нет среди номеров мероприятия «A1» (их 1). Отметка "
        "не учтена. Верните в этот столбец номер по порядку, как в исходной форме."
    ),
    "occurrence_gone": (
        "M1.xlsx · Мероприятия · D10: Срока «07.02.2013» у мероприятия «A2» в плане больше нет. Отметка не учтена. "
        "Сотрите отметку в этой строке, перевыпустите форму и отметьте нужный срок в новой."
    ),
    "month_not_asked": (
        "M1.xlsx · Март: Лист за март, а за этот месяц исполнитель не отчитывается. Данные листа "
        "не учтены. Проверьте месяцы работы исполнителя и показателей в плане; если всё верно, удалите "
        "лист."
    ),
}


def test_every_code_is_here() -> None:
    assert {code[6:] for code in CODES if code.startswith("forms.")} == set(RENDERED) == {*BOOKS, *PLANS}


@pytest.mark.parametrize("name", RENDERED)
def test_as_a_person_reads_it(name: str) -> None:
    reading = read_form(BOOKS.get(name, BOOK), PLANS.get(name, PLAN))
    found = [problem for problem in reading.problems if problem.code == f"forms.{name}"]
    assert [shown(problem, Words("ru")) for problem in found] == [RENDERED[name]]
    assert all("{" not in shown(problem, Words("en")) for problem in found)
