"""Programs as a tiny student writes them: along the story, each variable named once.

A student that writes a name of four pieces again misspells it, and one that lists all quantities
first has lost their meaning when it comes to compute. So each assignment gets a label to refer to,
and a quantity stands where it is first used. Texts here have slots already::

    price = n1                 x1 price = n1
    packs = n2                 x2 packs = n2
    tip = n3                   x3 cost = x1 * x2
    cost = price * packs       x4 tip = n3
    total = cost + tip         x5 total = x3 + x4
    answer = total             answer = x5

:func:`read` puts the quantities in front again. A program that has them elsewhere is marked with a
line ``x0`` and keeps its order; what is no plain assignment stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST = 24  # labels
PIECES: tuple[str, ...] = tuple(f"x{number}" for number in range(MOST + 1))

_AS_IT_IS = "x0"
_LABEL = re.compile(r"(?<![^\W_])x(?:0|[1-9][0-9]?)(?![^\W_])")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*) = (.+)")
_LABELLED = re.compile(r"(x[1-9][0-9]?) ([A-Za-z_]\w*) = (.+)")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_QUANTITY = re.compile(r"[nN]([1-9][0-9]?)")


def assigns(line: str) -> bool:
    """Whether ``line`` is an assignment without a label."""
    return _ASSIGNMENT.fullmatch(line) is not None


def write(text: str) -> str:
    """``text`` with labels and references; as it is where it could not be read back."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if assigns(line)), None)
    if first is None or _LABEL.search(text):
        return text
    marked = [*lines[:first], _AS_IT_IS, *lines[first:]]
    forms = (_labelled(_along_the_story(lines)), _labelled(marked))
    return next((form for form in forms if read(form) == text), text)


def read(text: str) -> str:
    """The program that ``text`` writes.

    A student gives two values one name now and then; where both are referred to later, the second
    gets a number (``price_2``).
    """
    lines = text.split("\n")
    if _AS_IT_IS in lines:
        lines.remove(_AS_IT_IS)
    else:
        lines = _quantities_first(lines)
    names: dict[str, str] = {}  # label -> name
    for number, line in enumerate(lines):
        if (found := _LABELLED.fullmatch(line)) is None:
            lines[number] = _restored(line, names)
            continue
        label, name, value = found.groups()
        later = set(_LABEL.findall("\n".join(lines[number + 1 :])))
        name = _free(name, {names[other] for other in later & names.keys() if other != label})
        lines[number] = f"{name} = {_restored(value, names)}"
        names[label] = name
    return "\n".join(lines)


def _along_the_story(lines: list[str]) -> list[str]:
    """Each quantity in front of the first line that uses it."""
    waiting: dict[str, str] = {}  # name -> its line
    told: list[str] = []
    for line in lines:
        found = _ASSIGNMENT.fullmatch(line)
        if found and _QUANTITY.fullmatch(found[2]):
            waiting[found[1]] = line
            continue
        used = set(_NAME.findall(found[2])) if found else set()
        told += [waiting.pop(name) for name in list(waiting) if name in used]
        told.append(line)
    return [*told, *waiting.values()]


def _quantities_first(lines: list[str]) -> list[str]:
    labelled = [number for number, line in enumerate(lines) if _LABELLED.fullmatch(line)]
    quantities = {number: place for number in labelled if (place := _place(lines[number]))}
    moved = [lines[number] for number in sorted(quantities, key=quantities.__getitem__)]
    others = [line for number, line in enumerate(lines) if number not in quantities]
    start = labelled[0] if labelled else 0
    return [*others[:start], *moved, *others[start:]]


def _place(line: str) -> int:
    """The number of the slot that ``line`` names; 0 if it computes something."""
    found = _LABELLED.fullmatch(line)
    quantity = _QUANTITY.fullmatch(found[3]) if found else None
    return int(quantity[1]) if quantity else 0


def _labelled(lines: list[str]) -> str:
    labels: dict[str, str] = {}  # name -> label of its latest assignment
    count = 0
    written = []
    for line in lines:
        if (found := _ASSIGNMENT.fullmatch(line)) is None:
            written.append(line)
            continue
        name, value = found.groups()
        value = _NAME.sub(lambda word: labels.get(word[0], word[0]), value)
        labels.pop(name, None)
        if name == "answer" or count == MOST:
            written.append(f"{name} = {value}")
            continue
        count += 1
        labels[name] = f"x{count}"
        written.append(f"x{count} {name} = {value}")
    return "\n".join(written)


def _restored(text: str, names: Mapping[str, str]) -> str:
    return _LABEL.sub(lambda label: names.get(label[0], label[0]), text)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free = f"{name}_{number}"
        number += 1
    return free
