"""Arithmetic as trees: read from text, computed exactly, written as Python.

Grammar: numbers (``1,200``, ``.5``, ``20%``, ``1 1/2``), ``+ - * / ^`` and their typographic
variants (``x``, ``×``, ``÷``, ``–``), brackets, products without a sign (``5x``, ``2(3+4)``),
``LCM[…]``/``GCD(…)``/``ceil(…)``/``floor(…)``, and unknowns (single letters).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text writes it. ``20%`` has the value 1/5."""

    value: Fraction
    text: str

    @property
    def percent(self) -> bool:
        """Whether the text writes a percentage."""
        return self.text.endswith("%")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A letter that stands for a number to be found."""

    name: str


@dataclass(frozen=True, slots=True)
class Result:
    """What an earlier step computed."""

    step: int


@dataclass(frozen=True, slots=True)
class Given:
    """A quantity that the problem names, by its place in the list of its quantities."""

    index: int


Operator = Literal["+", "-", "*", "/", "//", "%", "**"]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands and an operator, as Python knows it."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of numbers: gcd, lcm, ceil, floor, round."""

    function: str
    arguments: tuple[Expression, ...]


Leaf: TypeAlias = Number | Unknown | Result | Given
Expression: TypeAlias = Leaf | Operation | Call


@lru_cache(maxsize=4096)  # the same few numbers fill a benchmark, and Fraction parses slowly
def exact(digits: str) -> Fraction:
    """The value of digits with or without a decimal point; commas are ignored."""
    digits = digits.replace(",", "").rstrip(".")
    return Fraction(digits) if "." in digits else Fraction(int(digits))


def literal(tree: Expression) -> bool:
    """Whether ``tree`` is a mere number, perhaps negative."""
    if isinstance(tree, Operation) and tree.operator == "-":
        return isinstance(tree.left, Number) and not tree.left.value and literal(tree.right)
    return isinstance(tree, Number)


def number(value: Fraction | int) -> Number:
    """A number that no text writes."""
    return Number(Fraction(value), plain(Fraction(value)))


def leaves(tree: Expression) -> Iterator[Leaf]:
    """The numbers and names of a tree, from left to right."""
    if isinstance(tree, Operation):
        yield from leaves(tree.left)
        yield from leaves(tree.right)
    elif isinstance(tree, Call):
        for argument in tree.arguments:
            yield from leaves(argument)
    else:
        yield tree


def rewrite(tree: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """``tree`` with ``change`` applied to each node, leaves first."""
    if isinstance(tree, Operation):
        tree = Operation(tree.operator, rewrite(tree.left, change), rewrite(tree.right, change))
    elif isinstance(tree, Call):
        tree = Call(tree.function, tuple(rewrite(part, change) for part in tree.arguments))
    return change(tree)


# ---------------------------------------------------------------------------- reading

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|\d+\.)(?P<percent>\s?%)?"
    r"|(?P<call>LCM|GCD|lcm|gcd|ceil|floor)(?=\s*[\[(])"
    r"|(?P<unknown>[A-Za-z])(?![A-Za-z])"
    r"|(?P<sign>\*\*|[-+*/^()\[\],–−—×÷·:]))"
)
_SIGNS = {"–": "-", "−": "-", "—": "-", "×": "*", "·": "*", "÷": "/", ":": "/", "^": "**"}
_DROPPED = str.maketrans("", "", "$£€")


class _Bad(ValueError):
    """The text is not an expression."""


def parse(text: str, *, unknowns: bool = False) -> Expression | None:
    """The expression that ``text`` writes, or None. ``x`` is a sign, or with ``unknowns`` one."""
    try:
        tokens = _tokens(text.translate(_DROPPED).replace("//", "/"), unknowns)
        parser = _Parser(tokens)
        tree = parser.sum()
        return tree if parser.at == len(tokens) else None
    except (_Bad, IndexError, RecursionError):
        return None


_Token: TypeAlias = "Number | Unknown | str"


def _tokens(text: str, unknowns: bool) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Bad(text)
        at = match.end()
        if match["number"]:
            value = exact(match["number"])
            if match["percent"]:
                tokens.append(Number(value / 100, match["number"] + "%"))
            else:
                tokens.append(Number(value, match["number"]))
        elif match["call"]:
            tokens.append(match["call"].lower())
        elif match["unknown"]:
            if unknowns:
                tokens.append(Unknown(match["unknown"]))
            elif match["unknown"] in "xX":
                tokens.append("*")
            else:
                raise _Bad(text)
        else:
            tokens.append(_SIGNS.get(match["sign"], match["sign"]))
    return tokens


class _Parser:
    """Recursive descent; products without a sign bind as ``*``."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def sum(self) -> Expression:
        tree = self.product()
        while (sign := self.peek()) in ("+", "-"):
            self.at += 1
            tree = Operation(sign, tree, self.product())  # type: ignore[arg-type]
        return tree

    def product(self) -> Expression:
        tree = self.power()
        while True:
            sign = self.peek()
            if sign in ("*", "/"):
                self.at += 1
                tree = Operation(sign, tree, self.power())  # type: ignore[arg-type]
            elif isinstance(sign, Number):
                tree = self._mixed(tree, self.power())
            elif isinstance(sign, Unknown) or sign in ("(", "["):
                tree = Operation("*", tree, self.power())
            else:
                return tree

    def _mixed(self, left: Expression, right: Expression) -> Expression:
        # "1 1/2": a whole number, then a fraction below one. In "14 * 1 1/2", left is 14 * 1.
        if isinstance(left, Operation) and left.operator == "*":
            return Operation("*", left.left, self._mixed(left.right, right))
        if not (isinstance(left, Number) and isinstance(right, Number)):
            raise _Bad("two numbers in a row")
        if self.peek() != "/" or left.value.denominator != 1 or left.percent:
            raise _Bad("two numbers in a row")
        self.at += 1
        down = self.power()
        if not isinstance(down, Number) or right.value >= down.value:
            raise _Bad("two numbers in a row")
        return Number(
            left.value + right.value / down.value, f"{left.text} {right.text}/{down.text}"
        )

    def power(self) -> Expression:
        if self.peek() == "+":
            self.at += 1
        if self.peek() == "-":
            self.at += 1
            return Operation("-", number(0), self.power())
        tree = self.atom()
        if self.peek() == "**":
            self.at += 1
            return Operation("**", tree, self.power())
        return tree

    def atom(self) -> Expression:
        token = self.tokens[self.at]
        self.at += 1
        if isinstance(token, (Number, Unknown)):
            return token
        if token in ("gcd", "lcm", "ceil", "floor"):
            self._expect("(", "[")
            arguments = [self.sum()]
            while self.peek() == ",":
                self.at += 1
                arguments.append(self.sum())
            self._expect(")", "]")
            return Call(token, tuple(arguments))
        if token in ("(", "["):
            tree = self.sum()
            self._expect(")", "]")
            return tree
        raise _Bad(token)

    def _expect(self, *signs: str) -> None:
        if self.tokens[self.at] not in signs:
            raise _Bad(f"expected {signs}")
        self.at += 1


# ---------------------------------------------------------------------------- computing


def evaluate(
    tree: Expression, results: Sequence[Fraction] = (), given: Sequence[Fraction] = ()
) -> Fraction | None:
    """The exact value, or None where there is none (unknowns, division by zero, huge powers)."""
    try:
        return _evaluate(tree, results, given)
    except (ZeroDivisionError, _Bad, IndexError):
        return None


def _evaluate(tree: Expression, results: Sequence[Fraction], given: Sequence[Fraction]) -> Fraction:
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Result):
        return results[tree.step]
    if isinstance(tree, Given):
        return given[tree.index]
    if isinstance(tree, Unknown):
        raise _Bad(tree.name)
    if isinstance(tree, Call):
        return _call(tree.function, [_evaluate(part, results, given) for part in tree.arguments])
    left = _evaluate(tree.left, results, given)
    right = _evaluate(tree.right, results, given)
    if tree.operator == "**":
        return _power(left, right)
    return Fraction(_OPERATIONS[tree.operator](left, right))


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1 and abs(exponent) <= 64 and abs(base) < 10**9:
        return base ** int(exponent)
    root = Fraction(float(base) ** float(exponent)).limit_denominator(10**9)
    if exponent == Fraction(1, 2) and root**2 == base:
        return root
    raise _Bad("an inexact root")


def _call(function: str, values: list[Fraction]) -> Fraction:
    if function in ("gcd", "lcm"):
        if any(value.denominator != 1 for value in values):
            raise _Bad(function)
        whole = [int(value) for value in values]
        return Fraction(gcd(*whole) if function == "gcd" else lcm(*whole))
    if function == "ceil":
        return Fraction(-(-values[0] // 1))
    if function == "floor":
        return Fraction(values[0] // 1)
    if function == "round":
        return Fraction(round(values[0], int(values[1])) if len(values) > 1 else round(values[0]))
    raise _Bad(function)


def floating(
    tree: Expression, results: Sequence[float | None] = (), given: Sequence[Fraction] = ()
) -> float | None:
    """What Python computes for ``tree`` as :func:`write` writes it, binary fractions and all."""
    try:
        return _floating(tree, results, given)
    except (ArithmeticError, _Bad, IndexError):
        return None


def _floating(
    tree: Expression, results: Sequence[float | None], given: Sequence[Fraction]
) -> float:
    if isinstance(tree, Number):
        return _native(tree.value * 100) / 100 if tree.percent else _native(tree.value)
    if isinstance(tree, Given):
        return _native(given[tree.index])
    if isinstance(tree, Result):
        value = results[tree.step]
        if value is None:
            raise _Bad("an earlier step has no value")
        return value
    if isinstance(tree, Unknown):
        raise _Bad(tree.name)
    if isinstance(tree, Call):
        values = [_floating(part, results, given) for part in tree.arguments]
        if tree.function == "round":
            return round(values[0], int(values[1])) if len(values) > 1 else round(values[0])
        return _native(_call(tree.function, [Fraction(value) for value in values]))
    left, right = _floating(tree.left, results, given), _floating(tree.right, results, given)
    computed: float = _OPERATIONS[tree.operator](left, right)
    return computed


_OPERATIONS: dict[Operator, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def _native(value: Fraction) -> float:
    return value.numerator if value.denominator == 1 else float(value)


# ---------------------------------------------------------------------------- writing

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "**": 4}


def write(tree: Expression, leaf: Callable[[Leaf], str]) -> str:
    """``tree`` as Python, with as few brackets as its value allows; ``leaf`` writes the leaves."""
    return _write(tree, leaf)[0]


def _write(tree: Expression, leaf: Callable[[Leaf], str]) -> tuple[str, int]:
    if isinstance(tree, Call):
        inner = ", ".join(write(part, leaf) for part in tree.arguments)
        prefix = "" if tree.function == "round" else "math."
        return f"{prefix}{tree.function}({inner})", 9
    if not isinstance(tree, Operation):
        text = leaf(tree)
        return text, _loose(text)
    own = _STRENGTH[tree.operator]
    left, left_strength = _write(tree.left, leaf)
    right, right_strength = _write(tree.right, leaf)
    if tree.operator == "-" and left == "0":
        return f"-{_bracket(right, right_strength <= 1)}", 3
    # a + (b + c) and a * (b * c) need no brackets; a - (b - c), a / (b * c) and a * (b / c) do.
    same = right_strength == own and (
        tree.operator == "+" or (tree.operator == "*" and "/" not in right)
    )
    needs_right = right_strength <= own and not same
    needs_left = left_strength < own or (tree.operator == "**" and left_strength <= own)
    return f"{_bracket(left, needs_left)} {tree.operator} {_bracket(right, needs_right)}", own


def _loose(text: str) -> int:
    """How strongly a written leaf holds together: names and literals fully, ``rate / 100`` less."""
    for strength, signs in ((1, (" + ", " - ")), (2, (" * ", " / ", " // ", " % "))):
        if any(sign in text for sign in signs):
            return strength
    return 9


def _bracket(text: str, needed: bool) -> str:
    return f"({text})" if needed else text


def plain(value: Fraction) -> str:
    """A number as people write it: ``3``, ``0.25``, ``1/3`` where no short decimal exists."""
    if value.denominator == 1:
        return str(value.numerator)
    down = value.denominator
    for prime in (2, 5):
        while down % prime == 0:
            down //= prime
    if down == 1:
        text = f"{float(value):.10f}".rstrip("0")
        if Fraction(text) == value:
            return text
    return f"{value.numerator}/{value.denominator}"
