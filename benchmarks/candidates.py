"""What choosing among eight candidates gains, and what of that the student's own key points give.

    python benchmarks/candidates.py kpdd-embedded recipes/development/*.jsonl svamp

For each source how often it is right: the likeliest candidate; the one that least speaks against by
its likelihood, the problem's text and the arithmetic; by its own key points as well, as ``kpdd``
chooses; and some candidate.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.commands.options import located
from kpdd_cli.judge import verdict
from kpdd_cli.records import Mode
from kpdd_cli.stages import answering
from kpdd_cli.students import generation, student
from kpdd_cli.students.formats import Draft

BEAMS = 8  # as kpdd ask and kpdd eval choose among for a student on slots


def main() -> None:
    """Print a line a source."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("student", type=Path, help="a directory, or kpdd-embedded")
    parser.add_argument("sources", nargs="+", help="problems, as kpdd eval --data names them")
    options = parser.parse_args()
    solver = student.load(located(options.student))
    for source in options.sources:
        rows = [row for row in benchmarks.read(source, split="test") if row.get("answer")]
        found = generation.solve(solver, [str(row["question"]) for row in rows], beams=BEAMS)
        gold = [str(row["answer"]) for row in rows]
        mode = solver.record.mode
        silent = [[_without_key_points(draft) for draft in drafts] for drafts in found]
        counts = {
            "likeliest": _right([drafts[:1] for drafts in found], gold, mode),
            "by the text": _right(silent, gold, mode),
            "by key points too": _right(found, gold, mode),
        }
        single = [
            _right([[one] for one in ranks], gold, mode) for ranks in zip(*found, strict=True)
        ]
        counts["some candidate"] = [any(ranks) for ranks in zip(*single, strict=True)]
        shares = ", ".join(f"{name} {sum(right)}" for name, right in counts.items())
        print(f"{source}: of {len(rows):,} right: {shares}", flush=True)


def _without_key_points(draft: Draft) -> Draft:
    return replace(draft, core_question=None, information=None)


def _right(candidates: list[list[Draft]], gold: list[str], mode: Mode) -> list[bool]:
    chosen = answering.choose(candidates, mode)
    return [
        verdict(one.finding, answer).status == "correct"
        for one, answer in zip(chosen, gold, strict=True)
    ]


if __name__ == "__main__":
    main()
