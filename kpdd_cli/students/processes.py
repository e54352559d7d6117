"""Train in several processes of this machine, as a launcher would start them.

The threads of one process hardly speed up a model of a million weights, whose matrices are too
small to be worth sharing; processes that share each step's texts do. What the first of them has to
say reaches the caller, as do its faults; where one dies, so do the others.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import KpddError, StudentError
from kpdd_cli.students.training import Progress

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

_SECONDS = 0.1  # between two looks at what the processes say


def useful(most: int) -> int:
    """How many processes pay: one a core, at most ``most``; 1 on a GPU or under a launcher."""
    import torch

    if torch.accelerator.is_available() or "WORLD_SIZE" in os.environ:
        return 1
    return min(most, torch.get_num_threads())  # which heeds affinity and OMP_NUM_THREADS


def run(count: int, work: Callable[[Progress], object], progress: Progress) -> None:
    """Let ``count`` processes do ``work``, each knowing its rank from its environment.

    ``work`` is pickled. Raises the :class:`KpddError` that one of them raised.
    """
    from torch.multiprocessing.spawn import ProcessExitedException, start_processes

    messages: SimpleQueue[tuple[str, Any]] = multiprocessing.get_context("spawn").SimpleQueue()
    started = start_processes(  # type: ignore[no-untyped-call]
        _work,
        args=(count, _free_port(), work, messages),
        nprocs=count,
        join=False,
        start_method="spawn",
    )
    try:
        while not started.join(timeout=_SECONDS):
            _pass_on(messages, progress)
    except ProcessExitedException:
        _pass_on(messages, progress)  # the fault that it died of
        raise StudentError(
            "a process of the training died (killed, or out of memory?); the same call goes on "
            "from the newest checkpoint, with --processes 1 in less memory"
        ) from None
    _pass_on(messages, progress)


class _Teller:
    """Sends what a training says to the process that started it, if it is the one that speaks."""

    def __init__(self, messages: SimpleQueue[tuple[str, Any]], *, speaks: bool) -> None:
        self._messages = messages
        self._speaks = speaks

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        if self._speaks:
            self._messages.put(("start", (what, total, done)))

    def advance(self, rows: int = 1, **facts: object) -> None:
        if self._speaks:
            self._messages.put(("advance", (rows, facts)))


def _work(
    rank: int,
    count: int,
    port: int,
    work: Callable[[Progress], object],
    messages: SimpleQueue[tuple[str, Any]],
) -> None:
    ranks = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count}
    ranks["OMP_NUM_THREADS"] = 1
    where = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    os.environ.update({name: str(value) for name, value in (ranks | where).items()})
    import torch

    torch.set_num_threads(1)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        work(_Teller(messages, speaks=rank == 0))
    except KpddError as error:
        messages.put(("fault", error))
        sys.exit(1)
    torch.distributed.destroy_process_group()


def _leave_with_parent() -> None:
    """End this process when the one that started it has, however that came."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _pass_on(messages: SimpleQueue[tuple[str, Any]], progress: Progress) -> None:
    while not messages.empty():
        kind, content = messages.get()
        match kind:
            case "start":
                progress.start(*content)
            case "advance":
                progress.advance(content[0], **content[1])
            case _:
                raise content


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
