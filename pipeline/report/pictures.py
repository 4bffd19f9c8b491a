"""Pictures in sheets: scaled to the sheet's width, on a page of their own, with a text for those who can't see them."""

from collections.abc import Mapping
from io import BytesIO

from xlsxwriter.image import Image

from pipeline.report.book import Frame, ReportBook

PIXELS_A_CHARACTER = 7.0  # of a column's width; five more are the cell's padding
PADDING = 5.0


def place_pictures(book: ReportBook, pictures: Mapping[str, bytes]) -> None:
    """Each picture in its frame; nothing in the frame of one that there is not."""
    for frame in book.frames:
        if frame.name in pictures:
            _place(book, frame, pictures[frame.name])


def _place(book: ReportBook, frame: Frame, picture: bytes) -> None:
    frame.sheet.write_string(frame.row, 0, frame.headline, book.styles("headline"))
    image = Image(BytesIO(picture))
    room = sum(width * PIXELS_A_CHARACTER + PADDING for width in frame.widths)
    scale = room / (image.width * 96 / image.x_dpi)
    frame.sheet.insert_image(
        frame.row + 1,
        0,
        frame.name,
        {
            "image_data": BytesIO(picture),
            "x_scale": scale,
            "y_scale": scale,
            "description": frame.alt,
            "object_position": 2,
        },
    )
