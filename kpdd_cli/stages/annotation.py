"""What ``extract`` and ``solve`` share: a teacher's annotations go into a journal."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpdd_cli import jsonl
from kpdd_cli.journal import Journal, beside, holding
from kpdd_cli.records import KeyPoints, Rationale, Row
from kpdd_cli.stages import Report, Summary
from kpdd_cli.stages.intake import BadRows
from kpdd_cli.teachers.base import Annotation, Forecast, Teacher, Usage


@dataclass(frozen=True, slots=True)
class AnnotationSummary(Summary):
    """``failed`` rows, which the teacher could not annotate, are in ``OUT.failed.jsonl``.

    ``refusals`` counts those that the model refused, by category. ``requests``, ``usage`` (tokens),
    ``cache_hits`` (share of the input) and ``cost_usd`` are those of this run; ``spent_usd`` is
    what all runs on this output have cost.
    """

    failed: int
    refusals: dict[str, int]
    bad: int
    requests: int
    usage: Row
    cache_hits: float | None
    cost_usd: float | None
    spent_usd: float | None

    @property
    def set_aside(self) -> int:
        """How many rows wait in a file of their own."""
        return self.failed + self.bad


def record(
    annotations: Iterable[Annotation[KeyPoints | Rationale]],
    journal: Journal,
    teacher: Teacher,
    stage: str,
    report: Report,
) -> None:
    """Write each annotation as soon as it is made, with the teacher's signature in its row."""
    signature = teacher.signature(stage)
    name = stage.partition(".")[0]
    failed = 0
    for annotation in annotations:
        made_by = {**annotation.row.get("teacher", {}), name: {**signature, **annotation.record}}
        if annotation.value is None:
            failed += 1
            journal.set_aside({**annotation.row, "why": annotation.why, "teacher": made_by})
        else:
            journal.append({**annotation.row, **annotation.value.fields(), "teacher": made_by})
        report.advance(**_facts(teacher.usage, failed))


def finish(
    stage: str,
    journal: Journal,
    teacher: Teacher,
    bad: BadRows,
    *,
    began: float,
    seed: int,
    samples: int = 1,
) -> AnnotationSummary:
    """Close the journal of a whole run, and sum the run up; ``began`` is on the monotonic clock."""
    rows_out = journal.count(journal.path)
    rows_failed = journal.count(beside(journal.path, "failed"))
    journal.finish(seed=seed, rows_out=rows_out, failed=rows_failed)
    return AnnotationSummary(
        stage=stage,
        rows_in=(rows_out + rows_failed) // samples + bad.count,
        rows_out=rows_out,
        seconds=time.monotonic() - began,
        out=str(journal.path),
        failed=rows_failed,
        refusals=_refusals(beside(journal.path, "failed"), stage) if rows_failed else {},
        bad=bad.count,
        requests=teacher.usage.requests,
        usage=tokens(teacher.usage),
        cache_hits=teacher.usage.cache_hits,
        cost_usd=teacher.usage.cost_usd,
        spent_usd=teacher.usage.spent_usd,
    )


@dataclass(frozen=True, slots=True)
class EstimateSummary(Summary):
    """What a run would do: ``rows_in`` rows are pending, ``requests`` would be sent.

    Tokens follow from ``basis``: the length of the texts, or the replies that this output has
    already got. ``cost_usd`` is without a prompt cache; the others say what batches and a cache
    that keeps the system part of every request would make of it.
    """

    requests: int
    usage: Row
    basis: str
    cost_usd: float | None
    cached_usd: float | None
    batch_usd: float | None
    cached_batch_usd: float | None


def estimated(stage: str, forecast: Forecast, journal: Journal, *, began: float) -> EstimateSummary:
    """The summary of a forecast; ``began`` is on the monotonic clock."""
    return EstimateSummary(
        stage=stage,
        rows_in=forecast.rows,
        rows_out=0,
        seconds=time.monotonic() - began,
        out=str(journal.path),
        requests=forecast.requests,
        usage={
            "input_tokens": forecast.input_tokens,
            "system_tokens": forecast.system_tokens,
            "output_tokens": forecast.output_tokens,
        },
        basis=forecast.basis,
        cost_usd=forecast.cost_usd,
        cached_usd=forecast.cached_usd,
        batch_usd=forecast.batch_usd,
        cached_batch_usd=forecast.cached_batch_usd,
    )


@dataclass(frozen=True, slots=True)
class CancelSummary(Summary):
    """The ``batches`` that were ended; ``replies`` that had been made are paid for, and kept."""

    batches: list[str]
    replies: int
    spent_usd: float | None


def cancel(stage: str, out: Path, teacher: Teacher, report: Report) -> CancelSummary:
    """End the batches that are under way for an output."""
    began = time.monotonic()
    teacher.begin(out, fresh=False, notice=report.notice)
    with holding(out) if out.parent.exists() else nullcontext():
        batches, replies = teacher.cancel()
    return CancelSummary(
        stage=stage,
        rows_in=0,
        rows_out=0,
        seconds=time.monotonic() - began,
        out=str(out),
        batches=batches,
        replies=replies,
        spent_usd=teacher.usage.spent_usd,
    )


def tokens(usage: Usage) -> Row:
    """The token counts of ``usage``, by kind."""
    return {
        name: count for name, count in dataclasses.asdict(usage).items() if name.endswith("_tokens")
    }


def _facts(usage: Usage, failed: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"failed": failed} if failed else {}
    if usage.requests:
        thousands = sum(tokens(usage).values()) / 1000
        facts |= {"tokens": f"{thousands:,.0f}k", "cached": f"{usage.cache_hits or 0:.0%}"}
    if usage.cost_usd:
        facts["usd"] = f"{usage.cost_usd:.4f}"
    return facts


def _refusals(path: Path, stage: str) -> dict[str, int]:
    """How many of the rows set aside the model refused, by category."""
    categories = (line.row["teacher"][stage].get("refusal") for line in jsonl.read(path))
    return dict(Counter(category for category in categories if category).most_common())
