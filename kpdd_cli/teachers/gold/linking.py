"""Tie the numbers of a solution to where they come from: the problem, or an earlier step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from kpdd_cli.keypoints import Quantity
from kpdd_cli.teachers.gold.expressions import (
    Call,
    Expression,
    Given,
    Number,
    Operation,
    Result,
    evaluate,
    number,
    rewrite,
)
from kpdd_cli.teachers.gold.steps import Plan, Step

# Numbers that everybody knows: small counts, percents, times, coins, lengths, weights, angles.
_COMMON = frozenset(
    Fraction(value)
    for value in [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "7",
        "8",
        "10",
        "12",
        "14",
        "16",
        "20",
        "24",
        "25",
        "28",
        "29",
        "30",
        "31",
        "36",
        "50",
        "52",
        "60",
        "90",
        "100",
        "144",
        "180",
        "200",
        "360",
        "365",
        "366",
        "1000",
        "1760",
        "2000",
        "3600",
        "5280",
        "10000",
        "1000000",
        "0.01",
        "0.05",
        "0.1",
        "0.25",
        "0.5",
        "1.5",
        "3.14",
    ]
)


# "3 times as many", "3-fold"; but "he rode 3 times" counts.
_MULTIPLIES = re.compile(
    r"[\s-]*(?:times\s+(?:as|more|less|fewer|the|that|what|his|her|their|its|this|itself|\w+er)\b"
    r"|fold)",
    re.I,
)
_COMPARES = re.compile(r"\s*(?:more|fewer|less)\b", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity of the problem with the sentence that names it."""

    quantity: Quantity
    sentence: str
    index: int  # of the sentence; -1 for the question

    @property
    def value(self) -> Fraction:
        """The number named; 20 for "20%"."""
        return self.quantity.value

    @property
    def inline(self) -> bool:
        """Whether a program reads better with the number itself: half, twice, 3 times, 2/3."""
        if self.quantity.kind in ("fraction", "multiple"):
            return True
        return _MULTIPLIES.match(self.sentence, self.quantity.end) is not None

    @property
    def compares(self) -> bool:
        """Whether the number is a difference: "10 more", "$5 less"."""
        return _COMPARES.match(self.sentence, self.quantity.end) is not None


@dataclass(frozen=True, slots=True)
class Linked:
    """A plan whose leaves say where they come from; ``foreign`` numbers come from nowhere."""

    plan: Plan
    values: tuple[Fraction, ...]
    used: frozenset[int]
    foreign: tuple[Fraction, ...] = field(default=())

    def answers(self, mentions: Sequence[Mention]) -> list[Fraction | None]:
        """The exact values of the answer's expressions."""
        given = [mention.value for mention in mentions]
        return [evaluate(tree, self.values, given) for tree in self.plan.answers]


def link(plan: Plan, mentions: Sequence[Mention], *, rounded: bool) -> Linked | None:
    """Link each step's numbers; with ``rounded``, steps round where the solution's text rounds."""
    linker = _Linker(mentions, chained=plan.chained)
    for step in plan.steps:
        if not linker.add(step, rounded):
            return None
    answers = tuple(linker.tree(tree, len(plan.steps), None) for tree in plan.answers)
    return Linked(
        replace(plan, steps=tuple(linker.steps), answers=answers),
        tuple(linker.values),
        frozenset(linker.used),
        tuple(linker.foreign),
    )


class _Linker:
    def __init__(self, mentions: Sequence[Mention], *, chained: bool) -> None:
        self.mentions = mentions
        self.chained = chained
        self.given = [mention.value for mention in mentions]
        self.steps: list[Step] = []
        self.values: list[Fraction] = []  # as the program computes them
        self.used: set[int] = set()
        self.consumed: set[int] = set()  # steps whose result a later step took up
        self.foreign: list[Fraction] = []
        self.near: dict[int, frozenset[str]] = {}
        self.places: dict[Fraction, list[int]] = {}
        for index, mention in enumerate(mentions):
            self.places.setdefault(mention.value, []).append(index)

    def add(self, step: Step, rounded: bool) -> bool:
        tree = self.tree(step.tree, len(self.steps), step)
        exact = evaluate(tree, self.values, self.given)
        if exact is None:
            return False
        if exact != step.value and (rounded or step.value.denominator == 1):
            tree, exact = _rounded(tree, exact, step.value)
        self.steps.append(replace(step, tree=tree))
        self.values.append(exact)
        return True

    def tree(self, tree: Expression, at: int, step: Step | None) -> Expression:
        """``tree`` with each number replaced by what it refers to."""
        tree = rewrite(tree, _hundredth)
        roles = self._roles(tree)
        context = step.written if step else ""
        line = _words(f"{step.before} {context} {step.after}") if step else frozenset()
        taken: list[Expression] = []  # a step takes each once: in 20 - 20 are two numbers

        def change(node: Expression) -> Expression:
            if isinstance(node, Result):
                self.consumed.add(node.step)
            role = roles.get(id(node), "")
            if not isinstance(node, Number) or role == "literal":
                return node
            return self._leaf(node, at, context, line, role, taken)

        return rewrite(tree, change)

    def _roles(self, tree: Expression) -> dict[int, str]:
        """What part each number of ``tree`` plays: factor, divisor, term, or a literal's piece."""
        roles: dict[int, str] = {}
        for node in _operations(tree):
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if node.operator in ("+", "-"):
                    percent = isinstance(other, Number) and other.value in (1, 100)
                    roles.setdefault(id(side), "" if percent else "term")
                elif node.operator == "*":
                    roles.setdefault(id(side), "factor")
            if node.operator != "/":
                continue
            roles[id(node.right)] = "divisor"
            # "3/8 * 200" and "200 * 3/8" both hold the fraction 3/8; "30/100" a percentage.
            above = node.left
            if isinstance(above, Operation) and above.operator == "*":
                above = above.right
            if isinstance(above, Number) and isinstance(node.right, Number):
                if self._names_fraction(above.value, node.right.value):
                    roles[id(above)] = roles[id(node.right)] = "literal"
                elif node.right.value == 100 and self._percentage(above.value):
                    roles[id(above)], roles[id(node.right)] = "percent", "literal"
        return roles

    def _names_fraction(self, above: Fraction, below: Fraction) -> bool:
        for index in self.places.get(above / below, ()) if below else ():
            if self.mentions[index].quantity.kind == "fraction":
                self.used.add(index)
                return True
        return False

    def _percentage(self, value: Fraction) -> bool:
        return any(self.mentions[i].quantity.kind == "percent" for i in self.places.get(value, ()))

    def _leaf(
        self,
        leaf: Number,
        at: int,
        context: str,
        line: frozenset[str],
        role: str,
        taken: list[Expression],
    ) -> Expression:
        best: tuple[float, Expression, int | None] | None = None
        words = _words_after(leaf.text, context) if context else frozenset()
        for index in range(at - 1, -1, -1) if self.chained else ():
            if leaf.value not in (self.steps[index].value, self.values[index]):
                continue
            score = 2.0 + (index not in self.consumed) * 2 + (index == at - 1) - (at - index) * 0.01
            score += 2 * bool(words & _words(self.steps[index].after[:40]))
            score -= 3 * (leaf.value in _COMMON and leaf.value <= 4 and index != at - 1)
            score -= 3 * (Result(index) in taken)
            if best is None or score > best[0]:
                best = score, Result(index), None
        for index, tree, score in self._mentioned(leaf, role):
            score += (index not in self.used) * 2 - 3 * (tree in taken)
            mention = self.mentions[index]
            if leaf.value == 1 and tree in taken:  # the 1 of "3 pennies of 1 cent" is no "1 dime"
                continue
            near = mention.sentence[mention.quantity.end : mention.quantity.end + 40]
            score += 2 * bool(words & _words(near)) if words else 0
            if line and len(self.places[mention.value]) > 1:  # which of two equal numbers
                score += 0.7 * min(len(line & self._around(index)), 4)
            score += 0.5 * any(self._beside(index, other) for other in taken)
            if best is None or score > best[0]:
                best = score, tree, index
        if best is None:
            best = self._derived(leaf)
        if best is None:
            if leaf.value not in _COMMON:
                self.foreign.append(leaf.value)
            return leaf
        _, tree, mention_index = best
        if isinstance(tree, Result):
            self.consumed.add(tree.step)
        if mention_index is not None:
            self.used.add(mention_index)
        taken.append(tree)
        return tree

    def _mentioned(self, leaf: Number, role: str) -> list[tuple[int, Expression, float]]:
        """The mentions that ``leaf`` may refer to, with how well they suit its part in the step."""
        found: list[tuple[int, Expression, float]] = []
        for index in self.places.get(leaf.value, ()):
            mention = self.mentions[index]
            percent = mention.quantity.kind == "percent"
            if percent and (leaf.percent or role == "term"):
                continue
            scaling = role in ("factor", "divisor") and mention.inline
            score = 2.0 + 1.5 * scaling + 3 * (percent and role == "percent")
            score -= role in ("factor", "divisor") and mention.compares
            found.append((index, leaf if mention.inline else Given(index), score))
        for index in self.places.get(leaf.value * 100, ()):  # .2 or 20% for "20%"
            if self.mentions[index].quantity.kind == "percent":
                found.append((index, Operation("/", Given(index), number(100)), 2.5))
        if role == "divisor" and leaf.value:  # half of it: / 2
            for index in self.places.get(1 / leaf.value, ()):
                if self.mentions[index].quantity.kind == "fraction":
                    found.append((index, leaf, 2.5))
        return found

    def _beside(self, index: int, tree: Expression) -> bool:
        """Whether a mention stands in the sentence of a quantity that the step already uses."""
        if not isinstance(tree, Given):
            return False
        return self.mentions[tree.index].index == self.mentions[index].index

    def _around(self, index: int) -> frozenset[str]:
        """The words near a mention, in its own sentence."""
        if index not in self.near:
            mention = self.mentions[index]
            start = max(0, mention.quantity.start - 45)
            self.near[index] = _words(mention.sentence[start : mention.quantity.end + 35])
        return self.near[index]

    def _derived(self, leaf: Number) -> tuple[float, Expression, int | None] | None:
        """What a number stands for that the problem names in another way."""
        for index in self._kind("percent"):
            given, hundred = Given(index), number(100)
            percent = self.mentions[index].value
            for whole in (Fraction(1), Fraction(100)):
                part = percent * whole / 100
                for operator, value in (("-", whole - part), ("+", whole + part)):
                    if leaf.value == value and part != 0:
                        sum_ = Operation(operator, hundred, given)  # type: ignore[arg-type]
                        tree = sum_ if whole == 100 else Operation("/", sum_, hundred)
                        return 0, tree, index
        for index in self._kind("fraction"):  # 2/3 is left where 1/3 goes
            value = self.mentions[index].value
            if leaf.value in (
                value.numerator,
                value.denominator,
                value.denominator - value.numerator,
            ):
                return 0, leaf, index
        for index in self._kind("money"):  # $1.25 as 125 cents
            if leaf.value == self.mentions[index].value * 100:
                return 0, Operation("*", Given(index), number(100)), index
        for index, mention in enumerate(self.mentions):  # 30 cents as $0.30
            after = mention.sentence[mention.quantity.end : mention.quantity.end + 6]
            if leaf.value == mention.value / 100 and re.match(r"[\s-]*(?:cent|¢|c\b)", after):
                return 0, Operation("/", Given(index), number(100)), index
        return None

    def _kind(self, kind: str) -> list[int]:
        return [i for i, mention in enumerate(self.mentions) if mention.quantity.kind == kind]


def _hundredth(tree: Expression) -> Expression:
    """ "20 * .01" as 20 / 100, which is how a percentage reads and what floats compute exactly."""
    if isinstance(tree, Operation) and tree.operator == "*":
        right = tree.right
        if isinstance(right, Number) and right.text.lstrip("0") == ".01":
            return Operation("/", tree.left, number(100))
        if isinstance(right, Number) and right.text == "100%":  # only says that it is a percentage
            return tree.left
    return tree


def _operations(tree: Expression) -> list[Operation]:
    if not isinstance(tree, Operation):
        return []
    return [tree, *_operations(tree.left), *_operations(tree.right)]


def _rounded(tree: Expression, exact: Fraction, stated: Fraction) -> tuple[Expression, Fraction]:
    """``tree`` rounded as its text rounds it, where the text does."""
    if stated.denominator == 1 and abs(exact - stated) < 1:
        # To a whole number: cut off, or up. Which of the two the stated value says.
        name = "floor" if stated < exact else "ceil"
        return Call(name, (tree,)), stated
    for digits in (1, 2, 3, 4):
        if (stated * 10**digits).denominator == 1:
            if abs(exact - stated) <= Fraction(1, 2 * 10**digits):
                return Call("round", (tree, number(digits))), stated
            break
    return tree, exact


_TOKEN = re.compile(r"[a-z]{3,}")


def _words(text: str) -> frozenset[str]:
    """The words of ``text``, plural endings cut off."""
    return frozenset(word.rstrip("s") for word in _TOKEN.findall(text.lower())) - _DULL


_DULL = frozenset(
    [
        "the",
        "and",
        "for",
        "per",
        "each",
        "day",
        "week",
        "with",
        "his",
        "her",
        "from",
        "into",
        "than",
        "more",
        "that",
        "all",
    ]
)


def _words_after(text: str, context: str) -> frozenset[str]:
    """The words that follow a number in its line: its unit."""
    place = context.find(text)
    if place < 0 or (place and context[place - 1] in "0123456789."):
        return frozenset()
    unit = _UNIT.match(context, place + len(text))
    return _words(unit.group()) if unit else frozenset()


_UNIT = re.compile(r"\s*[A-Za-z][\w/ ]{2,30}")
