"""Read a worked solution: the calculator marks, and the equations written without one.

A solution's line reads ``Natalia sold 48/2 = <<48/2=24>>24 clips in May.`` A mark is the
publisher's own annotation and is trusted; an equation in plain text counts where it holds, that
is where its left side comes to what its right side states.
"""

from __future__ import annotations

import re
from fractions import Fraction

from kpdd_cli.teachers.gold.expressions import (
    Expression,
    Number,
    Operation,
    Unknown,
    evaluate,
    leaves,
    parse,
)
from kpdd_cli.teachers.gold.linear import solve
from kpdd_cli.teachers.gold.steps import Step

MARK = re.compile(r"<<([^<>]*)>>")
_STATED = re.compile(
    r"\s*(?:is\s+)?[-–−]?\s?[$£€]?\s?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<percent>\s?%)?"
)
_WORD = r"[A-Za-z°][\w'’/°-]*\.?"
_PIECE = re.compile(
    rf"[$£€]?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?|\.\d+%?)"
    rf"|(?P<sign>[-+*/×÷–−()\[\]^])|(?P<word>{_WORD})|(?P<other>[^\s$£€])"
)


def unmarked(solution: str) -> str:
    """A worked solution as people read it, without its calculator marks."""
    return MARK.sub("", solution)


def read(solution: str, *, algebra: bool = False) -> list[Step]:
    """The computations of ``solution`` in order; with ``algebra``, also equations with an unknown."""
    steps: list[Step] = []
    for line in solution.splitlines():
        found = _line(line)
        if algebra:
            found.extend(_unknowns(line, steps))
        steps.extend(step for _, step in sorted(found, key=lambda pair: pair[0]))
    return steps


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
    if isinstance(tree, Number):
        # A mark such as <<27=27>> computes nothing: the text before it may ("because 287 - 260 =").
        if left is None or not _agrees(left[0], value):
            return None
        tree = left[0]
    elif (exact := evaluate(tree)) is None or not _agrees(tree, value, loose=True):
        if left is None or not _agrees(left[0], value):
            value = exact if exact is not None else value
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
    value = Fraction(stated["number"].replace(",", ""))
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
    exact = evaluate(tree)
    if exact is None:
        return False
    if exact == value:
        return True
    slack = Fraction(1) if loose else Fraction(1, 2)
    for digits in range(0 if loose else 1, 5):
        if (value * 10**digits).denominator == 1:
            return abs(exact - value) <= slack / 10**digits
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
    return bool(piece["number"]) or piece["sign"] in (")", "]") or bool(piece["word"])


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
_EQUATION = re.compile(rf"({_SIDE})=({_SIDE})")


def _unknowns(line: str, earlier: list[Step]) -> list[tuple[int, Step]]:
    """The first equation with one unknown that ``line`` writes, solved."""
    bare = MARK.sub("", line)
    for match in _EQUATION.finditer(bare):
        left = _side(match.group(1), last=True)
        right = _side(match.group(2), last=False)
        if left is None or right is None:
            continue
        names = {
            leaf.name
            for side in (left, right)
            for leaf in leaves(side)
            if isinstance(leaf, Unknown)
        }
        if len(names) != 1 or isinstance(left, Unknown) or isinstance(right, Unknown):
            continue
        tree = solve(left, right, names.pop())
        value = evaluate(tree) if tree is not None else None
        if tree is None or value is None or value < 0 or any(s.value == value for s in earlier):
            continue
        return [(match.start(), Step(tree, value, bare[: match.start()]))]
    return []


def _side(text: str, *, last: bool) -> Expression | None:
    words = text.split()
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
        value = Fraction(match["number"].replace(",", ""))
        found.add(value)
        if match["percent"]:
            found.add(value / 100)
    return frozenset(found)
