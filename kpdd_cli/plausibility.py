"""Whether a solution can be right, judged without knowing the answer.

A student that wrote several candidates is asked for the first that nothing speaks against. What
speaks against one is the problem's own text (a negative or broken number of things) and, which is
what key points are good for, disagreement between the key points and the program: where a student
computes with other quantities than those that it named as needed, it is nearly always wrong.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpdd_cli import keypoints
from kpdd_cli.keypoints import Quantity

# "The second day" comes into a program in ways of its own, or not at all.
_COPIED = ("number", "money", "percent")
_SCALING = ("fraction", "multiple")
_UNCLEAR = ("both", "pair", "couple", "score")


def doubts(
    question: str,
    core_question: str | None,
    information: Sequence[str] | None,
    program: str | None,
    value: str,
) -> list[str]:
    """What speaks against ``value``, which ``program`` computes, as the answer of ``question``.

    ``core_question`` and ``information`` are the student's own key points, None where it writes
    none; ``program`` is None where a text states the value. An empty list does not mean that the
    answer is right.
    """
    asked = core_question or keypoints.asked(question).core
    found = list(_about_value(value, question, asked))
    if program is not None and (tree := _parsed(program)) is not None:
        found += [*_about_variables(tree), *_about_quantities(tree, question, asked, information)]
    return found


def _parsed(program: str) -> ast.Module | None:
    """None for what runs and is no Python module, such as a top-level return."""
    try:
        return ast.parse(program)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _about_value(value: str, question: str, asked: str) -> Iterator[str]:
    try:
        number = Fraction(value)
    except (ValueError, ZeroDivisionError):
        return
    if number < 0:
        yield "its answer is negative"
    counts = re.search("how many(?! (?:dollars|hours|miles))", asked.lower())
    whole = all(quantity.value.denominator == 1 for quantity in _copied(question))
    if counts and whole and number.denominator != 1:
        yield "its answer is no whole number"


def _about_variables(tree: ast.Module) -> Iterator[str]:
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    for node in names:
        if isinstance(node.ctx, ast.Store) and node.id not in {*read, *_ANSWERS}:
            yield f"it never uses {node.id}"


_ANSWERS = ("answer", "ans", "result", "_")


def _about_quantities(
    tree: ast.Module, question: str, asked: str, facts: Sequence[str] | None
) -> Iterator[str]:
    if facts is None:
        return
    used = Counter(_numbers(tree))
    # The question has quantities too; "how many do the three of them have" does not need its own.
    known = {value for text in (*facts, asked) for one in _copied(text) for value in _readings(one)}
    for quantity in _copied(question):
        if quantity.value in used and quantity.value not in known:
            yield f"it uses {quantity.text.strip()}, which its key points leave out"
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
            yield f"it leaves out {' and '.join(texts)}, which its key points name"
    for _, quantity, value in taken:
        if used[value] > 0 and quantity.kind in _SCALING:
            yield f"it uses {quantity.text.strip()} more than once"


def _copied(text: str) -> list[Quantity]:
    # "One" is an article as often as a number, and rarely computed with.
    found = keypoints.quantities(text)
    return [quantity for quantity in found if quantity.kind in _COPIED and quantity.value != 1]


def _scaling(text: str) -> list[Quantity]:
    found = keypoints.quantities(text)
    return [one for one in found if one.kind in _SCALING and one.text.lower() not in _UNCLEAR]


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
