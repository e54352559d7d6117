"""Choose the facts that a solution uses, and cut away what it does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kpdd_cli.keypoints import statement
from kpdd_cli.teachers.gold.linking import Mention

# Sentences without a number that still decide a solution: "The rest are girls."
_RELATES = re.compile(
    r"\b(?:rest|remain\w*|equal\w*|evenly|same|each|every|all|both|split\w*|shares?|shared|others?|"
    r"leap|consecutive|isosceles|equilateral|square|triangle|rectang\w+|circle|identical|pattern|"
    r"none|no longer|instead|refund\w*|free)\b",
    re.I,
)
_BOUNDARY = re.compile(
    r",\s+(?:and\s+|but\s+|while\s+|whereas\s+)?|\s+(?:and|but|while|whereas)\s+"
)
_RATE = re.compile(
    r"(\s(?:(?:an?|per|each|every)\s(?:hour|day|week|month|year|minute|\w+)|each))[.]?$"
)
_CLAUSE = re.compile(
    r"^(?:[A-Z][\w'’]*|he|she|it|they|we|i|you|the|his|her|their|there|another|some|each|one)\b.*?\b"
    r"(?:is|are|was|were|has|have|had|\w+ed|\w+s|gave|lost|sold|bought|ate|made|took|got|won|put|ran)\b",
    re.I,
)


def information(
    statements: Sequence[str], mentions: Sequence[Mention], used: Collection[int]
) -> list[str]:
    """The statements that hold a used quantity, or relate quantities without naming one."""
    facts: list[str] = []
    for index, text in enumerate(statements):
        here = [i for i, mention in enumerate(mentions) if mention.index == index]
        counted = [i for i in here if not _weak(mentions[i])]
        kept = [i for i in here if i in used]
        if kept and len(kept) < len(counted):
            facts.append(
                _trimmed(
                    text,
                    [mentions[i] for i in counted if i not in used],
                    [mentions[i] for i in kept],
                )
            )
        elif kept or (not counted and _RELATES.search(text)):
            facts.append(text)
    return facts


def _weak(mention: Mention) -> bool:
    """Whether a number may be a mere article: "one day"."""
    return mention.value == 1 or mention.quantity.kind == "ordinal"


def _trimmed(text: str, unused: Sequence[Mention], kept: Sequence[Mention]) -> str:
    """``text`` without the parts of a list that name only unused quantities.

    A part goes only where what is left stays a sentence; else the text stays whole.
    """
    pieces: list[tuple[int, int]] = []
    start = 0
    for gap in _BOUNDARY.finditer(text):
        pieces.append((start, gap.start()))
        start = gap.end()
    pieces.append((start, len(text)))
    places = [[m for m in kept if a <= m.quantity.start < b] for a, b in pieces]
    spare = [[m for m in unused if a <= m.quantity.start < b] for a, b in pieces]
    drop = [bool(spare[i]) and not places[i] for i in range(len(pieces))]
    if not any(drop):
        return text
    head, rest = text[pieces[0][0] : pieces[0][1]], list(range(1, len(pieces)))
    if drop[0]:
        following = next((i for i in rest if not drop[i]), None)
        if following is None:
            return text
        a, b = pieces[following]
        nxt = text[a:b]
        if (
            places[following]
            and places[following][0].quantity.start - a <= 2
            and len(spare[0]) == 1
        ):
            head = head[: spare[0][0].quantity.start] + nxt  # "Paco had 26 salty …" + "17 sweet …"
        elif _CLAUSE.match(nxt):
            head = nxt
        else:
            return text
        rest = [i for i in rest if i > following]
    out = head
    for i in rest:
        if drop[i]:
            continue
        gap = text[pieces[i - 1][1] : pieces[i][0]]
        out += gap + text[pieces[i][0] : pieces[i][1]]
    if drop[-1] and (rate := _RATE.search(text)):  # "15 water bottles and 54 sodas a day"
        out += rate.group(1)
    return statement(out.rstrip(" ,.")) or text
