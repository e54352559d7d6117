"""What ``extract`` and ``solve`` share: a teacher's annotations go into a journal."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kpdd_cli.journal import Journal, beside
from kpdd_cli.records import KeyPoints, Rationale, Row
from kpdd_cli.stages import Report, Summary
from kpdd_cli.stages.intake import BadRows
from kpdd_cli.teachers.base import Annotation, Teacher, Usage


@dataclass(frozen=True, slots=True)
class AnnotationSummary(Summary):
    """``failed`` rows, which the teacher could not annotate, are in ``OUT.failed.jsonl``.

    ``requests``, ``usage`` (tokens) and ``cost_usd`` are those of this run, not of earlier ones.
    """

    failed: int
    bad: int
    requests: int
    usage: Row
    cost_usd: float | None

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
        bad=bad.count,
        requests=teacher.usage.requests,
        usage=tokens(teacher.usage),
        cost_usd=teacher.usage.cost_usd,
    )


def tokens(usage: Usage) -> Row:
    """The token counts of ``usage``, by kind."""
    return {
        name: count for name, count in dataclasses.asdict(usage).items() if name.endswith("_tokens")
    }


def _facts(usage: Usage, failed: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"failed": failed} if failed else {}
    if usage.requests:
        facts |= {"requests": usage.requests, "tokens": sum(tokens(usage).values())}
    if usage.cost_usd:
        facts["usd"] = f"{usage.cost_usd:.2f}"
    return facts
