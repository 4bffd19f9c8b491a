"""The sheet «Расчёт»: what can be chosen, what was, all figures, and the formulas that pick from them.

Picking by INDEX from a block with a computed row number works in every program; the value stored with each formula is
the one it gives.
"""

import math
from collections.abc import Iterable, Sequence

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.live_table import COMING, LiveTable, coming
from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS, PlanYear
from pipeline.domain.status import STATUSES, SYMBOLS
from pipeline.report import calculation_formulas as formulas
from pipeline.report.book import ReportBook
from pipeline.report.calculation import (
    AGREEMENTS,
    CHOICES,
    COUNTS,
    FACTS,
    FIGURES,
    KEYS,
    MEASURES,
    MONTHS_OF_ALL,
    PLANNED,
    TEXTS,
    Calculation,
    calculate,
)
from pipeline.report.calculation_values import Cell
from pipeline.report.cells import LINE_HEIGHT, status_text, to_date, write_text
from pipeline.report.formulas import around, hole
from pipeline.report.summary_layout import choice_cell
from pipeline.report.summary_texts import SEPARATOR, problems
from pipeline.workbooks.styles import number_format

WIDTHS = (34.0, *(13.0,) * (KEYS + len(FIGURES) - 1))
PRINTED = max(TEXTS.values()) + 5
"""Columns of what is printed: all but the block of all figures, which is only for picking from."""


def write_calculation(book: ReportBook, tables: ReportTables) -> None:
    """The whole sheet."""
    words, made = book.words, calculate(book, tables)
    sheet = book.add_sheet("calculation", WIDTHS)
    book.heading(sheet, words("report.summary.calculation.title"), words("report.summary.calculation.note"))
    _write_choice(book, sheet, made)
    _write_chosen(book, sheet, made)
    _write_indicators(book, sheet, made)
    _write_months_of_all(book, sheet, made)
    _write_sentences(book, sheet, made, problems(tables, words))
    _write_lists(book, sheet, made, tables.month.plan_year)
    _write_figures(book, sheet, made)
    for what, name in CHOICES.items():
        book.workbook.define_name(name, f"={made.choices(what)}")
    sheet.print_area(0, 0, made.rows["last_year"] - 3, PRINTED - 1)


def _write_choice(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    names = [book.words(f"report.summary.calculation.{key}") for key in ("choice.number", "choice")]
    _write_heading(book, sheet, made, "choice", names, align="left")
    shown = {"unit": made.units[0], "month": book.words.month(made.reported)}
    shown["indicator"] = str(made.indicators[made.chosen]["choice"])
    numbers = {"unit": 1, "month": made.reported, "indicator": made.chosen + 1}
    number, text = book.styles("row", "text"), book.styles("row", "text", "bold")
    for row, what in enumerate(CHOICES, start=made.rows["choice"]):
        write_text(sheet, row, 0, book.words(f"report.summary.choose.{what}"), book.styles("row"))
        if what == "unit" and not made.several_units:
            sheet.write_number(row, 1, numbers[what], number)
            write_text(sheet, row, 2, shown[what], text)
            continue
        _write_formula(sheet, made, row, 1, formulas.choice_number(made, what, numbers[what]), number, numbers[what])
        source = f"{quote_sheetname(book.name('summary'))}!{choice_cell(what, len(made.indicators))}"
        sheet.write_formula(row, 2, f"={source}", text, shown[what])
    row = made.rows["choice"] + len(CHOICES)
    write_text(sheet, row, 0, book.words("report.summary.calculation.row"), book.styles("row"))
    picked = formulas.figures_row(made, made.choice("indicator", number=True))
    _write_formula(sheet, made, row, 1, picked, number, _row_number(made, made.chosen))


def _write_chosen(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    """The twelve months of what was chosen: what the charts draw."""
    _write_heading(book, sheet, made, "chosen", _months(book))
    number_style = book.styles("row", "number", num_format=f'{number_format(made.decimals)};"—"', text_wrap=True)
    for row, measure in enumerate(MEASURES, start=made.rows["chosen"]):
        write_text(sheet, row, 0, book.words(f"report.summary.calculation.{measure}"), book.styles("row"))
        if measure.startswith("label"):
            sheet.set_row(row, 2 * LINE_HEIGHT)
        for month, value in zip(MONTHS, made.months[measure][made.chosen], strict=True):
            formula = formulas.chosen_figure(made, measure, month)
            _write_formula(sheet, made, row, month, formula, number_style, _stored(value, formulas.NOTHING))


def _write_indicators(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    """The figures of every indicator for the chosen unit and month, and the texts made of them."""
    names_of_figures = [book.words(f"report.summary.calculation.figure.{name}") for name in FACTS]
    _write_heading(book, sheet, made, "facts", names_of_figures)
    heads = {column: book.words(f"report.summary.calculation.text.{name}") for name, column in TEXTS.items()}
    _write_heading(book, sheet, made, "texts", [heads.get(column, "") for column in range(1, PRINTED)], align="left")
    for block, names in (("facts", FACTS), ("texts", tuple(TEXTS))):
        for number, indicator in enumerate(made.indicators):
            row = made.rows[block] + number
            write_text(sheet, row, 0, str(indicator["choice"]), book.styles("row"))
            plain = book.styles("row", "number", num_format=number_format(int(indicator["decimals"])))
            for name in names:
                column = TEXTS[name] if block == "texts" else 1 + FACTS.index(name)
                if block == "texts":
                    formula, stored = formulas.text(made, name, number), str(indicator[f"text_{name}"])
                    _write_formula(sheet, made, row, column, formula, book.styles("row", "text"), stored)
                elif name in ("decimals", "more", "adds_up"):
                    sheet.write_number(row, column, int(indicator[name]), book.styles("row", "number"))
                else:
                    value = _row_number(made, number) if name == "row" else indicator[name]
                    _write_formula(
                        sheet, made, row, column, formulas.fact(made, name, number), plain, _stored(value, "")
                    )


def _write_months_of_all(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    """Every indicator's months, for the tiles and the small charts."""
    for measure in MONTHS_OF_ALL:
        heading = book.words(f"report.summary.calculation.{measure}.of_all")
        _write_heading(book, sheet, made, measure, _months(book), heading)
        for number, indicator in enumerate(made.indicators):
            row = made.rows[measure] + number
            write_text(sheet, row, 0, str(indicator["choice"]), book.styles("row"))
            style = book.styles("row", "number", num_format=f'{number_format(int(indicator["decimals"]))};"—"')
            for month, value in zip(MONTHS, made.months[measure][number], strict=True):
                formula = formulas.figure_of_all(made, measure, number, month)
                missing = "" if measure == "achieved" else formulas.NOTHING
                _write_formula(sheet, made, row, month, formula, style, _stored(value, missing))


def _write_sentences(book: ReportBook, sheet: Worksheet, made: Calculation, known_problems: str) -> None:
    words, text = book.words, book.styles("row", "text")
    _write_heading(book, sheet, made, "counts")
    for row, name in enumerate(COUNTS, start=made.rows["counts"]):
        write_text(sheet, row, 0, words(f"report.summary.calculation.count.{name}"), book.styles("row"))
        _write_formula(sheet, made, row, 1, formulas.count(made, name), book.styles("row", "number"), made.counts[name])
    _write_heading(book, sheet, made, "lines")
    live = {
        "headline": formulas.headline(made),
        "context": formulas.context(made, known_problems, words),
        "attention": formulas.attention(
            made,
            made.lines["attention"],
            words("report.summary.attention.as_of", month=words.month(made.reported)),
        ),
    }
    for row, (key, line) in enumerate(made.lines.items(), start=made.rows["lines"]):
        write_text(sheet, row, 0, words(f"report.summary.calculation.{key}"), book.styles("row"))
        if key in live:
            _write_formula(sheet, made, row, 1, live[key], text, line)
        else:
            write_text(sheet, row, 1, line, text)
    _write_heading(book, sheet, made, "remarks", (), words("report.summary.attention"))
    for number, remark in enumerate(made.remarks):
        row = made.rows["remarks"] + 2 * number
        write_text(sheet, row, 0, str(number + 1), book.styles("row"))
        write_text(sheet, row, 1, remark.head, text)
        write_text(sheet, row + 1, 1, remark.detail, text)


def _write_lists(book: ReportBook, sheet: Worksheet, made: Calculation, year: PlanYear) -> None:
    """What can be chosen, the forms handed in, the statuses, and the phrases that agree with numbers."""
    words = book.words
    periods = [to_date(year.month(month), words) for month in MONTHS]
    listed = zip(MONTHS, periods, made.live.plan_since, strict=True)
    months: list[list[Cell]] = [[words.month(month), period, "", since] for month, period, since in listed]
    _write_table(book, sheet, made, "months", months, ["", "", words("report.summary.calculation.plan_since")])
    whose = [f"{name}{SEPARATOR}" if name else "" for name in made.whose]
    _write_table(book, sheet, made, "units", [list(row) for row in zip(made.units, whose, strict=True)])
    for block in ("handed", "of"):
        forms = made.live.forms[[f"{block}{month}" for month in MONTHS]].to_numpy().tolist()
        rows = [[unit, *counts] for unit, counts in zip(made.units, forms, strict=True)]
        _write_table(book, sheet, made, block, rows, _months(book))
    statuses = [[words(f"report.status.{status}"), status_text(status, words), SYMBOLS[status]] for status in STATUSES]
    _write_table(book, sheet, made, "statuses", statuses)
    heads = [words(f"report.summary.calculation.agreement.{phrase}") for phrase in AGREEMENTS for _ in range(2)]
    agreements = [[str(number), *_agreements(number, made)] for number in range(len(made.indicators) + 1)]
    _write_table(book, sheet, made, "agreements", agreements, heads)


def _agreements(number: int, made: Calculation) -> Iterable[str]:
    """What stands before and after the figure in each of AGREEMENTS."""
    words, figure = made.words, hole("figure")
    yield from around(words.count("report.summary.headline.good", number, good=figure), "figure")
    for phrase in ("forecast", "year"):
        key = f"report.summary.headline.{phrase}"
        yield from around(words.count(key, number, of=figure) if number else words(f"{key}.no_one"), "figure")


def _write_figures(book: ReportBook, sheet: Worksheet, made: Calculation) -> None:
    """The blocks from which all is picked: a row a unit, indicator and month, as LiveTable has them."""
    words, live = book.words, made.live
    keys = [words(f"report.summary.calculation.{key}") for key in ("indicator", "month")]
    decimals = {row["code"]: int(row["decimals"]) for row in made.indicators}
    names = {row["code"]: str(row["choice"]) for row in made.indicators}
    titles = dict(zip(live.units["code"], made.units, strict=True))
    styles = {places: book.styles("number", num_format=number_format(places)) for places in set(decimals.values())}
    text = book.styles()
    _write_heading(book, sheet, made, "last_year", [keys[0], *_months(book)])
    for row, figures in enumerate(live.last_year.itertuples(index=False), start=made.rows["last_year"]):
        _write_keys(sheet, row, (titles[figures.unit], names[figures.indicator]), text)
        _write_known(sheet, row, KEYS - 1, figures[2:], styles[decimals[figures.indicator]])
    _write_heading(book, sheet, made, "figures", [*keys, *_figure_names(book)])
    shown = _once_a_plan(live)
    columns = [shown[name].tolist() for name in FIGURES if name != "to_date_status"]
    statuses = _status_numbers(made)
    columns.insert(FIGURES.index("to_date_status"), statuses)
    ids = zip(live.figures["unit"], live.figures["indicator"], live.figures["month"], strict=True)
    for row, ((unit, code, month), values) in enumerate(
        zip(ids, zip(*columns, strict=True), strict=True), start=made.rows["figures"]
    ):
        _write_keys(sheet, row, (titles[unit], names[code]), text)
        _write_known(sheet, row, KEYS - 1, (month, *values), styles[decimals[code]])


def _once_a_plan(live: LiveTable) -> pd.DataFrame:
    """The figures; what is planned for coming months only in the first month of each plan: while it stands, it is the
    same in every month."""
    first = live.figures["month"].map(dict(enumerate(live.plan_since, 1))).eq(live.figures["month"])
    planned = [coming(measure, month) for measure in COMING if measure in PLANNED for month in MONTHS]
    return live.figures.assign(**{name: live.figures[name].where(first) for name in planned})


def _status_numbers(made: Calculation) -> list[int]:
    """Each status's number in the list of statuses; 0 where the indicator is none of the unit's."""
    figures = made.live.figures
    own = figures[["target", "to_date_planned", "to_date_actual"]].notna().any(axis=1)
    return (figures["to_date_status"].map(STATUSES.index) + 1).where(own, 0).tolist()


def _figure_names(book: ReportBook) -> list[str]:
    """Headings of the block's columns: a measure of a coming month has the month's name beside it."""
    words = book.words
    names = [words(f"report.summary.calculation.figure.{name}") for name in FIGURES[: -len(COMING) * len(MONTHS)]]
    coming = [words(f"report.summary.calculation.{measure}") for measure in COMING]
    return names + [f"{name}, {month}" for name in coming for month in _months(book)]


def _row_number(made: Calculation, indicator: int) -> int:
    return (indicator + 1) * made.reported


def _stored(value: Cell, missing: Cell) -> Cell:
    return missing if isinstance(value, float) and math.isnan(value) else value


def _write_formula(
    sheet: Worksheet, made: Calculation, row: int, column: int, expression: str, style: Format, value: Cell
) -> None:
    """The formula without the sheet's own name in it."""
    sheet.write_formula(row, column, f"={expression.replace(f'{made.sheet}!', '')}", style, value)


def _write_table(
    book: ReportBook,
    sheet: Worksheet,
    made: Calculation,
    block: str,
    rows: Sequence[Sequence[Cell]],
    heads: Sequence[str] = (),
) -> None:
    """Constants, as a list to pick from."""
    _write_heading(book, sheet, made, block, heads)
    for row, values in enumerate(rows, start=made.rows[block]):
        for column, value in enumerate(values):
            if isinstance(value, str):
                write_text(sheet, row, column, value, book.styles("row", "text"))
            else:
                sheet.write_number(row, column, value, book.styles("row", "number"))


def _write_keys(sheet: Worksheet, row: int, keys: Sequence[str], style: Format) -> None:
    for column, key in enumerate(keys):
        sheet.write_string(row, column, key, style)


def _write_known(sheet: Worksheet, row: int, first: int, values: Iterable[float], style: Format) -> None:
    """The figures that there are; the cells of missing ones stay empty."""
    for column, value in enumerate(values, start=first):
        if not math.isnan(value):
            sheet.write_number(row, column, value, style)


def _write_heading(
    book: ReportBook,
    sheet: Worksheet,
    made: Calculation,
    block: str,
    columns: Sequence[str] = (),
    title: str = "",
    align: str = "right",
) -> None:
    """The heading of a block, and of its columns; those of texts, on the left, run on where there is room."""
    row, texts = made.rows[block] - 1, [title or book.words(f"report.summary.calculation.block.{block}"), *columns]
    wrap = align == "right" and max(map(len, columns), default=0) > WIDTHS[1]
    if wrap:
        sheet.set_row(row, 2 * LINE_HEIGHT + 2)
    for column in range(max(PRINTED, len(texts))):
        text = texts[column] if column < len(texts) else ""
        style = book.styles("heading", align=align if column else "left", text_wrap=wrap)
        write_text(sheet, row, column, text, style)


def _months(book: ReportBook) -> list[str]:
    return [book.words.month(month, "short") for month in MONTHS]
