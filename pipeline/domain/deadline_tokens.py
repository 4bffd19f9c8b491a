"""A deadline's text as tokens of known kinds. One word that no table knows makes the whole unreadable."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.domain.deadline_words import (
    BY_PHRASE,
    COUNT_ENDINGS,
    DAY_ENDINGS,
    LONGEST_PHRASE,
    RANK_ENDINGS,
    ROMAN_LETTERS,
    ROMANS,
    WORDS,
    Case,
)
from pipeline.domain.periods import PlanYear


class Token(NamedTuple):
    """A piece of the text: its kind, its value where it has one, and the case of a month's name."""

    kind: str
    value: int | str | None = None
    case: Case = ""


class UnreadableError(Exception):
    """The text holds something that no table knows, or a date of another year."""


# Hyphens (the no-break one too), dashes, bar and minus as they come out of Word, Excel and PDF.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PLAIN = str.maketrans({**dict.fromkeys(DASHES, "-"), **dict.fromkeys(INVISIBLE), "ё": "е"})
# Of the compatibility letters only Ⅰ Ⅱ Ⅲ … are spelled out: NFKC would read a footnote's «²» as a digit.
_ROMAN_SIGNS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2160, 0x2180)}

_END = r"(?![^\W_])"
_HYPHEN = r"(?:[^\S\n]*-[^\S\n]*)?"
# What may stand at a place of the text, tried from the top.
_LEXEMES = re.compile(
    "|".join(
        (
            r"(?P<space>[^\S\n]+)",
            rf"(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[ t]00:00(?::00)?)?{_END}",
            r"(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2}))(?![0-9])",
            # Two digits of the month: «1.5» may be a number.
            r"(?P<short>[0-9]{1,2}\.[0-9]{2})(?![0-9])\.?",
            rf"(?P<this_year>[тс]\.\s?г){_END}\.?",
            rf"(?P<half_year>п/г){_END}\.?",
            rf"(?P<part>[qh][1-4]){_END}",
            rf"(?P<roman>(?=1*[ivlіӏупш])[1ivlіӏупш]{{1,4}})(?:{_HYPHEN}(?:{DAY_ENDINGS}|{RANK_ENDINGS}){_END}|{_END})",
            rf"(?P<cardinal>[0-9]{{1,2}}){_HYPHEN}(?:{COUNT_ENDINGS}){_END}",
            rf"(?P<nth>[0-9]{{1,2}}){_HYPHEN}(?:{DAY_ENDINGS}){_END}",
            rf"(?P<rank>[0-9]{{1,2}}){_HYPHEN}(?:{RANK_ENDINGS}){_END}",
            r"(?P<year>[0-9]{4})(?![0-9])",
            # A point may follow, as in «12.-13.02».
            r"(?P<num>[0-9]{1,2})(?![0-9])(?:\.(?=\s*-))?",
            r"(?P<word>[^\W\d_]+)\.?",
            r"(?P<mark>[\n;/,&:(-])",
        )
    )
)
_MARKS = {"\n": "semi", ";": "semi", "/": "semi", ",": "sep", "&": "sep", ":": "open", "(": "open"}
_SEPARATORS = ("sep", "semi")
# After these a year says only which year, as in «март 2013 г.»
_DATED = ("month", "quarter_word", "half_year", "season")


def tokens_of(text: str, year: PlanYear) -> tuple[Token, ...] | None:
    """A deadline in the plan's own spelling as tokens; None for an unknown word or another year's date.

    «sep» is a comma or «и», «semi» a semicolon, a slash or a new line: only after the second does a new item
    begin for sure.
    """
    try:
        return _without_years(_one_separator(_joined(_lexemes(_plain(text), year), year)), year)
    except UnreadableError:
        return None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).translate(_ROMAN_SIGNS).casefold().translate(_PLAIN)
    trimmed = re.sub(r"^\s+|[\s.;,]+$", "", re.sub(r"\r\n?|\u2028", "\n", folded))
    # Only a bracket that closes at the very end says nothing; any other is left over, and so unreadable.
    if trimmed.endswith(")") and trimmed.count("(") == trimmed.count(")") == 1:
        return trimmed[:-1].removeprefix("(").strip()
    return trimmed


def _lexemes(text: str, year: PlanYear) -> Iterator[str | Token]:
    """Words as strings (they may be part of a phrase), everything else as tokens."""
    at, named, comma = 0, False, False
    while at < len(text):
        match = _LEXEMES.match(text, at)
        if match is None:
            raise UnreadableError
        at = match.end()
        kind = str(match.lastgroup)
        found = match[kind]
        # «20 марта, 11.10» may be a day and its hour.
        if kind == "short" and named and comma:
            raise UnreadableError
        named = named or (found in WORDS and WORDS[found].kind == "month")
        comma = found == "," or (comma and kind == "space")
        match kind:
            case "space":
                pass
            case "word":
                yield found
            case "mark":
                yield found if found == "-" else Token(_MARKS[found])
            case _:
                yield from _figures(kind, found, year)


def _figures(kind: str, found: str, year: PlanYear) -> Iterator[Token]:
    """Tokens of whatever is written with figures: «12.02» is the same as «12 февраля»."""
    match kind:
        case "iso" | "dotted" | "short":
            numbers = [int(number) for number in re.split(r"[.-]", found)]
            day, month, *years = reversed(numbers) if kind == "iso" else numbers
            if not 1 <= month <= 12:
                raise UnreadableError
            yield Token("num", day)
            yield Token("month", year.number(month))
            century = year.year - year.year % 100
            yield from (Token("year", number if number > 99 else century + number) for number in years)
        case "part":
            yield Token("num", int(found[1]))
            yield Token("quarter_word" if found[0] == "q" else "half_year")
        case "roman":
            letters = found.translate(ROMAN_LETTERS)
            if letters not in ROMANS:
                raise UnreadableError
            yield Token("roman", ROMANS[letters])
        case "num" | "nth" | "rank" | "cardinal" | "year":
            yield Token(kind, int(found))
        case _:
            yield Token(kind)


def _joined(lexemes: Iterable[str | Token], year: PlanYear) -> Iterator[Token]:
    """Words and phrases by their tables, the longest phrase first; words that mean nothing are left out. Months are
    numbered as the plan's year has them."""
    pieces = [piece for piece in lexemes if not (piece in WORDS and WORDS[str(piece)].kind == "filler")]
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, Token):
            yield piece
            at += 1
            continue
        for length in range(LONGEST_PHRASE, 1, -1):
            word = BY_PHRASE.get(tuple(str(part) for part in pieces[at : at + length]))
            if word is not None:
                break
        else:
            length, word = 1, WORDS.get(piece)
        if piece == "-" and word is None:
            yield Token("-")
        elif word is None:
            raise UnreadableError
        elif word.kind in ("month", "season"):
            yield Token(word.kind, year.number(int(word.value or 0)), word.case)
        elif word.kind != "filler":
            yield Token(word.kind, word.value)
        at += length


def _one_separator(tokens: Iterable[Token]) -> Iterator[Token]:
    """A run of separators as one; a comma in it («март,⏎апрель») makes it weak."""
    pending: Token | None = None
    for token in tokens:
        if token.kind in _SEPARATORS:
            pending = token if pending is None or token.kind == "sep" else pending
            continue
        if pending is not None:
            yield pending
            pending = None
        yield token
    if pending is not None:
        yield pending


def _without_years(tokens: Iterable[Token], year: PlanYear) -> tuple[Token, ...]:
    """The plan's own year is left out after a date, and is «plan_year» elsewhere («в течение 2013 года»)."""
    left: list[Token] = []
    named = False
    for token in tokens:
        if token.kind in ("year_word", "of_year") and (named or _is_dated(left)):
            named = False
            continue
        named = token.kind == "year"
        if token.kind not in ("year", "this_year"):
            left.append(token)
        elif token.value not in (_year_of(left, year), None):
            raise UnreadableError
        elif left and left[-1].kind in _SEPARATORS and _is_dated(left[:-1]):
            left.pop()
        elif not _is_dated(left):
            left.append(Token("plan_year"))
    return tuple(left)


def _year_of(tokens: list[Token], year: PlanYear) -> int:
    """The calendar year of the date in which they end; of everything else, the one in which the plan's year begins."""
    last = next((token for token in reversed(tokens) if token.kind in _DATED), None)
    if last is None or last.kind not in ("month", "season") or not _is_dated(tokens):
        return year.year
    return year.month(int(last.value or 0)).calendar[0]


def _is_dated(tokens: list[Token]) -> bool:
    """Whether they end in what a year may follow: «марта», «кв.», "March 12 and 20"."""
    at = len(tokens)
    while at and tokens[at - 1].kind in ("num", "nth", "roman", "-", *_SEPARATORS):
        at -= 1
    return at > 0 and tokens[at - 1].kind in _DATED
