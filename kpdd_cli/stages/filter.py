"""``kpdd filter``: the rationales whose answer is right stay; the others are kept beside them.

Rows are judged one after another, in the order of the input: of rationales that repeat each other,
and of more than ``max_per_problem``, the first stay. What is remembered of the rows is a number a
problem and one a kept rationale, so that a million rows need about 200 MB at most.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from kpdd_cli import benchmarks
from kpdd_cli.contamination import HeldOut, HeldOutSet
from kpdd_cli.errors import InputError
from kpdd_cli.journal import Sequel
from kpdd_cli.judge import judge
from kpdd_cli.records import BadRow, Mode, Problem, Rationale, Row, Verdict, problem_id
from kpdd_cli.repetition import normal_form
from kpdd_cli.stages import Report, Summary
from kpdd_cli.stages.intake import BadRows, Shard, capped, count_lines, of_shard, rows, share


@dataclass(frozen=True, slots=True)
class Config:
    """Solutions in; accepted and rejected ones out. ``jobs`` processes run programs.

    ``against`` are sources (see :func:`kpdd_cli.benchmarks.read`; of a source with splits, its test
    split) whose problems must not be among the accepted ones.
    """

    solutions: Path
    out: Path
    rejected: Path
    mode: Mode
    against: tuple[str, ...] = ()
    dedupe: bool = False
    max_per_problem: int | None = None
    jobs: int = 1
    limit: int | None = None
    shard: Shard | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class FilterSummary(Summary):
    """``reasons`` counts the verdicts. A problem is known by its question: of ``problems``,
    ``problems_kept`` kept at least one rationale.
    """

    accepted: int
    rejected: int
    rejected_rows: str
    reasons: dict[str, int]
    problems: int
    problems_kept: int
    bad: int

    @property
    def set_aside(self) -> int:
        """Rejection is the stage's result, so only unreadable rows count as set aside."""
        return self.bad


def run(config: Config, report: Report) -> FilterSummary:
    """Judge every solution that has no verdict yet."""
    began = time.monotonic()
    held_out = _held_out(config.against, report)
    sequel = Sequel(
        config.out,
        field="verdict",
        aside=config.rejected,
        settings=_settings(config, held_out),
        fresh=config.fresh,
        notice=report.notice,
    )
    choice = _Choice(config, held_out)
    with sequel, BadRows(config.out, skip=config.skip_bad, shard=config.shard) as bad:
        _judge(config, sequel, choice, bad, report)
        accepted = choice.reasons["correct"]
        rejected = choice.reasons.total() - accepted
        against = list(config.against)
        sequel.finish(seed=config.seed, against=against, rows_out=accepted, rejected=rejected)
    return FilterSummary(
        stage="filter",
        rows_in=accepted + rejected + bad.count,
        rows_out=accepted,
        seconds=time.monotonic() - began,
        out=str(config.out),
        accepted=accepted,
        rejected=rejected,
        rejected_rows=str(config.rejected),
        reasons=dict(choice.reasons.most_common()),
        problems=choice.problems,
        problems_kept=choice.problems_kept,
        bad=bad.count,
    )


def _judge(config: Config, sequel: Sequel, choice: _Choice, bad: BadRows, report: Report) -> None:
    """Write each row with its verdict; what an earlier run has written is only taken note of."""

    def replay(row: Row, verdict: Row) -> None:
        choice.note(row, verdict["status"])
        report.advance()

    total = capped(count_lines(config.solutions), config.limit, config.shard)
    report.start("judging", total)
    checks = (Problem.of, Rationale.of, _of_mode(config.mode))
    solutions = islice(rows(config.solutions, checks, bad, report), config.limit)
    verdicts = judge(
        sequel.pending(share(solutions, config.shard), replay),
        mode=config.mode,
        rationale=lambda row: str(row["rationale"]),
        gold=lambda row: Problem.of(row).answer,
        jobs=config.jobs,
    )
    for row, judged in verdicts:
        verdict = choice.verdict(row, judged)
        choice.note(row, verdict.status)
        sequel.append(row, verdict.fields(), aside=verdict.status != "correct")
        report.advance()


class _Choice:
    """Which of the right rationales stay, given the rows so far.

    Rows and problems are remembered as 64-bit hashes: among a million, one chance in 37 million
    that two share one.
    """

    def __init__(self, config: Config, held_out: HeldOutSet) -> None:
        self.reasons: Counter[str] = Counter()
        self._mode, self._dedupe, self._most = config.mode, config.dedupe, config.max_per_problem
        self._held_out = held_out
        self._kept: dict[int, int] = {}  # problem -> its rationales that stayed
        self._said: set[int] = set()  # rationales that stayed, each with its problem

    @property
    def problems(self) -> int:
        """How many problems the rows had."""
        return len(self._kept)

    @property
    def problems_kept(self) -> int:
        """How many of them kept at least one rationale."""
        return sum(map(bool, self._kept.values()))

    def verdict(self, row: Row, judged: Verdict) -> Verdict:
        """The last word on a row whose rationale was ``judged`` by itself."""
        overlap = self._held_out.nearest(row["question"])
        if overlap and overlap.contaminated:
            return replace(judged, status="contaminated", why=f"its question has {overlap.how}")
        if judged.status != "correct":
            return judged
        if self._dedupe and _saying(row["question"], row["rationale"], self._mode) in self._said:
            why = "an earlier rationale of the problem says the same"
            return replace(judged, status="duplicate", why=why)
        if self._most is not None and self._kept.get(_problem(row["question"]), 0) >= self._most:
            return replace(judged, status="surplus", why=f"the problem has {self._most} already")
        return judged

    def note(self, row: Row, status: str) -> None:
        """Remember a row and what became of it."""
        self.reasons[status] += 1
        problem = _problem(row["question"])
        self._kept[problem] = self._kept.get(problem, 0) + (status == "correct")
        if status == "correct" and self._dedupe:
            self._said.add(_saying(row["question"], row["rationale"], self._mode))


# A row is looked up, then noted: what is remembered of it is computed once.
@lru_cache(maxsize=1)
def _problem(question: str) -> int:
    return _hash(problem_id(question))


@lru_cache(maxsize=1)
def _saying(question: str, rationale: str, mode: Mode) -> int:
    return _hash(f"{_problem(question)} {normal_form(rationale, mode)}")


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _held_out(sources: Sequence[str], report: Report) -> HeldOutSet:
    """The questions of the sources that nothing may be accepted from."""

    def questions() -> Iterator[HeldOut]:
        for source in sources:
            for row in benchmarks.read(source, split="test", on_bad=_refuse):
                yield HeldOut(source, str(row["id"]), row["question"])

    held_out = HeldOutSet(questions())
    if sources:
        report.notice(f"{len(held_out):,} held-out questions from {', '.join(sources)}")
    return held_out


def _refuse(where: str, raw: str, why: str) -> NoReturn:
    raise InputError(f"{where}: {why}; repair the row: a test set is only held out whole")


def _settings(config: Config, held_out: HeldOutSet) -> Row:
    """What decides over the verdicts; only what is on, so that a new option changes no old run."""
    settings: dict[str, Any] = {
        "mode": config.mode,
        "against": len(held_out) and {"questions": len(held_out), "digest": held_out.digest},
        "dedupe": config.dedupe,
        "max_per_problem": config.max_per_problem,
        **of_shard(config.shard),
    }
    return {name: value for name, value in settings.items() if value}


def _of_mode(mode: Mode) -> Callable[[Row], None]:
    def check(row: Row) -> None:
        if row["mode"] != mode:
            raise BadRow(f'"mode" is {row["mode"]!r}, but --mode {mode} was asked for')

    return check
