"""Write linked steps as a straight-line Python program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from kpdd_cli.teachers.gold import naming
from kpdd_cli.teachers.gold.expressions import (
    Call,
    Expression,
    Given,
    Leaf,
    Number,
    Operation,
    Result,
    floating,
    leaves,
    plain,
    write,
)
from kpdd_cli.teachers.gold.linking import Linked, Mention
from kpdd_cli.teachers.gold.steps import Step

if TYPE_CHECKING:
    from kpdd_cli.teachers.gold.solutions import Reading


def needed(linked: Linked) -> list[int]:
    """The steps that the answer depends on, in order."""
    wanted: set[int] = set()
    waiting = [
        leaf.step
        for tree in linked.plan.answers
        for leaf in leaves(tree)
        if isinstance(leaf, Result)
    ]
    while waiting:
        step = waiting.pop()
        if step not in wanted:
            wanted.add(step)
            tree = linked.plan.steps[step].tree
            waiting += [leaf.step for leaf in leaves(tree) if isinstance(leaf, Result)]
    return sorted(wanted)


def program(linked: Linked, mentions: Sequence[Mention], core: str) -> str:
    """The program: the problem's numbers, the steps that the answer needs, ``answer = …``."""
    order = needed(linked)
    trees = [linked.plan.steps[index].tree for index in order]
    inputs = sorted(
        {
            leaf.index
            for tree in (*trees, *linked.plan.answers)
            for leaf in leaves(tree)
            if isinstance(leaf, Given)
        }
    )
    described = naming.describe(mentions, core, inputs)
    given = dict(zip(inputs, naming.choose([described[i].names for i in inputs]), strict=True))
    names = _step_names(linked, order, described, given, core)

    def leaf(node: Leaf) -> str:
        if isinstance(node, Given):
            return given[node.index]
        if isinstance(node, Result):
            return names[node.step]
        assert isinstance(node, Number)
        return literal(node)

    lines = [f"{given[index]} = {_value(mentions[index].value)}" for index in inputs]
    lines += [f"{names[index]} = {write(linked.plan.steps[index].tree, leaf)}" for index in order]
    lines += _answer(linked, mentions, leaf)
    text = "\n".join(lines)
    return ("import math\n\n" if "math." in text else "") + text + "\n"


def literal(leaf: Number) -> str:
    """A number as Python writes it."""
    if leaf.percent:
        return f"{plain(leaf.value * 100)} / 100"
    return _value(leaf.value)


def _value(value: Fraction) -> str:
    text = plain(value)
    return text.replace("/", " / ")


def _answer(linked: Linked, mentions: Sequence[Mention], leaf: Callable[[Leaf], str]) -> list[str]:
    trees = linked.plan.answers
    given = [mention.value for mention in mentions]
    if linked.plan.form == "ratio":
        first, second = (_whole(tree, linked, given, leaf) for tree in trees)
        return [
            f"divisor = math.gcd({first}, {second})",
            f'answer = f"{{{_bracketed(first)} // divisor}}:{{{_bracketed(second)} // divisor}}"',
        ]
    exact = linked.answers(mentions)
    results = _floats(linked, given)
    written = [
        _safely(write(tree, leaf), floating(tree, results, given), value)
        for tree, value in zip(trees, exact, strict=True)
    ]
    return [f"answer = {written[0]}" if len(written) == 1 else f"answer = ({', '.join(written)})"]


def _whole(
    tree: Expression, linked: Linked, given: Sequence[Fraction], leaf: Callable[[Leaf], str]
) -> str:
    """A term of a ratio, as the whole number that gcd wants."""
    computed = floating(tree, _floats(linked, given), given)
    text = write(tree, leaf)
    return text if isinstance(computed, int) else f"round({text})"


def _bracketed(text: str) -> str:
    return text if text.isidentifier() else f"({text})"


def _safely(text: str, computed: float | None, exact: Fraction | None) -> str:
    """``text``, rounded where binary fractions would leave 0.30000000000000004."""
    if computed is None or exact is None or computed == exact or computed == float(exact):
        return text
    for digits in (2, 4, 6):
        if round(computed, digits) == float(exact):
            return f"round({text}, {digits})"
    return text


def _floats(linked: Linked, given: Sequence[Fraction]) -> list[float | None]:
    results: list[float | None] = []
    for step in linked.plan.steps:
        results.append(floating(step.tree, results, given))
    return results


# ---------------------------------------------------------------------------- names


def _step_names(
    linked: Linked,
    order: Sequence[int],
    described: Sequence[naming.Described],
    given: dict[int, str],
    core: str,
) -> dict[int, str]:
    units: dict[int, naming.Words] = {}
    wanted: list[list[naming.Words]] = []
    asked = naming.for_question(core)
    final = {
        leaf.step
        for tree in linked.plan.answers
        for leaf in leaves(tree)
        if isinstance(leaf, Result)
    }
    for index in order:
        step = linked.plan.steps[index]
        units[index], derived = _derived(step, described, units)
        told = naming.for_step(step.before, step.written, step.after, _operator(step))
        names = [*told, *derived]
        if index in final and len(final) == 1:
            names = [*asked, *names]
        given_name = naming.title(step.name)
        wanted.append([given_name, *names] if given_name else names)
    return dict(zip(order, naming.choose(wanted, given.values()), strict=True))


def _operator(step: Step) -> str:
    return step.tree.operator if isinstance(step.tree, Operation) else ""


# 40 minutes of 2 pages a minute are pages.
_TIMES = {"minutes", "hours", "days", "weeks", "months", "years", "seconds", "times"}


def _derived(
    step: Step, described: Sequence[naming.Described], units: dict[int, naming.Words]
) -> tuple[naming.Words, list[naming.Words]]:
    """What a step counts, and names for it, from what its operands count."""
    operands: list[naming.Words] = []
    for leaf in leaves(step.tree):
        if isinstance(leaf, Given):
            operands.append(described[leaf.index].noun)
        elif isinstance(leaf, Result):
            operands.append(units.get(leaf.step, []))
    operands = [unit for unit in operands if unit]
    first = operands[0] if operands else ["amount"]
    last = operands[-1] if operands else first
    counted = [unit for unit in operands if unit[-1].lower() not in _TIMES]
    operator = _operator(step)
    if operator == "+":
        if all(unit[-1] == first[-1] for unit in operands):
            return first[-1:], [["total", *first[-1:]], ["combined", *first]]
        return first, [[*first, "and", *last], ["total", *first]]
    if operator == "-":
        return first, [["remaining", *first], [*first, "difference"]]
    if operator in ("/", "//"):
        if first[-1:] == last[-1:]:
            return first, [[*first, "share"]]
        return first, [[*first[-1:], "per", *last[-1:]], ["share", "of", *first]]
    product = counted[-1] if counted else last
    return product, [["total", *product[-1:]], ["total", *first]]


# ---------------------------------------------------------------------------- words


def words(reading: Reading, equation: str) -> str:
    """The steps of an equation in words: "Remaining cookies: 28 - 7 = 21."."""
    linked = reading.linked
    if linked is None:
        parts = [part.strip() for part in equation.split(";") if part.strip()]
        return "\n".join(part if part.endswith(".") else part + "." for part in parts)
    order = needed(linked)
    described = naming.describe(reading.mentions, reading.asked.core, ())
    names = _step_names(linked, order, described, {}, reading.asked.core)

    def leaf(node: Leaf) -> str:
        if isinstance(node, Given):
            return plain(reading.mentions[node.index].value)
        if isinstance(node, Result):
            return plain(linked.plan.steps[node.step].value)
        assert isinstance(node, Number)
        return node.text if node.percent else plain(node.value)

    lines = []
    for index in order:
        step = linked.plan.steps[index]
        label = names[index].replace("_", " ")
        lines.append(f"{label[0].upper()}{label[1:]}: {_told(step, leaf)}.")
    if linked.plan.form == "ratio":
        first, second = (write(tree, leaf) for tree in linked.plan.answers)
        lines.append(f"Ratio: {first}:{second}, in lowest terms.")
    return "\n".join(lines)


def _told(step: Step, leaf: Callable[[Leaf], str]) -> str:
    tree, value = step.tree, plain(step.value)
    if isinstance(tree, Call) and tree.function in ("gcd", "lcm"):
        what = {"gcd": "greatest common divisor", "lcm": "least common multiple"}[tree.function]
        items = [write(part, leaf) for part in tree.arguments]
        return f"the {what} of {', '.join(items[:-1])} and {items[-1]} is {value}"
    if isinstance(tree, Call):
        inner = write(tree.arguments[0], leaf)
        how = {"floor": "rounded down", "ceil": "rounded up", "round": "rounded"}[tree.function]
        return f"{inner}, {how}, is {value}"
    if isinstance(tree, Operation) and tree.operator in ("//", "%"):
        what = "whole times" if tree.operator == "//" else "left over"
        divided = Operation("/", tree.left, tree.right)
        return f"{write(divided, leaf)} gives {value} {what}"
    return f"{write(tree, leaf)} = {value}"
