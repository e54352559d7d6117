"""A server on the loopback that speaks the Messages API, with its faults.

It answers like an obedient model unless a test gives it another ``answer``. It is a plain HTTP/1.1
server in a thread of its own, so that the official client is tested over real connections:
nothing of the client is patched. Batches of messages: ``batches_api.py``.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from batches_api import BatchesApi


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    at: float  # time.monotonic()
    method: str = "POST"
    size: int = 0  # bytes of the body

    @property
    def asks_for(self) -> set[str]:
        """The fields of the reply that the request's schema names; empty without a schema."""
        schema = self.body.get("output_config", {}).get("format", {}).get("schema", {})
        return set(schema.get("properties", ()))

    @property
    def user(self) -> str:
        """The text of the first turn."""
        return self.body["messages"][0]["content"]

    @property
    def question(self) -> str:
        """The problem that it is about."""
        return self.user.split("<problem>\n")[1].split("\n</problem>")[0]


@dataclass(frozen=True)
class Answer:
    """What goes back. ``manner`` is how: whole, or broken in one of the ways of the wire."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: Literal["whole", "cut", "reset", "drip", "hang"] = "whole"
    after_s: float = 0.0


def message(
    text: str | None = None,
    *,
    blocks: list[dict[str, Any]] | None = None,
    stop_reason: str = "end_turn",
    usage: Mapping[str, int] | None = None,
    manner: Literal["whole", "cut", "reset", "drip", "hang"] = "whole",
    after_s: float = 0.0,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Answer:
    """A message of the model: one text block, or ``blocks``."""
    body = {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": blocks if blocks is not None else [{"type": "text", "text": text}],
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": usage or {"input_tokens": 100, "output_tokens": 20},
        **more,
    }
    return Answer(200, json.dumps(body).encode(), headers or {}, manner, after_s)


def error(
    status: int,
    kind: str = "api_error",
    text: str = "something is wrong",
    *,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """An error as the API words it."""
    details = {"details": {"error_code": code}} if code else {}
    body = {"type": "error", "error": {"type": kind, "message": text, **details}}
    return Answer(status, json.dumps(body).encode(), headers or {})


def obedient(request: Received) -> Answer:
    """What a model would say that does as it is told, whatever it is asked for."""
    fields = {
        "core_question": f"What is asked in: {request.question}?",
        "information": [f"A fact of: {request.question}", "Another fact."],
        "solution": f"From {request.question} follows 1 + 2 = 3.\nThe answer is 3.",
        "program": f"first = 1  # {request.question}\nanswer = first + 2",
    }
    asked = request.asks_for or fields.keys()
    return message(json.dumps({name: fields[name] for name in fields if name in asked}))


class Meter:
    """An obedient model that counts tokens, four characters each, and remembers system parts.

    ``tokens`` is what it would bill, by the names of the API's usage.
    """

    def __init__(self, answer: Callable[[Received], Answer] = obedient) -> None:
        self.tokens: Counter[str] = Counter()
        self._answer = answer
        self._cached: set[str] = set()

    def __call__(self, request: Received) -> Answer:
        answer = self._answer(request)
        if answer.status != 200 or answer.manner != "whole":
            return answer
        body = json.loads(answer.body)
        system = request.body["system"][-1]
        length = len(system["text"]) // 4
        how = "cache_read" if system["text"] in self._cached else "cache_creation"
        if "cache_control" in system:
            self._cached.add(system["text"])
        else:
            how = ""
        turns = sum(len(turn["content"]) for turn in request.body["messages"]) // 4
        usage = {
            "input_tokens": turns + (0 if how else length),
            "output_tokens": sum(len(block["text"]) for block in body["content"]) // 4,
            **({f"{how}_input_tokens": length} if how else {}),
        }
        self.tokens.update(usage)
        return replace(answer, body=json.dumps({**body, "usage": usage}).encode())


def in_turn(
    answers: Iterable[Answer | Callable[[Received], Answer]],
    then: Callable[[Received], Answer] = obedient,
) -> Callable[[Received], Answer]:
    """The ``answers`` one after the other, then ``then`` for good."""
    left = iter(list(answers))

    def answer(request: Received) -> Answer:
        following = next(left, then)
        return following if isinstance(following, Answer) else following(request)

    return answer


class Bucket:
    """The API's rate limit: a token bucket that refills evenly, ``stated`` in headers or not."""

    def __init__(self, rpm: float, depth: float, *, stated: bool = True) -> None:
        self._rpm, self._depth, self._left, self._at = rpm, depth, depth, time.monotonic()
        self._stated = stated

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(self._depth, self._left + (now - self._at) * self._rpm / 60)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def headers(self) -> dict[str, str]:
        if not self._stated:
            return {}
        full = timedelta(seconds=(self._depth - self._left) * 60 / self._rpm)
        return {
            "anthropic-ratelimit-requests-limit": f"{self._rpm:.0f}",
            "anthropic-ratelimit-requests-remaining": f"{self._left:.0f}",
            "anthropic-ratelimit-requests-reset": (datetime.now(UTC) + full).isoformat(),
        }


class MessagesServer:
    """``with MessagesServer(answer) as server: ... server.url ... server.received``."""

    def __init__(
        self,
        answer: Callable[[Received], Answer] = obedient,
        *,
        latency_s: float = 0.0,
        limit: Bucket | None = None,
        remember: bool = True,
        **batches: Any,
    ) -> None:
        """``batches`` are settings of :class:`batches_api.BatchesApi`."""
        self.answer = answer
        self.received: list[Received] = []
        self.turned_away = 0  # by the limit
        self.answered = 0
        self.batches_api = BatchesApi(self._answer_in_a_batch, **batches)
        #: Faults of answers about batches: method, part of the path, what goes back instead.
        self.broken: list[tuple[str, str, Answer]] = []
        self._ids = itertools.count(1)
        self._latency_s = latency_s
        self._limit = limit
        self._remember = remember
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: set[asyncio.Task[None]] = set()

    def __enter__(self) -> MessagesServer:
        self._thread.start()
        start = asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result(5)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self.batches_api.url = self.url
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        for connection in self._open:
            connection.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while (request := await _receive(reader)) is not None:
                if self._remember:
                    self.received.append(request)
                if not await self._reply(self._answer_to(request), writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            writer.close()

    def _answer_to(self, request: Received) -> Answer:
        if request.path.startswith("/v1/messages/batches"):
            return self._answer_about_batches(request)
        if request.path.partition("?")[0] != "/v1/messages":
            return error(404, "not_found_error", f"no such path {request.path}")
        if self._limit is None:
            self.answered += 1
            return self.answer(request)
        if self._limit.take():
            self.answered += 1
            given = self.answer(request)
            headers = {**self._limit.headers(), **given.headers}
            return Answer(given.status, given.body, headers, given.manner, given.after_s)
        self.turned_away += 1
        headers = {**self._limit.headers(), "retry-after": "0.2"}
        return error(429, "rate_limit_error", "slow down", headers=headers)

    def _answer_about_batches(self, request: Received) -> Answer:
        status, body = self.batches_api.serve(
            request.method, request.path, request.body, request.size
        )
        if self.broken and (fault := self.break_next(request)) is not None:
            return Answer(fault.status, fault.body or body, fault.headers, fault.manner)
        return Answer(status, body)

    def break_next(self, request: Received) -> Answer | None:
        """The fault of this answer about batches; the server has done what it was asked to."""
        method, part, fault = self.broken[0]
        if request.method == method and part in request.path:
            self.broken.pop(0)
            return fault
        return None

    def _answer_in_a_batch(self, params: dict[str, Any]) -> tuple[int, bytes]:
        answer = self.answer(Received("/v1/messages", {}, params, time.monotonic()))
        return answer.status, answer.body

    async def _reply(self, answer: Answer, writer: asyncio.StreamWriter) -> bool:
        """Send it; whether the connection can be used again."""
        await asyncio.sleep(self._latency_s + answer.after_s)
        if answer.manner == "hang":
            await asyncio.sleep(3600)
        body = answer.body[: len(answer.body) // 2] if answer.manner == "cut" else answer.body
        headers = {
            "content-type": "application/json",
            "request-id": f"req_{next(self._ids):06}",
            "content-length": str(len(body)),
            **answer.headers,
        }
        head = f"HTTP/1.1 {answer.status} -\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in headers.items()
        )
        writer.write(head.encode() + b"\r\n")
        if answer.manner == "reset":
            writer.write(body[: len(body) // 2])
            await writer.drain()
            await asyncio.sleep(0.02)
            writer.transport.abort()
            return False
        if answer.manner == "drip":
            for at in range(len(body)):
                writer.write(body[at : at + 1])
                await writer.drain()
                await asyncio.sleep(0.05)
            return True
        writer.write(body)
        await writer.drain()
        return True


async def _receive(reader: asyncio.StreamReader) -> Received | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.rstrip().split("\r\n")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (ln.partition(":") for ln in lines)
    }
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    body = json.loads(raw) if raw else {}
    method, path = first.split()[:2]
    return Received(path, headers, body, time.monotonic(), method, len(raw))
