"""Many requests at a time behind a plain iterator.

The event loop lives in a thread of its own, so that requests, deadlines and back-off go on while
the consumer writes a row to disk, and so that Ctrl-C reaches the consumer and nothing else.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from kpdd_cli.errors import TeacherError

T = TypeVar("T")
R = TypeVar("R")

#: How long the connections get to close, in seconds, once nobody waits for an answer any more.
CLOSING_S = 5.0


def fan_out(
    tasks: Iterable[T],
    work: Callable[[T], Coroutine[Any, Any, R]],
    *,
    width: Callable[[], int],
    close: Callable[[], Awaitable[None]],
) -> Iterator[R]:
    """``work(task)`` for each task, up to ``width()`` at a time, in the order they finish.

    Tasks are pulled in the consumer's thread, one for each free place; a result that is not yet
    consumed holds its place. The first :class:`TeacherError` ends the pulling; what is under way is
    waited for and yielded, then the error is raised. Any other exception is raised at once.
    Closing the iterator cancels what is under way. ``close()`` is awaited last, in every case.
    """
    source = iter(tasks)
    finished: queue.SimpleQueue[Future[R]] = queue.SimpleQueue()
    under_way: set[Future[R]] = set()
    fault: TeacherError | None = None
    more = True
    with _loop_in_a_thread(close) as loop, _cancelling(under_way):
        while True:
            while more and fault is None and len(under_way) < width():
                try:
                    task = next(source)
                except StopIteration:
                    more = False
                    break
                future = asyncio.run_coroutine_threadsafe(work(task), loop)
                under_way.add(future)
                future.add_done_callback(finished.put)
            if not under_way:
                break
            future = finished.get()
            under_way.remove(future)
            try:
                result = future.result()
            except TeacherError as error:
                fault = fault or error
            else:
                yield result
    if fault is not None:
        raise fault


@contextmanager
def _loop_in_a_thread(close: Callable[[], Awaitable[None]]) -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    # A daemon, so that even a connection that will not close cannot keep the process alive.
    thread = threading.Thread(target=loop.run_forever, name="kpdd-teacher", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(_wind_up(close), loop).result(CLOSING_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(CLOSING_S)
        if not thread.is_alive():
            loop.close()


@contextmanager
def _cancelling(under_way: set[Future[R]]) -> Iterator[None]:
    try:
        yield
    finally:
        for future in under_way:
            future.cancel()


async def _wind_up(close: Callable[[], Awaitable[None]]) -> None:
    # Only whole rows are cancelled, by _cancelling; the tasks that they are made of follow by
    # themselves. Cancelled from here, one that has not begun yet would be warned about.
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.gather(*others, return_exceptions=True)
    await close()
