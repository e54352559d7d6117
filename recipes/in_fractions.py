"""Problems of measures told again with fractions: ``3 km`` becomes ``3/4 of a km``.

Older pupils' books are full of them, ``recipes/schoolbook`` is not. The words stay, and so does the
order of the amounts; what is counted (``5 bottles``) stays whole.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any

from kpdd_cli.teachers.gold.expressions import evaluate, parse

_UNITS = (
    "kms? kilometers? kilometres? miles? meters? metres? m yards? feet foot inch(?:es)? liters? "
    "litres? l gallons? quarts? pints? cups? kg kilos? kilograms? pounds? ounces? tons? tonnes? "
    "hours? acres? hectares? teaspoons? tablespoons? spoonfuls? buckets? bucketfuls? "
    "cupfuls? glassfuls? pies? cakes? pizzas? loaves loaf"
)
_NUMBER = re.compile(
    r"(?<![\w.,$/])(?P<digits>\d+(?:\.\d+)?)(?![\w.,/%]*\d)"
    rf"(?P<measure> (?:{'|'.join(_UNITS.split())})\b)?"
)
_TWICE = re.compile(r"\b(?:twice|double[ds]?|half|halves|halved)\b", re.IGNORECASE)
_OPERAND = re.compile(r"\d+(?:\.\d+)?")
_DENOMINATORS = (2, 2, 3, 3, 4, 4, 5, 5, 6, 8, 8, 10, 12)
#: So many amounts have a whole part: ``2 1/2``.
_MIXED = 0.2
_TRIES = 20


def told_in_fractions(row: dict[str, Any], random: Random) -> dict[str, Any] | None:
    """``row`` with fractions for its measured amounts; None where that does not go.

    It does not where an equation has a number that the question does not tell once in digits, or
    rounds, or adds measures to what is told without one, or where no choice of fractions leaves
    all results above zero.
    """
    found = list(_NUMBER.finditer(row["question"]))
    counts = Counter(one["digits"] for one in found)
    measured = sorted({one["digits"] for one in found if one["measure"]}, key=Fraction)
    if not measured or max(counts.values()) > 1:
        return None
    if "2" in measured and _TWICE.search(row["question"]):
        return None  # which of the two an equation's 2 is, nobody knows
    for _ in range(_TRIES):
        fractions = dict(zip(measured, _rising(len(measured), random), strict=True))
        equation = _rewritten(row["solution"], counts, fractions)
        if equation:
            break
    else:
        return None
    of_a = random.random() < 0.3
    question = _NUMBER.sub(lambda one: _told(one, fractions, of_a=of_a), row["question"])
    return {
        **row,
        "question": question,
        "solution": f"<<{equation}>>",
        "answer": equation.rpartition("=")[2],
    }


def _rising(count: int, random: Random) -> list[Fraction]:
    drawn = set[Fraction]()
    while len(drawn) < count:
        below = random.choice(_DENOMINATORS)
        whole = random.randint(1, 9) if random.random() < _MIXED else 0
        drawn.add(whole + Fraction(random.randint(1, below - 1), below))
    return sorted(drawn)


def _rewritten(solution: str, given: Counter[str], fractions: dict[str, Fraction]) -> str:
    """The last equation, with all before it put in; empty where that cannot be."""
    known = {digits: _written(value, "({}+{})") for digits, value in fractions.items()}
    known |= {digits: digits for digits in given if digits not in known}
    used = False
    for line in re.findall("<<(.*?)>>", solution):
        left, _, right = line.rpartition("=")
        operands = _OPERAND.findall(left)
        if re.search("[a-z]", left) or any(one not in known for one in operands):
            return ""
        told = {one in fractions for one in operands if one in given}
        if re.search("[-+]", left) and len(told) == 2:
            return ""
        used = used or any(one in fractions for one in operands)
        written = _with(known, left)
        tree = parse(written)
        value = None if tree is None else evaluate(tree)
        if value is None or value <= 0 or right in known:
            return ""
        known[right] = f"({written})"
    return f"{written}={value}" if used else ""


def _written(value: Fraction, mixed: str) -> str:
    whole, rest = divmod(value, 1)
    proper = f"{rest.numerator}/{rest.denominator}"
    return mixed.format(whole, proper) if whole else proper


def _with(known: dict[str, str], left: str) -> str:
    """``left`` with what is known of each number; of a fraction that divides all in parentheses."""

    def placed(operand: re.Match[str]) -> str:
        text = known[operand[0]]
        return f"({text})" if "/" in left and "/" in text and text[0] != "(" else text

    return _OPERAND.sub(placed, left)


def _told(number: re.Match[str], fractions: dict[str, Fraction], *, of_a: bool) -> str:
    value = fractions.get(number["digits"])
    if value is None or not number["measure"]:
        return number[0]
    unit = number["measure"].strip()
    written = _written(value, "{} {}")
    if not of_a or unit == "m" or value > 1:
        return f"{written} {unit}"
    single = {"feet": "foot", "inches": "inch", "loaves": "loaf"}.get(unit, unit.removesuffix("s"))
    return f"{written} of {'an' if single[0] in 'aeiou' or single == 'hour' else 'a'} {single}"
