"""Run programs from several Python processes: one has hands enough for one interpreter only.

To prepare a program and read its outcome takes as long as the interpreter takes to run it, and the
threads of one process do so one at a time. These processes are not multiprocessing's: they import
nothing of the caller's main module, which may not expect it; and they need no watching over, since
one whose pipe has closed (its parent was killed, say) leaves.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from typing import IO, Any, cast

from kpdd_cli.programs.feeding import Feeder, Limits, Outcome, interpreters

_PATIENCE = 1.0  # seconds that a process has to leave by itself
_BROKEN = (OSError, EOFError, pickle.UnpicklingError)  # what a pipe does whose other end has died


class Died(Exception):
    """There is no process to do it, or it died at it."""


class Processes:
    """Up to ``count`` processes, each at the service of a thread; started when first wanted."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._count, self._limits = count, limits
        self._started = False
        self._all: list[subprocess.Popen[bytes]] = []
        self._free: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start those that are not started."""
        if self._started:
            return
        self._started = True
        with contextlib.suppress(*_BROKEN):
            for _ in range(self._count):
                self._all.append(process := _start())
                _send(process, self._limits)
                self._free.append(process)

    def together(self, programs: list[str]) -> list[Outcome | None]:
        """As :meth:`Feeder.together`. Raises :class:`Died`."""
        try:
            process = self._free.pop()
            _send(process, programs)
            found = pickle.load(cast("IO[bytes]", process.stdout))
        except (IndexError, *_BROKEN):
            raise Died from None
        self._free.append(process)
        return [outcome and Outcome(*outcome) for outcome in found]

    def end(self) -> None:
        """End them: those that are free by themselves, those that are at work by force."""
        free, self._free = self._free, []
        for process in self._all:
            if process not in free:
                process.kill()
        for process in free:
            with contextlib.suppress(*_BROKEN):
                cast("IO[bytes]", process.stdin).close()
        for process in self._all:
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start() -> subprocess.Popen[bytes]:
    program = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()"
    return subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _send(process: subprocess.Popen[bytes], what: Any) -> None:
    pipe = cast("IO[bytes]", process.stdin)
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def serve() -> None:
    """Be such a process: read the limits, then chunks; write what became of each chunk."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the parent, whose end ends this one
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    with contextlib.suppress(*_BROKEN):
        limits = pickle.load(requests)
        with interpreters(1) as pool:
            feeder = Feeder(pool, limits)
            while True:
                outcomes = feeder.together(pickle.load(requests))
                plain = [found and (found.status, found.value, found.why) for found in outcomes]
                pickle.dump(plain, replies, pickle.HIGHEST_PROTOCOL)
                replies.flush()
    os._exit(0)  # without a last try to write to a pipe that may be closed
