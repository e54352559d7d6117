"""``kpdd eval``: a student solves the problems of benchmarks, and its answers are scored."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kpdd_cli import benchmarks
from kpdd_cli.diagnosis import diagnose
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.journal import Journal, write_atomically
from kpdd_cli.judge import findings, verdict
from kpdd_cli.records import Pipeline, Problem, Row
from kpdd_cli.stages import Report, Summary, analysis, answering, cards
from kpdd_cli.stages.intake import BadRows, capped
from kpdd_cli.students import engines, generation, student
from kpdd_cli.students.formats import Draft
from kpdd_cli.students.generation import Sampling

if TYPE_CHECKING:
    from kpdd_cli.students.student import Student

# So many batches go through student and interpreter before their rows are written.
_BATCHES = 4


@dataclass(frozen=True, slots=True)
class Config:
    """Which student solves which sources (see :func:`kpdd_cli.benchmarks.read`).

    ``out`` is a folder: each source gets ``NAME.jsonl``, a row a problem, and ``NAME.score.json``,
    its card; ``card.json`` is that of them all. ``beams``: as in
    :func:`kpdd_cli.stages.answering.beams_of`. ``samples`` drawn at ``temperature`` come beside the
    answer. With ``gold_key_points`` the student is given them: the ceiling of better extraction.
    ``baseline`` is another student, solving the same problems, or another such folder.
    """

    student: Path
    sources: tuple[str, ...]
    out: Path
    split: str = "test"
    beams: int | None = None
    engine: engines.Name = "auto"
    samples: int = 0
    temperature: float = 0.7
    gold_key_points: bool = False
    baseline: Path | None = None
    batch_size: int = 64
    jobs: int = 1
    limit: int | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationSummary(Summary):
    """``results`` has one object a source: see :func:`kpdd_cli.stages.cards.of_set`.

    ``macro`` is their macro average, ``baseline`` what :func:`kpdd_cli.stages.cards.compared` says.
    """

    student: str
    results: list[Row]
    macro: Row | None
    baseline: Row | None
    bad: int

    @property
    def set_aside(self) -> int:
        """How many rows could not be read."""
        return self.bad


def run(config: Config, report: Report) -> EvaluationSummary:
    """Score a student on each source; what an earlier run has solved is not solved again."""
    began = time.monotonic()
    record = student.Record.read(config.student)
    if config.gold_key_points and record.pipeline == "direct":
        raise UsageError(
            "--gold-key-points is for students that work with key points: a direct student writes "
            "its solution from the problem alone"
        )
    if config.gold_key_points and config.samples:
        raise UsageError("--gold-key-points and --samples do not go together: leave one away")
    paths = _paths(config)
    rival = _rival(config)
    results, bad = _evaluate(config, paths, report)
    baseline = None
    if config.baseline is not None:
        theirs = {name: config.baseline / path.name for name, path in paths.items()}
        if rival is not None:
            theirs = _paths(rival)
            _evaluate(rival, theirs, report)
        baseline = cards.compared(paths, theirs, config.baseline.name)
    card = cards.of_all(results, baseline)
    write_atomically(config.out / cards.CARD, json.dumps(card, indent=2) + "\n")
    named = zip(config.sources, paths.values(), results, strict=True)
    rows = sum(result["problems"] for result in results)
    return EvaluationSummary(
        stage="eval",
        rows_in=rows + bad,
        rows_out=rows,
        seconds=time.monotonic() - began,
        out=str(config.out),
        student=str(config.student),
        results=[{"data": source, "out": str(path), **result} for source, path, result in named],
        macro=card["macro"],
        baseline=baseline,
        bad=bad,
    )


def _paths(config: Config) -> dict[str, Path]:
    """Where the predictions of each set lie. Raises :class:`UsageError` for two of one name."""
    names = [name_of(source) for source in config.sources]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two sources would both be written to {config.out / name}.jsonl")
    return {name: config.out / f"{name}.jsonl" for name in names}


def _rival(config: Config) -> Config | None:
    """The evaluation of a baseline that is a student; None where it is evaluated already."""
    folder = config.baseline
    if folder is None:
        return None
    if (folder / student.RECORD).is_file():
        out = config.out / f"baseline-{student.digest(folder)[:8]}"
        return replace(config, student=folder, out=out, baseline=None)
    if not any(folder.glob("*.score.json")):
        raise InputError(f"{folder}: neither a student nor what kpdd eval wrote")
    return None


def _evaluate(config: Config, paths: dict[str, Path], report: Report) -> tuple[list[Row], int]:
    """The card of each set, and how many rows could not be read."""
    who, solver = cards.of_student(config.student), _Lazy(config.student, config.engine)
    results, bad = [], 0
    for source, (name, path) in zip(config.sources, paths.items(), strict=True):
        settings = _settings(config, source)
        unreadable = _solve(
            config, source, path, {**settings, "student": who["hash"]}, solver, report
        )
        rows = cards.predictions(path)
        shown = {**settings, "source": name}
        card = cards.of_set(name, rows, who, shown, unreadable=unreadable)
        write_atomically(path.with_suffix(".score.json"), json.dumps(card, indent=2) + "\n")
        results.append(card)
        bad += unreadable
    record = asdict(student.Record.read(config.student))
    write_atomically(
        config.out / cards.TRAINED, json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    )
    return results, bad


def _settings(config: Config, source: str) -> Row:
    """What decides over the predictions, beside the student."""
    settings = {
        "source": source,
        "split": config.split,
        "seed": config.seed,
        "beams": answering.beams_of(student.Record.read(config.student), config.beams),
    }
    if config.samples:
        settings |= {"samples": config.samples, "temperature": config.temperature}
    if config.gold_key_points:
        settings["gold_key_points"] = True
    return settings


class _Lazy:
    """The student, loaded when the first problem needs it: a finished evaluation needs none."""

    def __init__(self, path: Path, engine: engines.Name) -> None:
        self._path, self._engine = path, engine
        self._student: Student | None = None

    def __call__(self) -> Student:
        if self._student is None:
            self._student = student.load(self._path, self._engine)
        return self._student


def _solve(
    config: Config,
    source: str,
    path: Path,
    settings: Row,
    solver: _Lazy,
    report: Report,
) -> int:
    """Write a row for each problem that has none yet; the number of rows that could not be read."""
    journal = Journal(
        path,
        key=("id", "question", "answer", "core_question", "information"),
        settings=settings,
        fresh=config.fresh,
        notice=report.notice,
    )
    with journal, BadRows(path, skip=config.skip_bad) as bad:
        total = benchmarks.count(source, split=config.split)
        report.start(f"solving {path.stem}", capped(total, config.limit), journal.done)
        problems = benchmarks.read(
            source, split=config.split, limit=config.limit, seed=config.seed, on_bad=bad.on_bad
        )
        pending = journal.pending(problems)
        while rows := list(islice(pending, config.batch_size * _BATCHES)):
            for row in _predicted(solver(), rows, config):
                journal.append(row)
                report.advance()
        journal.finish(rows_out=journal.count(path))
        return bad.count


def _predicted(solver: Student, rows: Sequence[Row], config: Config) -> Iterator[Row]:
    """Each row with what the student wrote for it, the verdict on that, and why it is wrong."""
    questions = [str(row["question"]) for row in rows]
    answered = answering.answers(
        solver,
        questions,
        beams=answering.beams_of(solver.record, config.beams),
        batch_size=config.batch_size,
        jobs=config.jobs,
        given=_given(rows, solver.record.pipeline) if config.gold_key_points else None,
    )
    drawn = _drawn(solver, rows, questions, config)
    mode = solver.record.mode
    for row, found, samples in zip(rows, answered, drawn, strict=True):
        written = asdict(found.draft)
        del written["question"]  # the row has it
        problem, gold = Problem.of(row), analysis.gold_of(row)
        judged = verdict(found.finding, problem.answer)
        why = diagnose(
            problem.question,
            problem.answer or "",
            gold.solution,
            mode=mode,
            rationale=found.draft.rationale or "",
            status=judged.status,
            value=judged.value,
            why=judged.why,
        )
        prediction = {"mode": mode, **written, "verdict": judged.fields()}
        prediction["doubts"] = list(found.doubts)
        prediction["diagnosis"] = why and why.fields()
        if samples:
            prediction["samples"] = samples
        yield {**row, "gold": gold.fields(), "prediction": prediction}


def _given(rows: Sequence[Row], pipeline: Pipeline) -> list[Draft]:
    """The problems with as much of their gold key points as a student of ``pipeline`` reads."""
    drafts = []
    for row in rows:
        draft, points = Draft(str(row["question"])), analysis.gold_of(row).key_points
        if points is not None and pipeline != "no-core-question":
            draft = replace(draft, core_question=points.core_question)
        if points is not None and pipeline != "no-information":
            draft = replace(draft, information=points.information)
        drafts.append(draft)
    return drafts


def _drawn(
    solver: Student, rows: Sequence[Row], questions: Sequence[str], config: Config
) -> list[list[Row]]:
    """The samples of each row, each with its verdict; none where none were asked for."""
    if not config.samples:
        return [[] for _ in rows]
    sampling = Sampling(config.samples, config.temperature, config.seed)
    drafts = generation.sample(solver, questions, sampling, batch_size=config.batch_size)
    texts = [draft.rationale or "" for some in drafts for draft in some]
    found = findings(texts, mode=solver.record.mode, jobs=config.jobs)
    judged = []
    for row, some in zip(rows, drafts, strict=True):
        gold = Problem.of(row).answer
        verdicts = [(draft, verdict(next(found), gold)) for draft in some]
        judged.append(
            [
                {"rationale": draft.rationale, "status": one.status, "value": one.value}
                for draft, one in verdicts
            ]
        )
    return judged


def name_of(source: str) -> str:
    """What the files of a source are called: ``gsm8k``, ``synthetic.dev``, a file's stem, stdin."""
    if source == "-":
        return "stdin"
    if source.partition(":")[0] in benchmarks.NAMES:
        return source.replace(":", ".")
    return Path(source).stem
