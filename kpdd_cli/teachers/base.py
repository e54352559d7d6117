"""What every teacher offers: key points for a problem, then a rationale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from kpdd_cli.records import KeyPoints, Mode, Rationale, Row

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Annotation(Generic[T_co]):
    """What a teacher made of one row: a value, or the reason why there is none.

    ``record`` is what the row's ``teacher`` field keeps of this annotation beside the teacher's
    signature (request id, usage, time; empty for a teacher without requests).
    """

    row: Row
    value: T_co | None
    why: str = ""
    record: Row = field(default_factory=dict)


@dataclass(slots=True)
class Usage:
    """What a teacher's work has cost in this run; all zero for a teacher without requests.

    Money is None where the model's price is not known.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cost_usd: float | None = 0.0
    spent_usd: float | None = 0.0  # by all runs on this output

    @property
    def cache_hits(self) -> float | None:
        """The share of the input that came from the server's prompt cache; None without input."""
        whole = self.input_tokens + self.cache_read_tokens + self.cache_write_tokens
        return self.cache_read_tokens / whole if whole else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run would send and cost, by an estimate of tokens that ``basis`` names.

    ``system_tokens`` are the part of ``input_tokens`` that a prompt cache may keep. Money is in US
    dollars, None where the model's price is not known.
    """

    rows: int
    requests: int = 0
    input_tokens: int = 0
    system_tokens: int = 0
    output_tokens: int = 0
    basis: str = ""
    cost_usd: float | None = 0.0
    cached_usd: float | None = 0.0
    batch_usd: float | None = 0.0
    cached_batch_usd: float | None = 0.0


class Teacher(Protocol):
    """Annotates rows, in any order, pulling them from its iterable as it can take them."""

    usage: Usage
    billed: bool  # whether annotations cost money, so that none is ever thrown away

    def begin(self, out: Path, *, fresh: bool, notice: Callable[[str], None]) -> None:
        """Get ready to annotate for ``out``, where a teacher may keep what it has paid for.

        ``fresh`` forgets what earlier runs have paid for; ``notice`` says a line to the user.
        """

    def signature(self, stage: str) -> Row:
        """What the annotations of ``stage`` (extract, solve.cot, solve.pot) depend on.

        Name, model, prompt hash: they go into each row, and tell a resumed run from a changed one.
        """

    def extract(self, rows: Iterable[Row]) -> Iterator[Annotation[KeyPoints]]:
        """Key points (method stages 1 and 2) for each row."""

    def solve(
        self, tasks: Iterable[tuple[Row, int]], mode: Mode
    ) -> Iterator[Annotation[Rationale]]:
        """A rationale (method stage 3) for each row and sample number."""

    def estimate(self, stage: str, tasks: Iterable[tuple[Row, int]]) -> Forecast:
        """What ``stage`` (extract, solve.cot, solve.pot) would take for ``tasks``."""

    def cancel(self) -> tuple[list[str], int]:
        """End the batches under way for the output of :meth:`begin`.

        Gives their ids, and how many replies had been made and are kept. Raises UsageError where
        the teacher works without batches.
        """
