"""Why an answer is wrong: the error analysis of the paper, made automatic. Pure, no model.

A solution is read as arithmetic: a program by its syntax tree, a text by the equations in it. Each
number of an equation is tied to the earlier equation that came to it, so that a solution is a tree
whose leaves are numbers and whose value can be computed anew. That tree is held against gold's:

``no answer``         the text states none, or the program computes none
``program error``     the program raised or passed a limit
``calculation``       an equation of the text does not hold, and with the arithmetic corrected the
                      answer is right
``missing step``      the answer is a value that the gold solution comes to on its way, reached with
                      fewer operations than gold has
``misunderstanding``  other quantities or operations than gold's; ``signs`` says which:
                      ``unused quantity``, ``irrelevant quantity``, ``invented quantity`` (a number
                      that is neither in the problem nor in the gold solution), or, with the right
                      quantities, ``wrong operation``; none where it may be either
``unclear``           none of this can be told with certainty

They are tried in this order. What could be either counts for neither: a number that an earlier step
came to and that the problem names as well is no evidence. One gold solution is one way to solve a
problem, so that a sound step of another way may be counted as a sign; the answer is wrong anyway.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kpdd_cli import answers, keypoints
from kpdd_cli.keypoints import Quantity
from kpdd_cli.records import Mode, Row, Status

Kind = Literal[
    "calculation", "misunderstanding", "missing step", "program error", "no answer", "unclear"
]
KINDS: tuple[Kind, ...] = (
    "misunderstanding",
    "calculation",
    "missing step",
    "program error",
    "no answer",
    "unclear",
)
SIGNS = ("unused quantity", "irrelevant quantity", "invented quantity", "wrong operation")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The kind of an error, its signs (of a misunderstanding), and the evidence as a sentence."""

    kind: Kind
    why: str
    signs: tuple[str, ...] = ()

    def fields(self) -> Row:
        """The field that ``eval`` adds to a wrong prediction."""
        return {"kind": self.kind, "signs": list(self.signs), "why": self.why}


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A number, or an operation on numbers, with its exact ``value``.

    ``stated`` is what a text says that an operation comes to, ``shown`` what its numbers, as they
    are written, come to: the two differ where the text miscalculates. ``value`` is computed from
    corrected operands.
    """

    value: Fraction
    operator: str = ""
    operands: tuple[Node, ...] = ()
    stated: Fraction | None = None
    shown: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution as arithmetic: the tree of its ``answer``.

    ``slips`` are the steps that a text miscalculates; ``perhaps`` the numbers in it that an earlier
    step came to, and that may just as well be quantities of the problem.
    """

    answer: Node
    slips: tuple[Node, ...] = ()
    perhaps: frozenset[Fraction] = frozenset()


def diagnose(
    question: str,
    answer: str,
    gold: Solution | None,
    *,
    mode: Mode,
    rationale: str,
    status: Status,
    value: str | None,
    why: str = "",
) -> Diagnosis | None:
    """Why a rationale is wrong, None where it is right or cannot be judged.

    ``answer`` is the gold answer and ``gold`` the gold solution (None: it could not be read);
    ``status``, ``value`` and ``why`` are the verdict on ``rationale``.
    """
    if status in ("correct", "no_gold", "unsupported"):
        return None
    if status == "no_answer":
        return Diagnosis("no answer", why or "it comes to no answer")
    if status != "wrong":
        return Diagnosis("program error", why or status)
    found = read(rationale, mode, question, value)
    if found is None:
        return Diagnosis("unclear", "its arithmetic cannot be read")
    readings: list[Solution | None] = [found]
    if mode == "cot" and found.perhaps:
        readings.append(read_text(rationale, question, value, tied=False))
    for reading in readings:
        if reading is not None and reading.slips and _is(reading.answer.value, answer):
            return Diagnosis("calculation", _told_slips(reading.slips))
    if gold is None:
        return Diagnosis("unclear", "the gold solution cannot be read")
    if missing := _missing_step(found, gold, value):
        return Diagnosis("missing step", missing)
    return _misunderstood(question, answer, found, gold)


# --- the judgement --------------------------------------------------------------------------------


def _told_slips(slips: Sequence[Node]) -> str:
    first = slips[0]
    assert first.shown is not None
    assert first.stated is not None
    return f"it states {_text(first.stated)} where its own numbers come to {_text(first.shown)}"


def _missing_step(found: Solution, gold: Solution, value: str | None) -> str:
    has, needs = len(operations(found.answer)), len(operations(gold.answer))
    if has >= needs:
        return ""
    answered = _number(value)
    for node in operations(gold.answer):
        if node is gold.answer or node.value == gold.answer.value:
            continue
        if node.value == found.answer.value or (answered is not None and node.value == answered):
            return (
                f"it stops at {_text(node.value)}, which the gold solution goes on from: "
                f"{has} of {needs} operations"
            )
    return ""


def _misunderstood(question: str, answer: str, found: Solution, gold: Solution) -> Diagnosis:
    quantities = keypoints.quantities(question)
    used, needed = Counter(leaves(found.answer)), Counter(leaves(gold.answer))
    signs: dict[str, str] = {}
    for quantity in quantities:
        readings = _readings(quantity)
        is_needed = quantity.value != 1 and not readings.isdisjoint(needed)
        if is_needed and readings.isdisjoint({*used, *found.perhaps}):
            signs.setdefault("unused quantity", f"it does not use {quantity.text.strip()}")
    known = {reading for quantity in quantities for reading in _readings(quantity)}
    for leaf in [*used, *_exchanged(found, gold)]:
        if leaf in needed or leaf == 1:
            continue
        if leaf not in known:
            if leaf in _EVERYDAY:
                continue
            signs.setdefault("invented quantity", f"it uses {_text(leaf)}, which nobody gave")
        elif not any(
            leaf in _readings(q) and not _readings(q).isdisjoint(needed) for q in quantities
        ):
            signs.setdefault("irrelevant quantity", f"it uses {_text(leaf)}, which is not needed")
    if signs:
        return Diagnosis("misunderstanding", "; ".join(signs.values()), tuple(signs))
    if _is(found.answer.value, answer):
        return Diagnosis("unclear", "it comes to the gold answer, and states another")
    if not operations(found.answer):
        return Diagnosis("unclear", "it states an answer without a computation")
    told = f"it computes {written(found.answer)}, gold {written(gold.answer)}"
    if any(leaf not in used and leaf in found.perhaps for leaf in needed):
        if found.slips:
            return Diagnosis("unclear", "where its numbers come from cannot be told")
        return Diagnosis("misunderstanding", told)  # a quantity unused, or a wrong operation
    return Diagnosis("misunderstanding", told, ("wrong operation",))


def _exchanged(found: Solution, gold: Solution) -> list[Fraction]:
    """The number that stands in place of one of gold's in a solution that is gold's otherwise.

    Where an earlier step came to that number too, the shape tells that it is the problem's: to
    take one number for another is less of an error than to compute something else.
    """
    pairs: dict[tuple[Fraction, Fraction], None] = {}
    compared: set[tuple[int, int]] = set()

    def is_alike(one: Node, other: Node) -> bool:
        if (id(one), id(other)) in compared:
            return True
        compared.add((id(one), id(other)))
        if not other.operator:
            if one.value != other.value:
                pairs[one.value, other.value] = None
            return one.value == other.value or not one.operator or one.value in found.perhaps
        return one.operator == other.operator and all(
            is_alike(*operands) for operands in zip(one.operands, other.operands, strict=True)
        )

    if is_alike(found.answer, gold.answer) and len(pairs) == 1:
        return [used for used, _ in pairs if used in found.perhaps]
    return []


# What converts percents, times and dozens comes into a solution of its own accord.
_EVERYDAY = frozenset(map(Fraction, (0, 1, 7, 12, 24, 60, 100, 365)))


def _readings(quantity: Quantity) -> set[Fraction]:
    """The numbers as which a solution may hold ``quantity``: 20 % is 20, 0.2, 0.8 or 1.2."""
    value = quantity.value
    readings = {value}
    if quantity.kind == "percent":
        share = value / 100
        readings |= {share, 1 - share, 1 + share, 100 - value, 100 + value}
    elif quantity.kind == "fraction" or value.denominator != 1:
        readings |= {1 - value, 1 + value, Fraction(value.numerator), Fraction(value.denominator)}
        readings |= {1 / value} if value else set()
    elif quantity.kind == "multiple":
        readings |= {1 / value, value + 1, value - 1}
    return readings


def _is(value: Fraction, answer: str) -> bool:
    """Whether a computed value is the gold answer, percents and rounding aside."""
    return answers.matches(_decimal(value), answer)


def _number(text: str | None) -> Fraction | None:
    """The number that an answer text states, if it states one."""
    parts = answers.parse(text).parts if text else ()
    if len(parts) == 1 and isinstance(parts[0], answers.Number):
        return parts[0].value
    return None


def operations(node: Node) -> list[Node]:
    """The operations of a tree, each once, the last first; conversions of percents aside."""
    return [one for one in _nodes(node) if one.operator and not _converts(one)]


def _converts(node: Node) -> bool:
    return node.operator in "*/" and any(
        not one.operator and one.value in (100, Fraction(1, 100)) for one in node.operands
    )


def _nodes(node: Node) -> Iterator[Node]:
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += node.operands


def leaves(node: Node) -> Iterator[Fraction]:
    """The numbers that a tree is made of."""
    return (one.value for one in _nodes(node) if not one.operator)


def written(node: Node) -> str:
    """A tree as people write it: ``(16 - 3) * 2``; "…" stands for what goes on too long."""
    return _written(node, [_LONGEST])


_LONGEST = 80  # numbers and operations: a program may use a result twice, and that one twice …


def _written(node: Node, left: list[int]) -> str:
    left[0] -= 1
    if left[0] < 0:
        return "…"
    if not node.operator:
        return _text(node.value)
    texts = [_written(one, left) for one in node.operands]
    first, second = (
        f"({text})" if one.operator else text
        for one, text in zip(node.operands, texts, strict=True)
    )
    return f"{first} {node.operator} {second}"


def _text(value: Fraction) -> str:
    return _decimal(value) if len(_decimal(value)) < 12 else f"{float(value):.6g}"


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else repr(float(value))


# --- reading --------------------------------------------------------------------------------------


def read(
    rationale: str, mode: Mode, question: str = "", value: str | None = None
) -> Solution | None:
    """A rationale as arithmetic, None where it cannot be followed.

    ``value`` is the answer it comes to: a text is followed from the last equation that states it.
    """
    if mode == "pot":
        return read_program(rationale)
    return read_text(rationale, question, value)


class _Unreadable(ValueError):
    """The program does something else than straight-line arithmetic."""


def read_program(program: str) -> Solution | None:
    """A program of assignments and arithmetic; None for one with loops, branches, texts …"""
    tree = parsed(program)
    return None if tree is None else read_tree(tree)


def parsed(program: str) -> ast.Module | None:
    """The syntax of a program; None for what is no Python module, such as a top-level return."""
    try:
        return ast.parse(program)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def read_tree(tree: ast.Module) -> Solution | None:
    """As :func:`read_program`, of a program that is parsed already."""
    try:
        return _Program().run(tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError, ArithmeticError, LookupError):
        return None


_ANSWERS = ("answer", "ans", "result")
_OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**",
}  # fmt: skip
_ROUNDING = {"int", "float", "round", "abs", "floor", "ceil"}


class _Program:
    def __init__(self) -> None:
        self.names: dict[str, Node] = {}

    def run(self, body: Sequence[ast.stmt]) -> Solution:
        answer: Node | None = None
        for statement in body:
            match statement:
                case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant()):
                    continue
                case ast.Assign([ast.Name(name)], value):
                    self.names[name] = self.tree(value)
                case ast.AugAssign(ast.Name(name), operator, value):
                    self.names[name] = self._operation(operator, self.names[name], self.tree(value))
                case ast.Return(ast.expr() as value):
                    answer = self.tree(value)
                    break
                case ast.Expr(ast.Call(ast.Name("print"), [*_, value])):
                    answer = self.tree(value)
                case ast.FunctionDef(_, ast.arguments([], [], None, [])) as function:
                    return self.run(function.body)
                case _:
                    raise _Unreadable
        named = next((self.names[name] for name in _ANSWERS if name in self.names), None)
        found = named or answer
        if found is None:
            raise _Unreadable
        return Solution(found)

    def tree(self, node: ast.expr) -> Node:
        match node:
            case ast.Constant(value) if type(value) in (int, float):
                return Node(_bounded(Fraction(repr(value))))
            case ast.Name(name):
                return self.names[name]
            case ast.UnaryOp(ast.USub(), ast.Constant(value)) if type(value) in (int, float):
                return Node(-_bounded(Fraction(repr(value))))
            case ast.BinOp(left, operator, right):
                return self._operation(operator, self.tree(left), self.tree(right))
            case ast.Call(function, [first, *_]) if _called(function) in _ROUNDING:
                return self._rounded(_called(function), self.tree(first), node.args[1:])
            case _:
                raise _Unreadable

    def _operation(self, operator: ast.operator, left: Node, right: Node) -> Node:
        sign = _OPERATORS[type(operator)]
        return Node(compute(sign, left.value, right.value), sign, (left, right))

    def _rounded(self, function: str, node: Node, rest: Sequence[ast.expr]) -> Node:
        """Rounding is no step: a tree keeps its operations, with the value that the program has."""
        digits = int(self.tree(rest[0]).value) if rest else 0
        value = {
            "int": Fraction(int(node.value)),
            "float": node.value,
            "abs": abs(node.value),
            "floor": Fraction(node.value // 1),
            "ceil": Fraction(-(-node.value // 1)),
            "round": Fraction(round(node.value, digits)),
        }[function]
        return Node(value, node.operator, node.operands)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def compute(operator: str, left: Fraction, right: Fraction) -> Fraction:
    """One operation, exactly. Raises ArithmeticError or ValueError where it has no exact value."""
    match operator:
        case "+":
            return _bounded(left + right)
        case "-":
            return _bounded(left - right)
        case "*":
            return _bounded(left * right)
        case "/":
            return _bounded(left / right)
        case "//":
            return _bounded(Fraction(left // right))
        case "%":
            return _bounded(left % right)
    if right.denominator != 1 or abs(right) > 64 or abs(left.numerator) > 10**9:
        raise _Unreadable
    return _bounded(Fraction(left**right))


def _bounded(value: Fraction) -> Fraction:
    """``value``, if it is of a size that problems have: squaring on and on fills the memory."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _BITS:
        raise _Unreadable
    return value


_BITS = 500  # far more than any amount, and still a float


# --- reading texts --------------------------------------------------------------------------------

_MARK = re.compile(r"<<([^<>\n]*)=([^<>=\n]*)>>")
_SIGNS = str.maketrans(
    {"×": "*", "÷": "/", "–": "-", "−": "-", "—": "-", "·": "*", "[": "(", "]": ")"}
)
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,9}(?!\d)(?:\.\d{1,30})?|\d{1,30}(?:\.\d{1,30})?"
    r"|\.\d{1,30})(?!\d)"
)
_TOKEN = re.compile(rf"\s*(?:(?P<number>{_NUMBER})(?P<percent>\s?%)?|(?P<sign>[-+*/()]))")
_STATED = re.compile(rf"\s*(?P<minus>-?)\s*[$£€]?\s*(?P<number>{_NUMBER})(?P<percent>\s?%)?")
# "5 apples * 3" is 5 * 3: words between a number and a sign are its unit.
_UNIT = re.compile(
    r"(?<=[\d)%])[ ]*(?:/\s?)?(?!x\b)[A-Za-z][A-Za-z'’/-]*(?:\s+[A-Za-z'’]+){0,3}?\s*"
    r"(?=[-+*/=)](?:\s|[\d($.]))"
)
_TIMES = re.compile(r"(?<=[\d)%])\s*[xX]\s*(?=[$£€]?[\d(.])")
_OF = re.compile(r"(%|\d\s?/\s?\d+)\s+of\s+(?=[$£€]?\d)")
_LEFT = re.compile(r"[-+*/().,%\d\s]*$")


def read_text(
    text: str, question: str = "", value: str | None = None, *, tied: bool = True
) -> Solution | None:
    """The equations of a chain of thought, those that do not hold included; None without any.

    The answer's tree begins at the last equation that states ``value``, else at the last equation.
    A number that an earlier step came to and that the question names is taken as the step's result
    if ``tied``, else as the question's.
    """
    known = {r for q in keypoints.quantities(question) for r in _readings(q)}
    reader = _Text(known, tied)
    for line in text.splitlines():
        for expression, stated, is_sure in _equations(line):
            reader.step(expression, stated, is_sure=is_sure)
    if not reader.steps:
        return None
    number = _number(value)
    answer = reader.stating(number) or reader.steps[-1]
    if number is not None and answer.stated != number:  # 0.5, and "the answer is 50"
        answer = reader.stating(number / 100) or answer
    slips = tuple(node for node in _nodes(answer) if _slipped(node))
    return Solution(answer, slips, frozenset(reader.perhaps))


def _equations(line: str) -> Iterator[tuple[str, Fraction, bool]]:
    """Each equation of a line: its left side, what it states, and whether that is all it states.

    It is not in "5 * 2 = 10 + 3 = 13", whose writer may mean that 5 * 2 is 10. A calculator mark
    (``<<48/2=24>>``) is read in place of the text that it annotates.
    """
    bare, marks = line.translate(_SIGNS), {}
    for mark in _MARK.finditer(bare):
        begin = bare.rfind("=", 0, mark.start())
        marks[begin] = mark[1]
    bare = _MARK.sub(lambda mark: " " * len(mark.group()), bare)
    ended = 0
    for equals in re.finditer("=", bare):
        stated = _STATED.match(bare, equals.end())
        if stated is None:
            continue
        left = marks.get(equals.start(), "")[-_REACH:] or _left_side(bare[ended : equals.start()])
        rest = bare[stated.end() :].lstrip()
        is_result = re.match(r"[*+(]|/\s*[\d($.]|[-x]\s*[\d($.]", rest) is None
        if left:
            yield left, _value(stated), is_result
        ended = equals.end()


def _value(match: re.Match[str]) -> Fraction:
    value = Fraction(match["number"].replace(",", ""))
    if match["percent"]:
        value /= 100
    return -value if match.groupdict().get("minus") else value


_REACH = 200  # characters to the left of "=" that an expression may take


def _left_side(text: str) -> str:
    text = re.split(r"[.,;:]\s", text[-_REACH:])[-1]
    text = re.sub(r"[$£€]\s?", "", _TIMES.sub(" * ", _OF.sub(r"\1 * ", text)))
    for _ in range(3):
        text = _UNIT.sub(" ", f"{text}= ").removesuffix("= ")
    found = _LEFT.search(text)
    return found.group().strip(" ,.") if found else ""


def evaluated(text: str) -> tuple[Fraction, str] | None:
    """What the operations that ``text`` ends in come to, as its numbers are written, and they.

    They are read as those of an equation, whose "=" would come next. None: it ends in none.
    """
    expression = _left_side(text.translate(_SIGNS))
    found = _expression(expression, Node)
    return None if found is None else (found[1], expression)


def _expression(text: str, leaf: Callable[[Fraction], Node]) -> tuple[Node, Fraction] | None:
    """The longest end of ``text`` that is an expression, and its value as it is shown."""
    tokens = list(_TOKEN.finditer(text))
    if len(tokens) > _REACH // 2 or sum(len(one.group()) for one in tokens) != len(text):
        return None
    for first in range(len(tokens)):
        try:
            tree, shown, at = _Parser(tokens, first, leaf).sum()
        except (IndexError, ValueError, ArithmeticError, RecursionError):
            continue
        if at == len(tokens) and tree.operator:
            return tree, shown
    return None


class _Text:
    """Puts the equations of a text together, each number tied to the step that stated it."""

    def __init__(self, known: set[Fraction], tied: bool) -> None:
        self.known, self.tied = known, tied
        self.steps: list[Node] = []
        self.perhaps: set[Fraction] = set()

    def step(self, expression: str, stated: Fraction, *, is_sure: bool) -> None:
        found = _expression(expression, self._leaf)
        if found is not None and (is_sure or found[1] == stated):
            self._add(*found, stated)

    def _add(self, tree: Node, shown: Fraction, stated: Fraction) -> None:
        value = tree.value
        if shown == tree.value and shown != stated and _rounds(shown, stated):
            value = stated  # a text that rounds goes on with what it wrote
        if value != stated and shown * 100 == stated:
            value, shown = value * 100, stated  # "0.2 * 0.5 = 10 %"
        self.steps.append(Node(value, tree.operator, tree.operands, stated, shown))

    def _leaf(self, value: Fraction) -> Node:
        earlier = self.stating(value)
        if earlier is None:
            return Node(value)
        if value in self.known:
            self.perhaps.add(value)
            return earlier if self.tied else Node(value)
        return earlier

    def stating(self, value: Fraction | None) -> Node | None:
        """The last step that states ``value``."""
        if value is None:
            return None
        for step in reversed(self.steps):
            if step.stated == value:
                return step
        return None


class _Parser:
    """Recursive descent over tokens; each rule gives its tree, what is shown, and where it ends."""

    def __init__(
        self, tokens: list[re.Match[str]], at: int, leaf: Callable[[Fraction], Node]
    ) -> None:
        self.tokens, self.at, self.leaf = tokens, at, leaf

    def sum(self) -> tuple[Node, Fraction, int]:
        return self._chain("+-", self._product)

    def _product(self) -> tuple[Node, Fraction, int]:
        return self._chain("*/", self._factor)

    def _chain(
        self, signs: str, rule: Callable[[], tuple[Node, Fraction, int]]
    ) -> tuple[Node, Fraction, int]:
        left, shown, _ = rule()
        while self.at < len(self.tokens) and (sign := self.tokens[self.at]["sign"] or "(") in signs:
            self.at += 1
            right, other, _ = rule()
            left = Node(compute(sign, left.value, right.value), sign, (left, right))
            shown = compute(sign, shown, other)
        return left, shown, self.at

    def _factor(self) -> tuple[Node, Fraction, int]:
        token = self.tokens[self.at]
        self.at += 1
        if token["number"]:
            value = _value(token)
            return self.leaf(value), value, self.at
        if token["sign"] == "-":
            node, shown, _ = self._factor()
            return Node(-node.value, node.operator, node.operands), -shown, self.at
        if token["sign"] != "(":
            raise ValueError(token["sign"])
        node, shown, _ = self.sum()
        if self.tokens[self.at]["sign"] != ")":
            raise ValueError("no closing bracket")
        self.at += 1
        return node, shown, self.at


def _slipped(node: Node) -> bool:
    return (
        node.stated is not None
        and node.shown is not None
        and node.stated != node.shown
        and not _rounds(node.shown, node.stated)
    )


def _rounds(exact: Fraction, stated: Fraction) -> bool:
    """Whether ``stated`` may be ``exact`` rounded, up, down or to the nearest, as texts do."""
    if exact.denominator == 1:
        return False
    digits = next((d for d in range(12) if (stated * 10**d).denominator == 1), 12)
    return abs(exact - stated) < Fraction(1, 10**digits)
