"""A student's answer to a question: of its candidates the one that least speaks against."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

from kpdd_cli import plausibility
from kpdd_cli.judge import findings
from kpdd_cli.students import generation

if TYPE_CHECKING:
    from kpdd_cli.plausibility import Sign
    from kpdd_cli.programs import Outcome
    from kpdd_cli.records import Mode
    from kpdd_cli.students.formats import Draft
    from kpdd_cli.students.generation import Sampling
    from kpdd_cli.students.student import Record, Student


#: From this share on an answer is sure. kpdd-embedded is right on 52 % of 1,922 problems of the
#: school book that trained nothing, and on 73 % of the 944 of which it is sure.
SURE = 0.75


@dataclass(frozen=True, slots=True)
class Answered:
    """What a student wrote, what that comes to, and what there is to say of it.

    ``share`` is the probability of that answer by all candidates, each weighed by its cost, if one
    of them is right.
    """

    draft: Draft
    finding: Outcome
    signs: tuple[Sign, ...]
    share: float = 1.0

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against the answer, for people."""
        return tuple(sign.doubt for sign in self.signs if sign.doubt)

    @property
    def is_disputed(self) -> bool:
        """Whether too much speaks for other answers of the student."""
        return self.share < SURE


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

    One that comes to an answer is preferred to one that does not, then the one that least speaks
    against, that it is unlikely included; of two alike the first.
    """
    chosen = []
    for weighed in _all_weighed(candidates, mode, jobs):
        best = min(weighed, key=lambda one: (_fails(one), _cost(one)))
        chosen.append(replace(best, share=_share(best, weighed)))
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
        chosen.append(min(weighed, key=lambda one: (_fails(one), -votes[one.finding.value])))
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
    signs = plausibility.signs(
        draft.question, draft.core_question, draft.information, program, finding.value
    )
    return Answered(draft, finding, tuple(signs))


def _cost(answered: Answered) -> float:
    likelihood = plausibility.LIKELIHOOD * answered.draft.log_likelihood
    return plausibility.cost(answered.signs) - likelihood


def _share(best: Answered, weighed: Sequence[Answered]) -> float:
    if _fails(best):
        return 1.0
    standing = [one for one in weighed if not _fails(one)]
    # Relative to the best, which has the least cost: a power of e cannot be too large.
    weights = [math.exp(_cost(best) - _cost(one)) for one in standing]
    agreeing = [one.finding.value == best.finding.value for one in standing]
    return sum(compress(weights, agreeing)) / sum(weights)


def _fails(answered: Answered) -> bool:
    return answered.finding.status != "ok"
