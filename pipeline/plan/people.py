"""The people responsible, as plans name them: codes, positions, «все методисты»."""

import re
from collections.abc import Iterable

from pipeline.domain.units import Unit
from pipeline.plan.codes import Codes
from pipeline.plan.tables import Row
from pipeline.problems import problem
from pipeline.sheets.headings import nearest
from pipeline.sheets.values import tidy

_ALL = re.compile(r"(?:все|всех|всем|всеми|all)\s+(?:the\s+)?", re.IGNORECASE)
_ENDING = re.compile(r"(?:[аеоыия][хмйв]|ами|ями|ies|es|s|[аеёиоуыэюяйьy])$")


def read_responsible(row: Row, units: Iterable[Unit], known: Codes) -> tuple[str, ...]:
    """Codes of the units that the cell names, each once; an unknown name is a problem and nobody is guessed."""
    found: dict[str, None] = {}
    names = _names(row, known)
    if not names:
        row.missing("responsible")
    for name in names:
        code = known.find(name)
        everyone = (code,) if code else _all(name, units)
        if not everyone:
            near = _nearest_group(name, units) or known.nearest(name)
            row.problems.append(
                problem("plan.person_misspelt", row.address("responsible"), name, nearest=near, sheet=known.sheet)
                if near
                else problem("plan.person_unknown", row.address("responsible"), name, sheet=known.sheet)
            )
        found |= dict.fromkeys(everyone)
    return tuple(found)


def _names(row: Row, known: Codes) -> list[str]:
    """The cell's names: separated by semicolons, line breaks, or commas outside a known title."""
    value = row.value("responsible")
    lines = re.split(r"[;\n]", value) if isinstance(value, str) else [row.text("responsible")]
    names: list[str] = []
    for line in map(tidy, lines):
        names.extend([line] if known.find(line) else map(tidy, line.split(",")))
    return [name for name in names if name]


def _all(name: str, units: Iterable[Unit]) -> tuple[str, ...]:
    """«все методисты», «методисты», «всем сотрудникам»: the units of that group or kind."""
    match = _ALL.match(name)
    stem = _stem(name[match.end() :]) if match else ""
    return tuple(
        unit.code
        for unit in units
        if (unit.group and name.casefold() == unit.group.casefold())
        or (stem and stem in (_stem(unit.group), _stem(unit.kind)))
    )


def _nearest_group(name: str, units: Iterable[Unit]) -> str:
    """«все методисты» for «все методсты»; empty for a name that isn't of a group."""
    match = _ALL.match(name)
    groups = (unit.group for unit in units if unit.group)
    group = nearest(name[match.end() :], groups) if match else ""
    return f"{match[0]}{group}" if match and group else ""


def _stem(word: str) -> str:
    """The word without its ending: «методистов» and «методисты» are the same."""
    return _ENDING.sub("", word.casefold().replace("ё", "е").strip(" ."))
