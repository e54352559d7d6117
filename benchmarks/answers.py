"""How far the comparer agrees with published labels, which rows it does not, and how fast it is.

    python benchmarks/answers.py RATIONALES.jsonl [--comparisons 1000000]

A row of RATIONALES.jsonl has a ``ground_truth``, and for each model an object with its ``solution``
and ``is_correct``. The pairs that are timed are texts made afresh, so that no cache serves them.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

from kpdd_cli.answers import matches, read


def agreement(file: Path) -> None:
    """Print each row where the comparer and the label differ, then the share where they agree."""
    agreed = total = 0
    rules: Counter[str] = Counter()
    with file.open(encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines), 1):
            gold = read(row["ground_truth"])
            for model, part in row.items():
                if not isinstance(part, dict) or gold is None:
                    continue
                stated = read(part["solution"])
                correct = stated is not None and matches(stated.text, gold.text)
                total += 1
                agreed += correct == part["is_correct"]
                rules[stated.rule if stated else "none"] += 1
                if correct != part["is_correct"]:
                    print(f"line {number}, {model}: {stated}, gold {gold.text!r}")
    print(f"agrees with the label on {agreed:,} of {total:,} rows ({agreed / total:.2%})")
    print("read by " + ", ".join(f"{rule} {count:,}" for rule, count in rules.most_common()))


def speed(comparisons: int) -> None:
    """Print the CPU seconds of comparing texts of nine kinds, hardly any of them seen before."""
    draw = random.Random(0)
    pairs = [(written(draw), written(draw)) for _ in range(comparisons)]
    start = time.process_time()
    for candidate, gold in pairs:
        matches(candidate, gold)
    print(f"{comparisons:,} comparisons in {time.process_time() - start:.1f} s of CPU time")


def written(draw: random.Random) -> str:
    """A number below a million, written in one of nine ways."""
    n = draw.randrange(1_000_000)
    return draw.choice(
        (
            *(str(n), f"{n:,}", f"{n / 7:.2f}", f"${n}", f"{n} apples", str(n / 8)),
            *(f"{n % 97}/{n % 13 + 1}", f"{n % 100}%", f"{n % 9}; {n % 7}"),
        )
    )


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--comparisons", type=int, default=1_000_000)
    options = parser.parse_args()
    agreement(options.file)
    speed(options.comparisons)


if __name__ == "__main__":
    main()
