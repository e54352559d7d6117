"""What has been paid for, on disk before anything is made of it.

``NAME.replies.jsonl`` beside an output holds every reply as it came, one a line, each written with
one system call. A reply is known by the content of its request, so a run that was killed finds what
it has paid for, and pays again only for what was in flight. Batches leave their traces here too:
one that was sent is known before it is asked after.

The lines, by the field that tells them apart:

``text``       a reply: the key of its request, text, stop reason, request id, tokens
``failed``     a request that came to nothing in a batch, and why; ``final`` if that will not change
``void``       keys whose replies are not to be used again: their row was set aside
``lost_usd``   what a reply that was lost on the wire may have cost
``sending``    a batch of so many requests is about to be sent (0: it was not taken)
``batch``      the id of that batch; once more with ``collected`` when all its results are here
"""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli.errors import InputError, KpddError
from kpdd_cli.records import Row
from kpdd_cli.teachers.anthropic.account import Account
from kpdd_cli.teachers.anthropic.prices import Price, price_of
from kpdd_cli.teachers.anthropic.wire import Reply

_SYNC_SECONDS = 1.0
_BEING_SENT = "(just being sent when the run ended)"
_FIELDS = [field.name for field in dataclasses.fields(Reply)]


@dataclass(slots=True)
class Failure:
    """How a request has come to nothing in batches so far."""

    times: int
    why: str
    final: bool
    batch: str  # the last one


@dataclass(frozen=True, slots=True)
class Sending:
    """A batch that was about to be sent when the run ended; ``at`` is in seconds since 1970."""

    at: float
    requests: int
    at_most_usd: float
    room: int  # for each reply, in tokens


class Ledger:
    """The replies of one output. Without a ``path`` nothing is kept: each run pays anew."""

    def __init__(self, path: Path | None, account: Account, *, look: bool = False) -> None:
        """Read what earlier runs have left, into ``account`` too.

        Only to ``look`` leaves the file as it is, while another run may be writing it. Raises
        :class:`InputError`.
        """
        self.account = account
        self.plain = False  # whether the last reply was asked for without a schema
        self.failures: dict[int, Failure] = {}  # by the key of the request
        self.open_batches: dict[str, int] = {}  # id -> how many requests
        self.rooms: dict[str, int] = {}  # id of any batch -> tokens for each reply
        self.sending: Sending | None = None
        self._path = path
        self._offsets: dict[int, int] = {}  # key -> where its reply begins
        self._file: int | None = None
        self._size = 0
        self._synced = time.monotonic()
        if path is not None and path.exists():
            for line in _lines(path, repair=not look):
                self._take(line)
                self._size += len(line)

    def close(self) -> None:
        """Sync and close the file."""
        if self._file is not None:
            os.fsync(self._file)
            os.close(self._file)
            self._file = None

    def reply(self, key: int) -> Reply | None:
        """The reply that an earlier request of the same content got."""
        offset = self._offsets.get(key)
        if offset is None or self._path is None:
            return None
        with self._path.open("rb") as file:
            file.seek(offset)
            return _reply(json.loads(file.readline()))

    def keep(self, key: int, reply: Reply, *, plain: bool) -> None:
        """Write a reply down."""
        row = {name: getattr(reply, name) for name in _FIELDS}
        self._write({"key": name_of(key), **row, "plain": plain})

    def fail(self, key: int, why: str, *, batch: str, final: bool = False) -> None:
        """Write down that a batch brought no reply."""
        self._write({"key": name_of(key), "failed": why, "final": final, "batch": batch})

    def has(self, key: int, batch: str) -> bool:
        """Whether the result of this request in that batch is here."""
        failure = self.failures.get(key)
        return key in self._offsets or (failure is not None and failure.batch == batch)

    def void(self, keys: Iterable[int]) -> None:
        """Use these replies and failures no more: their row is set aside."""
        self._write({"void": [name_of(key) for key in keys]})

    def lost(self) -> None:
        """Count a reply that may have been billed without arriving."""
        self._write({"lost_usd": self.account.mean_usd})

    def about_to_send(self, requests: int, at_most_usd: float, room: int) -> None:
        """Write down that a batch is about to be sent: what it may cost, the room for replies."""
        sending = {"sending": requests, "at_most_usd": at_most_usd, "room": room}
        self._write({**sending, "at": time.time()}, sync=True)

    def sent(self, batch: str) -> None:
        """Write down the id of the batch that was about to be sent."""
        self._write({"batch": batch}, sync=True)

    def not_sent(self) -> None:
        """Write down that the batch that was about to be sent was not taken."""
        self._write({"sending": 0}, sync=True)

    def collected(self, batch: str) -> None:
        """Write down that all the results of a batch are here."""
        self._write({"batch": batch, "collected": True}, sync=True)

    def _write(self, row: Row, *, sync: bool = False) -> None:
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        if self._path is not None:
            if self._file is None:
                self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            rest = line
            try:
                while rest:
                    rest = rest[os.write(self._file, rest) :]
                if sync or time.monotonic() - self._synced > _SYNC_SECONDS:
                    os.fsync(self._file)
                    self._synced = time.monotonic()
            except OSError as error:
                raise KpddError(
                    f"{self._path}: {error.strerror}; what is paid for so far is kept: "
                    "make room, then call again"
                ) from error
        self._take(line)
        self._size += len(line)

    def _take(self, line: bytes) -> None:
        """Learn what a line says; it begins at the present size of the file."""
        row = _parsed(line, self._path)
        if "text" in row:
            key = int(row["key"], 16)
            self._offsets.setdefault(key, self._size)
            self.failures.pop(key, None)
            self.plain = row.get("plain", False)
            self.account.add(_reply(row))
        elif "failed" in row:
            key = int(row["key"], 16)
            times = self.failures[key].times if key in self.failures else 0
            self.failures[key] = Failure(times + 1, row["failed"], row["final"], row["batch"])
        elif "void" in row:
            for name in row["void"]:
                self._offsets.pop(int(name, 16), None)
                self.failures.pop(int(name, 16), None)
        elif "lost_usd" in row:
            self.account.spent_usd += row["lost_usd"]
        elif "sending" in row:
            self.sending = None
            if row["sending"]:
                self.sending = Sending(row["at"], row["sending"], row["at_most_usd"], row["room"])
        elif row.get("collected"):
            self.open_batches.pop(row["batch"], None)
            self.account.release(row["batch"])
        elif "batch" in row and self.sending is not None:
            self.open_batches[row["batch"]] = self.sending.requests
            self.rooms[row["batch"]] = self.sending.room
            self.account.hold(row["batch"], self.sending.at_most_usd)
            self.sending = None


def under_way(path: Path) -> list[str]:
    """The ids of the batches that are under way, without reading the replies."""
    found: dict[str, None] = {}
    for line in _lines(path, repair=False) if path.exists() else ():
        if line.startswith(b'{"batch"'):
            row = _parsed(line, path)
            if row.get("collected"):
                found.pop(row["batch"], None)
            else:
                found.pop(_BEING_SENT, None)
                found[row["batch"]] = None
        elif line.startswith(b'{"sending"'):
            found.pop(_BEING_SENT, None)
            if _parsed(line, path)["sending"]:
                found[_BEING_SENT] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Bill:
    """What replies have cost: tokens, and US dollars (None where a model's price is not known)."""

    replies: int
    input_tokens: int  # those read from the server's cache or written into it included
    output_tokens: int
    usd: float | None


def bill(ledgers: Iterable[Path], prices: Path | None = None) -> Bill:
    """What stands in ``ledgers``, at ``prices`` (kpdd's own if None). Raises InputError."""
    known: dict[str | None, Price | None] = {}
    taken, sent, usd, lost, is_known = 0, 0, 0.0, 0.0, True
    replies = 0
    for path in ledgers:
        for row in (_parsed(line, path) for line in _lines(path, repair=False)):
            lost += row.get("lost_usd", 0.0)
            if "text" not in row:
                continue
            reply = _reply(row)
            if reply.model not in known:
                known[reply.model] = price_of(reply.model, prices) if reply.model else None
            price = known[reply.model]
            is_known = is_known and price is not None
            usd += price.of(reply) if price is not None else 0.0
            replies += 1
            taken += reply.input_tokens + reply.cache_read_tokens + reply.cache_write_tokens
            sent += reply.output_tokens
    return Bill(replies, taken, sent, usd + lost if is_known else None)


def name_of(key: int) -> str:
    """A key as text: also the custom id of its request in a batch."""
    return f"{key:016x}"


def _reply(row: Row) -> Reply:
    return Reply(**{name: row[name] for name in _FIELDS})


def _lines(path: Path, *, repair: bool) -> Iterator[bytes]:
    """The whole lines of the file; ``repair`` cuts it where a kill has left half of one."""
    with path.open("r+b" if repair else "rb") as file:
        end = 0
        for line in file:
            if not line.endswith(b"\n"):
                if repair:
                    file.truncate(end)
                return
            end += len(line)
            yield line


def _parsed(line: bytes, path: Path | None) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(
            f"{path}: not what kpdd wrote there: {line[:40]!r}; repair the line, or start again "
            "with --fresh"
        ) from error
    return row  # type: ignore[no-any-return]  # _take reads it
