"""What a run would cost: its own prompts, answered by our own worked examples, counted."""

from __future__ import annotations

import json
from functools import cached_property
from statistics import median_low
from typing import Any

from kpdd_cli.prompts import Prompts
from kpdd_cli.teachers.anthropic.ledger import Ledger
from kpdd_cli.teachers.anthropic.prices import BATCH, Price
from kpdd_cli.teachers.anthropic.wire import Reply, Request
from kpdd_cli.teachers.base import Forecast

#: English and simple Python have about so many characters a token.
CHARACTERS_A_TOKEN = 3.5
#: So many replies tell more about the next ones than any count of characters.
ENOUGH_REPLIES = 20

_COSTS = ("cost_usd", "cached_usd", "batch_usd", "cached_batch_usd")


class Tally:
    """Counts requests instead of sending them; a reply in ``ledger`` is there already."""

    def __init__(self, model: str, ledger: Ledger | None) -> None:
        self.rows = 0
        self._model = model
        self._ledger = ledger
        self._systems: dict[str, int] = {}  # system part -> requests that have it
        self._users = 0  # characters of turns
        self._replies = 0  # characters

    async def send(self, request: Request) -> Reply:
        """A reply as it might come."""
        kept = self._ledger.reply(request.key(self._model)) if self._ledger else None
        if kept is not None:
            return kept
        self._systems[request.system] = self._systems.get(request.system, 0) + 1
        self._users += sum(len(turn["content"]) for turn in request.messages)
        text = self._example(request)
        self._replies += len(text)
        return Reply(text, "end_turn", None, self._model, None, 0, 0, 0, 0)

    def forecast(self, price: Price | None) -> Forecast:
        """The sum of it all."""
        requests = sum(self._systems.values())
        system = sum(_tokens(len(text)) * times for text, times in self._systems.items())
        written = sum(_tokens(len(text)) for text in self._systems)
        whole, out = system + _tokens(self._users), _tokens(self._replies)
        basis = f"{CHARACTERS_A_TOKEN:g} characters a token"
        account = self._ledger.account if self._ledger else None
        if account is not None and account.replies >= ENOUGH_REPLIES:
            whole = round(requests * account.input_tokens / account.replies)
            out = round(requests * account.output_tokens / account.replies)
            system = min(system, whole)
            written = min(written, system)
            basis = f"the mean of {account.replies:,} replies"
        if price is None:
            costs: dict[str, float | None] = dict.fromkeys(_COSTS)
        else:
            plain = (price.input * whole + price.output * out) / 1e6
            read = (price.cache_read - price.input) * (system - written) / 1e6
            live, batch = (
                plain + read + (write - price.input) * written / 1e6
                for write in (price.cache_write, price.cache_write_1h)
            )
            costs = dict(zip(_COSTS, (plain, live, BATCH * plain, BATCH * batch), strict=True))
        return Forecast(
            rows=self.rows,
            requests=requests,
            input_tokens=whole,
            system_tokens=system,
            output_tokens=out,
            basis=basis,
            **costs,
        )

    def _example(self, request: Request) -> str:
        """The worked example of middling length for what the request asks for."""
        names = tuple(request.schema["properties"])
        if names not in self._examples:
            texts = [
                json.dumps({name: exemplar[name] for name in names}, ensure_ascii=False)
                for exemplar in self._exemplars
            ]
            middle = median_low(map(len, texts))
            self._examples[names] = next(text for text in texts if len(text) == middle)
        return self._examples[names]

    @cached_property
    def _examples(self) -> dict[tuple[str, ...], str]:
        return {}

    @cached_property
    def _exemplars(self) -> list[dict[str, Any]]:
        return Prompts().exemplars  # ours have every field, whatever --prompts lays over them


def _tokens(characters: int) -> int:
    return round(characters / CHARACTERS_A_TOKEN)
