"""``kpdd solve``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

KeyPointsFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="KEYPOINTS",
        help="What extract wrote; else the one in the workspace.",
        show_default=False,
    ),
]
Samples = Annotated[
    int, typer.Option("--samples", min=1, help="Rationales a problem (rejection sampling).")
]


def solve(
    keypoints: KeyPointsFile = None,
    mode: options.Mode = "pot",
    teacher: options.TeacherName = "anthropic",
    base_url: options.BaseUrl = None,
    concurrency: options.Concurrency = 16,
    samples: Samples = 1,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    limit: options.Limit = None,
    seed: options.Seed = 0,
    skip_bad: options.SkipBad = False,
    resume: options.Resume = True,
    retry_failed: options.RetryFailed = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Stage 3: a rationale for each problem, cot or pot.

    The teacher solves each problem with its key points before it: as a chain of thought (cot) or
    as a program that computes the answer (pot). What it cannot solve is set aside (exit code 3).

    \b
    Examples:
      kpdd solve --mode pot --teacher gold
      kpdd solve keypoints.jsonl --mode cot --samples 4
    """
    from kpdd_cli import teachers
    from kpdd_cli.stages import solve as stage
    from kpdd_cli.stages.intake import must_exist

    config = stage.Config(
        keypoints=must_exist(keypoints or workspace / "keypoints.jsonl", "kpdd extract"),
        out=out or workspace / f"solutions.{mode}.jsonl",
        mode=mode,
        samples=samples,
        limit=limit,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
        retry_failed=retry_failed,
    )
    annotator = teachers.create(teacher, base_url=base_url, concurrency=concurrency)
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, annotator, terminal)
    output.close(result, as_json=as_json)
