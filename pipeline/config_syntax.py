"""What to do about a line of config.toml that TOML doesn't understand: what people are likely to have meant by it."""

import re
from tomllib import TOMLDecodeError

from pipeline.domain.addresses import Address
from pipeline.problems import Problem, problem

_COMMA = re.compile(r"\s*([-+]?\d+),(\d+)\s*(?:#.*)?")
_TRUTH = re.compile(r"\s*(да|нет|true|false|yes|no)\s*(?:#.*)?", re.IGNORECASE)
_AGAIN = re.compile("overwrite|twice|namespace")
"""tomllib's own words, all of a name that was given before."""


def syntax_problem(where: Address, text: str, error: TOMLDecodeError) -> Problem:
    """The problem of a text that ends its last line, as `tomllib` has told of it."""
    known = re.search(r"line (\d+)", str(error))
    number = int(known[1]) if known else text.count("\n")  # what is begun and has no end
    line = text.split("\n")[number - 1]
    said, value = line.partition("#")[0], line.partition("=")[2]
    name = said.partition("=")[0].strip()
    if _AGAIN.search(str(error)):
        return problem("cli.config_twice", where, name, line=number)
    if not name.isascii() and ("=" in said or name.startswith("[")):
        return problem("cli.config_name", where, name, line=number)
    if comma := _COMMA.fullmatch(value):
        return problem("cli.config_comma", where, f"{comma[1]},{comma[2]}", line=number, point=f"{comma[1]}.{comma[2]}")
    if truth := _TRUTH.fullmatch(value):
        return problem("cli.config_truth", where, truth[1], line=number)
    if "\\" in value:
        return problem("cli.config_backslash", where, line=number)
    return problem("cli.config_syntax", where, line=number)
