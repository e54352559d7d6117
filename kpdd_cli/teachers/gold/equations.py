"""Read a gold equation: SVAMP's and MultiArith's arithmetic, ASDiv's formulas.

An ASDiv formula may hold several parts parted by ";", units in brackets, quotients with a
remainder (``47/6=7 r5``), ``LCM[…]``, ``GCD(…)``, proportions (``3:4=18:24``), a sequence
(``5, 7, 10, 14, 19, 25``) or equations in letters (``x:Amy's books; (x+18)-15=9``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations

from kpdd_cli.teachers.gold import algebra
from kpdd_cli.teachers.gold.expressions import (
    Call,
    Expression,
    Number,
    Operation,
    Result,
    evaluate,
    number,
    parse,
)
from kpdd_cli.teachers.gold.steps import Plan, Step

_UNIT = re.compile(
    r"\((?!\s*[a-zA-Z]\s*\))\s*[A-Za-z][^()\d+*=]*\)"  # (cent/dime)
    r"|(?<=[\d) ])\((?:g|L|m)\)"  # 3200 (m), where (x) is an unknown
    r"|(?<=[\d)])\s*(?:th|st|nd|rd)\b\.?"
)
_WORDS = re.compile(r"(?<=[\d)])\s+(?:[A-Za-z]{2,}\s*|[gmL]$)+$")
_LISTED = re.compile(r"(?:LCM|GCD)[\[(][\d,\s]+[\])]")
_REMAINDER = re.compile(r"^(\d+)\s*r\s*(\d+)$")
_DESCRIBED = re.compile(r"^\s*([A-Za-z])\s*:\s*([A-Za-z'][^=]*)$", re.S)
_SEQUENCE = re.compile(r"^\d+(?:\s*[,.]\s+\d+){3,}$")
_TEXTUAL = re.compile(r"[<>]|equals|hh:mm")


def textual(equation: str) -> bool:
    """Whether an equation compares or tells a time, so that no number answers."""
    return _TEXTUAL.search(equation) is not None


def sequence(equation: str) -> bool:
    """Whether an equation lists the terms of a sequence."""
    return _SEQUENCE.match(equation.strip()) is not None


def read(
    equation: str, question: str, gold: Sequence[Fraction], given: Sequence[Fraction]
) -> Iterator[Plan]:
    """The ways to read ``equation``, the likeliest first.

    ``gold`` holds the answer's values and ``given`` the problem's numbers: they choose between
    readings of one formula (which of its terms is asked, which term of a proportion is unknown),
    and never enter a plan.
    """
    text = equation.strip()
    if textual(text):
        return
    if sequence(text):
        yield from _sequence(text, given)
        return
    parts = [part.strip() for part in text.split(";") if part.strip()]
    described = {m[1]: m[2] for part in parts if (m := _DESCRIBED.match(part))}
    bodies = [part for part in parts if not _DESCRIBED.match(part)]
    if described or any(_letters(part) for part in bodies):
        yield from algebra.read(bodies, described, question, gold)
        return
    for plan in _arithmetic(bodies, gold, given):
        yield replace(plan, chained=len(bodies) > 1)


def _clean(part: str) -> str:
    # "GCD(96,144,224)" lists three numbers, none of them 96,144.
    listed = _LISTED.sub(lambda match: match.group().replace(",", ", "), part)
    return _WORDS.sub("", _UNIT.sub("", listed)).strip().rstrip(".")


def _letters(part: str) -> bool:
    text = re.sub(r"LCM|GCD|\s[rR]\s?\d+", "", _clean(part))
    return (
        re.search(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])", text) is not None
        and re.search(r"X\s*=\s*[\d(]", text[:5]) is None
    )


# ---------------------------------------------------------------------------- arithmetic


def _arithmetic(
    parts: Sequence[str], gold: Sequence[Fraction], given: Sequence[Fraction]
) -> Iterator[Plan]:
    steps: list[Step] = []
    leftovers: list[tuple[Expression, Expression]] = []
    ratio: Plan | None = None
    for part in parts:
        text = _clean(part)
        text = re.sub(r"^[Xx]\s*=\s*", "", text)
        if _is_proportion(text):
            plan = _proportion(text, steps, given)
            if plan is None:
                return
            if plan.form == "ratio":
                ratio = plan
            else:
                steps = list(plan.steps)
            continue
        sides = [side.strip() for side in text.split("=")]
        tree = parse(sides[0])
        if tree is None:
            return
        left = _REMAINDER.match(sides[1]) if len(sides) > 1 else None
        if left and isinstance(tree, Operation) and tree.operator == "/":
            above = _flatten(tree.left, steps)
            below = _flatten(tree.right, steps)
            start = len(steps)
            steps.append(Step(Operation("//", above, below), Fraction(left[1]), name="quotient"))
            steps.append(Step(Operation("%", above, below), Fraction(left[2]), name="remainder"))
            leftovers.append((Result(start), Result(start + 1)))
            continue
        stated = parse(sides[1]) if len(sides) > 1 else None
        value = evaluate(tree)
        if value is None:
            return
        goal = evaluate(stated) if stated is not None else None
        final = _flatten(tree, steps)
        if not isinstance(final, Result):
            steps.append(Step(final, value))
        if goal is not None and goal != value:
            steps[-1] = Step(steps[-1].tree, goal)
    if ratio is not None:
        yield Plan(tuple(steps), ratio.answers, "ratio")
        return
    if not steps:
        return
    if (
        leftovers
        and isinstance(leftovers[-1][1], Result)
        and leftovers[-1][1].step == len(steps) - 1
    ):
        quotient, remainder = leftovers[-1]
        yield from _divided(tuple(steps), quotient, remainder, gold)
        return
    yield Plan(tuple(steps), (Result(len(steps) - 1),))
    for index in range(len(steps) - 2, -1, -1):
        yield Plan(tuple(steps), (Result(index),))


def _divided(
    steps: tuple[Step, ...], quotient: Expression, remainder: Expression, gold: Sequence[Fraction]
) -> Iterator[Plan]:
    """A division with remainder answers with the quotient, what is left, or one group more."""
    first = steps[quotient.step] if isinstance(quotient, Result) else None
    assert first is not None
    assert isinstance(first.tree, Operation)
    above, below = first.tree.left, first.tree.right
    kept = steps[: quotient.step] if isinstance(quotient, Result) else steps
    at = len(kept)
    yield Plan((*kept, Step(Operation("//", above, below), first.value)), (Result(at),))
    yield Plan((*kept, Step(Operation("%", above, below), steps[-1].value)), (Result(at),))
    up = Call("ceil", (Operation("/", above, below),))
    yield Plan((*kept, Step(up, first.value + 1)), (Result(at),))


def _flatten(tree: Expression, steps: list[Step]) -> Expression:
    """Turn the inner operations of ``tree`` into steps, in the order of reading; returns the rest.

    A chain of one operator stays one step, and so do fractions.
    """
    if not isinstance(tree, Operation):
        return tree
    left = _inner(tree.left, tree.operator, steps)
    right = _inner(tree.right, "", steps)
    return Operation(tree.operator, left, right)


def _inner(tree: Expression, operator: str, steps: list[Step]) -> Expression:
    if not isinstance(tree, Operation):
        return tree
    if tree.operator == operator and operator in ("+", "*", "-"):
        return Operation(
            tree.operator, _inner(tree.left, operator, steps), _inner(tree.right, "", steps)
        )
    if (
        tree.operator == "/"
        and isinstance(tree.left, Number)
        and isinstance(tree.right, Number)
        and tree.left.value < tree.right.value
    ):
        return tree
    if tree.operator == "**" or (isinstance(tree.left, Number) and tree.left.value == 0):
        return tree
    flat = _flatten(tree, steps)
    value = evaluate(flat, [step.value for step in steps])
    if value is None:
        return tree
    steps.append(Step(flat, value))
    return Result(len(steps) - 1)


# ---------------------------------------------------------------------------- proportions


def _is_proportion(text: str) -> bool:
    return ":" in text and re.fullmatch(r"[\d.:=()+\-\s]+", text) is not None


def _proportion(text: str, steps: Sequence[Step], given: Sequence[Fraction]) -> Plan | None:
    """``a:b = c:d``: a ratio brought to lowest terms, or three terms that give the fourth."""
    trees = [parse(term) for side in text.split("=") for term in side.split(":")]
    terms = [tree for tree in trees if tree is not None]
    values = [value for tree in terms if (value := evaluate(tree)) is not None]
    known = [*given, *(step.value for step in steps)]
    if len(values) == len(trees) == 2:
        return Plan((), (terms[0], terms[1]), "ratio")
    if not len(values) == len(trees) == 4:
        return None
    if values[:2] == values[2:] or (
        all(value in known for value in values[:2])
        and not all(value in known for value in values[2:])
        and _lowest(values)
    ):
        return Plan((), (terms[0], terms[1]), "ratio")
    # One of c and d is asked. A term such as 7 in "the ratio 4:3" is a sum of the problem's terms.
    made = list(steps)
    a = _known(terms[0], values[0], made, known, given)
    b = _known(terms[1], values[1], made, known, given)
    if values[3] not in known or values[2] in known:
        last = Step(Operation("/", Operation("*", terms[2], b), a), values[3])
    else:
        last = Step(Operation("/", Operation("*", terms[3], a), b), values[2])
    return Plan((*made, last), ())


def _known(
    tree: Expression,
    value: Fraction,
    steps: list[Step],
    known: Sequence[Fraction],
    given: Sequence[Fraction],
) -> Expression:
    """A term of a proportion; one that the problem does not name becomes a step of its own."""
    found = _from_parts(tree, value, known, given)
    if not isinstance(found, Operation):
        return found
    steps.append(Step(found, value, name="parts" if found.operator == "+" else "parts difference"))
    return Result(len(steps) - 1)


def _lowest(values: Sequence[Fraction]) -> bool:
    """Whether the right side of ``48:64=3:4`` is the left one in lowest terms."""
    a, b, c, d = values
    return (
        a * d == b * c
        and c <= a
        and c.denominator == d.denominator == 1
        and Fraction(c, d or 1).numerator == c
    )


def _from_parts(
    tree: Expression, value: Fraction, known: Sequence[Fraction], given: Sequence[Fraction]
) -> Expression:
    if isinstance(tree, Operation) or value in known:
        return tree
    for first, second in permutations(given, 2):
        if first + second == value:
            return Operation("+", number(first), number(second))
    for first, second in permutations(given, 2):
        if first - second == value:
            return Operation("-", number(first), number(second))
    return tree


# ---------------------------------------------------------------------------- sequences


def _sequence(text: str, given: Sequence[Fraction]) -> Iterator[Plan]:
    """What continues a sequence: equal steps, equal ratios, or steps that grow evenly.

    The rule is read from the terms that the problem gives, without the one it asks for.
    """
    terms = [Fraction(term) for term in re.findall(r"\d+", text)]
    terms = [term for term in terms if term in given]
    if len(terms) < 3:
        return
    leaf = [number(term) for term in terms]
    last, before, third = leaf[-1], leaf[-2], leaf[-3]
    gaps = [b - a for a, b in pairwise(terms)]
    growth = [b - a for a, b in pairwise(gaps)]
    gap = Step(Operation("-", last, before), gaps[-1], name="last increase")
    if len(set(gaps)) == 1:
        yield Plan((gap, Step(Operation("+", last, Result(0)), terms[-1] + gaps[-1])), (Result(1),))
    elif all(a and b / a == terms[1] / terms[0] for a, b in pairwise(terms)):
        ratio = Step(Operation("/", last, before), terms[-1] / terms[-2], name="ratio")
        yield Plan(
            (ratio, Step(Operation("*", last, Result(0)), terms[-1] * ratio.value)), (Result(1),)
        )
    elif len(set(growth)) == 1:
        earlier = Step(Operation("-", before, third), gaps[-2], name="earlier increase")
        next_gap = gaps[-1] + growth[-1]
        grown = Step(
            Operation("+", Result(0), Operation("-", Result(0), Result(1))),
            next_gap,
            name="next increase",
        )
        yield Plan(
            (gap, earlier, grown, Step(Operation("+", last, Result(2)), terms[-1] + next_gap)),
            (Result(3),),
        )
