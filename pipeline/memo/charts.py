"""The memo's two pictures as PNG: the main indicators' variances, and the worst of them by month. The notation is
IBCS's: planned outlined, actual solid, forecast hatched. Same tables, same bytes."""

import math
import textwrap
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pipeline.analysis.main_indicators import Row, main_indicators, score
from pipeline.analysis.tables import ReportTables
from pipeline.domain.status import PARTIAL, is_partial
from pipeline.memo.text import drawn, variance
from pipeline.words import Words
from pipeline.workbooks.colours import ABOVE, BELOW, CHART, INK, RULE

WIDTH = 3.4  # inches; two pictures stand side by side between the memo's margins
LEAST_HEIGHT, ROW = 1.9, 0.136  # inches; of an indicator's row
BELOW_BARS, AROUND = 0.27, 0.3  # inches below the columns, for the months, and below and above them
DPI = 220
LONGEST_NAME = 30  # letters of a line
LONGEST_BAR = 100.0  # per cent; a longer one is cut, and its number says so
FOR_NUMBER = 0.24  # of all bars' length: the room for a number beside them
LOOK: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 6,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.7,
}
OUTLINED: dict[str, Any] = {"facecolor": "white", "edgecolor": CHART, "linewidth": 0.9}
HATCHED: dict[str, Any] = OUTLINED | {"hatch": "/////", "linewidth": 0.5}
SOLID: dict[str, Any] = {"facecolor": CHART}


def charts(tables: ReportTables, words: Words) -> tuple[bytes, ...]:
    """The pictures in the order of the memo's captions; none where there is nothing to draw."""
    rows = drawn(main_indicators(tables.indicators))
    if not rows:
        return ()
    tall = max(LEAST_HEIGHT, AROUND + ROW * len(rows))
    with matplotlib.rc_context(LOOK):
        return (
            _png(lambda axes: _draw_variances(axes, rows, words), tall, left=0.47),
            _png(lambda axes: _draw_months(axes, rows[-1], tables, words), tall, left=0.02),
        )


def _png(draw: Callable[[Axes], None], tall: float, left: float) -> bytes:
    figure = Figure(figsize=(WIDTH, tall), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((left, BELOW_BARS / tall, 0.98 - left, 1 - AROUND / tall))
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    draw(axes)
    content = BytesIO()
    quick: dict[str, Any] = {"pil_kwargs": {"compress_level": 1}}  # packed harder it takes longer and is hardly smaller
    figure.savefig(content, format="png", metadata={"Software": None}, **quick)  # matplotlib's version changes bytes
    return content.getvalue()


def _draw_variances(axes: Axes, rows: Sequence[Row], words: Words) -> None:
    lengths = [max(-LONGEST_BAR, min(LONGEST_BAR, row["to_date_percent"] - 100)) for row in rows]
    colours = [ABOVE if score(row) >= 100 else BELOW for row in rows]
    axes.barh(range(len(rows)), lengths, height=0.62, color=colours)
    for at, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        cut = "→ " if row["to_date_percent"] - 100 > LONGEST_BAR else ""
        axes.annotate(
            f"{cut}{variance(row, words)}",
            (length, at),
            xytext=(-2 if length < 0 else 2, 0),
            textcoords="offset points",
            ha="right" if length < 0 else "left",
            va="center_baseline",
        )
    axes.axvline(0, color=INK, linewidth=0.9)
    lowest, highest = min(0.0, *lengths), max(0.0, *lengths)
    room = FOR_NUMBER * max(10.0, highest - lowest)
    axes.set_xlim(lowest - room if lowest < 0 else 0, highest + room)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(range(len(rows)), [textwrap.fill(str(row["name"]), LONGEST_NAME) for row in rows], linespacing=0.9)


def _draw_months(axes: Axes, worst: Row, tables: ReportTables, words: Words) -> None:
    months = tables.months[tables.months["code"].eq(worst["code"])].sort_values("month").to_dict("records")
    reported, labels = tables.month.number, []
    for row in months:
        coming = row["month"] > reported
        shown = row["forecast"] if coming else row["actual"]
        mark = PARTIAL if not coming and is_partial(row["received"], row["expected"]) else ""
        number = "" if math.isnan(shown) else words.number(shown, worst["decimals"])
        labels.append(f"{words.month(row['month'], 'short')}{mark}\n{number}")
    _draw_columns(axes, [(row["month"] - 0.13, row["planned"]) for row in months], **OUTLINED)
    _draw_columns(axes, [(row["month"] + 0.13, row["actual"]) for row in months[:reported]], **SOLID)
    _draw_columns(axes, [(row["month"] + 0.13, row["forecast"]) for row in months[reported:]], **HATCHED)
    axes.axhline(0, color=RULE, linewidth=0.9)
    axes.set_yticks([])
    axes.set_xlim(0.4, 12.6)
    longest = max(len(label.partition("\n")[2]) for label in labels)
    axes.set_xticks([row["month"] for row in months], labels, fontsize=min(6.0, 30 / max(1, longest)))


def _draw_columns(axes: Axes, columns: Sequence[tuple[float, float]], **look: Any) -> None:
    """Columns of these places and heights, without those that have none."""
    known = [(at, value) for at, value in columns if not math.isnan(value)]
    axes.bar([at for at, _ in known], [value for _, value in known], 0.6, **look)
