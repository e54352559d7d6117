"""Choose the facts that a solution uses, and cut away what it does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kpdd_cli.keypoints import has_verb, statement
from kpdd_cli.teachers.gold.linking import Mention

# Sentences without a number that still decide a solution: "The rest are girls."
_RELATES = re.compile(
    r"\b(?:rest|remain\w*|equal\w*|evenly|same|each|split\w*|shares?|shared|others?|leap|"
    r"consecutive|isosceles|equilateral|square|triangle|rectang\w+|circle|identical|pattern|"
    r"no longer|instead|refund\w*)\b",
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
    parts = _parts(text)
    spare = [[m for m in unused if start <= m.quantity.start < end] for start, end in parts]
    places = [[m for m in kept if start <= m.quantity.start < end] for start, end in parts]
    stays = [not spare[i] or bool(places[i]) for i in range(len(parts))]
    if all(stays) or True not in stays:
        return text
    first = stays.index(True)
    start, end = parts[first]
    out = text[start:end]
    if first:
        leads = places[first] and places[first][0].quantity.start - start <= 2
        if leads and len(spare[0]) == 1:  # "Paco had 26 salty cookies" and "17 sweet cookies"
            out = text[: spare[0][0].quantity.start] + out
        elif not _CLAUSE.match(out):
            return text
    for at in range(first + 1, len(parts)):
        if stays[at]:
            out += text[parts[at - 1][1] : parts[at][1]]
    if not has_verb(out):  # "4 birds and 46 storks sat on the fence"
        return text
    if not stays[-1] and (rate := _RATE.search(text)):  # "15 water bottles and 54 sodas a day"
        out += rate.group(1)
    return statement(out.rstrip(" ,.")) or text


def _parts(text: str) -> list[tuple[int, int]]:
    """Where the members of a list in ``text`` start and end."""
    gaps = [(gap.start(), gap.end()) for gap in _BOUNDARY.finditer(text)]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(text)]
    return list(zip(starts, ends, strict=True))
