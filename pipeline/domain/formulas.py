"""Formulas over indicators: «LN / RDR», «VS + VV.BLOG + VV.SITE», «(A + B) / C * 100»."""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Node = str | float | tuple[str, "Node", "Node"]

_TOKEN = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)(?![\w.])|([^\W\d][\w.]*)|([-+*/()×÷−:]))")
_SAME = {"×": "*", "÷": "/", ":": "/", "−": "-"}
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def parse_formula(text: str) -> Node:
    """The formula as a tree of codes, numbers and operations. Raises ValueError where it can't be read."""
    tokens: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(text[at:])
        tokens.append(_SAME.get(match[0].strip(), match[0].strip()))
        at = match.end()
    node, rest = _sum(tokens)
    if rest:
        raise ValueError(" ".join(rest))
    return node


def _sum(tokens: list[str]) -> tuple[Node, list[str]]:
    return _chain(tokens, "+-", _product)


def _product(tokens: list[str]) -> tuple[Node, list[str]]:
    return _chain(tokens, "*/", _operand)


def _chain(
    tokens: list[str], signs: str, operand: Callable[[list[str]], tuple[Node, list[str]]]
) -> tuple[Node, list[str]]:
    node, tokens = operand(tokens)
    while tokens and tokens[0] in signs:
        right, rest = operand(tokens[1:])
        node, tokens = (tokens[0], node, right), rest
    return node, tokens


def _operand(tokens: list[str]) -> tuple[Node, list[str]]:
    if not tokens or tokens[0] in "+-*/)":
        raise ValueError(" ".join(tokens))
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        node, rest = _sum(rest)
        if not rest or rest[0] != ")":
            raise ValueError(")")
        return node, rest[1:]
    return (float(first.replace(",", ".")) if first[0].isdigit() else first), rest


def codes(node: Node) -> tuple[str, ...]:
    """The indicators' codes that the formula names, in its order."""
    if isinstance(node, str):
        return (node,)
    return codes(node[1]) + codes(node[2]) if isinstance(node, tuple) else ()


def evaluate(node: Node, values: Mapping[str, Any]) -> Any:
    """The formula's value; works on numbers and on arrays alike. Division by zero is the values' own affair."""
    if isinstance(node, tuple):
        return _OPERATORS[node[0]](evaluate(node[1], values), evaluate(node[2], values))
    return values[node] if isinstance(node, str) else node
