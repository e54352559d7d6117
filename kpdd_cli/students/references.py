"""Programs in which a variable is named once and referred to by number.

A tiny student that writes a name of four pieces again misspells it, and the program fails. So each
assignment gets a label, and what comes later refers to that::

    price = 12                 x1 price = 12
    packs = 3                  x2 packs = 3
    cost = price * packs       x3 cost = x1 * x2
    answer = cost              answer = x3

Only plain assignments that begin a line are labelled; everything else stays as it is.
"""

from __future__ import annotations

import re

MOST = 24  # labels

_LABEL = re.compile(r"(?<![^\W_])x[1-9][0-9]?(?![^\W_])")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*) = (.+)")
_LABELLED = re.compile(r"(x[1-9][0-9]?) ([A-Za-z_]\w*) = (.+)")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


def used(text: str) -> bool:
    """Whether ``text`` holds a word that looks like a label, so that it cannot be written."""
    return _LABEL.search(text) is not None


def assigns(line: str) -> bool:
    """Whether ``line`` is an assignment, with or without a label."""
    return _ASSIGNMENT.fullmatch(line) is not None or _LABELLED.fullmatch(line) is not None


def write(text: str) -> str:
    """``text`` with labels and references; as it is where it could not be read back."""
    labels: dict[str, str] = {}  # name -> label of its latest assignment
    count = 0
    lines = []
    for line in text.split("\n"):
        if (found := _ASSIGNMENT.fullmatch(line)) is None:
            lines.append(line)
            continue
        name, value = found.groups()
        value = _NAME.sub(lambda word: labels.get(word[0], word[0]), value)
        labels.pop(name, None)
        if name == "answer" or count == MOST:
            lines.append(f"{name} = {value}")
        else:
            count += 1
            labels[name] = f"x{count}"
            lines.append(f"x{count} {name} = {value}")
    written = "\n".join(lines)
    return written if not used(text) and read(written) == text else text


def read(text: str) -> str:
    """The program that ``text`` writes.

    A student gives two values one name now and then; where both are referred to later, the second
    gets a number (``price_2``).
    """
    lines = text.split("\n")
    names: dict[str, str] = {}  # label -> name
    for number, line in enumerate(lines):
        if (found := _LABELLED.fullmatch(line)) is not None:
            label, name, value = found.groups()
            later = set(_LABEL.findall("\n".join(lines[number + 1 :])))
            name = _free(name, {names[other] for other in later & names.keys() if other != label})
            line = f"{name} = {_restored(value, names)}"
            names[label] = name
        else:
            line = _restored(line, names)
        lines[number] = line
    return "\n".join(lines)


def _restored(text: str, names: dict[str, str]) -> str:
    return _LABEL.sub(lambda label: names.get(label[0], label[0]), text)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free = f"{name}_{number}"
        number += 1
    return free
