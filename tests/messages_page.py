"""docs/messages.md: every problem that the program can tell of, in the words of its catalogues.

    python -m tests.messages_page

writes it anew; a test says when it is no longer what the catalogues say.
"""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from pipeline.problems import CODES
from pipeline.words import LOCALE

PAGE = Path(__file__).parents[1] / "docs" / "messages.md"
AREAS = {
    "cli": ("Настройки и файлы", "О config.toml и о том, что программа пишет."),
    "plan": ("План года", "О книге `plan.xlsx`. Как её заполнять — [«Составляю план на год»](planning.md)."),
    "forms": ("Форма", "О листах, столбцах и строках форм. Подробнее — [что делают с формами](intake.md)."),
    "intake": ("Файлы, ячейки, цифры", "О том, что прислали, и о самих цифрах. Пороги — [проверки цифр](checks.md)."),
    "history": (
        "Память программы",
        "О закрытых месяцах, исправлениях, новых формах и восстановлении ([память](memory.md)).",
    ),
}
GRAVITY = {"error": "ошибка", "warning": "предупреждение", "note": "заметка"}
HEAD = """# Что говорит программа

Все замечания программы: что случилось и что делать. Найти своё: Ctrl+F и несколько слов из замечания. Многоточие стоит
там, где программа назовёт файл, показатель, число. Перед замечанием всегда сказано место: файл · лист · ячейка.

- **Ошибка** — данные не учтены или отчёт сомнителен. Исправьте.
- **Предупреждение** — прочитано, но стоит посмотреть.
- **Заметка** — только сообщается.

В отчёте замечания стоят на листе «Замечания». Страница сделана из слов самой программы
(`python -m tests.messages_page`), править её руками не нужно.
"""


def page() -> str:
    """The page's text."""
    return "\n".join([HEAD, *(_section(area) for area in AREAS)])


def templates(area: str) -> dict[str, str]:
    """The area's messages by their keys, as its catalogue has them."""
    with (LOCALE / "ru" / "LC_MESSAGES" / f"{area}.po").open("rb") as file:
        return {message.id: str(message.string) for message in read_po(file) if isinstance(message.id, str)}


def _section(area: str) -> str:
    title, about = AREAS[area]
    said = templates(area)
    rows = []
    for code in (code for code in CODES if code.startswith(f"{area}.")):
        key = f"{area}.problem.{code.removeprefix(f'{area}.')}"
        rows.append(f"| {GRAVITY[CODES[code]]} | {_shown(said[key])} | {_shown(said[f'{key}.advice'])} |")
    return "\n".join(
        [f"## {title}\n", f"{about}\n", "| степень | что сказано | что делать |", "|---|---|---|", *rows, ""]
    )


def _shown(template: str) -> str:
    """A message with «…» for what will be named."""
    text = re.sub(r"\{\w+\}", "…", template).replace("….", "…").replace("|", r"\|")
    return "сказано там же" if text == "…" else text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
