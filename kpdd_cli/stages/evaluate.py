"""``kpdd eval``: a student solves the problems of benchmarks, and its answers are scored."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kpdd_cli import benchmarks, jsonl, metrics
from kpdd_cli.errors import UsageError
from kpdd_cli.journal import Journal, write_atomically
from kpdd_cli.judge import verdict
from kpdd_cli.records import Problem, Row
from kpdd_cli.stages import Report, Summary, answering
from kpdd_cli.stages.intake import BadRows, capped
from kpdd_cli.students import engines, student

if TYPE_CHECKING:
    from kpdd_cli.students.student import Student

# So many batches go through student and interpreter before their rows are written.
_BATCHES = 4


@dataclass(frozen=True, slots=True)
class Config:
    """Which student solves which sources (see :func:`kpdd_cli.benchmarks.read`).

    ``out`` is a folder: each source gets ``NAME.jsonl``, a row a problem, and ``NAME.score.json``.
    ``beams``: as in :func:`kpdd_cli.stages.answering.beams_of`.
    """

    student: Path
    sources: tuple[str, ...]
    out: Path
    split: str = "test"
    beams: int | None = None
    engine: engines.Name = "auto"
    batch_size: int = 64
    jobs: int = 1
    limit: int | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationSummary(Summary):
    """``results`` has one object a source: see :class:`kpdd_cli.metrics.Score`."""

    student: str
    results: list[Row]
    bad: int

    @property
    def set_aside(self) -> int:
        """How many rows could not be read."""
        return self.bad


def run(config: Config, report: Report) -> EvaluationSummary:
    """Score a student on each source; what an earlier run has solved is not solved again."""
    began = time.monotonic()
    record = student.Record.read(config.student)
    names = [_name(source) for source in config.sources]
    if len(set(names)) < len(names):
        raise UsageError(f"two sources would both be written to {config.out / names[-1]}.jsonl")
    solver = _Lazy(config.student, config.engine)
    results, bad = [], 0
    for name, source in zip(names, config.sources, strict=True):
        path = config.out / f"{name}.jsonl"
        bad += _solve(config, source, path, record, solver, report)
        result = {"data": source, "out": str(path), **_scores(path)}
        write_atomically(path.with_suffix(".score.json"), json.dumps(result, indent=2) + "\n")
        results.append(result)
    rows = sum(result["problems"] for result in results)
    return EvaluationSummary(
        stage="eval",
        rows_in=rows + bad,
        rows_out=rows,
        seconds=time.monotonic() - began,
        out=str(config.out),
        student=str(config.student),
        results=results,
        bad=bad,
    )


class _Lazy:
    """The student, loaded when the first problem needs it: a finished evaluation needs none."""

    def __init__(self, path: Path, engine: engines.Name) -> None:
        self._path, self._engine = path, engine
        self._student: Student | None = None

    def __call__(self) -> Student:
        if self._student is None:
            self._student = student.load(self._path, self._engine)
        return self._student


def _solve(
    config: Config,
    source: str,
    path: Path,
    record: student.Record,
    solver: _Lazy,
    report: Report,
) -> int:
    """Write a row for each problem that has none yet; the number of rows that could not be read."""
    trained = hashlib.sha256(json.dumps(asdict(record), sort_keys=True).encode()).hexdigest()
    journal = Journal(
        path,
        key=("id", "question", "answer", "core_question", "information"),
        settings={
            "source": source,
            "split": config.split,
            "seed": config.seed,
            "student": trained[:16],
            "beams": answering.beams_of(record, config.beams),
        },
        fresh=config.fresh,
        notice=report.notice,
    )
    with journal, BadRows(path, skip=config.skip_bad) as bad:
        total = benchmarks.count(source, split=config.split)
        report.start(f"solving {path.stem}", capped(total, config.limit), journal.done)
        problems = benchmarks.read(
            source, split=config.split, limit=config.limit, seed=config.seed, on_bad=bad.on_bad
        )
        pending = journal.pending(problems)
        while rows := list(islice(pending, config.batch_size * _BATCHES)):
            for row in _predicted(solver(), rows, config):
                journal.append(row)
                report.advance()
        journal.finish(rows_out=journal.count(path))
        return bad.count


def _predicted(solver: Student, rows: Sequence[Row], config: Config) -> Iterator[Row]:
    """Each row with what the student wrote for it, and the verdict on that."""
    questions = [str(row["question"]) for row in rows]
    answered = answering.answers(
        solver,
        questions,
        beams=answering.beams_of(solver.record, config.beams),
        batch_size=config.batch_size,
        jobs=config.jobs,
    )
    for row, found in zip(rows, answered, strict=True):
        written = asdict(found.draft)
        del written["question"]  # the row has it
        judged = verdict(found.finding, Problem.of(row).answer)
        prediction = {"mode": solver.record.mode, **written, "verdict": judged.fields()}
        yield {**row, "prediction": {**prediction, "doubts": list(found.doubts)}}


def _scores(path: Path) -> Row:
    """The scores of a source, from the rows on disk: equal however often the run was stopped."""
    rows = [line.row for line in jsonl.read(path)]
    score = metrics.score(row["prediction"]["verdict"]["status"] for row in rows)
    key_points = metrics.score_key_points(_pairs(rows))
    return {
        "problems": len(rows),
        **asdict(score),
        "key_points": key_points and asdict(key_points),
    }


def _pairs(rows: Sequence[Row]) -> Iterator[metrics.KeyPointPair]:
    """Extracted and gold key points of the rows that have both."""
    for row in rows:
        found = row["prediction"]
        if "core_question" in row and "information" in row and found["information"] is not None:
            yield metrics.KeyPointPair(
                found["core_question"],
                found["information"],
                row["core_question"],
                row["information"],
            )


def _name(source: str) -> str:
    """What the files of a source are called: ``gsm8k``, ``synthetic.dev``, a file's stem, stdin."""
    if source == "-":
        return "stdin"
    if source.partition(":")[0] in benchmarks.NAMES:
        return source.replace(":", ".")
    return Path(source).stem
