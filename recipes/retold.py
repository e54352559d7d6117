"""Problems of the school book that a test set has too, with other numbers, people and things.

    python recipes/retold.py gsm8k:test svamp asdiv multiarith

``kpdd filter --against`` does not find a question whose every noun was changed
(:mod:`kpdd_cli.contamination`). With slots for numbers, people and things both read alike, and
share their runs of four words. Prints each problem of ``recipes/schoolbook`` that shares
:data:`SHARE` of them with a problem of a test set, for a person to take out, and fails if there is
one. Stricter than it need be: "How many apples and pears are there in all?" is nobody's property.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import chain

import schoolbook

from kpdd_cli import benchmarks
from kpdd_cli.students.slots import Slots

#: Of the different runs of both, as many are shared (Jaccard).
SHARE = 0.4
RUN = 4
#: A run that so many problems share is a stock phrase, and leads to no problem in particular.
STOCK = 300

_NUMBERED = re.compile(r"\b([nNpPwWvV])\d+\b")

Runs = frozenset[tuple[str, ...]]


class Tests:
    """The problems of test sets, found by the runs of words that they share with a question."""

    def __init__(self, questions: Iterable[str]) -> None:
        self.questions = list(questions)
        self._runs = [runs(question) for question in self.questions]
        self._places: dict[tuple[str, ...], list[int]] = {}
        for place, found in enumerate(self._runs):
            for run in found:
                self._places.setdefault(run, []).append(place)

    def nearest(self, question: str) -> tuple[float, str]:
        """The share of runs that ``question`` has in common with the nearest test problem, and it.

        0 and no text where none shares any but stock phrases.
        """
        ours = runs(question)
        lists = (self._places.get(run, []) for run in ours)
        met = Counter(place for places in lists if len(places) < STOCK for place in places)
        shares = [
            (len(ours & self._runs[place]) / len(ours | self._runs[place]), place)
            for place, _ in met.most_common(5)
        ]
        share, place = max(shares, default=(0.0, -1))
        return share, self.questions[place] if shares else ""


def runs(question: str) -> Runs:
    """The runs of :data:`RUN` words of a question, numbers, people and things being alike."""
    masked = Slots.of(question).mask(f"Problem: {question}")
    words = re.findall(r"\w+", _NUMBERED.sub(lambda slot: slot[1], masked).lower())
    return frozenset(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def main() -> int:
    """Print each problem that is too near to one of the test sets."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", nargs="+", help="test sets, as kpdd eval --data names them")
    sources = parser.parse_args().sources
    rows = (row for source in sources for row in benchmarks.read(source, split="test"))
    tests = Tests(row["question"] for row in rows)
    found = 0
    for path in chain(schoolbook.files(), schoolbook.files(schoolbook.DEVELOPMENT)):
        for _, row in schoolbook.problems(path):
            share, test = tests.nearest(row["question"])
            if share >= SHARE:
                found += 1
                print(f"{row['id']}: {share:.0%}\n  {row['question']}\n  {test}")
    print(f"{found} problems are too near to one of {len(tests.questions):,}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
