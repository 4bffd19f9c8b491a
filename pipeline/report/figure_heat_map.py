"""The heat map: indicators by months, the per cent of the month's plan as colour and as number."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure

from pipeline.analysis.tables import ReportTables
from pipeline.domain.periods import MONTHS
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.report.by_month import ABOVE_GROUND, BELOW_GROUND, GREY
from pipeline.report.figure_rows import MOST_ROWS, WIDTH, figure_height, letter_size, shortened
from pipeline.words import Words

ABOVE, BELOW, LEFT, RIGHT = 0.42, 0.45, 2.75, 0.1  # inches around the cells
COLOURS = LinearSegmentedColormap.from_list("fulfilment", [BELOW_GROUND, "#FFFFFF", ABOVE_GROUND])
SCALE = TwoSlopeNorm(100, vmin=50, vmax=150)
LONGEST_NAME = 42


def draw_heat_map(figure: Figure, tables: ReportTables, words: Words) -> None:
    """The map on the figure; where there are more indicators than a page holds, the main ones."""
    indicators = tables.indicators
    if len(indicators) > MOST_ROWS:
        indicators = indicators[indicators["main"]].head(MOST_ROWS)
    rows, around = len(indicators), ABOVE + BELOW
    tall = figure_height(rows, around)
    figure.set_size_inches(WIDTH, tall)
    axes = figure.add_axes((LEFT / WIDTH, BELOW / tall, 1 - (LEFT + RIGHT) / WIDTH, 1 - around / tall))
    size = letter_size(rows, around)
    percents, texts = _cells(indicators, tables)
    _draw_cells(axes, percents, texts, indicators["direction"].eq("less").tolist(), size)
    labels = [words.month(month, "short") for month in MONTHS] + [words("report.figure.total")]
    axes.set_xticks(range(len(labels)), labels, fontsize=8)
    axes.xaxis.tick_top()
    names = ["   " * depth + shortened(name, LONGEST_NAME) for depth, name in _names(indicators)]
    axes.set_yticks(range(rows), names, fontsize=size, ha="left")
    axes.tick_params(axis="y", pad=LEFT * 72 - 8)
    axes.tick_params(length=0)
    _draw_key(figure, words, tall)


def _names(indicators: pd.DataFrame) -> list[tuple[int, str]]:
    return list(zip(indicators["depth"].tolist(), indicators["name"].tolist(), strict=True))


def _cells(indicators: pd.DataFrame, tables: ReportTables) -> tuple[list[list[float]], list[list[str]]]:
    """Percents and written numbers, a list an indicator: twelve months and the year to date."""
    months = {code: rows.to_dict("records") for code, rows in tables.months.groupby("code")}
    percents, texts = [], []
    for indicator in indicators.to_dict("records"):
        figures = [
            (row["percent"], is_partial(row["received"], row["expected"]))
            for row in months[indicator["code"]][: tables.month.number]
        ]
        figures += [(math.nan, False)] * (len(MONTHS) - len(figures))
        to_date = is_partial(indicator["to_date_received"], indicator["to_date_expected"])
        figures.append((indicator["to_date_percent"], to_date))
        percents.append([percent for percent, _ in figures])
        texts.append(
            ["" if math.isnan(p) else f"{PARTIAL} {p:.0f}" if partial else f"{p:.0f}" for p, partial in figures]
        )
    return percents, texts


def _draw_cells(
    axes: Axes, percents: list[list[float]], texts: list[list[str]], mirrored: list[bool], size: float
) -> None:
    """Where less is better the colours change sides, the numbers don't."""
    shown = np.array(percents, dtype=float).reshape(len(percents), len(MONTHS) + 1)
    mirror = np.array(mirrored, dtype=bool)
    shown[mirror] = 200 - shown[mirror]
    axes.set_facecolor(GREY)
    axes.imshow(np.ma.masked_invalid(np.clip(shown, 50, 150)), cmap=COLOURS, norm=SCALE, aspect="auto")
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            weight = "bold" if column == len(MONTHS) else "normal"
            axes.text(column, row, text, ha="center", va="center_baseline", fontsize=size, fontweight=weight)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks(np.arange(-0.5, len(MONTHS) + 1), minor=True)
    axes.set_yticks(np.arange(-0.5, len(percents)), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.2)
    axes.axvline(len(MONTHS) - 0.5, color="white", linewidth=6)
    axes.tick_params(which="minor", length=0)


def _draw_key(figure: Figure, words: Words, tall: float) -> None:
    """A strip of the colours with the ends of the scale, and what the grey and the mark mean."""
    left, bottom, wide, high = 0.2 / WIDTH, 0.16 / tall, 2.2 / WIDTH, 0.14 / tall
    strip = figure.add_axes((left, bottom, wide, high))
    strip.imshow(np.linspace(50, 150, 101).reshape(1, -1), cmap=COLOURS, norm=SCALE, aspect="auto")
    strip.set_xticks([0, 50, 100], [words.percent(value) for value in (50, 100, 150)], fontsize=7)
    strip.tick_params(length=0, pad=1)
    strip.set_yticks([])
    for spine in strip.spines.values():
        spine.set_visible(False)
    figure.text(LEFT / WIDTH, bottom, words("report.figure.heat_key", mark=PARTIAL), fontsize=7.5, va="bottom")
