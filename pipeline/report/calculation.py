"""Every figure and sentence that «Сводка» shows, and where each stands on the sheet «Расчёт».

«Сводка» only refers to these cells, so that what a reader chooses can change all of it without macros.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import SYMBOLS
from pipeline.report import summary_texts as texts
from pipeline.report.book import ReportBook
from pipeline.report.cells import PARTIAL, status_text
from pipeline.words import NO_BREAK, Words

FACTS = (
    "unit_of_measure",
    "to_date_planned",
    "to_date_actual",
    "variance",
    "forecast_percent",
    "status",
    "received",
)
TEXTS = ("tile_status", "tile_forecast", "month_title", "to_date_title")
MEASURES = (
    "label",
    "planned",
    "actual",
    "forecast",
    "last_year",
    "label_to_date",
    "planned_to_date",
    "actual_to_date",
    "forecast_to_date",
)
CHOICE_ROW, NUMBER_ROW = 3, 4
CHOSEN_ROW = 7
FACTS_ROW = CHOSEN_ROW + len(MEASURES) + 1
"""Rows counted from 0: the chosen name, its number in the list, the chosen figures, the heading of the facts."""
CHOICES = "chart_indicators"  # the defined name of the list of choices
Cell = float | str


@dataclass(frozen=True)
class Calculation:
    """The values and where they stand.

    indicators: the main ones with the columns of the tables, `choice` (the name, told apart where two are
    alike), FACTS and TEXTS. months: measure → a row an indicator of twelve values (NaN: none).
    lines: key → a sentence of the sheet. remarks: what needs attention. chosen: the row shown at first.
    """

    sheet: str
    indicators: tuple[texts.Row, ...]
    months: dict[str, list[list[Cell]]]
    lines: dict[str, str]
    remarks: tuple[texts.Remark, ...]
    chosen: int

    @cached_property
    def rows(self) -> dict[str, int]:
        """Block → its first row of values, counted from 0."""
        first, step = FACTS_ROW + 1, len(self.indicators) + 2
        blocks = ("facts", *TEXTS, *MEASURES, "lines")
        starts = {block: first + step * number for number, block in enumerate(blocks)}
        return starts | {"remarks": starts["lines"] + len(self.lines) + 2}

    def fact(self, name: str, indicator: int) -> str:
        return self._reference(self.rows["facts"] + indicator, 1 + FACTS.index(name))

    def line(self, key: str) -> str:
        return self._reference(self.rows["lines"] + list(self.lines).index(key), 1)

    def remark(self, number: int, detail: bool) -> str:
        return self._reference(self.rows["remarks"] + 2 * number + detail, 1)

    def text(self, name: str, indicator: int) -> str:
        return self._reference(self.rows[name] + indicator, 1)

    def shown(self, name: str) -> str:
        """The text for the indicator that is shown at first."""
        return str(self.indicators[self.chosen][name])

    @cached_property
    def decimals(self) -> int:
        """Decimals of figures that may be any indicator's."""
        return max(int(row["decimals"]) for row in self.indicators)

    def chosen_text(self, name: str) -> str:
        """The formula of the text for the chosen indicator."""
        return f"=INDEX({self._range(self.rows[name], 1, len(self.indicators))},{self._reference(NUMBER_ROW, 1)})"

    def choices(self) -> str:
        return self._range(self.rows["facts"], 0, len(self.indicators))

    def chosen_months(self, measure: str) -> str:
        """The twelve cells that a chart draws."""
        return f"={self._twelve(CHOSEN_ROW + MEASURES.index(measure))}"

    def months_of(self, measure: str, indicator: int) -> str:
        return self._twelve(self.rows[measure] + indicator)

    def has(self, measure: str) -> bool:
        """Whether any indicator has any such figure."""
        return any(value == value for values in self.months[measure] for value in values)

    def _twelve(self, row: int) -> str:
        return f"{self.sheet}!{xl_range_abs(row, 1, row, 12)}"

    def _reference(self, row: int, column: int) -> str:
        return f"{self.sheet}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def _range(self, row: int, column: int, count: int) -> str:
        return f"{self.sheet}!{xl_range_abs(row, column, row + count - 1, column)}"


def calculate(book: ReportBook, tables: ReportTables) -> Calculation:
    """Everything that «Сводка» shows."""
    words, main = book.words, _main(tables.indicators)
    worst = texts.worst_first(main)
    return Calculation(
        sheet=str(quote_sheetname(book.name("calculation"))),
        indicators=tuple(_with_texts(row, main, words) for row in main),
        months=_months(tables, [row["code"] for row in main], words),
        lines={
            "headline": texts.headline(tables, main, words),
            "context": texts.context(tables, words),
            "activities": texts.activities(tables, words),
        },
        remarks=texts.attention(tables, main, words),
        chosen=main.index(worst[0]) if worst else 0,
    )


def _main(indicators: pd.DataFrame) -> list[texts.Row]:
    """The main indicators; those at the top of the tree where the plan marks none."""
    marked = indicators["main"].astype(bool)
    return indicators[marked if marked.any() else indicators["depth"].eq(0)].to_dict("records")


def _with_texts(row: texts.Row, main: Sequence[texts.Row], words: Words) -> texts.Row:
    alike = [other["name"] for other in main].count(row["name"]) > 1
    return row | {
        "choice": f"{row['name']} ({row['code']})" if alike else row["name"],
        "variance": row["to_date_percent"] - 100,
        "status": status_text(row["to_date_status"], words),
        "received": texts.received(row, words),
        "tile_status": texts.tile_status(row, words),
        "tile_forecast": texts.tile_forecast(row, words),
        "month_title": texts.month_title(row, words),
        "to_date_title": texts.to_date_title(row, words),
    }


def _months(tables: ReportTables, codes: Sequence[str], words: Words) -> dict[str, list[list[Cell]]]:
    """Forecasts are of the months to come only: what was achieved is drawn apart."""
    decimals = tables.indicators.set_index("code")["decimals"]
    reported, months = tables.month.number, tables.months
    coming = months["month"].gt(reported)
    months = months.assign(
        forecast=months["forecast"].where(coming), forecast_to_date=months["forecast_to_date"].where(coming)
    )
    lacking = months["expected"].sub(months["received"]).where(~coming, 0)
    adds_up = months["code"].map(tables.indicators.set_index("code")["over_months"]).ne("last")
    lacking_to_date = lacking.groupby(months["code"]).cumsum().where(adds_up & ~coming, lacking)
    for suffix, missing in (("", lacking), ("_to_date", lacking_to_date)):
        shown = months[f"forecast{suffix}"].where(coming, months[f"actual{suffix}"])
        rows = zip(months["code"], months["month"], shown, missing, strict=True)
        months[f"label{suffix}"] = [
            _label(words.month(month, "short"), value, bool(gap), int(decimals[code]), words)
            for code, month, value, gap in rows
        ]
    by_code = {code: rows.sort_values("month") for code, rows in months.groupby("code")}
    return {measure: [by_code[code][measure].tolist() for code in codes] for measure in MEASURES}


def _label(name: str, value: float, incomplete: bool, decimals: int, words: Words) -> str:
    """What stands under a month's columns: its name, and below it what was achieved or is forecast, marked where
    figures are missing. Labels over columns would be crossed by the outlines of the planned ones."""
    if math.isnan(value):
        return f"{name}\n{SYMBOLS['none']}" if incomplete else name
    mark = f"{NO_BREAK}{PARTIAL}" if incomplete else ""
    return f"{name}{mark}\n{words.number(value, decimals)}"
