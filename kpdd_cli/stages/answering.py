"""A student's answer to a question: the first of its candidates that nothing speaks against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpdd_cli import plausibility
from kpdd_cli.judge import findings
from kpdd_cli.students import generation

if TYPE_CHECKING:
    from kpdd_cli.programs import Outcome
    from kpdd_cli.records import Mode
    from kpdd_cli.students.formats import Draft
    from kpdd_cli.students.generation import Sampling
    from kpdd_cli.students.student import Record, Student


@dataclass(frozen=True, slots=True)
class Answered:
    """What a student wrote, what that comes to, and what speaks against it.

    ``agreeing`` of its ``candidates``, the chosen one included, come to that answer.
    """

    draft: Draft
    finding: Outcome
    doubts: tuple[str, ...]
    agreeing: int = 1
    candidates: int = 1

    @property
    def is_lonely(self) -> bool:
        """Whether fewer than half of the candidates come to the answer."""
        return 2 * self.agreeing < self.candidates


def beams_of(record: Record, chosen: int | None) -> int:
    """How many candidates to write: what the user chose, else what suits the student.

    kpdd-tiny is so small that eight cost little, and often wrong in a way that shows.
    """
    if chosen is not None:
        return chosen
    return 8 if record.slots else 1


def answers(
    student: Student,
    questions: Sequence[str],
    *,
    beams: int,
    batch_size: int = 64,
    jobs: int = 1,
    given: Sequence[Draft] | None = None,
    calculator: bool = False,
) -> list[Answered]:
    """The answer to each question, chosen among ``beams`` candidates.

    ``given``, ``calculator``: as :func:`kpdd_cli.students.generation.solve` takes them.
    """
    candidates = generation.solve(
        student,
        questions,
        beams=beams,
        batch_size=batch_size,
        given=given,
        calculator=calculator,
    )
    return choose(candidates, student.record.mode, jobs=jobs)


def choose(candidates: Sequence[Sequence[Draft]], mode: Mode, *, jobs: int = 1) -> list[Answered]:
    """The best of the candidates of each question, which come likeliest first.

    One that comes to an answer is preferred to one that does not, then the one with the fewest
    doubts, then the likeliest.
    """
    chosen = []
    for weighed in _all_weighed(candidates, mode, jobs):
        best = min(weighed, key=_rank)
        agreeing = sum(one.finding.value == best.finding.value for one in weighed)
        chosen.append(replace(best, agreeing=agreeing, candidates=len(weighed)))
    return chosen


def elected(
    student: Student,
    questions: Sequence[str],
    sampling: Sampling,
    *,
    batch_size: int = 64,
    jobs: int = 1,
    calculator: bool = False,
) -> list[Answered]:
    """The answer to each question that most of its samples come to (self-consistency)."""
    drawn = generation.sample(
        student, questions, sampling, batch_size=batch_size, calculator=calculator
    )
    return elect(drawn, student.record.mode, jobs=jobs)


def elect(samples: Sequence[Sequence[Draft]], mode: Mode, *, jobs: int = 1) -> list[Answered]:
    """The first sample of each question with the commonest value; of two as common, the earlier.

    What comes to no answer has no vote, and is elected only where nothing else stands.
    """
    chosen = []
    for weighed in _all_weighed(samples, mode, jobs):
        votes = Counter(one.finding.value for one in weighed if one.finding.status == "ok")
        chosen.append(min(weighed, key=lambda one: (_rank(one)[0], -votes[one.finding.value])))
    return chosen


def _all_weighed(
    written: Sequence[Sequence[Draft]], mode: Mode, jobs: int
) -> Iterator[list[Answered]]:
    """The drafts of each question, with what they come to and what speaks against it."""
    rationales = [draft.rationale or "" for drafts in written for draft in drafts]
    found = findings(rationales, mode=mode, jobs=jobs)
    for drafts in written:
        yield [_weighed(draft, next(found), mode) for draft in drafts]


def _weighed(draft: Draft, finding: Outcome, mode: Mode) -> Answered:
    if finding.status != "ok" or finding.value is None:
        return Answered(draft, finding, ())
    program = draft.rationale if mode == "pot" else None
    doubts = plausibility.doubts(
        draft.question, draft.core_question, draft.information, program, finding.value
    )
    return Answered(draft, finding, tuple(doubts))


def _rank(answered: Answered) -> tuple[bool, int]:
    return answered.finding.status != "ok", len(answered.doubts)
