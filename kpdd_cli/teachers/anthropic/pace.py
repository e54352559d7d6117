"""Pacing: requests leave one by one, no faster than the server has said it lets them in.

The server's limits (requests, input tokens, output tokens, each a minute) arrive in the headers of
its replies. Token limits are turned into requests by the tokens a request has taken so far, so the
tightest of them is one number: seconds between requests. An even stream keeps within a token
bucket of any depth and a window of any length, where bursts would be turned away.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

#: Share of a limit that is used: the rest absorbs jitter on the way to the server.
SHARE = 0.98
#: Share used while the server has next to nothing left for us, so that its bucket can fill up.
SHARE_WHEN_SCARCE = 0.9
#: "Next to nothing left": fewer than this many requests. Not a part of the limit: a bucket may be
#: much shallower than what flows through it in a minute.
SCARCE = 3
#: A late departure may be made up for if it is no later than this, in seconds.
CATCH_UP_S = 0.1
#: Slow down by this much when turned away, and speed up again by this much with each reply: for a
#: server that states no limits, or has others to serve within the same ones.
BRAKE, RELEASE = 1.25, 0.998
#: Weight of the newest request in the running mean of tokens a request.
NEWEST = 0.05

_KINDS = ("requests", "input-tokens", "output-tokens", "tokens")


class Pace:
    """First come, first served: ``await pace.turn()`` returns when the next request may leave."""

    def __init__(
        self, rpm: float | None, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """``rpm``: a limit of the user's own, in requests a minute; None if there is none."""
        self._own_limit = rpm
        self._sleep = sleep
        self._queue = asyncio.Lock()
        self._interval = 60.0 / rpm if rpm else 0.0  # seconds, by the limits
        self._brake = 0.0  # seconds, by having been turned away
        self._first_at: float | None = None  # when the first request left
        self._departed = 0  # requests
        self._next = 0.0  # the monotonic time of the next departure
        self._not_before = 0.0  # the server has asked for quiet until then
        self._mean: dict[str, float] = {"requests": 1.0}  # of each kind, a request

    async def turn(self) -> None:
        """Wait for one's turn."""
        await self._wait()
        self._departed += 1
        if self._first_at is None:
            self._first_at = time.monotonic()

    async def _wait(self) -> None:
        unlimited = not self._interval and not self._brake
        if unlimited and time.monotonic() >= self._not_before and not self._queue.locked():
            return
        async with self._queue:
            while (wait := max(self._next, self._not_before) - time.monotonic()) > 0:
                await self._sleep(wait)
            start, now = max(self._next, self._not_before), time.monotonic()
            start = start if now - start < CATCH_UP_S else now
            self._next = start + max(self._interval, self._brake)

    def turned_away(self, seconds: float) -> None:
        """Let nothing leave for ``seconds``, and everything more slowly from then on."""
        now = time.monotonic()
        if now >= self._not_before:  # those that were on the wire together are slowed down once
            so_far = (now - (self._first_at or now)) / max(1, self._departed)
            self._brake = max(BRAKE * self._brake, self._interval, so_far)
        self._not_before = max(self._not_before, now + seconds)

    def took(self, input_tokens: int, output_tokens: int) -> None:
        """Learn what one request has counted for against the token limits."""
        self._brake = self._brake * RELEASE if self._brake > self._interval else 0.0
        for kind, tokens in (
            ("input-tokens", input_tokens),
            ("output-tokens", output_tokens),
            ("tokens", input_tokens + output_tokens),
        ):
            mean = self._mean.get(kind, tokens)
            self._mean[kind] = mean + NEWEST * (tokens - mean)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take the limits from the headers of a reply; headers without limits change nothing."""
        intervals = [self._interval_of(kind, headers) for kind in _KINDS]
        known = [interval for interval in intervals if interval]
        if not known:
            return
        own = 60.0 / self._own_limit if self._own_limit else 0.0
        self._interval = max(own, *known)

    def _interval_of(self, kind: str, headers: Mapping[str, str]) -> float:
        """Seconds between requests under the limit of one kind; 0 where it says nothing."""
        limit = _number(headers.get(f"anthropic-ratelimit-{kind}-limit"))
        taken = self._mean.get(kind, 0.0)
        if not limit or not taken:
            return 0.0
        left = _number(headers.get(f"anthropic-ratelimit-{kind}-remaining"))
        scarce = left is not None and left < SCARCE * taken
        return 60.0 * taken / (limit * (SHARE_WHEN_SCARCE if scarce else SHARE))


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
