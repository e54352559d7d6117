"""Read a worked solution: the calculator marks, and the equations written without one.

A solution's line reads ``Natalia sold 48/2 = <<48/2=24>>24 clips in May.`` A mark is the
publisher's own annotation and is trusted; an equation in plain text counts where it holds, that
is where its left side comes to what its right side states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from kpdd_cli.teachers.gold.expressions import (
    Expression,
    Operation,
    Result,
    Unknown,
    evaluate,
    exact,
    leaves,
    literal,
    parse,
    rewrite,
)
from kpdd_cli.teachers.gold.linear import solve
from kpdd_cli.teachers.gold.steps import Step

MARK = re.compile(r"<<([^<>]*)>>")
_STATED = re.compile(
    r"\s*(?:is\s+)?[-–−]?\s?[$£€]?\s?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<percent>\s?%)?"
)
_WORD = r"[A-Za-z°]+(?:[/'’°-][A-Za-z°]+)*\.?"
_PIECE = re.compile(
    rf"[$£€]?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?|\.\d+%?)"
    rf"|(?P<sign>[-+*/×÷–−()\[\]^])|(?P<word>{_WORD})|(?P<other>[^\s$£€])"
)


def unmarked(solution: str) -> str:
    """A worked solution as people read it, without its calculator marks."""
    return MARK.sub("", solution)


def read(solution: str) -> list[Step]:
    """The computations of ``solution``, in order."""
    steps: list[Step] = []
    for line in solution.splitlines():
        steps.extend(step for _, step in sorted(_line(line), key=lambda pair: pair[0]))
    return steps


def read_algebra(solution: str, goal: Fraction | None) -> list[Step]:
    """As :func:`read`, with the first equation in each unknown solved.

    Where no step comes to ``goal``, an expression in a solved unknown that the text writes
    ("Felicity = 4A - 5") and that does is the last step.
    """
    steps: list[Step] = []
    solved: dict[str, int] = {}  # each unknown's step
    terms: list[Expression] = []
    names = _described(solution)
    for line in solution.splitlines():
        found = [(place, step, "") for place, step in _line(line)]
        bare = MARK.sub("", line)
        for match in _EQUATION.finditer(bare):
            left, right = _side(match.group(1), last=True), _side(match.group(2), last=False)
            terms.extend(side for side in (left, right) if isinstance(side, Operation))
            letter, tree, value = _solved(left, right)
            if tree is not None and letter not in solved and letter not in (n for *_, n in found):
                step = Step(tree, value, bare[: match.start()], name=names.get(letter, ""))
                found.append((match.start(), step, letter))
        for match in _TERM.finditer(bare):
            term = _side(match.group(), last=True)
            terms.extend([term] if isinstance(term, Operation) else [])
        for _, step, letter in sorted(found, key=lambda entry: entry[0]):
            if letter:
                solved[letter] = len(steps)
            elif any(steps[at].value == step.value for at in solved.values()):
                continue  # "x = 40/4 = 10" again, with a 40 that the text worked out in its head
            steps.append(step)
    if goal is not None and all(step.value != goal for step in steps):
        steps.extend(_evaluated(terms, solved, steps, goal))
    return steps


def _evaluated(
    terms: Sequence[Expression], solved: dict[str, int], steps: Sequence[Step], goal: Fraction
) -> list[Step]:
    def bind(node: Expression) -> Expression:
        if isinstance(node, Unknown) and node.name in solved:
            return Result(solved[node.name])
        return node

    values = [step.value for step in steps]
    for term in terms:
        bound = rewrite(term, bind)
        if bound != term and evaluate(bound, values) == goal:
            return [Step(bound, goal)]
    return []


def _line(line: str) -> list[tuple[int, Step]]:
    marks = list(MARK.finditer(line))
    bare = line
    for mark in marks:  # same length, so that places in the line stay
        bare = bare[: mark.start()] + "\0" * (mark.end() - mark.start()) + bare[mark.end() :]
    found: list[tuple[int, Step]] = []
    covered: list[int] = []
    for mark in marks:
        step = _marked(mark, bare)
        if step is not None:
            found.append((mark.start(), step))
        covered.append(bare.rfind("=", 0, mark.start() + 1))
    floor = 0
    for equals in re.finditer("=", bare):
        if equals.start() not in covered and "\0" not in bare[equals.start() : equals.start() + 4]:
            step = _plain(bare, floor, equals.start())
            if step is not None:
                found.append((equals.start(), step))
    return found


def _marked(mark: re.Match[str], line: str) -> Step | None:
    source, _, stated = mark.group(1).rpartition("=")
    value = _number(stated)
    tree = parse(source.split("=")[0]) if source else None
    if value is None or tree is None:
        return None
    before = line[: mark.start()].rstrip("\0 $")
    left = _left(before.rstrip("= "), 0)
    if literal(tree):
        # A mark such as <<27=27>> computes nothing: the text before it may ("because 287 - 260 =").
        if left is None or not _agrees(left[0], value):
            return None
        tree = left[0]
    elif (computed := evaluate(tree)) is None or not _agrees(tree, value, loose=True):
        if left is None or not _agrees(left[0], value):
            value = computed if computed is not None else value
        else:
            tree = left[0]
    start = left[1] if left else len(before)
    written = line[start : mark.start()].replace("\0", "")
    return Step(tree, value, before[:start].replace("\0", ""), written, _after(line, mark.end()))


def _plain(line: str, floor: int, equals: int) -> Step | None:
    left = _left(line[floor:equals], floor)
    stated = _STATED.match(line, equals + 1)
    rest = line[stated.end() :].lstrip() if stated else ""
    if left is None:
        return _defined(line, equals)
    if stated is None or rest[:1] in tuple("*/×÷+(") or re.match(r"x\s*[\d$(]|[-–]\s*[$\d(]", rest):
        return None
    value = exact(stated["number"])
    if stated["percent"]:
        value /= 100
    tree, start = left
    if not _agrees(tree, value):
        return None
    before, written = line[:start].replace("\0", ""), line[start : stated.end()]
    return Step(tree, value, before, written, line[stated.end() :].replace("\0", ""))


def _defined(line: str, equals: int) -> Step | None:
    """ "Total cost = 5 * 4", where no result follows."""
    right = re.match(r"[-+*/×÷x–().,$\d\s%]+", line[equals + 1 :])
    if right is None or line[equals + 1 + right.end() :].lstrip()[:1] in ("=", "\0"):
        return None
    tree = parse(right.group().strip(" .,"))
    if not isinstance(tree, Operation):
        return None
    value = evaluate(tree)
    after = line[equals + 1 + right.end() :].replace("\0", "")
    before = line[:equals].replace("\0", "")
    return None if value is None else Step(tree, value, before, right.group(), after)


def _after(line: str, end: int) -> str:
    stated = _STATED.match(line, end)
    return line[stated.end() if stated else end :].replace("\0", "")


def _number(text: str) -> Fraction | None:
    tree = parse(text)
    return evaluate(tree) if tree is not None else None


def _agrees(tree: Expression, value: Fraction, *, loose: bool = False) -> bool:
    """Whether ``tree`` comes to ``value``, as precisely as ``value`` is stated."""
    computed = evaluate(tree)
    if computed is None:
        return False
    if computed == value:
        return True
    slack = Fraction(1) if loose else Fraction(1, 2)
    for digits in range(0 if loose else 1, 5):
        if (value * 10**digits).denominator == 1:
            return bool(abs(computed - value) <= slack / 10**digits)
    return False


def _left(text: str, offset: int) -> tuple[Expression, int] | None:
    """The longest expression that ``text`` ends in, unit words skipped, and where it starts."""
    pieces = list(_PIECE.finditer(text, max(0, len(text) - 120)))
    kept: list[tuple[str, int]] = []  # from right to left
    at = len(pieces) - 1
    while at >= 0:
        piece = pieces[at]
        if piece["number"] or piece["sign"]:
            kept.append(((piece["number"] or piece["sign"]), piece.start()))
        elif piece["word"] in ("x", "X") and kept and at > 0 and _operand(pieces[at - 1]):
            kept.append(("*", piece.start()))
        elif piece["word"]:
            back = _unit(pieces, at)
            if back is None or (kept and kept[-1][0] not in "+-*/×÷–−)"):
                break
            at = back
            continue
        else:
            break
        at -= 1
    kept.reverse()
    for first in range(len(kept)):
        if kept[first][0] in "+*/×÷–−)]^":
            continue
        tree = parse(" ".join(token for token, _ in kept[first:]))
        if isinstance(tree, Operation):
            return tree, kept[first][1] + offset
    return None


def _operand(piece: re.Match[str]) -> bool:
    return bool(piece["number"] or piece["word"] or piece["sign"] in (")", "]"))


def _unit(pieces: list[re.Match[str]], at: int) -> int | None:
    """The index of the number that the words up to ``at`` are the unit of."""
    for back in range(at - 1, max(at - 5, -1), -1):
        piece = pieces[back]
        if piece["number"] or piece["sign"] == ")":
            return back
        if not piece["word"]:
            return None
    return None


# ---------------------------------------------------------------------------- unknowns

_SIDE = r"(?:[-+*/×÷–().$\d\s%]|(?<![A-Za-z])[A-Za-z](?![A-Za-z]))+"
_TERM = re.compile(rf"(?<![=\w]){_SIDE}(?!=)")
_EQUATION = re.compile(rf"({_SIDE})=({_SIDE})")


def _solved(
    left: Expression | None, right: Expression | None
) -> tuple[str, Expression | None, Fraction]:
    """The one unknown of an equation, its solution and value; ``x = 15`` states a result only."""
    nothing = "", None, Fraction(0)
    if left is None or right is None or isinstance(left, Unknown) or isinstance(right, Unknown):
        return nothing
    found = {
        leaf.name for side in (left, right) for leaf in leaves(side) if isinstance(leaf, Unknown)
    }
    if len(found) != 1:
        return nothing
    name = found.pop()
    tree = solve(left, right, name)
    value = evaluate(tree) if tree is not None else None
    return nothing if tree is None or value is None else (name, tree, value)


_LET = re.compile(
    r"\b(?:[Ll]et(?:'s|’s)?\s+(?:say\s+|call\s+)?)?[\"“]?(?P<letter>[A-Za-z])[\"”]?\s*"
    r"(?:=|be|is|represents?|equals?|stands?\s+for|denotes?|as)\s+(?:equal\s+(?:to\s+)?)?(?P<what>[A-Za-z][^.,=\n]{4,80})"
)
_IS = re.compile(
    r"(?:^|[.,]\s+)(?P<what>[A-Za-z][^.,=\n]{6,60}?)\s+(?:is|be|by|as)\s+(?P<letter>[A-Za-z])(?=[.,\s]|$)"
)


def _described(solution: str) -> dict[str, str]:
    """What the text says its unknowns are: "Let x be the number of cookies"."""
    names: dict[str, str] = {}
    for pattern in (_LET, _IS):
        for match in pattern.finditer(solution):
            letter = match["letter"]
            if letter not in ("a", "A", "I") and letter not in names:
                names[letter] = match["what"]
    return names


def _side(text: str, *, last: bool) -> Expression | None:
    # "100 g" ends in a unit, "5x" in an unknown.
    words = text.split() if last else re.sub(r"(?<=\d)\s+[A-Za-z]\s*$", "", text).split()
    for cut in range(len(words)):
        part = " ".join(words[cut:] if last else words[: len(words) - cut]).strip(" .")
        tree = parse(part, unknowns=True)
        if tree is not None:
            return tree
    return None


def numbers(solution: str) -> frozenset[Fraction]:
    """The numbers that a worked solution names; "20%" as 20 and as 1/5."""
    found: set[Fraction] = set()
    for match in re.finditer(r"(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<percent>\s?%)?", solution):
        value = exact(match["number"])
        found.add(value)
        if match["percent"]:
            found.add(value / 100)
    return frozenset(found)
