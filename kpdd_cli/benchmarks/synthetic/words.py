# ruff: noqa: SIM905 (lists of words read better as text)
"""The words of the synthetic problems: people, things, and how a noun takes its plural.

Plain lists, made to be added to. Names belong to one split each (:func:`split_of`), so that dev and
test problems are about people whom training has never met.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random

SHE = """
Ada Alice Amara Amelia Anita Anna Astrid Beatrix Bella Bianca Bridget Carla Carmen Cecily Chloe
Clara Daisy Daniela Dora Edith Elena Elise Ella Emma Esther Eva Fatima Fiona Flora Freya Gloria
Greta Hana Harriet Hazel Helen Hilda Ida Imani Ines Ingrid Irene Isla Ivy Jana Jasmine Joy Julia
June Kate Keiko Lara Layla Leah Lena Lily Linda Lola Lucia Luna Maeve Magda Maria Marta Maya Mei
Mia Mina Mira Molly Nadia Naomi Nina Nora Olga Olivia Paula Petra Phoebe Pia Priya Rosa Ruth Sara
Sofia Stella Tara Tessa Uma Vera Violet Wendy Yara Yasmin Zoe Zara
""".split()
HE = """
Aaron Abdul Adam Aidan Alan Albert Amir Andre Anton Arjun Arthur Ben Boris Bruno Carl Cesar Colin
Cyrus Daniel David Diego Dmitri Edgar Eli Emil Enzo Erik Ethan Felix Finn Frank Gabriel George
Gustav Hamid Hans Harry Hector Henry Hugo Ian Ibrahim Igor Isaac Ivan Jack Jamal James Jared Jin
Joel Jonas Jorge Joseph Josh Juan Kai Karim Kenji Kevin Kofi Lars Leo Liam Louis Luca Lucas Malik
Marco Mateo Max Milo Mohamed Nate Nathan Neil Nico Noah Omar Oscar Otto Pablo Paul Pedro Peter
Rafael Raj Ravi Reza Robert Sam Samir Sean Simon Stefan Tariq Theo Thomas Tim Tom Umar Victor Vikram
Walter Wei William Yusuf Zain Zack
""".split()

_NO_NAMES = frozenset(
    "He Him His Her She They Them Then The For So To Do How If On In At No".split()
)
_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pr qu r s sh st t th tr v w y z".split()
_VOWELS = "a e i o u ai ea ee ia io oa ou".split()
_CODAS = ["", "", "", "l", "m", "n", "nd", "r", "s", "sk", "t", "x"]

COLLECTED = """
sticker stamp marble seashell button coin bead postcard badge ribbon crayon pencil eraser bookmark
balloon pebble magnet token puzzle toy|toys card keychain bracelet comic poster figurine block pen
notebook acorn feather candle kite ball doll robot whistle patch gem medal ticket sticker|stickers
""".split()
BAKED = """
cookie muffin cupcake pancake bun brownie pie tart scone waffle biscuit pretzel doughnut cake roll
loaf|loaves dumpling sandwich pizza taco meatball croissant bagel cracker
""".split()
PICKED = """
apple pear peach plum lemon orange cherry strawberry mango fig melon banana grape apricot lime
tomato|tomatoes carrot potato|potatoes onion pepper cucumber pumpkin mushroom radish walnut
""".split()
GROWN = """
rose tulip daisy lily sunflower orchid tree bush fern cactus|cacti seedling flower violet herb plant
daffodil vine cornflower shrub sapling
""".split()
KEPT = """
chicken goat sheep|sheep cow pig duck rabbit horse hen turkey lamb pony|ponies goose|geese hamster
goldfish|goldfish pigeon donkey|donkeys alpaca bee turtle
""".split()
CRAFTED = """
scarf|scarves mask basket paper_crane bowl mug vase bracelet necklace lantern blanket hat sweater
candle birdhouse painting drawing toy_boat pillow rug chair stool bag quilt card sock puppet
""".split()
STOCKED = """
book lamp shirt laptop phone bicycle helmet pan cup plate clock umbrella backpack towel radio
camera guitar jacket battery|batteries game tent bottle mirror calendar magazine newspaper jar
""".split()

CONTAINERS = "box bag basket jar packet pack tin crate carton tray bundle case drawer".split()
KINDS = (
    "red blue green yellow white black orange purple pink brown silver golden small large big tiny "
    "old new striped spotted round plain shiny wooden"
).split()
SORTS = (
    ("red", "blue"),
    ("green", "yellow"),
    ("black", "white"),
    ("big", "small"),
    ("old", "new"),
    ("pink", "purple"),
    ("round", "square"),
    ("striped", "plain"),
    ("orange", "brown"),
    ("long", "short"),
    ("gold", "silver"),
    ("cheap", "expensive"),
)

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

#: Verbs of the stories as they stand in the present.
PRESENT = {
    "had": "has", "owned": "owns", "bought": "buys", "got": "gets", "gave": "gives",
    "found": "finds", "won": "wins", "lost": "loses", "sold": "sells", "threw": "throws",
    "ate": "eats", "made": "makes", "baked": "bakes", "burnt": "burns", "dropped": "drops",
    "brought": "brings", "picked": "picks", "used": "uses", "planted": "plants", "dug": "digs",
    "finished": "finishes", "ordered": "orders", "sent": "sends", "earned": "earns",
    "spent": "spends", "paid": "pays", "shared": "shares", "took": "takes", "collected": "collects",
    "received": "receives", "prepared": "prepares", "saved": "saves",
}  # fmt: skip

_IRREGULAR = {"child": "children", "person": "people", "woman": "women", "man": "men"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a story, with the pronouns that go with the name."""

    name: str
    she: bool

    @property
    def pronouns(self) -> dict[str, str]:
        """``he``, ``his`` and ``him`` as they are for this person."""
        return (
            dict(zip(("he", "his", "him"), ("she", "her", "her"), strict=True))
            if self.she
            else {
                "he": "he",
                "his": "his",
                "him": "him",
            }
        )


def split_of(text: str) -> str:
    """The split that ``text`` (a name, a composition) belongs to: dev and test get a tenth each."""
    bucket = hashlib.sha256(text.encode()).digest()[0] % 10
    return {0: "dev", 1: "test"}.get(bucket, "train")


_REAL = {
    split: [Person(name, she) for names, she in ((SHE, True), (HE, False)) for name in names
            if split_of(name) == split]
    for split in ("train", "dev", "test")
}  # fmt: skip


def person(random: Random, split: str, besides: tuple[Person, ...] = ()) -> Person:
    """Somebody whose name belongs to ``split`` and to nobody in ``besides``."""
    while True:
        who = random.choice(_REAL[split]) if random.random() < 0.6 else _invented(random)
        if (
            split_of(who.name) == split
            and who.name not in _NO_NAMES
            and who.name not in {other.name for other in besides}
        ):
            return who


def _invented(random: Random) -> Person:
    syllables = random.choice((1, 2, 2, 2))
    name = "".join(random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(syllables))
    name += random.choice(_CODAS if syllables > 1 else _CODAS[3:])
    return Person(name.capitalize(), random.random() < 0.5)


def invented_thing(random: Random) -> str:
    """A noun that no dictionary has (``drovel``), for copying what was never seen."""
    return (
        random.choice(_ONSETS)
        + random.choice(_VOWELS[:5])
        + random.choice(_ONSETS[:10])
        + random.choice(("el", "et", "in", "op", "ock", "er", "ling"))
    )


def forms(noun: str) -> tuple[str, str]:
    """Singular and plural of an entry of the lists (``pony|ponies`` says its own plural)."""
    singular, _, plural = noun.replace("_", " ").partition("|")
    if plural:
        return singular, plural
    if singular in _IRREGULAR:
        return singular, _IRREGULAR[singular]
    if singular.endswith(("s", "x", "ch", "sh")):
        return singular, singular + "es"
    if singular.endswith("y") and singular[-2] not in "aeiou":
        return singular, singular[:-1] + "ies"
    return singular, singular + "s"


_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()


def in_words(number: int) -> str:
    """``number`` (0 to 20) written out."""
    return _WORDS[number]
