"""A guide on paper: a page of Markdown as a PDF, through LibreOffice Writer.

    python -m tests.printed filling FOLDER

writes FOLDER/filling.pdf, to be handed out.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt
from PIL import Image

from tests.guides import DOCS

WIDE = 680
"""Pixels, 96 an inch: the 18 cm between the margins."""
SCALE = 0.41
"""Of a picture on paper: a page of a workbook is then as wide as the text, a part of it has letters as large."""
TABLE = 'width="100%" cellpadding="1" cellspacing="0" border="1" rules="rows" frame="hsides" bordercolor="#cfd6de"'
STYLE = """
@page { size: 21cm 29.7cm; margin: 1.5cm }
body, p, li, td, th, h1, h2, h3 { font-family: Carlito, Calibri, sans-serif }
body, p, li, td, th { font-size: 10pt; line-height: 102%; color: #1d2733; widows: 2; orphans: 2 }
p { margin-top: 0.1cm; margin-bottom: 0.1cm }
h1, h2, h3 { color: #1f4e79; margin-top: 0.28cm; margin-bottom: 0.1cm }
h1 { font-size: 19pt; margin-top: 0 }
h2 { font-size: 13pt }
h3 { font-size: 11pt }
ul, ol { margin-left: 0.6cm }
li p, th p, td p { margin-top: 0; margin-bottom: 0.03cm }
th { text-align: left; background: #eef1f6 }
"""


def html(page: Path) -> str:
    """The page for paper: its links are the words that they stand on."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(page.read_text(encoding="utf-8"))
    for token in tokens:
        parts = token.children or []
        token.children = [part for part in parts if part.type not in ("link_open", "link_close")]
        for picture in (part for part in parts if part.type == "image"):
            path = page.parent / str(picture.attrs["src"])
            width, height = _on_paper(path)
            picture.attrs |= {"src": path.as_uri(), "width": width, "height": height}
    body = markdown.renderer.render(tokens, markdown.options, {}).replace("<table>", f"<table {TABLE}>")
    return f'<html><head><meta charset="utf-8"><style>{STYLE}</style></head><body>{body}</body></html>'


def _on_paper(picture: Path) -> tuple[int, int]:
    """Its width and height in pixels of paper."""
    with Image.open(picture) as image:
        scale = min(SCALE, WIDE / image.width)
        return round(image.width * scale), round(image.height * scale)


def printed(page: Path, folder: Path) -> Path:
    """The page as a PDF in the folder."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, f"{page.stem}.html")
        source.write_text(html(page), encoding="utf-8")
        office = ["soffice", f"-env:UserInstallation={Path(place, 'profile').as_uri()}", "--headless"]
        how = ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)]
        subprocess.run([*office, *how, str(source)], check=True, capture_output=True)
    return folder / f"{page.stem}.pdf"


if __name__ == "__main__":
    print(printed(DOCS / f"{sys.argv[1]}.md", Path(sys.argv[2])))
