"""What has been spent on an output, and what may still be: ``--max-usd``, before anything is sent.

A request costs at most its input and the room for its reply. That much is set aside before it
leaves and given back when its reply is in, so that replies in flight together cannot pass the
limit together. Where money is short the room shrinks with it, down to what replies have needed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kpdd_cli.errors import TeacherError
from kpdd_cli.teachers.anthropic.prices import BATCH, Price
from kpdd_cli.teachers.anthropic.wire import Reply, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Bytes of text a token at least; English has about four. And tokens that a request has besides.
BYTES_A_TOKEN, OVERHEAD_TOKENS = 2, 500
#: Replies get at least this room, in tokens, and at least this many times the longest so far.
LEAST_ROOM, ROOM_FACTOR = 512, 4
#: So many replies of batches tell what the next batch will cost, within this margin.
ENOUGH_REPLIES, MARGIN = 20, 1.25


class Account:
    """The money of one output; ``price`` None is a model whose price is not known."""

    def __init__(self, price: Price | None, limit_usd: float | None, concurrency: int) -> None:
        self.price = price
        self.spent_usd = 0.0  # by all runs
        self.replies = 0
        self.input_tokens = self.output_tokens = 0  # of all replies
        self._limit = limit_usd
        self._concurrency = concurrency
        self._longest = 0  # reply, in tokens
        self._batch_replies, self._batch_usd = 0, 0.0
        self._reserved: dict[int | str, float] = {}  # US dollars, by a number or a batch's id
        self._number = 0
        self._settled = asyncio.Event()

    def add(self, reply: Reply) -> None:
        """Take a reply into account, of this run or an earlier one."""
        self.replies += 1
        self.input_tokens += reply.input_tokens + reply.cache_read_tokens + reply.cache_write_tokens
        self.output_tokens += reply.output_tokens
        self._longest = max(self._longest, reply.output_tokens)
        if self.price is not None:
            usd = self.price.of(reply)
            self.spent_usd += usd
            if reply.batch:
                self._batch_replies += 1
                self._batch_usd += usd

    @property
    def mean_usd(self) -> float:
        """What a reply has cost so far: the guess for one that was lost on the wire."""
        return self.spent_usd / self.replies if self.replies else 0.0

    async def reserve(self, request: Request) -> tuple[int, int]:
        """The number of a reservation and the room for the reply, in tokens.

        Waits where money may come back. Raises :class:`TeacherError` where the limit is reached.
        """
        while (room := self._room(request)) is None:
            if not self._reserved:
                raise self.exhausted()
            self._settled.clear()
            await self._settled.wait()
        self._number += 1
        if self._limit is not None:
            self.hold(self._number, self._cost(request, room))
        return self._number, room

    def hold(self, name: int | str, usd: float) -> None:
        """Set money aside for a request, or for a batch by its id."""
        self._reserved[name] = usd

    def release(self, name: int | str) -> None:
        """Give a reservation back; what its replies have cost is added by :meth:`add`."""
        self._reserved.pop(name, None)
        self._settled.set()

    def batch(self, requests: Sequence[Request]) -> tuple[int, int, float]:
        """How many of ``requests`` the money is enough for as a batch, at half price.

        With it the room for each reply, in tokens, and what is set aside for them, in US dollars:
        what they cost at most or, once batches have brought some replies, the mean of those and a
        margin. Raises :class:`TeacherError` where the money is not enough for one.
        """
        most = max(request.max_tokens for request in requests)
        if self._limit is None or self.price is None:
            return len(requests), most, 0.0
        whole = BATCH * sum(self._cost(request, most) for request in requests)
        if whole <= self._left:
            return len(requests), most, whole
        room = min(most, self._least_room)
        known = self._batch_replies >= ENOUGH_REPLIES
        mean = MARGIN * self._batch_usd / self._batch_replies if known else 0.0
        total, count, left = 0.0, 0, self._left
        for request in requests:
            cost = mean or BATCH * self._cost(request, room)
            if total + cost > left:
                break
            total, count = total + cost, count + 1
        if not count:
            raise self.exhausted()
        return count, room, total

    def exhausted(self) -> TeacherError:
        """What is said where the next request could pass the limit."""
        return TeacherError(
            f"--max-usd {self._limit:g} is reached: ${self.spent_usd:.4f} is spent on this output "
            "and the next request could pass the limit; raise it, then run the same command "
            "again: it goes on where this one stopped"
        )

    @property
    def _left(self) -> float:
        assert self._limit is not None
        return self._limit - self.spent_usd - sum(self._reserved.values())

    @property
    def _least_room(self) -> int:
        return max(LEAST_ROOM, ROOM_FACTOR * self._longest)

    def _room(self, request: Request) -> int | None:
        """The room that the money is enough for; None where it is not enough for the least."""
        if self._limit is None or self.price is None:
            return request.max_tokens
        left = self._left
        share = left / self._concurrency if self.replies else left
        room = request.max_tokens
        if self.price.output:
            affordable = int((share - self._cost(request, 0)) * 1e6 / self.price.output)
            room = min(room, max(self._least_room, affordable))
        return room if self._cost(request, room) <= left else None

    def _cost(self, request: Request, room: int) -> float:
        """US dollars that ``request`` costs at most."""
        assert self.price is not None
        characters = len(request.system.encode()) + sum(
            len(turn["content"].encode()) for turn in request.messages
        )
        tokens = characters / BYTES_A_TOKEN + OVERHEAD_TOKENS
        return (self.price.highest_input * tokens + self.price.output * room) / 1e6
