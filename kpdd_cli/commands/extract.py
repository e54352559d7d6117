"""``kpdd extract``."""

from __future__ import annotations

from typing import Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.data import Split
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Problems = Annotated[
    str,
    typer.Argument(
        metavar="PROBLEMS",
        help="Problems: a JSONL file, - for stdin, or any SOURCE of kpdd data.",
        show_default=False,
    ),
]
Merge = Annotated[
    bool,
    typer.Option(
        "--merge",
        help="Both key points in one request, instead of two as in the paper.",
        rich_help_panel="A large model as teacher",
    ),
]


def extract(
    problems: Problems,
    teacher: options.TeacherName = "anthropic",
    merge: Merge = False,
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
    split: Split = None,
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
    """Stages 1+2: core question, problem-solving information.

    The teacher splits each word problem into the one question that must be answered and the facts
    that are needed for it. Rows that it cannot annotate are set aside (exit code 3).

    \b
    Examples:
      kpdd extract problems.jsonl --teacher gold
      kpdd extract gsm8k --split train --limit 100
      kpdd extract problems.jsonl --teacher anthropic:my-model --base-url http://localhost:8000
      kpdd extract problems.jsonl --estimate
      kpdd extract problems.jsonl --batch --max-usd 20
    """
    from kpdd_cli import teachers
    from kpdd_cli.stages import Summary, annotation
    from kpdd_cli.stages import extract as stage
    from kpdd_cli.stages.intake import Shard, part

    mine = Shard.of(shard)
    config = stage.Config(
        source=problems,
        out=out or part(workspace / "keypoints.jsonl", mine),
        split=split,
        limit=limit,
        shard=mine,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
        retry_failed=retry_failed,
    )
    annotator = teachers.create(
        teacher,
        merge=merge,
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
            result = annotation.cancel("extract", config.out, annotator, terminal)
        elif estimate:
            result = stage.estimate(config, annotator, terminal)
        else:
            result = stage.run(config, annotator, terminal)
    output.close(result, as_json=as_json)
