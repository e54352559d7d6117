"""One request over the Messages API, until it is answered or given up.

Every fault becomes one of three things: the request is sent again (rate limits, overload, broken
connections, replies cut short), the row is set aside (:class:`SetAside`), or the run ends
(:class:`~kpdd_cli.errors.TeacherError`) because no other request would fare better.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kpdd_cli.errors import TeacherError
from kpdd_cli.teachers.anthropic.pace import Pace

T = TypeVar("T")

if TYPE_CHECKING:
    from anthropic import APIConnectionError, APIStatusError, AsyncAnthropic

#: The longest pause between two attempts that is chosen here, in seconds.
MAX_BACKOFF_S = 60.0
#: The longest pause that is granted to a server that asks for it, in seconds; then the run ends.
MAX_RETRY_AFTER_S = 900.0
#: Rows given up one after the other, with nothing answered in between, that mean an outage.
OUTAGE = 3

# These 429s do not pass by waiting: https://docs.claude.com/en/api/errors
_SPENT = {"enforced_spend_limit_reached", "contract_spend_limit_reached"}


class SetAside(Exception):
    """This row gets no annotation; the message says why."""


class _Passing(Exception):
    """The attempt failed in a way that may pass."""

    def __init__(
        self,
        why: str,
        *,
        retry_after: float | None = None,
        busy: bool = False,
        lost: bool = False,
        unclear: bool = False,
    ) -> None:
        super().__init__(why)
        self.retry_after = retry_after  # seconds, as the server asked
        self.busy = busy  # turned away by a rate limit: not this request's failure
        self.lost = lost  # the server may have answered, and billed, what did not get here
        self.unclear = lost or unclear  # it may have done what it was asked to


class Unclear(TeacherError):
    """A call that must not be repeated blindly: the server may have done what it asks for."""


class Refused(Exception):
    """The server will not take this request (400, 413, 422)."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the system part (cached by the server), the turns, the shape of the reply.

    Samples of one problem may be asked for in the same words, and so may further attempts at one;
    ``sample`` and ``attempt`` tell them apart.
    """

    system: str
    messages: list[dict[str, str]]
    schema: Mapping[str, Any]
    max_tokens: int
    sample: int = 0
    attempt: int = 0

    def key(self, model: str) -> int:
        """A hash of everything that the reply depends on, of 64 bits."""
        asked = [model, self.system, self.messages, self.schema, self.max_tokens]
        content = [*asked, self.sample, self.attempt]
        digest = hashlib.blake2b(json.dumps(content).encode(), digest_size=8).digest()
        return int.from_bytes(digest)

    def body(
        self,
        model: str,
        *,
        structured: bool,
        room: int | None = None,
        cached_for: Literal["5m", "1h"] = "5m",
    ) -> dict[str, Any]:
        """The body that the API takes.

        Args:
            model: the model's name, as the server knows it.
            structured: whether the server is asked to keep to the schema.
            room: tokens for the reply, where they are to be fewer than ``max_tokens``.
            cached_for: how long the server is asked to remember the system part.
        """
        # The system part is the same for all rows of a stage: cached from its end backwards.
        cache = {"type": "ephemeral"} | ({"ttl": "1h"} if cached_for == "1h" else {})
        body: dict[str, Any] = {
            "model": model,
            "max_tokens": room or self.max_tokens,
            "system": [{"type": "text", "text": self.system, "cache_control": cache}],
            "messages": self.messages,
        }
        if structured:
            body["output_config"] = {"format": {"type": "json_schema", "schema": self.schema}}
        return body


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``text`` joins the text blocks; thinking blocks are left out."""

    text: str
    stop_reason: str | None
    refusal: str | None  # the category, where the model refused
    model: str | None
    request_id: str | None
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int  # all of them
    long_cache_write_tokens: int = 0  # those for an hour, which cost more
    batch: str | None = None  # the id of the batch that it came in; half price


class Wire:
    """The connection of one run: its clients, its pace, and what it has learnt about the server."""

    def __init__(
        self,
        clients: Sequence[AsyncAnthropic],
        model: str,
        *,
        rpm: float | None,
        deadline_s: float,
        max_retries: int,
        backoff_s: float,
        structured: bool = True,
        lost: Callable[[], None] = lambda: None,
        notice: Callable[[str], None] = lambda text: None,
    ) -> None:
        """Connect nothing yet; ``lost`` hears of each reply that may be billed without arriving."""
        self.answered = False  # whether any request of this run has been answered
        self._clients = clients
        self._in_turn = itertools.cycle(clients)
        self._model = model
        self._pace = Pace(rpm, self._rest)
        self._deadline_s = deadline_s
        self._max_retries = max_retries
        self.backoff_s = backoff_s
        self._fault: TeacherError | None = None
        self._stopping = asyncio.Event()
        self._last_answer = 0.0  # monotonic
        self._given_up = 0  # rows, since the last answer
        self.structured = structured  # until the server says that it cannot
        self._structured_proven = False
        self._lost = lost
        self._notice = notice

    async def send(self, request: Request, room: int | None = None) -> Reply:
        """The reply to ``request``, of at most ``room`` tokens (None: as the request says).

        Raises :class:`SetAside` once it is given up and :class:`TeacherError` once the run is over,
        be it through this request or another.
        """
        started = time.monotonic()
        plain = not self.structured
        while True:
            body = request.body(self._model, structured=not plain, room=room)
            try:
                reply = await self._persist(partial(self._ask, body), started)
            except Refused as refused:
                if refused.status == 404:
                    raise self._stop(self._no_model(refused)) from refused
                if plain or self._structured_proven:
                    raise self._give_up(started, str(refused)) from refused
                plain = True  # perhaps it is the schema that the server will not take
                continue
            if plain and self.structured:
                self.structured = False
                self._notice(
                    f"{self.host} takes no JSON schema for {self._model}: replies are read as text"
                )
            self._structured_proven = not plain
            return reply

    async def call(
        self,
        operation: Callable[[AsyncAnthropic], Awaitable[T]],
        *,
        timed: bool = True,
        once: bool = False,
    ) -> T:
        """Any other call of the API, repeated like a request.

        Args:
            operation: what to do with a client.
            timed: whether each attempt has the deadline of a request.
            once: do not repeat it where the server may have done it already.

        Raises :class:`Refused` where the server will not take it, :class:`Unclear` only ``once``,
        else :class:`TeacherError`.
        """

        async def attempt() -> T:
            call = operation(next(self._in_turn))
            return await self._translated(call, self._deadline_s if timed else None)

        try:
            return await self._persist(attempt, time.monotonic(), once=once)
        except SetAside as given_up:
            raise TeacherError(f"{self.host}: {given_up}") from given_up

    async def _persist(
        self, attempt: Callable[[], Awaitable[T]], started: float, *, once: bool = False
    ) -> T:
        """``attempt`` until it succeeds or is given up; ``started`` is on the monotonic clock."""
        failures = 0
        progress = started
        while True:
            await self._my_turn()
            try:
                result = await attempt()
            except TeacherError as fault:
                raise self._stop(fault) from None
            except _Passing as passing:
                if once and passing.unclear:
                    raise Unclear(f"{self.host}: {passing}") from passing
                # A rate limit that lets others through is a queue, not a failure.
                if not (passing.busy and self._last_answer > progress):
                    failures += 1
                progress = time.monotonic()
                if failures > self._max_retries:
                    why = f"given up after {failures} attempts; the last one: {passing}"
                    raise self._give_up(started, why) from passing
                await self._back_off(passing, failures)
                continue
            self.answered = True
            self._last_answer = time.monotonic()
            self._given_up = 0
            return result

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients:
            await client.close()

    async def _my_turn(self) -> None:
        await self._pace.turn()
        if self._fault:
            raise self._fault

    async def _rest(self, seconds: float) -> None:
        """Sleep, but no longer than the run lasts."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        if self._fault:
            raise self._fault

    def _stop(self, fault: TeacherError) -> TeacherError:
        """Let what is on the wire come in; send nothing more."""
        self._fault = self._fault or fault
        self._stopping.set()
        return fault

    def _give_up(self, started: float, why: str) -> Exception:
        self._given_up += 1
        if self._given_up < OUTAGE or self._last_answer > started:
            return SetAside(why)
        return self._stop(
            TeacherError(
                f"{self.host}: {self._given_up} problems in a row got no answer ({why}); "
                "run the same command again later: it goes on where this one stopped"
            )
        )

    def _no_model(self, refused: Refused) -> TeacherError:
        return TeacherError(
            f"{self.host} has no model {self._model} ({refused}); "
            "name another with --teacher anthropic:MODEL"
        )

    async def _back_off(self, passing: _Passing, failures: int) -> None:
        pause = min(MAX_BACKOFF_S, self.backoff_s * 2.0 ** min(failures, 30))
        pause *= random.uniform(0.5, 1.0)
        if passing.retry_after is not None:
            pause = max(pause, passing.retry_after) if not passing.busy else passing.retry_after
        if passing.busy:
            self._pace.turned_away(pause)  # the limit is everybody's; turn() does the waiting
        else:
            await self._rest(pause)

    async def _ask(self, body: Mapping[str, Any]) -> Reply:
        """Send one request once. Raises like :meth:`_translated`."""

        async def whole(client: AsyncAnthropic) -> tuple[str, Mapping[str, str]]:
            # The raw reply, read here: the client's models would raise on a billed answer.
            response = await client.messages.with_raw_response.create(**body)
            return await response.text(), response.headers

        try:
            raw, headers = await self._translated(whole(next(self._in_turn)), self._deadline_s)
            reply = read(json.loads(raw), headers.get("request-id"))
        except _Passing as passing:
            if passing.lost:
                self._lost()
            raise
        except ValueError as error:
            self._lost()
            raise _Passing(f"the reply is no message: {len(raw)} characters, {error}") from error
        self._pace.took(reply.input_tokens + reply.cache_write_tokens, reply.output_tokens)
        self._pace.learn(headers)
        return reply

    async def _translated(self, call: Awaitable[T], deadline_s: float | None) -> T:
        """``call``; faults become :class:`_Passing`, :class:`Refused`, :class:`TeacherError`."""
        import anthropic

        try:
            # The client's own timeout runs anew with each chunk; this one is for the whole reply.
            async with asyncio.timeout(deadline_s):
                return await call
        except (TimeoutError, anthropic.APITimeoutError) as error:
            why = f"no reply within {deadline_s:g} s" if deadline_s else "no reply in time"
            raise _Passing(why, lost=True) from error
        except anthropic.APIConnectionError as error:
            raise self._connection_fault(error) from error
        except anthropic.APIStatusError as error:
            self._pace.learn(error.response.headers)
            raise self._status_fault(error) from error
        except anthropic.AnthropicError as error:  # a credential that cannot be read or renewed
            raise TeacherError(self.one_line(str(error))) from error

    def _connection_fault(self, error: APIConnectionError) -> Exception:
        import httpx2

        cause = self.one_line(str(error.__cause__ or error)) or type(error.__cause__).__name__
        if isinstance(error.__cause__, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
            return TeacherError(f"--base-url {self.host}: {cause}")
        if isinstance(error.__cause__, httpx2.ConnectError) and not self.answered:
            return TeacherError(
                f"no server answers at {self.host} ({cause}); start it, or correct --base-url"
            )
        unsent = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
        return _Passing(f"the connection broke ({cause})", lost=not unsent)

    def _status_fault(self, error: APIStatusError) -> Exception:
        status = error.status_code
        said = f"{status}: {self.one_line(error.api_message)}" if error.api_message else f"{status}"
        go_on = "then run the same command again: it goes on where this one stopped"
        headers = error.response.headers
        if status == 401:
            return TeacherError(f"{self.host} refuses the credential ({said}); set a valid one")
        if status == 402 or error.error_code in _SPENT:
            return TeacherError(f"credit or spend limit reached ({said}); raise it, {go_on}")
        if status == 403:
            return TeacherError(f"this credential may not use {self._model} ({said})")
        if status == 404:
            return Refused(said, status)
        if status == 429 and headers.get("x-should-retry") == "false":
            return TeacherError(f"{self.host} takes no more requests ({said})")
        if status in {408, 409, 429} or status >= 500:
            wait = _retry_after(headers)
            if wait is not None and wait > MAX_RETRY_AFTER_S:
                return TeacherError(
                    f"{self.host} asks to come back in {wait / 60:.0f} minutes ({said}); {go_on}"
                )
            return _Passing(
                f"the server said {said}",
                retry_after=wait,
                busy=status == 429,
                unclear=status in {408, 500, 502, 504},
            )
        return Refused(f"the server refuses the request ({said})", status)

    @property
    def host(self) -> str:
        """The server as it may be shown: an address can carry a password."""
        url = self._clients[0].base_url
        port = f":{url.port}" if url.port else ""
        return f"{url.scheme}://{url.host}{port}"

    def one_line(self, text: str | None) -> str:
        """What a server said, short and without the credential, should it have repeated it."""
        line = " ".join((text or "").split())
        for secret in (self._clients[0].api_key, self._clients[0].auth_token):
            if secret:
                line = line.replace(secret, "***")
        return line if len(line) <= 200 else line[:199] + "…"


def read(message: Any, request_id: str | None = None, batch: str | None = None) -> Reply:
    """A reply from the message that the API sends. Raises ValueError where it is none."""
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        raise ValueError("without content")
    blocks = [block for block in message["content"] if isinstance(block, dict)]
    details, usage = message.get("stop_details"), message.get("usage")
    details = details if isinstance(details, dict) else {}
    stop_reason = message.get("stop_reason")
    refusal = (details.get("category") or "no category given") if stop_reason == "refusal" else None
    usage = usage if isinstance(usage, dict) else {}
    written = usage.get("cache_creation")
    written = written if isinstance(written, dict) else {}
    return Reply(
        text="".join(str(b.get("text") or "") for b in blocks if b.get("type") == "text"),
        stop_reason=stop_reason,
        refusal=refusal,
        model=message.get("model"),
        request_id=request_id or message.get("id"),
        input_tokens=_count(usage.get("input_tokens")),
        output_tokens=_count(usage.get("output_tokens")),
        cache_read_tokens=_count(usage.get("cache_read_input_tokens")),
        cache_write_tokens=_count(usage.get("cache_creation_input_tokens")),
        long_cache_write_tokens=_count(written.get("ephemeral_1h_input_tokens")),
        batch=batch,
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from ``retry-after-ms`` or ``retry-after`` (a number or a date)."""
    from email.utils import parsedate_to_datetime

    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        with suppress(KeyError, ValueError):
            return max(0.0, float(headers[name]) * unit)
    with suppress(KeyError, ValueError):
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    return None
