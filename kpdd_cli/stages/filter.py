"""``kpdd filter``: the rationales whose answer is right stay; the others are kept beside them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kpdd_cli import jsonl
from kpdd_cli.journal import Journal
from kpdd_cli.judge import judge
from kpdd_cli.records import BadRow, Mode, Problem, Rationale, Row
from kpdd_cli.stages import Report, Summary
from kpdd_cli.stages.intake import BadRows, capped, count_lines, rows


@dataclass(frozen=True, slots=True)
class Config:
    """Solutions in; accepted and rejected ones out. ``jobs`` processes run programs."""

    solutions: Path
    out: Path
    rejected: Path
    mode: Mode
    jobs: int = 1
    limit: int | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class FilterSummary(Summary):
    """``reasons`` counts the verdicts; ``problems`` those that kept at least one rationale."""

    accepted: int
    rejected: int
    rejected_rows: str
    reasons: dict[str, int]
    problems: int
    bad: int

    @property
    def set_aside(self) -> int:
        """Rejection is the stage's result, so only unreadable rows count as set aside."""
        return self.bad


def run(config: Config, report: Report) -> FilterSummary:
    """Judge every solution that has no verdict yet."""
    began = time.monotonic()
    journal = Journal(
        config.out,
        key=("id", "question", "answer", "mode", "sample", "rationale"),
        settings={"mode": config.mode},
        fresh=config.fresh,
        aside=config.rejected,
        notice=report.notice,
    )
    with journal, BadRows(config.out, skip=config.skip_bad) as bad:
        report.start("judging", capped(count_lines(config.solutions), config.limit), journal.done)
        checks = (Problem.of, Rationale.of, _of_mode(config.mode))
        solutions = islice(rows(config.solutions, checks, bad, report), config.limit)
        verdicts = judge(
            journal.pending(solutions),
            mode=config.mode,
            rationale=lambda row: str(row["rationale"]),
            gold=lambda row: Problem.of(row).answer,
            jobs=config.jobs,
        )
        for row, verdict in verdicts:
            put = journal.append if verdict.status == "correct" else journal.set_aside
            put({**row, **verdict.fields()})
            report.advance()
        accepted, rejected = journal.count(config.out), journal.count(config.rejected)
        journal.finish(seed=config.seed, rows_out=accepted, rejected=rejected)
        reasons, problems = _tally(config)
    return FilterSummary(
        stage="filter",
        rows_in=accepted + rejected + bad.count,
        rows_out=accepted,
        seconds=time.monotonic() - began,
        out=str(config.out),
        accepted=accepted,
        rejected=rejected,
        rejected_rows=str(config.rejected),
        reasons=reasons,
        problems=problems,
        bad=bad.count,
    )


def _tally(config: Config) -> tuple[dict[str, int], int]:
    """Verdicts by status, and how many problems kept a rationale, as the files have them."""
    accepted = Counter(line.row["id"] for line in jsonl.read(config.out))
    reasons = Counter(correct=accepted.total())
    if config.rejected.exists():
        reasons.update(line.row["verdict"]["status"] for line in jsonl.read(config.rejected))
    return dict(reasons.most_common()), len(accepted)


def _of_mode(mode: Mode) -> Callable[[Row], None]:
    def check(row: Row) -> None:
        if row["mode"] != mode:
            raise BadRow(f'"mode" is {row["mode"]!r}, but --mode {mode} was asked for')

    return check
