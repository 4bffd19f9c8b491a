"""Formulas that make texts, of the functions that every program has: words with other cells between them, and numbers
written as `Words` writes them. TEXT gets no separators, which would follow the reader's country."""

import re
from collections.abc import Sequence

from pipeline.words import MINUS, Words

_HOLE = re.compile("\x01(.+?)\x02")
THOUSANDS, BILLIONS = 2, 4  # groups of three digits that are told apart


def hole(expression: str) -> str:
    """Stands for the value of the expression in words that `joined` makes a formula of."""
    return f"\x01{expression}\x02"


def joined(text: str) -> str:
    """The text with its holes as an expression: «нужно ‹A1› в месяц» → "нужно "&A1&" в месяц"."""
    pieces = _HOLE.split(text)
    parts = [piece if number % 2 else literal(piece) for number, piece in enumerate(pieces) if piece or number % 2]
    return "&".join(parts) or '""'


def around(text: str, inside: str) -> tuple[str, str]:
    """What stands before and after the only hole of the text."""
    before, _, after = text.partition(hole(inside))
    return before, after


def literal(text: str) -> str:
    """The text as a formula has it, its line breaks by their number."""
    quoted = [f'"{line}"' for line in text.replace('"', '""').split("\n")]
    return "&CHAR(10)&".join(quoted)


def or_blank(condition: str, value: str) -> str:
    """The value where the condition holds, otherwise an empty text."""
    return f'IF({condition},{value},"")'


def pick(cells: str, number: str, missing: str = '""') -> str:
    """The cell with the number in the list, `missing` for an empty one: INDEX alone would give 0."""
    return f'IF(INDEX({cells},{number})="",{missing},INDEX({cells},{number}))'


def number_text(cell: str, decimals: str, words: Words) -> str:
    """The number of the cell as `Words.number` writes it. `decimals`: how many, a number or a cell; the number is
    rounded to them already."""
    point = words.number(0.1, 1)[1]
    whole = f"INT(ABS({cell}))"
    sign = f'IF({cell}<0,"{MINUS}","")'
    digits = _grouped(whole, words, BILLIONS)
    if decimals == "0":
        return f"{sign}&{digits}"
    fraction = f'TEXT(ROUND((ABS({cell})-{whole})*10^{decimals},0),REPT("0",{decimals}))'
    return f'{sign}&{digits}&IF({decimals}=0,"","{point}"&{fraction})'


def count_text(cell: str, words: Words) -> str:
    """The count of the cell, under a million, as `Words.number` writes it."""
    return _grouped(cell, words, THOUSANDS)


def percent_text(cell: str, words: Words) -> str:
    """The whole percent of the cell as `Words.percent` writes it."""
    return f'{number_text(cell, "0", words)}&"{words.percent(0)[1:]}"'


def _grouped(whole: str, words: Words, groups: int, divisor: int = 1) -> str:
    """The digits in groups of three, one nested IF a group."""
    separator = words.number(1000)[1]
    rest = whole if divisor == 1 else f"INT({whole}/{divisor})"
    if groups == 1:
        return f'TEXT({rest},"0")'
    above = _grouped(whole, words, groups - 1, divisor * 1000)
    last = f'TEXT(MOD({rest},1000),"000")'
    return f'IF({rest}<1000,TEXT({rest},"0"),{above}&"{separator}"&{last})'


def choose(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The value of the first (condition, value) that holds."""
    result = otherwise
    for condition, value in reversed(cases):
        result = f"IF({condition},{value},{result})"
    return result
