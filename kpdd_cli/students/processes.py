"""Several processes that do one thing: started here, on this machine, or by a launcher.

The threads of one process hardly speed up a model of a million weights, whose matrices are too
small to be worth sharing; processes that share its texts do. What the first of those started here
has to say reaches the caller, as do its faults; where one dies, so do the others.

In a training all processes take the same steps. In a :class:`Team` the first leads: it alone reads
and writes, and deals out work to all.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kpdd_cli.errors import KpddError, StudentError
from kpdd_cli.students.training import Progress

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

_SECONDS = 0.1  # between two looks at what the processes say
_PATIENCE = timedelta(hours=6)  # for the slowest of a team; one that dies is noticed at once


class Listener(Progress, Protocol):
    """Who is told how the work of the first process goes, and what the user should know of it."""

    def notice(self, text: str) -> None:
        """One line that the user should know."""


def useful(most: int) -> int:
    """How many processes pay: one a core, at most ``most``; 1 on a GPU or under a launcher."""
    import torch

    if torch.accelerator.is_available() or "WORLD_SIZE" in os.environ:
        return 1
    return min(most, torch.get_num_threads())  # which heeds affinity and OMP_NUM_THREADS


def cores(count: int) -> int:
    """How many threads each of ``count`` processes of this machine may have; at least one."""
    import torch

    return max(1, torch.get_num_threads() // count)


def launched() -> bool:
    """Whether a launcher (torchrun, accelerate) started more than this process."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def speaks() -> bool:
    """Whether this process is the one that speaks to the user: the first, or the only one."""
    return os.environ.get("RANK", "0") == "0"


def run(count: int, work: Callable[[Listener], R], listener: Listener, *, threads: int = 1) -> R:
    """What ``work`` returns in the first of ``count`` processes, of so many ``threads`` each.

    Each knows its rank from its environment. ``work`` and what it returns are pickled. Raises the
    :class:`KpddError` that one of them raised.
    """
    from torch.multiprocessing.spawn import ProcessExitedException, start_processes

    messages: SimpleQueue[tuple[str, Any]] = multiprocessing.get_context("spawn").SimpleQueue()
    started = start_processes(  # type: ignore[no-untyped-call]
        _work,
        args=(count, _free_port(), threads, work, messages),
        nprocs=count,
        join=False,
        start_method="spawn",
    )
    results: list[R] = []
    try:
        while not started.join(timeout=_SECONDS):
            results += _pass_on(messages, listener)
    except ProcessExitedException:
        _pass_on(messages, listener)  # the fault that it died of
        raise StudentError(
            "one of the processes died (killed, or out of memory?); the same call goes on where "
            "they stopped, with --processes 1 in less memory"
        ) from None
    results += _pass_on(messages, listener)
    (result,) = results
    return result


class Team(Generic[T, R]):
    """The processes that share ``work``: those of a launcher, else this one alone.

    ``work`` gets a task and a share of its rows, and gives a result for each. All make a team and
    call :meth:`led`: the leader there runs a function that may :meth:`share` out work, the others
    serve. Needs torch only where there are several.
    """

    def __init__(self, work: Callable[[T, Sequence[Any]], list[R]]) -> None:
        self._work = work
        self.size = int(os.environ.get("WORLD_SIZE", "1"))
        self._rank = int(os.environ.get("RANK", "0"))
        self._lost = False

    def led(self, lead: Callable[[], S]) -> S:
        """What ``lead`` returns in the leader, in all. Raises :class:`StudentError` if one dies."""
        if self.size == 1:
            return lead()
        import torch

        if torch.accelerator.is_available():
            torch.accelerator.set_device_index(int(os.environ["LOCAL_RANK"]))
        # Rows are texts: gloo carries them on every machine, whatever computes.
        torch.distributed.init_process_group("gloo", timeout=_PATIENCE)
        try:
            return self._serve() if self._rank else self._lead(lead)
        finally:
            torch.distributed.destroy_process_group()

    def share(self, task: T, rows: Sequence[Any]) -> list[R]:
        """The result of each row, in order. The leader calls this."""
        if self.size == 1:
            return self._work(task, rows)
        self._send(("work", task, [rows[rank :: self.size] for rank in range(self.size)]))
        shares = self._gather(self._worked(task, rows[:: self.size]))
        results: list[Any] = [None] * len(rows)
        for rank, share in enumerate(shares):
            if isinstance(share, KpddError):
                raise share
            results[rank :: self.size] = share
        return results

    def _lead(self, lead: Callable[[], S]) -> S:
        try:
            result = lead()
        except KpddError:
            if not self._lost:
                self._send(("stop",))
            raise
        self._send(("done", result))
        return result

    def _serve(self) -> Any:
        while True:
            match self._send(None):
                case ("work", task, shares):
                    self._gather(self._worked(task, shares[self._rank]))
                case ("done", result):
                    return result
                case _:
                    raise SystemExit(0)  # the leader says why, and by its exit code

    def _worked(self, task: T, rows: Sequence[Any]) -> list[R] | KpddError:
        try:
            return self._work(task, rows)
        except KpddError as error:
            return error  # for the leader to raise, once all have answered

    def _send(self, message: Any) -> Any:
        """The leader's message, in every process."""
        from torch.distributed import broadcast_object_list

        box = [message]
        with self._together():
            broadcast_object_list(box, src=0)
        return box[0]

    def _gather(self, share: object) -> list[Any]:
        """What every process has; empty but in the leader."""
        from torch.distributed import gather_object

        gathered: list[Any] = [None] * self.size if self._rank == 0 else []
        with self._together():
            gather_object(share, gathered or None, dst=0)
        return gathered

    @contextmanager
    def _together(self) -> Iterator[None]:
        try:
            yield
        except RuntimeError as error:  # gloo's: a connection is lost
            self._lost = True
            raise StudentError(
                "another of the processes died (killed, or out of memory?); the same call goes on "
                "where they stopped"
            ) from error


class _Teller:
    """Sends what is said to the process that started this one, if this is the one that speaks."""

    def __init__(self, messages: SimpleQueue[tuple[str, Any]], *, speaks: bool) -> None:
        self._messages = messages
        self._speaks = speaks

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        if self._speaks:
            self._messages.put(("start", (what, total, done)))

    def advance(self, rows: int = 1, **facts: object) -> None:
        if self._speaks:
            self._messages.put(("advance", (rows, facts)))

    def notice(self, text: str) -> None:
        if self._speaks:
            self._messages.put(("notice", text))


def _work(
    rank: int,
    count: int,
    port: int,
    threads: int,
    work: Callable[[Listener], object],
    messages: SimpleQueue[tuple[str, Any]],
) -> None:
    ranks = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count}
    ranks["OMP_NUM_THREADS"] = threads
    where = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    os.environ.update({name: str(value) for name, value in (ranks | where).items()})
    import torch

    torch.set_num_threads(threads)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        result = work(_Teller(messages, speaks=rank == 0))
    except KpddError as error:
        messages.put(("fault", error))
        sys.exit(1)
    if rank == 0:
        messages.put(("result", result))
    if torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()
    # All is said and written. The interpreter's own end would meet the threads of C++ libraries,
    # which now and then abort a process that has done its work.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _leave_with_parent() -> None:
    """End this process when the one that started it has, however that came."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _pass_on(messages: SimpleQueue[tuple[str, Any]], listener: Listener) -> list[Any]:
    """Tell what is waiting to be told; the result, if that came."""
    results = []
    while not messages.empty():
        kind, content = messages.get()
        match kind:
            case "start":
                listener.start(*content)
            case "advance":
                listener.advance(content[0], **content[1])
            case "notice":
                listener.notice(content)
            case "result":
                results.append(content)
            case _:
                raise content
    return results


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
