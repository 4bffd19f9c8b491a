"""Pictures in sheets: scaled to the sheet's width, on a page of their own, with a text for those who can't see them."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter.image import Image
from xlsxwriter.worksheet import Worksheet

from pipeline.report.book import ReportBook

PIXELS_A_CHARACTER = 7.0  # of a column's width; five more are the cell's padding
PADDING = 5.0


def add_picture(
    book: ReportBook, sheet: Worksheet, row: int, name: str, headline: str, alt: str, widths: Sequence[float]
) -> None:
    """The picture below a headline at `row`, as wide as the columns of these widths; nothing where there is none."""
    if name not in book.pictures:
        return
    sheet.write_string(row, 0, headline, book.styles("headline"))
    image = Image(BytesIO(book.pictures[name]))
    room = sum(width * PIXELS_A_CHARACTER + PADDING for width in widths)
    scale = room / (image.width * 96 / image.x_dpi)
    sheet.insert_image(
        row + 1,
        0,
        name,
        {
            "image_data": BytesIO(book.pictures[name]),
            "x_scale": scale,
            "y_scale": scale,
            "description": alt,
            "object_position": 2,
        },
    )
