# ruff: noqa: SIM905 (lists of words read better as text)
"""Slots: what a question's numbers and people are called while a small student works on it.

A model of a million weights cannot copy names and numbers that it has never seen, but it can copy
one piece of its vocabulary. So prompt and target share slots, and the real text comes back before
anybody reads it or runs it::

    Mia had 12 stamps and gave three to Leo.    P1 had n1 stamps and gave N2 to P2.
    mia_stamps = 12 - 3                         p1_stamps = n1 - n2

``n1`` is the first quantity as Python writes it, ``N1`` as the question does (``three``,
``1,200``); ``P1`` is the first person, ``p1`` the same in lower case. One number, or one name, has
one slot wherever it stands, so that the value decides and not the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NUMBERS = 12
NAMES = 6
#: Every slot there is, for a tokenizer to hold. What is beyond keeps its own text.
PIECES: tuple[str, ...] = (
    *(f"{kind}{number}" for kind in "nN" for number in range(1, NUMBERS + 1)),
    *(f"{kind}{number}" for kind in "Pp" for number in range(1, NAMES + 1)),
)

_SLOT = re.compile(r"(?<![^\W_])[nNpP][1-9][0-9]?(?![0-9])")

_UNIT_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {"one": 1, **{word: value for value, word in enumerate(_UNIT_WORDS, 2)}}
_VALUES |= {word: 10 * value for value, word in enumerate(_TEN_WORDS, 2)}
# "one" and "hundred" alone are left out: "one of them" and "a hundred" are no quantities to copy.
_WRITTEN = (
    rf"(?i:(?:{'|'.join(_TEN_WORDS)})(?:-(?:one|{'|'.join(_UNIT_WORDS[:8])}))?"
    rf"|{'|'.join(reversed(_UNIT_WORDS))})"
)
_NUMERAL = r"(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?|\.[0-9]++"
_TOKEN = re.compile(
    rf"(?<![^\W_])(?:(?P<numeral>{_NUMERAL})(?!,?[0-9]|(?:st|nd|rd|th)(?![^\W_]))"
    rf"|(?P<written>{_WRITTEN})(?![^\W_])|(?P<word>[^\W\d_]++)(?!\d))"
)
_SENTENCE_ENDS = frozenset('.?!:;"“”\n')

# Words that are capitalised and no names: what sentences begin with, days, months and titles.
_NO_NAMES = frozenset(
    """
    a about above after afterwards again all also altogether although an and another any are as
    assume assuming at because before below besides between both but by calculate can compute
    consider count currently day days did do does dollars double during each eight either eleven
    enough estimate even eventually every everybody everyone everything exactly except far few fewer
    fifty fifteen finally find first five for forty four from give given had half has have he hence
    her here hers him his hour hours how however hundred i if in including initially inside instead
    is it its just last later latest less let long look lots many meanwhile minutes money more most
    mr mrs ms dr much my name neither next nine no nobody none not nothing now of off often on once
    one only or originally other others our out outside over part people per problem question rather
    round seven several she show similarly since six sixteen so solve some someone something
    sometimes soon still students such suddenly suppose supposing ten than that the their them then
    there therefore these they thirty this those though three through thus tickets to today together
    tomorrow tonight total twelve twenty twice two under unfortunately unless until usually
    was we week weeks were what when where whereas whether which while who whoever whole whom whose
    why will with within without work write year years yesterday yet you your
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    customers guests workers children kids boys girls visitors passengers birds cars boxes
    """.split()
)


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one question; make them with :meth:`of`.

    ``unmask(mask(text)) == text`` for every text in which no word looks like a slot, and for the
    question itself whatever it holds. Not guaranteed: that each capitalised word is a person (a
    city gets a slot too, a name written in small letters gets none), or that equal numbers mean
    the same thing.
    """

    slots: Mapping[str, str]  # text -> slot
    texts: Mapping[str, str]  # slot -> text

    @classmethod
    def of(cls, question: str) -> Slots:
        """The slots of ``question``, numbered in order of appearance."""
        # A word of the question that looks like a slot stays a word, so its number is not given.
        taken = {int(word[1:]) for word in _SLOT.findall(question)}
        slots = _number_slots(question, taken) | _name_slots(question, taken)
        return cls(slots, {slot: text for text, slot in slots.items()})

    def mask(self, text: str) -> str:
        """``text`` with slots for the numbers and names of the question."""
        return _TOKEN.sub(lambda found: self.slots.get(found[0], found[0]), text)

    def unmask(self, text: str) -> str:
        """``text`` with numbers and names for the slots; a slot that the question lacks stays."""
        return _SLOT.sub(lambda found: self.texts.get(found[0], found[0]), text)


def _number_slots(question: str, taken: set[int]) -> dict[str, str]:
    slots: dict[str, str] = {}
    numbers: dict[str, int] = {}  # value -> number of its slots
    free = (number for number in range(1, NUMBERS + 1) if number not in taken)
    for text, value in _quantities(question):
        known = numbers.get(value)
        if text in slots:
            continue
        if known is None or f"N{known}" in slots.values():  # "Three" after "three"
            known = next(free, None)
        if known is None:
            break
        numbers.setdefault(value, known)
        slots.setdefault(value, f"n{known}")
        slots.setdefault(text, f"N{known}")
    return slots


def _quantities(question: str) -> Iterator[tuple[str, str]]:
    """Each quantity as written, and its value as Python writes it."""
    for found in _TOKEN.finditer(question):
        text = found[0]
        if found["numeral"]:
            yield text, _canonical(text)
        elif found["written"]:
            yield text, str(sum(_VALUES[word] for word in text.lower().split("-")))


def _canonical(numeral: str) -> str:
    whole, point, decimals = numeral.replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (point + decimals if decimals else "")


def _name_slots(question: str, taken: set[int]) -> dict[str, str]:
    free = (number for number in range(1, NAMES + 1) if number not in taken)
    slots: dict[str, str] = {}
    for name, number in zip(_names(question), free, strict=False):
        slots |= {name: f"P{number}", name.lower(): f"p{number}"}
    return slots


def _names(question: str) -> list[str]:
    """Capitalised words that are no ordinary ones, each once, in order."""
    words = [found for found in _TOKEN.finditer(question) if found["word"]]
    spoken = {found[0] for found in words}
    names: dict[str, bool] = {}  # every candidate, and whether the capital is not the sentence's
    for found in words:
        word = found[0]
        if len(word) > 1 and word.istitle() and word.lower() not in _NO_NAMES:
            before = question[: found.start()].rstrip(" ")[-1:]
            inside = before not in _SENTENCE_ENDS and before != ""
            names[word] = names.get(word, False) or inside
    return [name for name, inside in names.items() if inside or name.lower() not in spoken]
