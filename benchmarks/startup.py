"""Start-up: how long ``kpdd --help`` and each command's help take beside bare Python.

The figure to watch is the excess over bare Python times 2.5, which is to stay under 0.1 s on an
idle machine. Each time is the best of several runs, since noise only adds.

    python benchmarks/startup.py
"""

from __future__ import annotations

import subprocess
import sys
import time

from kpdd_cli.commands import COMMANDS

RUNS = 7


def best(*arguments: str) -> float:
    """Seconds of the fastest of several runs of this Python."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Print one line a help page."""
    bare = best("-c", "pass")
    budget = 2.5 * bare + 0.1
    print(f"{'python -c pass':28} {bare:.3f} s")
    for name in ["", *(command.__name__.rstrip("_") for command in COMMANDS)]:
        seconds = best("-m", "kpdd_cli", *name.split(), "--help")
        label = " ".join(["kpdd", *name.split(), "--help"])
        ratios = f"{seconds / bare:4.1f} x bare  {seconds / budget:4.2f} of budget"
        print(f"{label:28} {seconds:.3f} s  {ratios}")


if __name__ == "__main__":
    main()
