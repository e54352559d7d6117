"""``kpdd ask``: a student answers questions, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpdd_cli.records import Mode, Row
from kpdd_cli.stages import answering
from kpdd_cli.students import embedded, engines, generation, scope, student

if TYPE_CHECKING:
    from kpdd_cli.programs import Outcome
    from kpdd_cli.stages.answering import Answered


def find(workspace: Path) -> Path:
    """The workspace's newest student, else the one that comes with kpdd."""
    return student.newest(workspace) or embedded.ready()


def run(
    path: Path,
    questions: Iterable[str],
    beams: int | None = None,
    engine: engines.Name = "auto",
    samples: int | None = None,
    seed: int = 0,
    calculator: bool | None = None,
) -> Iterator[Row]:
    """The answer to each question, as soon as it is asked; the student is loaded once.

    A row holds ``question``, ``core_question``, ``information``, ``mode``, ``rationale``,
    ``answer`` and ``doubts``: what speaks against the answer. Where ``answer`` is None, ``why``
    says why: no answer came of it, or a tiny student was asked what it was not made for, and is
    not even tried (:mod:`kpdd_cli.students.scope`).
    ``beams``: as in :func:`kpdd_cli.stages.answering.beams_of`.
    ``samples`` in place of beams: the answer that most of so many samples come to. ``calculator``
    computes the equations of a chain of thought; None: unless an engine that has none is named.
    """
    mode = student.Record.read(path).mode
    if calculator is None:
        calculator = engine in ("auto", "transformers")
    calculator = calculator and mode == "cot"
    solver = student.load(path, engine, reference=calculator)
    width = answering.beams_of(solver.record, beams)
    for question in questions:
        if solver.record.slots and (why := scope.why_not(question)) is not None:
            yield _not_sure(question, mode, why)
            continue
        if samples is None:
            (answered,) = answering.answers(solver, [question], beams=width, calculator=calculator)
        else:
            sampling = generation.Sampling(samples, seed=seed)
            (answered,) = answering.elected(solver, [question], sampling, calculator=calculator)
        yield _row(answered, mode)


def _row(answered: Answered, mode: Mode) -> Row:
    draft, finding = answered.draft, answered.finding
    doubts = list(answered.doubts)
    if answered.is_disputed:
        doubts.append(f"its solutions are not of one mind: {answered.share:.0%} for this answer")
    return {
        "question": draft.question,
        "core_question": draft.core_question,
        "information": None if draft.information is None else list(draft.information),
        "mode": mode,
        "rationale": draft.rationale or "",
        "answer": finding.value if finding.status == "ok" else None,
        "doubts": doubts,
        "why": "" if finding.status == "ok" else _why_none(finding),
    }


def _not_sure(question: str, mode: Mode, why: str) -> Row:
    return {
        "question": question,
        "core_question": None,
        "information": None,
        "mode": mode,
        "rationale": "",
        "answer": None,
        "doubts": [],
        "why": f"not sure: {why}",
    }


def _why_none(finding: Outcome) -> str:
    return f"{finding.status.replace('_', ' ')}: {finding.why}"
