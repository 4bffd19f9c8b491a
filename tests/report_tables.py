"""A made-up report of the 2013 plan for September, as the analysis would hand it to the report.

Targets and activities are the plan's; every monthly figure, mark and problem is made up. All sums are made of the
units' figures below, so that the tables agree with one another. One form is missing, one is incomplete.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from pipeline.analysis.live_table import COMING, LiveTable
from pipeline.analysis.standings import COLUMNS as STANDINGS
from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS, Month, Period
from pipeline.domain.phasing import EVEN, spread
from pipeline.domain.rounding import round_half_up
from pipeline.domain.status import Thresholds, fulfilment, status
from tests.report_activities import (
    example_activities,
    example_extras,
    example_meets,
    example_occurrences,
    example_summary,
)
from tests.report_management import (
    example_assignment,
    example_contributions,
    example_deviations,
    example_lacking,
    example_sections,
)

REPORTED = 9
THRESHOLDS = Thresholds()
UNITS = {
    "HEAD": "Заведующий отделом",
    "M1": "Методист 1",
    "M2": "Методист 2",
    "M3": "Методист 3",
    "M4": "Методист 4",
}
FILES = {unit: f"2013/{unit} {title}.xlsx" for unit, title in UNITS.items() if unit != "M4"}
SECTIONS = {
    "S1": "Услуга по библиотечному, информационному, справочному обслуживанию населения",
    "S4": "Услуга по оказанию методической помощи муниципальным библиотекам",
}
WEIGHTS = {
    "even": EVEN,
    "spring": (15, 14, 11, 9, 8, 6, 5, 6, 8, 7, 6, 5),
    "school": (10, 10, 11, 11, 9, 6, 4, 5, 8, 9, 9, 8),
    "quarter": (0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
}
INDICATORS = """
# code     | relation | main | unit of measure | target | units   | phasing | pace, % | short title
RDR        |          | *    | чел.            |        |         |         |         | Читатели
RDR.ST     | part     |      | чел.            | 30     | H1234   | spring  | 100     | Читатели: стационар
RDR.MO     | part     |      | чел.            | 60     | H1234   | spring  | 97      | Читатели: передвижной кабинет
RDR.VI     | part     |      | чел.            | 24     | 3       | even    | 100     | Постоянные пользователи блога
LN         |          | *    | экз.            |        |         |         |         | Книговыдача
LN.ST      | part     |      | экз.            | 600    | H1234   | school  | 90      | Книговыдача: стационар
LN.MO      | part     |      | экз.            | 1400   | H1234   | school  | 92      | Книговыдача: передвижной кабинет
VS         |          | *    | ед.             |        |         |         |         | Посещения
VS.ST      | part     |      | ед.             | 200    | H1234   | school  | 103     | Посещения: стационар
VS.ST.EV   | of_which |      | ед.             | 150    | H1234   | school  | 99      | из них массовых мероприятий
VS.MO      | part     |      | ед.             | 200    | H1234   | school  | 104     | Посещения: передвижной кабинет
VS.MO.EV   | of_which |      | ед.             | 150    | H1234   | school  | 98      | из них массовых мероприятий
VV         |          | *    | ед.             |        |         |         |         | Виртуальные посещения
VV.BLOG    | part     |      | ед.             | 36000  | 3       | even    | 110     | Посещения блога
VV.PUB     | part     |      | ед.             | 4000   | 2       | even    | 107     | Обращения к электронным изданиям
VV.SITE    | part     |      | ед.             | 30000  | 2       | even    | 109     | Посещения страницы сайта
VV.PORT    | part     |      | ед.             | 220000 | 2       | even    | 126     | Посещения Библиотечного портала
UV.SITE    | last     | *    | чел.            | 5000   | 2       | even    | 113     | Уникальные посетители страницы
MSG        |          | *    | ед.             |        |         |         |         | Сообщения
MSG.BLOG   | part     |      | ед.             | 240    | 3       | even    | 69      | Сообщения в блоге
MSG.PORT   | part     |      | ед.             | 360    | 2       | even    | 71      | Сообщения на портале
SPD        |          | *    | ед.             | 4      | H       | quarter | 100     | Дни специалиста
REV        |          | *    | ед.             | 20     | 14      | even    | 100     | Обзоры литературы
EXH        |          | *    | ед.             | 20     | 1       | even    | 100     | Книжные выставки
EXH.PER    | of_which |      | ед.             | 4      | 1       | quarter | 100     | из них периодических изданий
PUB        |          |      | ед.             | 12     | H1234   | even    | 100     | Издания
CONS       |          | *    | ед.             |        |         |         |         | Консультации
CONS.IND   | part     |      | ед.             | 500    | H1234   | even    | 83      | Консультации индивидуальные
CONS.WR    | part     |      | ед.             | 70     | 24      | even    | 74      | Консультации письменные
CONS.GR    | part     |      | ед.             | 30     | H2      | even    | 90      | Консультации групповые
TRN        |          | *    | ед.             | 20     | H2      | even    | 100     | Обучающие мероприятия
REC        |          | *    | ед.             | 10     | H13     | even    | 100     | Методические рекомендации
TRIP       |          | *    | ед.             | 16     | H14     | school  | 78      | Выезды
RDG        | ratio    |      | экз./чел.       |        |         |         |         | Читаемость
ATT        | ratio    |      | посещ./чел.     |        |         |         |         | Посещаемость
"""
RATIOS = {"RDG": ("LN", "RDR"), "ATT": ("VS", "RDR")}
FULL_TITLES = {
    "RDR": "Количество читателей",
    "VS": "Количество посещений (реальные)",
    "MSG": "Количество сообщений",
    "CONS": "Методические консультации",
    "RDR.MO": "Количество читателей — передвижной методический кабинет",
    "UV.SITE": "Уникальные посетители страницы сайта",
}
WOBBLE = (0, 4, -6, 9, -3, -9, 5, 2, -4, 0, 0, 0)  # a month's pace strays by so many per cent
NOT_REPORTED = {("M4", 9), ("M3", 9, "VV.BLOG"), ("M3", 9, "CONS.IND"), ("M2", 7, "VV.PUB")}
LAST_YEAR = {"RDR": 96, "LN": 104, "VS": 91, "VV": 71, "CONS": 118, "TRN": 100}  # % of this year's plan
CAUSES = {
    "LN": ("Сезонность", "Передвижной кабинет не выезжал в августе.", "Методист 1"),
    "CONS": ("Изменение спроса", "Письменные запросы ушли в виртуальную справку.", "Методист 2; Методист 4"),
    "MSG": ("Техника, сайт, связь", "Портал не работал 12 дней, сообщения не публиковались.", "Методист 2"),
    "TRIP": ("Перенос мероприятия", "Два выезда перенесены на октябрь: нет транспорта.", "Заведующий отделом"),
    "VV.PORT": ("Изменение спроса", "=Всплеск посещений после обновления портала", "Методист 2"),
}


def _indicators() -> list[dict[str, str]]:
    lines = [line for line in INDICATORS.strip().splitlines() if not line.startswith("#")]
    keys = ("code", "relation", "main", "unit", "target", "units", "phasing", "pace", "name")
    return [dict(zip(keys, (part.strip() for part in line.split("|")), strict=True)) for line in lines]


def _figures() -> pd.DataFrame:
    """unit, indicator, month, planned, actual (NaN: not reported): the leaves, bottom-up."""
    rows = []
    for number, line in enumerate(_indicators()):
        if not line["target"]:
            continue
        who = ["HEAD" if letter == "H" else f"M{letter}" for letter in line["units"]]
        for unit, target in zip(who, spread(float(line["target"]), [1.0] * len(who)), strict=True):
            planned_before = actual_before = 0.0
            for month, planned in zip(MONTHS, spread(target, WEIGHTS[line["phasing"]]), strict=True):
                pace = int(line["pace"]) + WOBBLE[(month + number) % 12]
                actual = round_half_up(planned * pace / 100)
                if line["relation"] == "last":
                    planned, actual = planned + planned_before, actual + actual_before
                    planned_before, actual_before = planned, actual
                silent = {(unit, month), (unit, month, line["code"])} & NOT_REPORTED or month > REPORTED
                rows.append((unit, line["code"], month, planned, math.nan if silent else actual))
    return pd.DataFrame(rows, columns=["unit", "indicator", "month", "planned", "actual"])


def _below(code: str) -> set[str]:
    """The leaves of which the indicator is made."""
    parts = {
        line["code"] for line in _indicators() if line["relation"] == "part" and line["code"].startswith(f"{code}.")
    }
    return parts or {code}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _judged(planned: float, actual: float, target: float = 1.0) -> dict[str, object]:
    percent = fulfilment(_known(planned), _known(actual))
    mark = status(_known(planned), _known(actual), THRESHOLDS.tolerance_percent, 1, THRESHOLDS)
    return {"percent": math.nan if percent is None else float(percent), "status": mark}


def _months(line: Mapping[str, str], figures: pd.DataFrame) -> Iterable[dict[str, object]]:
    code, own = line["code"], figures[figures["indicator"].isin(_below(line["code"]))]
    planned_to_date = actual_to_date = 0.0
    for month in MONTHS:
        now = own[own["month"] == month]
        received, expected = int(now["actual"].count()), len(now)
        planned = now["planned"].sum()
        actual = now["actual"].sum() if received else math.nan
        last = line["relation"] == "last"
        planned_to_date = planned if last else planned_to_date + planned
        if received:
            actual_to_date = actual if last else actual_to_date + actual
        if month <= REPORTED:
            pace = actual_to_date / planned_to_date if planned_to_date else 1.0
        yield {
            "code": code,
            "month": month,
            "planned": planned,
            "actual": actual,
            "planned_to_date": planned_to_date,
            "actual_to_date": actual_to_date if month <= REPORTED else math.nan,
            "forecast": round_half_up(planned * pace) if month > REPORTED else math.nan,
            "forecast_to_date": math.nan,  # filled below
            "last_year": round_half_up(planned * LAST_YEAR[code] / 100) if code in LAST_YEAR else math.nan,
            **_judged(planned, actual),
            "received": received,
            "expected": expected,
        }


def _months_table() -> pd.DataFrame:
    return _unit_months("ALL")


@cache
def _unit_months(unit: str) -> pd.DataFrame:
    """The months of the whole department or of one person."""
    figures = _figures()
    if unit != "ALL":
        figures = figures[figures["unit"] == unit]
    lines = [line for line in _indicators() if line["relation"] != "ratio"]
    months = pd.DataFrame([row for line in lines for row in _months(line, figures)])
    for _, rows in months.groupby("code"):
        reached = rows["actual_to_date"].iloc[REPORTED - 1]
        months.loc[rows.index[REPORTED - 1], "forecast_to_date"] = reached
        months.loc[rows.index[REPORTED:], "forecast_to_date"] = reached + rows["forecast"].cumsum()
    return pd.concat([months, *(_ratio_months(months, code) for code in RATIOS)], ignore_index=True)


def _ratio_months(months: pd.DataFrame, code: str) -> pd.DataFrame:
    above, below = (months[months["code"] == part].reset_index(drop=True) for part in RATIOS[code])
    ratio = above.assign(code=code, forecast=math.nan, forecast_to_date=math.nan, last_year=math.nan)
    for name in ("planned", "actual", "planned_to_date", "actual_to_date"):
        ratio[name] = (
            above[f"{name.removesuffix('_to_date')}_to_date"] / below[f"{name.removesuffix('_to_date')}_to_date"]
        ).round(1)
    judged = [_judged(p, a) for p, a in zip(ratio["planned"], ratio["actual"], strict=True)]
    return ratio.assign(percent=[row["percent"] for row in judged], status=[row["status"] for row in judged])


def _indicator_rows() -> Iterable[dict[str, object]]:
    months, known = _months_table(), {line["code"] for line in _indicators()}
    for line in _indicators():
        code, own = line["code"], months[months["code"] == line["code"]].reset_index(drop=True)
        now, ratio = own.iloc[REPORTED - 1], line["relation"] == "ratio"
        parent = code.rpartition(".")[0]
        target = own["planned_to_date"].iloc[-1]
        to_date = own.iloc[:REPORTED]
        forecast = math.nan if ratio else round_half_up(target * now["actual_to_date"] / now["planned_to_date"])
        over_months = "last" if line["relation"] == "last" else "sum"
        row: dict[str, object] = {
            "code": code,
            "title": FULL_TITLES.get(code, line["name"]),
            "name": line["name"],
            "section": "S4" if code.split(".")[0] in {"CONS", "TRN", "REC", "TRIP"} else "S1",
            "unit_of_measure": line["unit"],
            "relation": "" if line["relation"] == "last" else line["relation"],
            "parent": parent if parent in known else "",
            "formula": " / ".join(RATIOS.get(code, ())),
            "over_months": over_months,
            "direction": "more",
            "quantity": "volume",
            "source": "дневник учёта работы",
            "okei": {"чел.": "792", "ед.": "642"}.get(line["unit"], ""),
            "main": bool(line["main"]),
            "depth": code.count("."),
            "decimals": 1 if ratio else 0,
            "target": target,
            "original_target": {"MSG": 540.0, "MSG.PORT": 300.0}.get(code, target),
        }
        quarter = to_date.iloc[REPORTED - 3 :]
        alone = ratio or over_months == "last"
        periods = {
            "period": (now["planned"], now["actual"], now["received"], now["expected"]),
            "quarter": (
                now["planned_to_date"] if alone else quarter["planned"].sum(),
                now["actual_to_date"] if alone else quarter["actual"].sum(min_count=1),
                quarter["received"].sum(),
                quarter["expected"].sum(),
            ),
            "to_date": (
                now["planned_to_date"],
                now["actual_to_date"],
                to_date["received"].sum(),
                to_date["expected"].sum(),
            ),
        }
        for period, (planned, actual, received, expected) in periods.items():
            row |= {
                f"{period}_planned": planned,
                f"{period}_actual": actual,
                f"{period}_variance": round_half_up(actual - planned, 1) if not math.isnan(actual) else math.nan,
                f"{period}_received": int(received),
                f"{period}_expected": int(expected),
            } | {f"{period}_{name}": value for name, value in _judged(planned, actual).items()}
        cause, explanation, who = CAUSES.get(code, ("", "", ""))
        yield row | {
            "section_title": SECTIONS[str(row["section"])],
            "last_year": to_date["last_year"].sum(min_count=1),
            "forecast": forecast,
            **_range(forecast, over_months, to_date),
            "forecast_percent": math.nan if ratio else float(fulfilment(target, forecast) or 0),
            "pace": math.nan
            if ratio or over_months == "last"
            else max(0, math.ceil((target - now["actual_to_date"]) / 3)),
            "cause": cause,
            "explanation": explanation,
            "who": who,
        }


def _range(forecast: float, over_months: str, to_date: pd.DataFrame) -> dict[str, float]:
    """A range of those forecasts that have one: of sums of which all figures were received."""
    if over_months == "last" or to_date["received"].sum() < to_date["expected"].sum() or not forecast >= 500:
        return {"forecast_low": math.nan, "forecast_high": math.nan}
    return {"forecast_low": round_half_up(forecast * 0.92), "forecast_high": round_half_up(forecast * 1.05)}


def _unit_rows() -> Iterable[dict[str, object]]:
    figures = _figures()
    for unit, title in UNITS.items():
        now = figures[(figures["unit"] == unit) & (figures["month"] == REPORTED)]
        states = {f"m{month}": "complete" if month <= REPORTED else "ahead" for month in MONTHS}
        states |= {"M2": {"m7": "partial"}, "M3": {"m9": "partial"}, "M4": {"m1": "absent", "m9": "missing"}}.get(
            unit, {}
        )
        yield {
            "code": unit,
            "title": title,
            "kind": "сотрудник",
            "depth": 1,
            "reports": True,
            "file": FILES.get(unit, ""),
            "received": int(now["actual"].count()),
            "expected": len(now),
            "state": states[f"m{REPORTED}"],
        } | states


def _unit_indicator_rows() -> Iterable[dict[str, object]]:
    figures = _figures()
    past = figures[figures["month"] <= REPORTED]
    for unit, title in UNITS.items():
        for line in _indicators():
            if not line["main"]:
                continue
            own = past[(past["unit"] == unit) & past["indicator"].isin(_below(line["code"]))]
            if line["relation"] == "last":
                own = own[own["month"] == REPORTED]
            if own.empty:
                continue
            planned, actual = own["planned"].sum(), own["actual"].sum(min_count=1)
            yield {
                "unit": unit,
                "unit_title": title,
                "code": line["code"],
                "name": line["name"],
                "decimals": 0,
                "to_date_planned": planned,
                "to_date_actual": actual,
                "to_date_received": int(own["actual"].count()),
                "to_date_expected": len(own),
            } | {f"to_date_{name}": value for name, value in _judged(planned, actual).items()}


PROBLEMS = [
    (
        "error",
        "intake.form_missing",
        "",
        "",
        "",
        "M4",
        9,
        "Форма за сентябрь не сдана.",
        "Запросите форму у исполнителя.",
    ),
    (
        "error",
        "intake.number_unreadable",
        FILES["M3"],
        "Сентябрь",
        "G9",
        "M3",
        9,
        "Вместо числа написано «около 3 тыс.».",
        "Впишите в ячейку число без слов.",
    ),
    (
        "error",
        "intake.part_over_whole",
        FILES["M1"],
        "Март",
        "G14",
        "M1",
        3,
        "«Из них массовых мероприятий» — 19, больше, чем посещений всего — 17.",
        "Исправьте одно из двух чисел.",
    ),
    (
        "warning",
        "intake.number_with_unit",
        FILES["M2"],
        "Июль",
        "G21",
        "M2",
        7,
        "Число записано текстом с единицей: «12 чел.».",
        "Принято как 12. Впишите число без единицы измерения.",
    ),
    (
        "warning",
        "intake.jump",
        FILES["M2"],
        "Август",
        "G19",
        "M2",
        8,
        "Посещения портала — 24 431, обычно бывает около 18 000.",
        "Проверьте, нет ли опечатки, и поясните скачок в форме.",
    ),
    (
        "note",
        "intake.text_blank",
        FILES["HEAD"],
        "Апрель",
        "G30",
        "HEAD",
        4,
        "Написано «н/д»: показатель считается непоказанным.",
        "Ничего делать не нужно, если данных правда нет.",
    ),
    (
        "note",
        "plan.statement",
        "2013/plan.xlsx",
        "Сверка",
        "C3",
        "",
        0,
        "В документе указано 70 400 посещений, а по показателям выходит 290 400.",
        "Уточните план: в общей цифре не учтён портал.",
    ),
]


def _data_rows() -> Iterable[dict[str, object]]:
    lines = {line["code"]: line for line in _indicators()}
    for number, figure in enumerate(_figures().itertuples(index=False)):
        for measure, column in (("planned", "F"), ("actual", "G")):
            value = getattr(figure, measure)
            if figure.month > REPORTED or math.isnan(value):
                continue
            yield {
                "unit": figure.unit,
                "unit_title": UNITS[figure.unit],
                "section": "S4" if figure.indicator.split(".")[0] in {"CONS", "TRN", "REC", "TRIP"} else "S1",
                "indicator": figure.indicator,
                "indicator_title": lines[figure.indicator]["name"],
                "unit_of_measure": lines[figure.indicator]["unit"],
                "month": figure.month,
                "measure": measure,
                "value": value,
                "file": FILES.get(figure.unit, f"2013/{figure.unit} {UNITS[figure.unit]}.xlsx"),
                "sheet": f"Месяц {figure.month}",
                "cell": f"{column}{9 + number % 30}",
            }


LIVE_UNITS = {"ALL": "Отдел координации деятельности библиотек области", "M1": UNITS["M1"], "M2": UNITS["M2"]}


def _live_figures(unit: str, line: Mapping[str, str]) -> Iterable[dict[str, object]]:
    """The months of one unit's indicator as each of them would have seen the year."""
    own = _unit_months(unit)
    own = own[own["code"] == line["code"]].reset_index(drop=True)
    if own["expected"].eq(0).all():  # not this unit's indicator
        own[["planned", "actual", "planned_to_date", "actual_to_date"]] = math.nan
    alone = line["relation"] in ("last", "ratio")
    target = math.nan if own["planned"].isna().all() else own["planned_to_date"].iloc[-1]
    for at, now in own.iloc[:REPORTED].iterrows():
        rate = now["actual_to_date"] / now["planned_to_date"] if now["planned_to_date"] else math.nan
        ratio = line["relation"] == "ratio"
        forecast = math.nan if ratio or math.isnan(rate) else round_half_up(target * rate)
        counted = own.iloc[: at + 1]
        missed = {f"{measure}_{month}": math.nan for measure in COMING for month in MONTHS[: at + 1]}
        coming = own.iloc[at + 1 :]
        months = [math.nan if ratio or math.isnan(rate) else round_half_up(value * rate) for value in coming["planned"]]
        reached, judged = now["actual_to_date"], _judged(now["planned_to_date"], now["actual_to_date"])
        for month, planned, to_date, value in zip(
            coming["month"], coming["planned"], coming["planned_to_date"], months, strict=True
        ):
            reached += value
            missed |= {f"planned_{month}": planned, f"planned_to_date_{month}": to_date}
            missed |= {f"forecast_{month}": value, f"forecast_to_date_{month}": reached}
        yield {
            "unit": unit,
            "indicator": line["code"],
            "month": at + 1,
            **{name: now[name] for name in ("planned", "actual", "received", "expected")},
            "to_date_planned": now["planned_to_date"],
            "to_date_actual": now["actual_to_date"],
            "to_date_received": int(counted["received"].sum()),
            "to_date_expected": int(counted["expected"].sum()),
            **{f"to_date_{name}": value for name, value in judged.items()},
            "target": target,
            "forecast": forecast,
            **_range(forecast, line["relation"], counted),
            "forecast_percent": math.nan if math.isnan(forecast) else float(fulfilment(target, forecast) or 0),
            "pace": math.nan
            if alone or math.isnan(rate)
            else float(max(0, math.ceil((target - now["actual_to_date"]) / (11 - at)))),
            **missed,
        }


def example_live(*codes: str) -> LiveTable:
    """What can be chosen in the example: the whole department or one of two people, these indicators."""
    lines, numbers = [line for line in _indicators() if line["code"] in codes], [str(month) for month in MONTHS]
    own = {unit: _unit_months(unit) for unit in LIVE_UNITS}
    past = [
        (unit, line["code"], *own[unit].loc[own[unit]["code"] == line["code"], "last_year"])
        for unit in LIVE_UNITS
        for line in lines
    ]
    units = pd.DataFrame(_unit_rows()).set_index("code")
    forms = []
    for unit in LIVE_UNITS:
        states = {month: units[f"m{month}"] if unit == "ALL" else units.loc[[unit], f"m{month}"] for month in numbers}
        handed = {month: int(state.isin(["complete", "partial"]).sum()) for month, state in states.items()}
        due = {f"of{month}": handed[month] + int(state.eq("missing").sum()) for month, state in states.items()}
        forms.append({f"handed{month}": count for month, count in handed.items()} | due)
    return LiveTable(
        units=pd.DataFrame({"code": LIVE_UNITS.keys(), "title": LIVE_UNITS.values()}),
        indicators=codes,
        figures=pd.DataFrame([row for unit in LIVE_UNITS for line in lines for row in _live_figures(unit, line)]),
        last_year=pd.DataFrame(past, columns=["unit", "indicator", *(f"m{month}" for month in MONTHS)]),
        forms=pd.DataFrame(forms),
    )


@cache
def example_tables() -> ReportTables:
    """The report's tables of the whole department for September 2013. Don't change the frames: they are shared."""
    indicators, data = pd.DataFrame(_indicator_rows()), pd.DataFrame(_data_rows())
    deviations = example_deviations(indicators)
    read = [("2013/plan.xlsx", "plan", ""), *((file, "form", unit) for unit, file in FILES.items())]
    return ReportTables(
        institution="Областная универсальная научная библиотека",
        department="Отдел координации деятельности библиотек области",
        head="Заведующий отделом",
        example=True,
        unit_title="Отдел координации деятельности библиотек области",
        period=Period(Month(2013, REPORTED), Month(2013, REPORTED)),
        thresholds=THRESHOLDS,
        fingerprint=hashlib.sha256(b"example").hexdigest(),
        indicators=indicators,
        months=_months_table(),
        units=pd.DataFrame(_unit_rows()),
        unit_indicators=pd.DataFrame(_unit_indicator_rows()),
        lacking=example_lacking(UNITS),
        standings=pd.DataFrame([], columns=STANDINGS),
        deviations=deviations,
        contributions=example_contributions(deviations, UNITS),
        form_code="0506501",
        sections=example_sections(SECTIONS),
        assignment=example_assignment(indicators),
        activities=example_activities(),
        occurrences=example_occurrences(),
        extras=example_extras(),
        activity_summary=example_summary(),
        meets=example_meets(),
        problems=pd.DataFrame(
            PROBLEMS,
            columns=["severity", "code", "file", "sheet", "cell", "unit", "month", "message", "advice"],
        ),
        data=data,
        figures=data["month"].value_counts().to_dict(),
        inputs=pd.DataFrame(
            [(*row, hashlib.sha256(row[0].encode()).hexdigest()) for row in read],
            columns=["file", "kind", "unit", "sha256"],
        ),
        live=example_live(*(line["code"] for line in _indicators() if line["main"])),
    )
