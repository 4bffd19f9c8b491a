"""A number pasted as text into a finished form, as Excel leaves it: the cell, and the formulas that see it."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

Pasted = Mapping[str, float | str]
"""Cell («G12») → what it shows; a text in an input cell is the pasted one."""


def paste(content: bytes, part: str, cells: Pasted) -> bytes:
    """The workbook with other values in cells of one sheet («xl/worksheets/sheet10.xml»); formulas stay. A formula
    that shows a text must have shown one before."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.infolist():
            data = source.read(member)
            copy.writestr(member, _changed(data.decode(), cells).encode() if member.filename == part else data)
    return target.getvalue()


def _changed(xml: str, cells: Pasted) -> str:
    for cell, value in cells.items():
        pattern = re.compile(rf'<c r="{cell}"([^>]*?)(?: t="\w+")?(?:/>|>(<f>.*?</f>)?(?:<v>.*?</v>)?</c>)')
        match = pattern.search(xml)
        if match is None:
            raise ValueError(cell)
        style, formula = match[1], match[2] or ""
        if isinstance(value, str) and not formula:
            new = f'<c r="{cell}"{style} t="inlineStr"><is><t>{value}</t></is></c>'
        else:
            kind = ' t="str"' if isinstance(value, str) else ""
            new = f'<c r="{cell}"{style}{kind}>{formula}<v>{value}</v></c>'
        xml = xml[: match.start()] + new + xml[match.end() :]
    return xml
