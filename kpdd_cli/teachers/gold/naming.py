"""Name a program's variables after the words around their numbers.

No grammar is parsed: a noun phrase is what follows a number up to the next function word or verb.
Names are short first; where two would be equal, words that tell them apart are added.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Sequence

from kpdd_cli.keypoints import quantities
from kpdd_cli.teachers.gold.linking import Mention

_RESERVED = (
    frozenset(keyword.kwlist) | frozenset(dir(builtins)) | {"answer", "math", "ans", "result"}
)

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*|[.,;:!?()=\"“”$%\d]|[-+*/]")
_FILLERS = frozenset(
    ["of", "the", "a", "an", "her", "his", "their", "its", "my", "your", "our", "more", "less", "fewer", "other", "others", "additional", "another", "new", "different", "identical", "about", "only", "these", "those", "this", "that", "some", "extra", "such", "more-than", "such", "still", "just", "further", "same", "equal", "regular", "as", "many", "much", "worth"]
)
_STOPS = frozenset(
    ["a", "about", "above", "across", "after", "again", "ago", "all", "along", "also", "altogether", "am", "among", "an", "and", "any", "are", "around", "as", "at", "away", "back", "be", "because", "been", "before", "began", "being", "below", "between", "both", "but", "by", "came", "can", "come", "comes", "could", "did", "do", "does", "done", "down", "during", "each", "either", "else", "enough", "equals", "even", "ever", "every", "everyone", "except", "far", "few", "fewer", "find", "finds", "for", "found", "from", "gave", "get", "gets", "getting", "give", "given", "gives", "go", "goes", "going", "gone", "got", "had", "has", "have", "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "how", "i", "if", "in", "including", "instead", "into", "is", "it", "its", "itself", "just", "keep", "keeps", "kept", "later", "least", "left", "less", "lost", "lose", "loses", "made", "make", "makes", "making", "many", "may", "me", "might", "mine", "more", "most", "much", "must", "my", "need", "needed", "needs", "never", "next", "no", "nor", "not", "now", "off", "often", "on", "once", "only", "onto", "or", "other", "others", "our", "out", "over", "own", "per", "put", "puts", "rather", "remain", "remaining", "remains", "said", "same", "saw", "say", "says", "see", "sees", "sell", "sells", "she", "should", "since", "so", "sold", "some", "spend", "spends", "spent", "still", "such", "take", "takes", "than", "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore", "these", "they", "this", "those", "though", "through", "throughout", "thus", "till", "times", "to", "together", "too", "took", "total", "toward", "towards", "under", "until", "up", "upon", "us", "use", "used", "uses", "using", "very", "via", "want", "wanted", "wants", "was", "we", "went", "were", "what", "when", "where", "whether", "which", "while", "who", "whole", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you", "your", "yours", "bought", "buy", "buys", "cost", "costs", "paid", "pay", "pays", "eat", "eats", "ate", "earn", "earns", "earned", "add", "added", "adds", "read", "reads", "work", "works", "worked", "ran", "run", "runs", "win", "wins", "won", "lasted", "lasts", "last", "long", "tall", "high", "old", "deep", "wide", "plus", "minus", "divided", "multiplied", "times", "equal", "equally", "leaving", "leaves", "leave", "start", "starts", "started", "save", "saves", "saved", "gathered", "collected", "sent", "already", "currently", "first", "instead", "every", "exactly", "altogether", "dollars?", "if", "because", "however", "like", "likes", "wears", "sits", "stands", "goes", "costing", "counting", "being", "having", "left", "ordered", "weighs", "weigh", "weighed", "measures", "contains", "contain", "holds", "hold", "fit", "fits"]
)
_VERBISH = re.compile(r"(?:ed|ing)$")
_TIMES = re.compile(
    r"\b(?:in|on|for|during|at|from|to|by|of|with)\s+(?:the\s+|his\s+|her\s+|their\s+|a\s+|an\s+)?"
    r"(?:(?:first|second|third|fourth|last|next|other)\s+)?(?P<noun>[A-Za-z][a-z'’]+(?:\s[a-z]+)?)"
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|last|next|previous|yesterday|today|"
                      r"tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|"
                      r"february|march|april|may|june|july|august|september|october|november|december|"
                      r"morning|afternoon|evening|night|red|blue|green|yellow|white|black|small|large|"
                      r"big|boys|girls|men|women|children|adults)\b", re.I)  # fmt: skip
_RATE = re.compile(
    r"^\s*(?:for\s+|in\s+|on\s+|to\s+|of\s+)?(?:per|each|every|an?|/)\s*(?:of\s+)?(?:the\s+|her\s+|his\s+|their\s+)?"
    r"(?P<noun>[A-Za-z]+)",
    re.I,
)
_LONGEST = 36


def identifier(words: Iterable[str]) -> str:
    """``words`` as one snake_case name, "" where none can be made."""
    parts: list[str] = []
    length = 0
    for word in words:
        part = re.sub(r"['’]s?$|['’]", "", word.lower()).replace("-", "_")
        part = re.sub(r"[^a-z_]", "", part).strip("_")
        if not part or (parts and part == parts[-1]):
            continue
        length += len(part) + 1
        if length > _LONGEST:
            break
        parts.append(part)
    while parts and parts[-1] in ("of", "per", "in", "on", "for", "and", "the"):
        parts.pop()
    name = "_".join(parts)
    if name in _RESERVED or len(name) == 1:
        name = {"sum": "total", "max": "maximum", "min": "minimum"}.get(name, f"{name}_count")
        name = name if name[0] != "_" else ""
    return name


def phrase(text: str, limit: int = 3) -> list[str]:
    """The noun phrase that ``text`` begins with, at most ``limit`` words and an "of"."""
    words: list[str] = []
    pieces = _WORD.findall(text[:90])
    at, size = 0, len(pieces)
    while at < size and (pieces[at].lower() in _FILLERS or pieces[at] == "-"):
        at += 1
    while at < size and len(words) < limit:
        piece = pieces[at]
        low = piece.lower()
        if not low[0].isalpha():
            break
        if low == "of" and words and at + 1 < size:
            at += 1
            while at < size and pieces[at].lower() in _FILLERS:
                at += 1
            if at < size and _content(pieces[at]) and pieces[at][0].isalpha():
                if len(words) + 1 <= limit:
                    words += ["of", pieces[at]]
                limit += 1
                at += 1
                continue
            break
        if not _content(piece) or (words and _VERBISH.search(low) and len(low) > 4):
            break
        words.append(piece)
        at += 1
    return words


def _content(word: str) -> bool:
    return word.lower() not in _STOPS and word[0].isalpha()


def _tail(text: str, limit: int) -> list[str]:
    """The last content words of ``text``, "of" between them kept."""
    words: list[str] = []
    pieces = _WORD.findall(text[-90:])
    while pieces and not _content(pieces[-1]):
        if pieces[-1] in (".", ";", ",", ":") and words:
            return words
        pieces.pop()
    for piece in reversed(pieces):
        if piece.lower() in ("of", "per") and words and words[0] not in ("of", "per"):
            words.insert(0, piece)
        elif piece.lower() in ("the", "a", "her", "his", "their") and words and words[0] == "of":
            continue
        elif (_content(piece) and len([w for w in words if w != "of"]) < limit) or (piece.lower() in ("total", "remaining", "more", "left") and words):
            words.insert(0, piece)
        else:
            break
    while words and words[0] in ("of", "per"):
        words.pop(0)
    return words


def _subject(text: str) -> str:
    """The first content word of a clause: who or what it is about."""
    for match in _WORD.finditer(text):
        word = match.group()
        if _content(word) and not _VERBISH.search(word):
            return word
    return ""


def for_mention(mention: Mention) -> list[str]:
    """Names for a quantity of the problem, the best first."""
    quantity, sentence = mention.quantity, mention.sentence
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    clause = re.split(r"[,;:]|\b(?:and|but|while|then)\b", before)[-1]
    after_clause = re.split(r"[,;]|\b(?:and|but|while)\b", after)[0]
    noun = phrase(after_clause)
    rest = after_clause
    if noun:
        rest = after_clause[after_clause.find(noun[-1]) + len(noun[-1]) :]
    rate = _RATE.match(rest)
    per: list[str] = []
    if rate and rate["noun"].lower() not in ("lot", "few", "bit", "total", "half", "of", "time"):
        per = ["per", rate["noun"]] if _content(rate["noun"]) else ["each"]
    elif re.match(r"\s*(?:each|apiece)\b", rest):
        per = ["each"]
    names: list[list[str]] = []
    subject = _subject(clause) or _subject(before)
    if quantity.kind == "percent":
        of = re.match(r"\s*(?:of\s+)?(?:the\s+|his\s+|her\s+|their\s+|its\s+)?([A-Za-z]+)", after)
        what = [of.group(1)] if of and _content(of.group(1)) else _tail(clause, 1)
        names += [[*what, "percent"], ["percent", *_tail(clause, 2)]]
    elif quantity.kind == "money":
        names += _priced(clause, noun, per, subject)
    elif noun:
        names += [[*noun, *per]]
    else:
        names += [_tail(clause, 2)]
    base = names[0]
    place = _TIMES.search(rest)
    named = [_subject(clause)] if _subject(clause) else []
    tag = _ORDINAL.search(clause) or _ORDINAL.search(after_clause)
    if named:
        names.append([*named, *base])
    if place and _content(place["noun"].split()[0]):
        names.append(
            [*base, *re.match(r"\s*\w+", place.group()).group().split(), place["noun"].split()[0]]
        )  # type: ignore[union-attr]
    if tag:
        names.append([tag.group(1), *base])
    if subject:
        names.append([subject, *base])
    names.append([*base, *_tail(clause, 2)])
    names.append([*_tail(clause, 2), *base])
    if place:
        names.append([*(named or [subject]), *base, place["noun"].split()[0]])
    return _distinct(identifier(words) for words in names)


def _priced(clause: str, noun: list[str], per: list[str], subject: str) -> list[list[str]]:
    if (
        noun
        and not per
        and noun[0].lower() in ("bill", "bills", "coupon", "gift", "note", "tip", "discount", "fee")
    ):
        return [["dollar", *noun]]
    if per:
        return [["dollars", *per], [subject, "dollars", *per]]
    cost = re.search(
        r"\b(?:cost|costs|costing|price|priced|worth|at|for|is|was)\s*(?:of|is|at|was|about)?\s*$",
        clause,
        re.I,
    )
    if cost:
        what = _tail(clause[: cost.start()], 2) or ([subject] if subject else [])
        if what:
            return [
                [
                    *what,
                    "price" if what[-1].lower() not in ("price", "cost", "fee", "total") else "",
                ]
            ]
    if noun:
        return [["dollars", "for", *noun]]
    what = [subject] if subject else []
    return [[*what, "dollars"]]


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


_TOTAL = re.compile(r"\b(?:total|altogether|in all|combined|sum|together|overall)\b", re.I)
_LEFT = re.compile(r"\b(?:left|remain\w*|still|leaving)\b", re.I)
_MORE = re.compile(r"\bmore\b", re.I)
_NEEDS = re.compile(r"\bneeds?\b|\bneeded\b", re.I)
_HEAD = re.compile(
    r"\b(?:is|are|was|were|will be|would be|equals|comes to|=|has|have|had|of|be)\s*:?\s*\$?$|:\s*\$?$",
    re.I,
)


def for_step(before: str, written: str, after: str, operator: str) -> list[str]:
    """Names for what a line of a worked solution computes, the best first."""
    clause = re.split(r"[,;:](?=.)|\b(?:so|then|that|because|means)\b", before.rstrip(" =:$("))[-1]
    line = f"{clause} {written} {after[:60]}"
    after_clause = re.split(r"[.,;]", after)[0] if after[:1] not in ".,;" else ""
    noun = phrase(after_clause)
    rest = after_clause[after_clause.find(noun[-1]) + len(noun[-1]) :] if noun else after_clause
    rate = _RATE.match(rest)
    per = ["per", rate["noun"]] if rate and _content(rate["noun"]) else []
    if re.match(r"\s*(?:each|apiece)\b", rest):
        per = ["each"]
    place = _TIMES.search(rest)
    money = "$" in written or "$" in after[:2]
    told = _tail(_HEAD.sub("", clause), 3)
    names: list[list[str]] = []
    prefix = _prefix(line)
    if noun:
        base = [*noun, *per]
        names.append([prefix, *base] if prefix else base)
        if place and _content(place["noun"].split()[0]):
            preposition = place.group().split()[0].lower()
            names.append([*base, preposition, place["noun"].split()[0]])
            if not prefix:
                names.reverse()
        if _subject(clause):
            names.append([_subject(clause), *names[0]])
    elif told and not _VERBISH.search(told[-1].lower()):
        names.append(
            [
                *told,
                *(["dollars"] if money and len(told) == 1 and not _valued(told[-1]) else []),
                *per,
            ]
        )
    else:
        verb = _verb(clause)
        who = _subject(clause)
        unit = "money" if money else "amount"
        if verb:
            names.append([unit, verb])
            names.append([who, unit, verb])
        elif prefix:
            names.append([prefix, unit])
        if money and per:
            names.insert(0, ["dollars", *per])
    base = names[0] if names else ["amount"]
    word = {"+": "total", "-": "remaining", "*": "total", "/": "each"}.get(operator, "new")
    who = _subject(clause)
    if told:
        names.append([*told, *(noun or [])])
    if who:
        names.append([who, *base])
    tag = _ORDINAL.search(clause) or _ORDINAL.search(after_clause)
    if tag:
        names.append([tag.group(1), *base])
    names.append([word, *base])
    return _distinct(identifier(words) for words in names)


def _valued(word: str) -> bool:
    return word.lower() in ("cost", "price", "total", "fee", "amount", "money", "salary", "tax", "pay",
                            "discount", "tip", "bill", "income", "profit", "worth", "value", "change")  # fmt: skip


def _prefix(line: str) -> str:
    if _TOTAL.search(line):
        return "total"
    if _LEFT.search(line):
        return "remaining"
    if _MORE.search(line):
        return "more"
    if _NEEDS.search(line):
        return "needed"
    return ""


_PAST = {
    "needs": "needed", "need": "needed", "earns": "earned", "earn": "earned", "made": "made",
    "makes": "made", "make": "made", "spent": "spent", "spends": "spent", "spend": "spent",
    "paid": "paid", "pays": "paid", "pay": "paid", "costs": "charged", "cost": "charged",
    "sold": "sold", "sells": "sold", "bought": "bought", "buys": "bought", "gave": "given",
    "gives": "given", "gets": "received", "got": "received", "get": "received", "lost": "lost",
    "saved": "saved", "saves": "saved", "save": "saved", "ate": "eaten", "eats": "eaten",
    "used": "used", "uses": "used", "left": "left", "read": "read", "ran": "run", "runs": "run",
    "has": "owned", "have": "owned", "had": "owned", "received": "received", "took": "taken",
}  # fmt: skip


def _verb(clause: str) -> str:
    for word in reversed(re.findall(r"[a-z]+", clause.lower())):
        if word in _PAST:
            return _PAST[word]
        if word.endswith("ed") and len(word) > 4:
            return word
    return ""


_ASKED = re.compile(
    r"how\s+(?:many|much)\s+(?P<noun>.*?)\s*(?:\b(?:did|does|do|will|would|was|were|is|are|can|could|"
    r"has|have|had|must|should)\b(?P<rest>.*))?[?.]?$",
    re.I,
)
_MEASURES = {"long": "length", "tall": "height", "old": "age", "far": "distance", "fast": "speed",
             "heavy": "weight", "wide": "width", "high": "height", "deep": "depth", "big": "size",
             "large": "size", "often": "frequency"}  # fmt: skip


def for_question(core: str) -> list[str]:
    """Names for what a problem asks for, the best first."""
    names: list[list[str]] = []
    prefix = ""
    for pattern, word in ((_LEFT, "remaining"), (_TOTAL, "total"), (_NEEDS, "needed")):
        if pattern.search(core):
            prefix = word
            break
    measure = re.search(r"\bhow\s+(\w+)", core, re.I)
    match = _ASKED.search(core)
    if match:
        noun = phrase(re.sub(r"^(?:more|fewer|less)\b", "", match["noun"].strip(), flags=re.I))
        rest = match["rest"] or ""
        if re.search(r"\bmore\b", match["noun"]) and prefix != "needed":
            prefix = "more"
        elif re.search(r"\b(?:fewer|less)\b", match["noun"]):
            prefix = "fewer"
        if not noun and re.search(r"\bcost\b", rest):
            names.append([*phrase(rest), "cost"])
        money = not noun and re.search(r"\bhow much\b", core, re.I)
        noun = noun or (["money"] if money else _tail(rest.rstrip("?"), 2))
        verb = _verb(rest)
        if prefix:
            names.append([prefix, *noun])
        if verb and not prefix:
            names.append([*noun, verb])
        names.append(noun)
        names += [["total", *noun], ["number", "of", *noun]]
    elif measure and measure.group(1).lower() in _MEASURES:
        names.append([_MEASURES[measure.group(1).lower()]])
        who = re.search(
            r"\b(?:is|was|are|were|will|did|does)\s+(?:the\s+|each\s+)?([A-Za-z]+)", core
        )
        if who and _content(who.group(1)):
            names.insert(0, [who.group(1), *names[0]])
    else:
        noun = phrase(
            re.sub(
                r"^.*?\b(?:is|are|was|were|find|calculate|determine)\b\s*",
                "",
                core,
                count=1,
                flags=re.I,
            ),
            4,
        )
        names += [noun, ["total", *noun]]
    names.append(["wanted", "number"])
    return _distinct(identifier(words) for words in names)


def choose(wanted: Sequence[Sequence[str]], taken: Iterable[str] = ()) -> list[str]:
    """One name for each list of candidates, all different and none in ``taken``.

    Where several want the same first name, all of them look for one that tells them apart.
    """
    used = set(taken)
    chosen: list[str | None] = [None] * len(wanted)
    for rank in range(max((len(names) for names in wanted), default=0)):
        count: dict[str, int] = {}
        for index, names in enumerate(wanted):
            if chosen[index] is None and rank < len(names):
                count[names[rank]] = count.get(names[rank], 0) + 1
        for index, names in enumerate(wanted):
            if chosen[index] is None and rank < len(names):
                name = names[rank]
                if count[name] == 1 and name not in used:
                    chosen[index] = name
                    used.add(name)
    return [name or _numbered(wanted[i], used) for i, name in enumerate(chosen)]


def _numbered(names: Sequence[str], used: set[str]) -> str:
    base = names[0] if names else "amount"
    for word in (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
    ):
        name = f"{word}_{base}"
        if name not in used:
            used.add(name)
            return name
    number = 10
    while f"{base}_{number}" in used:
        number += 1
    used.add(f"{base}_{number}")
    return f"{base}_{number}"


def unit(mention: Mention) -> list[str]:
    """What a quantity counts: "cookies" of "26 salty cookies", for steps without words."""
    after = re.split(r"[,;]|\b(?:and|but|while)\b", mention.sentence[mention.quantity.end :])[0]
    if mention.quantity.kind == "money":
        return ["dollars"]
    return phrase(after)


def numberless(text: str) -> str:
    """``text`` without its numbers, as far as names are concerned."""
    out, at = [], 0
    for quantity in quantities(text):
        out.append(text[at : quantity.start])
        at = quantity.end
    return "".join([*out, text[at:]])
