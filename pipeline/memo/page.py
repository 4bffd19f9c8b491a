"""What makes a Word file ours: A4 with the margins of ГОСТ Р 7.0.97, its styles, its properties, fixed bytes."""

from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _BaseHeaderFooter
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from pipeline.domain.periods import Month
from pipeline.words import Language

FONT = "Times New Roman"
TEXT, SMALL, TINY = Pt(13), Pt(11), Pt(9.5)
WIDTH, HEIGHT = Mm(210), Mm(297)
LEFT, RIGHT, TOP, BOTTOM = Mm(20), Mm(10), Mm(20), Mm(20)
INDENT = Cm(1.25)
LOCALES: dict[Language, str] = {"ru": "ru-RU", "en": "en-GB"}
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def set_page(document: Document, notice: str) -> None:
    """The page, the notice on top of each, and from the second on its number."""
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = LEFT, RIGHT, TOP, BOTTOM
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    _write_header(section.first_page_header, notice)
    _write_header(section.header, notice, numbered=True)


def _write_header(header: _BaseHeaderFooter, notice: str, numbered: bool = False) -> None:
    paragraph = header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if numbered:
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        paragraph._p.append(number)
    if notice:
        run = paragraph.add_run("\n" * numbered + notice)
        run.bold, run.font.size = True, SMALL


def set_styles(document: Document, language: Language) -> None:
    """Normal, headings, lists and captions of one face; paragraphs with the first line indented. Ragged on the
    right: justified lines with their no-break spaces are full of holes."""
    _set_language(document, language)
    normal = _style(document, "Normal", TEXT)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = True
    heading = _style(document, "Heading 1", TEXT, before=5, after=1)
    heading.font.bold = True
    heading.paragraph_format.keep_with_next = True
    body = _style(document, "Body Text", TEXT, before=1, after=1)
    body.paragraph_format.first_line_indent = INDENT
    bullets = _style(document, "List Bullet", TEXT)
    bullets.paragraph_format.left_indent = Mm(6)
    bullets.paragraph_format.first_line_indent = Mm(-5)
    caption = _style(document, "Caption", TINY, before=2, after=2)
    caption.font.bold = False


def _style(document: Document, name: str, size: Length, before: float = 0, after: float = 0) -> ParagraphStyle:
    """The style in our face; `before` and `after` it in points."""
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme fonts would win over a name
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size, style.font.color.rgb = size, RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _set_language(document: Document, language: Language) -> None:
    """The language that Word checks the spelling in."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), LOCALES[language])


def set_properties(document: Document, title: str, author: str, month: Month, language: Language) -> None:
    """Dated by the reported month's last day, not by the clock: the same figures give the same file."""
    properties, day = document.core_properties, datetime.combine(month.last_day, time())
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments, properties.language = "", LOCALES[language]
    properties.created = properties.modified = day


def dated(content: bytes) -> bytes:
    """The same package with fixed times of its parts."""
    fixed = BytesIO()
    with ZipFile(BytesIO(content)) as parts, ZipFile(fixed, "w") as package:
        for name in parts.namelist():
            info = ZipInfo(name, FIRST_DAY_OF_ZIP)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, parts.read(name))
    return fixed.getvalue()
