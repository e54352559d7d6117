"""``kpdd extract``, method stages 1 and 2: a teacher finds each problem's key points."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.journal import Journal, beside
from kpdd_cli.records import Row
from kpdd_cli.stages import Report
from kpdd_cli.stages.annotation import (
    AnnotationSummary,
    EstimateSummary,
    estimated,
    finish,
    record,
)
from kpdd_cli.stages.intake import BadRows, Shard, capped, of_shard, share
from kpdd_cli.teachers.base import Teacher


@dataclass(frozen=True, slots=True)
class Config:
    """Which problems (see :func:`kpdd_cli.benchmarks.read`), and where their key points go."""

    source: str
    out: Path
    split: str | None = None
    limit: int | None = None
    shard: Shard | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False
    retry_failed: bool = False


def run(config: Config, teacher: Teacher, report: Report) -> AnnotationSummary:
    """Annotate every problem that has no key points yet."""
    began = time.monotonic()
    teacher.begin(config.out, fresh=config.fresh, notice=report.notice)
    with _journal(config, teacher, report) as journal, _bad_rows(config) as bad:
        total = benchmarks.count(config.source, split=config.split)
        report.start("extracting", capped(total, config.limit, config.shard), journal.done)
        pending = journal.pending(_problems(config, bad))
        record(teacher.extract(pending), journal, teacher, "extract", report)
        return finish("extract", journal, teacher, bad, began=began, seed=config.seed)


def estimate(config: Config, teacher: Teacher, report: Report) -> EstimateSummary:
    """What :func:`run` would send and cost; nothing is sent or written."""
    began = time.monotonic()
    teacher.begin(config.out, fresh=config.fresh, notice=report.notice)
    with _journal(config, teacher, report, look=True) as journal:
        pending = journal.pending(_problems(config, _bad_rows(config)))
        forecast = teacher.estimate("extract", ((row, 0) for row in pending))
    return estimated("extract", forecast, journal, began=began)


def _journal(config: Config, teacher: Teacher, report: Report, *, look: bool = False) -> Journal:
    return Journal(
        config.out,
        key=("id", "question", "answer", "solution", "equation"),
        settings={"teacher": teacher.signature("extract"), **of_shard(config.shard)},
        fresh=config.fresh,
        aside=beside(config.out, "failed"),
        spare=beside(config.out, "spare") if teacher.billed else None,
        retry_aside=config.retry_failed,
        look=look,
        notice=report.notice,
    )


def _bad_rows(config: Config) -> BadRows:
    return BadRows(config.out, skip=config.skip_bad, shard=config.shard)


def _problems(config: Config, bad: BadRows) -> Iterator[Row]:
    problems = benchmarks.read(
        config.source, split=config.split, limit=config.limit, seed=config.seed, on_bad=bad.on_bad
    )
    return share(problems, config.shard)
