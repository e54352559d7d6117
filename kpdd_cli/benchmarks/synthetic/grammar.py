"""How a synthetic problem is told and solved: pieces chained into a story with a running value.

An *opening* introduces a quantity, each *change* alters it, and a *closing* asks for something that
follows from it. What a piece says and what it computes stand side by side, so a problem and its
worked solution cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from random import Random

from kpdd_cli.benchmarks.synthetic import wording, words
from kpdd_cli.benchmarks.synthetic.words import Person


class Unnatural(Exception):
    """The numbers drawn make no natural story (3.5 children, a negative rest); draw again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One move of a story.

    ``texts`` are ways to say it (a piece that only asks has none) and ``asks`` ways to put its
    question. ``draws`` names the numbers it mentions and their kind (``"a:some b:few"``, see
    :func:`_draw`). Each of ``steps`` computes one value and words it: ``"v=v-a|{hero} had {v}
    {things} left."``, where ``v`` is the running value of the story.
    """

    name: str
    texts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    draws: str = ""
    asks: tuple[str, ...] = ()
    after: str = ""

    @property
    def effect(self) -> str:
        """What it does to the running value: a ``loss`` or a ``gain``."""
        return "loss" if re.match("v=(v[-/]|a-)", self.steps[-1]) else "gain"


def scene(name: str, draws: str, told: str, *asked: tuple[str, ...]) -> tuple[Piece, ...]:
    """The same facts with each of several questions: a problem in one piece for each.

    Each of ``asked`` is a question and the steps of its answer; most leave some facts unused.
    """
    texts = (told,) if told else ()
    return tuple(
        Piece(f"{name} {number}", texts, tuple(steps), draws, (question,))
        for number, (question, *steps) in enumerate(asked, 1)
    )


@dataclass(frozen=True, slots=True)
class World:
    """A setting: what its stories are about and the pieces that make sense there.

    ``scenes`` fill the placeholders of the pieces; ``wholes`` are problems in one piece, and
    ``made`` makes such pieces by chance. ``money`` lets amounts of money have cents; no value
    exceeds ``most``.
    """

    name: str
    scenes: tuple[Mapping[str, str], ...]
    openings: tuple[Piece, ...] = ()
    changes: tuple[Piece, ...] = ()
    closings: tuple[Piece, ...] = ()
    wholes: tuple[Piece, ...] = ()
    asides: tuple[str, ...] = ()
    money: bool = False
    most: int = 100_000
    made: Callable[[Random], Piece] | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """Which pieces follow one another in which world."""

    world: World
    pieces: tuple[Piece, ...]

    @property
    def steps(self) -> int:
        """How many computations the worked solution has."""
        return sum(len(piece.steps) for piece in self.pieces)

    @property
    def natural(self) -> bool:
        """Whether each piece makes sense where it stands."""
        return all(
            not piece.after or (bool(before.steps) and before.effect == piece.after)
            for before, piece in pairwise(self.pieces)
        )

    @property
    def split(self) -> str:
        """The split that this composition belongs to.

        A long sequence belongs to one split in every world. A short one (there are few) belongs to
        one split in each world, so that training knows every piece.
        """
        sequence = "+".join(piece.name for piece in self.pieces)
        if len(self.pieces) == 1 and self.pieces[0] not in SHARED_WHOLES:
            return "train"
        return words.split_of(sequence if len(self.pieces) > 2 else f"{self.world.name}:{sequence}")


SHARED_WHOLES: list[Piece] = []  # wholes that several worlds have; pieces.py registers them


@dataclass(slots=True)
class Story:
    """A problem under construction."""

    random: Random
    split: str
    composition: Composition
    value: Fraction | None = None
    told: set[Fraction] = field(default_factory=set)  # the numbers that the story mentions
    constants: set[Fraction] = field(default_factory=set)  # those it implies: twice, a week
    sentences: list[str] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)  # what each ``[a|b]`` was read as
    hero: Person = field(init=False)
    scale: tuple[int, int] = field(init=False)
    written_out: float = field(init=False)

    @property
    def world(self) -> World:
        """Where the story takes place."""
        return self.composition.world

    def __post_init__(self) -> None:
        self.hero = words.person(self.random, self.split)
        friend = words.person(self.random, self.split, (self.hero,))
        third = words.person(self.random, self.split, (self.hero, friend))
        self.scale = self.random.choices(((3, 20), (10, 60), (40, 200), (150, 2500)), (4, 5, 2, 1))[
            0
        ]
        self.written_out = self.random.choices((0.0, 0.4, 1.0), (6, 3, 1))[0]
        kind, kind2 = self.random.choice(words.SORTS)
        box = self.random.choice(words.CONTAINERS)
        boxes = words.forms(box)[1]
        self.terms = {"friend": friend.name, "third": third.name, "kind": kind, "kind2": kind2}
        days = self.random.sample(words.DAYS, 3)
        self.terms |= dict(zip(("day", "day2", "day3"), days, strict=True))
        self.terms |= {"box": box, "boxes": boxes, **self.random.choice(self.world.scenes)}
        if nouns := self.terms.get("nouns"):
            self._choose_noun(nouns)
            for other, noun in enumerate(self.random.sample(nouns.split(), 2), 2):
                thing, things = words.forms(noun)
                if things == self.terms["things"]:
                    thing, things = f"other {thing}", f"other {things}"
                self.terms |= {f"thing{other}": thing, f"things{other}": things}

    def _choose_noun(self, nouns: str) -> None:
        draw = self.random.random()
        noun = (
            words.invented_thing(self.random) if draw < 0.04 else self.random.choice(nouns.split())
        )
        thing, things = words.forms(noun)
        sorted_anyway = any("{kind" in text for p in self.composition.pieces for text in p.texts)
        if draw > 0.85 and not sorted_anyway:
            adjective = self.random.choice(words.KINDS)
            thing, things = f"{adjective} {thing}", f"{adjective} {things}"
        elif draw > 0.7:
            first = wording.first_noun(self.random)
            thing, things = f"{first} {thing}", f"{first} {things}"
        self.terms |= {"thing": thing, "things": things}

    def tell(self, piece: Piece) -> None:
        """Add what ``piece`` says, and what it computes. Raises :class:`Unnatural`."""
        numbers = self._numbers(piece.draws)
        if piece.texts:
            told = self._fill(self.random.choice(piece.texts), numbers)
            self.sentences += re.split(r"(?<=[.?!]) ", told)
        if piece.asks:
            self._ask(self._fill(self.random.choice(piece.asks), numbers))
        values = dict(numbers) if self.value is None else {**numbers, "v": self.value}
        for step in piece.steps:
            self._compute(step, values)
        self.value = values["v"]

    def _ask(self, question: str) -> None:
        """Add a question, as the end of a condition (``If …,``) where one is open."""
        if self.sentences and self.sentences[-1].endswith(","):
            question = f"{self.sentences.pop()} {question[0].lower()}{question[1:]}"
        self.sentences.append(question)

    def open(self, piece: Piece) -> None:
        """Begin with ``piece``; one without a step sets the running value to its number ``a``."""
        if piece.steps:
            self.tell(piece)
            return
        numbers = self._numbers(piece.draws)
        self.sentences.append(self._fill(self.random.choice(piece.texts), numbers))
        self.value = numbers["a"]

    def _compute(self, step: str, values: dict[str, Fraction]) -> None:
        formula, wording = step.split("|")
        target, expression = formula.split("=")
        terms = re.findall(r"\w+|[-+*/]", expression)
        known = {t: values[t] if t in values else Fraction(t) for t in terms[::2]}
        self.constants |= {known[t] for t in known if t not in values}
        shown = "".join(plain(known[t]) if t in known else t for t in terms)
        result = _chain([known.get(t, t) for t in terms])
        self._check(result, cents=self.world.money and "{$" + target in wording)
        values[target] = result
        marked = {target: f"{shown}=<<{shown}={plain(result)}>>{plain(result)}"}
        marked["$" + target] = f"{shown}=$<<{shown}={plain(result)}>>{plain(result)}"
        others = {name: plain(value) for name, value in values.items() if name != target}
        others |= {"$" + name: "$" + text for name, text in others.items()}
        text = _substitute(wording, {**self.terms, **others, **marked})
        self.solution.append(_capitalised(self._name_hero(text)))

    def _check(self, result: Fraction, cents: bool) -> None:
        natural = (
            result.denominator in (1, 2, 4) and result > 0 if cents else result.denominator == 1
        )
        if not natural or not 2 <= result <= self.world.most:
            raise Unnatural

    def _name_hero(self, text: str) -> str:
        return _substitute(
            text, {"hero": self.hero.name, "whom": self.hero.name, **self.hero.pronouns}
        )

    def _numbers(self, draws: str) -> dict[str, Fraction]:
        numbers: dict[str, Fraction] = {}
        for draw in draws.split():
            name, _, kind = draw.partition(":")
            numbers[name] = _draw(kind, self.value, self.scale, self.random)
        if len(set(numbers.values())) < len(numbers):
            raise Unnatural  # which of two equal numbers a step means could not be told
        self.told |= set(numbers.values())
        return numbers

    def _fill(self, text: str, numbers: Mapping[str, Fraction]) -> str:
        """Numbers and terms filled in; the hero stays open until the order of mentions is known."""
        while choice := _CHOICE.search(text):
            # The same choice is made the same way all through a story.
            if choice[0] not in self.chosen:
                self.chosen[choice[0]] = self.random.choice(choice[1].split("|"))
            text = text[: choice.start()] + self.chosen[choice[0]] + text[choice.end() :]
        text = re.sub(" +", " ", re.sub(" (?=[?.,])", "", text)).strip()
        shown = {name: self._written(number) for name, number in numbers.items()}
        shown |= {"$" + name: _money(number, self.random) for name, number in numbers.items()}
        shown |= {"#" + name: _digits(number, self.random) for name, number in numbers.items()}
        return _substitute(text, {**self.terms, **shown})

    def _written(self, number: Fraction) -> str:
        if number.denominator == 1 and number <= 12 and self.random.random() < self.written_out:
            return words.in_words(int(number))
        return _digits(number, self.random)

    @property
    def ambiguous(self) -> bool:
        """Whether a 2 of the story could be taken for the 2 that "twice" implies."""
        return not self.told.isdisjoint(self.constants)

    @property
    def answer(self) -> str:
        """The value that the story has come to."""
        assert self.value is not None
        return plain(self.value)

    def aside(self) -> None:
        """Put in a sentence that has nothing to do with the answer, its numbers neither."""
        numbers = {name: Fraction(self.random.randint(*self.scale)) for name in "xy"}
        numbers |= {
            "h": Fraction(self.random.randint(2, 12)),
            "m": Fraction(self.random.randint(5, 59)),
        }
        if not (self.constants | self.told).isdisjoint(numbers.values()):
            return
        text = self._fill(self.random.choice(self.world.asides), numbers)
        places = [
            place
            for place, sentence in enumerate(self.sentences)
            if not re.search(r"\b(them|They|many as|another)\b|\{he\}", sentence)
        ]
        if places and text not in self.sentences:
            self.sentences.insert(self.random.choice(places), text)

    def begin(self) -> None:
        """Put a sentence in front that tells who and where, and nothing to compute with."""
        self.sentences.insert(0, _substitute(wording.beginning(self.random), self.terms))

    def reword(self) -> None:
        """Say it in other words, with details that decide nothing."""
        self.sentences = wording.reword(self.sentences, self.random)
        for place, sentence in enumerate(self.sentences[:-1]):
            if sentence.endswith(".") and self.random.random() < 0.12:
                self.sentences[place] = wording.detail(sentence, self.random)

    def retell_in_present(self) -> None:
        """Put what people do into the present: ``Mia buys 3 more``."""
        who = "|".join(["{hero}", self.terms["friend"], self.terms["third"]])
        self.sentences = [
            re.sub(
                rf"({who}) (\w+)",
                lambda found: f"{found[1]} {words.PRESENT.get(found[2], found[2])}",
                sentence,
            )
            for sentence in self.sentences
        ]

    def join(self) -> None:
        """Make one sentence of two or three that the hero begins: ``… had 9, gave …, and …``."""
        first, count = self._run_of_hero()
        if count < 2:
            return
        count = min(count, self.random.choice((2, 2, 3)))
        clauses = [s.removesuffix(".") for s in self.sentences[first : first + count]]
        rest = [clause.removeprefix("{hero} ") for clause in clauses[1:]]
        last = self.random.choice((" and ", " and then ", ", then ", ", and "))
        joined = ", ".join([clauses[0], *rest[:-1]]) + last + rest[-1] + "."
        self.sentences[first : first + count] = [joined]

    def _run_of_hero(self) -> tuple[int, int]:
        """Where the longest run of plain sentences that begin with the hero starts; its length."""
        best, start = (0, 0), 0
        for index, sentence in enumerate([*self.sentences, ""]):
            if not re.fullmatch(r"\{hero\} [^.?,]*\.", sentence):
                best = max(best, (index - start, start))
                start = index + 1
        return best[1], best[0]

    def suppose(self) -> None:
        """Move the last statement into the question: ``If Mia gives 5 to Leo, how many …?``."""
        statement, question = self.sentences[-2:]
        if statement.count(".") != 1 or statement.startswith("If ") or not question.endswith("?"):
            return
        condition = statement.removesuffix(".")
        if not condition.startswith(("{hero}", self.terms["friend"], self.terms["third"])):
            condition = condition[0].lower() + condition[1:]
        self.sentences[-2:] = [f"If {condition}, {question[0].lower()}{question[1:]}"]

    def question(self) -> str:
        """The whole problem as a reader sees it: names at first, pronouns where they are clear."""
        pronouns = self.hero.pronouns
        told, named = [], False
        for before, sentence in pairwise(["", *self.sentences]):
            others = (self.terms["friend"], self.terms["third"])
            clear = named and not any(other in before + sentence for other in others)
            while mention := re.search(r"\{(hero|whom)\}", sentence):
                pronoun = pronouns["he" if mention[1] == "hero" else "him"]
                short = clear and self.random.random() < 0.55
                name = pronoun if short else self.hero.name
                sentence = sentence[: mention.start()] + name + sentence[mention.end() :]
                named = clear = True
            told.append(_capitalised(_substitute(sentence, pronouns)))
        return " ".join(told)


_CHOICE = re.compile(r"\[([^][]*)\]")  # the innermost "[a|b]"


def _draw(kind: str, value: Fraction | None, scale: tuple[int, int], random: Random) -> Fraction:
    """A number of the given kind; ``value`` is the running value it has to go with."""
    if kind == "some":
        return Fraction(random.randint(*scale))
    if kind == "price":
        return Fraction(random.randint(1, 20)) + random.choice((0, 0, 0, 0, Fraction(1, 2)))
    if kind == "percents":
        return Fraction(random.choice(_PERCENTS))
    if kind in _RANGES:
        return Fraction(random.randint(*_RANGES[kind]))
    assert value is not None, kind
    whole = int(value)
    choices: Sequence[int] = {
        "part": range(2, whole - 1),
        "above": range(whole + 2, 2 * whole + 30),
        "divisor": [d for d in range(2, 31) if whole % d == 0 and d < whole],
        "percent": [p for p in _PERCENTS if whole * p % 100 == 0],
    }[kind]
    if not choices:
        raise Unnatural
    return Fraction(random.choice(choices))


_PERCENTS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 90)
_RANGES = {
    "few": (2, 9),
    "several": (3, 15),
    "tens": (20, 90),
    "hundreds": (100, 900),
    "age": (5, 40),
    "minute": (5, 55),
}


def _chain(terms: list[Fraction | str]) -> Fraction:
    """The value of ``a op b op c``, from left to right (the pieces mix no precedences)."""
    result = terms[0]
    assert isinstance(result, Fraction)
    for operator, number in zip(terms[1::2], terms[2::2], strict=True):
        assert isinstance(number, Fraction)
        match operator:
            case "+":
                result += number
            case "-":
                result -= number
            case "*":
                result *= number
            case _:
                result /= number
    return result


def plain(number: Fraction) -> str:
    """``number`` as digits, with a point where it needs one (``2.5``)."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.2f}".rstrip("0")


def _digits(number: Fraction, random: Random) -> str:
    if number >= 1000 and number.denominator == 1 and random.random() < 0.5:
        return f"{number.numerator:,}"
    return plain(number)


def _money(number: Fraction, random: Random) -> str:
    if number.denominator != 1:
        return f"${float(number):.2f}"
    return f"${plain(number)}" if random.random() < 0.8 else f"{plain(number)} dollars"


def _substitute(text: str, terms: Mapping[str, str]) -> str:
    return re.sub(r"\{([$#]?\w+)\}", lambda m: terms.get(m[1], m[0]), text)


def _capitalised(text: str) -> str:
    """``text`` with a capital at the start of each sentence."""
    return re.sub(r"(^|[.?!] )([a-z])", lambda m: m[1] + m[2].upper(), text)
