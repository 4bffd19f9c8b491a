"""The commented config.toml of a language: the template in locale/ with some of its settings changed."""

import json
import re
from collections.abc import Mapping

from pipeline.words import LOCALE, Language

Value = str | int | bool

_TABLE = re.compile(r"\[(\w+)\].*")
_SETTING = re.compile(r'(?P<name>\w+) = (?P<value>"(?:[^"\\]|\\.)*"|[^\s#]+) *(?P<comment>#.*)?')


def config_text(language: Language, changed: Mapping[str, Mapping[str, Value]]) -> str:
    """The template with the values of `changed` (table → setting → value; the table «» is the file's beginning) in
    place of the defaults, its comments where they were. Raises KeyError for a setting that the template lacks."""
    left = {(table, name): value for table, settings in changed.items() for name, value in settings.items()}
    lines, table = list[str](), ""
    for line in (LOCALE / language / "config.toml").read_text(encoding="utf-8").splitlines():
        if heading := _TABLE.fullmatch(line):
            table = heading[1]
        setting = _SETTING.fullmatch(line)
        if setting and (key := (table, setting["name"])) in left:
            line = _changed(setting, left.pop(key))
        lines.append(line)
    if left:
        raise KeyError(*left)
    return "\n".join(lines) + "\n"


def _changed(setting: re.Match[str], value: Value) -> str:
    """A JSON string, number or truth value is one of TOML's too. A comment stays in its column where it can."""
    line = f"{setting['name']} = {json.dumps(value, ensure_ascii=False)}"
    return f"{line:<{setting.start('comment') - 1}} {setting['comment']}" if setting["comment"] else line
