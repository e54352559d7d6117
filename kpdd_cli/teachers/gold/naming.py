"""Name a program's variables after the words around their numbers.

No grammar is parsed: a noun phrase is what follows a number up to the next function word or verb.
Each number gets several names, short ones first; :func:`choose` then takes, for numbers that want
the same name, words that tell them apart.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from kpdd_cli.teachers.gold.lexicon import (
    FILLERS,
    MEASURES,
    MONEY,
    NOT_VERBS,
    NUMBERS,
    PARTICIPLES,
    STOPS,
    WORTH,
)
from kpdd_cli.teachers.gold.linking import Mention

Words = list[str]

_RESERVED = frozenset(keyword.kwlist) | frozenset(dir(builtins)) | {"answer", "math", "ans"}
_LONGEST = 42  # characters of a name

_PIECE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*|[^\sA-Za-z]")
_VERBISH = re.compile(r"[a-z]{2}(?:ed|ing)$")
_TIME_UNITS = (
    r"(?:hour|day|week|month|year|minute|second|night|morning|evening|weekend|season|game|trip|dozen|"
    r"pound|ounce|gallon|piece|person|head|mile|semester)"
)
_RATE = re.compile(
    rf"^\s*(?:(?:for|in|on|to|of|at|from)\s+)?(?:(?:per|each|every)\s+(?:of\s+)?"
    rf"(?:the\s+|her\s+|his\s+|their\s+)?(?P<noun>[A-Za-z]+)|an?\s+(?P<time>{_TIME_UNITS})\b|/\s?(?P<slash>[A-Za-z]+))",
    re.I,
)
_EACH = re.compile(r"^\s*(?:each|apiece)\b", re.I)
_PLACE = re.compile(
    r"\b(?P<how>in|on|for|during|at|from|to|by|with)\s+(?:(?:the|his|her|their|an?|my)\s+)?"
    r"(?:(?:first|second|third|fourth|last|next|other)\s+)?(?P<noun>[A-Za-z][a-z'’]+)"
)
_TAG = re.compile(
    r"\b(?P<tag>first|second|third|fourth|fifth|sixth|last|next|previous|yesterday|today|tomorrow|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|"
    r"july|august|september|october|november|december|morning|afternoon|evening|night|red|blue|"
    r"green|yellow|white|black|small|large|big|boys|girls|men|women|children|adults|weekday|"
    r"weekend|large|medium)(?:'?s)?\b",
    re.I,
)
_COMPARED = re.compile(
    r"\b(?P<how>more|fewer|less|older|younger|taller|shorter|longer|heavier|lighter|higher|lower|"
    r"faster|slower|bigger|smaller|farther|further|larger|cheaper|greater)\b(?:\s+(?:than|of)\s+"
    r"(?:the\s+|her\s+|his\s+|their\s+|what\s+)?(?P<than>[A-Za-z]+))?",
    re.I,
)
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|while|then|so|because)\b")


_POSSESSIVE = re.compile(r"['’]s?$|['’]")
_ODD = re.compile(r"[^a-z_]")
_SMALL = frozenset(
    ["of", "per", "in", "on", "for", "and", "the", "to", "from", "than", "by", "at", "with"]
)


def identifier(words: Iterable[str]) -> str:
    """``words`` as one snake_case name, "" where none can be made."""
    parts: list[str] = []
    length = 0
    for word in words:
        part = word.lower()
        if not part.isalpha():
            part = _ODD.sub("", _POSSESSIVE.sub("", part).replace("-", "_")).strip("_")
        if not part or (parts and part.rstrip("s") == parts[-1].rstrip("s")):
            continue
        length += len(part) + 1
        if length > _LONGEST:
            break
        parts.append(part)
    while parts and parts[-1] in _SMALL:
        parts.pop()
    while parts and parts[0] in _SMALL:
        parts.pop(0)
    name = "_".join(parts)
    if name in _RESERVED or len(name) == 1:
        name = {"sum": "total", "max": "maximum", "min": "minimum"}.get(name, f"{name}_count")
    return name


_SPACED = re.compile(r"(?<=\b\w) - (?=\w)")  # "t - shirts"


def phrase(text: str, limit: int = 3) -> Words:
    """The noun phrase that ``text`` begins with, at most ``limit`` words and an "of"."""
    words: Words = []
    pieces = _PIECE.findall(_SPACED.sub("-", text[:90]))
    at, size = 0, len(pieces)
    while at < size and (pieces[at].lower() in FILLERS or pieces[at] == "-"):
        at += 1
    while at < size and len(words) < limit:
        piece = pieces[at]
        if piece.lower() == "of" and words and at + 1 < size:
            at += 1
            while at < size and pieces[at].lower() in FILLERS:
                at += 1
            if at == size or not _content(pieces[at]):
                break
            words += ["of", pieces[at]]
            limit += 1
            at += 1
            continue
        # "7 landed" ends before its verb, "7 colored pencils" does not.
        alone = at + 1 == size or not _content(pieces[at + 1])
        if not _content(piece) or (_verbal(piece) and (words or alone)):
            break
        words.append(piece)
        at += 1
    return words


def title(text: str) -> Words:
    """A name from a description: "the number of Amy's books" gives "number of Amy's books"."""
    words = [word for word in _PIECE.findall(text) if word[0].isalpha()]
    kept: Words = []
    for word in words:
        low = word.lower()
        if (
            low in ("of", "per")
            or _content(word)
            or low in ("total", "remaining", "first", "last", "left")
        ):
            kept.append(word)
        elif len([w for w in kept if w.lower() not in ("of", "number")]) >= 2:
            break
        if len(kept) == 6:
            break
    return kept


_APOSTROPHE = re.compile(r"['’]")


def _content(word: str) -> bool:
    low = word.lower()
    if not low[0].isalpha() or len(low) < 2 or low in STOPS:
        return False
    return low.isalpha() or _APOSTROPHE.split(low, maxsplit=1)[0] not in STOPS


def _verbal(word: str) -> bool:
    low = word.lower()
    return _VERBISH.search(low) is not None and low not in NOT_VERBS


def _tail(text: str, limit: int) -> Words:
    """The last content words of ``text``, "of" and "per" between them kept."""
    words: Words = []
    pieces = _PIECE.findall(text[-90:])
    while pieces and not (_content(pieces[-1]) and not _verbal(pieces[-1])):
        pieces.pop()
    count = 0
    for piece in reversed(pieces):
        low = piece.lower()
        if low in ("of", "per") and words and words[0] not in ("of", "per"):
            words.insert(0, low)
        elif (
            low in ("the", "a", "an", "her", "his", "their", "each") and words and words[0] == "of"
        ):
            continue
        elif low in ("total", "remaining", "more", "combined") and words:
            words.insert(0, low)
        elif _content(piece) and count < limit and not (_verbal(piece) and words):
            words.insert(0, piece)
            count += 1
        else:
            break
    while words and words[0] in ("of", "per"):
        words.pop(0)
    return words


def _subject(text: str) -> str:
    """Who or what a clause is about: its first name, else its first noun after no preposition."""
    previous = ""
    first = ""
    pieces: list[str] = _PIECE.findall(text)
    for piece in pieces:
        low = piece.lower()
        if low in NUMBERS or piece.isdigit():
            break
        if _content(piece) and not _verbal(piece):
            if piece[0].isupper() and previous:
                return piece
            if not first and previous not in _SMALL:
                first = piece
        if low not in ("the", "a", "an", "his", "her", "their", "its", "my", "each", "every"):
            previous = low
    return first


def _participle(clause: str) -> str:
    """The last verb of ``clause`` as a participle: "He sold" gives "sold"."""
    words: list[str] = re.findall(r"[a-z]+", clause.lower())
    for word in reversed(words):
        if word in PARTICIPLES:
            return PARTICIPLES[word]
        if word.endswith("ed") and len(word) > 4 and word not in NOT_VERBS:
            return word
    return ""


def _per(rest: str, *, money: bool = False) -> Words:
    match = _RATE.match(rest)
    if match:
        noun = match["noun"] or match["time"] or match["slash"]
        return ["per", noun] if _content(noun) or noun in ("second", "third") else ["each"]
    if _EACH.match(rest):
        return ["each"]
    if money and (match := re.match(r"\s*an?\s+([A-Za-z]+)", rest)) and _content(match.group(1)):
        return ["per", match.group(1)]
    return []


@dataclass(frozen=True, slots=True)
class Described:
    """What a quantity counts, and names for it, the best first (none where none were wanted)."""

    noun: Words
    names: list[Words]


def describe(mentions: Sequence[Mention], core: str, wanted: Container[int]) -> list[Described]:
    """Names for the ``wanted`` quantities; "7 of them" takes its noun from the quantity before."""
    found: list[Described] = []
    previous = asked = _asked_noun(core)
    for index, mention in enumerate(mentions):
        described = _described(mention, previous, asked, index in wanted)
        if described.noun and mention.quantity.kind not in ("percent", "fraction", "multiple"):
            previous = described.noun
        found.append(described)
    return found


def _described(mention: Mention, previous: Words, asked: Words, named: bool) -> Described:
    quantity, sentence = mention.quantity, mention.sentence
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    clause = _CLAUSE.split(before)[-1]
    after_clause = re.split(r"[,;]|\b(?:and|but|while)\b", after, maxsplit=1)[0]
    subject = _subject(clause) or _subject(before)
    if quantity.kind == "percent":
        noun, base = _percent(clause, after)
    else:
        noun, base = _counted(mention, clause, after_clause, subject, previous, asked)
    if not named:
        return Described(noun, [])
    return Described(noun, [base, *_specific(base, clause, after_clause, subject)])


def _percent(clause: str, after: str) -> tuple[Words, Words]:
    of = re.match(
        r"\s*(?:of\s+)?(?:the\s+|his\s+|her\s+|their\s+|its\s+|all\s+)*([A-Za-z]+)", after
    )
    what = [of.group(1)] if of and _content(of.group(1)) else _tail(clause, 1)
    return what, [*what, "percent"]


def _counted(
    mention: Mention, clause: str, after: str, subject: str, previous: Words, asked: Words
) -> tuple[Words, Words]:
    """The noun counted, and the first choice of a name."""
    compound = re.match(r"-([a-z]+)(?:-(old))?[\s-]+([a-z]+)", after)
    if compound:  # "120-page book", "3-year-old dog"
        what = compound.group(3)
        if compound.group(2):
            return ["years"], [what if _content(what) else subject, "age"]
        unit = compound.group(1) + ("" if compound.group(1).endswith("s") else "s")
        return [unit], [what, unit] if _content(what) else [unit]
    compared = re.match(r"\s*(more|fewer|less|additional|extra)\b", after)
    if compared:  # "3 more pages of math than reading"
        noun = phrase(after[compared.end() :]) or previous
        than = _COMPARED.search(after)
        if not phrase(after[compared.end() :]) and than and than["than"] and _content(than["than"]):
            return noun, [compared.group(1), *noun[-1:], "than", than["than"]]
        return noun, [compared.group(1), *noun]
    symbol = re.match(r"\s?(L|g|m)\b(?!')", after)
    noun = [_SYMBOLS[symbol.group(1)]] if symbol else phrase(after)
    if symbol:
        after = f" {noun[0]}{after[symbol.end() :]}"
    rest = after[after.find(noun[-1]) + len(noun[-1]) :] if noun else after
    if mention.quantity.kind == "money" or (noun and noun[0].lower() in MONEY):
        if noun and noun[0].lower() in MONEY:
            after = after[after.lower().find(noun[0].lower()) + len(noun[0]) :]
        return ["dollars"], _priced(clause, after, subject)
    than = re.match(r"\s*" + _COMPARED.pattern, rest, re.I)
    if than and noun:  # "4 years older than Justin"
        other = ["than", than["than"]] if than["than"] and _content(than["than"]) else []
        return noun, [*noun, than["how"], *other]
    measured = re.match(r"\s*(long|tall|old|wide|high|deep)\b", rest)
    if measured and noun and subject:  # "Jesse's room is 7 feet long"
        what = _tail(re.sub(r"\b(?:is|are|was|were|will be)\b.*", "", clause), 2) or [subject]
        return noun, [*what, MEASURES[measured.group(1)]]
    if noun and not (
        noun[-1].lower() in ("pounds", "kg", "kilograms") and re.search(r"\bweigh", clause)
    ):
        return noun, [*noun, *_per(rest)]
    if noun:
        return noun, [*(_tail(clause, 2) or [subject]), "weight"]
    return _elliptic(clause, after, subject, previous, asked)


_SYMBOLS = {"L": "liters", "g": "grams", "m": "meters"}


def _elliptic(
    clause: str, after: str, subject: str, previous: Words, asked: Words
) -> tuple[Words, Words]:
    """A number without its noun: "2 were kids", "7 of them", "3 on each page", "groups of 4"."""
    group = re.search(
        r"\b(group|pack|package|bag|box|set|pile|row|stack|team|bunch|flock)(?:e?s)? of\s*$", clause
    )
    if group:
        return previous, [group.group(1), "size"]
    if asked and not re.match(r"\s*of\s+(?:them|those|these|which)\b", after):
        previous = asked
    if subject[:1].isupper() and re.search(r"\b(?:is|was|turns|turned)\s*$", clause):
        return ["years"], [subject, "age"]  # "Nadia is 31"
    are = re.match(r"\s*(?:of\s+(?:them|those|these|which)\s+)?(?:is|are|was|were)\s+", after)
    noun = phrase(after[are.end() :]) if are else []
    if noun and not _verbal(noun[0]):
        return noun, noun
    per = _per(after)
    if per:
        what = previous[:1] if previous else _tail(clause, 1)
        return previous, [*what, *per]
    verb = _participle(clause) or _participle(_CLAUSE.split(after)[0][:30])
    if previous:
        return previous, [*previous, verb] if verb else [*previous]
    told = _tail(clause, 3)
    return told, told or [subject, verb or "count"]


def _priced(clause: str, after: str, subject: str) -> Words:
    """A first name for an amount of money."""
    per = _per(after, money=True)
    than = re.match(r"\s*" + _COMPARED.pattern, after, re.I)
    if than and than["than"] and _content(than["than"]):
        return ["dollars", than["how"], "than", than["than"]]
    if than:
        return [than["how"], "dollars"]
    verb = _participle(clause)
    if per:
        return ["dollars", *([verb] if verb and per == ["each"] else []), *per]
    noun = phrase(after)
    if noun and noun[0].lower() in WORTH | {"bill", "bills", "coupon", "note", "off"}:
        return ["dollar", *noun] if noun[0].lower() not in WORTH else noun
    cost = re.search(
        r"\b(?P<verb>costs?|costing|priced?|worth|at|for|is|was|are|were|of)\s*(?:is|at|was|about|"
        r"only|just|of)?\s*$",
        clause,
        re.I,
    )
    if cost:
        what = _tail(clause[: cost.start()], 2) or ([subject] if subject else [])
        if what and (what[-1].lower() in WORTH or cost["verb"].lower() == "of"):
            return what if what[-1].lower() in WORTH else [*what, "dollars"]
        if what:
            return [*what, "price"]
    if noun:
        return ["dollars", "for", *noun]
    place = re.match(
        r"\s*(?:on|for|from|to|in)\s+(?:the\s+|a\s+|an\s+|his\s+|her\s+|their\s+)?", after
    )
    goal = phrase(after[place.end() :], 2) if place else []
    if verb and goal:
        return ["dollars", verb, place.group().split()[0] if place else "", *goal]
    if verb:
        return ["dollars", verb]
    return [subject, "dollars"] if subject else ["dollars"]


def _specific(base: Words, clause: str, after: str, subject: str) -> list[Words]:
    """Longer names, for when another quantity wants ``base`` too."""
    names: list[Words] = []
    own = _subject(clause)
    named = own if own[:1].isupper() else ""
    verb = _participle(clause)
    stems = {word.lower().rstrip("s") for word in base}
    place = _PLACE.search(after)
    tag = _TAG.search(clause) or _TAG.search(after)
    if named and named.lower() not in stems:
        names.append([named, *base])
    if verb and verb not in base:
        names.append([*base, verb])
    if place and _content(place["noun"]) and place["noun"].lower() not in stems:
        names.append([*base, place["how"].lower(), place["noun"]])
    if tag and tag["tag"].lower() not in stems:
        names.append([tag["tag"], *base])
    if subject and subject.lower().rstrip("s") not in stems:
        names.append([subject, *base])
        if verb:
            names.append([subject, *base, verb])
    return names


# ---------------------------------------------------------------------------- steps

_TOTAL = re.compile(r"\b(?:total|altogether|in all|combined|sum|together|overall)\b", re.I)
_LEFT = re.compile(r"\b(?:left|remain\w*|still|leaving)\b", re.I)
_MORE = re.compile(r"\bmore\b", re.I)
_NEEDS = re.compile(r"\bneeds?\b|\bneeded\b", re.I)
_HEAD = re.compile(
    r"\s*(?:\b(?:is|are|was|were|will be|would be|equals|comes to|of|be|to|by|for|at|a|only|costs?|"
    r"takes|contains|makes)\b\s*)*[:=$(]*\s*$",
    re.I,
)
_AFTER = re.compile(r"^\W*(?:so\s+)?after\s+(?P<what>.*?),", re.I)
_OPERATION = {"+": "total", "-": "remaining", "*": "total", "/": "each"}


def for_step(before: str, written: str, after: str, operator: str) -> list[Words]:
    """Names for what a line of a worked solution computes, the best first."""
    clause = re.split(r"[,;:](?=.)|\b(?:so|then|that|because|means)\b", before.rstrip(" =:$("))[-1]
    after_clause = re.split(r"[.,;]", after, maxsplit=1)[0] if after[:1] not in ".,;" else ""
    noun = phrase(after_clause)
    money = "$" in written or (noun and noun[0].lower() in MONEY)
    if noun and noun[0].lower() in MONEY:
        after_clause = after_clause[after_clause.find(noun[0]) + len(noun[0]) :]
        noun = []
    rest = after_clause[after_clause.find(noun[-1]) + len(noun[-1]) :] if noun else after_clause
    per = _per(rest)
    told = _tail(_HEAD.sub("", clause), 3)
    who = _subject(clause)
    verb = _participle(clause)
    prefix = _prefix(f"{clause} {after[:60]}")
    place = _PLACE.search(rest)
    names: list[Words] = []
    if noun:
        base = [*noun, *per]
        if place and _content(place["noun"]) and not per:
            names.append([*base, place["how"].lower(), place["noun"]])
        names.insert(0 if prefix else len(names), [prefix, *base] if prefix else base)
    elif money:
        base = ["dollars", *per] if per else ["money", *([verb] if verb else [])]
        if told and told[-1].lower() in WORTH:
            names.append([*told, *per])
        elif told and not per and (not verb or len(told) > 1 or not told[-1][0].isupper()):
            names.append([*told, "cost" if _costs(clause) else "money"])
        names.append([prefix, *base] if prefix else base)
        earlier = _AFTER.match(before)
        if earlier and (done := _tail(earlier["what"], 2)):
            names.insert(0, ["money", "after", *done])
    elif told:
        base = [*told, *per]
        names.append(base)
    else:
        return []
    if told and noun:
        names.append([*told, *noun])
    if who:
        names.append([who, *base])
    if verb and verb not in base:
        names.append([*base, verb])
    tag = _TAG.search(clause) or _TAG.search(after_clause)
    if tag:
        names.append([tag["tag"], *base])
    word = _OPERATION.get(operator, "new")
    names += [[word, *base], [word, *told, *noun]]
    return names


def _costs(clause: str) -> bool:
    return re.search(r"\b(?:costs?|pays?|paid|spends?|spent|price)\b", clause, re.I) is not None


def _prefix(line: str) -> str:
    for pattern, word in (
        (_TOTAL, "total"),
        (_LEFT, "remaining"),
        (_MORE, "more"),
        (_NEEDS, "needed"),
    ):
        if pattern.search(line):
            return word
    return ""


_ASKED = re.compile(
    r"how\s+(?:many|much)\s+(?P<noun>.*?)\s*(?:\b(?P<verb>did|does|do|will|would|was|were|is|are|can|"
    r"could|has|have|had|must|should)(?P<not>n['’]t)?\b(?P<rest>.*))?[?.]?$",
    re.I,
)


def for_question(core: str) -> list[Words]:
    """Names for what a problem asks for, the best first."""
    names: list[Words] = []
    match = _ASKED.search(core)
    measure = re.search(r"\bhow\s+(\w+)", core, re.I)
    if match:
        names = _how_many(match, core)
    elif measure and measure.group(1).lower() in MEASURES:
        kind = MEASURES[measure.group(1).lower()]
        if kind == "length" and re.search(
            r"\b(?:takes?|last|spend|spent|until|wait|before)\b", core
        ):
            return [["time", "taken"], ["total", "time"]]
        who = re.search(r"\b(?:is|was|are|were|will|did|does)\s+(.*)", core)
        what = phrase(re.sub(r"^each\s", "", who.group(1)), 2) if who else []
        names += [[*what, kind], [kind]]
    else:
        core = re.sub(r"^what['’]s\b", "what is", core, flags=re.I)
        body = re.sub(
            r"^.*?\b(?:is|are|was|were|find|calculate|determine|be)\b\s*",
            "",
            core,
            count=1,
            flags=re.I,
        )
        noun = phrase(body, 4)
        if re.match(r"\s*the\s+total\b", body, re.I):
            noun = ["total", *noun]
        cost = re.match(
            r"\s*the\s+(total\s+)?(?P<what>cost|price)\s+(?:of|for)\s+(?P<thing>.*)", body
        )
        if cost and (thing := phrase(cost["thing"], 2)):
            names.append([*(["total"] if cost.group(1) else []), *thing, cost["what"]])
        names += [noun, ["total", *noun]]
    return names


# "how many more …", "how many 2 dollar toys"
_UNCOUNTED = re.compile(r"^(?:more|fewer|less)\b|^\$?\d+\s+(?:dollars?|cents?)?", re.I)


def _how_many(match: re.Match[str], core: str) -> list[Words]:
    text, rest = match["noun"].strip(), match["rest"] or ""
    noun = phrase(_UNCOUNTED.sub("", text))
    prefix = _prefix(core.replace(text, "")) if text else _prefix(core)
    if re.match(r"more\b", text, re.I):
        prefix = "needed" if _NEEDS.search(core) else "more"
    elif re.match(r"(?:fewer|less)\b", text, re.I):
        prefix = "fewer"
    kind = re.match(r"\s*([a-z]+)\s*[?.]?$", rest, re.I)
    if re.match(r"of\b", text) and (match["verb"] or "").lower() in ("are", "were", "is") and kind:
        noun = [kind.group(1)]  # "How many of the children are girls?"
    if not noun and (cost := re.search(r"\bcosts?\b", rest, re.I)):
        what = phrase(re.sub(r"^\s*(?:each|one|the)\s", "", rest[: cost.start()]), 2)
        return [[*what, "cost"], ["total", "cost"]]
    if not noun and re.search(r"\bweigh", rest, re.I):
        return [[*_tail(rest[: rest.lower().find("weigh")], 2), "weight"]]
    if not noun and re.match(r"times\b", text):
        return [["times", "as", "many"], ["times"]]
    if not noun and not re.search(r"\bhow much\b", core, re.I):
        return [[prefix, _participle(rest) or "count"]] if prefix else []
    if not noun:
        noun = ["money"]
    verb = (
        ""
        if match["not"]
        else _participle(re.sub(r"\b(?:to|than|for|if|when|after|by)\b.*", "", rest))
    )
    names: list[Words] = [[prefix, *noun]] if prefix else []
    if verb and not prefix:
        names.append([*noun, verb])
    per = re.search(r"\b(?:per|each|every)\s+([A-Za-z]+)", core)
    if per and _content(per.group(1)) and not prefix:
        names.insert(0, [*noun, "per", per.group(1)])
    return [*names, noun, ["total", *noun], ["number", "of", *noun]]


def _asked_noun(core: str) -> Words:
    match = _ASKED.search(core)
    if match is None:
        return []
    return phrase(re.sub(r"^(?:more|fewer|less)\b", "", match["noun"].strip(), flags=re.I))


def choose(wanted: Sequence[Sequence[Words]], taken: Iterable[str] = ()) -> list[str]:
    """One name for each list of candidates, all different and none in ``taken``.

    Where several want the same name, all of them look for one that tells them apart; the first
    that finds none keeps it, and only the others are numbered.
    """
    used = set(taken)
    chosen = [""] * len(wanted)
    tried: list[list[str]] = [[] for _ in wanted]
    for rank in range(max((len(names) for names in wanted), default=0)):
        open_ = [i for i, names in enumerate(wanted) if not chosen[i] and rank < len(names)]
        count: dict[str, int] = {}
        for index in open_:
            name = identifier(wanted[index][rank])
            tried[index].append(name)
            count[name] = count.get(name, 0) + 1
        for index in open_:
            name = tried[index][-1]
            if name and count[name] == 1 and name not in used:
                chosen[index] = name
                used.add(name)
        if all(chosen):
            return chosen
    for index, names in enumerate(tried):
        if not chosen[index]:
            names = [name for name in names if name]
            free = next((name for name in names if name not in used), "")
            chosen[index] = free or _numbered(names, used)
            used.add(chosen[index])
    return chosen


def _numbered(names: Sequence[str], used: set[str]) -> str:
    base = names[0] if names else "amount"
    if base not in used:
        return base
    for word in (
        "other",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
    ):
        if f"{word}_{base}" not in used:
            return f"{word}_{base}"
    number = 10
    while f"{base}_{number}" in used:
        number += 1
    return f"{base}_{number}"
