"""Run programs that a model wrote, contained, and report the value of each.

**The value** of a program is the first that there is of: what it returns at top level; ``ans``,
``answer`` or ``result``; what its ``solution()``, ``solver()`` or ``solve()`` returns; the last
line that it prints. It is given as text: integers in full, floats as ``repr`` writes them (``18``
for 18.0), yes/no for True/False, the items of tuples, lists, sets and dictionaries as ``9; 12``.

**What is guaranteed.** A program runs only in a worker process of pydantic-monty, an interpreter
without file, network, process or environment access, under limits on time, memory, recursion and
output. A program that passes a limit, or takes its worker down, costs its own outcome alone. The
outcome is put together on this side of the process border; a program has names of its own, and can
reach neither the loop that runs it nor the programs beside it. A program is reported "ok" only with
the value that CPython computes; what the interpreter cannot do, or might do otherwise, is
"unsupported": cannot tell.

**What is not.** The isolation is as good as pydantic-monty's, with a process border behind it and
no system-call filter. Seconds are wall clock, so that a busy machine may time out a slow program.
``sum`` of floats adds them plainly, as Python 3.11 does (3.12 and later compensate: a difference in
the last digit, far inside the tolerance of :func:`kpdd_cli.answers.matches`); ``statistics.mean``
of floats may differ as much. ``random`` without a seed and the clock differ from run to run, as
everywhere. The order of a set is traced by name only: a set that is handed through functions or
containers is read in the order in which it was filled. ``str`` of a value nested a thousand deep is
cut short, where CPython raises RecursionError.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from kpdd_cli.errors import KpddError
from kpdd_cli.programs.rewriting import Prepared, Unsupported, is_lacking, prepare

if TYPE_CHECKING:
    from pydantic_monty import Monty

Status = Literal["ok", "no_answer", "error", "timeout", "memory", "unsupported"]

_BATCH = 128  # programs a feed
_SUSPECTS = 16  # programs a feed, after a batch in which one passed a limit
_BATCH_SECONDS = 0.1  # a whole batch takes some 13 ms; a program's own limit holds when it is alone
_SLOW = 3  # more workers a job, for programs that made a batch pass a limit: most will do so alone
_REMEMBERED = 10_000  # programs that passed a limit, not to be run again
_BATCH_CHARACTERS = 250_000
_AHEAD = 16  # batches a job that may wait for an earlier one
_GRACE = 0.3  # seconds until a worker that does not heed its limit is killed


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use: wall-clock seconds, bytes, nested calls, characters of value."""

    seconds: float = 1.0
    memory: int = 64 * 2**20
    recursion: int = 1000
    output: int = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a program: its ``value`` as text if "ok", else ``why`` there is none."""

    status: Status
    value: str | None
    why: str = ""


def run(programs: Iterable[str], limits: Limits | None = None, jobs: int = 1) -> Iterator[Outcome]:
    """Run each program; yield the outcomes in input order, as they come.

    ``jobs`` worker processes share the work. Programs that hang run in processes beside those, so
    that the others go on; each costs its limit, but only once where its text comes again. Memory is
    bounded: at most some batches are held.
    Raises :class:`KpddError` in a process that was forked after its parent ran programs.
    """
    from pydantic_monty import Monty

    _Fork.check()
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="programs")
    slow = ThreadPoolExecutor(_SLOW * jobs, thread_name_prefix="slow-programs")
    with Monty(
        min_processes=1,
        max_processes=jobs + _SLOW * jobs,
        max_checkouts_per_worker=1000,
        feed_duration_limit_grace=_GRACE,
    ) as pool:
        crew = _Crew(pool, threads, slow, limits or Limits())
        try:
            waiting: deque[Future[list[_Slot]]] = deque()
            batches = _batched(programs)
            while True:
                while len(waiting) < _AHEAD * jobs and (batch := next(batches, None)):
                    waiting.append(threads.submit(crew.run, batch))
                if not waiting:
                    return
                yield from map(_settle, waiting.popleft().result())
        finally:
            threads.shutdown(cancel_futures=True)
            slow.shutdown(cancel_futures=True)


def _batched(programs: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for program in programs:
        batch.append(program)
        characters += len(program)
        if len(batch) == _BATCH or characters > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class _Fork:
    """The interpreter's pool hangs in a process forked after it was used: refuse instead."""

    used = False
    forked = False

    @classmethod
    def check(cls) -> None:
        if cls.forked:
            raise KpddError(
                "programs cannot run in a process forked after they ran in its parent; "
                'start it by multiprocessing\'s "spawn" or "forkserver" method'
            )
        cls.used = True

    @classmethod
    def mark(cls) -> None:
        cls.forked = cls.used


os.register_at_fork(after_in_child=_Fork.mark)


@dataclass(frozen=True, slots=True)
class _Task:
    program: str
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class _Later:
    """The outcome at ``place`` among those of a run that may not have begun."""

    future: Future[list[_Slot]]
    place: int


_Slot = Outcome | _Later


def _settle(slot: _Slot) -> Outcome:
    while isinstance(slot, _Later):
        slot = slot.future.result()[slot.place]
    return slot


class _LimitPassed(Exception):
    def __init__(self, status: Status, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class _Crew:
    """Threads that feed programs to the pool's workers.

    Programs are fed together; when one of them passes a limit the feed is lost, and its programs
    queue again in smaller feeds, at last one by one, with the ``slow`` threads. No thread waits for
    another.
    """

    def __init__(
        self, pool: Monty, threads: ThreadPoolExecutor, slow: ThreadPoolExecutor, limits: Limits
    ) -> None:
        self._pool, self._threads, self._slow, self._limits = pool, threads, slow, limits
        self._stopped: dict[int, Outcome] = {}  # hash of a program that passed a limit by itself

    def run(self, programs: list[str]) -> list[_Slot]:
        tasks = [self._stopped.get(hash(program)) or _task(program) for program in programs]
        together = [task for task in tasks if isinstance(task, _Task) and not task.prepared.alone]
        slots = iter(self._feed(together))
        return [
            task
            if isinstance(task, Outcome)
            else self._later([task], self._threads)[0]
            if task.prepared.alone
            else next(slots)
            for task in tasks
        ]

    def _later(self, tasks: list[_Task], threads: ThreadPoolExecutor) -> list[_Slot]:
        future = threads.submit(self._feed, tasks)
        return [_Later(future, place) for place in range(len(tasks))]

    def _feed(self, tasks: list[_Task]) -> list[_Slot]:
        if not tasks:
            return []
        single = len(tasks) == 1
        if single and (known := self._stopped.get(hash(tasks[0].program))):
            return [known]
        seconds = self._limits.seconds if single else min(self._limits.seconds, _BATCH_SECONDS)
        try:
            results = self._execute([task.prepared.text for task in tasks], seconds)
        except _LimitPassed as passed:
            if single:
                return [self._remember(tasks[0], Outcome(passed.status, None, passed.why))]
            size = _SUSPECTS if len(tasks) > _SUSPECTS else 1
            return [
                slot
                for start in range(0, len(tasks), size)
                for slot in self._later(
                    tasks[start : start + size], self._threads if size > 1 else self._slow
                )
            ]
        return [
            _outcome(task, result, self._limits.output)
            for task, result in zip(tasks, results, strict=True)
        ]

    def _remember(self, task: _Task, outcome: Outcome) -> Outcome:
        if len(self._stopped) < _REMEMBERED:
            self._stopped[hash(task.program)] = outcome
        return outcome

    def _execute(self, texts: list[str], seconds: float) -> list[tuple[str, str, Any]]:
        from pydantic_monty import CollectString, MontyCrashedError, MontyError

        try:
            with self._pool.checkout(
                limits={
                    "max_feed_duration_secs": seconds,
                    "max_memory": self._limits.memory,
                    "max_recursion_depth": self._limits.recursion,
                },
                os_policy={"sleep": "zero"},
                assert_message_annotations=False,
            ) as session:
                session.feed_run(_inside())
                results: list[tuple[str, str, Any]] = session.feed_run(
                    "run_all(texts, most)",
                    inputs={"texts": texts, "most": self._limits.output},
                    print_callback=CollectString(max_bytes=_PRINTED),
                )
                return results
        except MontyCrashedError as error:
            if error.timed_out:
                raise _LimitPassed("timeout", f"it ran longer than {seconds:g} s") from None
            raise _LimitPassed("memory", "it took its interpreter down") from None
        except MontyError as error:
            raise self._passed(str(error).rpartition("\n")[2], seconds) from None
        except UnicodeEncodeError:
            raise _LimitPassed("error", "it is not valid Unicode text") from None

    def _passed(self, message: str, seconds: float) -> _LimitPassed:
        if message.startswith("TimeoutError"):
            return _LimitPassed("timeout", f"it ran longer than {seconds:g} s")
        if message.startswith("MemoryError"):
            mib = self._limits.memory / 2**20
            return _LimitPassed("memory", f"it took more than {mib:g} MiB of memory")
        kind, _, rest = message.partition(": ")
        status: Status = "unsupported" if is_lacking("", kind, rest) else "error"
        return _LimitPassed(status, _line(message[:300]))


_PRINTED = 1 << 16  # bytes that get past the print function a program is given


@cache
def _inside() -> str:
    return files(__package__).joinpath("inside.py").read_text(encoding="utf-8")


_TOO_LONG = ("long", "")


# --- outcomes ------------------------------------------------------------------------------------


def _task(program: str) -> _Task | Outcome:
    try:
        return _Task(program, prepare(program))
    except Unsupported as reason:
        return Outcome("unsupported", None, str(reason))


def _outcome(task: _Task, result: tuple[str, str, Any], most: int) -> Outcome:
    status, kind, payload = result
    if status == "error":
        why = _line(f"{kind}: {payload}" if payload else kind)
        lacking = is_lacking(task.program, kind, payload)
        return Outcome("unsupported" if lacking else "error", None, why)
    too_long = Outcome("no_answer", None, f"its value is longer than {most:,} characters")
    if _TOO_LONG in payload:
        return too_long
    texts = [_text(atom) for atom in payload]
    if not texts or None in texts:
        return Outcome("no_answer", None, "it computes no value")
    value = "; ".join(text for text in texts if text is not None)
    if not value.strip("; "):
        return Outcome("no_answer", None, "its value is empty")
    return Outcome("ok", value) if len(value) <= most else too_long


def _text(atom: Any) -> str | None:
    """One value as text, or None where it is not one: None, nan, infinity, a function …"""
    match atom:
        case bool():
            return "yes" if atom else "no"
        case int():
            return str(atom)
        case float() if not math.isfinite(atom):
            return None
        case float():
            return str(int(atom)) if atom.is_integer() and abs(atom) < 2**53 else repr(atom)
        case str():
            return _line(atom)
        case ("hex", digits):
            return f"{Decimal(int(digits, 16)):f}"  # str(int) refuses more than 4,300 digits
        case _:
            return None


def _line(text: str) -> str:
    """Text that a program made, as one line that is safe to show."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
