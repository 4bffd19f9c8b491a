"""Columns found by their headings, whatever their order: the accepted spellings stand in the layouts' tables."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.sheets.book import Sheet
from pipeline.sheets.values import tidy

Spellings = Mapping[str, Sequence[str]]
"""Key of a column → the headings under which it is accepted, the writer's own first."""


class Columns(NamedTuple):
    """The row of headings and each found column's index, both counted from 0; `missing` keys have none;
    `doubled` are (key, index) of further columns with a heading already taken."""

    row: int
    at: dict[str, int]
    missing: tuple[str, ...]
    doubled: tuple[tuple[str, int], ...] = ()


def plain(heading: object) -> str:
    """A heading as it is compared: letters, digits and % only, in lower case, ё as е."""
    text = tidy(heading) if isinstance(heading, str | int | float) else str(heading)
    return re.sub(r"[^\w%]+", "", text.casefold().replace("ё", "е")).replace("_", "")


def find_columns(sheet: Sheet, spellings: Spellings, within: int = 40) -> Columns | None:
    """The row among the first `within` that holds most of the headings, and where each stands; None where no
    row holds at least two of them (or the only one asked for)."""
    known = {plain(spelling): key for key, accepted in spellings.items() for spelling in accepted}
    best: Columns | None = None
    for number, row in enumerate(sheet.rows[:within]):
        at: dict[str, int] = {}
        doubled: list[tuple[str, int]] = []
        for index, cell in enumerate(row):
            key = known.get(plain(cell)) if isinstance(cell, str) and cell else None
            if key is not None and key in at:
                doubled.append((key, index))
            elif key is not None:
                at[key] = index
        if len(at) >= min(2, len(spellings)) and (best is None or len(at) > len(best.at)):
            best = Columns(number, at, tuple(key for key in spellings if key not in at), tuple(doubled))
    return best


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that is most like this one, or an empty string: for «perhaps … was meant»."""
    by_plain = {plain(item): item for item in known}
    found = difflib.get_close_matches(plain(word), by_plain, n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else ""
