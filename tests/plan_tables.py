"""A plan's workbook written in the test that reads it: a table in Markdown for each sheet.

Cells that look like numbers are numbers, ISO dates are dates, `\\n` is a line break, the rest is text.
"""

import re
from datetime import date

from pipeline.domain.plan import Plan
from pipeline.intake.kept_plan import freeze_plan, thaw_plan
from pipeline.plan.audit import audit
from pipeline.plan.read import read_plan
from pipeline.problems import Problem, advice, message
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words

SOUND = {
    "План": """
        | Сведения       | Значение   |
        | Год            | 2013       |
        | Название плана | План       |
        | Подразделение  | Отдел      |
    """,
    "Исполнители": """
        | Код | Исполнитель       | Группа    |
        | H   | Заведующий        |           |
        | M1  | Методист 1        | методисты |
        | M2  | Методист 2        | методисты |
    """,
    "Разделы": """
        | Код | Услуга или работа |
        | S1  | Услуга            |
    """,
    "Показатели": """
        | Код   | Показатель | Раздел | Единица измерения | Входит в | Связь |
        | VS    | Посещения  | S1     | ед.               |          |       |
        | VS.ST | Стационар  | S1     | ед.               | VS       | часть |
        | VS.MO | Кабинет    | S1     | ед.               | VS       | часть |
    """,
    "Задания": """
        | Код показателя | Код исполнителя | Задание на год |
        | VS             | H               | 12             |
        | VS.ST          | M1              | 200            |
        | VS.MO          | M1              | 100            |
        | VS.MO          | M2              | 100            |
    """,
}
"""A small plan in which nothing is wrong."""


def plan_book(**sheets: str | None) -> Book:
    """The sound workbook with these sheets put in its place, or taken out of it (None)."""
    texts = {name: text for name, text in (SOUND | sheets).items() if text is not None}
    return Book("plan.xlsx", tuple(Sheet("plan.xlsx", name, _rows(text)) for name, text in texts.items()))


def read(**sheets: str | None) -> tuple[Plan | None, list[Problem]]:
    """The plan and what reading finds in it; each problem can be told in both languages, and what is kept between runs
    is what was read."""
    plan, problems = read_plan(plan_book(**sheets))
    if plan is not None:
        said = problems + audit(plan)
        assert thaw_plan(freeze_plan(plan, "0f", said)) == (plan, "0f", said)
    return plan, [told(problem) for problem in problems]


def audited(**sheets: str | None) -> list[Problem]:
    """What the audits find in a workbook that reads without problems."""
    plan, problems = read(**sheets)
    assert plan is not None
    assert problems == []
    return [told(problem) for problem in audit(plan)]


def found(problems: list[Problem]) -> list[tuple[str, str, str]]:
    """(code, sheet!cell, what was found) of each."""
    return [(one.code.removeprefix("plan."), f"{one.address.sheet}!{one.address.cell}", one.found) for one in problems]


def said(problem: Problem) -> str:
    """What is wrong, in Russian, its no-break spaces as plain ones."""
    return message(problem, Words()).replace("\u00a0", " ")


def told(problem: Problem) -> Problem:
    """The problem itself; its words must be there and filled in."""
    for words in (Words("ru"), Words("en")):
        for text in (message(problem, words), advice(problem, words)):
            assert not re.search(r"^$|[{}]|plan\.\w", text), text
    return problem


def _rows(text: str) -> list[list[Value]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[_value(cell.strip()) for cell in line[1:-1].split("|")] if line else [] for line in lines]


def _value(cell: str) -> Value:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    return float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell.replace(r"\n", "\n")
