"""What a file is, by its content: formats of workbooks, and the reason why one can't be opened.

A reader of workbooks says the same of a damaged, an empty, a false and an encrypted file; people need to know which.
"""

import zipfile
from io import BytesIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_XLS_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # BIFF8: the first record of a workbook's globals, 20 bytes long
_XLS_PASSWORD = b"\x2f\x00"  # the record FILEPASS: what follows is encrypted
_OTHER = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
}


_WORKBOOKS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb", "content.xml": ".ods"}
"""The part by which an archive is known as a workbook."""


def format_of(content: bytes) -> str:
    """The workbook's format as its usual extension («.xlsx»), or empty where it is none that is known, or claims to
    be two at once."""
    if content.startswith(_OLE):
        return ".xls"
    if not content.startswith(_ZIP):
        return ""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = {name.replace("\\", "/").casefold() for name in parts.namelist()}
    except Exception:  # a damaged archive fails in a dozen ways; each means the same here
        return ""
    formats = [extension for name, extension in _WORKBOOKS.items() if name in names]
    if formats == [".ods"] and b"opendocument.spreadsheet" not in content[:200]:
        return ""
    return formats[0] if len(formats) == 1 else ""


def is_zip(content: bytes) -> bool:
    """Whether the file begins as an archive does: all new formats of workbooks are archives."""
    return content.startswith(_ZIP)


def why_unreadable(content: bytes) -> tuple[str, str]:
    """Of a file that could not be opened: the problem's code and what was found (a format's name)."""
    if not content.strip(b"\0\r\n\t "):
        return "intake.file_empty", ""
    if content.startswith(_ZIP):
        return _zip_reason(content)
    if content.startswith(_OLE):
        return _ole_reason(content)
    for start, name in _OTHER.items():
        if content.startswith(start):
            return "intake.file_other", name
    return _text_reason(content)


def _zip_reason(content: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = parts.namelist()
            manifest = parts.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except Exception:  # a damaged archive fails in a dozen ways; each means the same here
        return "intake.file_damaged", ""
    if b"encryption-data" in manifest:
        return "intake.file_password", ""
    if "word/document.xml" in names:
        return "intake.file_other", "Word (.docx)"
    if any(name.startswith("xl/") for name in names) or b"opendocument.spreadsheet" in content[:200]:
        return "intake.file_damaged", ""
    return "intake.file_other", "OpenDocument" if b"opendocument" in content[:200] else "ZIP"


def _ole_reason(content: bytes) -> tuple[str, str]:
    after_start = content.partition(_XLS_START)[2][12:14]
    if "EncryptedPackage".encode("utf-16-le") in content or after_start == _XLS_PASSWORD:
        return "intake.file_password", ""
    if "WordDocument".encode("utf-16-le") in content:
        return "intake.file_other", "Word (.doc)"
    return "intake.file_damaged", ""


def _text_reason(content: bytes) -> tuple[str, str]:
    head = content[:2000].lower()
    if b"<html" in head or b"<table" in head or b"<!doctype html" in head:
        return "intake.file_other", "HTML"
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return "intake.file_other", "XML"
    if b"\0" not in head:
        return "intake.file_other", "TXT"
    return "intake.file_damaged", ""
