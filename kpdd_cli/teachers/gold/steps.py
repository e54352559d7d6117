"""What a worked solution or an equation comes to: steps of arithmetic, and which of them answer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kpdd_cli.teachers.gold.expressions import Expression


@dataclass(frozen=True, slots=True)
class Step:
    """One computation: its tree, the value its text states, and the words around it.

    ``before``, ``written`` and ``after`` are the text to the left of the expression, its own, and
    to the right of its result; ``name`` is what its source calls it.
    """

    tree: Expression
    value: Fraction
    before: str = ""
    written: str = ""
    after: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order, and the expressions that give the answer.

    ``form`` says how several values make one answer: apart (``"9; 12"``), or as a ratio in lowest
    terms (``"5:6"``). In a ``chained`` plan a number may be the result of an earlier step; in one
    equation every number is the problem's.
    """

    steps: tuple[Step, ...]
    answers: tuple[Expression, ...]
    form: str = "values"
    chained: bool = True
