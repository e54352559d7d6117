"""Run programs that a model wrote, contained, and report each one's value.

Programs run only in pydantic-monty's interpreter, in worker processes. See :func:`run`.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pydantic_monty import Monty

Status = Literal["ok", "no_answer", "error", "timeout", "memory", "unsupported"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use: seconds (wall clock), bytes of memory, calls deep, characters of value."""

    seconds: float = 1.0
    memory: int = 64 * 2**20
    recursion: int = 1000
    output: int = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a program: ``value`` as text if the status is "ok", else ``why`` it has none."""

    status: Status
    value: str | None
    why: str = ""


BATCH = 64

_DRIVER = """
import math

def kpdd_round(number, ndigits=None):
    if ndigits is None:
        return round(number)
    if type(number) is float and 0 < ndigits < 300 and -1e300 < number < 1e300:
        return float(f"{number:.{ndigits}f}")
    return round(number, ndigits)

def kpdd_atoms(value, atoms, depth, most):
    kind = type(value)
    if kind is int:
        if -1000000000000000000 < value < 1000000000000000000:
            atoms.append(value)
        else:
            atoms.append(("hex", hex(value)[: most + 1]))
    elif kind is float or kind is bool or value is None:
        atoms.append(value)
    elif kind is str:
        atoms.append(value[: most + 1])
    elif kind is list or kind is tuple or kind is set or kind is frozenset or kind is range:
        if depth > 20:
            raise ValueError("a value nested too deep")
        for item in value:
            if len(atoms) > most:
                break
            kpdd_atoms(item, atoms, depth + 1, most)
    elif kind is dict:
        kpdd_atoms(list(value.values()), atoms, depth + 1, most)
    elif kind.__name__ in ("Decimal", "date", "datetime", "time", "timedelta", "complex"):
        atoms.append(str(value)[: most + 1])
    else:
        atoms.append(("other", kind.__name__))

def kpdd_value(returned, names, printed):
    if returned is not None:
        return "return", returned
    for name in ("ans", "answer", "result"):
        value = names.get(name)
        if value is not None and type(value).__name__ != "function":
            return name, value
    for name in ("solution", "solver", "solve"):
        if type(names.get(name)).__name__ == "function":
            value = names[name]()
            if value is not None:
                return name, value
    if printed:
        return "print", printed[0]
    return "", None

def kpdd_one(source, most):
    printed = []
    def kpdd_print(*values, sep=" ", end="\\n", file=None, flush=False):
        text = (" " if sep is None else sep).join([str(value) for value in values])
        if text.strip():
            printed.clear()
            printed.append(text[: most + 1])
    names = {"print": kpdd_print, "round": kpdd_round, "math": math}
    try:
        where, value = kpdd_value(exec(source, names), names, printed)
        atoms = []
        kpdd_atoms(value, atoms, 0, most)
        return "ok", where, atoms
    except Exception as error:
        return "error", type(error).__name__, str(error)[:500]

def kpdd_run(sources, most):
    return [kpdd_one(source, most) for source in sources]
"""


def run(programs: Iterable[str], limits: Limits | None = None, jobs: int = 1) -> Iterator[Outcome]:
    """Run each program and yield its outcome, in input order, holding only a few batches."""
    from pydantic_monty import Monty

    limits = limits or Limits()
    owner = os.getpid()
    with (
        Monty(min_processes=1, max_processes=jobs) as pool,
        ThreadPoolExecutor(jobs, thread_name_prefix="programs") as threads,
    ):
        source = iter(programs)
        running: deque[Future[list[Outcome]]] = deque()
        while True:
            while len(running) < 4 * jobs and (batch := list(islice(source, BATCH))):
                running.append(threads.submit(_run_batch, pool, batch, limits))
            if not running:
                return
            yield from running.popleft().result()
            if os.getpid() != owner:
                raise RuntimeError("programs.run() cannot go on in a forked process")


_IMPORT = re.compile(
    r"^import[ \t]+[\w.]+(?:[ \t]+as[ \t]+(\w+))?[ \t]*(?:#.*)?$|^from[ \t]+(?:numpy|sympy)[ \t]+import[ \t]+\*[ \t]*$",
    re.M,
)
_NOT_PLAIN = re.compile(
    r"[^\x20-\x7e\n\t]|__|\b(?:import|from|exec|eval|open|class|random|global)\b"
)


def _prepare(program: str) -> str:
    if "import" not in program:
        return program

    def drop(found: re.Match[str]) -> str:
        name = found[1] or found[0].split()[1].split(".")[0]
        used = re.search(rf"\b{re.escape(name)}\b", program[found.end() :])
        return found[0] if used and found[0].startswith("import") else "pass"

    return _IMPORT.sub(drop, program)


def _run_batch(pool: Monty, programs: list[str], limits: Limits) -> list[Outcome]:
    sources = [_prepare(program) for program in programs]
    outcomes: dict[int, Outcome] = {}
    plain = [i for i, source in enumerate(sources) if not _NOT_PLAIN.search(source)]
    if len(plain) > 1:
        try:
            results = _feed(pool, [sources[i] for i in plain], limits)
        except _Lost:
            pass  # one of them used up a limit: each runs alone
        else:
            outcomes = {i: _outcome(r, limits) for i, r in zip(plain, results, strict=True)}
    for i, source in enumerate(sources):
        if i not in outcomes:
            try:
                outcomes[i] = _outcome(_feed(pool, [source], limits)[0], limits)
            except _Lost as lost:
                outcomes[i] = lost.outcome
    return [outcomes[i] for i in range(len(programs))]


class _Lost(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def _feed(pool: Monty, sources: list[str], limits: Limits) -> list[tuple[str, str, Any]]:
    from pydantic_monty import CollectString, MontyCrashedError, MontyError

    quiet = CollectString(max_bytes=1 << 16)
    try:
        with pool.checkout(
            limits={
                "max_feed_duration_secs": limits.seconds,
                "max_memory": limits.memory,
                "max_recursion_depth": limits.recursion,
            },
            os_policy={"sleep": "zero"},
        ) as session:
            session.feed_run(_DRIVER)
            results: list[tuple[str, str, Any]] = session.feed_run(
                "kpdd_run(sources, most)",
                inputs={"sources": sources, "most": limits.output},
                print_callback=quiet,
            )
            return results
    except MontyCrashedError as error:
        status: Status = "timeout" if error.timed_out else "memory"
        raise _Lost(Outcome(status, None, "it crashed its interpreter")) from None
    except MontyError as error:
        text = str(error).rsplit("\n", 1)[-1]
        if text.startswith("TimeoutError"):
            raise _Lost(Outcome("timeout", None, f"longer than {limits.seconds:g} s")) from None
        if text.startswith("MemoryError"):
            raise _Lost(
                Outcome("memory", None, f"more than {limits.memory // 2**20} MiB of memory")
            ) from None
        raise _Lost(Outcome("error", None, text[:300])) from None
    except UnicodeEncodeError:  # a lone surrogate
        raise _Lost(Outcome("error", None, "not valid Unicode text")) from None


def _outcome(result: tuple[str, str, Any], limits: Limits) -> Outcome:
    status, where, payload = result
    if status == "error":
        why = f"{where}: {payload}"
        lacking = where in ("NotImplementedError", "ModuleNotFoundError", "ImportError")
        return Outcome("unsupported" if lacking else "error", None, why)
    texts = [_text(atom) for atom in payload]
    kept = [text for text in texts if text]
    if not kept or len(kept) < len(texts):
        return Outcome("no_answer", None, "it computes no value")
    value = "; ".join(kept)
    if len(value) > limits.output:
        return Outcome("no_answer", None, f"a value of more than {limits.output} characters")
    return Outcome("ok", value)


def _text(atom: Any) -> str | None:
    if isinstance(atom, bool):
        return "yes" if atom else "no"
    if isinstance(atom, float):
        return str(int(atom)) if atom.is_integer() and abs(atom) < 2**53 else repr(atom)
    if isinstance(atom, int):
        return str(atom)
    if isinstance(atom, str):
        return atom.strip()
    if isinstance(atom, tuple) and atom[0] == "hex":
        from decimal import Decimal

        return str(Decimal(int(atom[1], 16)))
    return None
