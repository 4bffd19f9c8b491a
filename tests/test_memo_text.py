"""The memo's sentences: numbers and nouns agree, and no phrase says more than the figures do."""

import math
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from pipeline.analysis.main_indicators import Row
from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import Month, Period
from pipeline.memo import activities, indicators
from pipeline.memo.phrases import days, some, year_to_date
from pipeline.memo.text import MOST_ROWS, memo_text
from pipeline.words import NO_BREAK, Words
from tests.memo_lines import ADDRESSEE, SNAPSHOT, memo_lines
from tests.report_tables import example_tables

WORDS = Words("ru")
TOLERATED = "по плану или лучше (с учётом допустимого отклонения)"


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def row(name: str = "Выезды", percent: float = 100, status: str = "norm", **other: Any) -> Row:
    """An indicator with a plan of 100 since January and a target of 200."""
    usual = {
        "code": name,
        "name": name,
        "unit_of_measure": "ед.",
        "direction": "more",
        "decimals": 0,
        "main": True,
        "depth": 0,
        "to_date_planned": 100.0,
        "to_date_actual": float(percent),
        "to_date_variance": percent - 100.0,
        "to_date_percent": float(percent),
        "to_date_status": status,
        "to_date_received": 9,
        "to_date_expected": 9,
        "target": 200.0,
        "forecast": 2.0 * percent,
        "forecast_low": math.nan,
        "forecast_high": math.nan,
        "forecast_percent": float(percent),
        "pace": 40.0,
        "last_year": math.nan,
        "cause": "",
        "explanation": "",
        "who": "",
    }
    return usual | other


def in_month(number: int) -> ReportTables:
    return replace(example_tables(), period=Period(Month(2013, number), Month(2013, number)))


def with_occurrences(*states: str, month: int = 9, **other: Any) -> ReportTables:
    """An occurrence of one activity in each state, in the reported month or, where it is still to come, the next."""
    day = [datetime(2013, 10 if state in ("coming", "due", "moved") else 9, 16) for state in states]
    done = [end if state == "done" else pd.NaT for end, state in zip(day, states, strict=True)]
    usual = {"activity": "A1", "title": "Семинар", "state": states, "result": "", "start": day, "end": day}
    frame = pd.DataFrame(usual | {"done_date": pd.Series(done, dtype="datetime64[s]")} | other)
    known = pd.DataFrame([{"code": "A1", "responsible": "Методист 1; Методист 2"}])
    return replace(in_month(month), activities=known, occurrences=frame)


@pytest.mark.parametrize(
    ("statuses", "month", "expected"),
    [
        (["norm"], 1, f"Из 1 основного показателя за январь 2013 года {TOLERATED} — 1."),
        (
            ["norm", "above", "risk", "behind", "none"], 9,
            f"Из 5 основных показателей за январь–сентябрь 2013 года {TOLERATED} — 2, "
            "риск отставания — 1, отставание — 1, нет данных для оценки — 1.",
        ),
        (
            ["behind"] * 21, 6,
            f"Из 21 основного показателя за январь–июнь 2013 года {TOLERATED} — 0, "
            "отставание — 21.",
        ),
        ([], 9, "Показателей в плане нет."),
    ],
)  # fmt: skip
def test_overall(statuses: list[str], month: int, expected: str) -> None:
    rows = [row(status=status) for status in statuses]
    assert plain(indicators.overall(in_month(month), rows, WORDS)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [row("А", 103), row("Б", 130), row("В", 110), row("Г", 105), row("Д", 90), row("Е", math.nan)],
            "Лучшие результаты: «Б» — 130 % плана, «В» — 110 % плана, «Г» — 105 % плана.",
        ),
        ([row("А", 60, direction="less")], "Лучшие результаты: «А» — 60 % плана, здесь меньше — лучше."),
        ([row("А", 120, to_date_received=8)], "Лучшие результаты: «А» (данные неполные) — 120 % плана."),
        ([row("А")], "На 100 % план выполнен по 1 показателю: «А»."),
        ([row("А"), row("Б")], "На 100 % план выполнен по 2 показателям: «А», «Б»."),
        ([row("А", 99)], ""),
    ],
)
def test_best(rows: list[Row], expected: str) -> None:
    assert plain(indicators.best(rows, WORDS)) == expected


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (
            row("Сообщения", 70, "behind", cause="Связь", explanation="Портал «Читай» не работал.", who="Методист 2"),
            "«Сообщения», ед. — отставание: план — 100, факт — 70 (70 % плана, на 30 меньше). "
            "Причина: «Связь»; пояснение: «Портал „Читай“ не работал» (Методист 2).",
        ),
        (
            row("Сообщения", 90, "risk", to_date_received=44, to_date_expected=45, last_year=95.0),
            "«Сообщения», ед. — риск отставания: план — 100, факт — 90 (90 % плана, на 10 меньше). "
            "Данные неполные: 44 из 45. За тот же период 2012 года — 95. Причина не указана.",
        ),
        (
            row("Должники", 150, "behind", direction="less", unit_of_measure=""),
            "«Должники» — отставание: план — 100, факт — 150 (150 % плана, на 50 больше). Причина не указана.",
        ),
        (
            row(
                "Жалобы", math.nan, "behind", to_date_planned=0.0, to_date_actual=3.0, to_date_variance=3.0, cause="Да"
            ),
            "«Жалобы», ед. — отставание: план — 0, факт — 3 (на 3 больше). Причина: «Да».",
        ),
        (
            row("Выезды", math.nan, "none", to_date_received=0, explanation="Нет транспорта"),
            "«Выезды», ед. — нет данных для оценки: план — 100, факт не сдан. Пояснение: «Нет транспорта».",
        ),
        (row("Выезды", math.nan, "none"), "«Выезды», ед. — нет данных для оценки: план — 100, факт не сдан."),
    ],
)  # fmt: skip
def test_behind(indicator: Row, expected: str) -> None:
    _, items = indicators.behind(example_tables(), [row("Норма"), indicator], WORDS)
    assert [plain(item) for item in items] == [expected]


def test_nothing_behind_is_said() -> None:
    said = indicators.behind(example_tables(), [row(), row(status="none", to_date_planned=math.nan)], WORDS)
    assert said == ("Ни отставания, ни риска отставания по основным показателям нет.", ())


def test_causes_are_announced_only_where_there_are_any() -> None:
    silent, _ = indicators.behind(example_tables(), [row(status="behind", percent=70)], WORDS)
    given, _ = indicators.behind(example_tables(), [row(status="behind", percent=70, cause="Связь")], WORDS)
    assert plain(silent) == "Цифры — с начала года. В формах за сентябрь 2013 года причин нет."
    assert plain(given) == "Цифры — с начала года, причины — по формам за сентябрь 2013 года."


def test_what_is_too_much_for_the_memo_is_named_in_one_sentence() -> None:
    rows = [row(f"П{number}", 60 + number, "behind") for number in range(10)]
    _, items = indicators.behind(example_tables(), rows, WORDS)
    assert len(items) == 9
    assert plain(items[-1]) == "Кроме того, требуют внимания (в скобках — % плана): «П8» (68 %), «П9» (69 %)."


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({"M1": "complete", "M2": "complete"}, "Форм за сентябрь сдано 2 из 2."),
        (
            {"M1": "missing", "M2": "partial", "M3": "absent"},
            "Форм за сентябрь сдано 1 из 2; не полностью заполнена 1 форма: M2; не сдана 1 форма: M1.",
        ),
        ({"M1": "missing", "M2": "missing"}, "Форм за сентябрь сдано 0 из 2; не сданы 2 формы: M1, M2."),
        (
            {f"M{number}": "missing" for number in range(21)},
            "Форм за сентябрь сдано 0 из 21; не сдана 21 форма: M0, M1, M2, M3, M4, M5, M6, M7 и ещё 13.",
        ),
        ({"M1": "absent"}, ""),
    ],
)
def test_handed_in(states: dict[str, str], expected: str) -> None:
    units = pd.DataFrame([{"title": unit, "reports": True, "m9": state} for unit, state in states.items()])
    assert plain(indicators.handed_in(replace(example_tables(), units=units), WORDS)) == expected


@pytest.mark.parametrize(
    ("errors", "expected"),
    [(0, ""), (1, "осталась 1 ошибка"), (2, "остались 2 ошибки"), (5, "осталось 5 ошибок"), (21, "осталась 21 ошибка")],
)
def test_errors_in_the_data_are_counted(errors: int, expected: str) -> None:
    problems = pd.DataFrame({"severity": ["error"] * errors + ["warning"]})
    said = plain(indicators.errors(replace(example_tables(), problems=problems), WORDS))
    assert said == (
        f"В данных {expected}, после исправления цифры могут измениться (см. отчёт, лист «Замечания»)."
        if errors
        else ""
    )


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["done"], "К 30 сентября 2013 года отмечено выполнение по 1 сроку: вовремя — 1."),
        (["done", "late"], "К 30 сентября 2013 года отмечено выполнение по 2 срокам: вовремя — 1, с опозданием — 1."),
        (
            ["done"] * 5 + ["moved", "cancelled"],
            "К 30 сентября 2013 года отмечено выполнение по 5 срокам: вовремя — 5. "
            "Из остальных: перенесено — 1, отменено — 1.",
        ),
        (["done"] * 21, "К 30 сентября 2013 года отмечено выполнение по 21 сроку: вовремя — 21."),
        (["coming"], "К 30 сентября 2013 года отметок о выполнении мероприятий нет."),
    ],
)
def test_done_activities(states: list[str], expected: str) -> None:
    said = plain(activities.done(with_occurrences(*states), WORDS))
    assert said == f"Повторяющиеся мероприятия учтены по каждому сроку. {expected}"


def test_done_without_a_day_is_not_said_to_be_in_time() -> None:
    said = plain(activities.done(with_occurrences("done", done_date=pd.NaT), WORDS))
    assert said.endswith("К 30 сентября 2013 года отмечено выполнение по 1 сроку: дата выполнения не указана — 1.")


@pytest.mark.parametrize(
    ("count", "intro", "rest"),
    [
        (1, "Просрочен 1 срок:", ""),
        (2, "Просрочены 2 срока:", ""),
        (5, "Просрочено 5 сроков:", ""),
        (7, "Просрочено 7 сроков:", "И ещё 1 срок: см. отчёт, лист «Мероприятия»."),
        (21, "Просрочен 21 срок:", "И ещё 15 сроков: см. отчёт, лист «Мероприятия»."),
    ],
)
def test_overdue(count: int, intro: str, rest: str) -> None:
    said, items = activities.overdue(with_occurrences(*["overdue"] * count), WORDS)
    assert plain(said) == intro
    assert plain(items[0]) == "16 сентября — Семинар (Методист 1, Методист 2). Причина не указана."
    assert [plain(item) for item in items[activities.MOST_OVERDUE :]] == ([rest] if rest else [])


def test_overdue_is_explained_in_the_words_of_the_form() -> None:
    _, items = activities.overdue(with_occurrences("overdue", result="Нет транспорта."), WORDS)
    assert plain(items[0]).endswith("Пояснение: «Нет транспорта».")
    assert activities.overdue(with_occurrences("done"), WORDS) == ("Просроченных мероприятий нет.", ())


def test_coming() -> None:
    said, items = activities.coming(with_occurrences("coming", "moved", "overdue"), WORDS)
    assert plain(said) == "Предстоят до 31 октября 2013 года 2 срока:"
    assert [plain(item) for item in items] == [
        "16 октября — Семинар (Методист 1, Методист 2).",
        "16 октября — Семинар (Методист 1, Методист 2); срок перенесён.",
    ]
    none, _ = activities.coming(with_occurrences("done"), WORDS)
    assert plain(none) == "Мероприятий со сроком до 31 октября 2013 года в плане нет."


def test_the_next_year_has_a_plan_of_its_own() -> None:
    assert activities.coming(with_occurrences("done", month=12), WORDS) == ("", ())


def test_a_plan_without_dated_activities() -> None:
    tables = replace(with_occurrences(), occurrences=with_occurrences("done").occurrences.iloc[:0])
    assert activities.done(tables, WORDS) == "Мероприятий со сроками в плане нет."
    assert (activities.overdue(tables, WORDS), activities.coming(tables, WORDS)) == (("", ()), ("", ()))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (datetime(2013, 5, 16), datetime(2013, 5, 16), "16 мая"),
        (datetime(2013, 10, 24), datetime(2013, 10, 25), "24–25 октября"),
        (datetime(2013, 10, 1), datetime(2013, 10, 31), "до 31 октября"),
        (datetime(2013, 9, 30), datetime(2013, 10, 1), "до 1 октября"),
    ],
)
def test_days(start: datetime, end: datetime, expected: str) -> None:
    assert plain(days(start.date(), end.date(), WORDS)) == expected


FORECAST = "По прогнозу годовое задание будет выполнено по"


@pytest.mark.parametrize(
    ("rows", "intro", "expected"),
    [
        ([row()], f"{FORECAST} 1 из 1 основного показателя.", []),
        (
            [row("А", 70, "behind"), row("Б", 97), row("В", 60, direction="less")],
            f"{FORECAST} 1 из 3 основных показателей.",
            [
                "«А», ед.: прогноз — 140 из 200 (70 %); нужно не меньше 40 в месяц.",
                "По прогнозу задание не выполняется также: «Б» (97 %).",
            ],
        ),
        (
            [row("А", 120, "behind", direction="less"), row("Б", 70, "behind", pace=math.nan)],
            f"{FORECAST} 0 из 2 основных показателей.",
            ["«Б», ед.: прогноз — 140 из 200 (70 %).", "«А», ед.: прогноз — 240 из 200 (120 %)."],
        ),
        (
            [row("А", 70, "behind", target=2000.0, forecast=1400.0, forecast_low=1280.0, forecast_high=1530.0)],
            f"{FORECAST} 0 из 1 основного показателя.",
            [
                "«А», ед.: прогноз — 1 400 из 2 000 (70 %), в 8 случаях из 10 — от 1 280 до 1 530; "
                "нужно не меньше 40 в месяц."
            ],
        ),
        (
            [row(to_date_received=8), row(forecast_percent=math.nan)],
            f"{FORECAST} 1 из 1 основного показателя. Ещё по 1 показателю прогноза нет. "
            "Часть данных не поступила, поэтому прогноз предварительный.",
            [],
        ),
        ([row(forecast_percent=math.nan)], "Для прогноза нет данных.", []),
    ],
)
def test_forecast(rows: list[Row], intro: str, expected: list[str]) -> None:
    said, items = indicators.forecast(example_tables(), rows, WORDS)
    assert (plain(said), [plain(item) for item in items]) == (intro, expected)


def test_december_tells_the_year_and_forecasts_nothing() -> None:
    said, items = indicators.forecast(in_month(12), [row(), row("А", 70, "behind")], WORDS)
    assert plain(said) == "Годовое задание выполнено по 1 из 2 основных показателей."
    assert [plain(item) for item in items] == ["«А», ед.: 140 из 200 (70 %)."]
    memo = memo_lines(memo_text(in_month(12), ADDRESSEE, WORDS))
    assert "4. Итоги года" in memo
    assert "прогноз" not in memo.lower()


def test_periods_and_lists() -> None:
    assert plain(year_to_date(Month(2013, 1), WORDS)) == "январь 2013 года"
    assert plain(year_to_date(Month(2013, 3), WORDS)) == "январь–март 2013 года"
    assert plain(some(list("абвгдежзи"), WORDS)) == "а, б, в, г, д, е, ж, з и ещё 1"


def test_the_whole_memo_reads_as_it_was_read_aloud() -> None:
    assert memo_lines(memo_text(example_tables(), ADDRESSEE, WORDS)) == SNAPSHOT.read_text(encoding="utf-8")


def test_english_has_no_russian_letters_but_those_of_the_data() -> None:
    tables = example_tables()
    names = {code: f"Indicator {number}" for number, code in enumerate(tables.indicators["code"])}
    english = replace(
        tables,
        institution="Library",
        department="Department",
        head="Head",
        indicators=tables.indicators.assign(
            name=list(names.values()), unit_of_measure="pcs", cause="Cause", explanation="", who="Person 1"
        ),
        units=tables.units.assign(title="Person 1"),
        activities=tables.activities.assign(title="Seminar", responsible="Person 1"),
        occurrences=tables.occurrences.assign(title="Seminar", result=""),
    )
    for month in (9, 12):
        said = memo_lines(memo_text(replace(english, period=in_month(month).period), "", Words("en")))
        assert re.findall(r"[А-Яа-яЁё«»]+", said) == []


def test_a_memo_without_main_indicators_and_without_anything() -> None:
    tables = example_tables()
    bare = replace(
        tables,
        indicators=tables.indicators.iloc[:0],
        months=tables.months.iloc[:0],
        units=tables.units.iloc[:0],
        activities=tables.activities.iloc[:0],
        occurrences=tables.occurrences.iloc[:0],
        problems=tables.problems.iloc[:0],
    )
    memo = memo_text(bare, "", WORDS)
    assert (memo.table, memo.captions) == (None, ())
    assert memo.addressee.startswith("Кому:")
    assert [part.text for part in memo.done.parts] == ["Показателей в плане нет."]


def test_more_indicators_than_the_table_holds_are_told() -> None:
    tables = example_tables()
    memo = memo_text(replace(tables, indicators=tables.indicators.assign(main=True)), "", WORDS)
    assert memo.table is not None
    assert len(memo.table.rows) == MOST_ROWS
    assert plain(memo.table.notes[-1]) == (
        f"Показано {MOST_ROWS} из {len(tables.indicators)} основных показателей, "
        "остальные — в отчёте, лист «План-факт»."
    )
    assert plain(memo.captions[0].text).endswith(f"Показаны лучшие и худшие: {MOST_ROWS} из {len(tables.indicators)}.")


def test_a_memo_about_a_part_says_of_which() -> None:
    whole = example_tables()
    part = replace(whole, is_part=True, unit_title="Северный район")
    subjects = [plain(memo_text(tables, "", WORDS).subject) for tables in (whole, part)]
    day = "О выполнении плана по состоянию на 30 сентября 2013 года"
    assert subjects == [day, f"{day}: Северный район"]


def test_of_hundreds_who_explain_the_first_are_named_and_a_long_text_is_cut() -> None:
    who = "; ".join(f"Библиотека {number}" for number in range(1, 401))
    about = row(percent=50, status="behind", cause="Паводок", explanation="Причина " * 400, who=who)
    tables = replace(example_tables(), indicators=pd.DataFrame([about]).assign(target=200.0))
    (text,) = (plain(line) for line in indicators.behind(tables, [about], WORDS)[1])
    assert "Библиотека 8 и ещё 392)" in text and "Библиотека 9" not in text
    assert "… (остальное — в формах)" in text and len(text) < 1200
