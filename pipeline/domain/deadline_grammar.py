"""Reading tokens by a grammar that is a table: each row a pattern of kinds, what it means, and an example."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.domain.deadline_tokens import Token
from pipeline.domain.periods import PlanYear


class Row(NamedTuple):
    """One spelling: `pattern` names kinds of tokens and parts (other groups of rows) in their order.

    «a|b» is either, «a?» may be absent, «a+» is one or more joined by commas or «и». `build` is given the
    year and the values of what was matched, and returns None for what can't be («31 июня»).
    """

    pattern: str
    build: Callable[..., Any]
    example: str


Grammar = Mapping[str, Sequence[Row]]

# Kinds that stand for several: whatever may be said with a plain number may be said with «5-го».
CLASSES: Mapping[str, tuple[str, ...]] = {
    "num": ("num", "nth"),
    "figure": ("num",),
    "date_word": ("date_word", "day_word"),
    "pause": ("sep", "semi", "open"),
    "year": ("year_word", "of_year", "plan_year"),
    "one_year": ("year_word", "plan_year"),
    "month_word": ("month_word", "of_month"),
    "one_month": ("month_word",),
}

Tokens = tuple[Token, ...]
Found = list[tuple[tuple[Any, ...], int]]
"""What is meant, and where it ends: each way to read it, from the top of the grammar."""


class _Text(NamedTuple):
    """What is read, and what was found in it before: a part of the grammar, where it begins → what it may be there."""

    grammar: Grammar
    tokens: Tokens
    year: PlanYear
    known: dict[tuple[str, int], Found]


def read_part(grammar: Grammar, part: str, tokens: Tokens, year: PlanYear) -> Any:
    """What the tokens mean as that part of the grammar, by the first row that fits them all; None without."""
    return next((value for _, value in readings(grammar, part, tokens, year)), None)


def readings(grammar: Grammar, part: str, tokens: Tokens, year: PlanYear) -> Iterator[tuple[Row, Any]]:
    """Each row of the part that fits all the tokens, from the top, with what it makes of them."""
    text = _Text(grammar, tokens, year, {})
    for row in grammar[part]:
        for values, end in _sequence(text, _elements(row.pattern), 0):
            if end == len(tokens):
                value = row.build(year, *values)
                if value is not None:
                    yield row, value


class _Element(NamedTuple):
    """Names of which one is to be met; how often: once («»), perhaps («?»), several times («+»)."""

    names: tuple[str, ...]
    how_often: str


@cache
def _elements(pattern: str) -> tuple[_Element, ...]:
    steps = (re.fullmatch(r"(.*?)([?+]?)", step) for step in pattern.split())
    return tuple(_Element(tuple(found[1].split("|")), found[2]) for found in steps if found)


def _sequence(text: _Text, pattern: tuple[_Element, ...], at: int) -> Found:
    if not pattern:
        return [((), at)]
    return [
        (values + more, end)
        for values, middle in _element(text, pattern[0], at)
        for more, end in _sequence(text, pattern[1:], middle)
    ]


def _element(text: _Text, element: _Element, at: int) -> Found:
    if element.how_often == "+":
        return _several(text, element.names, at)
    found = [one for name in element.names for one in _one(text, name, at)]
    return [*found, ((), at)] if element.how_often == "?" else found


def _one(text: _Text, name: str, at: int) -> Found:
    if name in text.grammar:
        if (name, at) not in text.known:
            text.known[name, at] = [
                ((value,), end)
                for row in text.grammar[name]
                for values, end in _sequence(text, _elements(row.pattern), at)
                if (value := row.build(text.year, *values)) is not None
            ]
        return text.known[name, at]
    if at < len(text.tokens) and text.tokens[at].kind in CLASSES.get(name, (name,)):
        value = text.tokens[at].value
        return [(() if value is None else (value,), at + 1)]
    return []


def _several(text: _Text, names: Sequence[str], at: int) -> Found:
    """As many as there are, as one tuple: «по вторникам, средам и пятницам»."""
    found: list[Any] = []
    end = at
    while True:
        first = next((one for name in names for one in _one(text, name, at)), None)
        if first is None:
            break
        (value,), end = first
        found.append(value)
        if end >= len(text.tokens) or text.tokens[end].kind != "sep":
            break
        at = end + 1
    return [((tuple(found),), end)] if found else []
