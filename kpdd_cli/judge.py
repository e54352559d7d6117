"""Whether a rationale is right: its program is run, or its answer read, and compared with gold."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from kpdd_cli import answers, programs
from kpdd_cli.records import Mode, Verdict

T = TypeVar("T")


def judge(
    items: Iterable[T],
    *,
    mode: Mode,
    rationale: Callable[[T], str],
    gold: Callable[[T], str | None],
    jobs: int = 1,
) -> Iterator[tuple[T, Verdict]]:
    """Each item with the verdict on its rationale, in order; lazily, so that a million rows stream.

    What cannot be told (no gold answer, a program that the interpreter does not support) has a
    status of its own, and is never ``wrong``.
    """
    if mode == "cot":
        for item in items:
            yield item, _judge_text(rationale(item), gold(item))
        return
    waiting: deque[T] = deque()

    def sent() -> Iterator[str]:
        for item in items:
            waiting.append(item)
            yield rationale(item)

    for outcome in programs.run(sent(), jobs=jobs):
        item = waiting.popleft()
        yield item, _judge_outcome(outcome, gold(item))


def _judge_text(rationale: str, gold: str | None) -> Verdict:
    reading = answers.read(rationale)
    if reading is None:
        return Verdict("no_answer", None, "the text states no answer")
    return _compare(reading.text, gold, f"read by the rule: {reading.rule}")


def _judge_outcome(outcome: programs.Outcome, gold: str | None) -> Verdict:
    if outcome.status != "ok" or outcome.value is None:
        status = "no_answer" if outcome.status == "ok" else outcome.status
        return Verdict(status, outcome.value, outcome.why)
    return _compare(outcome.value, gold, "computed")


def _compare(value: str, gold: str | None, how: str) -> Verdict:
    if gold is None:
        return Verdict("no_gold", value, f"{how}; the row has no gold answer to compare with")
    if answers.matches(value, gold):
        return Verdict("correct", value, how)
    return Verdict("wrong", value, f"{how}; gold is {gold}")
