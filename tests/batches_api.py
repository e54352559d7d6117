"""The Message Batches API of the loopback server: batches, their results, and what breaks.

Each request of a batch is answered as if it had come alone. Results come back in another order
than the requests, as the API says they may.
"""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

MAX_REQUESTS, MAX_BYTES = 100_000, 256_000_000
Fate = Literal["succeeded", "errored", "expired", "canceled"]


@dataclass
class Batch:
    """A batch as the server knows it; ``results`` are there once it has ended."""

    id: str
    requests: list[dict[str, Any]]
    created_at: float  # seconds since 1970
    ends_at: float  # time.monotonic()
    cancel_initiated: bool = False
    results: list[bytes] = field(default_factory=list)  # one line each
    fates: list[Fate] = field(default_factory=list)
    downloads: int = 0


def _error(status: int, kind: str, text: str) -> tuple[int, bytes]:
    error = {"type": "error", "error": {"type": kind, "message": text}}
    return status, json.dumps(error).encode()


class BatchesApi:
    """The endpoints under /v1/messages/batches; ``answer(params)`` is a status and a body."""

    def __init__(
        self,
        answer: Callable[[dict[str, Any]], tuple[int, bytes]],
        *,
        takes_s: float = 0.0,
        expire: Callable[[dict[str, Any]], bool] = lambda params: False,
        max_requests: int = MAX_REQUESTS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """A batch takes ``takes_s`` seconds; the requests that ``expire`` never get an answer."""
        self.batches: dict[str, Batch] = {}
        self.takes_s = takes_s
        self.refuse = 0  # so many batches are not taken, as if the server had broken down
        self.expire = expire
        self.url = ""
        self._answer = answer
        self._max_requests = max_requests
        self._max_bytes = max_bytes
        self._numbers = itertools.count(1)

    def serve(self, method: str, path: str, body: Any, size: int) -> tuple[int, bytes]:
        """The status and the body of the answer to a request."""
        path, _, query = path.partition("?")
        match path.strip("/").split("/")[3:], method:
            case [], "POST":
                return self._create(body, size)
            case [], "GET":
                return self._list(query)
            case [name], "GET" if name in self.batches:
                return 200, json.dumps(self._shown(self.batches[name])).encode()
            case [name, "cancel"], "POST" if name in self.batches:
                return self._cancel(self.batches[name])
            case [name, "results"], "GET" if name in self.batches:
                return self._results(self.batches[name])
        return _error(404, "not_found_error", f"no such batch: {path}")

    def _create(self, body: Any, size: int) -> tuple[int, bytes]:
        if size > self._max_bytes:
            return _error(413, "request_too_large", "the batch is too large")
        requests = body.get("requests") if isinstance(body, dict) else None
        if not requests or len(requests) > self._max_requests:
            return _error(400, "invalid_request_error", "requests: too few or too many")
        ids = [request["custom_id"] for request in requests]
        if len(set(ids)) != len(ids):
            return _error(400, "invalid_request_error", "custom_id: not unique")
        if not all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in ids):
            return _error(400, "invalid_request_error", "custom_id: not of the allowed form")
        if self.refuse:
            self.refuse -= 1
            return _error(500, "api_error", "nothing was taken")
        number = next(self._numbers)
        batch = Batch(
            f"msgbatch_{number:06}", requests, time.time(), time.monotonic() + self.takes_s
        )
        self.batches[batch.id] = batch
        return 200, json.dumps(self._shown(batch)).encode()

    def _list(self, query: str) -> tuple[int, bytes]:
        limit = int(dict(pair.split("=") for pair in query.split("&") if pair).get("limit", 20))
        newest = list(self.batches.values())[::-1]
        shown = [self._shown(batch) for batch in newest[:limit]]
        ends = {"first_id": shown[0]["id"], "last_id": shown[-1]["id"]} if shown else {}
        page = {"data": shown, "has_more": len(newest) > limit, **ends}
        return 200, json.dumps(page).encode()

    def _cancel(self, batch: Batch) -> tuple[int, bytes]:
        if self._ended(batch):
            return _error(400, "invalid_request_error", "the batch has ended")
        batch.cancel_initiated = True
        # What is done is done: the first half; the rest is canceled, a moment later.
        batch.ends_at = time.monotonic() + 0.05
        return 200, json.dumps(self._shown(batch)).encode()

    def _results(self, batch: Batch) -> tuple[int, bytes]:
        if not self._ended(batch):
            return _error(404, "not_found_error", "the batch has no results yet")
        batch.downloads += 1
        return 200, b"".join(batch.results)

    def _ended(self, batch: Batch) -> bool:
        if time.monotonic() < batch.ends_at:
            return False
        if not batch.fates:
            for at, request in enumerate(batch.requests):
                fate: Fate
                result: Mapping[str, Any]
                if batch.cancel_initiated and at >= len(batch.requests) // 2:
                    fate, result = "canceled", {"type": "canceled"}
                else:
                    fate, result = self._result(request["params"])
                line = {"custom_id": request["custom_id"], "result": result}
                batch.fates.append(fate)
                batch.results.append(json.dumps(line).encode() + b"\n")
            batch.results = batch.results[1::2] + batch.results[::2]
        return True

    def _result(self, params: dict[str, Any]) -> tuple[Fate, Mapping[str, Any]]:
        if self.expire(params):
            return "expired", {"type": "expired"}
        status, body = self._answer(params)
        if status == 200:
            return "succeeded", {"type": "succeeded", "message": json.loads(body)}
        return "errored", {"type": "errored", "error": {**json.loads(body), "request_id": "req_b"}}

    def _shown(self, batch: Batch) -> dict[str, Any]:
        ended = self._ended(batch)
        created = datetime.fromtimestamp(batch.created_at, UTC)
        counts = {fate: batch.fates.count(fate) for fate in ("succeeded", "errored", "expired")}
        counts |= {"canceled": batch.fates.count("canceled")}
        counts["processing"] = 0 if ended else len(batch.requests)
        running = "canceling" if batch.cancel_initiated else "in_progress"
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if ended else running,
            "request_counts": counts,
            "created_at": created.isoformat(),
            "expires_at": (created + timedelta(days=1)).isoformat(),
            "ended_at": created.isoformat() if ended else None,
            "cancel_initiated_at": created.isoformat() if batch.cancel_initiated else None,
            "archived_at": None,
            "results_url": f"{self.url}/v1/messages/batches/{batch.id}/results" if ended else None,
        }
