"""What telling candidates apart by signs gains, and the weights of the signs (plausibility.py).

    python benchmarks/choosing.py kpdd-embedded recipes/development/schoolbook/*.txt

Eight candidates for each problem, which must not have trained the student. Weights are fitted so
that a right candidate has the least cost (the logarithm of a softmax over the eight). Prints how
many problems are right by the likeliest candidate, by the weights in ``plausibility.py``, and by
fitted weights, those of each quarter of the problems being fitted on the others; then the weights
fitted on all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from kpdd_cli import benchmarks, plausibility
from kpdd_cli.commands.options import located
from kpdd_cli.judge import verdict
from kpdd_cli.records import Mode
from kpdd_cli.stages import answering
from kpdd_cli.students import generation, student

sys.path.insert(0, str(Path(__file__).parents[1] / "recipes"))

import schoolbook

BEAMS = 8
FOLDS = 4
#: Problems beside each other are of one story: they stay in one fold.
BLOCK = 50
STEPS = 300
KINDS = tuple(plausibility.WEIGHTS)
#: What comes to no answer is never chosen where another does.
NEVER = 1e3


def main() -> None:
    """Print the counts and the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("student", type=Path, help="a directory, or kpdd-embedded")
    parser.add_argument("sources", nargs="+", help="problems; .txt is a school book")
    options = parser.parse_args()
    rows = [row for source in options.sources for row in _rows(source)]
    signs, right = _candidates(student.load(located(options.student)), rows)
    shipped = torch.tensor([*plausibility.WEIGHTS.values(), -plausibility.LIKELIHOOD, NEVER])
    print(f"{len(rows):,} problems; some candidate is right in {int(right.any(1).sum()):,}")
    print(f"likeliest        {int(right[:, 0].sum()):6,}")
    print(f"weights in use   {_chosen(signs, right, shipped):6,}")
    folds = torch.arange(len(rows)) // BLOCK % FOLDS
    crossed = sum(
        _chosen(
            signs[folds == one], right[folds == one], _fit(signs[folds != one], right[folds != one])
        )
        for one in range(FOLDS)
    )
    print(f"weights fitted   {crossed:6,}")
    for kind, weight in zip((*KINDS, "likelihood"), _fit(signs, right).tolist(), strict=False):
        print(f"  {kind:12} {weight:6.2f}")


def _rows(source: str) -> Iterator[dict[str, str]]:
    if source.endswith(".txt"):
        yield from (row for _, row in schoolbook.problems(Path(source)))
    else:
        yield from (row for row in benchmarks.read(source, split="test") if row.get("answer"))


def _candidates(
    solver: student.Student, rows: Sequence[dict[str, str]]
) -> tuple[torch.Tensor, torch.Tensor]:
    """``(problems, 8, signs)``: how often each sign occurs; ``(problems, 8)``: which are right.

    Behind the signs are the log-likelihood, and whether it comes to no answer.
    """
    mode: Mode = solver.record.mode
    found = generation.solve(solver, [row["question"] for row in rows], beams=BEAMS)
    signs = torch.zeros(len(rows), BEAMS, len(KINDS) + 2)
    right = torch.zeros(len(rows), BEAMS, dtype=torch.bool)
    for place in range(BEAMS):
        weighed = answering.choose([drafts[place : place + 1] for drafts in found], mode)
        for problem, (one, row) in enumerate(zip(weighed, rows, strict=True)):
            for sign in one.signs:
                signs[problem, place, KINDS.index(sign.kind)] += 1
            ok = one.finding.status == "ok"
            likelihood = found[problem][place].log_likelihood
            signs[problem, place, -2:] = torch.tensor([likelihood, float(not ok)])
            right[problem, place] = verdict(one.finding, row["answer"]).status == "correct"
    return signs, right


def _fit(signs: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """The weights by which a right candidate, where there is one, costs least."""
    some = right.any(1)
    signs, right = signs[some], right[some]
    weights = torch.zeros(signs.shape[-1], requires_grad=True)
    never = torch.zeros_like(weights)
    never[-1] = NEVER
    optimizer = torch.optim.AdamW([weights], lr=0.03, weight_decay=0.02)
    for _ in range(STEPS):
        optimizer.zero_grad()
        chances = torch.log_softmax(-(signs @ (weights + never)), dim=1)
        loss = -torch.logsumexp(chances.masked_fill(~right, -torch.inf), dim=1).mean()
        loss.backward()
        optimizer.step()
    return (weights + never).detach()


def _chosen(signs: torch.Tensor, right: torch.Tensor, weights: torch.Tensor) -> int:
    """How many problems are right by the candidate that costs least."""
    best = (signs @ weights).argmin(1, keepdim=True)
    return int(right.gather(1, best).sum())


if __name__ == "__main__":
    main()
