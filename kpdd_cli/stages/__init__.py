"""The stages of the method, one file each: a frozen ``Config`` goes in, a ``Summary`` comes out.

A stage knows no terminal. What it has to say while it runs goes through a :class:`Report`, which
:mod:`kpdd_cli.output` implements for people and the tests implement for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Report(Protocol):
    """How a running stage speaks: one bar at a time, and notices."""

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        """Begin a bar: ``what`` is being done to ``total`` rows, ``done`` of them earlier."""

    def advance(self, rows: int = 1, **facts: object) -> None:
        """``rows`` more are done; ``facts`` (``loss=0.31``) are shown beside the bar."""

    def notice(self, text: str) -> None:
        """Say one line that the user should know."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a stage did: the fields that every stage's ``--json`` object carries."""

    stage: str
    rows_in: int
    rows_out: int
    seconds: float
    out: str

    @property
    def set_aside(self) -> int:
        """How many rows wait in a file of their own; more than none makes the exit code 3."""
        return 0
