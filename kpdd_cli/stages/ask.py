"""``kpdd ask``: a student answers questions, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpdd_cli import answers, programs
from kpdd_cli.errors import InputError
from kpdd_cli.records import Row
from kpdd_cli.students import generation, student

if TYPE_CHECKING:
    from kpdd_cli.students.student import Student


def find(workspace: Path) -> Path:
    """The workspace's newest student. Raises :class:`InputError` where it has none."""
    found = student.newest(workspace)
    if found is None:
        raise InputError(
            f"{workspace} holds no student: train one with kpdd finetune, let kpdd demo make the "
            "small one, or name one with --student"
        )
    return found


def run(path: Path, questions: Iterable[str]) -> Iterator[Row]:
    """The answer to each question, as soon as it is asked; the student is loaded once.

    A row holds ``question``, ``core_question``, ``information``, ``mode``, ``rationale`` and
    ``answer``; where ``answer`` is None, ``why`` says why.
    """
    solver = student.load(path)
    for question in questions:
        yield _answered(solver, question)


def _answered(solver: Student, question: str) -> Row:
    draft = generation.solve(solver, [question])[0]
    rationale = draft.rationale or ""
    answer, why = _computed(rationale) if solver.record.mode == "pot" else _stated(rationale)
    return {
        "question": question,
        "core_question": draft.core_question,
        "information": None if draft.information is None else list(draft.information),
        "mode": solver.record.mode,
        "rationale": rationale,
        "answer": answer,
        "why": why,
    }


def _computed(program: str) -> tuple[str | None, str]:
    outcome = next(programs.run([program]))
    if outcome.status == "ok":
        return outcome.value, ""
    return None, f"{outcome.status.replace('_', ' ')}: {outcome.why}"


def _stated(reasoning: str) -> tuple[str | None, str]:
    reading = answers.read(reasoning)
    return (None, "the reasoning states no answer") if reading is None else (reading.text, "")
