"""``kpdd data``: a benchmark in its publisher's format becomes problems, one a line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.journal import Journal
from kpdd_cli.stages import Report, Summary
from kpdd_cli.stages.intake import BadRows, Shard, capped, of_shard, share


@dataclass(frozen=True, slots=True)
class Config:
    """What to read (see :func:`kpdd_cli.benchmarks.read`) and where to write it."""

    source: str
    out: Path
    split: str | None = None
    limit: int | None = None
    shard: Shard | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class DataSummary(Summary):
    """``bad`` rows, which could not be read, are in ``OUT.bad.jsonl``."""

    bad: int

    @property
    def set_aside(self) -> int:
        """How many rows could not be read."""
        return self.bad


def run(config: Config, report: Report) -> DataSummary:
    """Write the problems of a source, each with an id, in the order of the source."""
    began = time.monotonic()
    settings = {"source": config.source, "split": config.split, "seed": config.seed}
    settings |= of_shard(config.shard)
    journal = Journal(
        config.out,
        key=("id", "question"),
        settings=settings,
        fresh=config.fresh,
        notice=report.notice,
    )
    with journal, BadRows(config.out, skip=config.skip_bad, shard=config.shard) as bad:
        total = benchmarks.count(config.source, split=config.split)
        report.start("reading", capped(total, config.limit, config.shard), journal.done)
        problems = benchmarks.read(
            config.source,
            split=config.split,
            limit=config.limit,
            seed=config.seed,
            on_bad=bad.on_bad,
        )
        for row in journal.pending(share(problems, config.shard)):
            journal.append(row)
            report.advance()
        rows_out = journal.count(config.out)
        journal.finish(rows_out=rows_out)
    return DataSummary(
        stage="data",
        rows_in=rows_out + bad.count,
        rows_out=rows_out,
        seconds=time.monotonic() - began,
        out=str(config.out),
        bad=bad.count,
    )
