"""A sheet for each level of the tree of units: who fulfils the main indicators how, ranked, on one scale."""

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.main_indicators import main_figures, main_indicators
from pipeline.analysis.tables import ReportTables, records
from pipeline.domain.status import PARTIAL, SYMBOLS
from pipeline.report.book import ReportBook
from pipeline.report.cells import counts_text, height, to_date, write_fulfilment, write_number, write_text
from pipeline.words import NO_BREAK, Words
from pipeline.workbooks.colours import TILE

Row = dict[Hashable, Any]

FIXED: dict[str, float] = {
    "rank": 7,
    "unit": 32,
    "parent": 24,
    "score": 13,
    "norm": 11,
    "received": 13,
    "handed": 11,
}
"""The columns before the indicators' ones → their widths."""
FIGURE = 11.0
BOLD = 1.05  # width of a bold letter of 9 pt
FIRST_ROW = 5
IN_SIGHT = 30
"""Units that stand open, the first half of them the best, the rest the last; those between are folded."""
NAMED = 3
"""So many of the best and of the last are named above the table."""
FULL = 150  # per cent at which a bar is full, in every column of every such sheet
BAR = "#C9D6E5"


def write_levels(book: ReportBook, tables: ReportTables) -> None:
    """Adds the sheets; none where all units report on one level."""
    for depth, units in tables.standings.groupby("depth"):
        if len(units) > 1:
            _write_level(book, tables, int(str(depth)), units)


def sheet_title(kind: str, depth: int, taken: set[str], words: Words) -> str:
    """«Районы» where the plural of the units' kind is known; otherwise the kind itself, or «Уровень 2»."""
    plurals = dict(pair.split("=") for pair in words("report.levels.plurals").split("; "))
    name = plurals.get(kind.lower(), kind[:1].upper() + kind[1:])
    fits = name and len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name)
    return name if fits and name.lower() not in taken else words("report.levels.level", number=depth)


def _write_level(book: ReportBook, tables: ReportTables, depth: int, units: pd.DataFrame) -> None:
    words, figures = book.words, main_figures(tables.unit_indicators, units["unit"])
    known = {code for _, code in figures}
    main = [indicator for indicator in main_indicators(tables.indicators) if indicator["code"] in known]
    at = _columns(depth, units)
    widths = [*(FIXED[key] for key in at), *(_room(indicator["name"]) for indicator in main)]
    kinds = units["kind"].mode()
    taken = {sheet.get_name().lower() for sheet in book.workbook.worksheets()} | _later_names(book)
    title = sheet_title(str(kinds.iloc[0]) if len(kinds) else "", depth, taken, words)
    sheet = book.add_titled_sheet(title, widths)
    heading = words("report.levels.title", name=title, period=to_date(tables.month, words), year=tables.month.plan_year)
    book.heading(sheet, heading, words("report.levels.subtitle", mark=PARTIAL))
    write_text(sheet, 2, 0, _ends(units, words), book.styles("headline"))
    headings = [words(f"report.levels.column.{key}") for key in at] + [str(row["name"]) for row in main]
    _write_headings(book, sheet, at, headings, widths)
    folded, row = _folded(len(units)), FIRST_ROW
    for number, unit in enumerate(records(units)):
        if folded and number == folded.stop:
            _write_fold(book, sheet, row, units.iloc[folded.start : folded.stop], len(widths))
            row += 1
        _write_unit(book, sheet, row, unit, at, {"level": 1, "hidden": True} if number in folded else {})
        for column, indicator in enumerate(main, start=len(at)):
            write_fulfilment(book, sheet, row, column, figures.get((unit["unit"], indicator["code"])))
        row += 1
    last = row - 1
    _add_bars(sheet, last, at["score"], at["score"])
    if main:
        _add_bars(sheet, last, len(at), len(widths) - 1)
    sheet.autofilter(FIRST_ROW - 1, 0, last, len(widths) - 1)
    sheet.freeze_panes(FIRST_ROW, at["unit"] + 1)
    sheet.repeat_rows(FIRST_ROW - 1)


def _columns(depth: int, units: pd.DataFrame) -> dict[str, int]:
    """Those of FIXED that say something, with their numbers: below the root all belong to the same, and forms are
    counted only where a unit stands for several."""
    left_out = {"parent"} if depth == 1 else set()
    if not units["due"].gt(1).any():
        left_out.add("handed")
    return {key: number for number, key in enumerate(key for key in FIXED if key not in left_out)}


def _folded(count: int) -> range:
    """Which of so many ranked units are folded; none where all are in sight."""
    best = IN_SIGHT // 2
    return range(best, max(best, count - IN_SIGHT + best))


def _write_fold(book: ReportBook, sheet: Worksheet, row: int, units: pd.DataFrame, columns: int) -> None:
    """«Ещё 370 строк свёрнуто (от 91,2 % до 74,0 %): …» after what is folded, beside the sign that opens it."""
    words, style = book.words, book.styles("row", "muted", bg_color=TILE)
    sheet.set_row(row, None, None, {"collapsed": True})
    for column in range(columns):
        sheet.write_blank(row, column, None, style)
    ends = [_percent(score, words) for score in units.loc[units["rank"] > 0, "score"]]
    scores = words("report.levels.folded.scores", best=ends[0], last=ends[-1]) if ends else ""
    write_text(sheet, row, 1, words.count("report.levels.folded", len(units), scores=scores), style)


def _room(name: str) -> float:
    """The width of an indicator's column: no word of its name is broken."""
    return max(FIGURE, max(len(word) for word in name.split()) * BOLD)


def _later_names(book: ReportBook) -> set[str]:
    keys = ("activities", "assignment", "assignment_short", "problems", "data", "method", "calculation")
    return {book.name(key).lower() for key in keys}


def _ends(units: pd.DataFrame, words: Words) -> str:
    """«Выше всех: Район 2 (99 %), … Ниже всех: … Без данных — 2.» The ends don't overlap and are told apart; where
    more share an end than can be named, their number is told: «48 подразделений (100,0 %)»."""
    ranked = units[units["rank"] > 0]
    without = len(units) - len(ranked)
    silent = words("report.levels.without", number=without) if without else ""
    named = min(NAMED, len(ranked) // 2)
    if not named or ranked["score"].iloc[named - 1] <= ranked["score"].iloc[-named]:
        return silent

    def told(rows: pd.DataFrame) -> str:
        end = rows["score"].iloc[0]
        alike = int(ranked["score"].eq(end).sum())
        if alike > named:
            return f"{words.count('report.levels.alike', alike)} ({_percent(end, words)})"
        pairs = zip(rows["unit_title"], rows["score"], strict=True)
        return ", ".join(f"{title} ({_percent(score, words)})" for title, score in pairs)

    ends = words("report.levels.ends", best=told(ranked.head(named)), last=told(ranked.tail(named)[::-1]))
    return f"{ends} {silent}".rstrip()


def _write_headings(
    book: ReportBook, sheet: Worksheet, at: dict[str, int], headings: list[str], widths: list[float]
) -> None:
    for column, heading in enumerate(headings):
        align = "left" if column in (at["unit"], at.get("parent")) else "center"
        sheet.write_string(FIRST_ROW - 1, column, heading, book.styles("heading", "small", align=align))
    # the filter's arrow takes room beside the words
    tall = max(height((text, width * 0.75)) for text, width in zip(headings, widths, strict=True))
    sheet.set_row(FIRST_ROW - 1, tall)


def _write_unit(
    book: ReportBook, sheet: Worksheet, row: int, unit: Row, at: dict[str, int], folded: dict[str, Any]
) -> None:
    styles, words = book.styles, book.words
    sheet.set_row(
        row, height((unit["unit_title"], FIXED["unit"]), (unit["parent_title"], FIXED["parent"])), None, folded
    )
    if unit["rank"]:
        sheet.write_number(row, at["rank"], unit["rank"], styles("row", "centre", "bold"))
    else:
        sheet.write_string(row, at["rank"], SYMBOLS["none"], styles("row", "centre", "muted"))
    write_text(sheet, row, at["unit"], unit["unit_title"], styles("row", text_wrap=True))
    if "parent" in at:
        write_text(sheet, row, at["parent"], unit["parent_title"], styles("row", "muted", text_wrap=True))
    write_number(sheet, row, at["score"], unit["score"], styles("row", "bold", num_format=_one_decimal(words)))
    write_text(sheet, row, at["norm"], counts_text(unit["norm"], unit["of"], words), styles("row", "centre"))
    for key, part, whole in (("received", "received", "expected"), ("handed", "handed", "due")):
        if key in at:
            partial, counts = unit[part] < unit[whole], counts_text(unit[part], unit[whole], words)
            look = {"shrink": True} | ({"italic": True} if partial else {})
            style = styles("row", "centre", "status_risk" if partial else "muted", **look)
            write_text(sheet, row, at[key], f"{PARTIAL}{NO_BREAK}{counts}" if partial else counts, style)


def _percent(score: float, words: Words) -> str:
    """«98,5 %», as the column shows it."""
    return words.number(score, 1) + (f"{NO_BREAK}%" if words.language == "ru" else "%")


def _one_decimal(words: Words) -> str:
    return f'0.0"{NO_BREAK}%"' if words.language == "ru" else '0.0"%"'


def _add_bars(sheet: Worksheet, last: int, first_column: int, last_column: int) -> None:
    bars = {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_solid": True,
        "bar_color": BAR,
        "min_type": "num",
        "max_type": "num",
        "min_value": 0,
        "max_value": FULL,
    }
    sheet.conditional_format(FIRST_ROW, first_column, last, last_column, bars)
