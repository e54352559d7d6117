"""A calculator for chains of thought: what an equation comes to is computed, not guessed.

While a student writes ``48/2 =``, the number that follows is spelled out for it, piece by piece, in
whatever pieces its tokenizer has::

    She sold 48/2 = 24 clips in May.        plain, with a space or a currency sign or without
    She sold 48/2 = <<48/2=24>>24 clips.    as GSM8K annotates: both numbers are computed

The student alone decides where an equation stands, how it is written and what goes on behind it:
only the likelihood that it gives to *any* number goes to the right one. What is left of the sign is
read and computed as the error analysis does it (:mod:`kpdd_cli.diagnosis`), exactly; what cannot be
read so is left to the student.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from kpdd_cli import diagnosis
from kpdd_cli.students.codec import Codec

_DECIMALS = 6  # of what has no end; exact results are written out, as long as they have no more
_LONGEST = 15  # characters of a result: beyond, it is no amount
_NEAR = 24  # the pieces behind "=" in which its result may still be under way

# The end of a text in which a result is due or being written; ">>" ends GSM8K's annotation.
_DUE = re.compile(
    r"(?P<left>[^=\n]*)=(?:(?P<noted>[^=\n<>]*)>>)?(?P<gap>[ \t]*[$£€]?[ \t]*)"
    r"(?P<written>-?[0-9.,]*%?)\Z"
)
_BEGINS = re.compile(r"(?P<gap> *\$? ?)(?:-?\.?[0-9][0-9.,]*%?|-)")
_SPELLS = re.compile(r" *\$?|(?: *\$? ?)-?[0-9.]*%?")
_PERCENTS = re.compile(r"[-+()\s]*(?:[0-9.,]+\s?%[-+()\s]*)+")
_SLOT = re.compile(r" ?[nN][1-9][0-9]?")
_GLUED = re.compile(r"( ?=) ?[nN][1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Rule:
    """What may come next: ``only`` this id, or else anything but the ``banned``.

    ``moved``: an id, and those whose likelihood it gets in addition to its own.
    """

    only: int | None = None
    moved: tuple[tuple[int, Sequence[int]], ...] = ()
    banned: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The pieces that numbers are made of."""

    spells: dict[str, int]  # text -> id: what a number, and what stands before it, is spelled with
    begins: dict[str, list[int]]  # what stands before a number -> the ids that begin one after it
    goes_on: list[int]  # ids that begin with a digit, and so would lengthen a number
    points: list[int]  # ids that begin with a point or comma and a digit
    percents: list[int]
    equals: frozenset[int]
    slots: dict[str, int]  # a number's slot -> its id
    glued: tuple[tuple[int, Sequence[int]], ...]  # an equals sign, and with a number's slot


@lru_cache(maxsize=4)
def _vocabulary(tokenizer: Any) -> _Vocabulary:
    spells: dict[str, int] = {}
    begins: dict[str, list[int]] = {}
    slots: dict[str, int] = {}
    goes_on, points, percents, equals = [], [], [], []
    glued: dict[str, list[int]] = {}
    texts = {piece.translate(_SPACES): token for piece, token in tokenizer.get_vocab().items()}
    for text, token in texts.items():
        if "=" in text:
            equals.append(token)
            if found := _GLUED.fullmatch(text):
                glued.setdefault(found[1], []).append(token)
        if found := _BEGINS.fullmatch(text):
            begins.setdefault(found["gap"], []).append(token)
        if text and _SPELLS.fullmatch(text):
            spells[text] = token
        if _SLOT.fullmatch(text):
            slots[text] = token
        if re.match(r"[0-9]", text):
            goes_on.append(token)
        if re.match(r"[.,][0-9]", text):
            points.append(token)
        if text.startswith("%"):
            percents.append(token)
    return _Vocabulary(
        spells,
        begins,
        goes_on,
        points,
        percents,
        frozenset(equals),
        slots,
        tuple((texts[sign], ids) for sign, ids in glued.items() if sign in texts),
    )


# How SentencePiece and byte-level tokenizers show a space.
_SPACES = {ord("▁"): " ", ord("Ġ"): " "}


@dataclass(frozen=True, slots=True)
class Calculator:
    """The calculator beside one text. ``read`` makes what was written so far the text it stands
    for: where a student writes slots, its numbers are read out of them.
    """

    codec: Codec
    read: Callable[[str], str] | None = None

    @property
    def _pieces(self) -> _Vocabulary:
        return _vocabulary(self.codec.tokenizer)

    def rule(self, written: Sequence[int]) -> Rule | None:
        """What may follow the ids ``written``; None: anything."""
        glued = self._pieces.glued if self.read is not None else ()
        if not self._pieces.equals.isdisjoint(written[-_NEAR:]):
            found = self._due(self._text(written))
            if found is not None:
                return found
        return Rule(moved=glued) if glued else None

    def _text(self, written: Sequence[int]) -> str:
        text = self.codec.text(written)
        return text if self.read is None else self.read(text)

    def _due(self, text: str) -> Rule | None:
        due = _DUE.search(text)
        result = None if due is None else _result(due["left"])
        if due is None or result is None or (due["noted"] or result) != result:
            return None
        begun = due["written"]
        if begun and begun.rstrip(".,") == result:
            return self._ended(is_bare=begun == result)
        if not result.startswith(begun):
            return None
        if begun:
            return Rule(only=self._next(result[len(begun) :]))
        return self._begun(result, text)

    def _begun(self, result: str, text: str) -> Rule:
        """No digit stands yet: the student may go on otherwise, but with no other number."""
        moved, banned = [], []
        for gap, tokens in self._pieces.begins.items():
            # Where no piece has both, what stands before the number is left out.
            right = self._next(gap + result, beyond=len(gap)) or self._next(result)
            if right is None:
                banned += tokens
            else:
                moved.append((right, [token for token in tokens if token != right]))
        if self.read is not None and (digit := self._next(result)) is not None:
            moved.append((digit, self._wrong_slots(result, text)))
        return Rule(moved=tuple(moved), banned=banned)

    def _wrong_slots(self, result: str, text: str) -> list[int]:
        """The slots of numbers other than the result."""
        assert self.read is not None
        return [
            token for slot, token in self._pieces.slots.items() if self.read(slot).strip() != result
        ]

    def _ended(self, *, is_bare: bool) -> Rule:
        """The number stands: nothing may lengthen it. ``is_bare``: no point or comma follows it."""
        pieces = self._pieces
        return Rule(banned=pieces.goes_on + (pieces.points + pieces.percents if is_bare else []))

    def _next(self, text: str, *, beyond: int = 0) -> int | None:
        """The longest piece that ``text`` begins with, of more than ``beyond`` characters."""
        spells = self._pieces.spells
        lengths = range(len(text), beyond, -1)
        return next((spells[text[:size]] for size in lengths if text[:size] in spells), None)


def _result(left: str) -> str | None:
    """What the operations that ``left`` ends in come to, as texts write it; None: it has none."""
    found = diagnosis.evaluated(left)
    if found is None:
        return None
    value, expression = found
    written = f"{_written(value * 100)}%" if _PERCENTS.fullmatch(expression) else _written(value)
    return written if len(written) <= _LONGEST else None


def _written(value: Fraction) -> str:
    whole, part = divmod(round(abs(value) * 10**_DECIMALS), 10**_DECIMALS)
    decimals = f"{part:0{_DECIMALS}}".rstrip("0")
    return f"{'-' if value < 0 and (whole or part) else ''}{whole}{'.' if part else ''}{decimals}"
