"""How far an answer can be trusted when the student is sure of it, and how often it is.

    python benchmarks/certainty.py kpdd-embedded svamp

Sure: nothing speaks against the answer, and little for others, as ``kpdd ask`` tells it. Precision
is the share of right answers among those.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kpdd_cli import benchmarks, metrics
from kpdd_cli.commands.options import located
from kpdd_cli.judge import verdict
from kpdd_cli.stages import answering
from kpdd_cli.students import scope, student


def main() -> None:
    """Print precision and share of all answers, of those in scope, and of those that are sure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("student", type=Path, help="a directory, or kpdd-embedded")
    parser.add_argument("sources", nargs="+", help="problems, as kpdd eval --data names them")
    options = parser.parse_args()
    solver = student.load(located(options.student))
    for source in options.sources:
        rows = [row for row in benchmarks.read(source, split="test") if row.get("answer")]
        found = answering.answers(solver, [row["question"] for row in rows], beams=8)
        tried = [scope.why_not(row["question"]) is None for row in rows]
        right = [
            verdict(one.finding, row["answer"]).status == "correct"
            for one, row in zip(found, rows, strict=True)
        ]
        calm = [one.finding.status == "ok" and not one.doubts for one in found]
        sure = [
            a and b and not one.is_disputed for a, b, one in zip(tried, calm, found, strict=True)
        ]
        print(f"{source} ({len(rows):,} problems)")
        for name, kept in (("all", [True] * len(rows)), ("in scope", tried), ("sure", sure)):
            correct, answered = sum(a and b for a, b in zip(right, kept, strict=True)), sum(kept)
            low, high = metrics.wilson(correct, answered)
            print(
                f"  {name:9} {answered:5,} answered, {correct:4,} right  "
                f"{correct / max(1, answered):6.1%}  [{low:.1%}, {high:.1%}]"
            )


if __name__ == "__main__":
    main()
