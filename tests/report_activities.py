"""The plan's activities with made-up marks, as of the end of September 2013.

An activity is two lines: code | section | group | deadline | occurrences | responsible | indicator, then its title.
An occurrence is a day or a period; «=05.03» says when it was done, «x» that it was cancelled, «>14.11» to which day
it was moved. A task without a day is kept up if it is among KEPT.
"""

import re
from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from pipeline.analysis.activities import STATES
from pipeline.analysis.activity_tables import EXTRA_COLUMNS, OCCURRENCE_COLUMNS
from pipeline.analysis.meets import COLUMNS as MEETS_COLUMNS

SECTIONS = {
    "S1": "Услуга по библиотечному, информационному, справочному обслуживанию населения",
    "S2": "Работа по формированию и обеспечению сохранности фонда библиотеки",
    "S3": "Работа по формированию и ведению справочно-поискового аппарата, БД",
    "S4": "Услуга по оказанию методической помощи муниципальным библиотекам",
    "S5": "Направления и виды работ, не вошедшие в основной перечень государственной услуги населению",
    "S6": "Организационные мероприятия, обеспечивающие выполнение государственных услуг, работ",
}
GROUPS = {
    "info": "Информационное обслуживание пользователей",
    "rec": "Методические рекомендации для мероприятий",
    "pub": "Издательская деятельность",
    "fund": "Сохранность и безопасность фонда",
    "base": "Базы данных",
    "reports": "Отчётность и анализ",
    "projects": "Ведение проектов",
    "training": "Повышение квалификации",
    "schools": "Зональные школы качества",
    "trips": "Выезды",
    "media": "Работа со средствами массовой информации",
    "order": "Менеджмент отдела",
}
PEOPLE = {
    "HEAD": "Заведующий отделом",
    "M1": "Методист 1",
    "M2": "Методист 2",
    "M3": "Методист 3",
    "M4": "Методист 4",
}
ACTIVITIES = """
A02|S1|info|Постоянно||M2 M3 M1 M4|MSG
Информационное наполнение страницы сайта библиотеки, Библиотечного портала и блога «Методическая служба»
A03|S1|rec|20 марта|20.03=19.03|HEAD|REC
Областная экологическая акция «Твой след на земле» (Бежаницы)
A04|S1|rec|28 января; февраль|28.01=28.01 01.02-28.02=20.02|M4|REC
Областная военно-патриотическая акция «Знать и помнить»
A05|S1|rec|Май|01.05-31.05=24.05|M1|REC
Областная библиотечная акция «День гражданина информационного общества»
A06|S1|rec|31 августа; ноябрь|31.08=30.08 01.11-30.11|M1|REC
«Библиотека глазами читателя». Областная акция к Дню качества
A07|S1|rec|10 сентября; октябрь|10.09 01.10-31.10|M3|REC
«О, спорт – ты мир!». Цикл мероприятий по пропаганде здорового образа жизни
A08|S1|rec|26 апреля; 23 мая|26.04=26.04 23.05=23.05|HEAD|REC
Областной конкурс «Библиотека года»: подведение итогов и награждение победителей
A09|S1|rec|18 февраля; 17 декабря|18.02=18.02 17.12|M2|REC
Областной on-line конкурс «Успешная библиотека – новому поколению читателей». \
Подведение итогов и награждение победителей
A10|S1|pub|5 марта|05.03=14.03|M3 HEAD|PUB
Библиотечное обслуживание населения муниципальными библиотеками в 2012 году
A11|S1|pub|28 января|28.01=28.01|M4|PUB
«Знать и помнить». Инструктивно-методические материалы
A12|S1|pub|30 апреля|30.04=30.04|M2|PUB
Серия «Олимпиада 2014». Олимпийские рекорды России. Методические рекомендации
A13|S1|pub|15 мая|15.05=29.05|M3|PUB
«Мы – вместе: библиотеки и гражданское общество». Сборник
A14|S1|pub|30 мая|30.05|M4 M2|PUB
Серия «Открыто и доступно каждому жителю». Информационно-коммуникационные технологии в деятельности библиотек
A15|S1|pub|10 июня|10.06=10.06|HEAD|PUB
Территория 60: Библиотеки области. Вып. 13
A16|S1|pub|30 октября|30.10|HEAD|PUB
Территория 60: Библиотеки области. Вып. 14
A17|S1|pub|27 июля|27.07=26.07|M1|PUB
Многофункциональная библиотека. Организационно-методические материалы
A18|S1|pub|31 августа|31.08=30.08|M1|PUB
«Библиотека глазами читателя». Инструктивно-методические материалы
A19|S1|pub|10 сентября|10.09=09.09|M3|PUB
«О, спорт – ты мир!». Методические рекомендации
A20|S1|pub|25 сентября|25.09|HEAD|PUB
«От менеджмента качества – к качественному менеджменту». Методические рекомендации
A21|S1|pub|25 июля|25.07=25.07|HEAD|PUB
«Экологическая культура и охрана окружающей среды». Сборник материалов
A22|S2|fund|Постоянно||M1|
Организация и хранение фонда
A24|S2|fund|Постоянно||M1|
Просмотр литературы на предмет сдачи изданий в основное хранилище
A28|S3|base|Постоянно||M1 M4|
Ведение фактографических БД «Паспорта муниципальных библиотек» и «Кадры»
A29|S4|reports|По мере сдачи (см. график)||M4 M1 HEAD|
Приём отчётов от муниципальных библиотек
A30|S4|reports|Январь-март|01.01-31.03=28.03|M1|
Анализ деятельности муниципальных библиотек за 2012 год
A31|S4|reports|Ежеквартально|01.01-31.03=29.03 01.04-30.06=28.06 01.07-30.09 01.10-31.12|HEAD|
Мониторинг состояния библиотечного обслуживания населения области
A33|S4|projects|Постоянно||M2|
Библиотечный портал области
A34|S4|projects|Постоянно||M1|
Передвижной методический кабинет
A38|S4|training|12-13 февраля|12.02-13.02=13.02|M2 M3|TRN
«Социокультурное пространство». Семинар для руководителей муниципальных библиотек
A39|S4|training|24-25 октября|24.10-25.10|M2 M3|TRN
«Методист поколения 2.0». Семинар для заместителей директоров и методистов (День методиста – 24 октября)
A40|S4|training|10-11 декабря|10.12-11.12|M2 M3|TRN
«Библиотечное пространство». Семинар для заведующих отделами обслуживания
A41|S4|training|16-17 апреля|16.04-17.04=17.04|M2 M3|TRN
«Библиотека микс: погружение в реальность». Творческая лаборатория
A42|S4|training|19-20 ноября|19.11-20.11|M2 M3|TRN
Школа директора «Эффективное управление библиотекой». Ежегодное совещание
A43|S4|schools|7 февраля; 17 октября|07.02=07.02 17.10|HEAD|TRN
Невельская зональная школа качества
A44|S4|schools|21 февраля; 16 мая|21.02=21.02 16.05|M4|TRN
Порховская зональная школа качества
A45|S4|schools|14 марта; 6 ноября|14.03=14.03 06.11>14.11|HEAD|TRN
Островская зональная школа качества
A46|S4|schools|28 марта; 26 сентября|28.03=28.03 26.09=26.09|HEAD|TRN
Новосокольническая зональная школа качества
A47|S4|training|20 марта|20.03=20.03|HEAD|TRN
«Экологическое просвещение населения в библиотеках». Областная конференция
A48|S4|training|22 января|22.01=22.01|HEAD|TRN
«Библиотеки на селе: обеспечение равного доступа к информации». Круглый стол
A49|S4|training|17 декабря|17.12|M2|TRN
«Успешная библиотека – новому поколению читателей». Круглый стол
A50|S4|training|26 марта|26.03x|M2|TRN
Администрирование Библиотечного портала. Мастер-класс
A51|S4|trips|23 апреля|23.04=23.04|HEAD|TRIP
Экспертно-диагностическая оценка деятельности Дновской центральной районной библиотеки
A52|S4|trips|29 апреля|29.04=29.04|M1|TRIP
«Библиотека будущего»: Самолвовская модельная библиотека
A53|S4|trips|20 августа|20.08|HEAD|TRIP
«Библиотека будущего»: Борковская модельная библиотека
A54|S4|trips|4 сентября|04.09=04.09|M4|TRIP
«Библиотека будущего»: Киршинская модельная библиотека
A55|S4|trips|26 ноября|26.11|M1|TRIP
«Библиотека будущего»: Крулихинская модельная библиотека
A56|S5|media|Еженедельно||M2|
Составление медиа-плана о мероприятиях библиотеки
A58|S5|media|По мере необходимости||M2|
Подготовка и проведение интервью в СМИ сотрудников библиотеки
A66|S6|order|Постоянно||HEAD|
Проведение производственной учебы
"""
EXPLANATIONS = {
    "A14": "Материалы сданы в редакцию, печать перенесена на октябрь.",
    "A44": "+Перенесено на ноябрь по просьбе районной библиотеки",
    "A50": "Отменён: портал переведён на новую платформу.",
    "A53": "Нет транспорта.",
}
RESULTS = {"A08": "Участвовали 64 библиотеки", "A46": "28 участников"}
OCCURRENCE = re.compile(
    r"(?P<start>[\d.]+)(?:-(?P<end>[\d.]+))?(?:=(?P<done>[\d.]+))?(?P<off>x?)(?:>(?P<moved>[\d.]+))?"
)
KEPT = {"A02", "A22", "A33"}
FOLLOWING = 10


def _day(text: str | None) -> datetime:
    return datetime.strptime(f"{text}.2013", "%d.%m.%Y") if text else pd.NaT


def _records() -> Iterable[tuple[list[str], str]]:
    lines = ACTIVITIES.strip().splitlines()
    for facts, title in zip(lines[::2], lines[1::2], strict=True):
        yield facts.split("|"), title


def example_occurrences() -> pd.DataFrame:
    rows = []
    for (code, _, _, _, occurrences, responsible, _), title in _records():
        matches = list(OCCURRENCE.finditer(occurrences))
        for number, match in enumerate(matches, start=1):
            start, end, done = _day(match["start"]), _day(match["end"] or match["start"]), _day(match["done"])
            if match["off"]:
                state = "cancelled"
            elif match["moved"]:
                start = end = _day(match["moved"])
                state = "moved"
            elif match["done"]:
                state = "late" if done > end else "done"
            else:
                state = "overdue" if end.month < 9 else "due" if end.month == 9 else "coming"
            units = tuple(responsible.split())
            result = RESULTS.get(code, "") if match["done"] else ""
            rows.append((code, number, len(matches), title, start, end, done, state, result, units))
    return pd.DataFrame(rows, columns=OCCURRENCE_COLUMNS)


def example_activities() -> pd.DataFrame:
    occurrences, rows = example_occurrences(), []
    for (code, section, group, due, _, responsible, indicator), title in _records():
        own = occurrences[occurrences["activity"] == code]
        open_ones = own[~own["state"].isin(["done", "late", "cancelled"])]
        following = open_ones[open_ones["end"].dt.month == FOLLOWING]
        overdue = own.loc[own["state"] == "overdue", "end"]
        shown = (open_ones if len(open_ones) else own.iloc[::-1]).head(1)
        without_days = "unread" if "график" in due else "kept" if code in KEPT else "standing"
        state = without_days if shown.empty else shown["state"].iloc[0]
        rows.append(
            {
                "code": code,
                "section": section,
                "section_title": SECTIONS[section],
                "group": GROUPS[group],
                "title": title,
                "due": due,
                "responsible": "; ".join(PEOPLE[unit] for unit in responsible.split()),
                "indicator": indicator,
                "result": RESULTS.get(code, ""),
                "due_date": shown["end"].iloc[0] if len(shown) else pd.NaT,
                "done_date": shown["done_date"].iloc[0] if len(shown) else pd.NaT,
                "state": state,
                "done": int(own["state"].isin(["done", "late"]).sum()),
                "total": len(own),
                "explanation": EXPLANATIONS.get(code, ""),
                "overdue_days": tuple(day.date() for day in overdue),
                "next_date": following["end"].iloc[0] if len(following) else pd.NaT,
                "next_state": following["state"].iloc[0] if len(following) else "",
                "day_off": datetime(2013, 8, 31) if code == "A06" else pd.NaT,
            }
        )
    return pd.DataFrame(rows)


def example_extras() -> pd.DataFrame:
    rows = [("Выезд в сельскую библиотеку по её просьбе", "Методист 4", "Выезды", datetime(2013, 6, 14), "Пример")]
    return pd.DataFrame(rows, columns=EXTRA_COLUMNS)


def example_summary() -> pd.DataFrame:
    """By section and person; the shares in time are put here by hand, not computed."""
    occurrences = example_occurrences()
    section = {facts[0]: facts[1] for facts, _ in _records()}
    rows = [
        _counted("section", code, title, occurrences[occurrences["activity"].map(section) == code])
        for code, title in SECTIONS.items()
    ]
    rows += [
        _counted("unit", code, title, occurrences[[code in units for units in occurrences["units"]]])
        for code, title in PEOPLE.items()
    ]
    return pd.DataFrame([*(row for row in rows if row["total"]), _counted("total", "", "", occurrences)])


def _counted(kind: str, code: str, title: str, own: pd.DataFrame) -> dict[str, object]:
    counts = {state: int((own["state"] == state).sum()) for state in STATES}
    return {
        "kind": kind,
        "code": code,
        "title": title,
        "total": len(own),
        "finished": counts["done"] + counts["late"],
        **counts,
        "in_time": 80.0 if counts["late"] else float("nan") if not counts["done"] else 100.0,
    }


def example_meets() -> pd.DataFrame:
    rows = [
        ("PUB", "Издания", 12.0, 12, 9, 0, 9.0, "agrees", 0.0, 0.0),
        ("TRN", "Обучающие мероприятия", 20.0, 17, 9, 0, 8.0, "fewer", 3.0, 1.0),
        ("MSG", "Сообщения", 600.0, 0, 0, 0, 295.0, "uncounted", 0.0, 295.0),
        ("TRIP", "Выезды", 16.0, 5, 3, 1, 6.0, "more", 11.0, 2.0),
    ]
    return pd.DataFrame(rows, columns=MEETS_COLUMNS)
