"""What units say about a deviation, at a length that a cell can show."""

from collections.abc import Hashable
from typing import Any

from pipeline.words import NO_BREAK, Words

Row = dict[Hashable, Any]

LONGEST = 600  # characters; the rest stands in the forms
MOST_PEOPLE = 4


def said(indicator: Row, words: Words) -> str:
    """Cause, explanation and who says so: «Сезонность. Кабинет не выезжал (Методист 1; Методист 4)»."""
    text = ". ".join(str(indicator[key]).rstrip(" .") for key in ("cause", "explanation") if indicator[key])
    return " ".join(filter(None, (shortened(text, words), people(indicator["who"], words)))) + "." if text else ""


def shortened(text: str, words: Words) -> str:
    """The text, or its first words with a note that there is more."""
    if len(text) <= LONGEST:
        return text
    return words("report.said.more", beginning=text[:LONGEST].rpartition(" ")[0].rstrip(" .,:;—"))


def people(who: str, words: Words) -> str:
    """«(Методист 2; Методист 4)», broken into lines only between the people; of many the first, and how many more."""
    names = [name.replace(" ", NO_BREAK) for name in who.split("; ") if name]
    if len(names) > MOST_PEOPLE:
        more = words.count("report.said.people", len(names) - MOST_PEOPLE + 1)
        names[MOST_PEOPLE - 1 :] = [more]
    return f"({'; '.join(names)})" if names else ""
