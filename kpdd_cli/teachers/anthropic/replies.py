"""Reading a model's reply into what was asked for, however it was dressed. Pure.

A server with structured output sends the JSON object asked for. Others wrap it in a fence, put
prose around it, rename its keys, or leave it out and just answer; all of these are read. What
cannot be read raises :class:`Unusable`, whose message tells the model what to mend.
"""

from __future__ import annotations

import ast
import json
import re
import textwrap
import warnings
from collections.abc import Iterator
from typing import Any

from kpdd_cli.answers import ANSWER_SENTENCE
from kpdd_cli.records import KeyPoints

_FENCED = re.compile(r"```[ \t]*\w*[ \t]*\n(.*?)```", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(.+?)\s*$", re.MULTILINE)
_ANSWER_SENTENCE = re.compile(
    re.escape(ANSWER_SENTENCE).replace(re.escape("{answer}"), r"(?P<answer>\S.*)")
)
#: Names that a program may leave its answer in, as the executor reads them.
_ANSWER_NAMES = {"answer", "ans", "result"}


class Unusable(ValueError):
    """The reply is not what was asked for; the message says what is wrong with it."""


def core_question(text: str) -> str:
    """The core question of stage 1. Raises :class:`Unusable`."""
    found = _field(text, "core_question", str)
    if found is None and (bare := text.strip()) and "\n" not in bare and "{" not in bare:
        found = bare.strip('"')
    if not found or not found.strip():
        raise Unusable('there is no text under "core_question"')
    return " ".join(found.split())


def information(text: str) -> tuple[str, ...]:
    """The facts of stage 2. Raises :class:`Unusable`."""
    found = _field(text, "information", list)
    if found is None:
        found = _BULLET.findall(_field(text, "information", str) or text)
    facts = tuple(" ".join(fact.split()) for fact in map(_fact, found) if fact.strip())
    if not facts:
        raise Unusable('there is no list of facts under "information"')
    return facts


def key_points(text: str) -> KeyPoints:
    """Both, from one reply. Raises :class:`Unusable`."""
    if not any(_objects(text)):
        raise Unusable("there is no JSON object in the reply")
    return KeyPoints(core_question(text), information(text))


def solution(text: str) -> str:
    """A chain of thought that ends in the answer sentence. Raises :class:`Unusable`."""
    found = _field(text, "solution", str)
    if found is None and any(_objects(text)):
        raise Unusable('there is no text under "solution"')
    lines = (text if found is None else found).strip().splitlines()
    if not lines or not _ANSWER_SENTENCE.search(lines[-1]):
        ending = ANSWER_SENTENCE.format(answer="X")
        raise Unusable(f'the solution does not end in the sentence "{ending}"')
    return "\n".join(line.rstrip() for line in lines)


def program(text: str) -> str:
    """A program that parses and leaves an answer. It is not run here. Raises :class:`Unusable`."""
    found = _field(text, "program", str)
    if found is None and any(_objects(text)):
        raise Unusable('there is no text under "program"')
    code = textwrap.dedent(_unfenced(text if found is None else found)).strip("\n").rstrip()
    try:
        with warnings.catch_warnings(action="ignore"):  # on doubtful, but valid, Python
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unusable(f"the program is not Python: {error}") from error
    if not _leaves_answer(tree):
        raise Unusable("the program does not assign `answer`")
    return code


def _leaves_answer(tree: ast.Module) -> bool:
    names = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    calls = any(isinstance(node, ast.FunctionDef) for node in tree.body)
    return bool(names & _ANSWER_NAMES) or calls


def _field(text: str, name: str, kind: type) -> Any:
    """The value of type ``kind`` under ``name``, or else the only one of its type; None if none."""
    for found in _objects(text):
        named = [
            value for key, value in found.items() if _folded(key) == name and type(value) is kind
        ]
        fitting = named or [value for value in found.values() if type(value) is kind]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _folded(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Each JSON object in ``text``, the whole text first, nested single objects unwrapped."""
    decoder = json.JSONDecoder(strict=False)  # models write bare newlines into strings
    start = text.find("{")
    while start >= 0:
        try:
            found, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            while isinstance(found, dict) and len(found) == 1:
                inner = next(iter(found.values()))
                if not isinstance(inner, dict):
                    break
                found = inner
            if isinstance(found, dict) and found:
                yield found
        start = text.find("{", end)


def _fact(entry: Any) -> str:
    """An entry of the list: a text, or an object around one."""
    if isinstance(entry, dict):
        texts = [value for value in entry.values() if isinstance(value, str)]
        return texts[0] if len(texts) == 1 else ""
    return entry if isinstance(entry, str) else ""


def _unfenced(text: str) -> str:
    fenced = _FENCED.search(text)
    return fenced.group(1) if fenced else text
