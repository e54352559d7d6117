"""Solve linear equations, keeping the numbers of the problem visible in the solution."""

from __future__ import annotations

from fractions import Fraction

from kpdd_cli.teachers.gold.expressions import (
    Call,
    Expression,
    Number,
    Operation,
    Operator,
    Unknown,
    evaluate,
    leaves,
    number,
)


def solve(left: Expression, right: Expression, name: str) -> Expression | None:
    """An expression for the unknown ``name`` in ``left = right``, or None where it is not linear.

    An unknown that stands once is freed by undoing one operation after the other, so that
    ``5 * x / 6 = 1200`` gives ``1200 * 6 / 5``; one that stands several times is collected.
    """
    left, right = _raised(left, right)
    count_left, count_right = _count(left, name), _count(right, name)
    if count_left + count_right == 1:
        side, other = (left, right) if count_left else (right, left)
        freed = _undo(side, other, name)
        if freed is not None:
            return freed
    first, second = _collect(left, name), _collect(right, name)
    if first is None or second is None:
        return None
    factor = _add("-", first[0], second[0])
    value = evaluate(factor)
    if value == 0:
        return None
    if value is not None and value < 0:
        first, second = second, first
        factor, value = _add("-", first[0], second[0]), -value
    rest = _add("-", second[1], first[1])
    return rest if value == 1 else Operation("/", rest, _folded(factor))


def _raised(left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """``20 / (x + y) = 2`` as ``20 = 2 * (x + y)``."""
    if isinstance(right, Operation) and right.operator == "/" and _unknown(right.right):
        left, right = right, left
    if isinstance(left, Operation) and left.operator == "/" and _unknown(left.right):
        return left.left, Operation("*", right, left.right)
    return left, right


def _unknown(tree: Expression) -> bool:
    return any(isinstance(leaf, Unknown) for leaf in leaves(tree))


def _count(tree: Expression, name: str) -> int:
    return sum(isinstance(leaf, Unknown) and leaf.name == name for leaf in leaves(tree))


def _undo(side: Expression, other: Expression, name: str) -> Expression | None:
    if isinstance(side, Unknown):
        return other
    if not isinstance(side, Operation):
        return None
    within_left = _count(side.left, name) == 1
    inner, known = (side.left, side.right) if within_left else (side.right, side.left)
    match side.operator:
        case "+":
            other = Operation("-", other, known)
        case "-":
            if within_left:
                other = Operation("+", other, known)
            elif isinstance(known, Number) and known.value == 0:
                other = Operation("-", number(0), other)
            else:
                other = Operation("-", known, other)
        case "*":
            other = _divided(other, known)
        case "/":
            other = Operation("*", other, known) if within_left else Operation("/", known, other)
        case _:
            return None
    return _undo(inner, other, name)


def _divided(tree: Expression, by: Expression) -> Expression:
    # 12 / (3 / 4) reads better as 12 * 4 / 3.
    if isinstance(by, Operation) and by.operator == "/":
        return _divided(Operation("*", tree, by.right), by.left)
    if isinstance(by, Number) and by.value == 1:
        return tree
    return Operation("/", tree, by)


Linear = tuple[Expression, Expression]  # factor of the unknown, and the rest


def _collect(tree: Expression, name: str) -> Linear | None:
    zero = number(0)
    if isinstance(tree, Unknown) and tree.name == name:
        return number(1), zero
    if isinstance(tree, Call) or not isinstance(tree, Operation):
        return zero, tree
    left, right = _collect(tree.left, name), _collect(tree.right, name)
    if left is None or right is None:
        return None
    match tree.operator:
        case "+" | "-":
            return _add(tree.operator, left[0], right[0]), _add(tree.operator, left[1], right[1])
        case "*":
            if _zero(left[0]):
                left, right = right, left
            if not _zero(right[0]):
                return None
            return _times("*", left[0], right[1]), _times("*", left[1], right[1])
        case "/":
            if not _zero(right[0]):
                return None
            return _times("/", left[0], right[1]), _times("/", left[1], right[1])
        case _:
            return (zero, tree) if _count(tree, name) == 0 else None


def _zero(tree: Expression) -> bool:
    return isinstance(tree, Number) and tree.value == 0


def _add(operator: Operator, left: Expression, right: Expression) -> Expression:
    if _zero(right):
        return left
    if isinstance(right, Operation) and right.operator == "-" and _zero(right.left):
        return _add("+" if operator == "-" else "-", left, right.right)  # a - -b is a + b
    if _zero(left) and operator == "+":
        return right
    return Operation(operator, left, right)


def _times(operator: Operator, left: Expression, right: Expression) -> Expression:
    if _zero(left) or (isinstance(right, Number) and right.value == 1):
        return left
    if operator == "*" and isinstance(left, Number) and left.value == 1:
        return right
    if operator == "*" and _zero(right):
        return right
    return Operation(operator, left, right)


def _folded(factor: Expression) -> Expression:
    """A factor such as 1 + 1 + 1 as the number it is: it counts terms, and states no fact."""
    numbers = list(leaves(factor))
    if all(isinstance(leaf, Number) and leaf.value == 1 for leaf in numbers):
        value = evaluate(factor)
        return factor if value is None else number(Fraction(value))
    return factor
