"""What ``extract`` and ``solve`` share: a teacher's annotations go into a journal."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kpdd_cli.journal import Journal
from kpdd_cli.records import KeyPoints, Rationale, Row
from kpdd_cli.stages import Report, Summary
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
