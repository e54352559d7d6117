"""The gold teacher: key points and rationales from a row's own worked solution or equation.

No model is asked. What a publisher wrote (GSM8K's worked solutions with calculator marks, SVAMP's
and MultiArith's equations, ASDiv's formulas) is read into steps of arithmetic, and each number is
tied to the sentence or the step that it comes from. From that follow

* the information: the sentences whose quantities the steps use;
* the program: the steps chained, with names from the words around the numbers;
* the worked solution in words, without marks.

The gold answer chooses between readings of one solution and ends the rationale in words. It never
enters a program: a solution that states its answer without a computation gives no program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kpdd_cli.answers import ANSWER_SENTENCE
from kpdd_cli.errors import UsageError
from kpdd_cli.records import KeyPoints, Mode, Problem, Rationale, Row
from kpdd_cli.teachers.base import Annotation, Forecast, Usage
from kpdd_cli.teachers.gold import facts, programs, worked
from kpdd_cli.teachers.gold.equations import sequence
from kpdd_cli.teachers.gold.solutions import Reading, read

VERSION = 2  # of the algorithm: raise it when the same row is annotated differently


class GoldTeacher:
    """Annotates rows that carry a worked solution or an equation; costs nothing."""

    def __init__(self) -> None:
        self.usage = Usage()
        self.billed = False

    def begin(self, out: Path, *, fresh: bool, notice: Callable[[str], None]) -> None:
        """Nothing to keep: what this teacher does can be done again."""

    def signature(self, stage: str) -> Row:
        """The teacher's name and the version of its algorithm, the same for each stage."""
        return {"name": "gold", "version": VERSION}

    def extract(self, rows: Iterable[Row]) -> Iterator[Annotation[KeyPoints]]:
        """Key points for each row, in order."""
        for row in rows:
            problem = Problem.of(row)
            if not (problem.solution or problem.equation):
                yield Annotation(row, None, _NOTHING)
            else:
                yield Annotation(row, _key_points(problem))

    def solve(
        self, tasks: Iterable[tuple[Row, int]], mode: Mode
    ) -> Iterator[Annotation[Rationale]]:
        """A rationale for each row, in order. Raises :class:`UsageError` for a second sample."""
        for row, sample in tasks:
            if sample:
                raise UsageError(
                    "the gold teacher knows one solution a problem: leave --samples at 1, or take "
                    "a model as --teacher"
                )
            problem = Problem.of(row)
            if not (problem.solution or problem.equation):
                yield Annotation(row, None, _NOTHING)
                continue
            text, why = _cot(problem) if mode == "cot" else _pot(problem)
            yield Annotation(row, Rationale(mode, text) if text else None, why)

    def estimate(self, stage: str, tasks: Iterable[tuple[Row, int]]) -> Forecast:
        """As many rows as there are, at no cost."""
        return Forecast(rows=sum(1 for _ in tasks), basis="the gold teacher asks no server")

    def cancel(self) -> tuple[list[str], int]:
        """Raises :class:`UsageError`."""
        raise UsageError("the gold teacher sends no batches that could be canceled")


_NOTHING = "the row has neither a worked solution nor an equation"


def _key_points(problem: Problem) -> KeyPoints:
    reading = read(problem)
    used = _used(reading, problem)
    found = facts.information(reading.asked.statements, reading.mentions, used)
    return KeyPoints(reading.asked.core, tuple(found or reading.asked.statements))


def _used(reading: Reading, problem: Problem) -> set[int]:
    """The quantities that the solution uses, as far as its reading or its bare text shows."""
    everything = set(range(len(reading.mentions)))
    if problem.solution:
        named = worked.numbers(problem.solution)
        used = set(reading.linked.used) if reading.linked else set()
        for index, mention in enumerate(reading.mentions):
            # Halves, multiples and percentages relate quantities, under whatever number a
            # solution computes with: "20% less" as 0.8.
            relates = mention.inline or mention.quantity.kind == "percent"
            if relates or mention.value in named or mention.value / 100 in named:
                used.add(index)
        return used
    if reading.linked is None or sequence(problem.equation or ""):
        return everything
    return set(reading.linked.used)


def _cot(problem: Problem) -> tuple[str, str]:
    if problem.answer is None:
        return "", "the row has no answer to end the solution with"
    if problem.solution:
        text = worked.unmarked(problem.solution)
    else:
        text = programs.words(read(problem), problem.equation or "")
    lines = [line.rstrip() for line in text.strip().splitlines() if not line.startswith("####")]
    return "\n".join([*lines, ANSWER_SENTENCE.format(answer=problem.answer)]), ""


def _pot(problem: Problem) -> tuple[str, str]:
    reading = read(problem)
    if reading.linked is None:
        return "", reading.why
    return programs.program(reading.linked, reading.mentions, reading.asked.core), ""
