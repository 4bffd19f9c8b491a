"""A small plan for tests: every way in which indicators behave, and a few deadlines."""

from pipeline.domain.activities import Activity
from pipeline.domain.deadlines import read_deadline
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.plan import Plan
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units

YEAR = 2013


def small_plan(**changes: object) -> Plan:
    """Two units of one department; all figures are made up. `changes` replace fields of the plan."""
    fields: dict[str, object] = {
        "year": YEAR,
        "title": "План отдела",
        "units": Units((Unit("DEP", "Отдел"), Unit("M1", "Методист 1", "DEP"), Unit("M2", "Методист 2", "DEP"))),
        "sections": (Section("S1", "Обслуживание"), Section("S4", "Методическая помощь")),
        "indicators": Indicators(
            (
                Indicator("VS", "Посещения", "S1", "ед.", main=True),
                Indicator("VS.ST", "Посещения: стационар", "S1", "ед.", "VS", "part", profile=(3, 2, 2, *[1] * 9)),
                Indicator("VS.ST.EV", "из них массовых мероприятий", "S1", "ед.", "VS.ST", "of_which"),
                Indicator("VS.MO", "Посещения: передвижной кабинет", "S1", "ед.", "VS", "part"),
                Indicator("UV", "Уникальные посетители сайта", "S1", "чел.", over_months="last", entering="cumulative"),
                Indicator("FUND", "Фонд", "S1", "экз.", over_months="last"),
                Indicator("SEATS", "Занято мест в день", "S1", "ед.", over_months="mean", decimals=1),
                Indicator("PEAK", "Наибольшая очередь", "S1", "чел.", over_months="max"),
                Indicator("DEBT", "Задолжники", "S1", "чел.", direction="less", tolerance_percent=10),
                Indicator("TRIP", "Выезды", "S4", "ед.", tolerance_absolute=0, since=3),
                Indicator("ATT", "Посещаемость", "S1", "посещ.", relation="ratio", formula="VS / FUND"),
            )
        ),
        "targets": (
            Target("VS.ST", "M1", 200),
            Target("VS.ST.EV", "M1", 150),
            Target("VS.MO", "M1", 205),
            Target("UV", "M1", 5000),
            Target("FUND", "M1", 1200),
            Target("SEATS", "M1", 7.5),
            Target("PEAK", "M1", 9),
            Target("DEBT", "M1", 40),
            Target("TRIP", "M1", 16),
            Target("TRIP", "M1", 20, since=7, reason="Приказ"),
            Target("VS.ST", "M2", 100),
        ),
        "activities": tuple(
            Activity(f"A{number}", "S4", group, title, due, read_deadline(due, YEAR), ("M1",), feeds)
            for number, (group, title, due, feeds) in enumerate(
                (
                    ("Выезды", "Оценка деятельности районной библиотеки", "23 апреля", "TRIP"),
                    ("Выезды", "Школа качества", "7 февраля; 17 октября", "TRIP"),
                    ("Менеджмент", "Совещания", "Ежеквартально", ""),
                    ("Менеджмент", "Медиа-план", "Еженедельно", ""),
                    ("Менеджмент", "Хранение фонда", "Постоянно", ""),
                ),
                start=1,
            )
        ),
    }
    return Plan(**(fields | changes))  # type: ignore[arg-type]
