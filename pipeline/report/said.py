"""What units say about a deviation, at a length that a cell can show."""

from collections.abc import Hashable
from typing import Any

from pipeline.words import NO_BREAK, Words

Row = dict[Hashable, Any]

LONGEST = 600  # characters; the rest stands in the forms
MOST_PEOPLE = 4


def said(indicator: Row, words: Words) -> str:
    """Cause, explanation and who says so: «Сезонность. Кабинет не выезжал (Методист 1; Методист 4)»."""
    text = reasons(indicator)
    return " ".join(filter(None, (shortened(text, words), people(indicator["who"], words)))) + "." if text else ""


def reasons(indicator: Row) -> str:
    """Cause and explanation: «Сезонность. Кабинет не выезжал»."""
    return ". ".join(str(indicator[key]).rstrip(" .") for key in ("cause", "explanation") if indicator[key])


def shortened(text: str, words: Words) -> str:
    """The text, or its first words with a note that there is more."""
    if len(text) <= LONGEST:
        return text
    return words("report.said.more", beginning=text[:LONGEST].rpartition(" ")[0].rstrip(" .,:;—"))


def people(who: str, words: Words, most: int = MOST_PEOPLE) -> str:
    """«(Методист 2; Методист 4)», broken into lines only between the people; of more than `most` the first, and how
    many more."""
    names = [name.replace(" ", NO_BREAK) for name in who.split("; ") if name]
    if len(names) > most:
        more = words.count("report.said.people", len(names) - most + 1)
        names[most - 1 :] = [more]
    return f"({'; '.join(names)})" if names else ""
