"""Read an ASDiv formula in letters, such as ``x:Amy's books; (x+18)-15=9``, and solve it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpdd_cli.teachers.gold.expressions import (
    Expression,
    Operation,
    Result,
    Unknown,
    evaluate,
    leaves,
    number,
    parse,
    rewrite,
)
from kpdd_cli.teachers.gold.linear import solve
from kpdd_cli.teachers.gold.steps import Plan, Step

Equation = tuple[Expression, Expression]


def read(
    parts: Sequence[str], described: dict[str, str], question: str, gold: Sequence[Fraction]
) -> Iterator[Plan]:
    """The plan of an algebra problem: its unknowns solved, then what ``gold`` shows to be asked.

    ``parts`` are equations, ``described`` says what each letter stands for. What is asked is
    chosen among the unknowns, the terms of the equations, and what the question makes of them.
    """
    equations: list[tuple[Expression, Expression]] = []
    for part in parts:
        equations.extend(_equations(part))
    if not equations:
        return
    names = list(
        dict.fromkeys(
            leaf.name
            for pair in equations
            for side in pair
            for leaf in leaves(side)
            if isinstance(leaf, Unknown)
        )
    )
    solved = _system(equations, names)
    if solved is None:
        return
    steps = [Step(tree, value, name=described.get(name, "")) for name, tree, value in solved]
    place = {name: index for index, (name, _, _) in enumerate(solved)}
    values = {name: value for name, _, value in solved}
    terms: list[Expression] = [Unknown(name) for name in names]
    for pair in equations:
        for side in pair:
            terms.extend(_terms(side))
    if len(names) == 2:
        terms.extend(_made_of(Unknown(names[0]), Unknown(names[1]), question))

    def bound(tree: Expression) -> Expression:
        return rewrite(
            tree, lambda node: Result(place[node.name]) if isinstance(node, Unknown) else node
        )

    exact = [values[name] for name, _, _ in solved]
    chosen: list[Expression] = []
    for value in gold:
        fits = [bound(term) for term in terms if evaluate(bound(term), exact) == value]
        fits = [fit for fit in fits if fit not in chosen] or fits
        if not fits:
            break
        chosen.append(fits[0])
    if len(chosen) == len(gold) and chosen:
        yield Plan(tuple(steps), tuple(chosen))
    else:
        yield Plan(tuple(steps), tuple(Result(place[name]) for name in names))


def _made_of(x: Unknown, y: Unknown, question: str) -> Iterator[Expression]:
    """What a problem may ask of two unknowns: the number of two digits, the fraction, the angle."""
    if "digit" in question:
        yield Operation("+", Operation("*", number(10), x), y)
    if "fraction" in question:
        yield Operation("/", x, y)
        yield Operation("/", y, x)
    if "triangle" in question:
        yield Operation("-", number(180), Operation("+", x, y))


def _equations(part: str) -> list[Equation]:
    text = re.sub(r"(\d+)%(?=[A-Za-z])", r"\1/100*", part)  # 12%x
    sides = [
        [parse(_apart(term), unknowns=True) for term in side.split(":")] for side in text.split("=")
    ]
    terms = [term for side in sides for term in side if term is not None]
    shape = [len(side) for side in sides]
    if shape == [1, 1] and len(terms) == 2:
        return [(terms[0], terms[1])]
    if shape == [2, 2] and len(terms) == 4:  # x:y = 5:6
        return [(Operation("*", terms[0], terms[3]), Operation("*", terms[1], terms[2]))]
    return []


def _apart(text: str) -> str:
    return re.sub(r"(?<=[A-Za-z])(?=[A-Za-z])", "*", text)  # xy is x * y


Solved = tuple[str, Expression, Fraction]  # an unknown, its expression and its value


def _system(equations: Sequence[Equation], names: Sequence[str]) -> list[Solved] | None:
    """The unknowns' expressions in the order of computing; one or two unknowns, linear."""
    if len(names) == 1:
        tree = solve(*equations[0], names[0])
        value = evaluate(tree) if tree is not None else None
        return None if tree is None or value is None else [(names[0], tree, value)]
    if len(names) != 2 or len(equations) < 2:
        return None
    orders = [(0, 1, 0, 1), (0, 1, 1, 0), (1, 0, 0, 1), (1, 0, 1, 0)]
    for first, second, one, other in orders:
        solved = _substituted(equations[first], equations[second], names[one], names[other])
        if solved is not None:
            return solved
    return None


def _substituted(first: Equation, second: Equation, one: str, other: str) -> list[Solved] | None:
    """Free ``one`` in the first equation, put it into the second, solve that for ``other``."""
    freed = solve(*first, one)
    if freed is None:
        return None
    left, right = (_put(side, one, freed) for side in second)
    tree = solve(left, right, other)
    value = evaluate(tree) if tree is not None else None
    if tree is None or value is None:
        return None
    back = _put(freed, other, Result(0))
    back_value = evaluate(back, [value])
    return None if back_value is None else [(other, tree, value), (one, back, back_value)]


def _put(tree: Expression, name: str, what: Expression) -> Expression:
    return rewrite(tree, lambda node: what if node == Unknown(name) else node)


def _terms(tree: Expression) -> Iterator[Expression]:
    """The sub-expressions that hold an unknown: in ``x/3 + x + (x + 5)``, what may be asked."""
    if isinstance(tree, Operation):
        if any(isinstance(leaf, Unknown) for leaf in leaves(tree)):
            yield tree
        yield from _terms(tree.left)
        yield from _terms(tree.right)
