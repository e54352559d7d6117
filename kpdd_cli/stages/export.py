"""``kpdd export``: a student for other tools, compared with the original first."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.records import Row
from kpdd_cli.stages import Report, Summary
from kpdd_cli.students import export, generation, student
from kpdd_cli.students.export import Form

#: How many problems both must answer alike.
PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Config:
    """``source`` has the problems that student and export are compared on; ``evaluation`` the
    folder of scores for the card; ``push`` a repository of the hub.
    """

    student: Path
    out: Path
    form: Form
    source: str = "synthetic"
    evaluation: Path | None = None
    licence: str | None = None
    push: str | None = None
    limit: int = PROBLEMS
    seed: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ExportSummary(Summary):
    """``rows_in`` problems were compared, of which ``rows_out`` got the same texts."""

    student: str
    form: Form
    pushed: str | None


def run(config: Config, report: Report) -> ExportSummary:
    """Export, compare, describe, and publish; what does not agree is not left behind."""
    began = time.monotonic()
    if config.out.exists() and not config.fresh:
        raise UsageError(f"{config.out} exists; choose another -o, or replace it with --fresh")
    original = student.load(config.student, "transformers")
    record = original.record
    problems = benchmarks.read(config.source, split="test", limit=config.limit, seed=config.seed)
    questions = [str(problem["question"]) for problem in problems]
    draft = config.out.with_name(f".{config.out.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        if config.form != "ctranslate2":
            draft.mkdir()
        report.start(f"exporting to {config.form}", None)
        export.write(config.student, record, config.form, draft)
        exported = replace(original, engine=export.engine(draft, record, config.form))
        equal = _agreeing(original, exported, questions, report)
        if equal < len(questions):
            raise StudentError(
                f"{config.form}: only {equal} of {len(questions)} problems got the same texts as "
                "from the student, so that nothing was exported; choose another --to"
            )
        parity = (
            f"{equal} of {len(questions)} problems ({config.source}) answered as by the student."
        )
        scores = _scores(config.evaluation, config.student)
        licence = config.licence or export.licence_of(record)
        card = export.card(record, config.form, scores, parity, licence)
        (draft / export.CARD).write_text(card, encoding="utf-8")
        if config.out.exists():
            shutil.rmtree(config.out)
        draft.replace(config.out)
    except OSError as error:
        why = error.strerror or error
        raise StudentError(f"{config.out}: cannot be written ({why})") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    pushed = export.push(config.out, config.push) if config.push else None
    return ExportSummary(
        stage="export",
        rows_in=len(questions),
        rows_out=equal,
        seconds=time.monotonic() - began,
        out=str(config.out),
        student=str(config.student),
        form=config.form,
        pushed=pushed,
    )


def _agreeing(
    original: student.Student, exported: student.Student, questions: list[str], report: Report
) -> int:
    """For how many questions both write the same."""
    report.start("comparing with the student", len(questions))
    equal = 0
    for begin in range(0, len(questions), 20):
        asked = questions[begin : begin + 20]
        pairs = zip(
            generation.solve(original, asked), generation.solve(exported, asked), strict=True
        )
        equal += sum(one == other for one, other in pairs)
        report.advance(len(asked))
    return equal


def _scores(folder: Path | None, path: Path) -> list[Row]:
    """The cards in an evaluation's folder that are this very student's."""
    if folder is None or not folder.is_dir():
        return []
    who, found = student.digest(path), []
    for file in sorted(folder.glob("*.score.json")):
        try:
            card = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if card["student"]["hash"] == who:
            found.append(card)
    return found
