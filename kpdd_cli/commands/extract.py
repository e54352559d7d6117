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


def extract(
    problems: Problems,
    teacher: options.TeacherName = "anthropic",
    base_url: options.BaseUrl = None,
    concurrency: options.Concurrency = 16,
    split: Split = None,
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
    """Stages 1+2: core question, problem-solving information.

    The teacher splits each word problem into the one question that must be answered and the facts
    that are needed for it. Rows that it cannot annotate are set aside (exit code 3).

    \b
    Examples:
      kpdd extract problems.jsonl --teacher gold
      kpdd extract gsm8k --split train --limit 100
      kpdd extract problems.jsonl --teacher anthropic:my-model --base-url http://localhost:8000
    """
    from kpdd_cli import teachers
    from kpdd_cli.stages import extract as stage

    config = stage.Config(
        source=problems,
        out=out or workspace / "keypoints.jsonl",
        split=split,
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
