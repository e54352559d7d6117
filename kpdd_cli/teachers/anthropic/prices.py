"""What a model's tokens cost: one dated file, ``prices.toml``, or the user's own in its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpdd_cli.errors import UsageError
from kpdd_cli.teachers.anthropic.wire import Reply

OWN = Path(__file__).with_name("prices.toml")

#: What the Message Batches API charges, as a share of the usual price.
BATCH = 0.5


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens, by kind."""

    input: float
    output: float
    cache_write: float  # for five minutes
    cache_write_1h: float
    cache_read: float

    def of(self, reply: Reply) -> float:
        """What ``reply`` has cost, in US dollars."""
        cost = (
            self.input * reply.input_tokens
            + self.output * reply.output_tokens
            + self.cache_write * (reply.cache_write_tokens - reply.long_cache_write_tokens)
            + self.cache_write_1h * reply.long_cache_write_tokens
            + self.cache_read * reply.cache_read_tokens
        ) / 1e6
        return cost * BATCH if reply.batch else cost

    @property
    def highest_input(self) -> float:
        """The most that a token of input can cost, in US dollars a million."""
        return max(self.input, self.cache_write, self.cache_write_1h, self.cache_read)


def price_of(model: str, path: Path | None = None) -> Price | None:
    """The price of ``model`` in ``path`` (kpdd's own file if None); None if it is not there.

    A dated name (``claude-haiku-5-5-20261007``) has the price of its model. Raises
    :class:`UsageError` for a file that cannot be read.
    """
    _, prices = _read(path or OWN)
    name, _, date = model.rpartition("-")
    return prices.get(model) or (prices.get(name) if date.isdigit() and len(date) == 8 else None)


def date_of(path: Path | None = None) -> str | None:
    """The day that the prices in ``path`` are of; None where it does not tell."""
    return _read(path or OWN)[0]


def _read(path: Path) -> tuple[str | None, dict[str, Price]]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        date = found.get("date")
        prices = {name: _price(entry) for name, entry in found["models"].items()}
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UsageError(f"{path}: not a price file ({error}); see {OWN}") from error
    return None if date is None else str(date), prices


def _price(entry: Mapping[str, Any]) -> Price:
    return Price(
        input=float(entry["input"]),
        output=float(entry["output"]),
        cache_write=float(entry["cache_write"]),
        # Twice the input everywhere so far; a file may say otherwise.
        cache_write_1h=float(entry.get("cache_write_1h", 2 * float(entry["input"]))),
        cache_read=float(entry["cache_read"]),
    )
