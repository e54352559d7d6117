"""Feed programs to contained interpreters, many at a time, and read what became of each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from kpdd_cli.programs.rewriting import Prepared, Unsupported, is_lacking, prepare

if TYPE_CHECKING:
    from pydantic_monty import Monty

Status = Literal["ok", "no_answer", "error", "timeout", "memory", "unsupported"]

_FEED = 128  # programs at a time
_SUSPECTS = 16  # programs at a time, of those among which one passed a limit
_FEED_SECONDS = 0.1  # they take some 13 ms; a program's own limit holds when it is alone
_FEED_CHARACTERS = 250_000
_GRACE = 0.3  # seconds until an interpreter that does not heed its limit is killed
_PRINTED = 1 << 16  # bytes that get past the print function a program is given


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use: wall-clock seconds, bytes, nested calls, characters of value."""

    seconds: float = 1.0
    memory: int = 64 * 2**20
    recursion: int = 1000
    output: int = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a program: its ``value`` as text if "ok", else ``why`` there is none."""

    status: Status
    value: str | None
    why: str = ""


def cut(programs: Iterable[str], most: int, characters: int) -> Iterator[list[str]]:
    """The programs in lists of at most ``most``; one that passes ``characters`` ends a list."""
    piece: list[str] = []
    length = 0
    for program in programs:
        piece.append(program)
        length += len(program)
        if len(piece) == most or length > characters:
            yield piece
            piece, length = [], 0
    if piece:
        yield piece


def interpreters(most: int) -> Monty:
    """A pool of up to ``most`` contained interpreters, each a process."""
    from pydantic_monty import Monty

    return Monty(
        min_processes=1,
        max_processes=most,
        max_checkouts_per_worker=1000,
        feed_duration_limit_grace=_GRACE,
    )


@dataclass(frozen=True, slots=True)
class _Task:
    program: str
    prepared: Prepared


class _LimitPassed(Exception):
    def __init__(self, status: Status, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Feeder:
    """Runs programs in a pool's interpreters. Threads may share it; ``over`` makes them give up."""

    def __init__(self, pool: Monty, limits: Limits) -> None:
        self._pool, self._limits = pool, limits
        self.over = False

    def together(self, programs: list[str]) -> list[Outcome | None]:
        """What became of each; None: not told, since it, or one fed beside it, passed a limit."""
        return [
            outcome
            for some in cut(programs, _FEED, _FEED_CHARACTERS)
            for outcome in self._some([_task(program) for program in some])
        ]

    def alone(self, program: str) -> Outcome:
        """What became of a program that has all of its limits to itself."""
        task = _task(program)
        if isinstance(task, Outcome):
            return task
        try:
            return self._feed([task], self._limits.seconds)[0]
        except _LimitPassed as passed:
            return Outcome(passed.status, None, passed.why)

    def _some(self, tasks: list[_Task | Outcome]) -> list[Outcome | None]:
        shared = [task for task in tasks if isinstance(task, _Task) and not task.prepared.alone]
        found = iter(self._try(shared))
        return [
            task
            if isinstance(task, Outcome)
            else self._try([task])[0]
            if task.prepared.alone
            else next(found)
            for task in tasks
        ]

    def _try(self, tasks: list[_Task]) -> list[Outcome | None]:
        try:
            return [*self._feed(tasks, min(self._limits.seconds, _FEED_SECONDS))]
        except _LimitPassed:
            if len(tasks) <= _SUSPECTS:
                return [None] * len(tasks)
            starts = range(0, len(tasks), _SUSPECTS)
            parts = [self._try(tasks[start : start + _SUSPECTS]) for start in starts]
            return [outcome for part in parts for outcome in part]

    def _feed(self, tasks: list[_Task], seconds: float) -> list[Outcome]:
        if self.over:
            raise CancelledError
        if not tasks:
            return []
        results = self._execute([task.prepared.text for task in tasks], seconds)
        return [
            _outcome(task, result, self._limits.output)
            for task, result in zip(tasks, results, strict=True)
        ]

    def _execute(self, texts: list[str], seconds: float) -> list[tuple[str, str, Any]]:
        from pydantic_monty import CollectString, MontyCrashedError, MontyError

        try:
            with self._pool.checkout(
                limits={
                    "max_feed_duration_secs": seconds,
                    "max_memory": self._limits.memory,
                    "max_recursion_depth": self._limits.recursion,
                },
                os_policy={"sleep": "zero"},
                assert_message_annotations=False,
            ) as session:
                session.feed_run(_inside())
                results: list[tuple[str, str, Any]] = session.feed_run(
                    "run_all(texts, most)",
                    inputs={"texts": texts, "most": self._limits.output},
                    print_callback=CollectString(max_bytes=_PRINTED),
                )
                return results
        except MontyCrashedError as error:
            if error.timed_out:
                raise _LimitPassed("timeout", f"it ran longer than {seconds:g} s") from None
            raise _LimitPassed("memory", "it took its interpreter down") from None
        except MontyError as error:
            raise self._passed(str(error).rpartition("\n")[2], seconds) from None
        except UnicodeEncodeError:
            raise _LimitPassed("error", "it is not valid Unicode text") from None

    def _passed(self, message: str, seconds: float) -> _LimitPassed:
        if message.startswith("TimeoutError"):
            return _LimitPassed("timeout", f"it ran longer than {seconds:g} s")
        if message.startswith("MemoryError"):
            mib = self._limits.memory / 2**20
            return _LimitPassed("memory", f"it took more than {mib:g} MiB of memory")
        kind, _, rest = message.partition(": ")
        status: Status = "unsupported" if is_lacking("", kind, rest) else "error"
        return _LimitPassed(status, _line(message[:300]))


@cache
def _inside() -> str:
    return files(__package__).joinpath("inside.py").read_text(encoding="utf-8")


_TOO_LONG = ("long", "")


# --- outcomes ------------------------------------------------------------------------------------


def _task(program: str) -> _Task | Outcome:
    try:
        return _Task(program, prepare(program))
    except Unsupported as reason:
        return Outcome("unsupported", None, str(reason))


def _outcome(task: _Task, result: tuple[str, str, Any], most: int) -> Outcome:
    status, kind, payload = result
    if status == "error":
        why = _line(f"{kind}: {payload}" if payload else kind)
        lacking = is_lacking(task.program, kind, payload)
        return Outcome("unsupported" if lacking else "error", None, why)
    too_long = Outcome("no_answer", None, f"its value is longer than {most:,} characters")
    if _TOO_LONG in payload:
        return too_long
    texts = [_text(atom) for atom in payload]
    if not texts or None in texts:
        return Outcome("no_answer", None, "it computes no value")
    value = "; ".join(text for text in texts if text is not None)
    if not value.strip("; "):
        return Outcome("no_answer", None, "its value is empty")
    return Outcome("ok", value) if len(value) <= most else too_long


def _text(atom: Any) -> str | None:
    """One value as text, or None where it is not one: None, nan, infinity, a function …"""
    match atom:
        case bool():
            return "yes" if atom else "no"
        case int():
            return str(atom)
        case float() if not math.isfinite(atom):
            return None
        case float():
            return str(int(atom)) if atom.is_integer() and abs(atom) < 2**53 else repr(atom)
        case str():
            return _line(atom)
        case ("hex", digits):
            return f"{Decimal(int(digits, 16)):f}"  # str(int) refuses more than 4,300 digits
        case _:
            return None


def _line(text: str) -> str:
    """Text that a program made, as one line that is safe to show."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
