"""One request over the Messages API, until it is answered or given up.

Every fault becomes one of three things: the request is sent again (rate limits, overload, broken
connections, replies cut short), the row is set aside (:class:`SetAside`), or the run ends
(:class:`~kpdd_cli.errors.TeacherError`) because no other request would fare better.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import TeacherError
from kpdd_cli.teachers.anthropic.pace import Pace

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

    def __init__(self, why: str, *, retry_after: float | None = None, busy: bool = False) -> None:
        super().__init__(why)
        self.retry_after = retry_after  # seconds, as the server asked
        self.busy = busy  # turned away by a rate limit: not this request's failure


class _Refused(Exception):
    """The server will not take this request (400, 413, 422)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the system part (cached by the server), the turns, the shape of the reply."""

    system: str
    messages: list[dict[str, str]]
    schema: Mapping[str, Any]
    max_tokens: int


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
    cache_write_tokens: int


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
    ) -> None:
        self.answered = False  # whether any request of this run has been answered
        self._clients = clients
        self._in_turn = itertools.cycle(clients)
        self._model = model
        self._pace = Pace(rpm, self._rest)
        self._deadline_s = deadline_s
        self._max_retries = max_retries
        self._backoff_s = backoff_s
        self._fault: TeacherError | None = None
        self._stopping = asyncio.Event()
        self._last_answer = 0.0  # monotonic
        self._given_up = 0  # rows, since the last answer
        self._structured = True  # until the server says that it cannot
        self._structured_proven = False

    async def send(self, request: Request) -> Reply:
        """The reply to ``request``.

        Raises :class:`SetAside` once it is given up and :class:`TeacherError` once the run is over,
        be it through this request or another.
        """
        started = progress = time.monotonic()
        failures = 0
        plain = not self._structured
        while True:
            await self._my_turn()
            try:
                reply = await self._attempt(request, structured=not plain)
            except TeacherError as fault:
                self._stop(fault)
                raise
            except _Refused as refused:
                if plain or self._structured_proven:
                    raise self._give_up(started, str(refused)) from refused
                plain = True  # perhaps it is the schema that the server will not take
                continue
            except _Passing as passing:
                # A rate limit that lets others through is a queue, not a failure.
                if not (passing.busy and self._last_answer > progress):
                    failures += 1
                progress = time.monotonic()
                if failures > self._max_retries:
                    why = f"given up after {failures} attempts; the last one: {passing}"
                    raise self._give_up(started, why) from passing
                await self._back_off(passing, failures)
                continue
            self._structured = not plain
            self._structured_proven = not plain
            self.answered = True
            self._last_answer = time.monotonic()
            self._given_up = 0
            return reply

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

    def _stop(self, fault: TeacherError) -> None:
        """Let what is on the wire come in; send nothing more."""
        self._fault = self._fault or fault
        self._stopping.set()

    def _give_up(self, started: float, why: str) -> Exception:
        self._given_up += 1
        if self._given_up < OUTAGE or self._last_answer > started:
            return SetAside(why)
        fault = TeacherError(
            f"{self._host}: {self._given_up} problems in a row got no answer ({why}); "
            "run the same command again later: it goes on where this one stopped"
        )
        self._stop(fault)
        return fault

    async def _back_off(self, passing: _Passing, failures: int) -> None:
        pause = min(MAX_BACKOFF_S, self._backoff_s * 2.0 ** min(failures, 30))
        pause *= random.uniform(0.5, 1.0)
        if passing.retry_after is not None:
            pause = max(pause, passing.retry_after) if not passing.busy else passing.retry_after
        if passing.busy:
            self._pace.turned_away(pause)  # the limit is everybody's; turn() does the waiting
        else:
            await self._rest(pause)

    async def _attempt(self, request: Request, *, structured: bool) -> Reply:
        """Send once. Raises :class:`_Passing`, :class:`_Refused` or :class:`TeacherError`."""
        import anthropic

        body: dict[str, Any] = {
            "model": self._model,
            "max_tokens": request.max_tokens,
            # The system part is the same for all rows of a stage: cached from its end backwards.
            "system": [
                {
                    "type": "text",
                    "text": request.system,
                    "cache_control": {"type": "ephemeral"},
                }
            ],
            "messages": request.messages,
        }
        if structured:
            body["output_config"] = {
                "format": {"type": "json_schema", "schema": dict(request.schema)}
            }
        client = next(self._in_turn)
        try:
            # The client's own timeout runs anew with each chunk; this one is for the whole reply.
            async with asyncio.timeout(self._deadline_s):
                # The raw reply, read here: the client's models would raise on a billed answer.
                response = await client.messages.with_raw_response.create(**body)
                raw = await response.text()
        except (TimeoutError, anthropic.APITimeoutError) as error:
            raise _Passing(f"no reply within {self._deadline_s:g} s") from error
        except anthropic.APIConnectionError as error:
            raise self._connection_fault(error) from error
        except anthropic.APIStatusError as error:
            self._pace.learn(error.response.headers)
            raise self._status_fault(error) from error
        except anthropic.AnthropicError as error:  # a credential that cannot be read or renewed
            raise TeacherError(self._one_line(str(error))) from error
        reply = _read(raw, response.headers.get("request-id"))
        self._pace.took(reply.input_tokens + reply.cache_write_tokens, reply.output_tokens)
        self._pace.learn(response.headers)
        return reply

    def _connection_fault(self, error: APIConnectionError) -> Exception:
        import httpx2

        cause = self._one_line(str(error.__cause__ or error)) or type(error.__cause__).__name__
        if isinstance(error.__cause__, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
            return TeacherError(f"--base-url {self._host}: {cause}")
        if isinstance(error.__cause__, httpx2.ConnectError) and not self.answered:
            return TeacherError(
                f"no server answers at {self._host} ({cause}); start it, or correct --base-url"
            )
        return _Passing(f"the connection broke ({cause})")

    def _status_fault(self, error: APIStatusError) -> Exception:
        status = error.status_code
        said = (
            f"{status}: {self._one_line(error.api_message)}" if error.api_message else f"{status}"
        )
        go_on = "then run the same command again: it goes on where this one stopped"
        headers = error.response.headers
        if status == 401:
            return TeacherError(f"{self._host} refuses the credential ({said}); set a valid one")
        if status == 402 or error.error_code in _SPENT:
            return TeacherError(f"credit or spend limit reached ({said}); raise it, {go_on}")
        if status == 403:
            return TeacherError(f"this credential may not use {self._model} ({said})")
        if status == 404:
            return TeacherError(
                f"{self._host} has no model {self._model} ({said}); "
                "name another with --teacher anthropic:MODEL"
            )
        if status == 429 and headers.get("x-should-retry") == "false":
            return TeacherError(f"{self._host} takes no more requests ({said})")
        if status in {408, 409, 429} or status >= 500:
            wait = _retry_after(headers)
            if wait is not None and wait > MAX_RETRY_AFTER_S:
                return TeacherError(
                    f"{self._host} asks to come back in {wait / 60:.0f} minutes ({said}); {go_on}"
                )
            return _Passing(f"the server said {said}", retry_after=wait, busy=status == 429)
        return _Refused(f"the server refuses the request ({said})")

    @property
    def _host(self) -> str:
        """The server as it may be shown: an address can carry a password."""
        url = self._clients[0].base_url
        port = f":{url.port}" if url.port else ""
        return f"{url.scheme}://{url.host}{port}"

    def _one_line(self, text: str | None) -> str:
        """What a server said, short and without the credential, should it have repeated it."""
        line = " ".join((text or "").split())
        for secret in (self._clients[0].api_key, self._clients[0].auth_token):
            if secret:
                line = line.replace(secret, "***")
        return line if len(line) <= 200 else line[:199] + "…"


def _read(raw: str, request_id: str | None) -> Reply:
    """A reply from the body of a 200. Raises :class:`_Passing` where it is cut or is none."""
    try:
        message = json.loads(raw)
    except ValueError as error:
        raise _Passing(f"the reply is not whole JSON ({len(raw)} characters)") from error
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        raise _Passing("the reply has no content")
    blocks = [block for block in message["content"] if isinstance(block, dict)]
    details, usage = message.get("stop_details"), message.get("usage")
    details = details if isinstance(details, dict) else {}
    usage = usage if isinstance(usage, dict) else {}
    return Reply(
        text="".join(str(b.get("text") or "") for b in blocks if b.get("type") == "text"),
        stop_reason=message.get("stop_reason"),
        refusal=details.get("category") or "no category given",
        model=message.get("model"),
        request_id=request_id or message.get("id"),
        input_tokens=_count(usage.get("input_tokens")),
        output_tokens=_count(usage.get("output_tokens")),
        cache_read_tokens=_count(usage.get("cache_read_input_tokens")),
        cache_write_tokens=_count(usage.get("cache_creation_input_tokens")),
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
