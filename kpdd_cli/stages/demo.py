"""``kpdd demo``: every stage on the embedded default, from problems to an answered question.

It needs no key, no weights and no download. What one run has finished, the next one reuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli.records import Mode, Row
from kpdd_cli.stages import Report, Summary, ask, data, evaluate, extract, filter, finetune, solve
from kpdd_cli.students import embedded
from kpdd_cli.teachers.gold import GoldTeacher

TRAINING_PROBLEMS = 24_000
TEST_PROBLEMS = 300  # of new people and new compositions of steps

#: A problem as a person types it, of a kind that the student has met; it is in no training data.
QUESTION = (
    "Ben has 5 packs of 12 cards. He gives 17 cards to Ida. How many cards does Ben have left?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the demo, as a user would type it, and what came of it."""

    command: str
    result: Summary | Row


def run(workspace: Path, seed: int, report: Report) -> Iterator[Step]:
    """Do the method, step by step; each step is yielded when it is done."""
    mode: Mode = "pot"
    problems, test = workspace / "problems.jsonl", workspace / "test.jsonl"
    keypoints = workspace / "keypoints.jsonl"
    solutions, accepted = (
        workspace / f"solutions.{mode}.jsonl",
        workspace / f"accepted.{mode}.jsonl",
    )
    student = workspace / f"student.{mode}"

    yield Step(
        f"kpdd data synthetic --limit {TRAINING_PROBLEMS}",
        data.run(data.Config("synthetic", problems, limit=TRAINING_PROBLEMS, seed=seed), report),
    )
    yield Step(
        f"kpdd extract {problems} --teacher gold",
        extract.run(extract.Config(str(problems), keypoints), GoldTeacher(), report),
    )
    yield Step(
        f"kpdd solve --mode {mode} --teacher gold",
        solve.run(solve.Config(keypoints, solutions, mode), GoldTeacher(), report),
    )
    yield Step(
        f"kpdd filter --mode {mode}",
        filter.run(
            filter.Config(solutions, accepted, workspace / f"rejected.{mode}.jsonl", mode), report
        ),
    )
    yield Step(
        f"kpdd finetune --mode {mode} --pipeline one-pass --base {embedded.NAME}",
        finetune.run(
            finetune.Config(accepted, student, embedded.NAME, mode, pipeline="one-pass", seed=seed),
            report,
        ),
    )
    yield Step(
        f"kpdd extract synthetic:test --limit {TEST_PROBLEMS} --teacher gold -o {test}",
        extract.run(
            extract.Config("synthetic:test", test, limit=TEST_PROBLEMS, seed=seed),
            GoldTeacher(),
            report,
        ),
    )
    yield Step(
        f"kpdd eval --data {test}",
        evaluate.run(
            evaluate.Config(student, (str(test),), workspace / f"evaluation.{mode}"), report
        ),
    )
    yield Step(f'kpdd ask "{QUESTION}"', next(ask.run(student, [QUESTION])))
