"""``kpdd extract``, method stages 1 and 2: a teacher finds each problem's key points."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.journal import Journal, beside
from kpdd_cli.stages import Report
from kpdd_cli.stages.annotation import AnnotationSummary, finish, record
from kpdd_cli.stages.intake import BadRows, capped
from kpdd_cli.teachers.base import Teacher


@dataclass(frozen=True, slots=True)
class Config:
    """Which problems (see :func:`kpdd_cli.benchmarks.read`), and where their key points go."""

    source: str
    out: Path
    split: str | None = None
    limit: int | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False
    retry_failed: bool = False


def run(config: Config, teacher: Teacher, report: Report) -> AnnotationSummary:
    """Annotate every problem that has no key points yet."""
    began = time.monotonic()
    journal = Journal(
        config.out,
        key=("id", "question", "answer", "solution", "equation"),
        settings={"teacher": teacher.signature("extract")},
        fresh=config.fresh,
        aside=beside(config.out, "failed"),
        spare=beside(config.out, "spare") if teacher.billed else None,
        retry_aside=config.retry_failed,
        notice=report.notice,
    )
    with journal, BadRows(config.out, skip=config.skip_bad) as bad:
        total = benchmarks.count(config.source, split=config.split)
        report.start("extracting", capped(total, config.limit), journal.done)
        problems = benchmarks.read(
            config.source,
            split=config.split,
            limit=config.limit,
            seed=config.seed,
            on_bad=bad.on_bad,
        )
        record(teacher.extract(journal.pending(problems)), journal, teacher, "extract", report)
        return finish("extract", journal, teacher, bad, began=began, seed=config.seed)
