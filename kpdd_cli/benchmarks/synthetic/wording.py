# ruff: noqa: SIM905 (lists of words read better as text)
"""The same story in other words: synonyms, details that do not matter, a sentence to begin with.

Real problems are full of words that decide nothing (where, for whom, at what occasion), and a small
student has to learn to read past them. Plain lists, made to be added to.
"""

from __future__ import annotations

import re
from random import Random

# Words before the bar may stand for the ones after it; the pattern says where.
_SYNONYMS: tuple[tuple[str, str], ...] = (
    (r"\bbought\b(?! them)", "purchased|ordered|got|picked up|came home with|chose"),
    (r"\bbuys\b", "purchases|orders|gets|picks up|chooses"),
    (r"\bgave (?!away|him|her|half|a\b)", "handed |sent |passed |donated |mailed |offered "),
    (r"\blost\b", "misplaced|dropped|lost track of|broke"),
    (r"\bate\b", "munched|finished|devoured|tasted|nibbled"),
    (r"\bfound\b", "discovered|spotted|noticed|collected|dug up"),
    (r"\bsold\b", "traded|got rid of|auctioned|delivered"),
    (r"\bmade (?=\d)", "created |built |crafted |produced |prepared |finished "),
    (r"\bhad (?=\d)", "owned |kept |held |carried |stored "),
    (r"\bhas (?=\d)", "owns |keeps |holds |carries |stores "),
    (r"\bgot (?=\d)", "received |obtained |was given |collected "),
    (r"\bpicked (?=\d)", "gathered |harvested |plucked |collected "),
    (r"\bput (?=\d)", "placed |stuffed |stacked |arranged "),
    (r"\bputs (?=\d)", "places |packs |stacks |arranges "),
    (r"\btook (?=\d)", "grabbed |borrowed |removed |carried off "),
    (r"\bwants to\b", "would like to|plans to|hopes to|decided to|is going to|needs to"),
    (r"\bused (?=\d)", "used up |needed |took |spent "),
    (r"\bfriends\b", "cousins|neighbors|classmates|teammates|brothers|sisters|colleagues"),
    (r"\bchildren\b", "kids|pupils|students|boys|girls|toddlers"),
    (r"\bpeople\b", "guests|persons|men|women|visitors|tourists"),
    (r"\bbig\b", "large|huge|giant"),
    (r"\bin all\b", "altogether|in total|overall|combined"),
    (r"\baltogether\b", "in all|in total|combined"),
    (r"\bin total\b", "in all|altogether|as a total"),
    (r"\beach\?", "apiece?"),
    (r"\bcosts (?=\$)", "sells for |is priced at |is |goes for "),
    (r"\bdollars\b", "bucks|euros|coins"),
    (r"\bmiles\b", "kilometers|blocks|meters|laps|km"),
    (r"\bpounds\b", "kilograms|ounces|tons|grams|kg"),
    (r"\bfeet\b", "meters|yards|centimeters|cm"),
    (r"\bin the morning\b", "before noon|in the first hour|at first|before lunch"),
    (r"\bin the afternoon\b", "after lunch|in the evening|later|at night"),
    (r"\bdid not\b", "didn't"),
    (r"\bWhat is\b", "What's|Find|Calculate|Determine|What would be"),
    (r"\bIf\b", "Suppose|Given that|When|Assuming"),
    (r"\bThen\b", "Later|Next|After that|Afterwards|Soon after"),
    (r"\bThere are\b", "There're|We see|You can find"),
    (r"\bpieces\b", "slices|parts|sections|bits"),
    (r"\bgroups\b", "teams|piles|sets|bunches|clusters"),
    (r"\bboxes\b", "containers|chests|lockers|envelopes"),
    (r"\brows\b", "lines|columns|stacks|tiers"),
)
_CHANCE = 0.2
_IMPERATIVE = re.compile(r"^((?:Find|Calculate|Determine) .*)\?$")

_PLACES = (
    "library museum kitchen garage attic bakery market hospital beach harbor station bank office "
    "village castle forest stadium theater gym laboratory factory cafeteria restaurant hotel "
    "studio church temple barn stable greenhouse playground classroom aquarium zoo carnival "
    "circus bookstore supermarket warehouse basement balcony backyard farmhouse clinic workshop "
    "camp lodge cinema fair mall pool lake river mountain valley island desert street corner cafe "
    "pharmacy gallery"
).split()
_OCCASIONS = (
    (
        "wedding birthday picnic concert festival parade exam contest tournament vacation holiday "
        "sale auction reunion graduation ceremony meeting harvest storm snowstorm sleepover "
        "marathon bazaar exhibition fundraiser carnival recital camp|trip lesson recess banquet "
        "barbecue raffle race"
    )
    .replace("|", " ")
    .split()
)
_RELATIVES = (
    "mother father brother sister uncle aunt cousin grandmother grandfather grandma grandpa mom "
    "dad neighbor teacher boss roommate nephew niece wife husband son daughter coach classmate"
).split()
_JOBS = (
    "baker farmer teacher nurse pilot painter gardener carpenter tailor plumber florist chef "
    "waiter librarian mechanic singer dancer student scientist photographer fisherman jeweler "
    "clerk cashier driver postman coach builder lawyer dentist"
).split()
_HOBBIES = (
    "baking|gardening|fishing|hiking|chess|painting|camping|football|knitting|pottery|sewing|"
    "origami|photography|astronomy|baseball|swimming|music|dancing|comics|puzzles|cooking|birds|"
    "insects"
).split("|")
_MATERIALS = (
    "glass paper plastic silver wool cotton chocolate vanilla cheese lemon baseball football "
    "soccer birthday school toy story picture rubber clay metal leather fruit vegetable"
).split()
_SEASONS = "summer winter spring autumn July October December March".split()

_DETAILS = (
    "at the {place}",
    "in the {place}",
    "from the {place}",
    "near the {place}",
    "for the {occasion}",
    "after the {occasion}",
    "during the {occasion}",
    "before the {occasion}",
    "for {his} {relative}",
    "with {his} {relative}",
    "with the help of {his} {relative}",
    "at the {occasion}",
    "last {season}",
    "in {season}",
    "this {season}",
    "on the way to the {place}",
    "because of the {occasion}",
    "to decorate the {place}",
    "as a present",
    "online",
    "by mistake",
    "again",
    "already",
    "by accident",
    "together with {his} {relative}",
)
_BEGINNINGS = (
    "{hero} is a {job}.",
    "{hero} works as a {job}.",
    "{hero} loves {hobby}.",
    "{hero} is interested in {hobby} and {hobby2}.",
    "{hero} likes {hobby} more than {hobby2}.",
    "{hero}'s {relative} is a {job}.",
    "{hero} went to the {place} with {his} {relative}.",
    "{hero} and {friend} are at the {place}.",
    "{hero} and {friend} are getting ready for the {occasion}.",
    "{friend} invited {hero} to a {occasion}.",
    "It was the day of the {occasion}.",
    "The {occasion} at the {place} was about to begin.",
    "Everyone at the {place} was busy.",
    "{hero} is visiting {his} {relative} at the {place}.",
    "It is {season}, and the {place} is full of people.",
    "{hero} runs a {place} with {friend}.",
    "The {relative} of {friend} owns a {place}.",
    "{hero} was helping {his} {relative} at the {place}.",
    "Every {season} there is a {occasion} at the {place}.",
    "{hero} wanted to surprise {his} {relative}.",
)


def reword(sentences: list[str], random: Random) -> list[str]:
    """A story with some of its words in others, all through it; what it says of numbers stays."""
    for pattern, others in _SYNONYMS:
        if random.random() < _CHANCE:
            other = random.choice(others.split("|"))
            sentences = [re.sub(pattern, other, sentence) for sentence in sentences]
    return [_IMPERATIVE.sub(r"\1.", sentence) for sentence in sentences]


def detail(sentence: str, random: Random) -> str:
    """A statement with something that decides nothing, at its end or at its beginning."""
    phrase = _filled(random.choice(_DETAILS), random)
    if random.random() < 0.3 and sentence.startswith(("{hero}", "There", "A ", "The ", "Each ")):
        begins = sentence if sentence[0] == "{" else sentence[0].lower() + sentence[1:]
        return f"{phrase[0].upper()}{phrase[1:]}, {begins}"
    return f"{sentence[:-1]} {phrase}{sentence[-1]}"


def beginning(random: Random) -> str:
    """A sentence that tells who and where, and nothing to compute with."""
    return _filled(random.choice(_BEGINNINGS), random)


def first_noun(random: Random) -> str:
    """A word that may stand before a noun: ``baseball cards``, ``kitchen chairs``."""
    return random.choice(random.choice((_PLACES, _OCCASIONS, _HOBBIES, _JOBS, _MATERIALS)))


def _filled(text: str, random: Random) -> str:
    fillers = {
        "place": _PLACES,
        "occasion": _OCCASIONS,
        "relative": _RELATIVES,
        "job": _JOBS,
        "hobby": _HOBBIES,
        "hobby2": _HOBBIES,
        "season": _SEASONS,
    }
    return re.sub(
        r"\{(\w+)\}",
        lambda found: random.choice(fillers[found[1]]) if found[1] in fillers else found[0],
        text,
    )
