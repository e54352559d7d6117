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
no system-call filter. An interpreter that does not heed its limit (in one long division, say) is
killed by the process that runs it; where that has itself been killed first, it ends its division
before it leaves. Seconds are wall clock, so that a busy machine may time out a slow program.
``sum`` of floats adds them plainly, as Python 3.11 does (3.12 and later compensate: a difference in
the last digit, far inside the tolerance of :func:`kpdd_cli.answers.matches`); ``statistics.mean``
of floats may differ as much. ``random`` without a seed and the clock differ from run to run, as
everywhere. The order of a set is traced by name only: a set that is handed through functions or
containers is read in the order in which it was filled. ``str`` of a value nested a thousand deep is
cut short, where CPython raises RecursionError.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from kpdd_cli.errors import KpddError
from kpdd_cli.programs.feeding import Feeder, Limits, Outcome, Status, cut, interpreters
from kpdd_cli.programs.processes import Died, Processes

__all__ = ["Limits", "Outcome", "Status", "run"]

_CHUNK = 512  # programs handed to a thread or process at a time: some 50 ms
_CHUNK_CHARACTERS = 1_000_000
_AHEAD = 4  # chunks a job that may wait for an earlier one
_SMALL = 4  # chunks that run here, in threads: starting processes takes as long as these
_SLOW = 3  # more interpreters a job, for programs that pass a limit: most will do so alone
_REMEMBERED = 10_000  # programs that passed a limit, not to be run again


def run(programs: Iterable[str], limits: Limits | None = None, jobs: int = 1) -> Iterator[Outcome]:
    """Run each program; yield the outcomes in input order, as they come.

    ``jobs`` interpreters share the work, each with a Python process that prepares its programs once
    there are more than 2,000. Programs that hang run beside those, so that the others go on; each
    costs its limit, but only once where its text comes again. Memory is bounded: at most some
    thousand programs a job are held. Where a process dies, its programs run in this one.
    Raises :class:`KpddError` in a process that was forked after its parent ran programs.
    """
    _Fork.check()
    limits = limits or Limits()
    with interpreters(jobs + _SLOW * jobs) as pool:
        crew = _Crew(Feeder(pool, limits), Processes(jobs, limits), jobs)
        try:
            waiting: deque[Future[list[_Slot]]] = deque()
            chunks = cut(programs, _CHUNK, _CHUNK_CHARACTERS)
            while True:
                while len(waiting) < _AHEAD * jobs and (chunk := next(chunks, None)):
                    waiting.append(crew.send(chunk))
                if not waiting:
                    return
                for slot in waiting.popleft().result():
                    yield slot if isinstance(slot, Outcome) else slot.result()
        finally:
            crew.leave()


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


_Slot = Outcome | Future[Outcome]
_Together = Callable[[list[str]], list[Outcome | None]]


class _Crew:
    """Threads that get chunks of programs run, here or by the ``processes``.

    What passes a limit there, or may have, is run again by itself: here, by threads of its own, so
    that nothing waits for it and what is known of it is known of all. No thread waits for another.
    """

    def __init__(self, feeder: Feeder, processes: Processes, jobs: int) -> None:
        self._feeder, self._processes, self._jobs = feeder, processes, jobs
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="programs")
        self._slow = ThreadPoolExecutor(_SLOW * jobs, thread_name_prefix="slow-programs")
        self._stopped: dict[int, Outcome] = {}  # hash of a program that passed a limit by itself
        self._sent = 0

    def send(self, programs: list[str]) -> Future[list[_Slot]]:
        """Have a chunk run."""
        self._sent += 1
        if self._jobs == 1 or self._sent <= _SMALL:
            return self._threads.submit(self._run, programs, self._feeder.together)
        self._processes.start()
        return self._threads.submit(self._run, programs, self._elsewhere)

    def leave(self) -> None:
        """End everything, also what has not come to its end."""
        self._feeder.over = True
        self._processes.end()
        self._threads.shutdown(cancel_futures=True)
        self._slow.shutdown(cancel_futures=True)

    def _run(self, programs: list[str], together: _Together) -> list[_Slot]:
        known = [self._stopped.get(hash(program)) for program in programs]
        new = [program for program, outcome in zip(programs, known, strict=True) if not outcome]
        found = iter(together(new) if len(new) > 1 else [None] * len(new))
        return [
            outcome or next(found) or self._slow.submit(self._alone, program)
            for program, outcome in zip(programs, known, strict=True)
        ]

    def _elsewhere(self, programs: list[str]) -> list[Outcome | None]:
        try:
            return self._processes.together(programs)
        except Died:
            return self._feeder.together(programs)

    def _alone(self, program: str) -> Outcome:
        if known := self._stopped.get(hash(program)):
            return known
        outcome = self._feeder.alone(program)
        if outcome.status in ("timeout", "memory") and len(self._stopped) < _REMEMBERED:
            self._stopped[hash(program)] = outcome
        return outcome
