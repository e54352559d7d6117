"""What a rationale comes to (its program is run, or its answer read), and whether that is right."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kpdd_cli import answers, programs
from kpdd_cli.programs import Outcome
from kpdd_cli.records import Mode, Verdict

T = TypeVar("T")


def findings(rationales: Iterable[str], *, mode: Mode, jobs: int = 1) -> Iterator[Outcome]:
    """The answer of each rationale, in order; lazily, so that a million stream.

    ``why`` says how an answer was found, or why there is none.
    """
    if mode == "cot":
        yield from map(_read, rationales)
        return
    for outcome in programs.run(rationales, jobs=jobs):
        yield outcome if outcome.status != "ok" else replace(outcome, why="computed")


def judge(
    items: Iterable[T],
    *,
    mode: Mode,
    rationale: Callable[[T], str],
    gold: Callable[[T], str | None],
    jobs: int = 1,
) -> Iterator[tuple[T, Verdict]]:
    """Each item with the verdict on its rationale, in order; lazily."""
    waiting: deque[T] = deque()

    def sent() -> Iterator[str]:
        for item in items:
            waiting.append(item)
            yield rationale(item)

    for finding in findings(sent(), mode=mode, jobs=jobs):
        item = waiting.popleft()
        yield item, verdict(finding, gold(item))


def verdict(finding: Outcome, gold: str | None) -> Verdict:
    """The verdict on what a rationale came to.

    What cannot be told (no gold answer, a program that the interpreter does not support) has a
    status of its own, and is never ``wrong``.
    """
    value, why = finding.value, finding.why
    if finding.status != "ok" or value is None:
        return Verdict("no_answer" if finding.status == "ok" else finding.status, value, why)
    if gold is None:
        return Verdict("no_gold", value, f"{why}; the row has no gold answer to compare with")
    if answers.matches(value, gold):
        return Verdict("correct", value, why)
    return Verdict("wrong", value, f"{why}; gold is {gold}")


def _read(rationale: str) -> Outcome:
    reading = answers.read(rationale)
    if reading is None:
        return Outcome("no_answer", None, "the text states no answer")
    return Outcome("ok", reading.text, f"read by the rule: {reading.rule}")
