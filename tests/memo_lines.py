"""The memo as lines of text, to be compared with the kept ones in tests/snapshots/memo.txt.

`python -m tests.memo_lines` writes them anew; read them aloud before keeping them.
"""

from collections.abc import Iterator
from pathlib import Path

from pipeline.memo.text import Memo, Section, memo_text
from pipeline.words import NO_BREAK, Words
from tests.report_tables import example_tables

SNAPSHOT = Path(__file__).parent / "snapshots" / "memo.txt"
ADDRESSEE = "Директору библиотеки"


def memo_lines(memo: Memo) -> str:
    """All that a person reads of the memo, in the document's order; «~» for no-break spaces."""
    return "\n".join(_lines(memo)).replace(NO_BREAK, "~") + "\n"


def _lines(memo: Memo) -> Iterator[str]:
    yield from (memo.notice, *memo.sender, memo.addressee, memo.title, memo.date_line, memo.subject)
    yield from _section(memo.done)
    if memo.table:
        yield memo.table.caption
        yield from ("│".join(row) for row in (memo.table.headings, *memo.table.rows))
        yield from memo.table.notes
    for caption in memo.captions:
        yield from (caption.text, f"[{caption.alt}]")
    for section in (memo.behind, memo.activities, memo.forecast):
        yield from _section(section)
    yield from (memo.signatory, *memo.signature_captions)


def _section(section: Section) -> Iterator[str]:
    yield section.heading
    for part in section.parts:
        yield part.text
        yield from (f"• {item}" for item in part.items)


if __name__ == "__main__":
    SNAPSHOT.write_text(memo_lines(memo_text(example_tables(), ADDRESSEE, Words("ru"))), encoding="utf-8")
