"""From a problem to its linked solution: the candidate readings, and the choice between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kpdd_cli.answers import matches
from kpdd_cli.keypoints import Asked, asked, quantities
from kpdd_cli.records import Problem
from kpdd_cli.teachers.gold import equations, worked
from kpdd_cli.teachers.gold.expressions import (
    Call,
    Expression,
    Number,
    Operation,
    Result,
    evaluate,
    exact,
    leaves,
    literal,
    number,
    plain,
)
from kpdd_cli.teachers.gold.linking import Linked, Mention, link
from kpdd_cli.teachers.gold.steps import Plan, Step


@dataclass(frozen=True, slots=True)
class Reading:
    """A problem as the gold teacher understands it; ``why`` says what is missing without a plan."""

    asked: Asked
    mentions: tuple[Mention, ...]
    linked: Linked | None
    right: bool
    why: str = ""


def read(problem: Problem) -> Reading:
    """Read a problem with its worked solution or equation."""
    parts = asked(problem.question)
    mentions = tuple(_mentions(parts))
    gold = values(problem.answer)
    best: tuple[tuple[bool, int], Linked, bool] | None = None
    for linked in _candidates(problem, gold, mentions):
        right = _right(linked, mentions, problem.answer, gold)
        rank = (right, -len(linked.foreign))
        if best is None or rank > best[0]:
            best = rank, linked, right
        if right and not linked.foreign:
            break
    if best is None:
        return Reading(parts, mentions, None, False, _why(problem))
    _, linked, right = best
    why = _unsupported(linked, gold)
    return Reading(parts, mentions, None if why else linked, right and not why, why)


def values(answer: str | None) -> list[Fraction]:
    """The numbers that a gold answer names, [] where it is text."""
    found: list[Fraction] = []
    for part in (answer or "").split(";"):
        match = re.fullmatch(
            r"\s*(-?)\s*\(?\$?([\d,]+(?:\.\d+)?|\.\d+)(?:/(\d+))?\)?\s*%?\s*", part
        )
        if match is None:
            return []
        value = exact(match[2]) / int(match[3] or 1)
        found.append(-value if match[1] else value)
    return found


def _mentions(parts: Asked) -> Iterator[Mention]:
    for index, text in enumerate(parts.statements):
        for quantity in quantities(text):
            yield Mention(quantity, text, index)
    for quantity in quantities(parts.core):
        yield Mention(quantity, parts.core, -1)


def _why(problem: Problem) -> str:
    if problem.solution:
        return "the worked solution states no computation"
    if problem.equation:
        if equations.textual(problem.equation):
            return "the answer is text, which no computation of the formula gives"
        return "the equation cannot be computed step by step"
    return "the row has neither a worked solution nor an equation"


def _candidates(
    problem: Problem, gold: Sequence[Fraction], mentions: Sequence[Mention]
) -> Iterator[Linked]:
    if problem.solution:
        yield from _worked(problem, gold, mentions)
    elif problem.equation:
        given = [mention.value for mention in mentions]
        for plan in equations.read(problem.equation, problem.question, gold, given):
            if not plan.answers:
                plan = replace(plan, answers=(Result(len(plan.steps) - 1),))
            for rounded in (False, True):
                linked = link(plan, mentions, rounded=rounded)
                if linked is not None:
                    yield linked


def _worked(
    problem: Problem, gold: Sequence[Fraction], mentions: Sequence[Mention]
) -> Iterator[Linked]:
    solution = problem.solution or ""
    for algebra in (False, True):
        goal = gold[-1] if gold else None
        steps = worked.read_algebra(solution, goal) if algebra else worked.read(solution)
        if not steps:
            continue
        for rounded in (False, True):
            linked = link(Plan(tuple(steps), ()), mentions, rounded=rounded)
            if linked is not None:
                yield _answered(linked, gold, problem)


def _answered(linked: Linked, gold: Sequence[Fraction], problem: Problem) -> Linked:
    """``linked`` with its answer: the last step, or the last that comes to the gold answer."""
    last = len(linked.values) - 1
    if not gold:
        return _with(linked, Result(last))
    goal = gold[-1]
    for index in range(last, -1, -1):
        if linked.values[index] == goal:
            return _with(linked, Result(index))
    text = f"{problem.question} {problem.solution}"
    for index in range(last, -1, -1):
        value, result = linked.values[index], Result(index)
        if value * 100 == goal and re.search(r"%|percent|cents", text):
            return _with(linked, Operation("*", result, number(100)))
        if value == goal * 100 and re.search(r"\$|dollar", text):
            return _with(linked, Operation("/", result, number(100)))
        if goal.denominator == 1 and abs(value - goal) < 1 and index == last:
            return _with(linked, Call("floor" if goal < value else "ceil", (result,)))
    return _with(linked, Result(last))


def _with(linked: Linked, answer: Expression) -> Linked:
    if isinstance(answer, Result):
        return replace(linked, plan=replace(linked.plan, answers=(answer,)))
    # A conversion at the end is a step of its own.
    value = evaluate(answer, linked.values)
    assert value is not None
    steps = (*linked.plan.steps, Step(answer, value))
    plan = Plan(steps, (Result(len(steps) - 1),))
    return replace(linked, plan=plan, values=(*linked.values, value))


def _right(
    linked: Linked, mentions: Sequence[Mention], answer: str | None, gold: Sequence[Fraction]
) -> bool:
    found = linked.answers(mentions)
    if answer is None or None in found:
        return False
    if linked.plan.form == "ratio":
        first, second = found
        assert first is not None
        assert second is not None
        return bool(second) and answer.strip() == "{0.numerator}:{0.denominator}".format(
            first / second
        )
    if list(found) == list(gold):
        return True
    text = "; ".join(_decimal(value) for value in found if value is not None)
    return matches(text, answer)


def _decimal(value: Fraction) -> str:
    return plain(value) if "/" not in plain(value) else repr(float(value))


def _unsupported(linked: Linked, gold: Sequence[Fraction]) -> str:
    """Why the program may not stand: it would state its answer instead of computing it."""
    why = "the solution states its answer without a computation"
    waiting = list(linked.plan.answers)
    while waiting:
        tree = waiting.pop()
        if literal(tree):
            return why
        for leaf in leaves(tree):
            if isinstance(leaf, Result) and linked.values[leaf.step] in gold:
                waiting.append(linked.plan.steps[leaf.step].tree)
            # 72 * 1, where neither the problem nor an earlier step gives 72
            foreign = isinstance(leaf, Number) and leaf.value in linked.foreign
            if foreign and (leaf.value in gold or -leaf.value in gold):  # type: ignore[union-attr]
                return why
    return ""
