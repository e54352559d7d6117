"""How a stage takes rows in: each is checked once, and bad ones stop the run or are set aside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kpdd_cli import jsonl
from kpdd_cli.errors import InputError
from kpdd_cli.journal import beside, is_unfinished
from kpdd_cli.records import BadRow, Row
from kpdd_cli.stages import Report


class BadRows:
    """The bad rows of one run: with ``skip`` they go to ``OUT.bad.jsonl``, made anew by each run.

    Without it, :attr:`on_bad` is None and the reader stops at the first of them.
    """

    def __init__(self, out: Path, *, skip: bool) -> None:
        self.path = beside(out, "bad")
        self.count = 0
        self.on_bad: jsonl.OnBad | None = self._keep if skip else None
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        if self.on_bad is not None:
            self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def _keep(self, where: str, raw: str, why: str) -> None:
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8")
        self.count += 1
        print(json.dumps({"where": where, "why": why, "raw": raw}), file=self._file)


def rows(
    path: Path, checks: tuple[Callable[[Row], object], ...], bad: BadRows, report: Report
) -> Iterator[Row]:
    """The rows that an earlier stage left in ``path``, each passing ``checks`` (``KeyPoints.of``).

    Raises :class:`InputError`, with the stage to run first where there is no such file.
    """
    if is_unfinished(path):
        report.notice(f"{path} is not complete: the run that makes it was stopped")
    refuse = bad.on_bad or jsonl.refuse
    for line in jsonl.read(path, on_bad=bad.on_bad):
        try:
            for check in checks:
                check(line.row)
        except BadRow as error:
            refuse(line.where, line.raw, str(error))
        else:
            yield line.row


def must_exist(path: Path, made_by: str) -> Path:
    """``path``, or an :class:`InputError` that names the stage that makes it."""
    if not path.exists():
        raise InputError(f"{path}: no such file; {made_by} makes it, or name another one")
    return path


def count_lines(path: Path) -> int | None:
    """How many lines a file has, for a progress bar; None where it cannot be read twice."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def capped(total: int | None, limit: int | None) -> int | None:
    """How many of ``total`` rows are taken under ``--limit``; None where that is unknown."""
    return total if total is None or limit is None else min(total, limit)
