"""``kpdd demo``: every stage, from problems of a new kind to a student that solves them.

The student that comes with kpdd cannot solve them before, and can after an adapter was trained on
them. It needs no key and no download. What one run has finished, the next one reuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli.records import Mode, Row
from kpdd_cli.stages import Report, Summary, ask, data, evaluate, extract, filter, finetune, solve
from kpdd_cli.students import embedded
from kpdd_cli.teachers.gold import GoldTeacher

TRAINING_PROBLEMS = 1_500
TEST_PROBLEMS = 200  # of new people, with new numbers and words

#: A problem of the new kind as a person types it; it is in no training data.
QUESTION = (
    "6 painters need 10 days to paint a bridge. How many days would 4 painters need for the bridge?"
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
    before = workspace / "evaluation.before"

    yield Step(
        f"kpdd data synthetic:unseen-train --limit {TRAINING_PROBLEMS} -o {problems}",
        data.run(
            data.Config("synthetic:unseen-train", problems, limit=TRAINING_PROBLEMS, seed=seed),
            report,
        ),
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
        f"kpdd extract synthetic:unseen-test --limit {TEST_PROBLEMS} --teacher gold -o {test}",
        extract.run(
            extract.Config("synthetic:unseen-test", test, limit=TEST_PROBLEMS, seed=seed),
            GoldTeacher(),
            report,
        ),
    )
    yield Step(
        f"kpdd eval {embedded.READY} --data {test} -o {before}",
        evaluate.run(evaluate.Config(embedded.ready(), (str(test),), before), report),
    )
    yield Step(
        f"kpdd finetune --mode {mode} --pipeline one-pass --base {embedded.READY}",
        finetune.run(
            finetune.Config(
                accepted, student, embedded.READY, mode, pipeline="one-pass", seed=seed
            ),
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
