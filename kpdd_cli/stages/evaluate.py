"""``kpdd eval``: a student solves the problems of benchmarks, and its answers are scored."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.journal import Journal, write_atomically
from kpdd_cli.records import Row
from kpdd_cli.stages import Report, Summary, answering, cards
from kpdd_cli.stages.intake import BadRows, capped
from kpdd_cli.stages.predicting import Manner, Predictor
from kpdd_cli.students import engines, processes, student
from kpdd_cli.students.generation import Sampling
from kpdd_cli.students.processes import Team

# So many batches go through each process before their rows are written.
_BATCHES = 4


@dataclass(frozen=True, slots=True)
class Config:
    """Which student solves which sources (see :func:`kpdd_cli.benchmarks.read`).

    ``out`` is a folder: each source gets ``NAME.jsonl``, a row a problem, and ``NAME.score.json``,
    its card; ``card.json`` is that of them all. ``beams``: as in
    :func:`kpdd_cli.stages.answering.beams_of`. ``calculator``: compute the equations of a chain of
    thought. ``samples`` drawn at ``temperature`` come beside the answer. With ``gold_key_points``
    the student is given them: the ceiling of better extraction. ``baseline`` is another student,
    solving the same problems, or another such folder. ``processes`` of this machine share the work.
    """

    student: Path
    sources: tuple[str, ...]
    out: Path
    split: str = "test"
    beams: int | None = None
    engine: engines.Name = "auto"
    calculator: bool = False
    samples: int = 0
    temperature: float = 0.7
    gold_key_points: bool = False
    baseline: Path | None = None
    batch_size: int = 64
    jobs: int = 1
    processes: int = 1
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


_Team = Team[Manner, Row]


def run(config: Config, report: Report) -> EvaluationSummary:
    """Score a student on each source; what an earlier run has solved is not solved again.

    In the processes of a launcher each calls this; the first alone reads, writes and reports, and
    shares out the problems. All return the summary.
    """
    student.Record.read(config.student)  # else every process would miss it
    if config.processes > 1:
        return _in_processes(config, report)
    team: _Team = Team(Predictor())
    return team.led(lambda: _led(config, team, report))


def _in_processes(config: Config, report: Report) -> EvaluationSummary:
    if processes.launched():
        raise UsageError("--processes starts processes by itself; leave it out under a launcher")
    if "-" in config.sources:
        raise UsageError("--processes cannot share stdin; write the problems to a file")
    work = partial(run, replace(config, processes=1))
    return processes.run(config.processes, work, report, threads=processes.cores(config.processes))


def _led(config: Config, team: _Team, report: Report) -> EvaluationSummary:
    began = time.monotonic()
    paths = _paths(config)
    for source in config.sources:
        benchmarks.check(source, split=config.split)
    rival = _rival(config)
    results, bad = _evaluate(config, paths, team, report)
    baseline = None
    if config.baseline is not None:
        theirs = {name: config.baseline / path.name for name, path in paths.items()}
        if rival is not None:
            theirs = _paths(rival)
            _evaluate(rival, theirs, team, report)
        baseline = cards.compared(paths, theirs, config.baseline.name)
        for name, path in paths.items():
            if unlike := cards.unlike(path, theirs[name]):
                report.notice(f"{name}: the baseline was solved with {unlike}")
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
        record = student.Record.read(folder)
        return replace(
            config,
            student=folder,
            out=out,
            baseline=None,
            # What it cannot be given, it is compared without.
            gold_key_points=config.gold_key_points and record.pipeline != "direct",
            calculator=config.calculator and record.mode == "cot",
        )
    if not any(folder.glob("*.score.json")):
        raise InputError(f"{folder}: neither a student nor what kpdd eval wrote")
    return None


def _evaluate(
    config: Config, paths: dict[str, Path], team: _Team, report: Report
) -> tuple[list[Row], int]:
    """The card of each set, and how many rows could not be read."""
    record = student.Record.read(config.student)
    manner = _manner(config, record, team.size)
    who = cards.of_student(config.student)
    results, bad = [], 0
    for source, (name, path) in zip(config.sources, paths.items(), strict=True):
        settings = {"source": source, "split": config.split, "seed": config.seed}
        settings |= manner.settings()
        journal = Journal(
            path,
            key=("id", "question", "answer", "core_question", "information"),
            settings={**settings, "student": who["hash"]},
            fresh=config.fresh,
            notice=report.notice,
        )
        unreadable = _solve(config, source, journal, manner, team, report)
        rows = cards.predictions(path)
        # A card names the set, wherever its file lies.
        card = cards.of_set(name, rows, who, settings | {"source": name}, unreadable=unreadable)
        write_atomically(path.with_suffix(".score.json"), json.dumps(card, indent=2) + "\n")
        results.append(card)
        bad += unreadable
    trained = json.dumps(asdict(record), indent=2, ensure_ascii=False)
    write_atomically(config.out / cards.TRAINED, f"{trained}\n")
    return results, bad


def _manner(config: Config, record: student.Record, processes: int) -> Manner:
    """How the student is to solve. Raises UsageError for what it cannot do."""
    if config.gold_key_points and record.pipeline == "direct":
        raise UsageError(
            "--gold-key-points is for students that work with key points: a direct student writes "
            "its solution from the problem alone"
        )
    if config.gold_key_points and config.samples:
        raise UsageError("--gold-key-points and --samples do not go together: leave one away")
    if config.calculator and record.mode == "pot":
        raise UsageError(
            f"--calculator is for chains of thought; the programs of {config.student} are computed "
            "as they are"
        )
    beams = answering.beams_of(record, config.beams)
    # Scores must not depend on what happens to be installed: beams end differently elsewhere.
    reference = beams > 1 or config.calculator
    engine = engines.choose(config.student, record, config.engine, reference=reference)
    if engine == "vllm" and processes > 1:
        raise UsageError("--engine vllm shares out its work by itself; start one process")
    return Manner(
        student=config.student,
        engine=engine,
        beams=beams,
        calculator=config.calculator if record.mode == "cot" else None,
        sampling=Sampling(config.samples, config.temperature, config.seed)
        if config.samples
        else None,
        gold_key_points=config.gold_key_points,
        batch_size=config.batch_size,
        jobs=config.jobs,
    )


def _solve(
    config: Config,
    source: str,
    journal: Journal,
    manner: Manner,
    team: _Team,
    report: Report,
) -> int:
    """Write a row for each problem that has none yet; the number of rows that could not be read."""
    path = journal.path
    with journal, BadRows(path, skip=config.skip_bad) as bad:
        total = benchmarks.count(source, split=config.split)
        report.start(f"solving {path.stem}", capped(total, config.limit), journal.done)
        problems = benchmarks.read(
            source, split=config.split, limit=config.limit, seed=config.seed, on_bad=bad.on_bad
        )
        pending = journal.pending(problems)
        while rows := list(islice(pending, config.batch_size * _BATCHES * team.size)):
            for row in team.share(manner, rows):
                journal.append(row)
                report.advance()
        journal.finish(rows_out=journal.count(path))
        return bad.count


def name_of(source: str) -> str:
    """What the files of a source are called: ``gsm8k``, ``synthetic.dev``, a file's stem, stdin."""
    if source == "-":
        return "stdin"
    if source.partition(":")[0] in benchmarks.NAMES:
        return source.replace(":", ".")
    return Path(source).stem
