"""Where the rows of a picture are, and how tall: as many as an A4 page holds, with letters that stay readable."""

WIDTH, DPI = 11.0, 160  # inches: an A4 landscape page between its margins; and pixels an inch
PAGE = 6.5  # inches of its height that a picture may take
ROW = 0.21  # inches of a row where few leave room
MOST_ROWS = 48
MARGIN = 0.11  # inches left of the rows' names
HEAD = 0.11  # inches from the rows up to the middle of the columns' headings
POINTS = 72


def figure_height(rows: int, around: float) -> float:
    """Height in inches of a picture with so many rows and `around` inches above and below them."""
    return min(PAGE, around + ROW * max(rows, 4))


def row_middles(rows: int, bottom: float, top: float) -> list[float]:
    """Inches from the figure's bottom to the middle of each row, the first one on top."""
    return [top - (row + 0.5) * (top - bottom) / rows for row in range(rows)]


def letter_size(rows: int, around: float) -> float:
    """Size in points of the letters in the rows."""
    return min(8.0, 0.66 * (figure_height(rows, around) - around) * POINTS / max(rows, 4))


def shortened(text: str, length: int) -> str:
    """The text cut at a word, with an ellipsis, where it is longer."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.:;–—") + "…"
