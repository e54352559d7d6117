"""How fast programs run contained: beside a ``python -I`` for each, and a pool that ``exec``s them.

    python benchmarks/programs.py PROGRAMS.jsonl [--programs 20000] [--jobs 1]

PROGRAMS.jsonl has a field "program" a row. Programs that pass a one-second limit in the contained
interpreter are left out, since the other two have no limit of their own; how many is printed.
Wall-clock seconds, so on a busy machine compare within one run only.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import math
import multiprocessing
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kpdd_cli.programs import run

PROCESSES = 40  # programs that get a process each: it takes long enough


def contained(programs: list[str], jobs: int) -> None:
    """Run them as kpdd does."""
    for _ in run(programs, jobs=jobs):
        pass


def process_each(programs: list[str], jobs: int) -> None:
    """Run each in a Python of its own, one after the other."""
    for program in programs:
        subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)


def pool(programs: list[str], jobs: int) -> None:
    """Run them by ``exec`` in a pool of processes: neither limits nor containment."""
    with multiprocessing.get_context("spawn").Pool(jobs) as processes:
        for _ in processes.imap(execute, programs, chunksize=128):
            pass


def execute(program: str) -> str:
    """The ``ans`` of a program as text, or its error."""
    names: dict[str, object] = {"math": math}
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(program, names)
        except Exception as error:  # noqa: BLE001 - whatever a program raises is its outcome
            return repr(error)
    return str(names.get("ans"))


def rate(runner: Callable[[list[str], int], None], programs: list[str], jobs: int) -> float:
    """Programs a second."""
    start = time.perf_counter()
    runner(programs, jobs)
    return len(programs) / (time.perf_counter() - start)


def main() -> None:
    """Print one line for each way to run programs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with options.file.open(encoding="utf-8") as lines:
        real = [json.loads(line)["program"] for line in lines]
    outcomes = list(run(real, jobs=options.jobs))
    statuses = Counter(outcome.status for outcome in outcomes)
    print(", ".join(f"{status} {count:,}" for status, count in statuses.most_common()))
    ending = [
        p for p, o in zip(real, outcomes, strict=True) if o.status not in ("timeout", "memory")
    ]
    programs = list(itertools.islice(itertools.cycle(ending), options.programs))

    ours = rate(contained, programs, options.jobs)
    print(f"contained        {ours:>8,.0f} programs/s  ({len(programs):,} programs)")
    for name, runner, some in (
        ("exec pool", pool, programs),
        ("python -I each", process_each, programs[:PROCESSES]),
    ):
        theirs = rate(runner, some, options.jobs)
        print(f"{name:<16} {theirs:>8,.0f} programs/s  contained is {ours / theirs:,.2f} x as fast")


if __name__ == "__main__":
    main()
