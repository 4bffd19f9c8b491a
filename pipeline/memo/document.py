"""memo.docx: the memo's text and pictures as a Russian office document, to be edited by hand in Word."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from pipeline.analysis.tables import DrawnTables
from pipeline.memo.charts import charts
from pipeline.memo.page import SMALL, TINY, dated, set_page, set_properties, set_styles
from pipeline.memo.text import Caption, Memo, Section, Table, memo_text
from pipeline.words import Words

COLUMNS = tuple(Mm(width) for width in (53, 27, 26, 15, 22, 18, 19))
HALVES = (Mm(90), Mm(90))
PICTURE = Mm(86)
SIGNATURE, NAME = Mm(102), Mm(138)  # where the lines for the signature and the name begin
LINE = "_" * 14
STYLES = {"Heading 1": "Heading1", "Body Text": "BodyText", "List Bullet": "ListBullet", "Caption": "Caption"}
"""Names of styles → what a paragraph calls them."""


def memo_document(tables: DrawnTables, addressee: str, words: Words) -> bytes:
    """The finished file; the same tables give the same bytes."""
    memo, document = memo_text(tables, addressee, words), Document()
    set_page(document, memo.notice)
    set_styles(document, words.language)
    set_properties(document, memo.properties_title, tables.department, tables.month, words.language)
    _write_head(document, memo)
    _write_section(document, memo.done)
    if memo.table:
        _write_table(document, memo.table)
    if memo.captions:
        _write_pictures(document, charts(tables, words), memo.captions)
    _write_section(document, memo.behind)
    _write_section(document, memo.activities)
    _write_section(document, memo.forecast)
    _write_signature(document, memo)
    content = BytesIO()
    document.save(content)
    return dated(content.getvalue())


def _write_head(document: WordDocument, memo: Memo) -> None:
    """From whom on the left, to whom on the right; the title, a line for the date, the subject."""
    sides = _table(document, 1, (Mm(105), Mm(75)))
    _lines(sides.cell(0, 0), memo.sender)
    _lines(sides.cell(0, 1), (memo.addressee,))
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(4), Pt(2)
    title.add_run(memo.title.upper()).bold = True
    document.add_paragraph(memo.date_line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    subject = document.add_paragraph()
    subject.paragraph_format.space_before = Pt(4)
    subject.add_run(memo.subject).bold = True


def _write_section(document: WordDocument, section: Section) -> None:
    _paragraph(document, section.heading, "Heading 1")
    for part in section.parts:
        paragraph = _paragraph(document, part.text, "Body Text")
        paragraph.paragraph_format.keep_with_next = bool(part.items)
        for item in part.items:
            _paragraph(document, item, "List Bullet")


def _paragraph(document: WordDocument, text: str, style: str) -> Paragraph:
    """A paragraph in a style; asked to set it, python-docx looks through all styles for the default one each time."""
    paragraph = document.add_paragraph(text)
    paragraph._p.style = STYLES[style]
    return paragraph


def _write_table(document: WordDocument, table: Table) -> None:
    caption = _paragraph(document, table.caption, "Caption")
    caption.paragraph_format.keep_with_next = True
    made = _table(document, len(table.rows) + 1, COLUMNS, "Table Grid")
    for at, row in enumerate((table.headings, *table.rows)):
        for column, (cell, text) in enumerate(zip(made.rows[at].cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size, run.bold = TINY, at == 0
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if at == 0 else _alignment(column)
            paragraph.paragraph_format.keep_with_next = at < len(table.rows)
        _mark_row(made, at, heading=at == 0)
    for note in table.notes:
        _paragraph(document, note, "Caption")


def _alignment(column: int) -> WD_ALIGN_PARAGRAPH:
    """Names and the status to the left, figures to the right."""
    return WD_ALIGN_PARAGRAPH.LEFT if column in (0, 4) else WD_ALIGN_PARAGRAPH.RIGHT


def _mark_row(table: WordTable, at: int, heading: bool) -> None:
    """No row is broken over two pages; the heading stands on each."""
    properties = table.rows[at]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def _write_pictures(document: WordDocument, pictures: Sequence[bytes], captions: Iterable[Caption]) -> None:
    """Side by side, each with its caption and, for those who can't see it, with its text."""
    halves = _table(document, 1, HALVES)
    _mark_row(halves, 0, heading=False)
    for number, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        cell = halves.cell(0, number)
        shape = cell.paragraphs[0].add_run().add_picture(BytesIO(picture), width=PICTURE)
        shape._inline.docPr.set("descr", caption.alt)
        shape._inline.docPr.id = number + 1
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        cell.add_paragraph(caption.text, style="Caption")


def _write_signature(document: WordDocument, memo: Memo) -> None:
    """The position, lines for the signature and the name, and below them what they are for; never alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    line = _signature_line(document, memo.signatory, LINE, LINE)
    line.paragraph_format.space_before, line.paragraph_format.keep_with_next = Pt(16), True
    for run in _signature_line(document, "", *memo.signature_captions).runs:
        run.font.size = TINY


def _signature_line(document: WordDocument, *parts: str) -> Paragraph:
    paragraph = document.add_paragraph("\t".join(parts))
    for place in (SIGNATURE, NAME):
        paragraph.paragraph_format.tab_stops.add_tab_stop(place, WD_TAB_ALIGNMENT.LEFT)
    return paragraph


def _table(document: WordDocument, rows: int, widths: Sequence[Length], style: str = "Normal Table") -> WordTable:
    table: WordTable = document.add_table(rows, len(widths), style)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table._tbl.tblGrid.iterchildren(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(int(width.twips)))
    return table


def _lines(cell: _Cell, texts: Sequence[str]) -> None:
    cell.paragraphs[0].add_run("\n".join(texts)).font.size = SMALL
