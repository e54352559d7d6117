"""``kpdd data``: a benchmark in its publisher's format becomes problems, one a line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.journal import Journal, beside
from kpdd_cli.stages import Report, Summary
from kpdd_cli.stages.intake import Intake


@dataclass(frozen=True, slots=True)
class Config:
    """What to read (see :func:`kpdd_cli.benchmarks.read`) and where to write it."""

    source: str
    out: Path
    split: str | None = None
    limit: int | None = None
    seed: int = 0
    skip_bad: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class DataSummary(Summary):
    """``bad`` rows are in ``bad_rows``."""

    bad: int
    bad_rows: str

    @property
    def set_aside(self) -> int:
        """How many rows could not be read."""
        return self.bad
