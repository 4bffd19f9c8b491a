"""The example's filled forms: the plan → input/2013/<unit>.xlsx. Every figure, cause and mark in them is made up.

    python -m tests.example.make_forms

rewrites the five workbooks; with the same plan they come out the same. They have the life of real ones: Методист 3
hasn't handed in September, Методист 4 has forgotten a cell, Методист 2 has pasted a number as text, some causes are
missing, activities are late, moved, or not marked at all.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from pipeline.domain.activities import ExtraActivity, Mark, MarkedState
from pipeline.domain.addresses import NOWHERE, column_letters
from pipeline.domain.indicators import Indicator
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.rounding import round_half_up
from pipeline.domain.status import Thresholds, status
from pipeline.domain.submissions import Entry, Explanation, Submission
from pipeline.forms.layout import MONTH, form_file_name
from pipeline.forms.rows import activity_rows, form_identity
from pipeline.forms.write import form_workbook
from pipeline.settings import read_settings
from pipeline.words import Words
from pipeline.workbooks.files import write_whole
from tests.example.make_plan import example_plan
from tests.example.paste import paste
from tests.forms import row_of

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "input" / "2013"
WORDS = Words("ru")
REPORTED = 9
LATE = "M3"
"""Hands in September after everybody else: its form ends with August."""
FORGOTTEN = ("M4", "CONS.GR", 8)
PASTED = ("M2", "VV.SITE", 9)
"""«2 480» with a no-break space, as it comes from a web page."""

PACE = {
    "LN.ST": 0.90, "LN.MO": 0.92, "CONS.IND": 0.80, "CONS.WR": 0.80, "CONS.GR": 0.90, "MSG.BLOG": 0.71,
    "MSG.PORT": 0.70, "VV.BLOG": 1.05, "VV.PUB": 1.02, "VV.SITE": 1.04, "VV.PORT": 1.10, "UV.SITE": 1.09,
    "VS.ST": 1.02, "VS.MO": 1.05, "RDR.MO": 0.97, "EXH": 1.0,
}  # fmt: skip
"""Share of the plan that is reached; 1 where none is given."""

CAUSES = {
    "LN.ST": ("demand", "Читатели чаще работают в зале, чем берут книги на дом"),
    "LN.MO": ("travel", "Передвижной кабинет выезжал реже, чем намечено"),
    "CONS": ("demand", "Библиотеки чаще обращаются в виртуальную справочную службу"),
    "MSG.PORT": ("technical", "Портал не работал 12 дней, сообщения не публиковались"),
    "MSG.BLOG": ("technical", "Блог открывался с перебоями, сообщений меньше"),
    "VV": ("technical", "Счётчик посещений работал с перебоями"),
    "UV": ("technical", "Счётчик посещений работал с перебоями"),
    "RDR": ("demand", "Читатели перерегистрируются позже, чем год назад"),
    "RDR.MO": ("travel", "Выезд кабинета перенесён из-за дорог"),
    "VS": ("season", "Школьников было меньше обычного"),
    "PUB": ("staff", "Редактор на больничном, выпуск сдвинут на месяц"),
    "TRN": ("event_moved", "Занятие зональной школы перенесено"),
    "TRIP": ("travel", "Поездка отложена: транспорт на ремонте"),
    "REC": ("staff", "Отпуск исполнителя"),
    "SPD": ("event_moved", "День специалиста перенесён"),
    "REV": ("staff", "Отпуск исполнителя"),
    "EXH": ("premises", "Ремонт читального зала"),
}
"""Code of an indicator, or the first part of its code → why less than planned was done."""


def form_bytes(plan: Plan, unit: str) -> bytes:
    """The unit's form as it is committed."""
    settings, _ = read_settings(ROOT / "config.toml")
    assert settings is not None
    content = form_workbook(plan, unit, settings, WORDS, filled(plan, unit))
    return _pasted(content, plan) if unit == PASTED[0] else content


def _pasted(content: bytes, plan: Plan) -> bytes:
    """The form with the pasted text, and what its formulas then show."""
    unit, indicator, month = PASTED
    row, readiness = row_of(plan, unit, month, indicator), WORDS("forms.readiness.errors")
    errors = column_letters(MONTH["errors"])
    cells = {f"G{row}": "2\u00a0480", "K3": 1, "M3": readiness, f"{errors}{row}": 1}
    content = paste(content, f"xl/worksheets/sheet{month + 1}.xml", cells)
    return paste(content, "xl/worksheets/sheet1.xml", {"I15": readiness})


def filled(plan: Plan, unit: str) -> Submission:
    """All that the unit has entered by the reported month."""
    last = REPORTED - 1 if unit == LATE else REPORTED
    entries: list[Entry] = []
    explanations: list[Explanation] = []
    reached: dict[str, list[float]] = {}
    for indicator in plan.entered_by(unit):
        planned = planned_months(plan, unit, indicator) or ()
        figures = _figures(indicator, planned, reached, random.Random(f"{unit} {indicator.code}"))
        reached[indicator.code] = figures
        for month, figure in enumerate(figures[:last], start=1):
            if (unit, indicator.code, month) in (FORGOTTEN, PASTED):
                continue
            entries.append(Entry(indicator.code, month, "actual", figure, "", ""))
            explanations += _explanation(unit, indicator, month, planned[month - 1], figure)
    marks = _marks(plan, unit)
    return Submission("", "", form_identity(plan, unit), tuple(entries), tuple(explanations), marks, _extras(unit))


def _figures(
    indicator: Indicator, planned: tuple[float, ...], reached: dict[str, list[float]], chance: random.Random
) -> list[float]:
    """Twelve actual figures near the planned ones at the indicator's pace; whole, and the running sum keeps it."""
    pace = PACE.get(indicator.code, 1.0)
    if indicator.entering == "cumulative":
        return [round_half_up(figure * pace * chance.uniform(0.99, 1.01)) for figure in planned]
    figures: list[float] = []
    running = 0.0
    for figure in planned:
        running += figure * pace
        noise = chance.uniform(-0.12, 0.12) * figure
        figures.append(max(0.0, round_half_up(running + noise - sum(figures))))
    if indicator.relation == "of_which":
        figures = [min(pair) for pair in zip(figures, reached[str(indicator.parent)], strict=True)]
    return figures


def _explanation(unit: str, indicator: Indicator, month: int, planned: float, actual: float) -> list[Explanation]:
    """A cause where the form asks for one, save for some that were forgotten."""
    limits = Thresholds()
    mark = status(planned, actual, limits.percent_of(indicator), limits.absolute_of(indicator), limits)
    if mark in ("norm", "none") or random.Random(f"{unit} {indicator.code} {month}").random() < 0.12:
        return []
    cause, text = CAUSES.get(indicator.code) or CAUSES[indicator.code.partition(".")[0]]
    if mark == "above":
        cause, text = "extra_event", "Дополнительная работа сверх плана"
    return [Explanation(indicator.code, month, WORDS(f"forms.cause.{cause}"), text, "", "")]


def _marks(plan: Plan, unit: str) -> tuple[Mark, ...]:
    """Of activities for several the first responsible marks; most are done in time, some late, some not at all."""
    today = date(plan.year, REPORTED - 1 if unit == LATE else REPORTED, 30)
    marks: list[Mark] = []
    for row in activity_rows(plan, unit):
        if row.activity.responsible[0] != unit or (row.due is not None and row.due.end > today):
            continue
        chance = random.Random(f"{row.activity.code} {row.number}")
        luck = chance.random()
        if row.due is None:
            if luck < 0.8:
                marks.append(Mark(unit, row.activity.code, row.number, "in_progress", None, "", NOWHERE))
            continue
        state: MarkedState = "done"
        day, result = row.due.end - timedelta(days=chance.randint(0, 2)), "Проведено (пример)"
        if luck > 0.97:
            state, result = "cancelled", "Отменено: нет заявок (пример)"
        elif luck > 0.92:
            state, result = "moved", "Перенесено на IV квартал (пример)"
        elif luck > 0.80:
            day = row.due.end + timedelta(days=chance.randint(3, 12))
        elif luck > 0.70:
            continue
        marks.append(
            Mark(
                unit,
                row.activity.code,
                row.number,
                state,
                min(day, today) if state == "done" else None,
                result,
                NOWHERE,
            )
        )
    return tuple(marks)


def _extras(unit: str) -> tuple[ExtraActivity, ...]:
    if unit != "M4":
        return ()
    return (
        ExtraActivity(unit, "Выезд в сельскую библиотеку по её просьбе", "TRIP", date(2013, 6, 14), "Пример", NOWHERE),
    )


if __name__ == "__main__":
    plan = example_plan()
    for unit in plan.units.members:
        write_whole(FOLDER / form_file_name(unit), form_bytes(plan, unit.code))
        print(form_file_name(unit))
