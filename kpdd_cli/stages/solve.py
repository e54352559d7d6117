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
from kpdd_cli.stages.annotation import AnnotationSummary, finish, record
from kpdd_cli.stages.intake import BadRows, capped, count_lines, rows
from kpdd_cli.teachers.base import Teacher


@dataclass(frozen=True, slots=True)
class Config:
    """Key points in, ``samples`` rationales a problem out."""

    keypoints: Path
    out: Path
    mode: Mode
    samples: int = 1
    limit: int | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False
    retry_failed: bool = False


def run(config: Config, teacher: Teacher, report: Report) -> AnnotationSummary:
    """Solve every problem that lacks one of its rationales."""
    began = time.monotonic()
    stage = f"solve.{config.mode}"
    journal = Journal(
        config.out,
        key=("id", "question", "core_question", "information", "mode", "sample"),
        settings={"teacher": teacher.signature(stage), "mode": config.mode},
        fresh=config.fresh,
        aside=beside(config.out, "failed"),
        spare=beside(config.out, "spare") if teacher.billed else None,
        retry_aside=config.retry_failed,
        notice=report.notice,
    )
    with journal, BadRows(config.out, skip=config.skip_bad) as bad:
        report.start("solving", _total(config), journal.done)
        annotated = rows(config.keypoints, (Problem.of, KeyPoints.of), bad, report)
        wanted = _samples(islice(annotated, config.limit), config)
        tasks = ((row, row["sample"]) for row in journal.pending(wanted))
        record(teacher.solve(tasks, config.mode), journal, teacher, stage, report)
        return finish(
            "solve", journal, teacher, bad, began=began, seed=config.seed, samples=config.samples
        )


def _samples(annotated: Iterator[Row], config: Config) -> Iterator[Row]:
    for row in annotated:
        for sample in range(config.samples):
            yield {**row, "mode": config.mode, "sample": sample}


def _total(config: Config) -> int | None:
    problems = capped(count_lines(config.keypoints), config.limit)
    return None if problems is None else problems * config.samples
