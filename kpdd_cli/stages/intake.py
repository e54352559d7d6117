"""How a stage takes rows in: each is checked once, and bad ones stop the run or are set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kpdd_cli import jsonl
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.journal import beside, is_unfinished
from kpdd_cli.records import BadRow, Problem, Row
from kpdd_cli.stages import Report


@dataclass(frozen=True, slots=True)
class Shard:
    """One of ``count`` shares of the rows, by a hash of their ids.

    Which share a row belongs to depends on nothing else, so machines that know only their own
    number divide the work between them. Numbers count from 0 or from 1: 0/4 and 4/4 are the same.
    """

    index: int
    count: int

    @classmethod
    def of(cls, text: str | None) -> Shard | None:
        """Read ``I/N``; None is None, all rows. Raises :class:`UsageError`."""
        if text is None:
            return None
        index, _, count = text.partition("/")
        if not (index.isdecimal() and count.isdecimal() and 0 <= int(index) <= int(count) > 0):
            raise UsageError(f"--shard is I/N, such as 1/4: share I of N, not {text!r}")
        return cls(int(index) % int(count), int(count))

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"

    def has(self, name: str) -> bool:
        """Whether the row of that id is in this share."""
        digest = hashlib.blake2b(name.encode(errors="replace"), digest_size=8).digest()
        return int.from_bytes(digest) % self.count == self.index

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Those of ``rows`` that are in this share."""
        return (row for row in rows if self.has(Problem.of(row).id))


def share(rows: Iterator[Row], shard: Shard | None) -> Iterator[Row]:
    """The rows of ``shard``, or all."""
    return rows if shard is None else shard.rows(rows)


def part(path: Path, shard: Shard | None) -> Path:
    """The file of ``shard`` that belongs to ``path``: ``keypoints.0-of-4.jsonl``."""
    return path if shard is None else beside(path, f"{shard.index}-of-{shard.count}")


def part_or_whole(path: Path, shard: Shard | None) -> Path:
    """The file of ``shard`` where an earlier stage has left one, else the whole one."""
    return part(path, shard) if part(path, shard).exists() else path


def of_shard(shard: Shard | None) -> Row:
    """What the settings of an output say of its shard."""
    return {} if shard is None else {"shard": str(shard)}


class BadRows:
    """The bad rows of one run: with ``skip`` they go to ``OUT.bad.jsonl``, made anew by each run.

    Without it, :attr:`on_bad` is None and the reader stops at the first of them. Rows that cannot
    be read have no id: the shard that keeps one is found by its text.
    """

    def __init__(self, out: Path, *, skip: bool, shard: Shard | None = None) -> None:
        self._shard = shard
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
        if self._shard is not None and not self._shard.has(raw):
            return
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


def capped(total: int | None, limit: int | None, shard: Shard | None = None) -> int | None:
    """How many of ``total`` rows are taken under ``--limit``, in a shard about; None is unknown."""
    total = total if total is None or limit is None else min(total, limit)
    return total if total is None or shard is None else round(total / shard.count)
