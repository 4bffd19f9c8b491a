"""Consoles as they are: whatever one can't show gets a sensible substitute instead of an error or «????».

A cp866 console has no «», a cp1251 one no ●, an ASCII one no Russian at all: quotation marks become ", marks of
status *, and Russian letters are transliterated.
"""

import codecs
import gettext
import os
import sys
import unicodedata
from collections.abc import Callable
from io import TextIOWrapper

from pipeline.words import LOCALE, Language

_ASCII = "plan-fact-ascii"

_SUBSTITUTES = {
    "«": '"',
    "»": '"',
    "„": '"',
    "“": '"',
    "”": '"',
    "’": "'",
    "—": "-",
    "–": "-",
    "−": "-",
    "·": "|",
    "…": "...",
    "№": "No",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "×": "x",
    "●": "*",
    "◐": "*",
    "▲": "^",
    "◆": "#",
    "★": "+",
    "○": "o",
}
_LATIN = dict(
    zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True),
    ё="yo",
    ж="zh",
    х="kh",
    ц="ts",
    ч="ch",
    ш="sh",
    щ="shch",
    ъ="",
    ь="",
    ю="yu",
    я="ya",
)


def substitute(character: str, encoding: str) -> str:
    """What a console of this encoding shows in the character's place."""
    plain = unicodedata.normalize("NFKC", character)  # a no-break space is a space, «…» is three points
    latin = _LATIN.get(character.lower(), "?")
    letters = latin.capitalize() if character.isupper() else latin
    for candidate in (_SUBSTITUTES.get(character), plain, letters):
        if candidate is not None and _shows(encoding, candidate):
            return candidate
    return "?"


def _shows(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _handler(encoding: str) -> Callable[[UnicodeError], tuple[str, int]]:
    """Puts the substitutes in. One for each encoding: the error itself calls all of them «charmap»."""

    def substitutes(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        wrong = error.object[error.start : error.end]
        return "".join(substitute(character, encoding) for character in wrong), error.end

    return substitutes


def _ascii_by_another_name(name: str) -> codecs.CodecInfo | None:
    """click takes an ASCII stream for a mistake and writes UTF-8 to it; under another name it leaves it alone."""
    if name.replace("_", "-") != _ASCII:
        return None
    ascii_codec = codecs.lookup("ascii")
    return codecs.CodecInfo(
        name=_ASCII,
        encode=ascii_codec.encode,
        decode=ascii_codec.decode,
        incrementalencoder=ascii_codec.incrementalencoder,
        incrementaldecoder=ascii_codec.incrementaldecoder,
        streamreader=ascii_codec.streamreader,
        streamwriter=ascii_codec.streamwriter,
    )


def adapt_streams() -> None:
    """From now on whatever is printed can be printed."""
    codecs.register(_ascii_by_another_name)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = codecs.lookup(stream.encoding).name
            errors = f"substitutes-{encoding}"
            codecs.register_error(errors, _handler(encoding))
            stream.reconfigure(encoding=_ASCII if encoding == "ascii" else None, errors=errors)


def speak(language: Language) -> None:
    """click's own messages in this language: it asks gettext, which asks the environment."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(LOCALE))
    gettext.textdomain("click")
