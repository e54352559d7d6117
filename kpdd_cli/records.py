"""The rows on disk: what each stage adds, checked once where a row enters.

A row is one JSON object. A stage adds its fields and carries every other field through untouched,
so rows travel as plain dictionaries (:data:`Row`) and the classes here are checked, frozen views
of the fields that a stage works with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Row = dict[str, Any]
Mode = Literal["cot", "pot"]
Pipeline = Literal[
    "three-stage", "two-stage", "one-pass", "direct", "no-core-question", "no-information"
]

MODES: tuple[Mode, ...] = ("cot", "pot")
PIPELINES: tuple[Pipeline, ...] = (
    "three-stage",
    "two-stage",
    "one-pass",
    "direct",
    "no-core-question",
    "no-information",
)


class BadRow(ValueError):
    """A row is not what its stage needs; the message says which field and why, not where."""


def problem_id(question: str) -> str:
    """The id of a problem that brings none: a hash of its question, white space folded."""
    return "q-" + hashlib.sha256(" ".join(question.split()).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Problem:
    """A word problem; ``answer`` is gold, as text (``"72"``, ``"9; 12"``), or None if unknown."""

    id: str
    question: str
    answer: str | None = None
    solution: str | None = None
    equation: str | None = None

    @classmethod
    def of(cls, row: Row) -> Problem:
        """Read a row's problem. Raises :class:`BadRow`."""
        question = _text(row, "question")
        given = row.get("id")
        if isinstance(given, bool) or not isinstance(given, (str, int, type(None))):
            raise BadRow(f'"id" must be text or an integer, not {_kind(given)}')
        if isinstance(given, str) and not given.strip():
            raise BadRow('"id" is empty')
        return cls(
            id=problem_id(question) if given is None else str(given),
            question=question,
            answer=_answer(row.get("answer")),
            solution=_text(row, "solution", optional=True),
            equation=_text(row, "equation", optional=True),
        )


@dataclass(frozen=True, slots=True)
class KeyPoints:
    """What stages 1 and 2 of the method extract from a problem."""

    core_question: str
    information: tuple[str, ...]

    @classmethod
    def of(cls, row: Row) -> KeyPoints:
        """Read a row's key points. Raises :class:`BadRow`."""
        facts = row.get("information")
        if not isinstance(facts, list) or not all(isinstance(fact, str) for fact in facts):
            raise BadRow('"information" must be a list of texts (kpdd extract writes it)')
        return cls(_text(row, "core_question"), tuple(facts))

    def fields(self) -> Row:
        """The fields that ``extract`` adds to a row."""
        return {"core_question": self.core_question, "information": list(self.information)}


@dataclass(frozen=True, slots=True)
class Rationale:
    """A solution: reasoning as text (``cot``) or a program (``pot``); ``sample`` counts from 0."""

    mode: Mode
    text: str
    sample: int = 0

    @classmethod
    def of(cls, row: Row) -> Rationale:
        """Read a row's rationale. Raises :class:`BadRow`."""
        mode, sample = row.get("mode"), row.get("sample", 0)
        if mode not in MODES:
            raise BadRow(f'"mode" must be "cot" or "pot", not {mode!r} (kpdd solve writes it)')
        if isinstance(sample, bool) or not isinstance(sample, int) or sample < 0:
            raise BadRow(f'"sample" must be an integer from 0, not {sample!r}')
        return cls(mode, _text(row, "rationale"), sample)

    def fields(self) -> Row:
        """The fields that ``solve`` adds to a row."""
        return {"mode": self.mode, "rationale": self.text, "sample": self.sample}


Status = Literal[
    "correct",  # the answer is the gold answer
    "wrong",  # it is another one
    "no_answer",  # the rationale states none, or the program computes none
    "error",  # the program raised
    "timeout",  # the program passed its time limit
    "memory",  # the program passed its memory limit
    "unsupported",  # the contained interpreter lacks what the program needs: cannot tell
    "no_gold",  # the row has no gold answer to compare with: cannot tell
    "contaminated",  # its problem stands in a test set
    "duplicate",  # it is correct, and repeats a rationale that its problem has
    "surplus",  # it is correct, and its problem has as many rationales as were asked for
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a rationale; ``value`` is the answer that was read or computed."""

    status: Status
    value: str | None
    why: str

    def fields(self) -> Row:
        """The verdict as it stands in a row."""
        return {"status": self.status, "value": self.value, "why": self.why}


def _text(row: Mapping[str, Any], field: str, *, optional: bool = False) -> Any:
    value = row.get(field)
    if value is None and optional:
        return None
    if value is None:
        raise BadRow(f'"{field}" is missing')
    if not isinstance(value, str):
        raise BadRow(f'"{field}" must be text, not {_kind(value)}')
    if not value.strip() and not optional:
        raise BadRow(f'"{field}" is empty')
    return value


def _answer(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadRow(f'"answer" must be text or a number, not {_kind(value)}')
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if not text.strip():
        raise BadRow('"answer" is empty')
    return text.strip()


def _kind(value: Any) -> str:
    names = {"NoneType": "null", "bool": "true/false", "dict": "an object", "list": "a list"}
    return names.get(type(value).__name__, f"a {type(value).__name__}")
