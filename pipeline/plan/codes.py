"""Codes and titles of the plan as people repeat them elsewhere in it."""

from collections.abc import Iterable

from pipeline.domain.codes import folded
from pipeline.plan.tables import Row, Table
from pipeline.problems import Problem, problem
from pipeline.sheets.headings import nearest, plain


class Codes:
    """The codes of one sheet, each known by its titles too.

    A code in small letters, or with Cyrillic letters that look like Latin ones, is the same code. A title that
    several rows have stands for none of them.
    """

    def __init__(self, table: Table | None, titles: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        titles = tuple(titles)
        self.sheet = table.sheet.name if table else ""
        self._codes = {folded(code): code for code, _ in titles}
        by_title: dict[str, set[str]] = {}
        for code, own in titles:
            for title in own:
                by_title.setdefault(plain(title), set()).add(code)
        self._titles = {title: codes.pop() for title, codes in by_title.items() if title and len(codes) == 1}
        self._found: dict[str, str] = {}
        self._names = tuple(name for code, own in titles for name in (*own, code))

    def find(self, text: str) -> str:
        """The code that the text means; empty where it means none."""
        if text not in self._found:
            self._found[text] = self._codes.get(folded(text)) or self._titles.get(plain(text), "")
        return self._found[text]

    def of(self, row: Row, key: str) -> str:
        """The code in the row's cell; empty for a blank, and for an unknown one, with the problem said (once for
        all where the whole sheet is missing)."""
        return self._repeated(row, key) or self._code(row, key, row.text(key))

    def needed(self, row: Row, key: str) -> str:
        """The same; a blank cell is a problem."""
        return self._repeated(row, key) or self._code(row, key, row.needed(key))

    def _repeated(self, row: Row, key: str) -> str:
        """The code where the cell is, letter for letter, what was understood before: in a plan nearly every one."""
        value = row.value(key)
        return self._found.get(value, "") if isinstance(value, str) else ""

    def _code(self, row: Row, key: str, text: str) -> str:
        code = self.find(text)
        if text and not code and self.sheet:
            row.problems.append(self.unknown(row, key, text))
        return code

    def unknown(self, row: Row, key: str, text: str) -> Problem:
        """An unknown code or title, with the nearest known one where there is any."""
        near = self.nearest(text)
        if near:
            return problem("plan.code_misspelt", row.address(key), text, nearest=near, sheet=self.sheet)
        return problem("plan.code_unknown", row.address(key), text, sheet=self.sheet)

    def nearest(self, text: str) -> str:
        return nearest(text, self._names)


def own_code(row: Row, seen: dict[str, Row]) -> str:
    """The row's own code; empty, with the problem said, where it is blank or an earlier row's."""
    code = row.needed("code")
    if code and first_with(code, row, seen) is row:
        return code
    return ""


def first_with(code: str, row: Row, seen: dict[str, Row]) -> Row:
    """The first row with this code; a problem where it is another."""
    first = seen.setdefault(folded(code), row)
    if first is not row:
        row.wrong("plan.code_doubled", "code", code, first=first.address("code").cell)
    return first
