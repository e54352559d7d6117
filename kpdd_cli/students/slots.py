# ruff: noqa: SIM905 (lists of words read better as text)
"""Slots: what a question's numbers, people and things are called while a small student works.

A model of a million weights cannot copy words and numbers that it has never seen, but it can copy
one piece of its vocabulary. So prompt and target share slots, and the real text comes back before
anybody reads it or runs it::

    Mia had 12 stamps and gave three to Leo.    P1 had n1 w1 and gave N2 to P2.
    mia_stamps = 12 - 3                         p1_w1 = n1 - n2

``n1`` is the first number as Python writes it, ``N1`` as the question does (``three``, ``1,200``).
``P1`` is the first person, ``p1`` the same in small letters. ``w1`` is the first word
that is not an everyday one, ``v1`` its singular or plural, ``W1`` and ``V1`` the same with a
capital. A number has a slot in each place, a name or a word one wherever it stands.

Larger things have labels: in programs ``x1`` refers to the first assignment
(:mod:`kpdd_cli.students.references`), in key points ``s1`` to the first sentence and ``q1`` to the
question (:mod:`kpdd_cli.students.statements`). A last line of the prompt tells what slots hide of
numbers, as far as it matters (:mod:`kpdd_cli.students.sizes`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kpdd_cli.students import everyday, references, sizes, statements
from kpdd_cli.students.statements import Statements

NUMBERS = 12
NAMES = 6
WORDS = 16
#: Every slot there is, for a tokenizer to hold. What is beyond keeps its own text.
PIECES: tuple[str, ...] = (
    *(f"{kind}{number}" for kind in "nN" for number in range(1, NUMBERS + 1)),
    *(f"{kind}{number}" for kind in "Pp" for number in range(1, NAMES + 1)),
    *(f"{kind}{number}" for kind in "wWvV" for number in range(1, WORDS + 1)),
    *references.PIECES,
    *(f"s{number}" for number in range(1, statements.MOST + 1)),
    "q1",
)

#: What a slot looks like, wherever it stands.
PATTERN = r"(?:[nNpPwWvVxsq][1-9][0-9]?|x0)(?![0-9])"

_SLOT = re.compile(rf"(?<![^\W_]){PATTERN}")

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


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one question; make them with :meth:`of`.

    ``unmask(mask(text)) == text`` for every text in which no word looks like a slot and which does
    not hold the question (that is for the student to read, taken apart). Not guaranteed: that
    ``P`` is a person (a city is ``P`` too, a name in small letters ``w``), or that equal numbers
    mean the same thing.
    """

    slots: Mapping[str, tuple[str, ...]]  # text -> its slots; several where a number is repeated
    texts: Mapping[str, str]  # slot -> text
    statements: Statements

    @classmethod
    def of(cls, question: str) -> Slots:
        """The slots of ``question``, numbered in order of appearance."""
        # A word of the question that looks like a slot stays a word, so its number is not given.
        taken = {int(word[1:]) for word in _SLOT.findall(question)}
        texts = _number_slots(question, taken) | _word_slots(question, taken)
        slots: dict[str, tuple[str, ...]] = {}
        for slot, text in texts.items():
            slots[text] = (*slots.get(text, ()), slot)
        return cls(slots, texts, Statements.of(question))

    def mask(self, text: str) -> str:
        """``text`` with slots for what it shares with the question.

        A number that the question repeats is taken to come in the question's order, in what the
        text says and again in its program.
        """
        told, computed = Counter[str](), Counter[str]()
        lines = self.statements.write(text).split("\n")
        masked = [self._masked(x, computed if references.assigns(x) else told) for x in lines]
        return references.write("\n".join(masked))

    def _masked(self, line: str, met: Counter[str]) -> str:
        def slot(found: re.Match[str]) -> str:
            slots = self.slots.get(found[0])
            if slots is None:
                return found[0]
            met[found[0]] += 1
            return slots[(met[found[0]] - 1) % len(slots)]

        return _TOKEN.sub(slot, line)

    def prompt(self, text: str) -> str:
        """As :meth:`mask`, for a student to read: with a line on how the question's numbers compare
        (:mod:`kpdd_cli.students.sizes`).
        """
        numbers = {slot: value for slot, value in self.texts.items() if slot[0] == "n"}
        return "\n".join(filter(None, [self.mask(text), sizes.line(numbers)]))

    def unmask(self, text: str) -> str:
        """``text`` with everything back in its place; a slot that the question lacks stays."""
        text = references.read(text)
        text = _SLOT.sub(lambda found: self.texts.get(found[0], found[0]), text)
        return self.statements.read(text)


def _number_slots(question: str, taken: set[int]) -> dict[str, str]:
    free = (number for number in range(1, NUMBERS + 1) if number not in taken)
    texts: dict[str, str] = {}
    for (text, value), number in zip(_quantities(question), free, strict=False):
        texts[f"n{number}"] = value
        if text != value:
            texts[f"N{number}"] = text
    return texts


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


def _word_slots(question: str, taken: set[int]) -> dict[str, str]:
    names, words = _unknown_words(question)
    texts: dict[str, str] = {}
    for word, number in _numbered(names, NAMES, taken):
        texts |= {f"p{number}": word, f"P{number}": word.capitalize()}
    pairs = _paired(words)
    for word, number in _numbered(pairs, WORDS, taken):
        texts |= {f"w{number}": word, f"W{number}": word.capitalize()}
    for word, number in _numbered(pairs, WORDS, taken):
        if (other := pairs[word] or _other_number(word)) not in texts.values():
            texts |= {f"v{number}": other, f"V{number}": other.capitalize()}
    return texts


def _paired(words: Iterable[str]) -> dict[str, str | None]:
    """Each word, with its singular or plural where that comes after it."""
    pairs: dict[str, str | None] = {}
    firsts: dict[str, str] = {}  # by what the rule makes of them
    for word in words:
        other = _other_number(word)
        first = firsts.get(word, other)
        if first in pairs:
            pairs[first] = pairs[first] or word
        else:
            pairs[word] = None
            firsts.setdefault(other, word)
    return pairs


def _numbered(words: Iterable[str], most: int, taken: set[int]) -> Iterator[tuple[str, int]]:
    free = (number for number in range(1, most + 1) if number not in taken)
    return zip(words, free, strict=False)


def _other_number(noun: str) -> str:
    """``stamp`` for ``stamps`` and the reverse; a rule of thumb."""
    if not noun.endswith("s"):
        if re.search("[^aeiou]y$", noun):
            return f"{noun[:-1]}ies"
        return f"{noun}es" if noun.endswith(("x", "ch", "sh")) else f"{noun}s"
    if noun.endswith("ies") and noun not in ("cookies", "brownies", "pies", "ties", "movies"):
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("xes", "ches", "shes", "sses")) else noun[:-1]


def _unknown_words(question: str) -> tuple[list[str], list[str]]:
    """Names and other words that are not everyday ones, each once, in order, in small letters.

    A name has a capital wherever it stands, and is not the beginning of a sentence alone unless
    nothing speaks against it.
    """
    found = [match[0] for match in _TOKEN.finditer(question) if match["word"]]
    unknown = [
        word
        for word in found
        if word.lower() not in everyday.WORDS and word in (word.lower(), word.capitalize())
    ]
    small = {word for word in unknown if word.islower()}
    names = [word.lower() for word in unknown if word.lower() not in small]
    words = [word.lower() for word in unknown if word.lower() in small]
    return list(dict.fromkeys(names)), list(dict.fromkeys(words))
