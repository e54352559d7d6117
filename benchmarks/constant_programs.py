"""What a program scores that never reads the words: the floor under every score.

    python benchmarks/constant_programs.py svamp asdiv multiarith gsm8k:test

Each constant program computes one thing with a problem's numbers, whatever is asked, such as the
difference of the last two. The best of them on a set is chosen with its gold answers in hand, so
it is the most that not reading can reach. Problems without a gold answer do not count.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from fractions import Fraction

from kpdd_cli import answers, benchmarks, keypoints, metrics

PROGRAMS: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "n1 + n2": lambda n: n[0] + n[1],
    "|n1 - n2|": lambda n: abs(n[0] - n[1]),
    "n1 * n2": lambda n: n[0] * n[1],
    "n1 / n2": lambda n: n[0] / n[1],
    "last + the one before": lambda n: n[-1] + n[-2],
    "|last - the one before|": lambda n: abs(n[-1] - n[-2]),
    "last * the one before": lambda n: n[-1] * n[-2],
    "largest / smallest": lambda n: max(n) / min(n),
    "sum": sum,  # type: ignore[dict-item]
    "n1 + n2 - n3": lambda n: n[0] + n[1] - n[2],
    "n1 - n2 + n3": lambda n: n[0] - n[1] + n[2],
    "(n1 - n2) / n3": lambda n: (n[0] - n[1]) / n[2],
    "(n1 + n2) / n3": lambda n: (n[0] + n[1]) / n[2],
    "(n1 - n2) * n3": lambda n: (n[0] - n[1]) * n[2],
    "(n1 + n2) * n3": lambda n: (n[0] + n[1]) * n[2],
    "n1 * n2 * n3": lambda n: n[0] * n[1] * n[2],
}


def main() -> None:
    """Print the three best constant programs of each source."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", nargs="+", help="test sets, as kpdd eval --data names them")
    for source in parser.parse_args().sources:
        rows = [row for row in benchmarks.read(source, split="test") if row.get("answer")]
        right = {
            name: sum(_solves(program, row) for row in rows) for name, program in PROGRAMS.items()
        }
        print(f"{source} ({len(rows):,} problems)")
        for name in sorted(right, key=right.__getitem__, reverse=True)[:3]:
            low, high = metrics.wilson(right[name], len(rows))
            share = right[name] / len(rows)
            print(f"  {name:25} {right[name]:4} right  {share:6.1%}  [{low:.1%}, {high:.1%}]")


def _solves(program: Callable[[Sequence[Fraction]], Fraction], row: dict[str, str]) -> bool:
    numbers = [quantity.value for quantity in keypoints.quantities(row["question"])]
    try:
        value = program(numbers)
    except (IndexError, ZeroDivisionError, ValueError):
        return False
    return answers.matches(str(value), row["answer"])


if __name__ == "__main__":
    main()
