"""``kpdd compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Plan = Annotated[
    Path, typer.Argument(metavar="PLAN.toml", help="What to compare: docs/evaluation.md.")
]


def compare(
    plan: Plan,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Train and evaluate several settings, and print them as one table.

    Pipelines x modes x seeds, on the accepted rows of the workspace. A comparison that was stopped
    goes on where it stopped; what is done is not done again.

    \b
    Examples:
      kpdd compare ablation.toml
      kpdd compare ablation.toml -o my-comparison --json
    """
    from kpdd_cli.stages import ablation
    from kpdd_cli.stages import compare as stage

    config = stage.read(plan, workspace, out)
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    if as_json:
        output.close(result, as_json=True)
        return
    for table in ablation.tables(result.table, result.differences):
        output.table(table.columns, table.rows, title=table.title)
