"""``kpdd filter``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Solutions = Annotated[
    Path | None,
    typer.Argument(
        metavar="SOLUTIONS",
        help="What solve wrote; else the one in the workspace.",
        show_default=False,
    ),
]
Rejected = Annotated[
    Path | None, typer.Option("--rejected", help="Rejected rows, instead of beside the output.")
]
Against = Annotated[
    list[str],
    typer.Option(
        "--against",
        metavar="SOURCE",
        help="A test set; rows of its problems are rejected. May be given again.",
        show_default=False,
    ),
]
Dedupe = Annotated[
    bool, typer.Option("--dedupe", help="Of rationales that repeat each other, keep the first.")
]
MaxPerProblem = Annotated[
    int | None,
    typer.Option("--max-per-problem", min=1, help="Keep the first N right rationales of each."),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that run programs.")]


def filter_(
    solutions: Solutions = None,
    mode: options.Mode = "pot",
    against: Against = [],  # noqa: B006 - typer makes a new one
    dedupe: Dedupe = False,
    max_per_problem: MaxPerProblem = None,
    jobs: Jobs = 1,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    rejected: Rejected = None,
    limit: options.Limit = None,
    shard: options.Shard = None,
    seed: options.Seed = 0,
    skip_bad: options.SkipBad = False,
    resume: options.Resume = True,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Keep the rationales whose answer is right.

    Programs are run in a contained interpreter, answers in text are read, and both are compared
    exactly with the gold answer. Rejected rows are kept beside the accepted ones, with the reason.

    --against compares questions as words, all numbers alike: the same words, 13 words in a row, or
    half of the 8-word runs make a row contaminated. Of a source with splits, the test split counts.

    \b
    Examples:
      kpdd filter --mode pot
      kpdd filter solutions.jsonl --mode cot -o accepted.jsonl --rejected rejected.jsonl
      kpdd filter --dedupe --max-per-problem 4 --against test.jsonl --against svamp --jobs 8
    """
    from kpdd_cli.journal import beside
    from kpdd_cli.stages import filter as stage
    from kpdd_cli.stages.intake import Shard, must_exist, part, part_or_whole

    mine = Shard.of(shard)
    if out is not None and rejected is None:
        rejected = beside(out, "rejected")
    config = stage.Config(
        solutions=must_exist(
            solutions or part_or_whole(workspace / f"solutions.{mode}.jsonl", mine), "kpdd solve"
        ),
        out=out or part(workspace / f"accepted.{mode}.jsonl", mine),
        rejected=rejected or part(workspace / f"rejected.{mode}.jsonl", mine),
        mode=mode,
        against=tuple(against),
        dedupe=dedupe,
        max_per_problem=max_per_problem,
        jobs=jobs,
        limit=limit,
        shard=mine,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    output.close(result, as_json=as_json)
