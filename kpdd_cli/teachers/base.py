"""What every teacher offers: key points for a problem, then a rationale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
    """What a teacher's work has cost so far; all zero for a teacher without requests."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cost_usd: float | None = 0.0  # None: the model's price is not known


class Teacher(Protocol):
    """Annotates rows, in any order, pulling them from its iterable as it can take them."""

    usage: Usage
    billed: bool  # whether annotations cost money, so that none is ever thrown away

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
