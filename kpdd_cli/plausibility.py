"""Whether a solution can be right, judged without knowing the answer.

A student that wrote several candidates is asked for the one that least speaks against. What does is
the problem's own text (a negative or broken number of things), the arithmetic (a division that does
not come out even, numbers left out) and, which is what key points are good for, disagreement
between the key points and the program: where a student computes with other quantities than those
that it named as needed, it is nearly always wrong.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from kpdd_cli import diagnosis, keypoints
from kpdd_cli.keypoints import Quantity

Kind = Literal[
    "negative", "broken", "zero", "beyond",
    "idle", "unnamed", "neglected", "twice",
    "spare", "exact", "uneven",
]  # fmt: skip

#: How much each sign speaks against a candidate (nats: by so much its odds to be the right one
#: fall), each time it occurs; a sign below 0 speaks for it. Fitted by benchmarks/choosing.py.
WEIGHTS: dict[Kind, float] = {
    "negative": 3.4,  # the answer
    "broken": 2.0,  # a part of a thing
    "zero": 2.9,
    "beyond": 1.1,  # more than ten times what the problem's numbers are
    "idle": 0.0,  # a variable that is never used
    "unnamed": 0.6,  # a number that the key points leave out
    "neglected": 0.05,  # a fact of the key points that is not used
    "twice": 1.9,
    "spare": 0.35,  # a number of the problem that is not used
    "exact": -0.9,  # a division that comes out even
    "uneven": 1.6,
}
#: What a nat of log-likelihood speaks for it.
LIKELIHOOD = 0.64

#: From so many times the largest number of the problem on an answer is out of proportion.
_BEYOND = 10

# "The second day" comes into a program in ways of its own, or not at all.
_COPIED = ("number", "money", "percent")
_SCALING = ("fraction", "multiple")
_UNCLEAR = ("both", "pair", "couple", "score")


@dataclass(frozen=True, slots=True)
class Sign:
    """What tells wrong solutions from right ones; ``doubt`` says it, empty if it says little."""

    kind: Kind
    doubt: str = ""


def signs(
    question: str,
    core_question: str | None,
    information: Sequence[str] | None,
    program: str | None,
    value: str,
) -> list[Sign]:
    """What there is to say of ``value``, which ``program`` computes, as the answer of ``question``.

    ``core_question`` and ``information`` are the student's own key points, None where it writes
    none; ``program`` is None where a text states the value. No doubt among them does not mean that
    the answer is right.
    """
    asked = core_question or keypoints.asked(question).core
    told = _copied(question)
    found = list(_about_value(value, told, asked))
    if program is not None and (tree := diagnosis.parsed(program)) is not None:
        found += _about_variables(tree)
        found += _about_quantities(tree, told, asked, information)
        if (solution := diagnosis.read_tree(tree)) is not None:
            found += _about_arithmetic(solution.answer, told, _fractions(question))
    return found


def cost(signs: Iterable[Sign]) -> float:
    """How much speaks against a candidate in all, in nats."""
    return sum(WEIGHTS[sign.kind] for sign in signs)


def _about_value(value: str, told: Sequence[Quantity], asked: str) -> Iterator[Sign]:
    try:
        number = Fraction(value)
    except (ValueError, ZeroDivisionError):
        return
    given = [quantity.value for quantity in told]
    if number < 0:
        yield Sign("negative", "its answer is negative")
    if number == 0:
        yield Sign("zero", "its answer is zero")
    if given and number > _BEYOND * max(given):
        yield Sign("beyond", "its answer is far more than the problem's numbers")
    counts = re.search("how many(?! (?:dollars|hours|miles))", asked.lower())
    whole = all(one.denominator == 1 for one in given)
    if counts and whole and number.denominator != 1:
        yield Sign("broken", "its answer is no whole number")


def _about_variables(tree: ast.Module) -> Iterator[Sign]:
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    for node in names:
        if isinstance(node.ctx, ast.Store) and node.id not in {*read, *_ANSWERS}:
            yield Sign("idle", f"it never uses {node.id}")


def _about_arithmetic(
    answer: diagnosis.Node, told: Sequence[Quantity], fractions: Collection[Fraction]
) -> Iterator[Sign]:
    for step in diagnosis.operations(answer):
        # A program writes the problem's "3/4" as a division.
        if step.operator == "/" and step.value not in fractions:
            whole, part = (operand.value for operand in step.operands)
            yield Sign("exact" if _comes_out_even(whole, part) else "uneven")
    used = set(diagnosis.leaves(answer))
    for quantity in told:
        if used.isdisjoint(_readings(quantity)):
            yield Sign("spare")


def _comes_out_even(whole: Fraction, part: Fraction) -> bool:
    """Whether a division stays among whole numbers, or what has decimals among two of them."""
    has_decimals = whole.denominator != 1 and (whole * 100).denominator == 1
    return (whole / part * (100 if has_decimals else 1)).denominator == 1


_ANSWERS = ("answer", "ans", "result", "_")


def _about_quantities(
    tree: ast.Module, told: Sequence[Quantity], asked: str, facts: Sequence[str] | None
) -> Iterator[Sign]:
    if facts is None:
        return
    used = Counter(_numbers(tree))
    # The question has quantities too; "how many do the three of them have" does not need its own.
    known = {value for text in (*facts, asked) for one in _copied(text) for value in _readings(one)}
    for quantity in told:
        if quantity.value in used and quantity.value not in known:
            text = quantity.text.strip()
            yield Sign("unnamed", f"it uses {text}, which its key points leave out")
    named = [(fact, one, _readings(one)) for fact in facts for one in _copied(fact)]
    named += [(fact, one, _scales(one)) for fact in facts for one in _scaling(fact)]
    taken = []
    left_out: dict[str, list[str]] = {}
    for fact, quantity, values in named:
        value = next((value for value in values if used[value] > 0), None)
        if value is None:
            left_out.setdefault(fact, []).append(quantity.text.strip())
        else:
            used[value] -= 1
            taken.append((fact, quantity, value))
    for fact, texts in left_out.items():
        # A fact may say more than is needed ("8 cats and 3 dogs"); one of which nothing is used is
        # not understood.
        if all(fact != other for other, _, _ in taken):
            missing = " and ".join(texts)
            yield Sign("neglected", f"it leaves out {missing}, which its key points name")
    for _, quantity, value in taken:
        if used[value] > 0 and quantity.kind in _SCALING:
            yield Sign("twice", f"it uses {quantity.text.strip()} more than once")


@lru_cache(maxsize=1024)
def _quantities(text: str) -> tuple[Quantity, ...]:
    """Kept: all candidates of a question are compared with it, and mostly with the same facts."""
    return tuple(keypoints.quantities(text))


def _copied(text: str) -> list[Quantity]:
    # "One" is an article as often as a number, and rarely computed with.
    return [one for one in _quantities(text) if one.kind in _COPIED and one.value != 1]


def _fractions(text: str) -> set[Fraction]:
    """What a program writes as a quotient because the problem does: 3/4, and of 2 1/2 the 1/2."""
    found = (one.value % 1 for one in _quantities(text) if "/" in one.text)
    return {value for value in found if value}


def _scaling(text: str) -> list[Quantity]:
    return [
        one
        for one in _quantities(text)
        if one.kind in _SCALING and one.text.lower() not in _UNCLEAR
    ]


def _scales(quantity: Quantity) -> tuple[Fraction, ...]:
    """The values by which a program may hold "half" (/ 2, * 0.5) or "three quarters"."""
    value = quantity.value
    return value, Fraction(value.denominator), 1 - value, Fraction(value.numerator)


def _readings(quantity: Quantity) -> tuple[Fraction, ...]:
    """The values as which a program may hold ``quantity``: 20 % is 20, 0.2, or what is left."""
    value = quantity.value
    if quantity.kind != "percent":
        return (value,)
    return value, value / 100, 1 - value / 100, 1 + value / 100


def _numbers(tree: ast.Module) -> Iterator[Fraction]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            try:
                yield Fraction(repr(node.value))
            except ValueError:  # inf, nan
                continue
