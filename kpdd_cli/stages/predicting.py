"""What a student makes of a benchmark's problems: a prediction a row, judged and diagnosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpdd_cli.diagnosis import diagnose
from kpdd_cli.judge import findings, verdict
from kpdd_cli.records import Pipeline, Problem, Row
from kpdd_cli.stages import analysis, answering
from kpdd_cli.students import engines, generation, student
from kpdd_cli.students.formats import Draft

if TYPE_CHECKING:
    from kpdd_cli.stages.answering import Answered
    from kpdd_cli.students.generation import Sampling
    from kpdd_cli.students.student import Student


@dataclass(frozen=True, slots=True)
class Manner:
    """Which student solves, and how: all that decides over its predictions, and what speeds them.

    ``calculator`` is None where there is nothing to compute: a program's student.
    """

    student: Path
    engine: engines.Chosen
    beams: int
    calculator: bool | None
    sampling: Sampling | None
    gold_key_points: bool
    batch_size: int
    jobs: int

    def settings(self) -> Row:
        """What decides over the predictions, beside the student and the problems."""
        settings: Row = {
            "beams": self.beams,
            "engine": self.engine,
            "dtype": engines.DTYPES[self.engine],
        }
        if self.calculator is not None:
            settings["calculator"] = self.calculator
        if self.sampling is not None:
            settings |= {
                "samples": self.sampling.count,
                "temperature": self.sampling.temperature,
            }
        if self.gold_key_points:
            settings["gold_key_points"] = True
        return settings


class Predictor:
    """Solves rows in the manner asked for.

    The student is loaded at the first row, so that a finished evaluation needs none, and kept for
    the rows that follow.
    """

    def __init__(self) -> None:
        self._loaded: tuple[Manner, Student] | None = None

    def __call__(self, manner: Manner, rows: Sequence[Row]) -> list[Row]:
        """Each row with what the student wrote for it, the verdict on that, and why it is wrong."""
        if not rows:
            return []
        if self._loaded is None or self._loaded[0] != manner:
            self._loaded = None  # there may be no room for two
            self._loaded = manner, student.load(manner.student, manner.engine)
        return _predicted(self._loaded[1], rows, manner)


def _predicted(solver: Student, rows: Sequence[Row], manner: Manner) -> list[Row]:
    given = _given(rows, solver.record.pipeline) if manner.gold_key_points else None
    answered = answering.answers(
        solver,
        [str(row["question"]) for row in rows],
        beams=manner.beams,
        batch_size=manner.batch_size,
        jobs=manner.jobs,
        given=given,
        calculator=bool(manner.calculator),
    )
    predicted = [_judged(row, found, solver) for row, found in zip(rows, answered, strict=True)]
    if manner.sampling is not None:
        drawn = _drawn(solver, rows, manner, manner.sampling)
        for row, samples in zip(predicted, drawn, strict=True):
            row["prediction"]["samples"] = samples
    return predicted


def _judged(row: Row, found: Answered, solver: Student) -> Row:
    mode = solver.record.mode
    problem, gold = Problem.of(row), analysis.gold_of(row)
    judged = verdict(found.finding, problem.answer)
    why = diagnose(
        problem.question,
        problem.answer or "",
        gold.solution,
        mode=mode,
        rationale=found.draft.rationale or "",
        status=judged.status,
        value=judged.value,
        why=judged.why,
    )
    written = asdict(found.draft)
    del written["question"]  # the row has it
    del written["log_likelihood"]  # its last digits depend on the batch
    prediction = {
        "mode": mode,
        **written,
        "verdict": judged.fields(),
        "doubts": list(found.doubts),
        "diagnosis": why and why.fields(),
    }
    return {**row, "gold": gold.fields(), "prediction": prediction}


def _given(rows: Sequence[Row], pipeline: Pipeline) -> list[Draft]:
    """The problems with as much of their gold key points as a student of ``pipeline`` reads."""
    drafts = []
    for row in rows:
        draft, points = Draft(str(row["question"])), analysis.gold_of(row).key_points
        if points is not None and pipeline != "no-core-question":
            draft = replace(draft, core_question=points.core_question)
        if points is not None and pipeline != "no-information":
            draft = replace(draft, information=points.information)
        drafts.append(draft)
    return drafts


def _drawn(
    solver: Student, rows: Sequence[Row], manner: Manner, sampling: Sampling
) -> list[list[Row]]:
    """The samples of each row, each with its verdict."""
    drafts = generation.sample(
        solver,
        [str(row["question"]) for row in rows],
        sampling,
        batch_size=manner.batch_size,
        calculator=bool(manner.calculator),
    )
    texts = [draft.rationale or "" for some in drafts for draft in some]
    found = findings(texts, mode=solver.record.mode, jobs=manner.jobs)
    judged = []
    for row, some in zip(rows, drafts, strict=True):
        gold = Problem.of(row).answer
        verdicts = [(draft, verdict(next(found), gold)) for draft in some]
        judged.append(
            [
                {"rationale": draft.rationale, "status": one.status, "value": one.value}
                for draft, one in verdicts
            ]
        )
    return judged
