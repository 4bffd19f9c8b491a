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
Found = Iterator[tuple[tuple[Any, ...], int]]


def read_part(grammar: Grammar, part: str, tokens: Tokens, year: PlanYear) -> Any:
    """What the tokens mean as that part of the grammar, by the first row that fits them all; None without."""
    return next((value for _, value in readings(grammar, part, tokens, year)), None)


def readings(grammar: Grammar, part: str, tokens: Tokens, year: PlanYear) -> Iterator[tuple[Row, Any]]:
    """Each row of the part that fits all the tokens, from the top, with what it makes of them."""
    for row in grammar[part]:
        for values, end in _sequence(grammar, _elements(row.pattern), tokens, 0, year):
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


def _sequence(grammar: Grammar, pattern: tuple[_Element, ...], tokens: Tokens, at: int, year: PlanYear) -> Found:
    if not pattern:
        yield (), at
        return
    for values, middle in _element(grammar, pattern[0], tokens, at, year):
        for more, end in _sequence(grammar, pattern[1:], tokens, middle, year):
            yield values + more, end


def _element(grammar: Grammar, element: _Element, tokens: Tokens, at: int, year: PlanYear) -> Found:
    if element.how_often == "+":
        yield from _several(grammar, element.names, tokens, at, year)
        return
    for name in element.names:
        yield from _one(grammar, name, tokens, at, year)
    if element.how_often == "?":
        yield (), at


def _one(grammar: Grammar, name: str, tokens: Tokens, at: int, year: PlanYear) -> Found:
    if name in grammar:
        for row in grammar[name]:
            for values, end in _sequence(grammar, _elements(row.pattern), tokens, at, year):
                value = row.build(year, *values)
                if value is not None:
                    yield (value,), end
    elif at < len(tokens) and tokens[at].kind in CLASSES.get(name, (name,)):
        value = tokens[at].value
        yield (() if value is None else (value,)), at + 1


def _several(grammar: Grammar, names: Sequence[str], tokens: Tokens, at: int, year: PlanYear) -> Found:
    """As many as there are, as one tuple: «по вторникам, средам и пятницам»."""
    found: list[Any] = []
    end = at
    while True:
        first = next((one for name in names for one in _one(grammar, name, tokens, at, year)), None)
        if first is None:
            break
        (value,), end = first
        found.append(value)
        if end >= len(tokens) or tokens[end].kind != "sep":
            break
        at = end + 1
    if found:
        yield (tuple(found),), end
