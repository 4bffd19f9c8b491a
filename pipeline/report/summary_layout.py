"""Where things stand on «Сводка»: one A4 landscape page, whatever the number of main indicators.

Six tiles side by side give the grid; the table takes the width of four of them, what needs attention of two, each
chart of three. What the table leaves of the page's height is the charts'.
"""

from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

TILES = 6
TILE_COLUMNS = ((0, 1), (2, 3), (4, 6), (7, 8), (9, 10), (11, 12))  # first and last column of each
PIXELS = (112, 118, 112, 118, 112, 52, 66, 112, 118, 112, 118, 112, 118)
LAST = len(PIXELS) - 1
TABLE_LAST, ATTENTION_FIRST = 8, 9
CHOICE_COLUMNS = {"unit": (7, 9), "month": (11, 12), "indicator": (11, 12)}
CHART_COLUMNS = ((0, 5), (6, LAST))
WIDTHS = tuple((pixels - 5) / 7 for pixels in PIXELS)  # in characters of the workbooks' default font
FEWEST_ROWS = 8  # two remarks stand beside the table
PAGE_HEIGHT = 715.0  # points; with the columns' width it has an A4 page's proportions within the margins

TITLE, HEADLINE, CONTEXT, EXAMPLE, TILES_TOP = 0, 1, 2, 3, 5
HEIGHTS = {TITLE: 31.0, HEADLINE: 21.0, CONTEXT: 15.0, EXAMPLE: 17.0, EXAMPLE + 1: 5.0}
TILE_HEIGHTS = (19.0, 31.0, 19.0, 33.0, 18.0)
TABLE_TOP = TILES_TOP + len(TILE_HEIGHTS) + 1
GAP, HEAD_HEIGHT, CHOICE_HEIGHT, TITLE_HEIGHT, FOOTNOTE_HEIGHT = 8.0, 30.0, 20.0, 18.0, 27.0


@dataclass(frozen=True)
class Layout:
    """Rows counted from 0, heights in points. `body` rows hold the table; it is as tall for few indicators as
    the remarks beside it need."""

    body: int
    body_height: float

    @property
    def body_top(self) -> int:
        return TABLE_TOP + 1

    @property
    def choice(self) -> int:
        return self.body_top + self.body + 1

    @property
    def chart_titles(self) -> int:
        return self.choice + 1

    @property
    def charts(self) -> int:
        return self.choice + 2

    @property
    def footnote(self) -> int:
        return self.choice + 3

    @property
    def chart_height(self) -> float:
        above = sum(HEIGHTS.values()) + sum(TILE_HEIGHTS) + 2 * GAP + HEAD_HEIGHT + self.body * self.body_height
        return max(130.0, PAGE_HEIGHT - above - CHOICE_HEIGHT - TITLE_HEIGHT - FOOTNOTE_HEIGHT)

    def chart_size(self, first: int, last: int) -> dict[str, int]:
        """Pixels of a chart over these columns, with a little air around it."""
        return {"width": sum(PIXELS[first : last + 1]) - 12, "height": round(self.chart_height * 4 / 3) - 4}

    @property
    def heights(self) -> dict[int, float]:
        """Row → height, of every row of the page."""
        tiles = {TILES_TOP + number: height for number, height in enumerate(TILE_HEIGHTS)}
        body = {self.body_top + number: self.body_height for number in range(self.body)}
        below = {
            TABLE_TOP - 1: GAP,
            TABLE_TOP: HEAD_HEIGHT,
            self.choice - 1: GAP,
            self.choice: CHOICE_HEIGHT,
            self.chart_titles: TITLE_HEIGHT,
            self.charts: self.chart_height,
            self.footnote: FOOTNOTE_HEIGHT,
        }
        return HEIGHTS | tiles | body | below

    @property
    def remarks(self) -> int:
        """How many remarks of three rows fit above the row of the activities and the one of what was left out."""
        return (self.body - 2) // 3


def layout(indicators: int) -> Layout:
    """The page for so many main indicators."""
    body = max(indicators, FEWEST_ROWS)
    return Layout(body, min(18.0, max(14.5, round(416 / body) / 2)))


def choice_place(what: str, indicators: int) -> tuple[int, int, int]:
    """Row, first and last column in which the reader chooses the unit, the month, or the charts' indicator."""
    row = layout(indicators).choice if what == "indicator" else TITLE
    return row, *CHOICE_COLUMNS[what]


def choice_cell(what: str, indicators: int) -> str:
    row, first, _ = choice_place(what, indicators)
    return str(xl_rowcol_to_cell(row, first, row_abs=True, col_abs=True))


def tile_spans(indicators: int) -> tuple[tuple[int, int], ...]:
    """First and last column of each tile: at most six, wider where there are three or fewer."""
    count = min(indicators, TILES)
    width = min(2, TILES // count)
    return tuple((TILE_COLUMNS[n * width][0], TILE_COLUMNS[n * width + width - 1][1]) for n in range(count))
