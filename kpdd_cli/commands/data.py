"""``kpdd data``."""

from __future__ import annotations

from typing import Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help=(
            "gsm8k, svamp, asdiv, multiarith, synthetic, or a file of problems (JSONL, GSM8K "
            "JSONL, SVAMP.json, ASDiv.xml, MultiArith.json), or - for stdin."
        ),
        show_default=False,
    ),
]
Split = Annotated[
    str | None,
    typer.Option("--split", help="Split of a source that has several: train, dev, test."),
]


def data(
    source: Source,
    split: Split = None,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    limit: options.Limit = None,
    shard: options.Shard = None,
    seed: options.Seed = 0,
    skip_bad: options.SkipBad = False,
    resume: options.Resume = True,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Turn a benchmark into problems, one a line.

    Reads what the publishers publish, and writes one JSON object a line: id, question, answer, and
    the worked solution or equation where the benchmark has one.

    \b
    Examples:
      kpdd data gsm8k --split train
      kpdd data SVAMP.json -o svamp.jsonl
      kpdd data synthetic --split dev --limit 300
    """
    from kpdd_cli.stages import data as stage
    from kpdd_cli.stages.intake import Shard, part

    mine = Shard.of(shard)
    config = stage.Config(
        source=source,
        out=out or part(workspace / "problems.jsonl", mine),
        split=split,
        limit=limit,
        shard=mine,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    output.close(result, as_json=as_json)
