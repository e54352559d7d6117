"""The text of a word problem: its sentences, the question it asks, the quantities it names.

Pure functions on English text, without a model. They read the surface only: a question asked in
an unusual way may keep words that it does not need, and a number meant figuratively is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---------------------------------------------------------------------------- sentences

_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "st", "mt", "jr", "sr", "vs", "no", "prof", "gov", "sen", "rev"]
)
_UNITS = _words("a.m p.m am pm ft lb lbs oz in hr hrs min mins cm m sq yd kg g approx")
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|e?st|[ecmp][sd]?t|january|february|march|april|may|"
    r"june|july|august|september|october|november|december",
    re.I,
)
_OPENERS = _words(
    "a after all an and as assuming at before but by calculate compute determine during each every "
    "find for from given he her his how i if in it its many on one she since some suppose that the "
    "their then there these they this to today was we what when where which while who with you"
)
_BREAK = re.compile(
    r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9$])"  # an end, then a beginning
    r"|(?<=[.!?][\"”])\s+(?=[A-Z])"
    r"|(?<=[a-z]{2}[.?!])(?=[A-Z][a-z])"  # "left.How many": the space forgotten
    r"|\s*\n+\s*"
)
_LAST_WORD = re.compile(r"([A-Za-z.]+)\.[\"'”’)]*$")
_FIRST_WORD = re.compile(r"[\"'“‘(]?([A-Za-z]+)")


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, white space folded; "Mr. Lee" and "6 p.m. train" end none."""
    found: list[str] = []
    start = 0
    for gap in _BREAK.finditer(text):
        before = text[start : gap.start()]
        if _abbreviated(before, text[gap.end() :]):
            continue
        # Closing quotes matched by the gap belong to the sentence that they close.
        found.append(before + gap.group().strip())
        start = gap.end()
    found.append(text[start:])
    return [" ".join(part.split()) for part in found if part.strip()]


def _abbreviated(before: str, after: str) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group(1).lower()
    if word in _TITLES:
        return word != "no" or before.rstrip().endswith(" No.")
    first = _FIRST_WORD.match(after)
    if word in _UNITS:  # "at 6 p.m. Monday" goes on, "at 6 p.m. She" does not
        return first is None or _CALENDAR.fullmatch(first.group(1)) is not None
    # An initial: "J. Smith", "J.T. has"; but "Vitamin D. How many" ends.
    initial = len(word) == 1 or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word) is not None
    return initial and (first is None or first.group(1).lower() not in _OPENERS)


# ---------------------------------------------------------------------------- the question


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem taken apart: the question, and everything else as statements in their order."""

    core: str
    statements: tuple[str, ...]


_HOW = (
    r"how\s+(?:many|much|long|far|old|tall|big|fast|often|wide|heavy|high|deep|large|soon|late|"
    r"early|cold|hot|likely|quickly|small|thick|short|close|coins|may|do|does|did|can|would|is|are)"
)
_WH = r"(?:what(?:['’]s|['’]re)?|which|whose|who|whom|when|where|why)"
# In mid-sentence: "…, which is far" and "…, when she is late" tell; "…, which team won" asks.
_ASKING = (
    r"(?:what(?:['’]s|['’]re)?|whose|which(?!\s+(?:is|are|was|were|has|have|had|will|would|can|costs?|"
    r"takes?|makes?|means|he|she|it|they|the|in|at|on)\b)|(?:who|when|where|why)(?=\s+(?:do|does|did|"
    r"will|would|should|can|could)\b))"
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|will|would|can|could|has|have|had|should)"
_IMPERATIVE = (
    r"(?:find|calculate|determine|compute|work\s+out|figure\s+out|express|estimate|evaluate|"
    r"solve|state|write|give|name|convert|choose|tell|list)"
)
_BEFORE_WH = (
    r"(?:by|in|at|for|to|from|after|about|during|on|of|with|through|until|under|since|over)"
)
_ASKS = re.compile(rf"\b{_HOW}\b|\b{_WH}\b", re.I)
_STARTS = re.compile(
    rf"(?:{_BEFORE_WH}\s+(?:about\s+|approximately\s+)?)?(?:at\s+least\s+|about\s+|approximately\s+|"
    rf"exactly\s+)?(?:{_HOW}|{_WH})\b|{_IMPERATIVE}\s+\w|{_AUXILIARY}\s+\w",
    re.I,
)
# The question inside a sentence that begins with something else.
_INSIDE = re.compile(
    rf"(?:^|(?<=[\s,:;(—–-]))(?P<asked>(?:{_BEFORE_WH}\s+)?(?:about\s+|approximately\s+|at\s+least\s+|"
    rf"exactly\s+)?{_HOW}\b"
    rf"|(?<=[,:;]\s)(?:then\s+)?(?:{_BEFORE_WH}\s+{_WH}|{_ASKING})\b"
    rf"|(?<=[,:;]\s)(?:then\s+|please\s+)?{_IMPERATIVE}\s+(?:the|how|what|her|his|their|its|each|a|an|"
    rf"out|\w+['’]s?)\b)",
    re.I,
)
_LEAD = re.compile(
    r"^(?:and\s+|but\s+|so\s+|then\s+)?(?:if|since|given(?:\s+that)?|assuming(?:\s+that)?|assume|"
    r"suppos(?:e|ing)(?:\s+that)?|because|knowing(?:\s+that)?|provided(?:\s+that)?|considering"
    r"(?:\s+that)?|let['’]s say|you know that)\s+(?:you\s+know\s+that\s+)?",
    re.I,
)
_TRAIL = re.compile(
    r",?\s+(?:if|given(?:\s+that)?|assuming(?:\s+that)?|provided(?:\s+that)?|supposing|knowing\s+that|"
    r"considering(?:\s+that)?)\s+(?=\w)(?!not\b|any\b|possible\b|\w+ed\b)",
    re.I,
)
_JOIN = re.compile(r"^(?:and|but|so(?!\s+(?:far|many|much))|then|however|therefore),?\s+", re.I)
_WONDERS = re.compile(
    r"\b(?:know|knows|wonder|wonders|wondering|wondered|tell|see|out|asks?|asked|decide|of|determine|"
    r"calculate|find|compute|guess|on|about|say|curious|and)\s*$",
    re.I,
)
_PREPOSITION = re.compile(
    r"^(?:in|on|at|after|for|during|by|over|out|from|to|with|of|before|between|among|per|within|"
    r"throughout|including|excluding|not|besides|altogether|together|overall|next|last|this|today|"
    r"tomorrow|now|as|when|once|based|using|rounded|expressed|counting|on average)\b",
    re.I,
)
_WHILE = re.compile(r"^(?:when|once|after|before|as|while|with|by|using|based)\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|wants?|wanted|needs?|needed|"
    r"gets?|got|gave|gives?|buys?|bought|sells?|sold|makes?|made|takes?|took|eats?|ate|costs?|pays?|"
    r"paid|uses?|used|spends?|spent|puts?|holds?|comes?|came|goes|went|reads?|runs?|ran|works?|"
    r"\w+ed)\b",
    re.I,
)


def asked(text: str) -> Asked:
    """What ``text`` asks, apart from what it tells.

    The question is the last one asked (two questions in a row are kept together), or, where no
    question mark stands, the imperative ("Find …", "Calculate …") or the question written without
    one. Conditions ("If she has 3, how many …?") become statements.
    """
    parts = sentences(text)
    spots = _questions(parts)
    statements: list[str] = []
    cores: list[str] = []
    for index, part in enumerate(parts):
        if index in spots:
            core, told = _separate(part)
            cores.append(core)
            statements.extend(_LEAD.sub("", fact.strip(" ,;:")) for fact in told)
        elif "," in part:  # "If she is late, she pays $5." is whole
            statements.append(part)
        else:  # "If she has 5 pens." is a condition that its question lost
            statements.append(_LEAD.sub("", part))
    tidy = (statement(part) for part in statements)
    return Asked(" ".join(cores), tuple(part for part in tidy if part))


def statement(text: str) -> str:
    """``text`` as a sentence of its own: no "And" in front, a capital, a full stop."""
    text = re.sub(r",?\s+then$", "", _JOIN.sub("", text.strip(" ,;:"))).strip(" ,;:")
    if len(text) < 2:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in '.!?"”)' and not text.endswith(",") else text + "."


def _questions(parts: list[str]) -> set[int]:
    marked = [i for i, part in enumerate(parts) if part.rstrip("\"'”’) ").endswith("?")]
    real = [i for i in marked if _ASKS.search(parts[i]) or _STARTS.match(parts[i])]
    marked = real or marked
    if marked:
        last = marked[-1]
        spots = {last}
        while last - 1 in marked:  # two questions in a row are one task
            last -= 1
            spots.add(last)
        return spots
    for index in range(len(parts) - 1, -1, -1):
        if _STARTS.match(parts[index]) or _INSIDE.search(parts[index]):
            return {index}
    return {len(parts) - 1} if parts else set()


def _separate(sentence: str) -> tuple[str, list[str]]:
    """A question sentence as its question, and the statements that led to it or followed it."""
    told: list[str] = []
    core = sentence
    if not _STARTS.match(sentence) or _STORY.match(sentence):
        inside = _INSIDE.search(sentence)
        if inside and inside.start("asked") > 0:
            lead, core = sentence[: inside.start("asked")], sentence[inside.start("asked") :]
            keep, fact = _lead(lead.strip())
            core = keep + core if not keep else f"{keep} {core[0].lower()}{core[1:]}"
            if fact:
                told.append(fact)
        elif _LEAD.match(sentence) and (what := _UNPARTED.search(sentence)):
            told, core = [sentence[: what.start()]], sentence[what.start() :]
        elif _LEAD.match(sentence) and ", " in sentence:
            # "If 3 of them leave, is the rest enough?": the last comma parts them.
            lead, _, tail = sentence.rpartition(", ")
            if _STARTS.match(tail):
                core, told = tail, [lead]
    trail = _TRAIL.search(core)
    if trail and _STARTS.match(core) and _ends_clean(core[: trail.start()]):
        told.append(core[trail.end() :].rstrip('?.! "”'))
        core = core[: trail.start()].rstrip(" ,") + _mark(core)
    core = re.sub(r"^(?:then|please|and|so)\s+", "", core.strip(), flags=re.I)
    core = core[:1].upper() + core[1:]
    if core and core[-1] not in '?.!"”)':
        core += "?" if _ASKS.match(core) else "."
    return core, told


# "If he has 23 goats what is …": the comma forgotten.
_UNPARTED = re.compile(
    rf"(?<=\s)(?:{_BEFORE_WH}\s+)?(?:what|which)\s+(?:is|are|was|were|will|would)\b", re.I
)
_STORY = re.compile(
    rf"(?:can you|could you|do you know|when(?!\s+{_AUXILIARY}\b))\b",
    re.I,
)


def _mark(core: str) -> str:
    return core[-1] if core[-1] in "?." else "?"


def _ends_clean(core: str) -> bool:
    """Whether a question can stop here: not in the middle of a comparison or an aside."""
    return len(core.split()) >= 3 and core.count("(") == core.count(")")


def _lead(lead: str) -> tuple[str, str]:
    """What comes before the question, as (what the question keeps, what is a fact)."""
    bare = lead.rstrip(" ,:;-—–")
    if not bare:
        return "", ""
    if _LEAD.match(bare):
        return "", bare
    clause, _, tail = bare.rpartition(", ")
    if lead.endswith((",", ":", ";", "-", "—", "–")):
        if _WHILE.match(bare) or (
            _PREPOSITION.match(bare) and not (_VERB.search(bare) and has_number(bare))
        ):
            return bare + ",", ""
        if clause and _PREPOSITION.match(tail) and not _VERB.search(tail):
            keep, fact = _lead(clause + ",")
            return (f"{keep} {tail}," if keep else tail[0].upper() + tail[1:] + ","), fact
        return ("", bare) if _VERB.search(bare) or has_number(bare) else (bare + ",", "")
    if _WONDERS.search(bare):  # "Tom wants to know how many …"
        facts = clause if has_number(clause) or _LEAD.match(clause) else ""
        return "", facts
    return "", re.sub(r",?\s+(?:and|so|but|then|now)$", "", bare) if has_number(bare) else ""


# ---------------------------------------------------------------------------- quantities

Kind = Literal["number", "money", "percent", "fraction", "multiple", "ordinal"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: its value (20 for "20%", 1/2 for "half", 2 for "twice") and its place."""

    value: Fraction
    start: int
    end: int
    text: str
    kind: Kind


_ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_TENS["fourty"] = 40
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twelveth": 12,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_MULTIPLES = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "triple": 3, "triples": 3,
    "tripled": 3, "tripling": 3, "thrice": 3, "quadruple": 4, "quadrupled": 4, "quadruples": 4,
    "quintuple": 5, "dozen": 12, "dozens": 12, "couple": 2, "pair": 2, "both": 2, "score": 20,
    "fortnight": 14, "halved": 2,
}  # fmt: skip
_WORD = "|".join([*_ONES, *_TENS, *_SCALES])
_PART = "|".join(_PARTS)
_DIGITS = r"\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_QUANTITY = re.compile(
    rf"""
    (?P<money>[$£€]\s?)?(?:
        (?P<whole>\d+)(?:\s+|-|\s+and\s+)(?P<up>\d+)\s?/\s?(?P<down>\d+)(?![\d/])
      | (?<![\d/])(?P<top>\d+)\s?/\s?(?P<bottom>\d+)(?![\d/]|\.\d)
      | (?P<digits>{_DIGITS})(?:\s?(?P<scale>hundred|thousand|million|billion)\b
            |\s+and\s+(?:an?\s+)?(?P<half>half|quarter)\b)?
    )(?:(?P<percent>\s?%|\s?per\s?cents?\b)|(?P<nth>st|nd|rd|th)\b)?
    |\b(?P<words>(?:{_WORD})(?:(?:(?<=hundred|housand)\s+and\s+|[\s-]+)(?:{_WORD}))*)
        (?:(?:[\s-]+|(?P<and>\s+and\s+(?:an?\s+|one[\s-]+)?))(?P<part>(?:{_PART})s?)\b)?
        (?P<wordpercent>\s?%|\s+percents?\b)?\b
    |\b(?P<alone>half|halves|halve|(?:(?<=\ba\s)|(?<=\ban\s))(?:third|fourth|fifth|sixth|seventh|eighth|
        tenth)|(?:third|fourth|quarter|fifth|sixth|seventh|eighth|tenth)(?=\s+(?:of|as|the)\b))\b
    |\bevery\s+(?P<every>{_PART})\b
    |\b(?P<multiple>{"|".join(_MULTIPLES)})\b
    """,
    re.I | re.X,
)


def quantities(text: str) -> list[Quantity]:
    """The numbers that ``text`` names, in digits or words, in their order. Bare "a" is not one."""
    return list(_quantities(text))


def has_verb(text: str) -> bool:
    """Whether ``text`` holds a word that is usually a verb."""
    return _VERB.search(text) is not None


def has_number(text: str) -> bool:
    """Whether ``text`` names a number."""
    return _QUANTITY.search(text) is not None


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        value, kind = _value(match)
        if value is not None:
            yield Quantity(value, match.start(), match.end(), match.group(), kind)


def _value(match: re.Match[str]) -> tuple[Fraction | None, Kind]:
    group = match.groupdict()
    if group["words"]:
        return _worded(match)
    if group["alone"]:
        return Fraction(1, _PARTS.get(group["alone"].lower(), 2)), "fraction"
    if group["every"]:
        return Fraction(_PARTS[group["every"].lower()]), "ordinal"
    if group["multiple"]:
        return Fraction(_MULTIPLES[group["multiple"].lower()]), "multiple"
    kind: Kind = "money" if group["money"] else "number"
    if group["digits"]:
        value = Fraction("".join(group["digits"].replace(",", "").split()))
        value *= _SCALES.get((group["scale"] or "").lower(), 1)
        if group["half"]:
            value += Fraction(1, _PARTS[group["half"].lower()])
        if group["percent"]:
            kind = "percent"
        elif group["nth"]:
            kind = "ordinal"
    else:
        down = int(group["down"] or group["bottom"])
        if down == 0:
            return None, kind
        value = Fraction(int(group["whole"] or 0)) + Fraction(
            int(group["up"] or group["top"]), down
        )
        kind = "percent" if group["percent"] else "fraction"
    return value, kind


def _worded(match: re.Match[str]) -> tuple[Fraction, Kind]:
    value = Fraction(number_from_words(match["words"]))
    if match["wordpercent"]:
        return value, "percent"
    if match["part"]:
        name = match["part"].lower()
        down = _PARTS.get(name) or _PARTS[name.rstrip("s")]
        if match["and"]:  # "two and a half"
            return value + Fraction(1, down), "number"
        return value / down, "fraction"
    return value, "number"


def number_from_words(words: str) -> int:
    """The value of "three hundred and ninety-six"."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _SCALES:
            scale = _SCALES[word]
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0
        elif word != "and":
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
    return total + current
