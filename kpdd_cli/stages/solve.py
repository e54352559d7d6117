"""``kpdd solve``, method stage 3: a teacher writes a rationale for each problem."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kpdd_cli.journal import Journal, beside
from kpdd_cli.records import KeyPoints, Mode, Problem, Row
from kpdd_cli.stages import Report
from kpdd_cli.stages.annotation import (
    AnnotationSummary,
    EstimateSummary,
    estimated,
    finish,
    record,
)
from kpdd_cli.stages.intake import BadRows, Shard, capped, count_lines, of_shard, rows, share
from kpdd_cli.teachers.base import Teacher


@dataclass(frozen=True, slots=True)
class Config:
    """Key points in, ``samples`` rationales a problem out."""

    keypoints: Path
    out: Path
    mode: Mode
    samples: int = 1
    limit: int | None = None
    shard: Shard | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False
    retry_failed: bool = False

    @property
    def stage(self) -> str:
        """The name under which a teacher knows this work."""
        return f"solve.{self.mode}"


def run(config: Config, teacher: Teacher, report: Report) -> AnnotationSummary:
    """Solve every problem that lacks one of its rationales."""
    began = time.monotonic()
    teacher.begin(config.out, fresh=config.fresh, notice=report.notice)
    with _journal(config, teacher, report) as journal, _bad_rows(config) as bad:
        report.start("solving", _total(config), journal.done)
        tasks = _tasks(journal.pending(_samples(config, bad, report)))
        record(teacher.solve(tasks, config.mode), journal, teacher, config.stage, report)
        return finish(
            "solve", journal, teacher, bad, began=began, seed=config.seed, samples=config.samples
        )


def estimate(config: Config, teacher: Teacher, report: Report) -> EstimateSummary:
    """What :func:`run` would send and cost; nothing is sent or written."""
    began = time.monotonic()
    teacher.begin(config.out, fresh=config.fresh, notice=report.notice)
    with _journal(config, teacher, report, look=True) as journal:
        tasks = _tasks(journal.pending(_samples(config, _bad_rows(config), report)))
        forecast = teacher.estimate(config.stage, tasks)
    return estimated("solve", forecast, journal, began=began)


def _journal(config: Config, teacher: Teacher, report: Report, *, look: bool = False) -> Journal:
    signature = teacher.signature(config.stage)
    return Journal(
        config.out,
        key=("id", "question", "core_question", "information", "mode", "sample"),
        settings={"teacher": signature, "mode": config.mode, **of_shard(config.shard)},
        fresh=config.fresh,
        aside=beside(config.out, "failed"),
        spare=beside(config.out, "spare") if teacher.billed else None,
        retry_aside=config.retry_failed,
        look=look,
        notice=report.notice,
    )


def _bad_rows(config: Config) -> BadRows:
    return BadRows(config.out, skip=config.skip_bad, shard=config.shard)


def _samples(config: Config, bad: BadRows, report: Report) -> Iterator[Row]:
    annotated = rows(config.keypoints, (Problem.of, KeyPoints.of), bad, report)
    for row in share(islice(annotated, config.limit), config.shard):
        for sample in range(config.samples):
            yield {**row, "mode": config.mode, "sample": sample}


def _tasks(pending: Iterator[Row]) -> Iterator[tuple[Row, int]]:
    return ((row, row["sample"]) for row in pending)


def _total(config: Config) -> int | None:
    problems = capped(count_lines(config.keypoints), config.limit, config.shard)
    return None if problems is None else problems * config.samples
