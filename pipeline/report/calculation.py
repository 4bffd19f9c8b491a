"""Every figure and sentence that «Сводка» shows, and where each stands on the sheet «Расчёт».

«Сводка» and «Показатели» only refer to these cells, so that what a reader chooses changes all of it without macros.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from pipeline.analysis.live_table import COMING, LiveTable, coming
from pipeline.analysis.main_indicators import Row, worst_first
from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.domain.status import STATUSES
from pipeline.report import summary_texts as texts
from pipeline.report.book import ReportBook
from pipeline.report.calculation_values import Cell, counts, indicator_values, month_values, sentences, told_apart
from pipeline.words import Words

CHOICES = {"unit": "choice_units", "month": "choice_months", "indicator": "choice_indicators"}
"""What is chosen on «Сводка» → the defined name of its list."""
MEASURES = (
    *("label", "planned", "actual", "forecast", "last_year", "lacking"),
    *("label_to_date", "planned_to_date", "actual_to_date", "forecast_to_date", "lacking_to_date"),
)
"""The rows of the chosen indicator: what its charts draw, and what their labels are made of."""
MONTHS_OF_ALL = ("planned", "actual", "forecast", "achieved")
"""Measures of which the twelve months of every indicator are there; achieved: the actual ones for sparklines, which
need no column for a month to come and know no axis to hide it under."""
PLANNED = ("planned", "planned_to_date")
"""Measures of coming months that the plan says: they stand in the row of its first month."""
PICKED = (
    *("to_date_planned", "to_date_actual", "to_date_percent", "to_date_status", "to_date_received"),
    *("to_date_expected", "target", "forecast", "forecast_low", "forecast_high", "forecast_percent", "pace"),
)
"""Figures of every indicator that are picked from LiveTable.figures for the chosen unit and month."""
FACTS = ("decimals", "more", "adds_up", "row", *PICKED, "variance", "reached")
NUMBERS = ("to_date_percent", "forecast", "forecast_low", "forecast_high", "target", "forecast_percent", "pace")
"""Figures that sentences name: they are written as texts first."""
TEXTS = {
    **{name: column for column, name in enumerate((*NUMBERS, "status", "received", "tile_status"), start=1)},
    "tile_forecast": 12,
    "month_title": 15,
    "to_date_title": 20,
}
"""Texts of every indicator → their columns, with room to the right of the long ones."""
COUNTS = ("total", "good", "risk", "behind", "none", "known", "reached")
AGREEMENTS = ("good", "forecast", "year")
"""Phrases that agree with a number, which stand ready for every number that there can be."""
FIGURES = (
    *("planned", "actual", "received", "expected", *PICKED),
    *(coming(measure, month) for measure in COMING for month in MONTHS),
)
"""Columns of the block of all figures, after those of unit, indicator and month."""
KEYS = 3
TOP = 3


@dataclass(frozen=True)
class Calculation:
    """The values and where they stand; rows and columns are counted from 0.

    live: all figures. indicators: the main ones with the columns of the tables, `choice` (the name, told apart
    where two are alike), `title`, FACTS, and texts of TEXTS by `text_` + name. months: measure → a row an indicator
    of twelve values (NaN: none). counts: of COUNTS. units: the titles to choose from; whose: the same with the
    institution. lines: key → a sentence. remarks: what needs attention. chosen: the indicator shown at first.
    """

    sheet: str
    words: Words
    live: LiveTable
    reported: int
    indicators: tuple[Row, ...]
    months: dict[str, list[list[Cell]]]
    counts: dict[str, int]
    units: tuple[str, ...]
    whose: tuple[str, ...]
    lines: dict[str, str]
    remarks: tuple[texts.Remark, ...]
    chosen: int

    @cached_property
    def rows(self) -> dict[str, int]:
        """Block → its first row of values; the row above has its heading."""
        indicators, units = len(self.indicators), len(self.units)
        sizes = {
            "choice": len(CHOICES) + 1,
            "chosen": len(MEASURES),
            "facts": indicators,
            "texts": indicators,
            **dict.fromkeys(MONTHS_OF_ALL, indicators),
            "counts": len(COUNTS),
            "lines": len(self.lines),
            "remarks": 2 * len(self.remarks),
            "months": len(MONTHS),
            "units": units,
            "handed": units,
            "of": units,
            "statuses": len(STATUSES),
            "agreements": indicators + 1,
            "last_year": units * indicators,
            "figures": len(self.live.figures),
        }
        starts, row = {}, TOP + 1
        for block, size in sizes.items():
            starts[block] = row
            row += size + 2
        return starts

    @property
    def several_units(self) -> bool:
        return len(self.units) > 1

    @cached_property
    def decimals(self) -> int:
        """Decimals of figures that may be any indicator's."""
        return max(int(row["decimals"]) for row in self.indicators)

    def choice(self, what: str, number: bool = False) -> str:
        """What was chosen, or its number in its list."""
        return self.at(self.rows["choice"] + list(CHOICES).index(what), 1 if number else 2)

    def chosen_row(self) -> str:
        """The number of the row of all figures that holds what was chosen."""
        return self.at(self.rows["choice"] + len(CHOICES), 1)

    def choices(self, what: str) -> str:
        """The cells of a list of choices."""
        block, count = {
            "unit": ("units", len(self.units)),
            "month": ("months", self.reported),
            "indicator": ("facts", len(self.indicators)),
        }[what]
        return self.column(block, 0, count)

    def fact(self, name: str, indicator: int) -> str:
        return self.at(self.rows["facts"] + indicator, 1 + FACTS.index(name))

    def facts(self, name: str) -> str:
        """The cells of all indicators."""
        return self.column("facts", 1 + FACTS.index(name), len(self.indicators))

    def text(self, name: str, indicator: int) -> str:
        return self.at(self.rows["texts"] + indicator, TEXTS[name])

    def count(self, name: str) -> str:
        return self.at(self.rows["counts"] + COUNTS.index(name), 1)

    def line(self, key: str) -> str:
        return self.at(self.rows["lines"] + list(self.lines).index(key), 1)

    def remark(self, number: int, detail: bool) -> str:
        return self.at(self.rows["remarks"] + 2 * number + detail, 1)

    def figures(self, name: str) -> str:
        """The column of the block of all figures."""
        return self.column("figures", KEYS + FIGURES.index(name), len(self.live.figures))

    def last_year(self, month: int) -> str:
        return self.column("last_year", KEYS - 2 + month, len(self.live.last_year))

    def agreement(self, phrase: str, count: str) -> tuple[str, str]:
        """The expressions of what stands before and after the figure in a phrase that agrees with the count."""
        first, rows = 1 + 2 * AGREEMENTS.index(phrase), len(self.indicators) + 1
        before, after = (f"INDEX({self.column('agreements', first + side, rows)},{count}+1)" for side in (0, 1))
        return before, after

    def lookup(self, block: str, column: int) -> str:
        """The cells of a list: of months, units or statuses."""
        sizes = {"months": len(MONTHS), "units": len(self.units), "statuses": len(STATUSES)}
        return self.column(block, column, sizes[block])

    def of_unit(self, block: str) -> str:
        """The count of forms handed in, or of those due, of the chosen unit and month."""
        row = self.rows[block]
        cells = self.area(row, 1, row + len(self.units) - 1, len(MONTHS))
        return f"INDEX({cells},{self.choice('unit', number=True)},{self.choice('month', number=True)})"

    def shown(self, name: str) -> str:
        """The text for the indicator that is shown at first."""
        return str(self.indicators[self.chosen][f"text_{name}"])

    def of_chosen(self, name: str) -> str:
        """The expression of a fact or text of the chosen indicator."""
        cells = self.facts(name) if name in FACTS else self.column("texts", TEXTS[name], len(self.indicators))
        return f"INDEX({cells},{self.choice('indicator', number=True)})"

    def chosen_month(self, measure: str, month: int) -> str:
        return self.at(self.rows["chosen"] + MEASURES.index(measure), month)

    def chosen_months(self, measure: str) -> str:
        """The twelve cells that a chart draws."""
        return self._twelve(self.rows["chosen"] + MEASURES.index(measure))

    def month_of(self, measure: str, indicator: int, month: int) -> str:
        return self.at(self.rows[measure] + indicator, month)

    def months_of(self, measure: str, indicator: int) -> str:
        return self._twelve(self.rows[measure] + indicator)

    def month_names(self) -> str:
        """The short names, at the head of the chosen indicator's rows."""
        return self._twelve(self.rows["chosen"] - 1)

    def has(self, measure: str) -> bool:
        """Whether any indicator of any unit has any such figure."""
        if measure == "last_year":
            return bool(self.live.last_year.drop(columns=["unit", "indicator"]).notna().any(axis=None))
        return any(value == value for values in self.months[measure] for value in values)

    def at(self, row: int, column: int) -> str:
        return f"{self.sheet}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def column(self, block: str, column: int, count: int) -> str:
        return self.area(self.rows[block], column, self.rows[block] + count - 1, column)

    def area(self, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
        return f"{self.sheet}!{xl_range_abs(first_row, first_column, last_row, last_column)}"

    def _twelve(self, row: int) -> str:
        return self.area(row, 1, row, 12)


@lru_cache(1)
def calculate(book: ReportBook, tables: ReportTables) -> Calculation:
    """Everything that «Сводка» shows; three sheets of a workbook share it."""
    words, live = book.words, tables.live
    main = [row for row in tables.indicators.to_dict("records") if row["code"] in live.indicators]
    worst, units = worst_first(main), live.units.to_dict("records")
    indicators = tuple(indicator_values(row, main, words) for row in main)
    return Calculation(
        sheet=str(quote_sheetname(book.name("calculation"))),
        words=words,
        live=live,
        reported=tables.month.number,
        indicators=indicators,
        months=month_values(tables, words),
        counts=counts(indicators),
        units=tuple(told_apart(unit, units, "title") for unit in units),
        whose=tuple(texts.whose(tables.institution, unit["title"]) for unit in units),
        lines=sentences(tables, main, words),
        remarks=texts.attention(tables, main, words),
        chosen=main.index(worst[0]) if worst else 0,
    )
