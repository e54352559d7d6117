"""Rows by the Message Batches API: half the price, within a day.

A row's requests follow from one another, so the work goes in rounds: what can be said with the
replies at hand is said; what each row needs next is sent, all rows together; and so on until no row
needs anything. The ledger holds all that has to survive: a batch's id is there before the batch is
asked after, so a run can end at any moment and the next one takes over.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from kpdd_cli.errors import TeacherError
from kpdd_cli.teachers.anthropic.asks import MAX_TOKENS
from kpdd_cli.teachers.anthropic.ledger import Ledger, name_of
from kpdd_cli.teachers.anthropic.wire import (
    Refused,
    Reply,
    Request,
    SetAside,
    Unclear,
    Wire,
    read,
)

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from anthropic.types.messages import MessageBatch

T = TypeVar("T")
R = TypeVar("R")

#: The API's limits on one batch, a little below the second, which counts all that is sent.
MAX_REQUESTS, MAX_BYTES = 100_000, 250_000_000
#: Rows that go through their rounds together; they are held in memory.
WAVE = 100_000
#: Seconds between two looks at a batch: at first, and in the end.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0
#: A request that comes to nothing is sent again in the next batch, so many times in all.
TRIES = 5
#: Where money is short, a batch of fewer requests, or of a smaller share of the last one's, is not
#: worth the wait.
CRUMB, SQUEEZE = 10, 0.25
#: The server's clock may be behind ours by so many seconds.
SKEW_S = 120.0

# Errors of single requests, by the name that the API gives their type.
_FATAL = {"authentication_error", "permission_error", "billing_error", "not_found_error"}
_FINAL = {"invalid_request_error", "request_too_large"}
_OURS = re.compile(r"[0-9a-f]{16}")

Send = Callable[[Request], Awaitable[Reply]]


class _Wanted(Exception):
    """A row cannot go on without the reply to this request."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.request = request


class Batches:
    """The batches of one output; they belong to its ledger."""

    def __init__(
        self,
        wire: Wire,
        ledger: Ledger,
        model: str,
        *,
        count: Callable[[Reply], None],
        notice: Callable[[str], None],
    ) -> None:
        """``count`` hears of each reply that arrives; ``notice`` says a line to the user."""
        self._wire = wire
        self._ledger = ledger
        self._model = model
        self._count = count
        self._notice = notice
        self._fault: TeacherError | None = None  # among the results of the last batch
        self._canceled = 0  # requests, in the batches collected so far
        self._adopted: dict[str, frozenset[int]] = {}  # batch that may be ours -> keys of ours
        self._squeezed = 0  # requests of the last batch that money has made smaller

    def run(
        self,
        tasks: Iterable[T],
        work: Callable[[T, Send], Coroutine[Any, Any, R]],
        live: Send,
    ) -> Iterator[R]:
        """``work(task, send)`` for each task, in any order.

        The very first request goes ``live``, to show that server, credential and model are right.
        Raises :class:`TeacherError` when nothing more can be done now.
        """
        source = iter(tasks)
        with asyncio.Runner() as runner:
            try:
                while wave := list(islice(source, WAVE)):
                    yield from self._rounds(runner, wave, work, live)
            finally:
                runner.run(self._wire.close())
                self._say_what_is_open()

    def _rounds(
        self,
        runner: asyncio.Runner,
        wave: list[T],
        work: Callable[[T, Send], Coroutine[Any, Any, R]],
        live: Send,
    ) -> Iterator[R]:
        while wave:
            runner.run(self._settle())
            wanted: dict[int, Request] = {}
            waiting = []
            for task in wave:
                try:
                    result = drive(work(task, self._kept))
                except _Wanted as want:
                    wanted[want.request.key(self._model)] = want.request
                    waiting.append(task)
                else:
                    yield result
            wave = waiting
            if self._ledger.sending and runner.run(self._adopt(wanted)):
                continue
            if wanted and not self._ledger.account.replies:
                key = next(iter(wanted))
                request = wanted.pop(key)
                try:
                    runner.run(_awaited(live(request)))
                except SetAside as why:  # this request's own fault: try the next one
                    self._ledger.fail(key, str(why), batch="", final=True)
                    continue
            runner.run(self._submit(wanted))

    def cancel(self) -> tuple[list[str], int]:
        """End what is under way; its ids, and how many replies had been made and are kept."""
        with asyncio.Runner() as runner:
            try:
                return runner.run(self._cancel())
            finally:
                runner.run(self._wire.close())

    def _say_what_is_open(self) -> None:
        for batch, requests in self._ledger.open_batches.items():
            self._notice(
                f"batch {batch} ({requests:,} requests) goes on at the server: the same command "
                "comes back to it, with --cancel it ends it"
            )

    async def _kept(self, request: Request) -> Reply:
        """The reply from the ledger. Raises :class:`_Wanted` or :class:`SetAside`."""
        key = request.key(self._model)
        reply = self._ledger.reply(key)
        if reply is not None:
            return reply
        failure = self._ledger.failures.get(key)
        if failure is not None and failure.final:
            raise SetAside(failure.why)
        if failure is not None and failure.times >= TRIES:
            raise SetAside(f"{failure.why}, {failure.times} times")
        raise _Wanted(request)

    # Sending

    async def _submit(self, wanted: dict[int, Request]) -> None:
        structured = self._wire.structured
        left = list(wanted.items())
        while left:
            count, room, _ = self._ledger.account.batch([request for _, request in left])
            if count < len(left):
                self._squeeze(count)
            chunk: list[dict[str, Any]] = []
            size = 0
            for key, request in islice(left, min(count, MAX_REQUESTS)):
                body = request.body(
                    self._model,
                    structured=structured,
                    room=min(room, request.max_tokens),
                    cached_for="1h",
                )
                item = {"custom_id": name_of(key), "params": body}
                size += len(json.dumps(item)) + 1
                if size > MAX_BYTES and chunk:
                    break
                chunk.append(item)
            requests = [request for _, request in left[: len(chunk)]]
            await self._create(chunk, requests, room)
            left = left[len(chunk) :]
            if left and len(chunk) == count:  # the money is reserved: see what it costs first
                break

    def _squeeze(self, count: int) -> None:
        """Money is enough for ``count`` requests only: end before batches become crumbs."""
        if self._squeezed and count < max(CRUMB, SQUEEZE * self._squeezed):
            raise self._ledger.account.exhausted()
        self._squeezed = count

    async def _create(
        self, chunk: list[dict[str, Any]], requests: Sequence[Request], room: int
    ) -> None:
        at_most = self._ledger.account.batch(requests)[2]

        async def create(client: AsyncAnthropic) -> MessageBatch:
            return await client.messages.batches.create(requests=chunk)  # type: ignore[arg-type]

        for pause in (1, 4, 16, None):
            self._ledger.about_to_send(len(chunk), at_most, room)
            try:
                batch = await self._wire.call(create, timed=False, once=True)
            except Unclear:  # the answer that got lost may stand for a batch that has begun
                if await self._adopt([request.key(self._model) for request in requests]):
                    return
                if pause is None:
                    raise
                await asyncio.sleep(pause * self._wire.backoff_s)
            except Refused as refused:
                self._ledger.not_sent()
                if refused.status != 413 or len(chunk) == 1:
                    why = f"{self._wire.host} takes no such batch: {refused}"
                    raise TeacherError(why) from refused
                half = len(chunk) // 2
                await self._create(chunk[:half], requests[:half], room)
                await self._create(chunk[half:], requests[half:], room)
                return
            else:
                self._ledger.sent(batch.id)
                self._notice(
                    f"batch {batch.id}: {len(chunk):,} requests sent, at half price; they may "
                    "take a day. Ctrl-C leaves it running"
                )
                return

    async def _adopt(self, wanted: Collection[int]) -> bool:
        """Whether the batch that was being sent is at the server; then it is waited for.

        It is known by its time and size alone, and so may be another one of the same account: only
        replies to what is ``wanted``, by key, are taken from it.
        """
        sending = self._ledger.sending
        assert sending is not None

        async def latest(client: AsyncAnthropic) -> list[MessageBatch]:
            return (await client.messages.batches.list(limit=100)).data

        batches: list[MessageBatch] = []
        with suppress(Refused):  # a server that cannot tell
            batches = await self._wire.call(latest)
        for batch in batches:
            if (
                batch.created_at.timestamp() >= sending.at - SKEW_S
                and _total(batch) == sending.requests
                and batch.id not in self._ledger.rooms
            ):
                self._ledger.sent(batch.id)
                self._adopted[batch.id] = frozenset(wanted)
                self._notice(f"batch {batch.id} was sent although its answer got lost: taken over")
                return True
        self._ledger.not_sent()
        return False

    # Collecting

    async def _settle(self) -> None:
        """Wait for what is under way, and bring it home."""
        await self._wait()
        if self._canceled:
            raise TeacherError(
                f"{self._canceled:,} requests were canceled at the server; "
                "run the same command again to send them anew"
            )
        if self._fault:
            raise self._fault

    async def _wait(self) -> None:
        pause = FIRST_PAUSE_S
        while self._ledger.open_batches:
            for name in list(self._ledger.open_batches):
                batch = await self._retrieve(name)
                if batch.processing_status == "ended":
                    await self._collect(batch)
            if self._ledger.open_batches:
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE_S, 1.5 * pause)

    async def _retrieve(self, name: str) -> MessageBatch:
        try:
            return await self._wire.call(lambda client: client.messages.batches.retrieve(name))
        except Refused as refused:
            raise TeacherError(
                f"{self._wire.host} knows no batch {name} ({refused}); check --base-url and the "
                "credential, or give its replies up with --cancel"
            ) from refused

    async def _collect(self, batch: MessageBatch) -> None:
        total = _total(batch)
        arrived = self._ledger.account.replies

        async def some(client: AsyncAnthropic) -> bool:
            return await self._download(client, batch.id, total)

        while True:
            try:
                if await self._wire.call(some, timed=False):
                    break
            except Refused as refused:
                raise TeacherError(
                    f"the results of batch {batch.id} cannot be had ({refused}); "
                    "give them up with --cancel"
                ) from refused
        self._ledger.collected(batch.id)
        arrived = self._ledger.account.replies - arrived
        self._notice(f"batch {batch.id}: {arrived:,} of {total:,} replies are here")

    async def _download(self, client: AsyncAnthropic, name: str, total: int) -> bool:
        """Whether all results are here; False where the stream broke, but brought something."""
        import anthropic
        import httpx2

        seen = news = 0
        try:
            async with client.messages.batches.with_streaming_response.results(name) as response:
                async for line in response.iter_lines():
                    if line.strip():
                        news += self._take(json.loads(line), name)
                        seen += 1
        except (httpx2.HTTPError, ValueError) as error:
            if news:
                return False
            raise anthropic.APIConnectionError(request=response.http_request) from error
        return seen >= total or not news

    def _take(self, line: Any, batch: str) -> bool:
        """Write one result down; whether it was not here yet."""
        name, result = line["custom_id"], line["result"]
        if not _OURS.fullmatch(name):
            return False
        key = int(name, 16)
        adopted = self._adopted.get(batch)
        if self._ledger.has(key, batch) or (adopted is not None and key not in adopted):
            return False
        kind = result["type"]
        if kind == "succeeded":
            reply = read(result["message"], batch=batch)
            self._ledger.keep(key, reply, plain=not self._wire.structured)
            self._count(reply)
            if reply.stop_reason == "max_tokens" and self._ledger.rooms[batch] < MAX_TOKENS:
                self._ledger.void([key])  # cut for want of money, not of sense
        elif kind == "canceled":
            self._canceled += 1
        elif kind == "expired":
            self._ledger.fail(key, "expired in the batch", batch=batch)
        else:
            self._errored(key, result, batch)
        return True

    def _errored(self, key: int, result: Any, batch: str) -> None:
        error = result.get("error") or {}
        error = error.get("error") or error
        kind = str(error.get("type"))
        said = self._wire.one_line(f"{kind}: {error.get('message')}")
        if kind in _FATAL:
            self._fault = TeacherError(
                f"the server gave requests of batch {batch} up ({said}); when that is mended, run "
                "the same command again: it sends those anew"
            )
            return
        self._ledger.fail(key, f"errored in the batch ({said})", final=kind in _FINAL, batch=batch)

    async def _cancel(self) -> tuple[list[str], int]:
        before = self._ledger.account.replies
        if self._ledger.sending:
            self._notice(
                f"a batch of {self._ledger.sending.requests:,} requests was being sent when the "
                "last run ended; if the server has it, the next run with --batch comes back to it"
            )
        names = list(self._ledger.open_batches)
        for name in names:

            async def cancel(client: AsyncAnthropic, name: str = name) -> MessageBatch:
                return await client.messages.batches.cancel(name)

            try:
                await self._wire.call(cancel)
            except Refused as refused:
                if refused.status == 404:
                    self._ledger.collected(name)
                    self._notice(f"the server knows no batch {name}: it is forgotten")
                # Any other refusal: it has ended already, as the next look will show.
        await self._wait()
        return names, self._ledger.account.replies - before


def drive(work: Coroutine[Any, Any, R]) -> R:
    """The result of ``work``, which waits for nothing."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    raise AssertionError("a row waited for something that is not in the ledger")


async def _awaited(work: Awaitable[R]) -> R:
    return await work


def _total(batch: MessageBatch) -> int:
    counts = batch.request_counts
    return counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired
