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
    samples: Samples = 1,
    base_url: options.BaseUrl = None,
    concurrency: options.Concurrency = None,
    rpm: options.Rpm = None,
    deadline: options.Deadline = None,
    repairs: options.Repairs = None,
    prompts: options.PromptsFolder = None,
    estimate: options.Estimate = False,
    max_usd: options.MaxUsd = None,
    prices: options.Prices = None,
    batch: options.Batch = False,
    cancel: options.Cancel = False,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    limit: options.Limit = None,
    shard: options.Shard = None,
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
      kpdd solve --mode pot --samples 4 --batch --max-usd 20
    """
    from kpdd_cli import teachers
    from kpdd_cli.stages import Summary, annotation
    from kpdd_cli.stages import solve as stage
    from kpdd_cli.stages.intake import Shard, must_exist, part, part_or_whole

    mine = Shard.of(shard)
    config = stage.Config(
        keypoints=must_exist(
            keypoints or part_or_whole(workspace / "keypoints.jsonl", mine), "kpdd extract"
        ),
        out=out or part(workspace / f"solutions.{mode}.jsonl", mine),
        mode=mode,
        samples=samples,
        limit=limit,
        shard=mine,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
        retry_failed=retry_failed,
    )
    annotator = teachers.create(
        teacher,
        base_url=base_url,
        concurrency=concurrency,
        rpm=rpm,
        deadline_s=deadline,
        repairs=repairs,
        prompts=prompts,
        max_usd=max_usd,
        prices=prices,
        batch=batch or cancel,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result: Summary
        if cancel:
            result = annotation.cancel("solve", config.out, annotator, terminal)
        elif estimate:
            result = stage.estimate(config, annotator, terminal)
        else:
            result = stage.run(config, annotator, terminal)
    output.close(result, as_json=as_json)
