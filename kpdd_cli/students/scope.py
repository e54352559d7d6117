# ruff: noqa: SIM905 (lists of words read better as text)
"""What a small student was made for, and what it says "not sure" to.

A model of a few million weights writes some program for every text. These checks know nothing of
it: they read the question, and turn away what no word problem in English is. What is not
guaranteed: that a question which passes can be solved.
"""

from __future__ import annotations

import re

from kpdd_cli import keypoints
from kpdd_cli.students import everyday, slots

#: Fewer English words than this share of its small words, and a text is taken for another language.
_ENGLISH = 0.3
_FEW_WORDS = 6

# The words that nearly every English sentence has and other languages do not share.
_TELLING = frozenset(
    "the a an of to and how many much what is are was were does did do has have had he she they it "
    "his her their its each every with for from if there this that by on at left find more than "
    "some all which who when be been will would can get gets got you your we you're one".split()
)
_ASKS = re.compile(
    r"\?|\b(how|what|find|calculate|compute|determine|which|when|who|tell|give|estimate)\b",
    re.IGNORECASE,
)
_ALGEBRA = re.compile(
    r"\b(solve for|equations?|polynomial|quadratic|derivative|integral|logarithm|matrix|sqrt"
    r"|inequality|simplify|factori[sz]e)\b(?! problems)"
    r"|\b\d*[xyz](?:\s*[+*/^=²³]|\s+-\s)|[-+*/^=]\s*\d*[xyz]\b|[√∫∑π≤≥]|\bf\(",
    re.IGNORECASE,
)


def why_not(question: str) -> str | None:
    """Why a small student should not be asked this, in one line; None where it may be."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", question)]
    if _ALGEBRA.search(question):
        return "it looks like algebra, and this student knows word problems with numbers only"
    if not words:
        return "it has no words"
    if _is_foreign(words):
        return "it does not look like English, and this student knows no other language"
    if not keypoints.quantities(question) and not re.search(r"\d", question):
        return "it names no number to compute with"
    if not _ASKS.search(question):
        return "it asks nothing; end it with a question"
    count = sum(1 for _ in re.finditer(r"\d+(?:[.,]\d+)*", question))
    if count > slots.NUMBERS:
        return f"it has {count} numbers, and this student can tell {slots.NUMBERS} apart"
    return None


def _is_foreign(words: list[str]) -> bool:
    telling = sum(word in _TELLING for word in words)
    known = sum(word in everyday.WORDS for word in words)
    if len(words) < _FEW_WORDS:
        return known / len(words) < 0.4
    return telling / len(words) < _ENGLISH / 3 or known / len(words) < _ENGLISH
