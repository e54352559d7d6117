"""How the numbers of a question compare, for a student that reads slots in their place.

``n1`` and ``n2`` hide what a reader would see at once: which is larger, by far or by little, and
whether one is so many times the other. "6 pieces each ... 48 pieces" asks to be divided, "6 pieces
each ... 8 pies" to be multiplied. So a line after the question says it::

    Some pies were cut into 6 pieces each, and that made 48 pieces. How many pies were there?
     n1< n2; n2/ n1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, pairwise, permutations

#: From this ratio on a number is larger by far.
FAR = 10
#: Sums and differences of two numbers are tried only where so many make them few.
_FEW = 3


def line(numbers: Mapping[str, str]) -> str:
    """What to know of ``numbers``, slot -> value: in ascending order, then each exact division.

    Empty for fewer than two. ``=`` is as large, ``<`` larger, ``<<`` ten times as large or more;
    ``n2/ n1`` says that the quotient is a whole number beyond one, ``n2- n1/ n3`` the same of a
    difference, with three numbers in all.
    """
    if len(numbers) < 2:
        return ""
    values = {slot: Fraction(value) for slot, value in numbers.items()}
    return ";".join([_ascending(values), *_divisions(values)])


def _ascending(values: Mapping[str, Fraction]) -> str:
    ranked = sorted(values, key=values.__getitem__)  # of equal ones the first stays first
    signs = [_sign(values[less], values[more]) for less, more in pairwise(ranked)]
    return "".join(f" {slot}{sign}" for slot, sign in zip(ranked, [*signs, ""], strict=True))


def _sign(less: Fraction, more: Fraction) -> str:
    if less == more:
        return "="
    return "<<" if more >= FAR * less else "<"


def _divisions(values: Mapping[str, Fraction]) -> Iterator[str]:
    for whole, part in permutations(values, 2):
        if _divides(values[part], values[whole]):
            yield f" {whole}/ {part}"
    if len(values) != _FEW:
        return
    for part in values:
        for pair in combinations([slot for slot in values if slot != part], 2):
            less, more = sorted(pair, key=values.__getitem__)
            if _divides(values[part], values[more] - values[less]):
                yield f" {more}- {less}/ {part}"
            if _divides(values[part], values[more] + values[less]):
                yield f" {more}+ {less}/ {part}"


def _divides(part: Fraction, whole: Fraction) -> bool:
    return 1 < part < whole and (whole / part).denominator == 1
