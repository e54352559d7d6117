"""What a student reads and writes: the one place that knows its text format.

A pipeline is a sequence of generations, here called *parts*. Each part has a prompt, made from the
problem and from what the parts before it wrote, and a target. :func:`examples` makes both for
training; at inference :func:`prompt` and :func:`read` take turns over a :class:`Draft`.

The reader is tolerant: a small student forgets bullets and headings, and what can be understood
is understood.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from kpdd_cli.records import KeyPoints, Mode, Pipeline, Problem, Rationale, Row
from kpdd_cli.students import everyday
from kpdd_cli.students.slots import Slots

Part = Literal["core_question", "information", "key_points", "solution", "everything"]

PARTS: dict[Pipeline, tuple[Part, ...]] = {
    "three-stage": ("core_question", "information", "solution"),
    "two-stage": ("key_points", "solution"),
    "one-pass": ("everything",),
    "direct": ("solution",),
    # Three stages less one: what the other is worth.
    "no-core-question": ("information", "solution"),
    "no-information": ("core_question", "solution"),
}

_HEADINGS: dict[Mode, str] = {"cot": "Reasoning:", "pot": "Program:"}
_NOTHING = "none"  # written where no information is needed, since a target may not be empty


@dataclass(frozen=True, slots=True)
class Draft:
    """A problem and what a student has written for it so far; None: not (yet) written.

    ``log_likelihood`` is that of the last part, where it is one of several candidates.
    """

    question: str
    core_question: str | None = None
    information: tuple[str, ...] | None = None
    rationale: str | None = None
    log_likelihood: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Example:
    """One training text: ``part`` of the pipeline, its prompt, and what is to be written."""

    problem: str
    part: Part
    prompt: str
    target: str


def examples(row: Row, pipeline: Pipeline) -> Iterator[Example]:
    """The training texts of an accepted row. Raises :class:`~kpdd_cli.records.BadRow`."""
    problem, rationale = Problem.of(row), Rationale.of(row)
    gold = Draft(problem.question, rationale=_clean(rationale.text))
    if pipeline != "direct":
        points = KeyPoints.of(row)
        facts = tuple(_line(fact) for fact in points.information if fact.strip())
        gold = replace(gold, core_question=_line(points.core_question), information=facts)
    if pipeline == "no-core-question":
        gold = replace(gold, core_question=None)
    if pipeline == "no-information":
        gold = replace(gold, information=None)
    mode = rationale.mode
    for part in PARTS[pipeline]:
        yield Example(problem.id, part, prompt(part, mode, gold), _target(part, mode, gold))


def prompt(part: Part, mode: Mode, draft: Draft) -> str:
    """What the student reads before it writes ``part``: what earlier parts wrote is included."""
    lines = [f"Problem: {_clean(draft.question)}"]
    if part in ("information", "solution") and draft.core_question is not None:
        lines.append(f"Core question: {draft.core_question}")
    if part == "solution" and draft.information is not None:
        lines += ["Information:", *_bullets(draft.information)]
    lines.append(_asked(part, mode))
    return "\n".join(lines)


def begun(part: Part, mode: Mode, draft: Draft) -> str:
    """What the text of ``part`` begins with already: key points that ``draft`` was given."""
    if part != "everything" or draft.core_question is None or draft.information is None:
        return ""
    return "\n".join([draft.core_question, *_bullets(draft.information), _HEADINGS[mode]])


def read(part: Part, mode: Mode, text: str, draft: Draft) -> Draft:
    """``draft`` with what a student wrote for ``part``. Never fails: any text means something."""
    if part == "solution":
        return replace(draft, rationale=_clean(text))
    if part == "core_question":
        return replace(draft, core_question=_line(text))
    if part == "information":
        return replace(draft, information=_facts(text.splitlines()))
    solution = None
    if part == "everything":
        text, solution = _divide(text, mode)
        if begun(part, mode, draft):
            return replace(draft, rationale=solution)
    first, *rest = text.strip().splitlines() or [""]
    return replace(
        draft,
        core_question=_line(first.removeprefix("Core question:")),
        information=_facts(rest),
        rationale=solution,
    )


def _target(part: Part, mode: Mode, gold: Draft) -> str:
    facts = gold.information or ()
    key_points = [gold.core_question or "", *_bullets(facts)]
    match part:
        case "core_question":
            return gold.core_question or ""
        case "information":
            return "\n".join(_bullets(facts))
        case "key_points":
            return "\n".join(key_points)
        case "everything":
            return "\n".join([*key_points, _HEADINGS[mode], gold.rationale or ""])
        case "solution":
            return gold.rationale or ""


def _asked(part: Part, mode: Mode) -> str:
    match part:
        case "core_question":
            return "Core question:"
        case "information":
            return "Information:"
        case "key_points":
            return "Key points:"
        case "everything":
            return f"Key points and {_HEADINGS[mode].lower()}"
        case "solution":
            return _HEADINGS[mode]


def _bullets(facts: tuple[str, ...]) -> list[str]:
    return [f"- {fact}" for fact in facts] or [f"- {_NOTHING}"]


_BULLET = re.compile(r"\s*(?:[-*•]|\d+[.)](?=\s))\s*")


def _facts(lines: list[str]) -> tuple[str, ...]:
    stripped = (_line(_BULLET.sub("", line, count=1)) for line in lines)
    facts = (fact for fact in stripped if fact not in ("", "Information:", _NOTHING))
    return tuple(dict.fromkeys(facts))


def _divide(text: str, mode: Mode) -> tuple[str, str | None]:
    """The key points and the solution of a text that holds both."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.strip() == _HEADINGS[mode]:
            return "\n".join(lines[:number]), _clean("\n".join(lines[number + 1 :]))
    # Without a heading, the solution begins after the last bullet.
    bullets = [number for number, line in enumerate(lines) if line.lstrip().startswith("- ")]
    end = bullets[-1] + 1 if bullets else 1
    solution = _clean("\n".join(lines[end:]))
    return "\n".join(lines[:end]), solution or None


def _line(text: str) -> str:
    return " ".join(text.split())


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def has(draft: Draft, part: Part) -> bool:
    """Whether ``draft`` has what ``part`` writes."""
    match part:
        case "core_question":
            return draft.core_question is not None
        case "information":
            return draft.information is not None
        case "key_points":
            return draft.core_question is not None and draft.information is not None
        case _:
            return draft.rationale is not None


# The pipelines whose texts are hashed: the others leave lines of these out, and add none.
_WHOLE: tuple[Pipeline, ...] = ("three-stage", "two-stage", "one-pass", "direct")


def fingerprint() -> str:
    """A hash of every text format, slots included: a student knows only what it was trained on."""
    sample = {
        "question": "Mia had 12 stamps and gave three to Leo. A stamp is old. How many are left?",
        "core_question": "How many are left?",
        "rationale": "stamps = 12\nleft = stamps - 3\nanswer = left",
    }
    slots = Slots.of(sample["question"])
    texts = [
        f"{text.part}\0{read(text.prompt)}\0{write(text.target)}"
        for pipeline in _WHOLE
        for mode in _HEADINGS
        for information in (["Mia had 12 stamps", "Mia gave three"], [])
        for text in examples({**sample, "mode": mode, "information": information}, pipeline)
        for read, write in ((str, str), (slots.prompt, slots.mask))
    ]
    return hashlib.sha256("\0\0".join([*texts, *sorted(everyday.WORDS)]).encode()).hexdigest()[:16]
