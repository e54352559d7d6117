"""The only printer: results on stdout, talk on stderr.

rich is imported when something is shown, not before: it costs more than the rest of start-up.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kpdd_cli.records import Row
    from kpdd_cli.stages import Summary

_PLAIN_SECONDS = 30.0  # between two progress lines where stderr is not a terminal


class Terminal:
    """A :class:`kpdd_cli.stages.Report` for people; ``quiet`` leaves only notices."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._what = ""
        self._total: int | None = None
        self._done = self._earlier = 0
        self._facts: dict[str, object] = {}
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        if kind is KeyboardInterrupt:  # typer turns it into exit code 130, without a word
            _say("interrupted; the same call goes on where this one stopped")

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        """Begin a bar, ending the one before."""
        self._stop()
        self._what, self._total, self._facts = what, total, {}
        self._done = self._earlier = done
        self._began = self._said = time.monotonic()
        if self._quiet or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn("left"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[facts]}"),
            console=Console(stderr=True),
            expand=True,
        )
        self._bar.start()
        self._task = self._bar.add_task(what, total=total, completed=done, rate="", facts="")

    def advance(self, rows: int = 1, **facts: object) -> None:
        """Move the bar by ``rows``."""
        self._done += rows
        self._facts.update(facts)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=rows, rate=self._rate(), facts=self._told())
        elif not self._quiet and time.monotonic() - self._said > _PLAIN_SECONDS:
            self._said = time.monotonic()
            done = f"{self._done}/{self._total or '?'} {self._rate()}{self._left()}"
            _say(f"{self._what}: {done} {self._told()}")

    def notice(self, text: str) -> None:
        """Say one line, above a bar that is running."""
        if self._bar is not None:
            self._bar.console.print(f"note: {text}", markup=False, highlight=False, soft_wrap=True)
        else:
            _say(f"note: {text}")

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = self._task = None

    def _rate(self) -> str:
        seconds = time.monotonic() - self._began
        return f"{(self._done - self._earlier) / seconds:,.1f}/s" if seconds > 0 else ""

    def _left(self) -> str:
        """How long the rest takes at the rate so far; empty where that cannot be told."""
        done, seconds = self._done - self._earlier, time.monotonic() - self._began
        if self._total is None or done < 10:  # too few to tell
            return ""
        left = max(0, self._total - self._done) * seconds / done
        return f", {int(left // 3600)}:{int(left % 3600 // 60):02}:{int(left % 60):02} left,"

    def _told(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self._facts.items())


def close(result: Summary, *, as_json: bool) -> None:
    """End a command: its summary as a table or as one JSON object, and exit code 3 if rows wait."""
    summary(result, as_json=as_json)
    if result.set_aside:
        sys.exit(3)


def summary(result: Summary, *, as_json: bool) -> None:
    """A stage's summary: a table for people, or one JSON object on the last line."""
    if as_json:
        data(fields(result))
        return
    rows = [(name.replace("_", " "), _cell(value)) for name, value in fields(result).items()]
    table(["", ""], [row for row in rows if row[1]], title=result.stage)


def fields(result: Summary | Row) -> Row:
    """A result as a plain object."""
    return result if isinstance(result, dict) else dataclasses.asdict(result)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A table on stdout."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=title, title_justify="left", box=box.SIMPLE, show_header=any(columns))
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*row)
    Console().print(shown, markup=False)


def data(value: Any) -> None:
    """One JSON value on a line of stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def error(text: str) -> None:
    """One line on stderr."""
    _say(f"error: {text}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _cell(value: object) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_cell(inner)}" for name, inner in value.items())
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) >= 0.1 or not value else f"{value:.2g}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
